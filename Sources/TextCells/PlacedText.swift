/// Safe text that remembers which bytes each glyph came from, so that a hit in the bytes can be shown in the cells.
///
/// Shape:  `offsets` has one more element than there are glyphs: glyph i came from bytes `offsets[i]..<offsets[i+1]`,
///         what was left out between two glyphs included.
/// Units:  offsets are UTF-8 bytes in the text it was read from.
package struct PlacedText: Equatable, Sendable {
  package let text: SafeText
  package let offsets: [Int32]

  private init(text: SafeText, offsets: [Int32]) {
    self.text = text
    self.offsets = offsets
  }

  /// Reads at most `limit` cells, like `SafeText(utf8:limit:)`. Texts over 2 GiB are read only in part.
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

  /// The same with names in the place of some bytes: text, name, text, …
  private init(
    utf8 bytes: UnsafeRawBufferPointer, limit: Int, startingAt base: Int, labels: ArraySlice<ByteLabel>
  ) {
    var glyphs: [Glyph] = []
    var offsets: [Int32] = []
    var (place, left) = (0, limit)
    func end(at offset: Int) -> [Int32] { offsets + [Int32(base + offset)] }
    for label in labels {
      let (start, behind) = (label.bytes.lowerBound - base, min(label.bytes.upperBound - base, bytes.count))
      let before = PlacedText(
        utf8: UnsafeRawBufferPointer(rebasing: bytes[place..<max(place, start)]), limit: left, startingAt: base + place)
      glyphs += before.text.glyphs
      offsets += before.offsets.dropLast()
      left -= before.text.width
      let name = label.glyphs
      guard Int(before.offsets.last ?? 0) - base >= start, name.count <= left else {
        self.init(text: SafeText(glyphs: glyphs), offsets: end(at: Int(before.offsets.last ?? 0) - base))
        return
      }
      glyphs += name
      offsets += name.map { _ in Int32(base + start) }
      left -= name.count
      place = behind
    }
    let rest = PlacedText(
      utf8: UnsafeRawBufferPointer(rebasing: bytes[place...]), limit: left, startingAt: base + place)
    self.init(text: SafeText(glyphs: glyphs + rest.text.glyphs), offsets: offsets + rest.offsets)
  }

  /// The glyphs that show any byte of `bytes`; empty where none does.
  package func glyphs(showing bytes: Range<Int>) -> Range<Int> {
    guard !bytes.isEmpty else { return 0..<0 }
    // The first glyph that ends after the range begins, and the first that begins at or after its end.
    let first = firstIndex { Int(offsets[$0 + 1]) > bytes.lowerBound }
    let end = firstIndex { Int(offsets[$0]) >= bytes.upperBound }
    return first < end ? first..<end : 0..<0
  }

  /// The cells that show any byte of `bytes`, counted from the text's first cell.
  package func columns(showing bytes: Range<Int>) -> Range<Int> {
    let shown = glyphs(showing: bytes)
    let before = text.glyphs[..<shown.lowerBound].reduce(0) { $0 + $1.width }
    return before..<before + text.glyphs[shown].reduce(0) { $0 + $1.width }
  }

  /// The text in lines of at most `width` cells; every line keeps its offsets into the whole.
  package func wrapped(to width: Int) -> [PlacedText] {
    LineBreaking.lines(of: text.glyphs, width: width).map { line in
      PlacedText(
        text: SafeText(glyphs: Array(text.glyphs[line])), offsets: Array(offsets[line.lowerBound...line.upperBound]))
    }
  }

  /// Text with line feeds of its own, wrapped; stops after `limit` cells in all. CR LF counts as one line feed.
  ///
  /// - Parameter labels: names that stand in the place of some bytes, in order and apart from each other.
  package static func lines(
    utf8 bytes: UnsafeRawBufferPointer, width: Int, limit: Int = .max, labels: [ByteLabel] = []
  ) -> [PlacedText] {
    var lines: [PlacedText] = []
    var left = limit
    var start = 0
    var labels = labels[...]
    while left > 0 {
      // A line without an end is searched no further than it could be shown.
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
        ? PlacedText(utf8: text, limit: left, startingAt: start)
        : PlacedText(utf8: text, limit: left, startingAt: start, labels: named)
      lines += line.wrapped(to: width)
      // An empty line takes room on the screen too: a megabyte of line feeds must end.
      left -= max(1, line.text.width)
      start = next
      if feed == nil { break }
    }
    return lines
  }

  // Binary search: `holds` is false for the first glyphs and true for the rest.
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
