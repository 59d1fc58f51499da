import CNcurses
import TextCells
import Theming

/// What curses must be told to draw a role on a ground: attributes and the number of a colour pair.
///
/// Shape:  one entry per (role, ground), made once; a pair for each two colours that occur.
struct PaintTable {
  struct Paint {
    var attributes: attr_t
    var pair: Int32
    /// The colour number behind the character.
    var background: Int32

    /// Whether it shows on a blank too, beyond the background.
    var marksBlanks: Bool { attributes & (LT_UNDERLINE | LT_REVERSE) != 0 }
  }

  private let paints: [Paint]

  /// Must be made after `start_color`; with `ColourDepth.none` no pair is made.
  init(_ theme: Theme, _ depth: ColourDepth) {
    var pairs: [[Int32]: Int32] = [[-1, -1]: 0]
    var paints: [Paint] = []
    for role in Role.allCases {
      for ground in Ground.allCases {
        let numbers = depth.numbers(of: theme.style(role, on: ground))
        let colours = [numbers.foreground, numbers.background]
        if pairs[colours] == nil {
          let next = Int32(pairs.count)
          // A terminal with few pairs shows the rest without colour.
          pairs[colours] = init_extended_pair(next, numbers.foreground, numbers.background) == OK ? next : 0
        }
        paints.append(
          Paint(
            attributes: Self.cursesAttributes(numbers.attributes), pair: pairs[colours] ?? 0,
            background: numbers.background))
      }
    }
    self.paints = paints
  }

  subscript(_ role: Role, _ ground: Ground) -> Paint {
    paints[Self.rolePlace[role, default: 0] * Ground.allCases.count + Self.groundPlace[ground, default: 0]]
  }

  private static let rolePlace = Dictionary(uniqueKeysWithValues: Role.allCases.enumerated().map { ($1, $0) })
  private static let groundPlace = Dictionary(uniqueKeysWithValues: Ground.allCases.enumerated().map { ($1, $0) })

  private static func cursesAttributes(_ attributes: TextAttributes) -> attr_t {
    var curses: attr_t = 0
    if attributes.contains(.bold) { curses |= LT_BOLD }
    if attributes.contains(.faint) { curses |= LT_DIM }
    if attributes.contains(.underline) { curses |= LT_UNDERLINE }
    if attributes.contains(.reverse) { curses |= LT_REVERSE }
    if attributes.contains(.italic) { curses |= LT_ITALIC }
    return curses
  }
}
