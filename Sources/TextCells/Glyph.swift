/// One drawable character: a base, its marks, and how many cells it takes (1 or 2).
package struct Glyph: Equatable, Sendable {
  package var scalars: (UInt32, UInt32, UInt32, UInt32)
  package var width: Int
  /// The code point that is shown by this stand-in, or 0 where the glyph is itself. A frame draws stand-ins as
  /// `.hiddenCharacter`.
  package var standsFor: UInt32

  /// A character one cell wide, from code: `Glyph("│")`.
  package init(_ scalar: Unicode.Scalar) {
    self.init(scalars: (scalar.value, 0, 0, 0), width: 1)
  }

  package init(scalars: (UInt32, UInt32, UInt32, UInt32), width: Int) {
    self.scalars = scalars
    self.width = width
    standsFor = 0
  }

  /// What is drawn for characters that would leave no ink or that command the terminal: `¤`.
  ///
  /// A Latin-1 sign, so that every font has it, and one cell everywhere.
  package static let hiddenMark: Unicode.Scalar = "¤"
  /// What is drawn for broken bytes and for characters no two terminals agree about.
  package static let replacement: Unicode.Scalar = "\u{FFFD}"

  static let blank = Glyph(" ")

  static func standIn(_ shown: Unicode.Scalar, for scalar: UInt32) -> Glyph {
    var glyph = Glyph(shown)
    glyph.standsFor = scalar
    return glyph
  }

  /// C0 controls and DEL as their Control Picture (`␛` for ESC); C1 controls have none.
  static func picture(ofControl scalar: UInt32) -> Glyph {
    let shown = scalar < 0x20 ? 0x2400 + scalar : scalar == 0x7F ? 0x2421 : hiddenMark.value
    return standIn(Unicode.Scalar(shown) ?? hiddenMark, for: scalar)
  }

  /// Whether something other than itself is drawn: a control, a hidden or a broken character.
  package var isStandIn: Bool { standsFor != 0 }

  package var isBlank: Bool { scalars.0 == 0x20 || scalars.0 == 0x3000 }

  /// Takes one more mark; a fourth is dropped, since stacks of marks hide the lines above and below.
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
    a.scalars == b.scalars && a.width == b.width && a.standsFor == b.standsFor
  }
}
