import Filters
import SmallFormats

/// A settings file as it was read: what it sets, and what is wrong with it.
///
/// Shape:  TOML in which every value is on one line. Settings at the beginning and in the tables that their names begin
///         with; the keys of commands in `[keys]`.
/// Fails:  never; what cannot be understood is reported as a problem, and what is in force instead stays.
package struct SettingsFile: Sendable {
  /// A value with the line that sets it.
  package struct Entry: Equatable, Sendable {
    package let value: SettingValue
    package let line: Int
  }

  /// The keys that a command is given.
  package struct KeyEntry: Equatable, Sendable {
    /// The name of the command: `false-positive`.
    package let command: String
    /// The names of its keys: `c`, `^D`.
    package let keys: [String]
    package let line: Int
  }

  /// As sentences name it.
  package let path: String
  /// By the name of the setting.
  package private(set) var entries: [String: Entry] = [:]
  /// In the order of the file.
  package private(set) var keys: [KeyEntry] = []
  /// In the order of the file.
  package private(set) var problems: [SettingsProblem] = []

  /// No file: every setting has its default.
  package init(path: String) { self.path = path }

  /// Reads a whole file.
  package init(_ text: String, path: String) {
    self.path = path
    let lines = SettingLines(text)
    problems = lines.problems.map { SettingsProblem(path: path, line: $0.line, what: .notTOML($0.why)) }
    var twice: [String: Int] = [:]
    for entry in lines.entries { take(entry, &twice) }
    problems = problems.enumerated().sorted { ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset) }
      .map(\.element)
  }

  /// The tables that a file can have.
  private static let tables = Set(Setting.all.compactMap(\.table)).union([Self.keyTable])
  package static let keyTable = "keys"

  private mutating func take(_ entry: SettingLines.Entry, _ twice: inout [String: Int]) {
    let name = entry.path.joined(separator: ".")
    if entry.path.first == Self.keyTable { return takeKey(entry) }
    guard let setting = Setting.named(name) else {
      if entry.value == .table, Self.tables.contains(name) { return }
      let table = entry.value == .table ? NearestName.of(name, among: Self.tables.sorted()).map { "[\($0)]" } : nil
      return report(entry, name, .unknown(nearest: table ?? Self.nearest(to: name)))
    }
    guard let value = setting.kind.value(of: entry.value) else {
      return report(entry, name, .wrongKind(wanted: setting.kind.wanted, used: setting.words(for: setting.standard)))
    }
    entries[name] = Entry(value: value, line: entry.line)
  }

  private mutating func takeKey(_ entry: SettingLines.Entry) {
    let name = entry.path.joined(separator: ".")
    guard entry.path.count == 2 else {
      if entry.path.count > 2 || entry.value != .table { report(entry, name, .notKeys) }
      return
    }
    switch entry.value {
    case .list(let keys): self.keys.append(KeyEntry(command: entry.path[1], keys: keys, line: entry.line))
    case .text(let key): self.keys.append(KeyEntry(command: entry.path[1], keys: [key], line: entry.line))
    case .number(let digit) where (0...9).contains(digit):
      self.keys.append(KeyEntry(command: entry.path[1], keys: ["\(digit)"], line: entry.line))
    case .number, .truth, .table, .other: report(entry, name, .notKeys)
    }
  }

  private mutating func report(_ entry: SettingLines.Entry, _ name: String, _ what: SettingsProblem.What) {
    problems.append(SettingsProblem(path: path, line: entry.line, name: name, what: what))
  }

  /// The setting that somebody may have meant; also where it was written without its table, or in another one.
  private static func nearest(to name: String) -> String? {
    let all = Setting.all.map(\.name)
    if let near = NearestName.of(name, among: all) { return near }
    let key = name.split(separator: ".").last.map(String.init) ?? name
    if let same = Setting.all.first(where: { $0.key == key }) { return same.name }
    return NearestName.of(key, among: Setting.all.map(\.key)).flatMap { near in
      Setting.all.first { $0.key == near }?.name
    }
  }
}

extension Setting {
  /// The setting of a name.
  package static func named(_ name: String) -> Setting? { all.first { $0.name == name } }

  /// A value as a sentence says it.
  package func words(for value: SettingValue) -> String {
    if value == .text(""), let emptyMeans { return emptyMeans }
    return value.toml
  }
}

extension Setting.Kind {
  /// A value of a file; nil for one of another kind.
  func value(of written: SettingLines.Value) -> SettingValue? {
    switch (self, written) {
    case (.text, .text(let text)): .text(text)
    case (.path, .text(let text)) where text.isEmpty || text.hasPrefix("/") || text.hasPrefix("~/"): .text(text)
    case (.truth, .truth(let truth)): .truth(truth)
    case (.number(let range), .number(let number)) where range.contains(number): .number(number)
    case (.choice(let words), .text(let word)) where words.contains(word): .text(word)
    default: nil
    }
  }
}
