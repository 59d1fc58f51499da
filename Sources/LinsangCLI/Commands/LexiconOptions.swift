import ArgumentParser
import CodeWords
import Taxa

/// Which lexicons are used, for every command that uses them.
struct LexiconOptions: ParsableArguments {
  @Option(
    name: .customLong("lexicon"),
    help: ArgumentHelp(
      "Use this lexicon too; may be given several times. Its rows go before all others.", valueName: "file"))
  var files: [String] = []

  @Option(help: ArgumentHelp("Leave a lexicon out; may be given several times.", valueName: "lexicon"))
  var without: [String] = []

  /// As one who may not need them at all.
  var onDemand: LexiconsOnDemand { LexiconsOnDemand { try shelf() } }

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
    shelf.sayProblems()
    return shelf.compiled()
  }

  /// Says what is wrong in lexicon files; of many problems, the first and how many more.
  static func say(_ problems: [LexiconProblem]) {
    for problem in problems.prefix(5) { Failure.say(problem.sentence) }
    if problems.count > 5 {
      Failure.say("… and \(problems.count - 5) more problems in lexicons; see `linsang lexicon check`")
    }
  }
}

extension LexiconShelf {
  fileprivate func sayProblems() { LexiconOptions.say(problems) }
}

/// The lexicons and taxon tables of a command, read once, when something first needs them.
final class LexiconsOnDemand {
  private let read: () throws -> LexiconShelf
  private var shelf: LexiconShelf?
  private var known: CompiledLexicons?

  init(_ read: @escaping () throws -> LexiconShelf = { LexiconShelf() }) { self.read = read }

  private func whole() throws -> LexiconShelf {
    if let shelf { return shelf }
    let new = try read()
    shelf = new
    return new
  }

  func taxa() throws -> TaxonTable { try whole().taxa }

  func compiled() throws -> CompiledLexicons {
    if let known { return known }
    let shelf = try whole()
    shelf.sayProblems()
    let compiled = shelf.compiled()
    known = compiled
    return compiled
  }
}
