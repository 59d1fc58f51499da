/// Text that is safe to draw: every character is visible, has a known width, and controls nothing.
///
/// Only `SafeText` can enter a `Frame`. The compiler thereby keeps escape sequences, bidi controls and characters
/// of disputed width away from the terminal.
///
/// Shape:  glyphs of one or two cells, each a base character with at most three combining marks or an emoji. Glyphs that are
///         read as one letter, such as a conjunct of Devanagari, form a cluster, which is never cut.
/// Fails:  never; any text or bytes can be made safe.
package struct SafeText: Equatable, Sendable, ExpressibleByStringLiteral {
  package var glyphs: [Glyph]

  /// How many cells it takes. O(glyphs).
  package var width: Int { glyphs.reduce(0) { $0 + $1.width } }

  package init(glyphs: [Glyph] = []) { self.glyphs = glyphs }

  package init(stringLiteral value: String) { self.init(value) }

  /// Makes any text safe. A line break or tab becomes one blank, since a row of cells has no lines.
  package init(_ text: String) { glyphs = GlyphReader.glyphs(of: text) }

  /// Makes bytes of any origin safe; what is not UTF-8 becomes U+FFFD. Stops after `limit` cells.
  package init(utf8 bytes: UnsafeRawBufferPointer, limit: Int = .max) {
    glyphs = GlyphReader.glyphs(of: bytes, limit: limit)
  }

  /// The start of a text that may be very long: at most `width` cells, ending in `…` if something was cut.
  ///
  /// Cost:   O(width); the rest of the text is not read.
  package init(utf8 bytes: UnsafeRawBufferPointer, clippedTo width: Int) {
    guard width > 0 else {
      glyphs = []
      return
    }
    var reader = GlyphReader(bytes, limit: width)
    reader.read()
    glyphs = reader.glyphs
    if reader.isFull { endInEllipsis(within: width) }
  }

  package static func + (a: SafeText, b: SafeText) -> SafeText { SafeText(glyphs: a.glyphs + b.glyphs) }

  /// The text cut to `width` cells, ending in `…` if something was cut.
  package func clipped(to width: Int) -> SafeText {
    guard width > 0 else { return SafeText() }
    if width >= 2 * glyphs.count { return self }
    var used = 0
    for (index, glyph) in glyphs.enumerated() {
      used += glyph.width
      guard used > width else { continue }
      var kept = SafeText(glyphs: Array(glyphs[..<glyphs.clusterStart(at: index)]))
      kept.endInEllipsis(within: width)
      return kept
    }
    return self
  }

  /// Ends in `…`, for which whole clusters give way until all of it takes at most `width` cells.
  private mutating func endInEllipsis(within width: Int) {
    var cells = self.width
    while cells > width - 1, !glyphs.isEmpty {
      let start = glyphs.clusterStart(at: glyphs.count - 1)
      cells -= glyphs.width(of: start..<glyphs.count)
      glyphs.removeSubrange(start...)
    }
    glyphs.append(Glyph("…"))
  }

  /// The cells that are taken where there is room for so many: a wide character or cluster that would be cut is left out.
  package func cells(fitting room: Int) -> Int {
    var (used, start) = (0, 0)
    while start < glyphs.count {
      let end = glyphs.clusterEnd(after: start)
      let width = glyphs.width(of: start..<end)
      if used + width > room { break }
      (used, start) = (used + width, end)
    }
    return used
  }

  /// Exactly `width` cells: clipped, or padded with blanks at the end.
  package func padded(to width: Int) -> SafeText {
    let kept = clipped(to: width)
    return SafeText(glyphs: kept.glyphs + Array(repeating: .blank, count: max(0, width - kept.width)))
  }

  /// Exactly `width` cells: clipped, or padded with blanks at the start, for numbers.
  package func rightAligned(in width: Int) -> SafeText {
    let kept = clipped(to: width)
    return SafeText(glyphs: Array(repeating: .blank, count: max(0, width - kept.width)) + kept.glyphs)
  }

  /// Exactly `width` cells: clipped, or padded on both sides, the odd blank at the end.
  package func centred(in width: Int) -> SafeText {
    let kept = clipped(to: width)
    let before = Array(repeating: Glyph.blank, count: max(0, width - kept.width) / 2)
    return SafeText(glyphs: before + kept.glyphs).padded(to: width)
  }

  /// The same glyph `count` times, for rules and bars.
  package init(repeating glyph: Glyph, count: Int) {
    glyphs = Array(repeating: glyph, count: max(0, count))
  }

  package var isEmpty: Bool { glyphs.isEmpty }

  /// The characters as drawn, for tests and for searching the screen.
  package var text: String {
    var view = String.UnicodeScalarView()
    for glyph in glyphs {
      EmojiSequence.forEachCharacter(of: glyph.scalars) { view.append($0) }
    }
    return String(view)
  }

  /// The code points drawn as stand-ins, in order: what hides in this text.
  package var standIns: [UInt32] { glyphs.compactMap { $0.isStandIn ? $0.standsFor : nil } }
}
