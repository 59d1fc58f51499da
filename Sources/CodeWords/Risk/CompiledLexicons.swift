import Listings
import Matching
import Taxa

/// All terms in force, made ready to read listings with: one matcher for terms, contexts and guards.
///
/// Shape:  terms are numbered in the order of `LexiconSet.terms`, so that numbers and answers do not depend on the order
///         of files and rows. Every spelling stands once in the matcher, whoever asks for it.
/// Cost:   built once, in time and memory mostly the matcher's; reading a listing is one pass over its text, and a few
///         steps per match.
package final class CompiledLexicons: Sendable {
  package let terms: [Term]
  /// How each term is called where it must be told from all others: its first writing, with its language and number
  /// where another term is written so.
  package let labels: [String]
  /// What each term's taxon is in the taxon table; nil where it names none, or one that is not in it.
  package let taxa: [Taxon?]
  /// More terms than can be numbered: these were left out.
  package let problems: [LexiconProblem]
  let matcher: SpellingMatcher
  let uses: SpellingUses
  let conditions: [TermConditions]
  let facts: [TermFacts]
  package let coveredScripts: Set<Script>
  private let taxonNamed: @Sendable (String) -> Taxon?
  private let taxaNamed: @Sendable (String) -> [Taxon]

  /// TermIDs have 16 bits.
  package static let mostTerms = Int(UInt16.max)

  /// - Parameters:
  ///   - taxon: the taxon of a scientific name, accepted or not.
  ///   - taxa: those of a name in a species cell, which may hold several; where it is left out, that of `taxon`.
  package init(
    _ lexicons: LexiconSet, taxon: @escaping @Sendable (String) -> Taxon? = { _ in nil },
    taxa taxaOfCell: (@Sendable (String) -> [Taxon])? = nil
  ) {
    let terms = Array(lexicons.terms.prefix(Self.mostTerms))
    problems = lexicons.terms.dropFirst(Self.mostTerms).map {
      LexiconProblem(
        file: $0.place.file, line: $0.place.line, term: $0.name, what: .tooManyTerms(limit: Self.mostTerms))
    }
    var spellings = SpellingNumbers()
    var building = SpellingUses.Building()
    for (number, term) in terms.enumerated() where term.kind != .context {
      for writing in term.writings {
        let spelling = spellings.number(Spelling(writing, borders: term.borders, folds: term.folds))
        building.add(TermID(UInt16(number)), isEvidence: term.kind.isEvidence, to: spelling)
      }
    }
    for term in terms {
      guard let group = term.group else { continue }
      for writing in term.writings {
        let spelling = spellings.number(Spelling(writing, borders: term.borders, folds: term.folds))
        building.add(.group(group), to: spelling)
      }
    }
    for case .word(let word) in terms.flatMap({ $0.needs + $0.unless }) {
      building.add(.word(word), to: spellings.number(Spelling(word)))
    }
    let uses = building.uses(spellings.all.count)
    let matcher = SpellingMatcher(spellings.all)
    self.terms = terms
    labels = Self.labels(of: terms)
    self.uses = uses
    self.matcher = matcher
    conditions = TermConditions.all(of: terms, spellings.all, matcher, uses)
    taxa = Self.taxa(of: terms, taxon)
    facts = TermFacts.all(of: terms, taxa)
    taxonNamed = taxon
    taxaNamed = taxaOfCell ?? { name in taxon(name).map { [$0] } ?? [] }
    coveredScripts = Set(terms.filter(\.kind.isEvidence).flatMap { Script.scripts(ofLanguage: $0.language) })
  }

  package static let empty = CompiledLexicons(.empty)

  private static func labels(of terms: [Term]) -> [String] {
    let folded = terms.map { Folding.folded($0.name) }
    let count = Dictionary(folded.map { ($0, 1) }, uniquingKeysWith: +)
    var seen: [String: Int] = [:]
    return zip(terms, folded).map { term, folded in
      guard count[folded, default: 0] > 1 else { return term.name }
      let label = "\(term.name) [\(term.language)]"
      let number = seen[Folding.folded(label), default: 0] + 1
      seen[Folding.folded(label)] = number
      return number == 1 ? label : "\(term.name) [\(term.language) \(number)]"
    }
  }

  /// Each taxon is looked up once: hundreds of terms stand for the same one.
  private static func taxa(of terms: [Term], _ taxon: (String) -> Taxon?) -> [Taxon?] {
    var known: [String: Taxon?] = ["": nil]
    return terms.map { term in
      if let taxon = known[term.taxon] { return taxon }
      let taxon = taxon(term.taxon)
      known[term.taxon] = taxon
      return taxon
    }
  }

  package subscript(_ id: TermID) -> Term { terms[Int(id.number)] }

  func facts(of id: TermID) -> TermFacts { facts[Int(id.number)] }

  package func taxon(of id: TermID) -> Taxon? { taxa[Int(id.number)] }

  /// The taxon of a scientific name.
  package func taxon(named name: String) -> Taxon? { taxonNamed(name) }

  /// The taxa that a name in the species cell of a listing certainly means.
  package func taxa(named name: String) -> [Taxon] { taxaNamed(name) }
}

