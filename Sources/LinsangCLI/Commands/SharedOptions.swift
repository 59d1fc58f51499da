import ArgumentParser
import CaseStore
import Casework
import CodeWords
import Dispatch
import Filters
import Foundation
import Intake
import Listings
import NearDuplicates
import Settings
import Sightings
import Taxa
import Workspace

/// The options that say how files are read, for every command that reads listings.
struct ReadingOptions: ParsableArguments {
  @Option(
    name: .customLong("map"),
    help: ArgumentHelp(
      "Take a field from a column, whatever the column is called; may be given several times.",
      valueName: "field=column"))
  var maps: [String] = []

  @Flag(help: "Ignore the choices for columns that were made on the screen and remembered in columns.csv.")
  var noRememberedColumns = false

  @Option(help: "Read all files in this encoding, such as gb18030 or windows-1252. Default: detected from the text.")
  var encoding: String?

  @Flag(
    help: "Repair text that was read in a wrong encoding and saved again, as in Ã© for é. Files stay as they are.")
  var repairEncoding = false

  @Option(
    help: ArgumentHelp(
      "Whether files and sheets name their columns: yes, no, or the line or row that does. Default: detected.",
      valueName: "yes|no|line"))
  var header: String?

  @Option(
    help: ArgumentHelp(
      "How CSV files are written, in words such as semicolon,backslash. Default: detected.",
      valueName: "words"))
  var dialect: String?

  @Option(
    help: ArgumentHelp(
      "The currency of prices that name none, such as RUB. Default: as chosen for the file on the screen, else unknown.",
      valueName: "code"))
  var currency: String?

  @Option(
    help: ArgumentHelp(
      "Open this sheet of workbooks, or this table or view of databases. Default: those with listings.",
      valueName: "name"))
  var table: String?

  func validate() throws {
    if let encoding, TextEncoding(named: encoding) == nil {
      let names = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--encoding \(encoding): there is no such encoding; name one of \(names)")
    }
    if let currency, currency.utf8.count != 3 || !currency.utf8.allSatisfy({ $0 | 0x20 &- 0x61 < 26 }) {
      throw ValidationError("--currency \(currency): write a code of three letters, such as RUB")
    }
    if let header, HeaderChoice(header) == nil {
      throw ValidationError("--header \(header): write yes, no, or the number of the line that names the columns")
    }
    if let dialect, DialectChoice(words: dialect) == nil {
      throw ValidationError("--dialect \(dialect): write some of \(DialectChoice.words.joined(separator: ", "))")
    }
    for map in maps {
      let parts = map.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, Field(rawValue: String(parts[0])) != nil else {
        let names = Field.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--map \(map): write field=column with one of the fields \(names)")
      }
    }
  }

  /// The options as the reading takes them. Exchange rates and other tables come from `folders`.
  func intakeOptions(_ folders: DataFolders) -> IntakeOptions {
    var options = IntakeOptions(tables: ReferenceTables(folders: folders.lexicons))
    for map in maps {
      let parts = map.split(separator: "=", maxSplits: 1)
      if let field = Field(rawValue: String(parts[0])) { options.chosenColumns[field] = String(parts[1]) }
    }
    if !noRememberedColumns { options.assignments = ColumnMemoryFile().assignments() }
    options.encoding = encoding.flatMap { TextEncoding(named: $0) }
    options.repairsEncoding = repairEncoding
    options.table = table
    options.currency = currency?.uppercased()
    options.header = header.flatMap { HeaderChoice($0) }
    if let choice = dialect.flatMap({ DialectChoice(words: $0) }) { options.dialect = choice }
    return options
  }
}

