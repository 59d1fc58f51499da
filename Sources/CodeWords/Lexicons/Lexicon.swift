import Listings

/// Terms on one subject, read from one file. A user switches it on and off by its name.
package struct Lexicon: Equatable, Sendable {
  /// The file's name without its ending: `elephant-ivory`.
  package let name: String
  /// The path as shown in problems.
  package let file: String
  /// In the order of the file.
  package var terms: [Term]
  /// The rows as written in the file; empty where the lexicon was not read from a single file.
  package var rows: [WrittenRow]

  /// A lexicon, by default without its rows as written.
  package init(name: String, file: String, terms: [Term], rows: [WrittenRow] = []) {
    self.name = name
    self.file = file
    self.terms = terms
    self.rows = rows
  }

  /// The lexicon name that a path stands for: its last component without `.csv`.
  ///
  /// Example: `terms/elephant-ivory.csv` gives `elephant-ivory`.
  package static func name(ofFile path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.hasSuffix(".csv") ? file.dropLast(4) : file)
  }
}

/// A row as it is written in its file. Only the lint needs it: terms may be merged from several rows.
///
/// Units:  `characters` counts Unicode scalars.
package struct WrittenRow: Equatable, Sendable {
  /// The line on which the row begins.
  package let line: Int
  /// Index into `Lexicon.terms`; several rows may form one term.
  package var term: Int
  /// The surface forms listed; for a row of kind `more`, without the name of the term it adds to.
  package let surfaceForms: [String]
  /// Whether the regular plurals of the listed forms count too.
  package let addsPlurals: Bool
  /// Length of the row as text, separators included and quotation marks not; 0 unless it exceeds
  /// `LexiconLint.maximumRowLength`.
  package let characters: Int

  package init(line: Int, term: Int, surfaceForms: [String], addsPlurals: Bool, characters: Int = 0) {
    self.line = line
    self.term = term
    self.surfaceForms = surfaceForms
    self.addsPlurals = addsPlurals
    self.characters = characters
  }
}

extension TableRow {
  /// Length of the row in Unicode scalars, separators included; 0 where it cannot exceed `limit`.
  ///
  /// Cost: O(cells) for short rows, which are nearly all of them.
  func characters(above limit: Int) -> Int {
    let separators = cells.count - 1
    guard cells.reduce(separators, { $0 + $1.utf8.count }) > limit else { return 0 }
    return cells.reduce(separators) { $0 + $1.unicodeScalars.count }
  }
}

/// A published source for the meaning of terms: one row of `sources.csv`.
package struct LexiconSource: Equatable, Sendable {
  /// The key that rows of lexicons cite.
  package let id: String
  /// Author, year and title, as in a list of references.
  package let citation: String
  package let url: String
  /// The day on which the URL was last opened, as written: `2026-11-24`.
  package let accessed: String
  package let note: String

  package init(id: String, citation: String, url: String, accessed: String, note: String) {
    self.id = id
    self.citation = citation
    self.url = url
    self.accessed = accessed
    self.note = note
  }
}

/// Every lexicon that was found, and the terms in force.
///
/// Rule:   lexicons are layered, the shipped ones at the bottom. A row of a later layer replaces an earlier row with the
///         same language and first surface form; `harmless` and `context` rows must also share the group. A term left
///         with weight 0 is not in force, except `context` terms, which never count by themselves. Where two layers
///         define a group of exclusions of one name, the caller has already chosen one.
/// Cost:   O(n log n) in the terms.
package struct LexiconSet: Sendable {
  /// By name.
  package let lexicons: [Lexicon]
  /// Names of lexicons that are switched off.
  package let off: Set<String>
  /// By id.
  package let sources: [String: LexiconSource]
  /// The groups of exclusions by name.
  package let exclusions: [String: ExclusionGroup]
  /// The terms in force, in an order that does not depend on the order of files and rows. Groups of exclusions are
  /// replaced by their words.
  package let terms: [Term]
  /// Rows that name an unknown group. They are used without that condition.
  package let problems: [LexiconProblem]

  /// - Parameters:
  ///   - layers: the lexicons from the bottom layer to the top.
  ///   - off: names of lexicons that are switched off.
  ///
  /// Shape:  files of one name become one lexicon, with the terms of the lower layer first.
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

  /// Puts together what an archive holds: lexicons with their terms in force, and without problems.
  init(
    _ lexicons: [Lexicon], off: Set<String>, sources: [String: LexiconSource], exclusions: [String: ExclusionGroup],
    inForce terms: [Term]
  ) {
    (self.lexicons, self.off, self.sources, self.exclusions) = (lexicons, off, sources, exclusions)
    (self.terms, problems) = (terms, [])
  }

  /// No lexicons.
  package static let empty = LexiconSet(layers: [])

  /// The terms that remain after layering and switching, sorted.
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

  /// Sorts by precomputed keys, since each of thousands of terms is compared a dozen times.
  private static func sorted(_ terms: [Term]) -> [Term] {
    let keys = terms.map(sortKey)
    return terms.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }.map { terms[$0] }
  }

  /// The key by which terms are sorted: everything that tells two terms apart, and nothing about rows.
  private static func sortKey(_ term: Term) -> [String] {
    [term.name, term.language, term.kind.rawValue, term.denotes] + term.surfaceForms
      + [term.taxon, term.product, String(term.weight), term.location.lexicon]
  }
}

