import TextCells

extension Theme {
  /// The theme that needs no file and no colour: for `NO_COLOR`, for terminals without colours, and for when a
  /// theme cannot be read. `Themes/mono.toml` says the same.
  package static let mono = Theme(
    name: "mono",
    roles: Dictionary(
      uniqueKeysWithValues: Role.allCases.map { ($0, Style(attributes: monoAttributes(of: $0))) }),
    grounds: [
      .plain: Style(), .cursor: Style(attributes: .reverse), .cursorUnfocused: Style(attributes: .underline),
      .marked: Style(attributes: .bold), .bar: Style(attributes: .reverse), .sheet: Style(),
    ])

  private static func monoAttributes(of role: Role) -> TextAttributes {
    switch role {
    case .text, .paneTitle, .titleBar, .statusLine, .unreviewed, .price, .platform, .seller, .date, .title,
      .facetValue, .facetCount, .facetBar, .filterText, .input, .progress:
      []
    case .faint, .border, .keyHint, .falsePositive, .fieldName: .faint
    case .borderFocused, .titleBarStrong, .keyName, .confirmed, .flagged, .notice: .bold
    case .unsure, .columnHeading, .hitCue: .underline
    case .saving, .species, .hitHarmless: .italic
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
