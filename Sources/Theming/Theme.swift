import TextCells

/// How a piece of the screen looks. What it does not state, something behind it may.
package struct Style: Hashable, Sendable {
  package var foreground: Colour?
  package var background: Colour?
  package var attributes: TextAttributes

  package init(foreground: Colour? = nil, background: Colour? = nil, attributes: TextAttributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// This style with what it leaves open taken from `ground`; the attributes of both.
  package func over(_ ground: Style) -> Style {
    Style(
      foreground: foreground ?? ground.foreground, background: background ?? ground.background,
      attributes: attributes.union(ground.attributes))
  }
}

/// What a terminal without colours can still do to a character.
package struct TextAttributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = TextAttributes(rawValue: 1)
  package static let faint = TextAttributes(rawValue: 2)
  package static let underline = TextAttributes(rawValue: 4)
  package static let reverse = TextAttributes(rawValue: 8)
  package static let italic = TextAttributes(rawValue: 16)

  /// The names used in theme files.
  package static let names: [(String, TextAttributes)] = [
    ("bold", .bold), ("faint", .faint), ("underline", .underline), ("reverse", .reverse), ("italic", .italic),
  ]
}

/// What every role looks like on every ground.
///
/// Shape:  a role's style wins over the ground's where both state a colour, so that a hit stays marked on the
///         cursor's row; the ground fills in what the role leaves open; the attributes of both apply.
package struct Theme: Equatable, Sendable {
  package var name: String
  /// The background of the terminals it was made for; contrast is reckoned against it.
  package var assumedBackground: RGB?
  package var roles: [Role: Style]
  package var grounds: [Ground: Style]

  package init(name: String, assumedBackground: RGB? = nil, roles: [Role: Style], grounds: [Ground: Style]) {
    self.name = name
    self.assumedBackground = assumedBackground
    self.roles = roles
    self.grounds = grounds
  }

  package func style(_ role: Role, on ground: Ground) -> Style {
    (roles[role] ?? Style()).over(grounds[ground] ?? Style())
  }

  package var usesColour: Bool {
    (Array(roles.values) + Array(grounds.values)).contains { $0.foreground != nil || $0.background != nil }
  }
}

extension Role {
  /// Lines and bars: they must be seen, not read.
  package var isDrawing: Bool {
    switch self {
    case .border, .borderFocused, .facetBar, .progress: true
    default: false
    }
  }
}
