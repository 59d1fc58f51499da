import TextCells

/// The dashboard in ASCII, for terminals that show nothing else: each character of a cell has one sign that takes its place.
///
/// Shape:  lines, bars, marks and arrows become signs that differ from each other; Latin letters lose their accents; of
///         other letters only their number is left, as `?`.
package enum PlainCharacters {
  /// The sign for a character; nil: it is a letter or picture that ASCII has nothing for.
  package static func sign(for scalar: UInt32) -> UInt8? {
    if (0x20..<0x7F).contains(scalar) { return UInt8(scalar) }
    return signs[scalar]
  }

  /// What stands for a letter that ASCII has nothing for.
  package static let unknown = UInt8(ascii: "?")

  /// A text in ASCII, cell by cell. Behind the sign of a keycap, which is two cells wide, is a blank.
  package static func text(_ text: SafeText) -> SafeText {
    SafeText(
      glyphs: text.glyphs.flatMap { glyph in
        let sign = sign(for: glyph.scalars.0)
        let other = Glyph(Unicode.Scalar(sign == nil ? unknown : UInt8(ascii: " ")))
        return [Glyph(Unicode.Scalar(sign ?? unknown))] + Array(repeating: other, count: glyph.width - 1)
      })
  }

  private static let signs: [UInt32: UInt8] = {
    var signs: [UInt32: UInt8] = [:]
    for group in marks + letters {
      let sign = group.utf8.first!
      for scalar in group.unicodeScalars.dropFirst() { signs[scalar.value] = sign }
    }
    return signs
  }()

  /// The sign first, then all that it stands for. Of what can stand in one place each has a sign of its own.
  private static let marks = [
    // Borders: heavy ones are those of the pane with the keyboard.
    "-─–—−‐‑‒―", "=━", "|│┃", "+┌┐└┘├┤┬┴┼", "#┏┓┗┛█▇▉▊▋▌≠",
    // Bars: full, three quarters, half, less.
    "%▆▅", ":▄▃▍", ".▂▁▎▏·•…", "^↑▲▴", "v↓▼▾", "<←‹«◂", ">→▸▶›»",
    // Marks.
    "Y✓✔", "N✗✘", "/÷⁄", "x×", "~≈∼", "@↺↻", "*●★☆", "-⊘", "+±", "?¿", "_␣",
    "\"“”„‟″", "'‘’‚‛′", "|¦", "$¤", "c©", "r®", "o°◌", "L£", "E€",
    "&↔",
  ]

  private static let letters = [
    "AÀÁÂÃÄÅĀĂĄẠẢẤẦẨẪẬẮẰẲẴẶ", "aàáâãäåāăąạảấầẩẫậắằẳẵặª", "BḂ", "bḃ", "CÇĆĈĊČ", "cçćĉċč", "DĎĐÐ", "dďđð",
    "EÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆ", "eèéêëēĕėęěẹẻẽếềểễệ", "GĜĞĠĢ", "gĝğġģ", "HĤĦ", "hĥħ", "IÌÍÎÏĨĪĬĮİỈỊ", "iìíîïĩīĭįıỉị",
    "JĴ", "jĵ", "KĶ", "kķ", "LĹĻĽĿŁ", "lĺļľŀł", "NÑŃŅŇ", "nñńņňŉ", "OÒÓÔÕÖØŌŎŐƠỌỎỐỒỔỖỘỚỜỞỠỢ",
    "oòóôõöøōŏőơọỏốồổỗộớờởỡợº", "RŔŖŘ", "rŕŗř", "SŚŜŞŠȘ", "sśŝşšșß", "TŢŤŦȚ", "tţťŧț", "UÙÚÛÜŨŪŬŮŰŲƯỤỦỨỪỬỮỰ",
    "uùúûüũūŭůűųưụủứừửữự", "WŴ", "wŵ", "YÝŶŸỲỴỶỸ", "yýÿŷỳỵỷỹ", "ZŹŻŽ", "zźżž",
  ]
}
