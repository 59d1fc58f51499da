/// Reads text of any origin into glyphs that are safe to draw.
enum GlyphReader {
  static func glyphs(of text: String) -> [Glyph] {
    var text = text
    return text.withUTF8 { glyphs(of: UnsafeRawBufferPointer($0), limit: .max) }
  }

  static func glyphs(of bytes: UnsafeRawBufferPointer, limit: Int) -> [Glyph] {
    // Stand-in: ASCII and everything else one cell wide.
    String(decoding: bytes, as: UTF8.self).unicodeScalars.map { $0.value < 32 ? Glyph(" ") : Glyph($0) }
  }
}
