import Listings
import Matching
import SmallFormats
import Synchronization
import Taxa

/// What each spelling of the matcher is used for: as a form of terms, and as a cue that meets conditions.
///
/// Cost:   O(1) per question.
struct SpellingUses: Sendable {
  /// The number of a condition, among `conditions`.
  typealias Cue = UInt32

  /// By spelling, the terms that have it as a surface form.
  let terms: NumberLists<TermID>
  /// By spelling, the conditions that it meets.
  let cues: NumberLists<Cue>
  let areEvidence: FixedTable<Bool>

  /// Whether a spelling is a surface form of a term of evidence.
  func isEvidence(of spelling: UInt32) -> Bool { areEvidence[Int(spelling)] }

  /// The conditions by number.
  let conditions: [Condition]

  /// Collects the uses before the number of spellings is known.
  struct Building {
    private var terms: [(thing: UInt32, number: TermID)] = []
    private var cues: [(thing: UInt32, number: Cue)] = []
    private var evidence: [UInt32] = []
    private var conditions: [Condition] = []
    private var numbers: [Condition: Cue] = [:]

    /// Notes that a spelling is a surface form of a term.
    mutating func add(_ term: TermID, isEvidence: Bool, to spelling: Int) {
      if isEvidence { evidence.append(UInt32(spelling)) }
      terms.append((UInt32(spelling), term))
    }

    /// Notes that spellings meet a condition, which is numbered if it is new.
    mutating func add(_ condition: Condition, to spellings: some Sequence<Int>) {
      let cue = numbers[condition] ?? Cue(conditions.count)
      if numbers.updateValue(cue, forKey: condition) == nil { conditions.append(condition) }
      for spelling in spellings { cues.append((UInt32(spelling), cue)) }
    }

    /// The uses, for a known number of spellings.
    func uses(_ count: Int) -> SpellingUses {
      var areEvidence = [Bool](repeating: false, count: count)
      for spelling in evidence { areEvidence[Int(spelling)] = true }
      return SpellingUses(
        terms: NumberLists(terms, of: count), cues: NumberLists(cues, of: count),
        areEvidence: FixedTable(areEvidence), conditions: conditions)
    }

    /// The number of a condition; nil for a group without terms.
    func cue(of condition: Condition) -> Cue? { numbers[condition] }
  }
}

/// What judging and scoring ask of a term for every hit.
///
/// Why: copying a `Term` retains and releases ten strings, for each hit of each listing.
struct TermFacts: BitwiseCopyable, Sendable {
  let kind: TermKind
  let isEvidence: Bool
  /// Whether the term has needs, even if no term belongs to the group needed.
  let hasNeeds: Bool
  /// 0 to 100.
  let weight: Double
  /// The number of what it denotes, or of its benign group; equal texts have equal numbers. Nil for none.
  let denoted: Int32?
  /// How far the appendix of its taxon raises the risk.
  let appendixWeight: Double
}

/// Terms and conditions as numbers in flat tables: all that flagging a listing reads.
///
/// Cost:   O(1) per question, or O(log n) in the spellings that guard one term; nothing is retained or copied.
struct TermTables: Sendable {
  /// By `TermID`.
  let facts: FixedTable<TermFacts>
  /// By `TermID`, conditions of which one must be met.
  let needs: CueSets
  /// By `TermID`, conditions of which none may be met.
  let unless: CueSets
  /// By `TermID`, the spellings under `unless` that contain the term, ascending. They suppress a hit only where they cover
  /// it.
  let guards: NumberLists<UInt32>
  /// By `TermID`, the spellings of a term with needs, ascending: a word written twice is not its own context.
  let own: NumberLists<UInt32>
  /// By condition, the number that `TermFacts.denoted` gives its group; -1 for a word.
  let groups: FixedTable<Int32>

  /// The tables without their owners, for loops in which nothing may be retained.
  struct View: BitwiseCopyable {
    let facts: UnsafePointer<TermFacts>
    let needs: CueSets.View
    let unless: CueSets.View
    let guards: NumberLists<UInt32>.View
    let own: NumberLists<UInt32>.View
    let groups: UnsafePointer<Int32>

    @inline(__always)
    func facts(of term: TermID) -> TermFacts { facts[Int(term.number)] }
  }

