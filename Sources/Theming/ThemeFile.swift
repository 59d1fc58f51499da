import TOMLKit
import TextCells

/// Reads the text of a theme file.
///
/// Shape:  `name`, `assumes-background` (`"#rrggbb"`), and the tables `[role]` and `[ground]`, which hold a style for
///         every `Role` and `Ground`: `hit = { foreground = 16, background = 179, attributes = ["bold"] }`.
/// Fails:  never; what cannot be understood is a problem and is left out. Text that is no TOML gives `Theme.mono`.
package struct ThemeFile {
  private let file: String
  private let lines: [Substring]
  private(set) var problems: [ThemeProblem] = []

  package static func read(_ text: String, file: String) -> (theme: Theme, problems: [ThemeProblem]) {
    var reader = ThemeFile(file: file, lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    let theme = reader.theme(from: text)
    return (theme, reader.problems)
  }

  private init(file: String, lines: [Substring]) {
    self.file = file
    self.lines = lines
  }

  private mutating func theme(from text: String) -> Theme {
    let table: TOMLTable
    do {
      table = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      problems.append(ThemeProblem(file: file, line: error.source.begin.line, what: .notTOML(error.description)))
      return .mono
    } catch {
      problems.append(ThemeProblem(file: file, what: .notTOML("\(error)")))
      return .mono
    }
    var theme = Theme(name: file, roles: [:], grounds: [:])
    for key in table.keys {
      switch key {
      case "name": theme.name = table[key]?.string ?? wrongKind("text", key) ?? file
      case "assumes-background": theme.assumedBackground = background(table[key], key)
      case "role", "ground": break
      default: report(.unknownKey, key)
      }
    }
    theme.roles = styles(table["role"], "role", unknown: .unknownRole)
    theme.grounds = styles(table["ground"], "ground", unknown: .unknownGround)
    for role in Role.allCases where theme.roles[role] == nil { report(.missingRole(role), "role") }
    for ground in Ground.allCases where theme.grounds[ground] == nil { report(.missingGround(ground), "ground") }
    checkContrast(of: theme)
    return theme
  }

  private mutating func background(_ value: TOMLValueConvertible?, _ key: String) -> RGB? {
    guard let text = value?.string else { return wrongKind("\"#rrggbb\"", key) }
    guard let rgb = RGB(hex: text) else { return report(.badColour(text), key) }
    return rgb
  }

  private mutating func styles<Name: RawRepresentable<String> & Hashable>(
    _ value: TOMLValueConvertible?, _ section: String, unknown: ThemeProblem.What
  ) -> [Name: Style] {
    guard let value else { return [:] }
    guard let table = value.table else { return wrongKind("a table", section) ?? [:] }
    var styles: [Name: Style] = [:]
    for key in table.keys {
      let path = "\(section).\(key)"
      guard let name = Name(rawValue: key) else {
        report(unknown, path)
        continue
      }
      guard let parts = table[key]?.table else {
        report(.wrongKind(expected: "a style, such as { foreground = 248 }"), path)
        continue
      }
      styles[name] = style(parts, path)
    }
    return styles
  }

  private mutating func style(_ table: TOMLTable, _ path: String) -> Style {
    var style = Style()
    for key in table.keys {
      switch key {
      case "foreground": style.foreground = colour(table[key], "\(path).\(key)")
      case "background": style.background = colour(table[key], "\(path).\(key)")
      case "attributes": style.attributes = attributes(table[key], "\(path).\(key)")
      default: report(.unknownKey, "\(path).\(key)")
      }
    }
    if let background = style.background, background != .terminalDefault, style.foreground == nil {
      report(.backgroundAlone, path)
    }
    return style
  }

  private mutating func colour(_ value: TOMLValueConvertible?, _ path: String) -> Colour? {
    if let number = value?.int {
      guard let number = UInt8(exactly: number) else { return report(.badColour("\(number)"), path) }
      return .palette(number)
    }
    guard let text = value?.string else { return wrongKind("a colour: 0 to 255, \"#rrggbb\" or \"default\"", path) }
    if text == "default" { return .terminalDefault }
    guard let rgb = RGB(hex: text) else { return report(.badColour(text), path) }
    return .rgb(rgb)
  }

  private mutating func attributes(_ value: TOMLValueConvertible?, _ path: String) -> TextAttributes {
    guard let list = value?.array else { return wrongKind("a list, such as [\"bold\"]", path) ?? [] }
    var attributes: TextAttributes = []
    for element in list {
      let name = element.string
      if let known = TextAttributes.names.first(where: { $0.0 == name }) {
        attributes.insert(known.1)
      } else {
        report(.badAttribute(name ?? "\(element)"), path)
      }
    }
    return attributes
  }

  /// Text must be readable on every ground; lines and bars need to be seen on the plain one.
  private mutating func checkContrast(of theme: Theme) {
    for role in Role.allCases where theme.roles[role] != nil {
      let needed = role.isDrawing ? Contrast.neededForLines : Contrast.neededForText
      for ground in Ground.allCases where !role.isDrawing || ground == .plain {
        let style = theme.style(role, on: ground)
        let behind = style.background ?? .terminalDefault
        let background = behind == .terminalDefault ? theme.assumedBackground : behind.knownRGB
        guard let background, let foreground = style.foreground?.knownRGB else { continue }
        let ratio = Contrast.ratio(foreground, background)
        guard ratio < needed else { continue }
        report(.lowContrast(ratio: ratio, needed: needed, role: role, ground: ground), "role.\(role.rawValue)")
        break
      }
    }
  }

  @discardableResult
  private mutating func report<Value>(_ what: ThemeProblem.What, _ path: String) -> Value? {
    problems.append(ThemeProblem(file: file, line: line(of: path), key: path, what: what))
    return nil
  }

  private mutating func report(_ what: ThemeProblem.What, _ path: String) {
    problems.append(ThemeProblem(file: file, line: line(of: path), key: path, what: what))
  }

  private mutating func wrongKind<Value>(_ expected: String, _ path: String) -> Value? {
    report(.wrongKind(expected: expected), path)
  }

  /// The line a key stands on, counted from 1; TOMLKit tells no places, so the text is searched for it.
  private func line(of path: String) -> Int? {
    let parts = path.split(separator: ".").map(String.init)
    guard let first = parts.first else { return nil }
    let hasSection = first == "role" || first == "ground"
    var section = ""
    for (index, line) in lines.enumerated() {
      let words = line.drop { $0 == " " || $0 == "\t" }
      if words.first == "[" {
        section = String(words.dropFirst().prefix { $0 != "]" })
        if parts.count == 1 ? section == first : section == parts.prefix(2).joined(separator: ".") { return index + 1 }
      }
      let name = words.prefix { $0 != "=" && $0 != " " && $0 != "\t" && $0 != "." }
      let wanted = hasSection && parts.count > 1 ? parts[1] : first
      if section == (hasSection ? first : ""), words.first != "#", name == wanted || name == "\"\(wanted)\"" {
        return index + 1
      }
    }
    return nil
  }
}
