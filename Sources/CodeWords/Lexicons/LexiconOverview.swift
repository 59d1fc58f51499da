/// All lexicons of a machine as a person sees them: those that are on, those that are off, where each comes from, and what
/// is wrong in its files.
package struct LexiconOverview: Equatable, Sendable {
  /// In the order of their names.
  package let lexicons: [ShelvedLexicon]
  package let sources: [String: LexiconSource]
  /// What could not be read of files and rows, of lexicons and of the tables beside them.
  package let problems: [LexiconProblem]

  package static let empty = LexiconOverview(lexicons: [], sources: [:], problems: [])

  private init(lexicons: [ShelvedLexicon], sources: [String: LexiconSource], problems: [LexiconProblem]) {
    self.lexicons = lexicons
    self.sources = sources
    self.problems = problems
  }

  /// - Parameters:
  ///   - layers: the lexicons by their origin, as `set` has laid them over each other.
  ///   - switchedBy: the file that switches a lexicon, by its name.
  package init(
    _ set: LexiconSet, layers: [(origin: ShelvedLexicon.Origin, lexicons: [Lexicon])],
    switchedBy: [String: String] = [:],
    problems: [LexiconProblem] = []
  ) {
    var files: [String: [(origin: ShelvedLexicon.Origin, file: String)]] = [:]
    for (origin, lexicons) in layers {
      for lexicon in lexicons { files[lexicon.name, default: []].append((origin, lexicon.file)) }
    }
    let inForce = Set(set.terms.map(\.place))
    let shelved = set.lexicons.map { lexicon in
      let from = files[lexicon.name] ?? []
      let names = Set(from.map(\.file))
      return ShelvedLexicon(
        name: lexicon.name,
        origins: ShelvedLexicon.Origin.allCases.filter { origin in from.contains { $0.origin == origin } },
        files: from.map(\.file), terms: lexicon.terms, inForce: inForce.intersection(lexicon.terms.map(\.place)),
        isOn: !set.off.contains(lexicon.name), switchedBy: switchedBy[lexicon.name],
        problems: problems.filter { names.contains($0.file) })
    }
    self.init(lexicons: shelved, sources: set.sources, problems: problems)
  }

  package subscript(name: String) -> ShelvedLexicon? { lexicons.first { $0.name == name } }
}

/// One lexicon among all there are.
package struct ShelvedLexicon: Equatable, Sendable {
  package enum Origin: String, CaseIterable, Sendable {
    case shipped
    /// Of the user's own folder.
    case yours
    /// Named on the command line.
    case named
  }

  package let name: String
  /// Several where files of one name lie over each other.
  package let origins: [Origin]
  package let files: [String]
  /// All rows, in the order of the files; also those that are not in force.
  package let terms: [Term]
  /// Rows that are in force: of a lexicon that is on, with a weight, and not replaced by a later layer.
  package let inForce: Set<TermPlace>
  package let isOn: Bool
  /// The table that switches it; nil where none names it, and it is on.
  package let switchedBy: String?
  package let problems: [LexiconProblem]

  /// The languages of its rows, those with most rows first.
  package var languages: [String] {
    let counts = terms.reduce(into: [String: Int]()) { $0[$1.language, default: 0] += 1 }
    return counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map(\.key)
  }

  /// Whether its rows can count in a listing by themselves. What only counts beside others, such as words of selling, is
  /// not kept per listing.
  package var isCounted: Bool { terms.contains(where: \.kind.isKeptPerListing) }
}

extension TermKind {
  /// Whether `RowFlags` keeps the listings in which such a term counts.
  package var isKeptPerListing: Bool { isEvidence || self == .harmless }
}
