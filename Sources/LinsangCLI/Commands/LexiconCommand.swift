import ArgumentParser
import CodeWords
import Listings
import SmallFormats

/// `linsang lexicon list|check|scan|test|explain|backtest`
struct LexiconCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lexicon", abstract: "List, check and test the lexicons: which words mean what.",
    subcommands: [
      List.self, Check.self, LexiconScan.self, LexiconTest.self, LexiconExplain.self,
      LexiconBackTest.self,
    ])

  /// `linsang lexicon list`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the lexicons: on or off, terms, languages, sources, and where they are.")

    @OptionGroup var lexicons: LexiconOptions

    @Flag(help: "Print JSON: name, file, on, terms, terms_by_language, terms_by_kind, sources.")
    var json = false

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let loader = try lexicons.load()
        let lines = loader.set.lexicons.map { LexiconListLine($0, isOn: !loader.set.off.contains($0.name)) }
        if json {
          try output.put(JSONValue.list(lines.map(\.json)).text + "\n")
        } else {
          for line in lines { try output.line(line.text) }
          let inForce = loader.set.terms.count { $0.kind != .context }
          try output.line("\(lines.count) lexicons, \(inForce) terms in force, \(loader.set.sources.count) sources")
        }
        for problem in loader.problems { Diagnostics.report(problem.sentence) }
        try output.flush()
        if !loader.problems.isEmpty { throw ExitCode(1) }
      }
    }
  }

  /// `linsang lexicon check [FILE…]`
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Check every row of lexicons: errors, duplicates, terms that can never count, missing sources, long rows.",
      discussion: "Prints a line for each problem, with file and line. Exit status 1 if there are any.")

    @Argument(help: "Lexicon files; none: all lexicons.", completion: .file())
    var files: [String] = []

    func run() throws { try Diagnostics.reportingErrors(check) }

    private func check(_ output: Output) throws {
      let loader = LexiconLoader(files: files)
      var problems = loader.problems
      let layers = files.isEmpty ? [loader.shipped, loader.own] : [loader.named]
      if !files.isEmpty { problems.removeAll { problem in !files.contains(problem.file) } }
      let isTaxon: ((String) -> Bool)? = loader.taxa.isEmpty ? nil : { loader.taxa.taxon(named: $0) != nil }
      for layer in layers {
        // Do not repeat what reading them already reported.
        problems += LexiconLint.problems(of: layer, among: loader.set, isTaxon: isTaxon).filter {
          !problems.contains($0)
        }
      }
      if files.isEmpty { problems += ExclusionLint.problems(of: loader.set) }
      for problem in problems.sorted(by: { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) }) {
        try output.line(problem.sentence)
      }
      let checked = layers.joined()
      let rows = checked.reduce(0) { $0 + $1.rows.count }
      let count = problems.isEmpty ? "no problems" : "\(problems.count) problem\(problems.count == 1 ? "" : "s")"
      try output.line("\(checked.count) lexicons, \(rows) rows: \(count)")
      if !problems.isEmpty { throw ExitCode(1) }
    }
  }
}

/// What `lexicon list` prints about one lexicon.
private struct LexiconListLine {
  private let lexicon: Lexicon
  private let isOn: Bool

  init(_ lexicon: Lexicon, isOn: Bool) {
    self.lexicon = lexicon
    self.isOn = isOn
  }

  private func counts(_ part: (Term) -> String) -> [String: Int] {
    lexicon.terms.reduce(into: [:]) { $0[part($1), default: 0] += 1 }
  }

  private var sources: [String] { Set(lexicon.terms.map(\.source)).subtracting([""]).sorted() }

  var json: JSONValue {
    .map([
      "name": .text(lexicon.name), "file": .text(lexicon.file), "on": .truth(isOn),
      "terms": .number(lexicon.terms.count),
      "terms_by_language": .map(counts(\.language).mapValues { .number($0) }),
      "terms_by_kind": .map(counts(\.kind.rawValue).mapValues { .number($0) }),
      "sources": .list(sources.map { .text($0) }),
    ])
  }

  var text: String {
    let languages = counts(\.language).sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    let named = languages.map { "\($0.key) \($0.value)" }.joined(separator: " ")
    let unverified = lexicon.terms.count { $0.source == Term.unverified }
    let origin = "\(sources.count) sources" + (unverified > 0 ? ", \(unverified) unverified" : "")
    return "\(isOn ? "on " : "off") \(lexicon.name.rightPadded(24))\(String(lexicon.terms.count).leftPadded(5)) terms  "
      + "\(named)  (\(origin))  \(lexicon.file)"
  }
}

/// `linsang lexicon explain FILE --row N`
struct LexiconExplain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Explain why one listing is flagged, point by point.")

  @Argument(help: "The file that holds the listing; - is standard input.", completion: .file())
  var file: String

  @Option(help: "The listing's number in the file, from 1, as in source_row.")
  var row: Int

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var lexicons: LexiconOptions

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let compiled = try lexicons.compiled()
      let opened = try BatchReading([file], reading)
      let dataset = opened.dataset
      guard let index = (0..<dataset.rowCount).first(where: { dataset.sourceRow(of: $0) == row }) else {
        throw ValidationError("--row \(row): \(file) has no such listing; it has \(dataset.rowCount)")
      }
      let text = ListingText(of: index, in: dataset)
      let reading = compiled.reading(of: index, in: dataset)
      try output.line(dataset.text(of: .title, at: index))
      let description = dataset.text(of: .description, at: index)
      if !description.isEmpty { try output.line(description) }
      try output.line("")
      try output.lines(reading.explanation(compiled, text))
      try output.flush()
      try opened.finish()
    }
  }
}

extension ListingReading {
  /// The risk and its reasons, as lines of text.
  func explanation(_ lexicons: CompiledLexicons, _ text: ListingText) -> [String] {
    let head = risk.map { "risk \($0.value)" } ?? "risk not known"
    let lines = why(lexicons, text).map { line in
      let sign = line.points > 0 ? "+" : line.points < 0 ? "−" : ""
      return "\((sign + String(abs(line.points))).leftPadded(5))  \(line.text)"
    }
    return [head] + (lines.isEmpty ? ["       no term was found"] : lines)
  }
}
