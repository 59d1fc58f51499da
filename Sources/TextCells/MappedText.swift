/// Safe text that remembers which bytes each glyph came from, so that a hit found in bytes can be highlighted in cells.
///
/// Shape:  `offsets` has one more element than `text.glyphs`. Glyph i covers bytes `offsets[i]..<offsets[i+1]`,
///         including any bytes after it that were dropped.
/// Units:  offsets count UTF-8 bytes from the start of the source text.
/// Cost:   O(glyphs) to build; four bytes more per glyph than `SafeText`.
package struct MappedText: Equatable, Sendable {
  /// What is drawn.
  package let text: SafeText
  /// Where each glyph starts in the source, then where the last one ends.
  package let offsets: [Int32]
  /// Which way the paragraph runs of which it is a line.
  package private(set) var direction = WritingDirection.byFirstLetter

  private init(text: SafeText, offsets: [Int32]) {
    self.text = text
    self.offsets = offsets
  }

  /// Reads at most `limit` cells, like `SafeText(utf8:limit:)`.
  ///
  /// Limits: only the first 2 GiB are read, since offsets are 32 bits wide.
  package init(utf8 bytes: UnsafeRawBufferPointer, limit: Int = .max) {
    self.init(utf8: bytes, limit: limit, startingAt: 0)
  }

  private init(utf8 bytes: UnsafeRawBufferPointer, limit: Int, startingAt base: Int) {
    let readable = UnsafeRawBufferPointer(rebasing: bytes.prefix(Int(Int32.max) - base))
    var reader = GlyphReader(readable, limit: limit, keepsOffsets: true)
    reader.read()
    text = SafeText(glyphs: reader.glyphs)
    offsets = (reader.offsets + [Int32(reader.endOffset)]).map { $0 + Int32(base) }
  }

  /// Reads text and replaces the labelled bytes by their names: text, name, text, …
  ///
  /// A name that no longer fits within `limit` ends the text before it, so a label is never cut in half.
  private init(
    utf8 bytes: UnsafeRawBufferPointer, limit: Int, startingAt base: Int, labels: ArraySlice<ByteLabel>
  ) {
    var glyphs: [Glyph] = []
    var offsets: [Int32] = []
    var (position, left) = (0, limit)
    func closingOffsets(at offset: Int) -> [Int32] { offsets + [Int32(base + offset)] }
    for label in labels {
      let (start, end) = (label.bytes.lowerBound - base, min(label.bytes.upperBound - base, bytes.count))
      let before = MappedText(
        utf8: UnsafeRawBufferPointer(rebasing: bytes[position..<max(position, start)]), limit: left,
        startingAt: base + position)
      glyphs += before.text.glyphs
      offsets += before.offsets.dropLast()
      left -= before.text.width
      let name = label.glyphs
      guard Int(before.offsets.last ?? 0) - base >= start, name.count <= left else {
        self.init(text: SafeText(glyphs: glyphs), offsets: closingOffsets(at: Int(before.offsets.last ?? 0) - base))
        return
      }
      glyphs += name
      offsets += name.map { _ in Int32(base + start) }
      left -= name.count
      position = end
    }
    let rest = MappedText(
      utf8: UnsafeRawBufferPointer(rebasing: bytes[position...]), limit: left, startingAt: base + position)
    self.init(text: SafeText(glyphs: glyphs + rest.text.glyphs), offsets: offsets + rest.offsets)
  }

  /// The glyphs that show any byte of `bytes`; empty if none does.
  ///
  /// Cost:   O(log glyphs).
  package func glyphs(showing bytes: Range<Int>) -> Range<Int> {
    guard !bytes.isEmpty else { return 0..<0 }
    // The first glyph that ends after the range begins, and the first that begins at or after its end.
    let first = firstIndex { Int(offsets[$0 + 1]) > bytes.lowerBound }
    let end = firstIndex { Int(offsets[$0]) >= bytes.upperBound }
    guard first < end else { return 0..<0 }
    // Half a letter cannot be told from the other half.
    return text.start(ofClusterAt: first)..<text.end(ofClusterAt: end - 1)
  }

  /// The cells that show any byte of `bytes`.
  ///
  /// Units:  cells from the start of this text or line.
  package func columns(showing bytes: Range<Int>) -> Range<Int> {
    let shown = glyphs(showing: bytes)
    let before = text.glyphs[..<shown.lowerBound].reduce(0) { $0 + $1.width }
    return before..<before + text.glyphs[shown].reduce(0) { $0 + $1.width }
  }

  /// Wraps into lines of at most `width` cells. Every line keeps its offsets into the whole text.
  package func wrapped(to width: Int) -> [MappedText] {
    let direction = WritingDirection(of: text.glyphs)
    return LineBreaking.lines(of: text.glyphs, width: width).map { line in
      var part = MappedText(
        text: SafeText(glyphs: Array(text.glyphs[line])), offsets: Array(offsets[line.lowerBound...line.upperBound]))
      part.direction = direction
      return part
    }
  }

  /// Splits text at its line feeds and wraps each line; CR LF counts as one line feed.
  ///
  /// Cost:   O(cells shown): neither the text beyond `limit` cells nor the rest of an endless line is read.
  ///
  /// - Parameters:
  ///   - limit: the cells to show in all. An empty line counts as one.
  ///   - labels: names that replace some bytes, ordered and not overlapping.
  package static func lines(
    utf8 bytes: UnsafeRawBufferPointer, width: Int, limit: Int = .max, labels: [ByteLabel] = []
  ) -> [MappedText] {
    var lines: [MappedText] = []
    var left = limit
    var start = 0
    var labels = labels[...]
    while left > 0 {
      // An endless line is searched only as far as it could be shown.
      let reach = left < Int.max / 128 ? min(bytes.count, start + left * 64 + 65) : bytes.count
      let feed = bytes[start..<reach].firstIndex(of: 0x0A)
      let next = feed.map { $0 + 1 } ?? bytes.count
      var end = feed ?? bytes.count
      if end > start, feed != nil, bytes[end - 1] == 0x0D { end -= 1 }
      let text = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      let named = labels.prefix { $0.bytes.lowerBound < end }
      labels = labels.dropFirst(named.count)
      let line =
        named.isEmpty
        ? MappedText(utf8: text, limit: left, startingAt: start)
        : MappedText(utf8: text, limit: left, startingAt: start, labels: named)
      lines += line.wrapped(to: width)
      // An empty line takes up a row of the screen too, so a megabyte of line feeds must end.
      left -= max(1, line.text.width)
      start = next
      if feed == nil { break }
    }
    return lines
  }

  /// The first glyph for which `holds`, by binary search: it must be false up to some glyph and true from there on.
  private func firstIndex(where holds: (Int) -> Bool) -> Int {
    var low = 0
    var high = text.glyphs.count
    while low < high {
      let middle = (low + high) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

/// A name shown in place of bytes that would otherwise be invisible, such as `[ZWSP]`.
///
/// Shape:  one narrow glyph per ASCII character of the name. Each is a stand-in, so a frame draws it as
///         `.hiddenCharacter`; a listing that spells out `[ZWSP]` itself never looks like that.
/// Units:  `bytes` is a UTF-8 range within one line of the text.
package struct ByteLabel: Equatable, Sendable {
  package let bytes: Range<Int>
  /// Without the brackets: `ZWSP`.
  package let name: String
  /// The hidden character itself.
  package let codePoint: UInt32

  package init(bytes: Range<Int>, name: String, codePoint: UInt32) {
    self.bytes = bytes
    self.name = name
    self.codePoint = codePoint
  }

  /// The name in brackets, drawn.
  package var glyphs: [Glyph] {
    // 0 marks a glyph that stands for itself, so NUL is recorded as 1.
    "[\(name)]".unicodeScalars.filter(\.isASCII).map { .standIn($0, for: max(codePoint, 1)) }
  }
}
