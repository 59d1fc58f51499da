/// What the screen does with a code point. The raw value is its letter in `GlyphClassTable`.
///
/// Only what glibc, tmux and xterm count alike is drawn as itself; the rest is left out where it carries nothing,
/// and shown by a stand-in of known width where it could carry or hide something.
enum GlyphClass {
  static let narrow = UInt8(ascii: "n")
  static let wide = UInt8(ascii: "w")
  /// One cell, of a script in which ZWNJ and ZWJ are orthography (Arabic, Devanagari, Sinhala, …).
  static let joining = UInt8(ascii: "a")
  static let narrowPictograph = UInt8(ascii: "p")
  static let widePictograph = UInt8(ascii: "P")
  /// Sits on the character before it and takes no cell: accents, harakat, Hangul vowels and finals.
  static let mark = UInt8(ascii: "m")
  /// A mark of a joining script.
  static let joiningMark = UInt8(ascii: "v")
  /// Drawn as a plain blank: TAB, CR, LF, NBSP and the blanks of typography.
  static let blank = UInt8(ascii: "b")
  static let control = UInt8(ascii: "c")
  /// Takes no room or leaves no ink: ZWSP, bidi controls, U+2028, soft hyphen, tags, Hangul and Braille fillers.
  static let hidden = UInt8(ascii: "h")
  /// ZWNJ and ZWJ.
  static let joiner = UInt8(ascii: "j")
  static let variationSelector = UInt8(ascii: "s")
  static let skinTone = UInt8(ascii: "t")
  /// Half a flag.
  static let regionalIndicator = UInt8(ascii: "r")
  /// Unassigned, private, newer than Unicode 13, or of a width on which terminals disagree.
  static let replaced = UInt8(ascii: "x")

  static func of(_ scalar: UInt32) -> UInt8 {
    if scalar < 0x40000 {
      let place = Int(scalar >> 8) * 2
      let index = GlyphClassTable.index.utf8Start
      let block = Int(index[place] &- 97) << 4 | Int(index[place + 1] &- 97)
      return GlyphClassTable.blocks.utf8Start[block << 8 | Int(scalar & 0xFF)]
    }
    switch scalar {
    case 0xE0100...0xE01EF: return variationSelector
    case 0xE0001, 0xE0020...0xE007F: return hidden
    default: return replaced
    }
  }

  static func isMark(_ letter: UInt8) -> Bool { letter == mark || letter == joiningMark }
  static func isJoining(_ letter: UInt8) -> Bool { letter == joining || letter == joiningMark }
  static func isPictograph(_ letter: UInt8) -> Bool { letter == narrowPictograph || letter == widePictograph }
}
