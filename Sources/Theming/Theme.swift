import TextCells

/// How a piece of the screen looks.
///
/// Shape:  nil leaves a colour to the style behind it, and in the end to the terminal.
package struct Style: Hashable, Sendable {
  package var foreground: Colour?
  package var background: Colour?
  package var attributes: TextAttributes

  package init(foreground: Colour? = nil, background: Colour? = nil, attributes: TextAttributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// This style on top of `base`: colours it leaves open come from `base`, and the attributes of both apply.
  ///
  /// Limits: an attribute of `base` cannot be removed.
  package func over(_ base: Style) -> Style {
    Style(
      foreground: foreground ?? base.foreground, background: background ?? base.background,
      attributes: attributes.union(base.attributes))
  }
}

/// Attributes of characters, which terminals without colours have too.
package struct TextAttributes: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let bold = TextAttributes(rawValue: 1)
  package static let faint = TextAttributes(rawValue: 2)
  package static let underline = TextAttributes(rawValue: 4)
  package static let reverse = TextAttributes(rawValue: 8)
  package static let italic = TextAttributes(rawValue: 16)

  /// Their names in theme files.
  package static let names: [(String, TextAttributes)] = [
    ("bold", .bold), ("faint", .faint), ("underline", .underline), ("reverse", .reverse), ("italic", .italic),
  ]
}

/// What every role looks like on every backdrop.
///
/// Shape:  if both state a colour, the role wins, so that a hit stays highlighted on the cursor's row. The backdrop
///         fills in what the role leaves open. The attributes of both apply.
package struct Theme: Equatable, Sendable {
  /// As stated in the file, or its path.
  package var name: String
  /// The background of the terminals it was made for, against which contrast is computed; nil if not stated.
  package var assumedBackground: RGB?
  /// Styles by role; missing ones are plain.
  package var roles: [Role: Style]
  /// Styles by backdrop; missing ones are plain.
  package var backdrops: [Backdrop: Style]

  package init(name: String, assumedBackground: RGB? = nil, roles: [Role: Style], backdrops: [Backdrop: Style]) {
    self.name = name
    self.assumedBackground = assumedBackground
    self.roles = roles
    self.backdrops = backdrops
  }

  /// The style of a role on a backdrop; plain where the theme says nothing.
  ///
  /// Cost:   two dictionary lookups; terminals keep the results (`PaintTable`).
  package func style(_ role: Role, on backdrop: Backdrop) -> Style {
    (roles[role] ?? Style()).over(backdrops[backdrop] ?? Style())
  }

  /// Whether any style states a colour.
  package var usesColour: Bool {
    (Array(roles.values) + Array(backdrops.values)).contains { $0.foreground != nil || $0.background != nil }
  }
}

extension Role {
  /// Whether it is a line or bar, which must be seen but not read.
  package var isDrawing: Bool {
    switch self {
    case .border, .borderFocused, .facetBar, .progress: true
    default: false
    }
  }
}

extension Theme {
  /// The built-in theme without colours.
  ///
  /// It serves `NO_COLOR`, terminals without colours, and themes that cannot be read. `Themes/mono.toml` states the same
  /// styles.
  package static let mono = Theme(
    name: "mono",
    roles: Dictionary(
      uniqueKeysWithValues: Role.allCases.map { ($0, Style(attributes: monoAttributes(of: $0))) }),
    backdrops: [
      .plain: Style(), .cursor: Style(attributes: .reverse), .cursorUnfocused: Style(attributes: .underline),
      .marked: Style(attributes: .bold), .bar: Style(attributes: .reverse), .sheet: Style(),
    ])

  /// Attributes that tell verdicts, hits and notices apart without colours.
  private static func monoAttributes(of role: Role) -> TextAttributes {
    switch role {
    case .text, .paneTitle, .titleBar, .statusLine, .unreviewed, .price, .platform, .seller, .date, .title,
      .facetValue, .facetCount, .facetBar, .filterText, .input, .progress:
      []
    case .faint, .border, .keyHint, .falsePositive, .fieldName: .faint
    case .borderFocused, .titleBarStrong, .keyName, .confirmed, .flagged, .notice: .bold
    case .unsure, .columnHeading, .hitCue: .underline
    case .saving, .species, .hitBenign: .italic
    case .hitWeak: [.faint, .underline]
    case .priceUnread, .facetExcluded: [.faint, .italic]
    case .paneTitleFocused, .columnHeadingSorted, .hit, .hitTerm, .facetChosen, .filterError, .warning:
      [.bold, .underline]
    case .hiddenCharacter: .reverse
    case .disguised: [.underline, .reverse]
    case .hitCurrent: [.bold, .underline, .reverse]
    case .failure: [.bold, .reverse]
    }
  }
}
