/// Text that may be drawn: every character in it is visible, has a known width, and obeys nothing.
///
/// Only `SafeText` enters a `Frame`, so the compiler keeps escape sequences, bidi controls and characters on
/// whose width terminals disagree away from the terminal.
/// Shape:  glyphs of one or two cells, each a base character with at most three marks.
package struct SafeText: Equatable, Sendable, ExpressibleByStringLiteral {
  package var glyphs: [Glyph]

  /// The cells it takes.
  package var width: Int { glyphs.reduce(0) { $0 + $1.width } }

  package init(glyphs: [Glyph] = []) { self.glyphs = glyphs }

  package init(stringLiteral value: String) { self.init(value) }

  /// Any text at all, made safe. Line breaks and tabs become one blank, since a cell row has no lines.
  package init(_ text: String) { glyphs = GlyphReader.glyphs(of: text) }

  /// UTF-8 bytes of any origin, made safe; invalid bytes become `U+FFFD`. Stops after `limit` cells.
  package init(utf8 bytes: UnsafeRawBufferPointer, limit: Int = .max) {
    glyphs = GlyphReader.glyphs(of: bytes, limit: limit)
  }

  package static func + (a: SafeText, b: SafeText) -> SafeText { SafeText(glyphs: a.glyphs + b.glyphs) }

  /// The text cut to `width` cells, its end replaced by `…` where something was cut.
  package func clipped(to width: Int) -> SafeText {
    guard width > 0 else { return SafeText() }
    var used = 0
    for (index, glyph) in glyphs.enumerated() {
      used += glyph.width
      guard used > width else { continue }
      var kept = Array(glyphs[..<index])
      var cells = kept.reduce(0) { $0 + $1.width }
      while cells > width - 1, let last = kept.popLast() { cells -= last.width }
      return SafeText(glyphs: kept + [Glyph("…")])
    }
    return self
  }
}

/// One drawable character: a base, its marks, and how many cells it takes (1 or 2).
package struct Glyph: Equatable, Sendable {
  package var scalars: (UInt32, UInt32, UInt32, UInt32)
  package var width: Int

  /// A character one cell wide, from code: `Glyph("│")`.
  package init(_ scalar: Unicode.Scalar) {
    scalars = (scalar.value, 0, 0, 0)
    width = 1
  }

  package init(scalars: (UInt32, UInt32, UInt32, UInt32), width: Int) {
    self.scalars = scalars
    self.width = width
  }

  package static func == (a: Glyph, b: Glyph) -> Bool { a.scalars == b.scalars && a.width == b.width }
}
