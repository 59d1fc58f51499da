import ArgumentParser
import CodeWords
import SmallFormats

/// `linsang lexicon list|check|scan|test|explain|backtest`
struct LexiconCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lexicon", abstract: "List, check and try the lexicons: which words say what.",
    subcommands: [
      List.self, Check.self, LexiconScan.self, LexiconTest.self, LexiconExplain.self,
      LexiconBackTest.self,
    ])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the lexicons: on or off, terms, languages, sources, and where they are.")

    @OptionGroup var lexicons: LexiconOptions

    @Flag(help: "Print JSON: name, file, on, terms, terms_by_language, terms_by_kind, sources.")
    var json = false

    func run() throws {
      try Failure.reported { output in
        let shelf = try lexicons.shelf()
        let lines = shelf.set.lexicons.map { LexiconLine($0, isOn: !shelf.set.off.contains($0.name)) }
        if json {
          try output.put(JSONValue.list(lines.map(\.json)).text + "\n")
        } else {
          for line in lines { try output.line(line.text) }
          let inForce = shelf.set.terms.count { $0.kind != .context }
          try output.line("\(lines.count) lexicons, \(inForce) terms in force, \(shelf.set.sources.count) sources")
        }
        for problem in shelf.problems { Failure.say(problem.sentence) }
        try output.flush()
        if !shelf.problems.isEmpty { throw ExitCode(1) }
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check lexicons, every row: faults, repeats, terms that can never count, missing sources, long rows.",
      discussion: "Prints a line for each problem with file and line. Exit status 1 where there is any.")

    @Argument(help: "Lexicon files; none: all lexicons.")
    var files: [String] = []

    func run() throws { try Failure.reported(check) }

    private func check(_ output: Output) throws {
      let shelf = LexiconShelf(files: files)
      var problems = shelf.problems
      let layers = files.isEmpty ? [shelf.shipped, shelf.own] : [shelf.named]
      if !files.isEmpty { problems.removeAll { problem in !files.contains(problem.file) } }
      let isTaxon: ((String) -> Bool)? = shelf.taxa.isEmpty ? nil : { shelf.taxa.taxon(named: $0) != nil }
      for layer in layers {
        // What reading them showed already is not said again.
        problems += LexiconLint.problems(of: layer, among: shelf.set, isTaxon: isTaxon).filter {
          !problems.contains($0)
        }
      }
      if files.isEmpty { problems += ExclusionLint.problems(of: shelf.set) }
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

/// What `lexicon list` says of one lexicon.
private struct LexiconLine {
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
    let grounds = "\(sources.count) sources" + (unverified > 0 ? ", \(unverified) unverified" : "")
    return "\(isOn ? "on " : "off") \(lexicon.name.rightPadded(24))\(String(lexicon.terms.count).leftPadded(5)) terms  "
      + "\(named)  (\(grounds))  \(lexicon.file)"
  }
}
