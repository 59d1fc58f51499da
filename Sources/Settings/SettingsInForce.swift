import SmallFormats

/// The settings as they are in force: from the environment, else from the file, else the default. An option of a command
/// outranks all of them; the command that has it says so.
package struct SettingsInForce: Sendable {
  /// Where a value comes from.
  package enum Source: Equatable, Sendable {
    case environment(String)
    /// Units:  lines from 1.
    case file(line: Int)
    case standard
  }

  package let file: SettingsFile
  private let environment: [String: String]

  /// - Parameter environment: the variables of the process; empty ones count as not set.
  package init(_ file: SettingsFile, environment: [String: String] = [:]) {
    (self.file, self.environment) = (file, environment)
  }

  /// A value, and where it comes from.
  package func value(of setting: Setting) -> (value: SettingValue, source: Source) {
    if let name = setting.environment, let text = environment[name], text.contains(where: { !$0.isWhitespace }) {
      return (.text(text), .environment(name))
    }
    if let entry = file.entries[setting.name] { return (entry.value, .file(line: entry.line)) }
    return (setting.standard, .standard)
  }

  /// Shape:  a path that begins with `~/` goes on from the home folder.
  package subscript(text setting: Setting) -> String {
    let (value, source) = value(of: setting)
    guard case .text(let text) = value else { preconditionFailure("\(setting.name) is no text") }
    // A shell has spelled out what is in the environment.
    guard setting.kind == .path, case .file = source, text.hasPrefix("~/"), let home = environment["HOME"] else {
      return text
    }
    return home + text.dropFirst()
  }

  package subscript(truth setting: Setting) -> Bool {
    guard case .truth(let truth) = value(of: setting).value else { preconditionFailure("\(setting.name) is no truth") }
    return truth
  }

  package subscript(number setting: Setting) -> Int {
    guard case .number(let number) = value(of: setting).value else {
      preconditionFailure("\(setting.name) is no number")
    }
    return number
  }
}

extension SettingsInForce.Source {
  /// Where the value comes from, for people.
  package var words: String {
    switch self {
    case .environment(let name): "from $\(name)"
    case .file(let line): "set in line \(line) of the file"
    case .standard: "the default"
    }
  }
}