/// Gives each spelling one number, whoever asks for it.
private struct SpellingNumbers {
  private(set) var all: [Spelling] = []
  private var numbers: [Spelling: Int] = [:]

  mutating func number(_ spelling: Spelling) -> Int {
    if let number = numbers[spelling] { return number }
    numbers[spelling] = all.count
    all.append(spelling)
    return all.count - 1
  }
}

/// What each spelling is to the terms: a writing of some, a condition of others.
struct SpellingUses: Sendable {
  /// A condition's number.
  typealias Cue = UInt32

  private let terms: [[TermID]]
  private let cues: [[Cue]]
  private let areEvidence: [Bool]

  func terms(of spelling: UInt32) -> [TermID] { terms[Int(spelling)] }
  func cues(of spelling: UInt32) -> [Cue] { cues[Int(spelling)] }
  /// Whether it is a writing of a term that speaks for wildlife.
  func isEvidence(of spelling: UInt32) -> Bool { areEvidence[Int(spelling)] }

  /// Conditions by their numbers.
  let conditions: [Condition]
  private let numbers: [Condition: Cue]

  /// The number of a condition; nil for a group that nobody belongs to.
  func cue(of condition: Condition) -> Cue? { numbers[condition] }

  struct Building {
    private var terms: [Int: [TermID]] = [:]
    private var evidence: Set<Int> = []
    private var cues: [Int: [Cue]] = [:]
    private var conditions: [Condition] = []
    private var numbers: [Condition: Cue] = [:]

    mutating func add(_ term: TermID, isEvidence: Bool, to spelling: Int) {
      if isEvidence { evidence.insert(spelling) }
      if terms[spelling]?.contains(term) != true { terms[spelling, default: []].append(term) }
    }

    mutating func add(_ condition: Condition, to spelling: Int) {
      let cue = numbers[condition] ?? Cue(conditions.count)
      if numbers.updateValue(cue, forKey: condition) == nil { conditions.append(condition) }
      if cues[spelling]?.contains(cue) != true { cues[spelling, default: []].append(cue) }
    }

    func uses(_ count: Int) -> SpellingUses {
      SpellingUses(
        terms: (0..<count).map { terms[$0] ?? [] }, cues: (0..<count).map { cues[$0] ?? [] },
        areEvidence: (0..<count).map(evidence.contains), conditions: conditions, numbers: numbers)
    }
  }
}

/// The conditions of a term, by number.
struct TermConditions: Sendable {
  var needs: CueSet
  var unless: CueSet
  /// Spellings of `unless` that contain the term: they void it only where they cover it.
  var guards: Set<UInt32> = []
  /// Spellings of the term itself: said twice, a word is not its own surroundings.
  var own: Set<UInt32> = []
  /// Whether the term has needs, be it of a group that nobody belongs to.
  var hasNeeds = false

  static func all(
    of terms: [Term], _ spellings: [Spelling], _ matcher: SpellingMatcher, _ uses: SpellingUses
  ) -> [TermConditions] {
    var all = terms.map { term in
      TermConditions(
        needs: CueSet(term.needs.compactMap(uses.cue)), unless: CueSet(term.unless.compactMap(uses.cue)),
        hasNeeds: !term.needs.isEmpty)
    }
    markOwn(&all, terms, spellings)
    let writings = terms.map { term in term.unless.isEmpty ? [] : term.writings.map(Folding.folded) }
    var unlessUsers: [SpellingUses.Cue: [Int]] = [:]
    for (number, term) in terms.enumerated() {
      for cue in Set(term.unless.compactMap(uses.cue)) { unlessUsers[cue, default: []].append(number) }
    }
    for (number, spelling) in spellings.enumerated() {
      let users = uses.cues(of: UInt32(number)).flatMap { cue in (unlessUsers[cue] ?? []).map { (cue, $0) } }
      guard !users.isEmpty else { continue }
      // The matcher knows best which terms stand in these words.
      var text = spelling.text
      let contained = Set(
        text.withUTF8 { matcher.matches(in: UnsafeRawBufferPointer($0)) }.flatMap { uses.terms(of: $0.spelling) })
      let folded = Folding.folded(spelling.text)
      for (cue, user) in users {
        var isGuard = contained.contains(TermID(UInt16(user)))
        // A word that the row itself names is a guard also where the term would not match within it.
        if !isGuard, case .word = uses.conditions[Int(cue)] {
          isGuard = writings[user].contains { folded.contains($0) }
        }
        if isGuard { all[user].guards.insert(UInt32(number)) }
      }
    }
    return all
  }

  private static func markOwn(_ all: inout [TermConditions], _ terms: [Term], _ spellings: [Spelling]) {
    var byText: [String: [UInt32]] = [:]
    for (number, spelling) in spellings.enumerated() {
      byText[Folding.folded(spelling.text), default: []].append(UInt32(number))
    }
    for (number, term) in terms.enumerated() where all[number].hasNeeds {
      all[number].own = Set(term.writings.flatMap { byText[Folding.folded($0)] ?? [] })
    }
  }
}
