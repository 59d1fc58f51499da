import ArgumentParser
import CodeWords
import Listings
import SmallFormats

/// `linsang lexicon test FILE --label COLUMN`
struct LexiconTest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test", abstract: "Compare the risk with listings that people have judged.",
    discussion: """
      Prints how well the risk ranks what people confirmed above what they did not: average precision, precision among the \
      first 100, recall among the first 500, and beside them the base rate and a ranking by any term at all. Then prints \
      the worst misses and false alarms, with their reasons. --json prints listings, positives, unlabelled, unreadable, base_rate, \
      average_precision, precision_at_100, recall_at_500, the same under any_term, and misses and false_alarms.
      """)

  @Argument(help: "The files that hold the listings.", completion: .file())
  var files: [String]

  @Option(help: "The column that holds the judgements.")
  var label: String

  @Option(
    help: "A value in it that means a match; may be given several times. Default: yes, true, 1, confirmed, relevant.")
  var positive: [String] = []

  @Option(help: "How many misses and false alarms to print.")
  var worst = 10

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var lexicons: LexiconOptions

  func validate() throws {
    if worst < 0 { throw ValidationError("--worst is a number from 0") }
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let compiled = try lexicons.compiled()
      let opened = try BatchReading(files, reading)
      let labels = try LabelColumn(label, positive, in: opened.dataset)
      let trial = LexiconTrial(opened.dataset, compiled, labels)
      if json {
        try output.put(trial.json(worst: worst).text + "\n")
      } else {
        try output.lines(trial.lines(worst: worst))
      }
      try output.flush()
      try opened.finish(matched: trial.positives > 0, nothing: "no listing is labelled as a match")
    }
  }
}

/// The judgements of people, by row.
struct LabelColumn {
  /// Nil if a listing was not judged.
  let isPositive: [Bool?]

  private static let defaults: Set<String> = ["yes", "y", "true", "1", "positive", "confirmed", "relevant", "match"]

  init(_ name: String, _ positive: [String], in dataset: Dataset) throws {
    let known = Set(dataset.sources.flatMap(\.reader.columns))
    guard known.contains(name) else {
      throw ValidationError(
        "--label \(name): there is no such column; the columns are \(known.sorted().joined(separator: ", "))")
    }
    let wanted = positive.isEmpty ? Self.defaults : Set(positive.map(Folding.folded))
    var values: Set<String> = []
    isPositive = (0..<dataset.rowCount).map { row in
      let value = dataset.cells(of: row).first { $0.name == name }?.text.trimmingBlanks ?? ""
      if value.isEmpty || value == "NA" { return nil }
      if values.count < 20 { values.insert(value) }
      return wanted.contains(Folding.folded(value))
    }
    if !isPositive.contains(true) {
      throw ValidationError(
        "--label \(name): none of its values means a match; they are \(values.sorted().joined(separator: ", ")). "
          + "Name those that do with --positive")
    }
  }
}

/// A ranking by risk, compared with the judgements of people.
struct LexiconTrial {
  /// A listing that was judged, with what the lexicons found in it.
  fileprivate struct Judged {
    let row: Int
    let isPositive: Bool
    let reading: ListingReading
  }

  private let dataset: Dataset
  private let lexicons: CompiledLexicons
  private let judged: [Judged]
  private let unlabelled: Int
  private let risk: RankingQuality
  private let anyTerm: RankingQuality

  var positives: Int { risk.positives }

  init(_ dataset: Dataset, _ lexicons: CompiledLexicons, _ labels: LabelColumn) {
    self.dataset = dataset
    self.lexicons = lexicons
    var reader = ListingReader(lexicons, dataset)
    judged = labels.isPositive.enumerated().compactMap { row, isPositive in
      isPositive.map {
        Judged(row: row, isPositive: $0, reading: reader.reading(of: row))
      }
    }
    unlabelled = dataset.rowCount - judged.count
    let truth = judged.map(\.isPositive)
    // What could not be read is ranked last: an analyst would look there last.
    risk = RankingQuality(scores: judged.map { Double($0.reading.risk?.value ?? -1) }, isPositive: truth)
    anyTerm = RankingQuality(
      scores: judged.map { judged in
        judged.reading.hits.contains { lexicons[$0.term].kind.isEvidence } ? 1 : 0
      }, isPositive: truth)
  }

