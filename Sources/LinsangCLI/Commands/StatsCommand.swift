import ArgumentParser
import CodeWords
import Filters
import Intake
import Listings

/// `linsang stats FILE… [--json]`
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Count listings, problems and the values of each facet.")

  @Argument(help: "CSV, TSV or JSON Lines files; - is standard input.")
  var files: [String]

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions

  @Option(help: "Count only the listings of this filter.")
  var filter = ""

  @Flag(help: "Print JSON: every value of every facet.")
  var json = false

  @Flag(help: "Count the filled cells and characters of every column, which reads all records again.")
  var columns = false

  @Option(help: "How many values of a facet to print as text.")
  var top = 10

  func run() throws {
    try Failure.reported { output in
      let opened = try BatchReading(files, reading)
      let rows = try opened.rows(of: filter, verdicts: casebook)
      let tables = TaxaOnDemand(DataFolders())
      let taxa = TaxonStats(opened.dataset, rows) { tables.table }
      let stats = DatasetStats(opened.dataset, rows, opened.problems, taxa: taxa, countsColumns: columns)
      if json { try output.put(try stats.json() + "\n") } else { try output.lines(stats.lines(top: top)) }
      try output.flush()
      // The text has the groups already, each with an example.
      try opened.finish(matched: rows.count > 0 || filter.isEmpty, listing: json ? 20 : 0)
    }
  }
}

/// Files read to their end, for commands without a screen.
struct BatchReading {
  let dataset: Dataset
  let problems: IntakeProblems

  init(_ files: [String], _ reading: ReadingOptions) throws {
    let opened = try DatasetOpening.open(paths: files, options: reading.intakeOptions(DataFolders()))
    dataset = opened.dataset
    problems = opened.problems
    sayRemembered()
  }

  /// What was answered on another day must not act unseen.
  private func sayRemembered() {
    var said: Set<String> = []
    for source in dataset.sources where said.insert(source.reader.header.id).inserted {
      let lines = source.reader.findings.filter { $0.basis == .remembered }
      guard !lines.isEmpty else { continue }
      let told = lines.map { "\($0.field?.rawValue ?? "no field") from \($0.name)" }.joined(separator: ", ")
      Failure.say(
        "\(source.name): columns as remembered in \(ColumnMemoryFile().path): \(told); "
          + "--no-remembered-columns leaves that aside")
    }
  }

  /// The rows of a filter's text; a filter that cannot be read is wrong usage.
  ///
  /// - Parameters:
  ///   - casebook: opened only if the filter asks what was decided.
  ///   - lexicons: read only if the filter asks for risk, terms or taxa; all rows are then flagged with them.
  func rows(
    of text: String, subject: FilterSubject? = nil, verdicts casebook: CasebookOptions? = nil,
    lexicons: LexiconsOnDemand = LexiconsOnDemand()
  ) throws -> RowSet {
    do {
      var subject = subject ?? FilterSubject(dataset)
      subject.problem = problems.rows(of: dataset.rowCount)
      var filter = try FilterSyntax.read(text, columns: dataset.columnNames)
      if filter.asksAboutDecisions, let casebook {
        let statuses = try casebook.knownStatuses(in: dataset)
        for (row, key) in dataset.rows(of: statuses.keys) { subject.add(statuses[key] ?? .none, at: row) }
      }
      if filter.asksAboutTaxa {
        subject.taxa = try lexicons.taxa()
        filter = try FilterSyntax.read(text, columns: dataset.columnNames, taxa: subject.taxa)
      }
      if filter.asksAboutFlags { subject.flags = RowFlagging(try lexicons.compiled()).extend(over: dataset) }
      var evaluation = FilterEvaluation()
      return evaluation.rows(of: filter, in: subject) ?? RowSet(noneOf: dataset.rowCount)
    } catch let problem as FilterProblem {
      Failure.say("the filter cannot be read: \(problem.sentence)")
      throw ExitCode(64)
    }
  }

  /// Says what could not be read, and ends with status 1 if there was anything, or nothing matched.
  ///
  /// - Parameters:
  ///   - nothing: what is said where nothing matched.
  ///   - most: how many problems are told one by one.
  func finish(
    matched: Bool = true, nothing: String = "no listing matches the filter", listing most: Int = 20
  ) throws {
    for problem in problems.kept.prefix(most) { Failure.say(problem.description) }
    if problems.count > most {
      let rest = most == 0 ? "\(problems.count)" : "… and \(problems.count - most) more"
      Failure.say("\(rest) problem\(problems.count - most == 1 ? "" : "s"); `linsang problems` lists all of them")
    }
    if !matched { Failure.say(nothing) }
    if problems.count > 0 || !matched { throw ExitCode(1) }
  }
}
