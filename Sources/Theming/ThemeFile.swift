import SmallFormats
import TextCells

/// Reads the text of a theme file.
///
/// Shape:  `name`, `assumes-background` (`"#rrggbb"`), and the tables `[role]` and `[ground]`, which hold a style for
///         every `Role` and `Backdrop`: `hit = { foreground = 16, background = 179, attributes = ["bold"] }`.
/// Fails:  never; what cannot be understood is skipped and reported as a problem. A file without one readable style
///         gives `Theme.mono`.
package struct ThemeFile {
  private let file: String
  /// The theme as read so far.
  private var theme: Theme
  private var problems: [ThemeProblem] = []
  /// The line of each key, for checks that come at the end.
  private var lines: [[String]: Int] = [:]

  /// The theme in a file's text, and what is wrong with it.
  ///
  /// - Parameter file: the path, for problems.
  package static func read(_ text: String, file: String) -> (theme: Theme, problems: [ThemeProblem]) {
    var reader = ThemeFile(file: file, theme: Theme(name: file, roles: [:], backdrops: [:]))
    reader.read(SettingLines(text))
    return (reader.theme, reader.problems)
  }

  /// Stores all keys, then checks the theme as a whole.
  private mutating func read(_ content: SettingLines) {
    problems = content.problems.map { ThemeProblem(file: file, line: $0.line, what: .notTOML($0.why)) }
    for entry in content.entries { take(entry) }
    guard !theme.roles.isEmpty || !theme.backdrops.isEmpty else {
      problems.append(ThemeProblem(file: file, what: .noStyles))
      theme = .mono
      return
    }
    for role in Role.allCases where theme.roles[role] == nil {
      problems.append(ThemeProblem(file: file, line: lines[["role"]], key: "role", what: .missingRole(role)))
    }
    for backdrop in Backdrop.allCases where theme.backdrops[backdrop] == nil {
      problems.append(
        ThemeProblem(file: file, line: lines[["ground"]], key: "ground", what: .missingBackdrop(backdrop)))
    }
    checkBackgrounds()
    checkContrast()
    // Checks run one after the other, but people fix a file from top to bottom.
    problems = problems.enumerated().sorted { a, b in
      (a.element.line ?? .max, a.offset) < (b.element.line ?? .max, b.offset)
    }.map(\.element)
  }

  /// Stores one key's value in the theme.
  private mutating func take(_ entry: SettingLines.Entry) {
    lines[entry.path] = entry.line
    switch (entry.path.first, entry.path.count) {
    case ("name", 1):
      if case .text(let name) = entry.value { theme.name = name } else { report(.wrongKind(expected: "text"), entry) }
    case ("assumes-background", 1):
      guard case .text(let text) = entry.value else { return report(.wrongKind(expected: "\"#rrggbb\""), entry) }
      theme.assumedBackground = RGB(hex: text)
      if theme.assumedBackground == nil { report(.badColour(text), entry) }
    case ("role", 1), ("ground", 1):
      if entry.value != .table { report(.wrongKind(expected: "a table"), entry) }
    case ("role", 2...3):
      guard let role = Role(rawValue: entry.path[1]) else { return reportOnce(.unknownRole, entry) }
      theme.roles[role] = style(theme.roles[role] ?? Style(), with: entry)
    case ("ground", 2...3):
      guard let backdrop = Backdrop(rawValue: entry.path[1]) else { return reportOnce(.unknownBackdrop, entry) }
      theme.backdrops[backdrop] = style(theme.backdrops[backdrop] ?? Style(), with: entry)
    default:
      report(.unknownKey, entry)
    }
  }

  /// A style with one more key: `role.hit.foreground`.
  private mutating func style(_ style: Style, with entry: SettingLines.Entry) -> Style {
    var style = style
    guard entry.path.count == 3 else {
      if entry.value != .table { report(.wrongKind(expected: "a style, such as { foreground = 248 }"), entry) }
      return style
    }
    switch entry.path[2] {
    case "foreground": style.foreground = colour(entry)
    case "background": style.background = colour(entry)
    case "attributes": style.attributes = attributes(entry)
    default: report(.unknownKey, entry)
    }
    return style
  }

  /// 0 to 255, `"#rrggbb"` or `"default"`; nil if it is none of them.
  private mutating func colour(_ entry: SettingLines.Entry) -> Colour? {
    switch entry.value {
    case .number(let number):
      if let number = UInt8(exactly: number) { return .palette(number) }
      report(.badColour("\(number)"), entry)
    case .text("default"):
      return .terminalDefault
    case .text(let text):
      if let rgb = RGB(hex: text) { return .rgb(rgb) }
      report(.badColour(text), entry)
    case .list, .table, .truth, .other:
      report(.wrongKind(expected: "a colour: 0 to 255, \"#rrggbb\" or \"default\""), entry)
    }
    return nil
  }

  /// A list of attribute names; unknown ones are reported and skipped.
  private mutating func attributes(_ entry: SettingLines.Entry) -> TextAttributes {
    guard case .list(let names) = entry.value else {
      report(.wrongKind(expected: "a list, such as [\"bold\"]"), entry)
      return []
    }
    var attributes: TextAttributes = []
    for name in names {
      if let known = TextAttributes.names.first(where: { $0.0 == name }) {
        attributes.insert(known.1)
      } else {
        report(.badAttribute(name), entry)
      }
    }
    return attributes
  }

  /// Reports styles with a background but no foreground, in the order of roles and backdrops.
  private mutating func checkBackgrounds() {
    let styles =
      Role.allCases.map { (["role", $0.rawValue], theme.roles[$0]) }
      + Backdrop.allCases.map { (["ground", $0.rawValue], theme.backdrops[$0]) }
    for (path, style) in styles {
      guard let background = style?.background, background != .terminalDefault, style?.foreground == nil else {
        continue
      }
      report(.backgroundAlone, SettingLines.Entry(path: path, value: .table, line: lines[path] ?? 0))
    }
  }

  /// Text must be readable on every backdrop, and lines and bars visible on the plain one.
  ///
  /// Limits: at most one problem per role, for the first backdrop that fails.
  private mutating func checkContrast() {
    for role in Role.allCases where theme.roles[role] != nil {
      let needed = role.isDrawing ? Contrast.neededForLines : Contrast.neededForText
      let backdrops = role.isDrawing ? [.plain] : Backdrop.allCases
      for backdrop in backdrops {
        guard let ratio = theme.contrast(of: role, on: backdrop), ratio < needed else { continue }
        let path = ["role", role.rawValue]
        report(
          .lowContrast(ratio: ratio, needed: needed, role: role, backdrop: backdrop),
          SettingLines.Entry(path: path, value: .table, line: lines[path] ?? 0))
        break
      }
    }
  }

  /// Adds a problem with the key's line and path.
  private mutating func report(_ what: ThemeProblem.What, _ entry: SettingLines.Entry) {
    problems.append(
      ThemeProblem(
        file: file, line: entry.line > 0 ? entry.line : nil, key: entry.path.joined(separator: "."), what: what))
  }

  /// Reports an unknown role once, not once more for each key of its style.
  private mutating func reportOnce(_ what: ThemeProblem.What, _ entry: SettingLines.Entry) {
    let name = SettingLines.Entry(path: Array(entry.path.prefix(2)), value: entry.value, line: entry.line)
    let key = name.path.joined(separator: ".")
    if !problems.contains(where: { $0.key == key && $0.what == what }) { report(what, name) }
  }
}

extension Theme {
  /// How well a role can be read on a backdrop; nil if a colour is the terminal's own and so unknown.
  ///
  /// Units:  a ratio as in `Contrast`.
  package func contrast(of role: Role, on backdrop: Backdrop) -> Double? {
    let style = style(role, on: backdrop)
    let behind = style.background ?? .terminalDefault
    let background = behind == .terminalDefault ? assumedBackground : behind.knownRGB
    guard let background, let foreground = style.foreground?.knownRGB else { return nil }
    return Contrast.ratio(foreground, background)
  }
}
