import ArgumentParser
import CodeWords

/// Which lexicons are used, for every command that uses them.
struct LexiconOptions: ParsableArguments {
  @Option(
    name: .customLong("lexicon"),
    help: ArgumentHelp(
      "Use this lexicon too; may be given several times. Its rows go before all others.", valueName: "file"))
  var files: [String] = []

  @Option(help: ArgumentHelp("Leave a lexicon out; may be given several times.", valueName: "lexicon"))
  var without: [String] = []

  func shelf() throws -> LexiconShelf {
    let shelf = LexiconShelf(files: files, without: without)
    let names = Set(shelf.set.lexicons.map(\.name))
    for name in without where !names.contains(name) {
      throw ValidationError(
        "--without \(name): there is no such lexicon; there are \(names.sorted().joined(separator: ", "))")
    }
    return shelf
  }

  /// The lexicons ready to read with; what is wrong in their files is said, and does not keep the rest from working.
  func compiled() throws -> CompiledLexicons {
    let shelf = try shelf()
    Self.say(shelf.problems)
    return shelf.compiled()
  }

  static func say(_ problems: [LexiconProblem]) {
    for problem in problems.prefix(5) { Failure.say(problem.sentence) }
    if problems.count > 5 {
      Failure.say("… and \(problems.count - 5) more problems in lexicons; see `linsang lexicon check`")
    }
  }

  /// The lexicons as a packet cites them.
  func citationShelf() throws -> CitationShelf {
    // A name that is not there is refused before anything else is done.
    if !without.isEmpty { _ = try shelf() }
    return CitationShelf(files: files, without: without)
  }
}

extension LexiconShelf {
  func compiled() -> CompiledLexicons { CompiledLexicons(set) { [taxa] in taxa.taxon(named: $0) } }
}
