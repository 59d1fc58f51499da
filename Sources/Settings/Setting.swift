import SmallFormats

/// A value that can be set: once in the table of settings, with all that reading, printing and the manual say about it.
package struct Setting: Sendable {
  /// What can be written behind its name.
  package enum Kind: Equatable, Sendable {
    case text
    /// A file or folder: absolute, or from the home folder on with `~/`.
    case path
    case truth
    case number(ClosedRange<Int>)
    /// One of these words.
    case choice([String])
  }

  /// As the file spells it, with the table that it is in: `theme`, `panes.species`.
  package let name: String
  package let kind: Kind
  /// In force where nobody says otherwise.
  package let standard: SettingValue
  /// What it does, in one or two sentences.
  package let meaning: String
  /// What stands for an empty text; nil where an empty text means itself.
  package let emptyMeans: String?
  /// The option that outranks it; nil where none does.
  package let option: String?
  /// The environment variable that outranks it; nil where none does.
  package let environment: String?

  init(
    _ name: String, _ kind: Kind, _ standard: SettingValue, option: String? = nil, environment: String? = nil,
    emptyMeans: String? = nil, _ meaning: String
  ) {
    (self.name, self.kind, self.standard, self.meaning) = (name, kind, standard, meaning)
    (self.option, self.environment, self.emptyMeans) = (option, environment, emptyMeans)
  }

  /// The name as the file's table has it, without the name of the table.
  package var key: String { name.split(separator: ".").last.map(String.init) ?? name }
  /// The table that it is in; nil for the beginning of the file.
  package var table: String? {
    let parts = name.split(separator: ".")
    return parts.count > 1 ? String(parts[0]) : nil
  }
}

/// The value of a setting.
package enum SettingValue: Equatable, Sendable {
  case text(String)
  case truth(Bool)
  case number(Int)

  /// As a settings file spells it.
  package var toml: String {
    switch self {
    case .text(let text): SettingLines.quoted(text)
    case .truth(let truth): truth ? "true" : "false"
    case .number(let number): String(number)
    }
  }

  package var json: JSONValue {
    switch self {
    case .text(let text): .text(text)
    case .truth(let truth): .truth(truth)
    case .number(let number): .number(number)
    }
  }
}

extension Setting.Kind {
  /// What has to be written, for a sentence: `true or false`.
  package var wanted: String {
    switch self {
    case .text: "a text in quotation marks"
    case .path: "a path in quotation marks that begins with / or ~/"
    case .truth: "true or false"
    case .number(let range): "a number from \(range.lowerBound) to \(range.upperBound)"
    case .choice(let words): "one of " + words.map { SettingLines.quoted($0) }.joined(separator: ", ")
    }
  }
}
