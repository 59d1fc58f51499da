import ArgumentParser
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
      let rows = try opened.rows(of: filter)
      let stats = DatasetStats(opened.dataset, rows, opened.problems, countsColumns: columns)
      if json { try output.put(try stats.json() + "\n") } else { try output.lines(stats.lines(top: top)) }
      try output.flush()
      try opened.finish(matched: rows.count > 0 || filter.isEmpty)
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
  }

  /// The rows of a filter's text; a filter that cannot be read is wrong usage.
  func rows(of text: String, subject: FilterSubject? = nil) throws -> RowSet {
    var columns: Set<String> = []
    for source in dataset.sources {
      for (name, field) in zip(source.reader.columns, source.reader.fields) where field == nil { columns.insert(name) }
    }
    do throws(FilterProblem) {
      let filter = try FilterSyntax.read(text, columns: columns)
      var evaluation = FilterEvaluation()
      return evaluation.rows(of: filter, in: subject ?? FilterSubject(dataset)) ?? RowSet(noneOf: dataset.rowCount)
    } catch {
      Failure.say("the filter cannot be read: \(error.sentence)")
      throw ExitCode(64)
    }
  }

  /// Says what could not be read, and ends with status 1 if there was anything, or nothing matched.
  func finish(matched: Bool = true, nothing: String = "no listing matches the filter") throws {
    for problem in problems.kept.prefix(20) { Failure.say(problem.description) }
    if problems.count > 20 { Failure.say("… and \(problems.count - 20) more problems; all listings are kept") }
    if !matched { Failure.say(nothing) }
    if problems.count > 0 || !matched { throw ExitCode(1) }
  }
}