/// The options that say which lexicons are used, for every command that uses them.
struct LexiconOptions: ParsableArguments {
  @Option(
    name: .customLong("lexicon"),
    help: ArgumentHelp(
      "Use this lexicon too; may be given several times. Its rows override those of all others.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var files: [String] = []

  @Option(help: ArgumentHelp("Leave a lexicon out; may be given several times.", valueName: "lexicon"))
  var without: [String] = []

  /// For commands that may not need the lexicons at all.
  var onDemand: LexiconsOnDemand { LexiconsOnDemand { try opened() } }

  /// Reads the lexicons as they are written.
  func load() throws -> LexiconLoader {
    let loader = LexiconLoader(files: files, without: without)
    try check(without, among: loader.set.lexicons)
    return loader
  }

  /// Opens the lexicons, compiled.
  fileprivate func opened() throws -> LexiconOpening {
    let opening = LexiconOpening(files: files, without: without)
    try check(without, among: opening.lexicons)
    return opening
  }

  private func check(_ names: [String], among lexicons: [Lexicon]) throws {
    let known = Set(lexicons.map(\.name))
    for name in names where !known.contains(name) {
      throw ValidationError(
        "--without \(name): there is no such lexicon; there are \(known.sorted().joined(separator: ", "))")
    }
  }

  /// The compiled lexicons. Problems in their files are reported; the other terms still work.
  func compiled() throws -> CompiledLexicons { try onDemand.compiled() }

  /// Reports the problems in lexicon files: the first few, and how many more.
  static func report(_ problems: [LexiconProblem]) {
    for problem in problems.prefix(5) { Diagnostics.report(problem.sentence) }
    if problems.count > 5 {
      Diagnostics.report("… and \(problems.count - 5) more problems in lexicons; see `linsang lexicon check`")
    }
  }
}

/// The lexicons and taxon tables of a command, opened when first needed.
final class LexiconsOnDemand {
  private let open: () throws -> LexiconOpening
  private var opening: LexiconOpening?
  private var loaded: LoadedLexicons?
  private var begun: Begun?
  private var known: CompiledLexicons?
  private let keeping = DispatchGroup()

  /// What another thread is opening.
  private final class Begun: @unchecked Sendable {
    // The outcome is written before `work` is left, and read after it was waited for.
    var outcome: Result<(LexiconOpening, LoadedLexicons), any Error>?
    let work = DispatchGroup()
  }

  init(_ open: @escaping () throws -> LexiconOpening = { LexiconOpening() }) { self.open = open }

  /// Begins to open and compile them on another thread, for a command that will need them after it has read its files.
  func begin() {
    let begun = Begun()
    nonisolated(unsafe) let open = open  // called once, here
    DispatchQueue.global(qos: .userInitiated).async(group: begun.work) {
      begun.outcome = Result {
        let opening = try open()
        return (opening, opening.loaded())
      }
    }
    self.begun = begun
  }

  private func opened() throws -> LexiconOpening {
    if let opening { return opening }
    if let begun {
      begun.work.wait()
      if let outcome = begun.outcome { (opening, loaded) = try outcome.get() }
      self.begun = nil
      if let opening { return opening }
    }
    let new = try open()
    opening = new
    return new
  }

  func taxa() throws -> TaxonTable { try opened().taxa }

  func compiled() throws -> CompiledLexicons {
    if let known { return known }
    let opening = try opened()
    LexiconOptions.report(opening.problems)
    let loaded = self.loaded ?? opening.loaded()
    known = loaded.compiled
    // Kept while the command goes on; it waits for that at its end.
    if !opening.isFromCache { DispatchQueue.global(qos: .utility).async(group: keeping) { opening.keep(loaded) } }
    return loaded.compiled
  }

  deinit { keeping.wait() }
}

/// The options that say which casebook is used, and who decides.
struct CasebookOptions: ParsableArguments {
  @Option(
    help:
      "The casebook file. Default: $LINSANG_CASEBOOK, else the settings', else linsang.casebook in the state folder.",
    completion: .file())
  var casebook: String?

  @Option(help: "Who decides; signs every event. Default: $LINSANG_ANALYST, else the settings', else the login name.")
  var analyst: String?

  @Option(
    help: "Read the settings from this file. Default: linsang/settings.toml in the configuration folder.",
    completion: .file(extensions: ["toml"]))
  var config: String?

  @Flag(help: "Read no settings file: defaults, environment and options alone.")
  var noConfig = false

  init() {}

  /// The options of a command that names a casebook without these options.
  init(casebook: String, analyst: String?) {
    (self.casebook, self.analyst, config, noConfig) = (casebook, analyst, nil, false)
  }

  func validate() throws {
    for problem in settings.problems { Diagnostics.report(problem.sentence) }
  }

  /// The settings, read anew.
  var settings: LoadedSettings { LoadedSettings(named: config, isIgnored: noConfig) }

  var path: String {
    for path in [casebook, settings.inForce[text: .casebook]] { if let path, !path.isEmpty { return path } }
    return XDG.state(ProcessInfo.processInfo.environment) + "/linsang/linsang.casebook"
  }

  var analystName: String {
    let environment = ProcessInfo.processInfo.environment
    let names = [analyst, settings.inForce[text: .analyst], environment["USER"], environment["LOGNAME"]]
    for name in names {
      if let name, !name.allSatisfy(\.isWhitespace) { return name }
    }
    // With a bare environment, as over ssh, the system's user database still has the name.
    if let user = getpwuid(getuid()) { return String(cString: user.pointee.pw_name) }
    return "analyst-\(getuid())"
  }

  /// Whether there is a casebook to ask: one that was named, or one in its usual place.
  var isPresent: Bool { casebook != nil || FileManager.default.fileExists(atPath: path) }

  /// Whether the file is there. Asking about a casebook must not make one.
  var exists: Bool { FileManager.default.fileExists(atPath: path) }

  /// The casebook's file name, for the title bar.
  var name: String { URL(fileURLWithPath: path).lastPathComponent }

  func open() throws(CasebookError) -> Casebook { try Casebook.open(path: path, analyst: analystName) }

  /// Opens the casebook for some work and closes it in any case, so that its file alone then holds everything.
  func withOpened<T>(_ work: (Casebook) throws -> T) throws -> T {
    let book = try open()
    let result: T
    do {
      if let error = book.blockingError { throw error }
      for sentence in HeadWitnesses.note(book) { Diagnostics.report(sentence + " See `linsang casebook verify`.") }
      result = try work(book)
      HeadWitnesses.note(book)
    } catch {
      // The first error is the one to report.
      try? book.close()
      throw error
    }
    try book.close()
    return result
  }

  /// What the casebook holds about listings, by the keys that the dataset's listings have now. Nothing if there is no
  /// casebook, since asking must not create one; but one named on the command line must exist.
  func knownStatuses(in dataset: Dataset) throws(CasebookError) -> [ListingKey: ReviewStatus] {
    guard isPresent else { return [:] }
    let book = try Casebook.open(path: path, analyst: analystName, access: .reading)
    guard let found = try book.earlierListings(in: dataset) else {
      return try book.statusesUnderEveryKey().mapValues(\.status)
    }
    if let sentence = found.sentence(disagreeing: 0) { Diagnostics.report(sentence) }
    var statuses = try book.statuses(renamed: found.renamed).mapValues(\.status)
    for (old, now) in try book.currentKeys() { statuses[old] = statuses[old] ?? statuses[now] }
    return statuses
  }

  /// Who gave the verdict in force on each decided listing, under every key that it ever had.
  func verdictAnalysts() throws(CasebookError) -> [ListingKey: String] {
    guard isPresent else { return [:] }
    let book = try Casebook.open(path: path, analyst: analystName, access: .reading)
    var analysts = try book.verdictAnalysts()
    for (old, now) in try book.currentKeys() { analysts[old] = analysts[old] ?? analysts[now] }
    return analysts
  }
}

/// Files that have been read completely, for commands without a screen.
struct BatchReading {
  let dataset: Dataset
  let problems: IntakeProblems
  /// What was read, and how; nil where nothing was.
  private let source: (files: [String], reading: ReadingOptions)?

  /// - Parameters:
  ///   - makesKeys: whether the command compares listings by their keys.
  ///   - makesCells: whether it compares their cells from scrape to scrape.
  init(_ files: [String], _ reading: ReadingOptions, makesKeys: Bool = true, makesCells: Bool = false) throws {
    var options = reading.intakeOptions(DataFolders())
    (options.makesKeys, options.makesCellFingerprints) = (makesKeys, makesCells)
    let opened = try DatasetOpening.open(paths: files, options: options)
    dataset = opened.dataset
    problems = opened.problems
    source = (files, reading)
    reportRememberedColumns()
  }

  /// Nothing was read.
  init() { (dataset, problems, source) = (.empty, IntakeProblems(), nil) }

  /// The rows of decided listings that changed since.
  private func rowsChangedSinceVerdict(_ casebook: CasebookOptions) throws -> RowSet {
    guard casebook.isPresent else { return RowSet(noneOf: dataset.rowCount) }
    let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
    let since = ScrapeRows(dataset).scrapes.count > 1 ? try sinceLastTime(casebook) : nil
    let changes = try book.changes(of: nil, in: Snapshot(dataset, since: since))
    return changes?.rows ?? RowSet(noneOf: dataset.rowCount)
  }

  /// What became of the listings since last time: against the other files, and what a casebook has recorded.
  private func sinceLastTime(_ casebook: CasebookOptions?) throws -> SinceLastTime? {
    guard let source else { return nil }
    var dataset = dataset
    if !dataset.hasCellFingerprints {
      // The same files again, with what is compared.
      var options = source.reading.intakeOptions(DataFolders())
      options.makesCellFingerprints = true
      dataset = try DatasetOpening.open(paths: source.files, options: options).dataset
      guard dataset.rowCount == self.dataset.rowCount else {
        throw ValidationError("the files were changed while they were read; try again")
      }
    }
    var recorded: [RecordedSightings] = []
    if let casebook, casebook.isPresent {
      let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
      recorded = try RecordedScrapes(book, dataset, hashesAll: false).sightings()
    }
    return Sightings.of(dataset, ScrapeRows(dataset), recorded: recorded).map { SinceLastTime($0) }
  }

  /// Choices made on another day must not take effect unseen.
  private func reportRememberedColumns() {
    var reported: Set<String> = []
    for source in dataset.sources where reported.insert(source.reader.header.id).inserted {
      let lines = source.reader.findings.filter { $0.basis == .remembered }
      guard !lines.isEmpty else { continue }
      let columns = lines.map { "\($0.field?.rawValue ?? "no field") from \($0.name)" }.joined(separator: ", ")
      Diagnostics.report(
        "\(source.name): columns as remembered in \(ColumnMemoryFile().path): \(columns); "
          + "--no-remembered-columns ignores them")
    }
  }

  /// The rows that match a filter. A filter that cannot be read ends the command as wrong usage.
  ///
  /// - Parameters:
  ///   - casebook: opened only if the filter asks for verdicts, or for earlier scrapes.
  ///   - lexicons: read only if the filter asks for risk, terms or taxa; then all rows are flagged.
  func rows(
    of text: String, subject: FilterSubject? = nil, verdicts casebook: CasebookOptions? = nil,
    lexicons: LexiconsOnDemand = LexiconsOnDemand()
  ) throws -> RowSet {
    do {
      var subject = subject ?? FilterSubject(dataset)
      subject.problem = problems.rows(of: dataset.rowCount)
      let lists = try ValueListFile.lists(in: text)
      var filter = try FilterSyntax.read(text, columns: dataset.columnNames, lists: lists)
      if filter.asksAboutDecisions, let casebook {
        let statuses = try casebook.knownStatuses(in: dataset)
        for (row, key) in dataset.rows(of: statuses.keys) { subject.add(statuses[key] ?? .none, at: row) }
        subject.analyst = casebook.analystName
        if filter.asksAboutOthers { subject.decidedByOthers = try rowsByAnalyst(casebook) }
      }
      if filter.asksAboutChanges, let casebook { subject.changed = try rowsChangedSinceVerdict(casebook) }
      if filter.asksAboutDuplicates { subject.duplicates = DuplicateGroups.find(in: dataset) }
      if filter.asksAboutEarlierScrapes { subject.since = try sinceLastTime(casebook) }
      if filter.asksAboutCues { subject.cues = CueFiles().words }
      if filter.asksAboutTaxa {
        subject.taxa = try lexicons.taxa()
        filter = try FilterSyntax.read(text, columns: dataset.columnNames, taxa: subject.taxa, lists: lists)
      }
      if filter.asksAboutFlags { subject.flags = RowFlagging(try lexicons.compiled()).extend(over: dataset) }
      var evaluation = FilterEvaluation()
      return evaluation.rows(of: filter, in: subject) ?? RowSet(noneOf: dataset.rowCount)
    } catch let problem as FilterProblem {
      Diagnostics.report("the filter cannot be read: \(problem.sentence)")
      throw ExitCode(64)
    } catch let problem as ValueListFile.Problem {
      Diagnostics.report(problem.sentence)
      throw ExitCode(2)
    }
  }

  /// The rows of decided listings, by who gave the verdict in force.
  private func rowsByAnalyst(_ casebook: CasebookOptions) throws(CasebookError) -> [String: RowSet] {
    let analysts = try casebook.verdictAnalysts()
    var rows: [String: RowSet] = [:]
    for (row, key) in dataset.rows(of: analysts.keys) {
      if let analyst = analysts[key] { rows[analyst, default: RowSet(noneOf: dataset.rowCount)].insert(row) }
    }
    return rows
  }

  /// Reports what could not be read. Exits with status 1 if there was anything, or if nothing matched.
  ///
  /// - Parameters:
  ///   - nothing: what to say if nothing matched.
  ///   - maximum: how many problems to list one by one.
  func finish(
    matched: Bool = true, nothing: String = "no listing matches the filter", listing maximum: Int = 20
  ) throws {
    for problem in problems.kept.prefix(maximum) { Diagnostics.report(problem.description) }
    if problems.count > maximum {
      let rest = maximum == 0 ? "\(problems.count)" : "… and \(problems.count - maximum) more"
      Diagnostics.report(
        "\(rest) problem\(problems.count - maximum == 1 ? "" : "s"); `linsang problems` lists all of them")
    }
    if !matched { Diagnostics.report(nothing) }
    if problems.count > 0 || !matched { throw ExitCode(1) }
  }
}
