import Dashboard
import Filters
import Foundation
import Listings
import Settings

/// The settings file as it is read at the start of a command, and what is in force by it.
///
/// Fails:  never; a file that cannot be read leaves every setting at its default, and is a problem.
struct LoadedSettings {
  /// Where the file is, or would be.
  let path: String
  let isPresent: Bool
  let inForce: SettingsInForce
  /// The keys, with those that the file chose.
  let bindings: KeyBindings
  /// Everything that is wrong with the file, in the order of its lines.
  let problems: [SettingsProblem]

  /// In bytes. Settings are a few pages of text; anything longer is another kind of file.
  private static let maximumLength = 256 * 1024

  /// - Parameters:
  ///   - named: the path that was given instead of the usual one.
  ///   - isIgnored: whether no file is to be read.
  init(
    named: String? = nil, isIgnored: Bool = false, environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let path = named ?? Self.usualPath(environment)
    self.path = path
    var file = SettingsFile(path: path)
    var problems: [SettingsProblem] = []
    var isPresent = false
    if !isIgnored {
      switch Self.text(of: path) {
      case .success(let text):
        file = SettingsFile(text, path: path)
        isPresent = true
      case .failure(.notThere): if named != nil { problems.append(SettingsProblem(path: path, what: .notThere)) }
      case .failure(.unreadable(let why)): problems.append(SettingsProblem(path: path, what: .unreadable(why: why)))
      }
    }
    let keys = KeyBindings.read(file.keys.map { KeyChoice(command: $0.command, keys: $0.keys, line: $0.line) })
    bindings = keys.bindings
    problems += file.problems
    problems += keys.problems.map {
      SettingsProblem(
        path: path, line: $0.line, name: "\(SettingsFile.keyTable).\($0.command)", what: .keys($0.sentence))
    }
    self.problems = problems.enumerated().sorted {
      ($0.element.line ?? 0, $0.offset) < ($1.element.line ?? 0, $1.offset)
    }.map(\.element)
    self.isPresent = isPresent
    inForce = SettingsInForce(file, environment: environment)
  }

  /// `settings.toml` in the user's configuration folder.
  static func usualPath(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    XDG.config(environment) + "/linsang/settings.toml"
  }

  /// Why there is no text.
  private enum ReadError: Error {
    case notThere
    case unreadable(why: String)
  }

  private static func text(of path: String) -> Result<String, ReadError> {
    var facts = stat()
    guard stat(path, &facts) == 0 else {
      return .failure(
        [ENOENT, ENOTDIR].contains(errno) ? .notThere : .unreadable(why: String(cString: strerror(errno))))
    }
    // Reading a pipe without a writer would never end.
    guard facts.st_mode & S_IFMT == S_IFREG else { return .failure(.unreadable(why: "it is no file")) }
    guard facts.st_size <= maximumLength else { return .failure(.unreadable(why: "it is too long for settings")) }
    do {
      return .success(String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self))
    } catch {
      return .failure(.unreadable(why: (error as NSError).localizedDescription))
    }
  }

  /// What the file sets, in a few words: `theme, order, 3 keys`.
  var summary: String {
    let set = Setting.all.filter { inForce.file.entries[$0.name] != nil }.map(\.name)
    let keys = bindings.chosen.count
    let words = set + (keys == 0 ? [] : ["the keys of \(keys) command\(keys == 1 ? "" : "s")"])
    return words.isEmpty ? "nothing" : words.joined(separator: ", ")
  }

  /// The settings as a file or for programs.
  var printed: PrintedSettings {
    PrintedSettings(
      inForce,
      keys: KeyBindings.standard.commands.map { command in
        let chosen = bindings.chosen.contains(command.name) ? bindings.command(named: command.name) : nil
        return PrintedSettings.KeyLine(
          command: command.name, standard: command.keys.map(\.label), chosen: chosen?.keys.map(\.label),
          meaning: command.help)
      })
  }
}

extension Preferences {
  /// What the settings say about how the dashboard begins and asks.
  init(_ settings: SettingsInForce) {
    self.init()
    sort = Listings.SortOrder(named: settings[text: .order]) ?? .file
    returnsToLastPosition = settings[truth: .lastPosition]
    foldsCopies = settings[truth: .foldCopies]
    showsFacets = settings[truth: .showFacets]
    opensLens = settings[truth: .lens]
    bulkNumberAbove = settings[number: .bulkNumberAbove]
    for pane in Pane.allCases {
      guard let setting = Setting.named("panes.\(pane)") else { continue }
      countedBy[pane] = settings[text: setting]
    }
    packet = Self.packet(settings)
  }

  /// What packets begin with.
  static func packet(_ settings: SettingsInForce) -> [PacketDraft.Line: String] {
    var answers: [PacketDraft.Line: String] = [:]
    for setting in Setting.packet {
      let name = setting.key.replacingOccurrences(of: "-", with: "_")
      guard let line = PacketDraft.Line(rawValue: name) else { preconditionFailure("no line is called \(name)") }
      let answer = settings[text: setting]
      if !answer.isEmpty { answers[line] = answer }
    }
    return answers
  }
}
