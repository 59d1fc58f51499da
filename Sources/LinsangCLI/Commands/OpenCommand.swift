import ArgumentParser
import Dashboard
import DemoListings
import Foundation
import Intake
import LexiconWork
import Settings
import TerminalIO

/// `linsang FILE…`
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the dashboard on files; the word open may be left out.")

  @Argument(help: "CSV, TSV or JSON Lines files; - is standard input.", completion: .file())
  var files: [String] = []

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions
  @OptionGroup var collaboration: CollaborationOptions

  @Option(
    help: ArgumentHelp(
      "The theme: see `linsang theme list`. Default: $LINSANG_THEME, else the settings', else dark or light by the terminal's background."
    ))
  var theme: String?

  @Option(help: "Begin with this filter, such as 'risk:>60 is:unreviewed', whatever it was last time.")
  var filter: String?

  @OptionGroup var output: ScreenOptions

  func run() throws {
    // Checked here and not in validate(), so that an unknown option is reported first.
    if files.isEmpty { throw ValidationError("name the files to open, or try: linsang demo") }
    try Diagnostics.reportingErrors { _ in
      try checkFiles()
      let first = files[0] == "-" ? "standard input" : URL(fileURLWithPath: files[0]).lastPathComponent
      let title = files.count > 1 ? "\(first) +\(files.count - 1)" : first
      let settings = casebook.settings
      let sharesQueue = collaboration.shareQueue ?? settings.inForce[truth: .shareQueue]
      let session = DashboardSession(
        paths: files, title: title, reading: reading, casebook: casebook, themeName: theme, settings: settings,
        screen: output.use(settings.inForce), filter: filter,
        collaboration: Collaboration(isBlind: collaboration.blind, sharesQueue: sharesQueue))
      try output.isLinear(settings.inForce) ? session.runLinear() : session.run()
    }
  }

  /// Checks the files before the screen is taken over, since a sentence is easier to read in the shell.
  private func checkFiles() throws {
    if files.contains("-"), isatty(STDIN_FILENO) == 1 { throw UsageError.standardInputIsTheTerminal }
    let mayBeCommand = files.count == 1 && !files[0].contains { "./".contains($0) }
    for path in files where path != "-" {
      if mayBeCommand, access(path, F_OK) != 0 { throw UsageError.neitherFileNorCommand(path) }
      try DatasetOpening.check(path: path)
    }
  }
}

/// How the dashboard uses the screen.
struct ScreenUse {
  var usesASCII = false
  var reportsMouse = false
  var setsTitle = true
  var language: ChosenLanguage?
}

/// Whether the dashboard has a screen, and how it uses it.
struct ScreenOptions: ParsableArguments {
  @Flag(
    inversion: .prefixedNo,
    help: ArgumentHelp(
      "Work in lines, without a screen: for screen readers, Emacs shells, serial lines. Default where TERM is dumb or empty."
    ))
  var linear: Bool?

  @Flag(inversion: .prefixedNo, help: "Show the screen in ASCII. Default where the locale is not UTF-8.")
  var ascii: Bool?

  @Flag(
    inversion: .prefixedNo,
    help: "Use the mouse: click, drag, wheel. Without it the terminal's own selection works.")
  var mouse: Bool?

  @Flag(inversion: .prefixedNo, help: "Name the files in the title of the terminal's window.")
  var title: Bool?

  @Option(
    help: ArgumentHelp(
      "The language of the screen: en, es, fr, id, th, vi, zh. Default: that of the locale, else English.",
      valueName: "code"),
    completion: .list(["en", "es", "fr", "id", "th", "vi", "zh"]))
  var language: String?

  func validate() throws {
    guard let language else { return }
    let codes = LanguageFiles().codes
    if !codes.contains(language) { throw ValidationError(ChosenLanguage.problem(language, codes)) }
  }

  /// What was asked for here, else by the settings.
  func use(_ settings: SettingsInForce) -> ScreenUse {
    ScreenUse(
      usesASCII: ascii ?? settings[truth: .ascii], reportsMouse: mouse ?? settings[truth: .mouse],
      setsTitle: title ?? settings[truth: .windowTitle], language: ChosenLanguage(asked: language, settings))
  }

  /// Asked for, here or by the settings; or the terminal is known to have no screen, and lines can be typed and read.
  func isLinear(_ settings: SettingsInForce) -> Bool {
    if let linear { return linear }
    return settings[truth: .linear]
      || ["", "dumb"].contains(ProcessInfo.processInfo.environment["TERM"] ?? "") && Self.isTalking(STDIN_FILENO)
        && Self.isTalking(STDOUT_FILENO)
  }

  /// Whether somebody may be at the other end: a terminal, or a pipe as of an editor that runs a shell.
  private static func isTalking(_ descriptor: Int32) -> Bool {
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else { return false }
    let kind = facts.st_mode & S_IFMT
    return kind == S_IFIFO || kind == S_IFSOCK || isatty(descriptor) == 1
  }
}

/// The options for several analysts on one casebook.
struct CollaborationOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "A blind second review: verdicts and notes of others are hidden, and the queue has what they decided. See `linsang casebook agreement`."
    ))
  var blind = false

  @Flag(
    inversion: .prefixedNo,
    help: "Share the queue: listings that another dashboard with this option has next are not in this one's queue.")
  var shareQueue: Bool?
}

/// The command line asks for something that makes no sense.
enum UsageError: Error {
  case standardInputIsTheTerminal
  case neitherFileNorCommand(String)
  case noCommandsBesideListings