  /// Valid while the tables live.
  var view: View {
    View(
      facts: facts.base, needs: needs.view, unless: unless.view, guards: guards.view, own: own.view, groups: groups.base
    )
  }

  /// Builds the tables.
  ///
  /// Cost: one matcher pass over each spelling that some `unless` uses.
  ///
  /// - Parameter cue: the number of a condition; nil for a group without terms.
  init(
    _ terms: [Term], _ taxa: [Taxon?], _ spellings: [Spelling], _ matcher: SpellingMatcher, _ uses: SpellingUses,
    _ cue: (Condition) -> SpellingUses.Cue?
  ) {
    var denoted: [String: Int32] = [:]
    func number(of text: String) -> Int32? {
      guard !text.isEmpty else { return nil }
      if let known = denoted[text] { return known }
      let number = Int32(denoted.count)
      denoted[text] = number
      return number
    }
    facts = FixedTable(
      zip(terms, taxa).map { term, taxon in
        TermFacts(
          kind: term.kind, isEvidence: term.kind.isEvidence, hasNeeds: !term.needs.isEmpty,
          weight: Double(term.weight), denoted: number(of: term.denotes),
          appendixWeight: taxon.map(RiskFormula.weight(ofAppendixOf:)) ?? 0)
      })
    groups = FixedTable(
      uses.conditions.map { condition in
        if case .group(let group) = condition { denoted[group] ?? -1 } else { -1 }
      })
    needs = CueSets(terms.map { $0.needs.compactMap(cue) })
    unless = CueSets(terms.map { $0.unless.compactMap(cue) })
    own = NumberLists(Self.own(of: terms, spellings))
    let found = Guards(terms, spellings, matcher, uses, cue).found()
    var guards = [[UInt32]](repeating: [], count: terms.count)
    for (user, spelling) in found where guards[user].last != spelling { guards[user].append(spelling) }
    self.guards = NumberLists(guards)
  }

  /// Every spelling that folds to a form of the term.
  private static func own(of terms: [Term], _ spellings: [Spelling]) -> [[UInt32]] {
    var numbers: [String: Int] = [:]
    let forms: [[Int]] = terms.map { term in
      term.needs.isEmpty
        ? []
        : term.surfaceForms.map { form in
          let folded = Folding.folded(form)
          if let known = numbers[folded] { return known }
          numbers[folded] = numbers.count
          return numbers.count - 1
        }
    }
    let found = Mutex<[Int: [(form: Int, spelling: UInt32)]]>([:])
    Parallel.parts(spellings.count, minimum: 2048) { part, range in
      var mine: [(form: Int, spelling: UInt32)] = []
      for number in range {
        if let form = numbers[Folding.folded(spellings[number].text)] { mine.append((form, UInt32(number))) }
      }
      let all = mine
      found.withLock { $0[part] = all }
    }
    var byForm = [[UInt32]](repeating: [], count: numbers.count)
    for part in found.withLock({ Array($0.values) }) {
      for (form, spelling) in part { byForm[form].append(spelling) }
    }
    return forms.map { $0.isEmpty ? [] : Set($0.flatMap { byForm[$0] }).sorted() }
  }
}

extension UnsafeBufferPointer<UInt32> {
  /// Whether ascending numbers hold one.
  ///
  /// Cost:   O(log count).
  @inline(__always)
  func holds(_ number: UInt32) -> Bool {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == number
  }
}

/// A set of condition numbers for each term, as bits.
///
/// Cost:   a bit per condition between the first and the last of a set.
struct CueSets: Sendable {
  /// Where the bits of a set lie.
  fileprivate struct Place: BitwiseCopyable, Sendable {
    /// The index of its first word in `words`.
    let start: UInt32
    /// How many words it has; 0 for an empty set.
    let count: UInt32
    /// The conditions from `first * 64` on are those of its first word.
    let first: UInt32
  }

  private let places: FixedTable<Place>
  private let words: FixedTable<UInt64>

  /// The next sets of an archive.
  init(from archive: inout ArchiveReader) throws(ArchiveError) {
    places = try FixedTable(from: &archive)
    words = try FixedTable(from: &archive)
  }

  /// Adds the sets to an archive.
  func write(to archive: inout ArchiveWriter) {
    places.write(to: &archive)
    words.write(to: &archive)
  }

