import Listings
import Matching
import SmallFormats
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
  /// The terms as numbers.
  let tables: TermTables
  /// The scripts of the languages in which there are terms of evidence.
  let coveredScripts: ScriptSet
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
    // By term, the numbers of its forms.
    var forms = [[Int]](repeating: [], count: terms.count)
    for (number, term) in terms.enumerated() where term.kind != .context {
      forms[number] = spellings.numbers(of: term)
      for spelling in forms[number] {
        building.add(TermID(UInt16(number)), isEvidence: term.kind.isEvidence, to: spelling)
      }
    }
    for (number, term) in terms.enumerated() {
      guard let group = term.group else { continue }
      building.add(.group(group), to: term.kind == .context ? spellings.numbers(of: term) : forms[number])
    }
    for case .word(let word) in terms.lazy.flatMap({ $0.needs + $0.unless }) {
      building.add(.word(word), to: CollectionOfOne(spellings.number(Spelling(word))))
    }
    let uses = building.uses(spellings.all.count)
    let matcher = SpellingMatcher(spellings.all) { uses.isEvidence(of: UInt32($0)) }
    self.terms = terms
    labels = Self.labels(of: terms)
    self.uses = uses
    self.matcher = matcher
    taxa = Self.taxa(of: terms, taxon)
    let cues = building
    tables = TermTables(terms, taxa, spellings.all, matcher, uses) { cues.cue(of: $0) }
    taxonNamed = taxon
    taxaNamed = taxaOfCell ?? { name in taxon(name).map { [$0] } ?? [] }
    coveredScripts = ScriptSet(terms.filter(\.kind.isEvidence).flatMap { Script.scripts(ofLanguage: $0.language) })
  }

  /// The next compiled terms of an archive.
  ///
  /// - Parameters:
  ///   - set: the lexicons from which they were compiled.
  ///   - taxon: as when they were compiled.
  ///   - taxa: as when they were compiled.
  /// Cost:   O(terms and spellings) for their texts; the tables are used as they lie.
  package init(
    from archive: inout ArchiveReader, of set: LexiconSet, taxon: @escaping @Sendable (String) -> Taxon?,
    taxa taxaOfCell: @escaping @Sendable (String) -> [Taxon]
  ) throws(ArchiveError) {
    terms = set.terms
    problems = []
    labels = try archive.textList()
    matcher = try SpellingMatcher(from: &archive)
    uses = try SpellingUses(from: &archive)
    tables = try TermTables(from: &archive)
    guard let scripts = UInt32(exactly: try archive.number()) else { throw .damaged }
    coveredScripts = ScriptSet(bits: scripts)
    taxa = Self.taxa(of: terms, taxon)
    (taxonNamed, taxaNamed) = (taxon, taxaOfCell)
    let count = terms.count
    guard labels.count == count, tables.facts.count == count, tables.guards.count == count, tables.own.count == count,
      tables.groups.count == uses.conditions.count, uses.terms.count == matcher.spellings.count,
      uses.cues.count == matcher.spellings.count, uses.areEvidence.count == matcher.spellings.count
    else { throw .damaged }
  }

  /// Adds the compiled terms to an archive, without their lexicons and taxa.
  package func write(to archive: inout ArchiveWriter) {
    archive.put(labels)
    matcher.write(to: &archive)
    uses.write(to: &archive)
    tables.write(to: &archive)
    archive.put(Int(coveredScripts.bits))
  }

  /// Builds what every compiling needs, whatever the terms: to be called on a thread of its own while they are being read.
  package static func prepare() { CharacterTable.prepare() }

  /// No terms.
  package static let empty = CompiledLexicons(.empty)

  /// Unique labels for terms, in their order.
  ///
  /// Example: two English terms `jelly` become `jelly [en]` and `jelly [en 2]`; `elephant ivory`, which is also what other
  ///          terms denote, becomes `elephant ivory [en]`, so that a filter can ask for what they denote.
  private static func labels(of terms: [Term]) -> [String] {
    let folded = terms.map { Folding.folded($0.name) }
    var count = Dictionary(folded.map { ($0, 1) }, uniquingKeysWith: +)
    let meanings = Dictionary(terms.map { ($0.denotes, 1) }, uniquingKeysWith: +)
    for (meaning, terms) in meanings where terms > 1 { count[Folding.folded(meaning), default: 0] += 1 }
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
  func facts(of id: TermID) -> TermFacts { tables.facts[Int(id.number)] }

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

  init() { numbers.reserveCapacity(1 << 15) }

  /// The numbers of the surface forms of a term, new ones if they were not known.
  mutating func numbers(of term: Term) -> [Int] {
    term.surfaceForms.map { number(Spelling($0, borders: term.borders, folds: term.folds)) }
  }

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
