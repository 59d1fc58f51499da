import Listings
import Matching
import Synchronization
import Taxa

/// The terms in force, compiled for reading listings: one matcher for terms, contexts and guards.
///
/// Shape:  terms are numbered in the order of `LexiconSet.terms`, so numbers and answers do not depend on the order of
///         files and rows. Terms and conditions with the same spelling share one entry of the matcher.
/// Cost:   built once; time and memory are mostly the matcher's. Reading a listing is one pass over its text, and a few
///         steps per match.
package final class CompiledLexicons: Sendable {
  /// By `TermID`.
  package let terms: [Term]
  /// A unique label per term: its first surface form, with language and number where another term has the same form.
  package let labels: [String]
  /// The taxon of each term; nil where it names none, or one that the taxon table lacks.
  package let taxa: [Taxon?]
  /// The terms left out because there are more than `TermID` can number.
  package let problems: [LexiconProblem]
  /// Finds every spelling that a term or condition uses.
  let matcher: SpellingMatcher
  /// What each spelling of the matcher stands for.
  let uses: SpellingUses
  /// By `TermID`.
  let conditions: [TermConditions]
  /// By `TermID`.
  let facts: [TermFacts]
  /// The scripts of the languages in which there are terms of evidence.
  package let coveredScripts: Set<Script>
  /// Resolves the names in terms.
  private let taxonNamed: @Sendable (String) -> Taxon?
  /// Resolves species cells.
  private let taxaNamed: @Sendable (String) -> [Taxon]

  /// `TermID` has 16 bits.
  package static let maximumTerms = Int(UInt16.max)

  /// Compiles the terms in force.
  ///
  /// - Parameters:
  ///   - taxon: the taxon of a scientific name, accepted or not.
  ///   - taxa: the taxa of a species cell, which may hold several names; nil uses `taxon`.
  /// Limits: terms beyond `maximumTerms` are left out, each with a problem.
  package init(
    _ lexicons: LexiconSet, taxon: @escaping @Sendable (String) -> Taxon? = { _ in nil },
    taxa taxaOfCell: (@Sendable (String) -> [Taxon])? = nil
  ) {
    let terms = Array(lexicons.terms.prefix(Self.maximumTerms))
    problems = lexicons.terms.dropFirst(Self.maximumTerms).map {
      LexiconProblem(
        file: $0.location.file, line: $0.location.line, term: $0.name,
        what: .tooManyTerms(limit: Self.maximumTerms))
    }
    var spellings = SpellingNumbers()
    var building = SpellingUses.Building()
    for (number, term) in terms.enumerated() where term.kind != .context {
      for form in term.surfaceForms {
        let spelling = spellings.number(Spelling(form, borders: term.borders, folds: term.folds))
        building.add(TermID(UInt16(number)), isEvidence: term.kind.isEvidence, to: spelling)
      }
    }
    for term in terms {
      guard let group = term.group else { continue }
      for form in term.surfaceForms {
        let spelling = spellings.number(Spelling(form, borders: term.borders, folds: term.folds))
        building.add(.group(group), to: spelling)
      }
    }
    for case .word(let word) in terms.flatMap({ $0.needs + $0.unless }) {
      building.add(.word(word), to: spellings.number(Spelling(word)))
    }
    let uses = building.uses(spellings.all.count)
    let matcher = SpellingMatcher(spellings.all) { uses.isEvidence(of: UInt32($0)) }
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

  /// No terms.
  package static let empty = CompiledLexicons(.empty)

  /// Unique labels for terms, in their order.
  ///
  /// Example: two English terms `jelly` become `jelly [en]` and `jelly [en 2]`.
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

  /// Looks each taxon up once: hundreds of terms may name the same one.
  private static func taxa(of terms: [Term], _ taxon: (String) -> Taxon?) -> [Taxon?] {
    var known: [String: Taxon?] = ["": nil]
    return terms.map { term in
      if let taxon = known[term.taxon] { return taxon }
      let taxon = taxon(term.taxon)
      known[term.taxon] = taxon
      return taxon
    }
  }

  /// The term of an id.
  ///
  /// Cost:   O(1).
  /// Limits: an id of other lexicons gives an unrelated term, or traps.
  package subscript(_ id: TermID) -> Term { terms[Int(id.number)] }

  /// What scoring needs of a term, without copying it.
  func facts(of id: TermID) -> TermFacts { facts[Int(id.number)] }

  /// The taxon of a term; nil where it names none, or one that the taxon table lacks.
  package func taxon(of id: TermID) -> Taxon? { taxa[Int(id.number)] }

  /// The taxon of a scientific name, accepted or not.
  package func taxon(named name: String) -> Taxon? { taxonNamed(name) }

  /// The taxa that a species cell names beyond doubt.
  package func taxa(named name: String) -> [Taxon] { taxaNamed(name) }
}

/// Numbers spellings, equal ones once.
private struct SpellingNumbers {
  private(set) var all: [Spelling] = []
  private var numbers: [Spelling: Int] = [:]

  /// The number of a spelling, a new one if it was not known.
  ///
  /// Shape:  numbers from 0, in the order in which spellings are first seen.
  mutating func number(_ spelling: Spelling) -> Int {
    if let number = numbers[spelling] { return number }
    numbers[spelling] = all.count
    all.append(spelling)
    return all.count - 1
  }
}

/// What each spelling of the matcher is used for: as a form of terms, and as a cue that meets conditions.
///
/// Cost:   O(1) per question.
struct SpellingUses: Sendable {
  /// The number of a condition, among `conditions`.
  typealias Cue = UInt32

  /// By spelling.
  private let terms: [[TermID]]
  /// By spelling.
  private let cues: [[Cue]]
  private let areEvidence: [Bool]

  /// The terms that have the spelling as a surface form.
  func terms(of spelling: UInt32) -> [TermID] { terms[Int(spelling)] }
  /// The conditions that the spelling meets.
  func cues(of spelling: UInt32) -> [Cue] { cues[Int(spelling)] }
  /// Whether it is a surface form of a term of evidence.
  func isEvidence(of spelling: UInt32) -> Bool { areEvidence[Int(spelling)] }

  /// The conditions by number.
  let conditions: [Condition]
  private let numbers: [Condition: Cue]

  /// The number of a condition; nil for a group without terms.
  func cue(of condition: Condition) -> Cue? { numbers[condition] }

  /// Collects the uses before the number of spellings is known.
  struct Building {
    private var terms: [Int: [TermID]] = [:]
    private var evidence: Set<Int> = []
    private var cues: [Int: [Cue]] = [:]
    private var conditions: [Condition] = []
    private var numbers: [Condition: Cue] = [:]

    /// Notes that a spelling is a surface form of a term.
    mutating func add(_ term: TermID, isEvidence: Bool, to spelling: Int) {
      if isEvidence { evidence.insert(spelling) }
      if terms[spelling]?.contains(term) != true { terms[spelling, default: []].append(term) }
    }

    /// Notes that a spelling meets a condition, which is numbered if it is new.
    mutating func add(_ condition: Condition, to spelling: Int) {
      let cue = numbers[condition] ?? Cue(conditions.count)
      if numbers.updateValue(cue, forKey: condition) == nil { conditions.append(condition) }
      if cues[spelling]?.contains(cue) != true { cues[spelling, default: []].append(cue) }
    }

    /// The uses, for a known number of spellings.
    func uses(_ count: Int) -> SpellingUses {
      SpellingUses(
        terms: (0..<count).map { terms[$0] ?? [] }, cues: (0..<count).map { cues[$0] ?? [] },
        areEvidence: (0..<count).map(evidence.contains), conditions: conditions, numbers: numbers)
    }
  }
}

/// The conditions of one term, as numbers.
///
/// Cost:   O(1) per question; built once per term.
struct TermConditions: Sendable {
  /// Conditions of which one must be met.
  var needs: CueSet
  /// Conditions of which none may be met.
  var unless: CueSet
  /// Spellings under `unless` that contain the term. They suppress a hit only where they cover it.
  var guards: Set<UInt32> = []
  /// The spellings of the term itself: a word written twice is not its own context.
  var own: Set<UInt32> = []
  /// Whether the term has needs, even if no term belongs to the group needed.
  var hasNeeds = false

  /// The conditions of all terms, by `TermID`.
  ///
  /// Cost: one matcher pass over each spelling that some `unless` uses.
  static func all(
    of terms: [Term], _ spellings: [Spelling], _ matcher: SpellingMatcher, _ uses: SpellingUses
  ) -> [TermConditions] {
    var all = terms.map { term in
      TermConditions(
        needs: CueSet(term.needs.compactMap(uses.cue)), unless: CueSet(term.unless.compactMap(uses.cue)),
        hasNeeds: !term.needs.isEmpty)
    }
    markOwn(&all, terms, spellings)
    var unlessUsers: [SpellingUses.Cue: [Int]] = [:]
    for (number, term) in terms.enumerated() {
      for cue in Set(term.unless.compactMap(uses.cue)) { unlessUsers[cue, default: []].append(number) }
    }
    let guards = Guards(terms, spellings, matcher, uses, unlessUsers)
    for (user, spelling) in guards.found() { all[user].guards.insert(spelling) }
    return all
  }

  /// Sets `own`: every spelling that folds to a form of the term.
  private static func markOwn(_ all: inout [TermConditions], _ terms: [Term], _ spellings: [Spelling]) {
    var byText: [String: [UInt32]] = [:]
    for (number, spelling) in spellings.enumerated() {
      byText[Folding.folded(spelling.text), default: []].append(UInt32(number))
    }
    for (number, term) in terms.enumerated() where all[number].hasNeeds {
      all[number].own = Set(term.surfaceForms.flatMap { byText[Folding.folded($0)] ?? [] })
    }
  }
}

/// Finds the spellings under `unless` that contain the term which they suppress.
///
/// Cost:   one matcher pass over each spelling that some `unless` uses, on all cores.
private struct Guards: Sendable {
  private let spellings: [Spelling]
  private let matcher: SpellingMatcher
  private let uses: SpellingUses
  /// The terms that have a condition under `unless`.
  private let users: [SpellingUses.Cue: [Int]]
  /// The folded forms of the terms that have any `unless`.
  private let forms: [[FoldedForm]]

  private struct FoldedForm: Sendable {
    let text: String
    let bytes: [UInt8]

    init(_ form: String) {
      text = Folding.folded(form)
      bytes = Array(text.utf8)
    }
  }

  init(
    _ terms: [Term], _ spellings: [Spelling], _ matcher: SpellingMatcher, _ uses: SpellingUses,
    _ users: [SpellingUses.Cue: [Int]]
  ) {
    self.spellings = spellings
    self.matcher = matcher
    self.uses = uses
    self.users = users
    forms = terms.map { term in term.unless.isEmpty ? [] : term.surfaceForms.map { FoldedForm($0) } }
  }

  /// Terms by index, each with a spelling that guards it.
  ///
  /// Shape:  by number of the spelling, however many cores there are.
  func found() -> [(user: Int, spelling: UInt32)] {
    let parts = Mutex<[Int: [(user: Int, spelling: UInt32)]]>([:])
    Parallel.parts(spellings.count, minimum: 512) { part, range in
      var found: [(user: Int, spelling: UInt32)] = []
      var scratch = SpellingMatcher.Scratch()
      for number in range { add(UInt32(number), to: &found, using: &scratch) }
      parts.withLock { $0[part] = found }
    }
    return parts.withLock { parts in parts.keys.sorted().flatMap { parts[$0] ?? [] } }
  }

  private func add(
    _ number: UInt32, to found: inout [(user: Int, spelling: UInt32)], using scratch: inout SpellingMatcher.Scratch
  ) {
    let users = uses.cues(of: number).flatMap { cue in (self.users[cue] ?? []).map { (cue, $0) } }
    guard !users.isEmpty else { return }
    // The matcher decides which terms occur in these words.
    var contained: Set<TermID> = []
    var text = spellings[Int(number)].text
    text.withUTF8 { bytes in
      matcher.forEachMatch(in: UnsafeRawBufferPointer(bytes), using: &scratch) {
        contained.formUnion(uses.terms(of: $0.spelling))
      }
    }
    let folded = FoldedForm(text)
    for (cue, user) in users {
      var isGuard = contained.contains(TermID(UInt16(user)))
      // A word that the row itself lists is a guard even where the term would not match inside it.
      if !isGuard, case .word = uses.conditions[Int(cue)] {
        isGuard = forms[user].contains { Self.contains(folded, $0) }
      }
      if isGuard { found.append((user, number)) }
    }
  }

  /// Whether a text contains another as whole characters. Nearly always their bytes say that it does not.
  private static func contains(_ whole: FoldedForm, _ part: FoldedForm) -> Bool {
    guard part.bytes.count <= whole.bytes.count, let first = part.bytes.first else { return part.bytes.isEmpty }
    let last = whole.bytes.count - part.bytes.count
    for start in 0...last where whole.bytes[start] == first {
      if whole.bytes[start..<start + part.bytes.count].elementsEqual(part.bytes) {
        return whole.text.contains(part.text)
      }
    }
    return false
  }
}

/// What judging and scoring ask of a term for every hit.
///
/// Why: copying a `Term` retains and releases ten strings, for each hit of each listing.
struct TermFacts: Sendable {
  let kind: TermKind
  let isEvidence: Bool
  /// 0 to 100.
  let weight: Double
  /// The number of what it denotes, or of its benign group; equal texts have equal numbers. Nil for none.
  let denoted: Int32?
  /// How far the appendix of its taxon raises the risk.
  let appendixWeight: Double

  /// The facts of all terms, by `TermID`.
  static func all(of terms: [Term], _ taxa: [Taxon?]) -> [TermFacts] {
    var numbers: [String: Int32] = [:]
    func number(of text: String) -> Int32? {
      guard !text.isEmpty else { return nil }
      if let known = numbers[text] { return known }
      let number = Int32(numbers.count)
      numbers[text] = number
      return number
    }
    return zip(terms, taxa).map { term, taxon in
      TermFacts(
        kind: term.kind, isEvidence: term.kind.isEvidence, weight: Double(term.weight),
        denoted: number(of: term.denotes), appendixWeight: taxon.map(RiskFormula.weight(ofAppendixOf:)) ?? 0)
    }
  }
}

/// A set of condition numbers, as bits.
///
/// Cost: a bit per condition of all lexicons.
struct CueSet: Equatable, Sendable {
  private var words: [UInt64] = []

  /// The set of some condition numbers.
  init(_ cues: some Sequence<SpellingUses.Cue>) {
    for cue in cues {
      let word = Int(cue >> 6)
      if word >= words.count { words += Array(repeating: 0, count: word + 1 - words.count) }
      words[word] |= 1 << UInt64(cue & 63)
    }
  }

  /// Whether no condition is in the set.
  var isEmpty: Bool { words.isEmpty }

  /// Whether a condition is in the set.
  ///
  /// Cost:   O(1).
  @inline(__always)
  func contains(_ cue: SpellingUses.Cue) -> Bool {
    let word = Int(cue >> 6)
    return word < words.count && words[word] >> UInt64(cue & 63) & 1 == 1
  }
}