  init(_ sets: some Sequence<[SpellingUses.Cue]>) {
    var places: [Place] = []
    var words: [UInt64] = []
    for set in sets {
      let first = (set.min() ?? 0) >> 6
      let count = set.max().map { $0 >> 6 - first + 1 } ?? 0
      places.append(Place(start: UInt32(words.count), count: count, first: first))
      words += repeatElement(0, count: Int(count))
      for cue in set { words[words.count - Int(count) + Int(cue >> 6 - first)] |= 1 << UInt64(cue & 63) }
    }
    self.places = FixedTable(places)
    self.words = FixedTable(words)
  }

  /// The sets without their owner.
  struct View: BitwiseCopyable {
    fileprivate let places: UnsafePointer<Place>
    fileprivate let words: UnsafePointer<UInt64>

    /// The set of a term.
    @inline(__always)
    subscript(term: TermID) -> Bits {
      let place = places[Int(term.number)]
      return Bits(words: words + Int(place.start), count: place.count, first: place.first)
    }
  }

  /// Valid while the sets live.
  var view: View { View(places: places.base, words: words.base) }

  /// One of the sets.
  struct Bits: BitwiseCopyable {
    /// The words of its first and last condition and between.
    let words: UnsafePointer<UInt64>
    /// How many there are; 0 for an empty set.
    let count: UInt32
    /// The conditions from `first * 64` on are those of the first word.
    let first: UInt32

    /// Whether a condition is in the set.
    @inline(__always)
    func contains(_ cue: SpellingUses.Cue) -> Bool {
      let word = cue >> 6 &- first
      return word < count && words[Int(word)] >> UInt64(cue & 63) & 1 == 1
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
  /// By condition, the terms that have it under `unless`.
  private let users: [[Int]]
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
    _ cue: (Condition) -> SpellingUses.Cue?
  ) {
    self.spellings = spellings
    self.matcher = matcher
    self.uses = uses
    var users = [[Int]](repeating: [], count: uses.conditions.count)
    for (number, term) in terms.enumerated() {
      for cue in term.unless.compactMap(cue) where users[Int(cue)].last != number { users[Int(cue)].append(number) }
    }
    self.users = users
    forms = terms.map { term in term.unless.isEmpty ? [] : term.surfaceForms.map { FoldedForm($0) } }
  }

  /// Terms by index, each with a spelling that guards it.
  ///
  /// Shape:  by number of the spelling, however many cores there are.
  func found() -> [(user: Int, spelling: UInt32)] {
    let parts = Mutex<[Int: [(user: Int, spelling: UInt32)]]>([:])
    Parallel.parts(spellings.count, minimum: 512) { part, range in
      var search = Search(termCount: forms.count)
      for number in range { add(UInt32(number), to: &search) }
      let found = search.found
      parts.withLock { $0[part] = found }
    }
    return parts.withLock { parts in parts.keys.sorted().flatMap { parts[$0] ?? [] } }
  }

  /// What one core has found, and its buffers.
  private struct Search {
    var found: [(user: Int, spelling: UInt32)] = []
    var scratch = SpellingMatcher.Scratch()
    /// By term, the last spelling in which it occurred, plus 1.
    var lastSeen: [UInt32]

    init(termCount: Int) { lastSeen = [UInt32](repeating: 0, count: termCount) }
  }

  private func add(_ number: UInt32, to search: inout Search) {
    let cues = uses.cues[Int(number)]
    guard cues.contains(where: { !users[Int($0)].isEmpty }) else { return }
    // The matcher decides which terms occur in these words.
    var text = spellings[Int(number)].text
    text.withUTF8 { bytes in
      matcher.forEachMatch(in: UnsafeRawBufferPointer(bytes), using: &search.scratch) {
        for term in uses.terms[Int($0.spelling)] { search.lastSeen[Int(term.number)] = number + 1 }
      }
    }
    lazy var folded = FoldedForm(text)
    for cue in cues {
      for user in users[Int(cue)] {
        var isGuard = search.lastSeen[user] == number + 1
        // A word that the row itself lists is a guard even where the term would not match inside it.
        if !isGuard, case .word = uses.conditions[Int(cue)] {
          isGuard = forms[user].contains { Self.contains(folded, $0) }
        }
        if isGuard { search.found.append((user, number)) }
      }
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
