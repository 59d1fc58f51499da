import CodeWords
import Listings
import Synchronization

@testable import Dashboard
import Workspace

/// A few invented lexicons over the sample listings: ivory and birds shipped, one row of them replaced by a team's own.
enum SampleLexicons {
  static let ivory = lexicon(
    "ivory",
    [
      Term(
        ["ivory", "ivories"], language: "en", kind: .product, denotes: "elephant ivory", taxon: "Loxodonta africana",
        product: "IVC", weight: 60, needs: [.group("jewellery")], unless: [.word("ivory tower")], source: "book",
        note: "as advertised", reviewed: "2026-11-24"),
      Term(["scale bracelet"], language: "en", kind: .codeWord, denotes: "pangolin scales", weight: 50),
      Term(["象牙"], language: "zh", kind: .product, denotes: "elephant ivory", weight: 70, source: "unverified"),
      Term(["tusk"], language: "en", kind: .product, denotes: "elephant tusk", weight: 40, source: "book"),
      Term(["ring", "bracelet"], language: "en", kind: .context, denotes: "jewellery"),
    ])
  static let birds = lexicon(
    "birds",
    [
      Term(["parrot eggs"], language: "en", kind: .product, denotes: "live parrots", weight: 55),
      Term(["cage bird"], language: "en", kind: .product, denotes: "live songbirds", weight: 35),
      Term(["discreet"], language: "en", kind: .transactionCue, denotes: "hidden delivery", weight: 30),
    ])
  static let cues = lexicon(
    "cues", [Term(["ask for more"], language: "en", kind: .transactionCue, denotes: "price in private", weight: 10)])
  static let mine = lexicon(
    "mine", [Term(["Tusk"], language: "en", kind: .codeWord, denotes: "dentist's words", weight: 0)], folder: "/data/rk"
  )

  static func lexicon(_ name: String, _ terms: [Term], folder: String = "/shipped") -> Lexicon {
    let file = "\(folder)/\(name).csv"
    let placed = terms.enumerated().map { number, term in
      var term = term
      term.location = TermLocation(lexicon: name, file: file, line: number + 2)
      return term
    }
    return Lexicon(name: name, file: file, terms: placed)
  }

  private static let book = LexiconSource(
    id: "book", citation: "A book of words, 2024", url: "https://book.example/", accessed: "2026-11-01", note: "")

  static func set(off: Set<String> = []) -> LexiconSet {
    LexiconSet(layers: [[ivory, birds, cues], [mine]], off: off, sources: ["book": book])
  }

  static func overview(off: Set<String> = [], problems: [LexiconProblem] = []) -> LexiconOverview {
    let switchedBy = Dictionary(uniqueKeysWithValues: off.map { ($0, "/data/rk/switches.csv") })
    return LexiconOverview(
      set(off: off), layers: [(.shipped, [ivory, birds, cues]), (.yours, [mine])], switchedBy: switchedBy,
      problems: problems)
  }

  private static let known = Mutex<[Set<String>: CompiledLexicons]>([:])

  /// Compiled once for each choice of lexicons, so that flags made with them are known to be of the lexicons that were read.
  static func compiled(off: Set<String> = []) -> CompiledLexicons {
    known.withLock { known in
      let compiled = known[off] ?? CompiledLexicons(set(off: off))
      known[off] = compiled
      return compiled
    }
  }

  static func loaded(off: Set<String> = [], problems: [LexiconProblem] = []) -> LoadedLexicons {
    LoadedLexicons(set(off: off), overview: overview(off: off, problems: problems), compiled: compiled(off: off))
  }

  static let none = LoadedLexicons(.empty, overview: .empty, compiled: .empty)

  static func flags(of dataset: Dataset, off: Set<String> = []) -> RowFlags {
    RowFlagging(compiled(off: off)).extend(over: dataset)
  }
}

extension KeyStory {
  /// The lexicons are read, and all listings flagged with them.
  mutating func flagWithSamples(off: Set<String> = [], problems: [LexiconProblem] = []) {
    tell(.lexiconsRead(SampleLexicons.loaded(off: off, problems: problems), switched: nil))
    tell(.flagged(SampleLexicons.flags(of: state.dataset, off: off), of: state.dataset))
  }

  /// The lines of the sheet that is open, borders, hints and blanks left aside.
  var sheetLines: [String] {
    let (frame, inside) = (self.frame, state.layout.middle.insideBorder)
    return (inside.row..<inside.endRow).map { row in
      (inside.column..<inside.endColumn).map { frame[$0, row].text }.joined()
    }
    .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
  }
}
