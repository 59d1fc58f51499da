import ArgumentParser
import CaseStore
import CodeWords
import Dashboard
import Listings
import Sentences
import Workspace
import LexiconWork
import SmallFormats

/// `linsang lexicon backtest FILE… --lexicon NEW.csv`
struct LexiconBackTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Show how a change of the lexicons would affect listings that people have judged.",
    discussion: """
      Compares the lexicons as they are with those after the change: with each --lexicon added and each --without left out. \
      Listings count as flagged from a risk of --threshold. Verdicts come from the casebook, or with --label from a column \
      of the files. Precision is the share of flagged and decided listings that are confirmed, coverage the share of \
      confirmed listings that are flagged. Both speak only about listings that somebody has judged, mostly ones that were \
      flagged already. --json prints change, threshold, listings, before, after (flagged, confirmed, false_positive, \
      confirmed_all, false_positive_all, precision, coverage, average_precision), raised, lowered, newly_readable, \
      no_longer_readable, newly_flagged, no_longer_flagged (rows, confirmed, false_positive), reread (null: all) and \
      examples. Exit status 1 if no term changes.
      """)

  @Argument(help: "The files that hold the listings.", completion: .file())
  var files: [String]

  @OptionGroup var lexicons: LexiconOptions

  @Option(help: "The risk from which a listing counts as flagged.")
  var threshold = BackTest.usualThreshold

  @Option(help: "A column that holds judgements, to use instead of the casebook's verdicts.")
  var label: String?

  @Option(
    help: "A value in it that means a match; may be given several times. Default: yes, true, 1, confirmed, relevant.")
  var positive: [String] = []

  @Option(help: "How many examples to print.")
  var examples = 10

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions

  func validate() throws {
    if lexicons.files.isEmpty, lexicons.without.isEmpty {
      throw ValidationError(
        "name the change: --lexicon FILE adds a lexicon, --without NAME leaves one out")
    }
    if !(1...100).contains(threshold) { throw ValidationError("--threshold is a number from 1 to 100") }
    if examples < 0 { throw ValidationError("--examples is a number from 0") }
    if label == nil, !positive.isEmpty { throw ValidationError("--positive says which values of --label mean a match") }
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let loaders = (before: LexiconLoader(), after: try lexicons.load())
      for problem in loaders.after.problems { Diagnostics.report(problem.sentence) }
      try checkNamedLexicons(loaders.after)
      let opened = try BatchReading(files, reading)
      let verdicts = try verdicts(of: opened.dataset)
      let report = LexiconBackTestReport(
        loaders.before, loaders.after, over: opened.dataset, verdicts, threshold: threshold,
        // A label belongs to a row. A verdict belongs to a listing, which counts once however many rows it has.
        among: label == nil ? ListingRows(of: opened.dataset)?.first : nil)
      if json {
        try output.put(report.json(examples: examples).text + "\n")
      } else {
        try output.lines(report.lines(examples: examples))
      }
      try output.flush()
      try opened.finish(matched: !report.change.isEmpty, nothing: "no term changes")
    }
  }

  /// An unreadable change would look like one without effect.
  private func checkNamedLexicons(_ loader: LexiconLoader) throws {
    for lexicon in loader.named where lexicon.terms.isEmpty {
      Diagnostics.report("\(lexicon.file) holds no readable term. Nothing was compared; correct it and try again")
      throw ExitCode(2)
    }
  }

  private func verdicts(of dataset: Dataset) throws -> RowVerdicts {
    guard let label else {
      return RowVerdicts.placed(try casebook.knownStatuses(in: dataset), in: dataset)
    }
    var verdicts = RowVerdicts(rowCount: dataset.rowCount)
    for (row, isPositive) in try LabelColumn(label, positive, in: dataset).isPositive.enumerated() {
      switch isPositive {
      case true?: verdicts.confirmed.insert(row)
      case false?: verdicts.falsePositive.insert(row)
      case nil: break
      }
    }
    return verdicts
  }
}

/// A back-test with its subject, as text and as JSON.
private struct LexiconBackTestReport {
  let change: LexiconChange
  private let dataset: Dataset
  private let before: RowFlags
  private let after: RowFlags
  private let reread: RowSet?
  private let test: BackTest

  init(
    _ before: LexiconLoader, _ after: LexiconLoader, over dataset: Dataset, _ verdicts: RowVerdicts, threshold: Int,
    among counted: RowSet?
  ) {
    self.dataset = dataset
    change = LexiconChange(from: before.set, to: after.set)
    self.before = RowFlagging(before.compiled()).extend(over: dataset)
    guard let reflagging = Reflagging(self.before, with: after.compiled(), over: dataset) else {
      preconditionFailure("without a cancellation it always finishes")
    }
    self.after = reflagging.flags
    reread = reflagging.reread
    test = BackTest(
      before: self.before, after: self.after, confirmed: verdicts.confirmed, falsePositive: verdicts.falsePositive,
      threshold: threshold, among: counted)
  }

  // MARK: Text

