/// One drawable character: a base with its combining marks, or an emoji that is put together of several.
///
/// Shape:  `scalars` holds the base and up to three marks, unused slots 0, or an `EmojiSequence`. `width` is 1 or 2 cells.
package struct Glyph: Equatable, Sendable {
  package var scalars: CellScalars
  package var width: Int
  /// Whether it belongs to the glyph before it, as a vowel behind its consonant does: no text is cut between them.
  package var joinsLast = false
  /// The code point this glyph stands in for; 0 if it stands for itself. A frame draws stand-ins as
  /// `.hiddenCharacter`.
  package var standsFor: UInt32

  /// A character one cell wide that the program draws itself: `Glyph("│")`.
  package init(_ scalar: Unicode.Scalar) {
    self.init(scalars: (scalar.value, 0, 0, 0), width: 1)
  }

  package init(scalars: CellScalars, width: Int, joinsLast: Bool = false) {
    self.joinsLast = joinsLast
    self.scalars = scalars
    self.width = width
    standsFor = 0
  }

  /// Stands in for characters that would be invisible or would control the terminal: `¤`.
  ///
  /// It is in Latin-1, so every font has it, and every terminal gives it one cell.
  package static let hiddenMark: Unicode.Scalar = "¤"
  /// Stands in for invalid bytes and for characters of disputed width.
  package static let replacement: Unicode.Scalar = "\u{FFFD}"

  static let blank = Glyph(" ")

  /// `shown`, drawn in place of `scalar`.
  static func standIn(_ shown: Unicode.Scalar, for scalar: UInt32) -> Glyph {
    var glyph = Glyph(shown)
    glyph.standsFor = scalar
    return glyph
  }

  /// A C0 control or DEL as its Control Picture (`␛` for ESC); C1 controls have none and get `hiddenMark`.
  static func picture(ofControl scalar: UInt32) -> Glyph {
    let shown = scalar < 0x20 ? 0x2400 + scalar : scalar == 0x7F ? 0x2421 : hiddenMark.value
    return standIn(Unicode.Scalar(shown) ?? hiddenMark, for: scalar)
  }

  /// Whether it stands for something else: a control, a hidden character or an invalid byte.
  package var isStandIn: Bool { standsFor != 0 }

  /// Whether it is a space, ideographic ones included.
  package var isBlank: Bool { scalars.0 == 0x20 || scalars.0 == 0x3000 }

  /// Adds a combining mark.
  ///
  /// Limits: a fourth mark is dropped, since tall stacks would hide the lines above and below.
  mutating func add(mark scalar: UInt32) {
    if scalars.1 == 0 {
      scalars.1 = scalar
    } else if scalars.2 == 0 {
      scalars.2 = scalar
    } else if scalars.3 == 0 {
      scalars.3 = scalar
    }
  }

  package static func == (a: Glyph, b: Glyph) -> Bool {
    a.scalars == b.scalars && a.width == b.width && a.standsFor == b.standsFor && a.joinsLast == b.joinsLast
  }
}

/// What the screen does with a code point.
///
/// Only characters to which glibc, tmux and xterm give the same width, and emoji sequences, are drawn as themselves. Others are
/// dropped if they carry no meaning, and shown by a stand-in of known width if they could carry or hide something.
///
/// Shape:  each class is its letter in `GlyphClassTable`.
/// Cost:   two table lookups per code point.
enum GlyphClass {
  static let narrow = UInt8(ascii: "n")
  static let wide = UInt8(ascii: "w")
  /// One cell wide, of a script whose spelling uses ZWNJ and ZWJ (Arabic, Devanagari, Sinhala, …).
  static let joining = UInt8(ascii: "a")
  static let narrowPictograph = UInt8(ascii: "p")
  static let widePictograph = UInt8(ascii: "P")
  /// Combines with the character before it and takes no cell: accents, harakat, Hangul vowels and finals.
  static let mark = UInt8(ascii: "m")
  /// A mark of a joining script that takes no cell.
  static let joiningMark = UInt8(ascii: "v")
  /// Drawn as a plain blank: TAB, CR, LF, NBSP and typographic spaces.
  static let blank = UInt8(ascii: "b")
  static let control = UInt8(ascii: "c")
  /// Invisible: ZWSP, bidi controls, U+2028, soft hyphen, tags, Hangul and Braille fillers.
  static let hidden = UInt8(ascii: "h")
  /// ZWNJ and ZWJ.
  static let joiner = UInt8(ascii: "j")
  static let variationSelector = UInt8(ascii: "s")
  static let skinTone = UInt8(ascii: "t")
  /// One of the two letters that make a flag.
  static let regionalIndicator = UInt8(ascii: "r")
  /// Unassigned, private use, newer than Unicode 13, or of disputed width.
  static let replaced = UInt8(ascii: "x")

  /// The class of a code point. Those from U+40000 are not in the table.
  static func of(_ scalar: UInt32) -> UInt8 {
    if scalar < 0x40000 {
      let entry = Int(scalar >> 8) * 2
      let index = GlyphClassTable.index.utf8Start
      let block = Int(index[entry] &- 97) << 4 | Int(index[entry + 1] &- 97)
      return GlyphClassTable.blocks.utf8Start[block << 8 | Int(scalar & 0xFF)]
    }
    switch scalar {
    case 0xE0100...0xE01EF: return variationSelector
    case 0xE0001, 0xE0020...0xE007F: return hidden
    default: return replaced
    }
  }

  static func isMark(_ letter: UInt8) -> Bool { letter == mark || letter == joiningMark }
  static func isJoining(_ letter: UInt8) -> Bool { letter == joining || letter == joiningMark || letter == spacingMark }
  static func isPictograph(_ letter: UInt8) -> Bool { letter == narrowPictograph || letter == widePictograph }
}