  var sentence: String {
    switch self {
    case .standardInputIsTheTerminal:
      "Standard input is the terminal, which the keys come from. Nothing was opened; pipe the listings in, as in "
        + "`cat week.csv | linsang -`, or name the file."
    case .neitherFileNorCommand(let word):
      "\(word) is neither a file here nor a command. Nothing was opened; check the name, or see `linsang --help`."
    case .noCommandsBesideListings:
      "Standard input holds the listings, and there is no terminal that commands could be typed at. Nothing was opened; "
        + "name the file, as in `linsang week.csv --linear`."
    }
  }
}

/// `linsang demo`
struct DemoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo", abstract: "Open the dashboard on three weeks of invented listings.",
    discussion: """
      The listings are generated, always the same ones for the same seed: no real person, shop or advert. They have a \
      casebook of their own beside them, so that practice never mixes with work.

      With --decided the first two weeks are decided already, by the answer key, in another practice casebook: the \
      dashboard opens on what the third week leaves to decide, with listings to ask about again and copies of one advert.
      """)

  @Option(help: "A different number gives different listings.")
  var seed: UInt64 = DemoListings.defaultSeed

  @Option(help: "Listings per week.")
  var perWeek = 5000

  @Option(help: "Where to put the files. Default: the demo folder of the cache folder.")
  var folder: String?

  @Flag(help: "Write the files, print their names, and do not open the dashboard.")
  var writeOnly = false

  @Flag(help: "Open with the first two weeks decided, in a practice casebook of their own.")
  var decided = false

  @Flag(help: "Delete the practice casebook of this seed first; with --decided, that of the decided weeks.")
  var reset = false

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions

  @Option(help: "The theme: see `linsang theme list`.")
  var theme: String?

  @OptionGroup var screen: ScreenOptions

  func validate() throws {
    guard (1...100_000).contains(perWeek) else { throw ValidationError("--per-week is a number from 1 to 100000") }
    // Practice may be deleted; a casebook named by the user may be work.
    if reset, casebook.casebook != nil {
      throw ValidationError(
        "--reset deletes the practice casebook only; leave --casebook out, or remove that file yourself")
    }
    if decided, casebook.casebook != nil {
      throw ValidationError("--decided has a practice casebook of its own; leave --casebook out")
    }
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let folder = self.folder ?? XDG.cache(ProcessInfo.processInfo.environment) + "/linsang/demo-\(seed)-\(perWeek)"
      let demo = DemoListings(seed: seed, listingsPerWeek: perWeek)
      let paths = try write(demo, into: folder)
      var casebook = self.casebook
      if casebook.casebook == nil {
        casebook.casebook = folder + "/" + (decided ? DecidedDemo.fileName : "practice.casebook")
      }
      // Checked first, so that no casebook is made for nothing.
      let settings = casebook.settings
      guard writeOnly || screen.isLinear(settings.inForce) || isatty(STDOUT_FILENO) == 1 else {
        throw TerminalError.noTerminal
      }
      if reset { try DecidedDemo.remove(casebook.path) }
      if decided {
        let options = reading.intakeOptions(DataFolders())
        try DecidedDemo(demo: demo, paths: paths.dropLast(), options: options).make(at: casebook.path)
      }
      guard !writeOnly else { return try output.lines(paths + (decided ? [casebook.path] : [])) }
      var session = DashboardSession(
        paths: paths, title: "demo weeks \(DemoListings.weeks[0])–\(DemoListings.weeks.last!)", reading: reading,
        casebook: casebook, themeName: theme, settings: settings, screen: screen.use(settings.inForce))
      session.practiceWords = try practiceWords(in: folder)
      try screen.isLinear(settings.inForce) ? session.runLinear() : session.run()
    }
  }

  /// The lexicon for words that are added in the demo, so that none of them flags listings in earnest. Made with its header
  /// where there is none, for it is read beside the others.
  private func practiceWords(in folder: String) throws -> String {
    let path = folder + "/practice-words.csv"
    if reset || !FileManager.default.fileExists(atPath: path) {
      try Data((LexiconRow.header + "\n").utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
    }
    return path
  }

  /// Writes the files that do not exist yet. Seed and number are part of the default folder's name, and the same seed
  /// gives the same bytes. In a folder named by the user, a file of the same name may be something else.
  private func write(_ demo: DemoListings, into folder: String) throws -> [String] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let paths = DemoListings.weeks.map { folder + "/" + DemoListings.fileName(week: $0) }
    let answers = folder + "/" + DemoListings.answerKeyName
    let contents = DemoListings.weeks.map { Data(demo.csv(week: $0)) } + [Data(demo.answerKey())]
    let files = zip(paths + [answers], contents)
    // Nothing is written until it is certain that no file of the user's would be overwritten.
    var outdated: [(path: String, bytes: Data)] = []
    for (path, bytes) in files {
      guard let existing = FileManager.default.contents(atPath: path) else {
        outdated.append((path, bytes))
        continue
      }
      guard existing != bytes else { continue }
      // The cache is the program's own. What an earlier version left there would pass for today's listings.
      guard self.folder == nil else { throw DemoError(path: path) }
      outdated.append((path, bytes))
    }
    for file in outdated { try file.bytes.write(to: URL(fileURLWithPath: file.path), options: .atomic) }
    return paths
  }
}

/// A file of the user's is in the way of the demo's.
struct DemoError: Error {
  let path: String

  var sentence: String {
    "\(path) exists and is not part of this demo. Nothing was written; name an empty folder with --folder, or use "
      + "the seed and number of listings that it was made with."
  }
}