  func lines(examples: Int) -> [String] {
    let table = test.lines(grouped).map { line in
      (line.name.rightPadded(20) + line.before.leftPadded(10) + line.after.leftPadded(10) + "   " + line.basis)
    }
    let head = "".rightPadded(20) + "before".leftPadded(10) + "after".leftPadded(10)
    var lines = [change.sentence, "", head] + table + ["", "listings: " + test.movement(grouped)]
    if let caution = test.caution { lines.append(caution) }
    if !test.decidedRows.isEmpty {
      lines += ["", "decided listings that change most"] + test.decidedRows.prefix(examples).flatMap(self.lines)
    }
    let undecided = test.rows.filter { $0.decided == nil }.prefix(examples)
    if !undecided.isEmpty { lines += ["", "undecided listings that change most"] + undecided.flatMap(self.lines) }
    return lines
  }

  private func lines(_ changed: BackTest.ChangedRow) -> [String] {
    let risks = "\(Self.words(changed.before)) → \(Self.words(changed.after))".rightPadded(10)
    let verdict =
      switch changed.decided {
      case .confirmed: "confirmed, "
      case .falsePositive: "false positive, "
      case nil: ""
      }
    let location = "\(dataset.source(of: changed.row).name) row \(dataset.sourceRow(of: changed.row))"
    let terms = self.terms(changed.row).map { ($0.isGained ? "+ " : "− ") + $0.name }
    return ["  \(risks)  \(dataset.text(of: .title, at: changed.row).prefix(100))"]
      + ["              \(verdict)\(location)\(terms.isEmpty ? "" : "; " + terms.joined(separator: ", "))"]
  }

  private static func words(_ risk: RowRisk) -> String { risk.value.map { String($0) } ?? "?" }

  /// The terms that count in a row on one side only.
  private func terms(_ row: Int) -> [(name: String, isGained: Bool)] {
    let old = before.terms(at: row).map { before.lexicons.labels[Int($0.number)] }
    let new = after.terms(at: row).map { after.lexicons.labels[Int($0.number)] }
    return new.filter { !old.contains($0) }.map { ($0, true) } + old.filter { !new.contains($0) }.map { ($0, false) }
  }

  // MARK: JSON

  func json(examples: Int) -> JSONValue {
    func terms(_ terms: [Term]) -> JSONValue {
      .list(terms.map { .map(["term": .text($0.name), "language": .text($0.language), "weight": .number($0.weight)]) })
    }
    let changed = change.changed.map(\.after)
    return .map([
      "change": .map([
        "added": terms(change.added), "changed": terms(changed), "removed": terms(change.removed),
        "sentence": .text(change.sentence),
      ]),
      "threshold": .number(test.threshold), "listings": .number(test.rowCount), "before": Self.json(test.before),
      "after": Self.json(test.after), "raised": .number(test.raised), "lowered": .number(test.lowered),
      "newly_readable": .number(test.newlyReadable), "no_longer_readable": .number(test.noLongerReadable),
      "newly_flagged": Self.json(test.reaching), "no_longer_flagged": Self.json(test.leaving),
      "reread": reread.map { .number($0.count) } ?? .null,
      "examples": .list(
        (test.decidedRows.prefix(examples) + test.rows.filter { $0.decided == nil }.prefix(examples)).map(json)),
    ])
  }

  private static func json(_ side: BackTest.Side) -> JSONValue {
    func share(_ share: Double?) -> JSONValue { share.map { .decimal($0) } ?? .null }
    return .map([
      "flagged": .number(side.flagged), "confirmed": .number(side.confirmed),
      "false_positive": .number(side.falsePositive), "confirmed_all": .number(side.confirmedAll),
      "false_positive_all": .number(side.falsePositiveAll), "precision": share(side.precision),
      "coverage": share(side.coverage), "average_precision": share(side.averagePrecision),
    ])
  }

  private static func json(_ tally: BackTest.Tally) -> JSONValue {
    .map([
      "rows": .number(tally.rows), "confirmed": .number(tally.confirmed),
      "false_positive": .number(tally.falsePositive),
    ])
  }

  private func json(_ changed: BackTest.ChangedRow) -> JSONValue {
    func risk(_ risk: RowRisk) -> JSONValue { risk.value.map { .number($0) } ?? .null }
    let verdict: JSONValue =
      switch changed.decided {
      case .confirmed: .text("confirmed")
      case .falsePositive: .text("false_positive")
      case nil: .null
      }
    let terms = terms(changed.row)
    return .map([
      "key": .text(dataset.key(at: changed.row).text), "source_file": .text(dataset.source(of: changed.row).name),
      "source_row": .number(dataset.sourceRow(of: changed.row)),
      "title": .text(dataset.text(of: .title, at: changed.row)),
      "verdict": verdict, "risk_before": risk(changed.before), "risk_after": risk(changed.after),
      "terms_gained": .list(terms.filter(\.isGained).map { .text($0.name) }),
      "terms_lost": .list(terms.filter { !$0.isGained }.map { .text($0.name) }),
    ])
  }
}