  private var unreadable: Int { judged.count { $0.reading.risk == nil } }

  /// Matches with the lowest risk.
  private func misses(_ count: Int) -> [Judged] {
    let matches = judged.filter(\.isPositive)
    return worst(matches.sorted { ($0.score, $0.row) < ($1.score, $1.row) }, count)
  }

  /// Non-matches with the highest risk.
  private func falseAlarms(_ count: Int) -> [Judged] {
    let others = judged.filter { !$0.isPositive && $0.score > 0 }
    return worst(others.sorted { ($1.score, $0.row) < ($0.score, $1.row) }, count)
  }

  /// The first ones, each title once: an advert repeated for ten weeks teaches only one thing.
  private func worst(_ judged: [Judged], _ count: Int) -> [Judged] {
    var seen: Set<String> = []
    var worst: [Judged] = []
    for one in judged where worst.count < count {
      if seen.insert(Folding.folded(dataset.text(of: .title, at: one.row))).inserted { worst.append(one) }
    }
    return worst
  }

  // MARK: Printing

  func lines(worst: Int) -> [String] {
    func measures(_ name: String, _ quality: RankingQuality) -> String {
      name.rightPadded(10) + String(Self.decimals(quality.averagePrecision)).leftPadded(8)
        + Self.decimals(quality.precision(at: 100)).leftPadded(16)
        + Self.decimals(quality.recall(at: 500)).leftPadded(16)
    }
    var lines = [
      "\(judged.count) listings judged, \(risk.positives) of them matches; \(unlabelled) not judged, "
        + "\(unreadable) not readable",
      "base rate \(Self.decimals(risk.baseRate))",
      "ranking by".rightPadded(10) + "      AP  precision at 100   recall at 500", measures("risk", risk),
      measures("any term", anyTerm),
    ]
    lines += ["", "worst misses"] + misses(worst).flatMap(self.lines)
    lines += ["", "worst false alarms"] + falseAlarms(worst).flatMap(self.lines)
    return lines
  }

  private func lines(_ judged: Judged) -> [String] {
    let text = ListingText(of: judged.row, in: dataset)
    let words = String(dataset.text(of: .title, at: judged.row).prefix(100))
    let location = "\(dataset.source(of: judged.row).name) row \(dataset.sourceRow(of: judged.row))"
    return ["  \(location): \(words)"] + judged.reading.explanation(lexicons, text).prefix(8).map { "    " + $0 }
  }

  private static func decimals(_ number: Double) -> String {
    let thousandths = Int((number * 1000).rounded())
    let rest = String(thousandths % 1000)
    return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
  }

  func json(worst: Int) -> JSONValue {
    func measures(_ quality: RankingQuality) -> [String: JSONValue] {
      [
        "average_precision": .decimal(quality.averagePrecision),
        "precision_at_100": .decimal(quality.precision(at: 100)), "recall_at_500": .decimal(quality.recall(at: 500)),
      ]
    }
    let writer = HitWriter(dataset, lexicons)
    func listings(_ judged: [Judged]) -> JSONValue {
      .list(
        judged.map {
          .map([
            "source_file": .text(dataset.source(of: $0.row).name), "source_row": .number(dataset.sourceRow(of: $0.row)),
            "title": .text(dataset.text(of: .title, at: $0.row)),
            "risk": $0.reading.risk.map { .number($0.value) } ?? .null, "points": writer.points($0.row, $0.reading),
          ])
        })
    }
    var map = measures(risk)
    map["listings"] = .number(judged.count)
    map["positives"] = .number(risk.positives)
    map["unlabelled"] = .number(unlabelled)
    map["unreadable"] = .number(unreadable)
    map["base_rate"] = .decimal(risk.baseRate)
    map["any_term"] = .map(measures(anyTerm))
    map["misses"] = listings(misses(worst))
    map["false_alarms"] = listings(falseAlarms(worst))
    return .map(map)
  }
}

extension LexiconTrial.Judged {
  fileprivate var score: Int { reading.risk?.value ?? -1 }
}

extension String {
  fileprivate var trimmingBlanks: String {
    String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
  }
}
