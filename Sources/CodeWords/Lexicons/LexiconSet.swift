import Listings

/// All lexicons that were found, and which of their terms are in force.
///
/// Rule:   lexicons are laid over each other, the shipped ones first: a row of a later layer with the same language and
///         first writing as one before replaces it (of `harmless` and `context` rows, the one of the same group). What
///         is left with weight 0 is out of force, but for `context` rows, which never count by themselves. Of two groups of
///         exclusions of one name, the caller has chosen.
package struct LexiconSet: Sendable {
  /// In the order of their names.
  package let lexicons: [Lexicon]
  /// Names of lexicons that are switched off.
  package let off: Set<String>
  package let sources: [String: LexiconSource]
  /// The groups of exclusions by their names.
  package let exclusions: [String: ExclusionGroup]
  /// The terms in force, in an order that does not depend on that of files and rows; groups of exclusions are resolved
  /// into their words.
  package let terms: [Term]
  /// Rows that name groups which are not there; they work without them.
  package let problems: [LexiconProblem]

  package init(
    layers: [[Lexicon]], off: Set<String> = [], sources: [String: LexiconSource] = [:],
    exclusions: [String: ExclusionGroup] = [:]
  ) {
    self.off = off
    self.sources = sources
    self.exclusions = exclusions
    // Files of one name in several layers are one lexicon.
    var byName: [String: Lexicon] = [:]
    for lexicon in layers.joined() {
      let known = byName[lexicon.name]
      byName[lexicon.name] = Lexicon(
        name: lexicon.name, file: lexicon.file, terms: (known?.terms ?? []) + lexicon.terms)
    }
    lexicons = byName.values.sorted { $0.name < $1.name }
    let groups = TermGroups(lexicons.lazy.flatMap(\.terms), exclusions)
    terms = Self.termsInForce(layers, off).map(groups.resolved)
    problems = layers.joined().flatMap(\.terms).flatMap(groups.problems)
  }

  package static let empty = LexiconSet(layers: [])

  private static func termsInForce(_ layers: [[Lexicon]], _ off: Set<String>) -> [Term] {
    var kept: [Term] = []
    for layer in layers {
      let terms = layer.filter { !off.contains($0.name) }.flatMap(\.terms)
      if !kept.isEmpty, !terms.isEmpty {
        let replaced = Set(terms.map(TermIdentity.init))
        kept.removeAll { replaced.contains(TermIdentity($0)) }
      }
      kept += terms
    }
    return sorted(kept.filter { $0.weight > 0 || $0.kind == .context })
  }

  /// Each key is made once: thousands of terms are compared a dozen times each.
  private static func sorted(_ terms: [Term]) -> [Term] {
    let keys = terms.map(sortKey)
    return terms.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }.map { terms[$0] }
  }

  private static func sortKey(_ term: Term) -> [String] {
    [term.name, term.language, term.kind.rawValue, term.denotes] + term.writings
      + [term.taxon, term.product, String(term.weight), term.place.lexicon]
  }
}

/// What makes two rows the same term.
package struct TermIdentity: Hashable, Sendable {
  private let language: String
  private let writing: String
  /// The group of what counts nothing by itself: a word may be in several.
  private let group: String?

  package init(_ term: Term) {
    language = term.language
    writing = Folding.folded(term.name)
    group = term.group
  }
}