/// The identity by which a row of a later layer replaces an earlier one.
package struct TermIdentity: Hashable, Sendable {
  private let language: String
  /// Folded.
  private let surfaceForm: String
  /// The group of benign and context terms; one word may belong to several.
  private let group: String?

  /// The identity of a term.
  ///
  /// Shape:  letter case and accents of the name make no difference.
  package init(_ term: Term) {
    language = term.language
    surfaceForm = Folding.folded(term.name)
    group = term.group
  }
}

/// Every lexicon on this machine, on or off, with its origin and the problems of its files: what the lexicon sheet lists.
///
/// Cost:   O(terms).
package struct LexiconOverview: Equatable, Sendable {
  /// By name.
  package let lexicons: [InstalledLexicon]
  package let sources: [String: LexiconSource]
  /// Problems of reading files and rows, of lexicons and of the tables beside them.
  package let problems: [LexiconProblem]

  package static let empty = LexiconOverview(lexicons: [], sources: [:], problems: [])

  private init(lexicons: [InstalledLexicon], sources: [String: LexiconSource], problems: [LexiconProblem]) {
    self.lexicons = lexicons
    self.sources = sources
    self.problems = problems
  }

  /// Pairs each lexicon of `set` with the files it came from.
  ///
  /// - Parameters:
  ///   - layers: the lexicons by origin, as `set` was built from them.
  ///   - switchedBy: for each switched lexicon, the file that switches it.
  package init(
    _ set: LexiconSet, layers: [(origin: InstalledLexicon.Origin, lexicons: [Lexicon])],
    switchedBy: [String: String] = [:],
    problems: [LexiconProblem] = []
  ) {
    var files: [String: [(origin: InstalledLexicon.Origin, file: String)]] = [:]
    for (origin, lexicons) in layers {
      for lexicon in lexicons { files[lexicon.name, default: []].append((origin, lexicon.file)) }
    }
    let inForce = Set(set.terms.map(\.location))
    let installed = set.lexicons.map { lexicon in
      let from = files[lexicon.name] ?? []
      let names = Set(from.map(\.file))
      return InstalledLexicon(
        name: lexicon.name,
        origins: InstalledLexicon.Origin.allCases.filter { origin in from.contains { $0.origin == origin } },
        files: from.map(\.file), terms: lexicon.terms, inForce: inForce.intersection(lexicon.terms.map(\.location)),
        isOn: !set.off.contains(lexicon.name), switchedBy: switchedBy[lexicon.name],
        problems: problems.filter { names.contains($0.file) })
    }
    self.init(lexicons: installed, sources: set.sources, problems: problems)
  }

  /// The lexicon of a name.
  ///
  /// Cost:   O(lexicons).
  /// Fails:  nil where no lexicon has the name.
  package subscript(name: String) -> InstalledLexicon? { lexicons.first { $0.name == name } }
}

/// One lexicon of the overview.
package struct InstalledLexicon: Equatable, Sendable {
  /// Where a lexicon's files lie.
  package enum Origin: String, CaseIterable, Sendable {
    /// Part of Linsang.
    case shipped
    /// In the user's own folder.
    case yours
    /// Named on the command line.
    case named
  }

  /// The name of the file without its ending.
  package let name: String
  /// Several where files of one name are layered over each other.
  package let origins: [Origin]
  /// In the order of the layers.
  package let files: [String]
  /// All terms in the order of the files, including those not in force.
  package let terms: [Term]
  /// The terms in force: the lexicon is on, the weight is above 0, and no later layer replaces them.
  package let inForce: Set<TermLocation>
  /// Whether it is switched on.
  package let isOn: Bool
  /// The table that switches it; nil where none does, so that it is on.
  package let switchedBy: String?
  /// Problems of its files.
  package let problems: [LexiconProblem]

  /// The languages of its terms, the most frequent first.
  ///
  /// Shape:  equally frequent ones by code.
  /// Cost:   O(terms).
  package var languages: [String] {
    let counts = terms.reduce(into: [String: Int]()) { $0[$1.language, default: 0] += 1 }
    return counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }.map(\.key)
  }

  /// Whether any of its terms is tallied per listing. Transaction cues and context terms are not: they count only beside
  /// others.
  ///
  /// Cost:   O(terms).
  package var isCounted: Bool { terms.contains(where: \.kind.isKeptPerListing) }
}

extension TermKind {
  /// Whether `RowFlags` records the listings in which such a term counts.
  package var isKeptPerListing: Bool { isEvidence || self == .benign }
}
