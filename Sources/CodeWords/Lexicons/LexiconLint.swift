import Listings

/// What a careful editor would ask about lexicons: everything beyond what reading them shows.
///
/// Cost: O(rows and their parts).
package struct LexiconLint {
  /// Which groups there are, and whether what belongs to them is harmless.
  private let groups: [String: (hasContext: Bool, hasHarmless: Bool)]
  private let exclusions: [String: ExclusionGroup]
  private let sources: [String: LexiconSource]
  private let isTaxon: ((String) -> Bool)?
  private var problems: [LexiconProblem] = []

  /// How many characters a row may have that a spreadsheet shows well: two or three lines of a wide screen.
  package static let longestRow = 500
  /// Of how many regular plurals of one row it is worth saying that a rule gives them.
  private static let fewestPlurals = 4

  /// - Parameters:
  ///   - lexicons: what is checked: the lexicons of one layer, since a later layer may say a term again.
  ///   - all: all that there are, for groups and sources.
  ///   - isTaxon: whether a scientific name is known; nil where there is no taxon table.
  package static func problems(
    of lexicons: [Lexicon], among all: LexiconSet, isTaxon: ((String) -> Bool)?
  ) -> [LexiconProblem] {
    var lint = LexiconLint(all, lexicons, isTaxon)
    let terms = lexicons.flatMap(\.terms)
    for term in terms { lint.check(term) }
    for lexicon in lexicons { lint.checkRows(of: lexicon) }
    lint.checkDuplicates(terms)
    lint.problems += RepeatedExclusions(terms).problems
    return lint.problems.sorted { ($0.file, $0.line ?? 0) < ($1.file, $1.line ?? 0) }
  }

  private init(_ all: LexiconSet, _ checked: [Lexicon], _ isTaxon: ((String) -> Bool)?) {
    var groups: [String: (hasContext: Bool, hasHarmless: Bool)] = [:]
    for term in (all.lexicons + checked).flatMap(\.terms) {
      guard let group = term.group else { continue }
      let known = groups[group] ?? (false, false)
      groups[group] = (known.hasContext || term.kind == .context, known.hasHarmless || term.kind == .harmless)
    }
    self.groups = groups
    exclusions = all.exclusions
    sources = all.sources
    self.isTaxon = isTaxon
  }

  private mutating func note(_ term: Term, _ what: LexiconProblem.What) {
    problems.append(
      LexiconProblem(file: term.place.file, line: term.place.line, term: String(term.name.prefix(60)), what: what))
  }

  private mutating func check(_ term: Term) {
    checkConditions(term)
    checkWritings(term)
    checkMeaning(term)
    checkSource(term)
  }

  // MARK: Conditions

  private mutating func checkConditions(_ term: Term) {
    let writings = term.writings.map(Folding.folded)
    for case .group(let group) in term.needs where groups[group] == nil {
      note(term, exclusions[group] == nil ? .unknownGroup(group) : .neededGroupExcludes(group))
    }
    for case .group(let group) in term.unless where groups[group] == nil && exclusions[group] == nil {
      note(term, .unknownGroup(group))
    }
    checkExcludedTwice(term)
    for case .word(let word) in term.needs {
      let folded = Folding.folded(word)
      if writings.allSatisfy({ $0.contains(folded) }) { note(term, .conditionWithinTerm(word)) }
    }
    for case .group(let group) in term.needs {
      if let known = groups[group], known.hasHarmless, !known.hasContext { note(term, .neededGroupIsHarmless(group)) }
    }
    let excluded = term.unless.flatMap { condition -> [String] in
      switch condition {
      case .word(let word): [word]
      case .group(let group): exclusions[group]?.words ?? []
      }
    }
    for word in excluded where writings.allSatisfy({ $0 == Folding.folded(word) }) { note(term, .alwaysVoid(by: word)) }
  }

  private mutating func checkExcludedTwice(_ term: Term) {
    var seen: Set<Condition> = []
    for condition in term.unless {
      if !seen.insert(condition).inserted { note(term, .excludedTwice(condition.description)) }
      guard case .group(let group) = condition else { continue }
      for word in exclusions[group]?.words ?? [] where !seen.insert(.word(word)).inserted {
        note(term, .excludedTwice(word))
      }
    }
  }

  // MARK: Rows

  private mutating func checkRows(of lexicon: Lexicon) {
    for row in lexicon.rows {
      let term = lexicon.terms[row.term]
      func note(_ what: LexiconProblem.What) {
        problems.append(
          LexiconProblem(file: lexicon.file, line: row.line, term: String(term.name.prefix(60)), what: what))
      }
      if row.characters > Self.longestRow {
        note(.longRow(characters: row.characters, limit: Self.longestRow))
      }
      let plurals = Self.regularPlurals(in: row, of: term)
      if row.addsPlurals {
        for plural in plurals { note(.givenByPlural(plural)) }
      } else if plurals.count >= Self.fewestPlurals {
        note(.mostlyPlurals(plurals.count, first: plurals[0]))
      }
    }
  }

  /// Writings of a row that are the regular plurals of others of it; the term's name must stand there in any case.
  private static func regularPlurals(in row: WrittenRow, of term: Term) -> [String] {
    let given = Set(row.writings.compactMap { PluralRule.plural(of: $0, language: term.language) })
    return row.writings.filter { given.contains($0) && $0 != term.name }
  }

  // MARK: Writings

  private mutating func checkWritings(_ term: Term) {
    var seen: Set<String> = []
    for writing in term.writings where !seen.insert(Self.compared(writing, term)).inserted {
      note(term, .writtenTwice(writing))
    }
    guard term.kind.isEvidence, term.needs.isEmpty, term.weight > 0 else { return }
    for writing in term.writings where Self.isTooShort(writing) { note(term, .tooShort(writing)) }
  }

  /// Whether a writing says too little by itself: a few letters, one Chinese character, one emoji.
  ///
  /// Why: three letters of an alphabet are met by chance in every thousandth title; a Chinese character, and two of
  /// a script without blanks, are parts of many words.
  private static func isTooShort(_ writing: String) -> Bool {
    var weight = 0
    for scalar in writing.unicodeScalars {
      switch Script.script(of: scalar.value) {
      case .han?, .kana?, .hangul?: weight += 2
      case nil: weight += scalar.value >= 0x2000 ? 2 : 0
      default: weight += 1
      }
    }
    return weight < 4
  }

  /// A writing as duplicates are compared: as the matcher sees it.
  private static func compared(_ writing: String, _ term: Term) -> String {
    term.folds.contains(.accents) ? Folding.folded(writing) : writing.lowercased()
  }

  private mutating func checkDuplicates(_ terms: [Term]) {
    /// Terms meet only among those that count in the same way.
    struct Key: Hashable {
      let writing: String
      let language: String
      let sort: String
    }
    var first: [Key: TermPlace] = [:]
    for term in terms {
      let sort = term.group ?? (term.kind.isEvidence ? "evidence" : term.kind.rawValue)
      for writing in Set(term.writings.map { Self.compared($0, term) }).sorted() {
        let key = Key(writing: writing, language: term.language, sort: sort)
        if let place = first[key] { note(term, .duplicate(of: place)) } else { first[key] = term.place }
      }
    }
  }

  // MARK: Meaning and source

  private mutating func checkMeaning(_ term: Term) {
    if term.denotes.isEmpty, term.kind.isEvidence { note(term, .noMeaning) }
    if !term.product.isEmpty, TradeTermCode.name(of: term.product) == nil { note(term, .unknownProduct(term.product)) }
    if !term.taxon.isEmpty, let isTaxon, !isTaxon(term.taxon) { note(term, .unknownTaxon(term.taxon)) }
  }

  private mutating func checkSource(_ term: Term) {
    if let what = Self.fault(ofSource: term.source, note: term.note, sources) { note(term, what) }
    if !Self.isDate(term.reviewed) { note(term, .notADate(term.reviewed)) }
  }

  /// What is wrong with what a row rests on.
  static func fault(
    ofSource source: String, note: String, _ sources: [String: LexiconSource]
  ) -> LexiconProblem.What? {
    switch source {
    case "": .noSource
    case Term.unverified: note.isEmpty ? .unverifiedWithoutNote : nil
    default: sources[source] == nil ? .unknownSource(source) : nil
    }
  }

  /// `2026-11-24`.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }), let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return (1...12).contains(month) && (1...31).contains(day)
  }
}
