import ArgumentParser
import CodeWords
import Dashboard
import Foundation
import Glibc
import Taxa
import Theming

/// `linsang doctor`
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Show what the program sees: terminal, locale, folders, versions.")

  @OptionGroup var casebook: CasebookOptions

  func run() throws { try Diagnostics.reportingErrors(report) }

  /// Where the settings file is, and what it sets.
  private static func settings(_ loaded: LoadedSettings) -> String {
    guard loaded.isPresent else { return "none read; \(loaded.path) would be" }
    let count = loaded.problems.count
    let problems = count == 0 ? "" : "; \(count) problem\(count == 1 ? "" : "s"), see `linsang config check`"
    return "\(loaded.path) sets \(loaded.summary)\(problems)"
  }

  private func report(_ output: Output) throws {
    let environment = ProcessInfo.processInfo.environment
    setlocale(LC_ALL, "")
    let charset = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } ?? "?"
    var window = winsize()
    let hasSize = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0
    let folders = DataFolders(environment: environment)
    let lines: [(String, String)] = [
      ("linsang", Linsang.version), ("program", DataFolders.programPath),
      ("terminal", isatty(STDOUT_FILENO) == 1 ? "yes" : "no, output goes elsewhere"),
      ("size", hasSize ? "\(window.ws_col) x \(window.ws_row)" : "unknown"),
      ("TERM", environment["TERM"] ?? "not set"), ("COLORTERM", environment["COLORTERM"] ?? "not set"),
      ("NO_COLOR", environment["NO_COLOR"] ?? "not set"), ("TMUX", environment["TMUX"] == nil ? "no" : "yes"),
      ("characters", charset), ("language", ChosenLanguage(asked: nil, casebook.settings.inForce).line),
      ("analyst", casebook.analystName), ("casebook", casebook.path),
      ("settings", Self.settings(casebook.settings)),
    ]
    for (name, value) in lines { try output.line("\(name.rightPadded(11))\(value)") }
    for line in TerminalReport(environment, casebook.settings.inForce).lines { try output.line(line) }
    for folder in folders.all { try output.line("\("data".rightPadded(11))\(folder)") }
    for (name, value) in TaxonTableReport(TaxonTable(lexicons: folders.lexicons)).lines {
      try output.line("\(name.rightPadded(11))\(value)")
    }
    let cues = CueFiles(folders)
    try output.line("\("cues".rightPadded(11))\(cues.words.names.count) words for contact, payment and shipping")
    for problem in cues.problems { try output.line("\("problem".rightPadded(11))\(problem)") }
    if folders.all.isEmpty {
      try output.line("data       none found; set LINSANG_DATA to a folder with Themes and Lexicons")
    }
  }
}

/// What `linsang doctor` reports about the taxon tables: which exist, how much they hold, and how up to date they are.
struct TaxonTableReport {
  let lines: [(name: String, value: String)]

  init(_ table: TaxonTable) {
    guard !table.isEmpty else {
      lines =
        [("taxa", "no table found: species names are shown as written, and no appendix is known")]
        + Self.problems(of: table)
      return
    }
    var lines = [("taxa", "\(table.count) taxa with \(table.nameCount) names, from \(table.files.count) tables")]
    lines += table.files.map { ("", $0) }
    for list in ProtectionList.allCases where table.listingCount(in: list) > 0 {
      let base = table.baseDay(of: list).map { "as of \($0)" } ?? "of an unknown day"
      let later = table.laterListings(in: list)
      let changes = later.compactMap(\.from).max().map { ", \(later.count) of them later changes up to \($0)" } ?? ""
      lines.append((list.rawValue, "\(table.listingCount(in: list)) listings, \(base)\(changes)"))
    }
    if let warning = table.warning { lines.append(("warning", warning)) }
    self.lines = lines + Self.problems(of: table)
  }

  private static let maximumProblems = 5

  private static func problems(of table: TaxonTable) -> [(name: String, value: String)] {
    let problems = table.problems.filter { $0.what != .noTaxa }
    let hidden = problems.count - maximumProblems
    return problems.prefix(maximumProblems).map { ("problem", $0.sentence) }
      + (hidden > 0 ? [("problem", "… and \(hidden) more in the taxon tables")] : [])
  }
}

/// `linsang keys`
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print every key and what it does, as a Markdown table.",
    discussion:
      "Keys that the settings file gives to commands are printed as they are then; --no-config prints the usual ones.")

  @OptionGroup var settings: SettingsOptions

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let loaded = settings.loaded
      for problem in loaded.problems { Diagnostics.report(problem.sentence) }
      try output.lines(KeyTable.markdown(loaded.bindings).components(separatedBy: "\n"))
    }
  }
}

/// `linsang theme list|check`
struct ThemeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theme", abstract: "List and check themes.", subcommands: [List.self, Check.self])

  /// `linsang theme list`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the themes and where they are.")

    func run() throws {
      let loader = ThemeLoader(folders: DataFolders().themes)
      try Diagnostics.reportingErrors { output in
        for name in loader.names() { try output.line("\(name)  \(loader.path(of: name) ?? "built in")") }
      }
    }
  }

  /// `linsang theme check [THEME…]`
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check themes by name or by file.")

    @Argument(help: "Names or files; none: all themes.", completion: .file())
    var themes: [String] = []

    func run() throws { try Diagnostics.reportingErrors(check) }

    private func check(_ output: Output) throws {
      let loader = ThemeLoader(folders: DataFolders().themes)
      var count = 0
      for theme in themes.isEmpty ? loader.names() : themes {
        let (_, problems) = theme.contains("/") ? loader.load(file: theme) : loader.load(theme)
        for problem in problems { try output.line(problem.sentence) }
        if problems.isEmpty { try output.line("\(theme): no problems") }
        count += problems.count
      }
      if count > 0 { throw ExitCode(1) }
    }
  }
}
