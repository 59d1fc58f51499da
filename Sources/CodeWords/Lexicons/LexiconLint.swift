import Listings

/// Reviews lexicons as a careful editor would, beyond what reading the files already reports.
///
/// Cost: O(rows and their parts).
package struct LexiconLint {
  /// For each group of terms, whether it has context terms and whether it has benign ones.
  private let groups: [String: (hasContext: Bool, hasBenign: Bool)]
  private let exclusions: [String: ExclusionGroup]
  private let sources: [String: LexiconSource]
  private let isTaxon: ((String) -> Bool)?
  /// Found so far.
  private var problems: [LexiconProblem] = []

  /// The longest row, in characters, that a spreadsheet shows well: two or three lines of a wide screen.
  package static let maximumRowLength = 500
  /// A row with at least this many regular plurals should use `plural` instead.
  private static let minimumPlurals = 4

  /// The problems of some lexicons, by file and line.
  ///
  /// - Parameters:
  ///   - lexicons: the lexicons to check, all of one layer, since a later layer may redefine a term.
  ///   - all: every lexicon, which defines the known groups and sources.
  ///   - isTaxon: whether a scientific name is known; nil without a taxon table.
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

  /// Collects the known groups and sources.
  private init(_ all: LexiconSet, _ checked: [Lexicon], _ isTaxon: ((String) -> Bool)?) {
    var groups: [String: (hasContext: Bool, hasBenign: Bool)] = [:]
    for term in (all.lexicons + checked).flatMap(\.terms) {
      guard let group = term.group else { continue }
      let known = groups[group] ?? (false, false)
      groups[group] = (known.hasContext || term.kind == .context, known.hasBenign || term.kind == .benign)
    }
    self.groups = groups
    exclusions = all.exclusions
    sources = all.sources
    self.isTaxon = isTaxon
  }

  /// Adds a problem at the row of a term.
  private mutating func note(_ term: Term, _ what: LexiconProblem.What) {
    problems.append(
      LexiconProblem(
        file: term.location.file, line: term.location.line, term: String(term.name.prefix(60)), what: what))
  }

  /// Checks one term by itself.
  private mutating func check(_ term: Term) {
    checkConditions(term)
    checkSurfaceForms(term)
    checkMeaning(term)
    checkSource(term)
  }

  // MARK: Conditions

  /// Reports conditions that can never hold, always hold, or contradict the term.
  private mutating func checkConditions(_ term: Term) {
    let surfaceForms = term.surfaceForms.map(Folding.folded)
    for case .group(let group) in term.needs where groups[group] == nil {
      note(term, exclusions[group] == nil ? .unknownGroup(group) : .neededGroupExcludes(group))
    }
    for case .group(let group) in term.unless where groups[group] == nil && exclusions[group] == nil {
      note(term, .unknownGroup(group))
    }
    checkExcludedTwice(term)
    for case .word(let word) in term.needs {
      let folded = Folding.folded(word)
      if surfaceForms.allSatisfy({ $0.contains(folded) }) { note(term, .conditionWithinTerm(word)) }
    }
    for case .group(let group) in term.needs {
      if let known = groups[group], known.hasBenign, !known.hasContext { note(term, .neededGroupIsBenign(group)) }
    }
    let excluded = term.unless.flatMap { condition -> [String] in
      switch condition {
      case .word(let word): [word]
      case .group(let group): exclusions[group]?.words ?? []
      }
    }
    for word in excluded where surfaceForms.allSatisfy({ $0 == Folding.folded(word) }) {
      note(term, .alwaysSuppressed(by: word))
    }
  }

  /// Reports words that `unless` lists twice, directly or through groups.
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

  /// Reports rows that are too long, and plurals that `plural` would give.
  private mutating func checkRows(of lexicon: Lexicon) {
    for row in lexicon.rows {
      let term = lexicon.terms[row.term]
      func note(_ what: LexiconProblem.What) {
        problems.append(
          LexiconProblem(file: lexicon.file, line: row.line, term: String(term.name.prefix(60)), what: what))
      }
      if row.characters > Self.maximumRowLength {
        note(.longRow(characters: row.characters, limit: Self.maximumRowLength))
      }
      let plurals = Self.regularPlurals(in: row, of: term)
      if row.addsPlurals {
        for plural in plurals { note(.givenByPlural(plural)) }
      } else if plurals.count >= Self.minimumPlurals {
        note(.mostlyPlurals(plurals.count, first: plurals[0]))
      }
    }
  }

  /// The forms of a row that are regular plurals of others; the term's name is exempt, since it must be listed.
  ///
  /// Shape:  in the order of the row.
  private static func regularPlurals(in row: WrittenRow, of term: Term) -> [String] {
    let given = Set(row.surfaceForms.compactMap { PluralRule.plural(of: $0, language: term.language) })
    return row.surfaceForms.filter { given.contains($0) && $0 != term.name }
  }

  // MARK: Surface forms

  /// Reports forms that fold to the same text, and forms too short to count without context.
  private mutating func checkSurfaceForms(_ term: Term) {
    var seen: Set<String> = []
    for form in term.surfaceForms where !seen.insert(Self.compared(form, term)).inserted {
      note(term, .writtenTwice(form))
    }
    guard term.kind.isEvidence, term.needs.isEmpty, term.weight > 0 else { return }
    for form in term.surfaceForms where Self.isTooShort(form) { note(term, .tooShort(form)) }
  }

  /// Whether a form says too little by itself: a few letters, one Chinese character, one emoji.
  ///
  /// Why: three letters of an alphabet occur by chance in every thousandth title. One Chinese character, or two
  /// characters of another script without spaces, are part of many words.
  /// Rule:   a letter counts 1. A Chinese, Japanese or Korean one counts 2, as do emoji and other signs from U+2000 on.
  ///         Fewer than 4 are too short.
  private static func isTooShort(_ form: String) -> Bool {
    var weight = 0
    for scalar in form.unicodeScalars {
      switch Script.script(of: scalar.value) {
      case .han?, .kana?, .hangul?: weight += 2
      case nil: weight += scalar.value >= 0x2000 ? 2 : 0
      default: weight += 1
      }
    }
    return weight < 4
  }

  /// The form in which duplicates are compared: folded as the matcher folds this term.
  private static func compared(_ form: String, _ term: Term) -> String {
    term.folds.contains(.accents) ? Folding.folded(form) : form.lowercased()
  }

  /// Reports terms that repeat an earlier one of the same language and use.
  private mutating func checkDuplicates(_ terms: [Term]) {
    /// Terms are compared only with terms that count in the same way.
    struct Key: Hashable {
      let form: String
      let language: String
      let sort: String
    }
    var first: [Key: TermLocation] = [:]
    for term in terms {
      let sort = term.group ?? (term.kind.isEvidence ? "evidence" : term.kind.rawValue)
      for form in Set(term.surfaceForms.map { Self.compared($0, term) }).sorted() {
        let key = Key(form: form, language: term.language, sort: sort)
        if let earlier = first[key] { note(term, .duplicate(of: earlier)) } else { first[key] = term.location }
      }
    }
  }

  // MARK: Meaning and source

  /// Reports terms without meaning, and codes and names that are not known.
  private mutating func checkMeaning(_ term: Term) {
    if term.denotes.isEmpty, term.kind.isEvidence { note(term, .noMeaning) }
    if !term.product.isEmpty, TradeTermCode.name(of: term.product) == nil { note(term, .unknownProduct(term.product)) }
    if !term.taxon.isEmpty, let isTaxon, !isTaxon(term.taxon) { note(term, .unknownTaxon(term.taxon)) }
  }

  /// Reports missing or unknown sources, and days that cannot be read.
  private mutating func checkSource(_ term: Term) {
    if let what = Self.problem(ofSource: term.source, note: term.note, sources) { note(term, what) }
    if !Self.isDate(term.reviewed) { note(term, .notADate(term.reviewed)) }
  }

  /// The problem with a row's source; nil where the source is known, or `unverified` with a note that explains it.
  static func problem(
    ofSource source: String, note: String, _ sources: [String: LexiconSource]
  ) -> LexiconProblem.What? {
    switch source {
    case "": .noSource
    case Term.unverified: note.isEmpty ? .unverifiedWithoutNote : nil
    default: sources[source] == nil ? .unknownSource(source) : nil
    }
  }

  /// Whether the text is a day, as `2026-11-24`.
  ///
  /// Limits: the length of months is not checked: `2026-02-31` passes.
  private static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { $0 &- 0x30 < 10 } }), let month = Int(parts[1]), let day = Int(parts[2])
    else { return false }
    return (1...12).contains(month) && (1...31).contains(day)
  }
}
