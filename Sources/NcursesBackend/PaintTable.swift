import TextCells
import Theming

/// How characters are painted: colour numbers, -1 for the terminal's own, and attributes.
struct Paint: Hashable {
  var attributes: TextAttributes = []
  var foreground: Int32 = -1
  var background: Int32 = -1

  static let plain = Paint()

  /// Whether it shows on a blank too, beyond the background.
  var marksBlanks: Bool { attributes.contains(.underline) || attributes.contains(.reverse) }

  /// What of it shows on a blank.
  var onBlank: Paint { marksBlanks ? self : Paint(background: background) }
}

/// The paint of each role on each ground, worked out once.
struct PaintTable {
  private let paints: [Paint]
  private var last: (role: Role, ground: Ground, paint: Paint)

  init(_ theme: Theme, _ depth: ColourDepth) {
    var paints: [Paint] = []
    for role in Role.allCases {
      for ground in Ground.allCases {
        let numbers = depth.numbers(of: theme.style(role, on: ground))
        paints.append(
          Paint(
            attributes: numbers.attributes, foreground: numbers.foreground, background: numbers.background))
      }
    }
    self.paints = paints
    last = (Role.allCases[0], Ground.allCases[0], paints[0])
  }

  /// Cells beside each other mostly mean the same: the last answer is kept.
  mutating func paint(_ role: Role, _ ground: Ground) -> Paint {
    if role == last.role, ground == last.ground { return last.paint }
    let place = Self.rolePlace[role, default: 0] * Ground.allCases.count + Self.groundPlace[ground, default: 0]
    last = (role, ground, paints[place])
    return last.paint
  }

  private static let rolePlace = Dictionary(uniqueKeysWithValues: Role.allCases.enumerated().map { ($1, $0) })
  private static let groundPlace = Dictionary(uniqueKeysWithValues: Ground.allCases.enumerated().map { ($1, $0) })
}
