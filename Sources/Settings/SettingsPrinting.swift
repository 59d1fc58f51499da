import SmallFormats
import TextCells

/// The settings as a settings file that can be kept: what is set, and all others commented out with their defaults.
///
/// Law:    read again, it sets what was set and nothing else; without the signs before the defaults, nothing changes.
package struct PrintedSettings {
  /// The keys of a command, for the table of keys.
  package struct KeyLine: Sendable {
    package let command: String
    /// Its keys as they are without the file.
    package let standard: [String]
    /// Its keys as the file sets them; nil where it does not.
    package let chosen: [String]?
    package let meaning: String

    package init(command: String, standard: [String], chosen: [String]?, meaning: String) {
      (self.command, self.standard, self.chosen, self.meaning) = (command, standard, chosen, meaning)
    }
  }

  private let settings: SettingsInForce
  private let keys: [KeyLine]

  package init(_ settings: SettingsInForce, keys: [KeyLine]) { (self.settings, self.keys) = (settings, keys) }

  private static let width = 100

  /// Line by line.
  package var lines: [String] {
    var lines = [
      "# Settings of Linsang. A line that begins with # sets nothing: it shows a default.",
      "# Take the sign away and change the value to set it.",
    ]
    var table: String?
    for setting in Setting.all {
      if setting.table != table {
        table = setting.table
        lines += ["", "[\(table ?? "")]"]
      }
      lines += [""] + self.lines(of: setting)
    }
    lines += ["", "[\(SettingsFile.keyTable)]"]
    lines += Self.comment(
      "The keys of a command, by its name. Esc, ^C, Enter, Tab and the arrows stay with their commands, and other places "
        + "follow: the keys of a verdict also answer questions.")
    for key in keys {
      let list =
        "\(key.command) = [\((key.chosen ?? key.standard).map { SettingLines.quoted($0) }.joined(separator: ", "))]"
      lines.append((key.chosen == nil ? "# " : "") + list + "  # " + key.meaning)
    }
    return lines
  }

  private func lines(of setting: Setting) -> [String] {
    let (value, source) = settings.value(of: setting)
    let outranking = [setting.option, setting.environment.map { "$" + $0 }].compactMap { $0 }
    var words = setting.meaning + Self.choices(of: setting)
    if setting.standard == .text(""), let emptyMeans = setting.emptyMeans { words += " Default: \(emptyMeans)." }
    if !outranking.isEmpty { words += " Outranked by \(outranking.joined(separator: " and "))." }
    if case .environment = source { words += " Now \(value.toml), \(source.words)." }
    let assignment: String
    if let entry = settings.file.entries[setting.name] {
      assignment = "\(setting.key) = \(entry.value.toml)"
    } else {
      assignment = "# \(setting.key) = \(setting.standard.toml)"
    }
    return Self.comment(words) + [assignment]
  }

  /// Text as comments of a readable width. What others wrote, such as a value of the environment, cannot end its line.
  private static func comment(_ text: String) -> [String] {
    SafeText(text).wrapped(to: width - 3).map { "# " + $0.text }
  }

  /// The table of the manual, from the table of settings.
  package static var markdown: String {
    let rows = Setting.all.map { setting in
      let outranking = [setting.option, setting.environment].compactMap { $0 }.map { "`\($0)`" }
      var standard = "`\(setting.standard.toml)`"
      if setting.standard == .text(""), let emptyMeans = setting.emptyMeans { standard = emptyMeans }
      return "| `\(setting.name)` | \(setting.meaning)\(choices(of: setting)) | \(standard) | "
        + "\(outranking.isEmpty ? "–" : outranking.joined(separator: " ")) |"
    }
    return (["| setting | what | default | outranked by |", "|---|---|---|---|"] + rows).joined(separator: "\n")
  }

  /// What can be written, where that is one of few words or a number.
  private static func choices(of setting: Setting) -> String {
    switch setting.kind {
    case .choice(let choices): " One of: " + choices.filter { !$0.isEmpty }.joined(separator: ", ") + "."
    case .number(let range): " From \(range.lowerBound) to \(range.upperBound)."
    case .text, .path, .truth: ""
    }
  }

  /// The same for programs.
  ///
  /// Shape:  `file`, `is_present`, `settings` (a list of `name`, `value`, `default`, `source`, `line`, `option`,
  ///         `environment`, `meaning`), `keys` (a list of `command`, `keys`, `default`, `is_set`) and `problems`.
  package func json(isPresent: Bool, problems: [SettingsProblem]) -> JSONValue {
    .map([
      "file": .text(settings.file.path), "is_present": .truth(isPresent),
      "settings": .list(Setting.all.map { json(of: $0) }),
      "keys": .list(
        keys.map { key in
          .map([
            "command": .text(key.command), "keys": .list((key.chosen ?? key.standard).map { .text($0) }),
            "default": .list(key.standard.map { .text($0) }), "is_set": .truth(key.chosen != nil),
          ])
        }),
      "problems": .list(problems.map { .text($0.sentence) }),
    ])
  }

  private func json(of setting: Setting) -> JSONValue {
    let (value, source) = settings.value(of: setting)
    var fields: [String: JSONValue] = [
      "name": .text(setting.name), "value": value.json, "default": setting.standard.json,
      "meaning": .text(setting.meaning), "option": setting.option.map { .text($0) } ?? .null,
      "environment": setting.environment.map { .text($0) } ?? .null,
    ]
    switch source {
    case .environment: fields["source"] = .text("environment")
    case .file(let line): (fields["source"], fields["line"]) = (.text("file"), .number(line))
    case .standard: fields["source"] = .text("default")
    }
    return .map(fields)
  }
}
