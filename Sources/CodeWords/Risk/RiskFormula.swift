import Taxa

/// Reckons a listing's risk from its hits.
///
/// Rule:   1. Things that terms stand for, strongest first, each once, however many words name it: each adds
///         `weight x (100 - risk) / 100`. A weak one has a fifth of its weight. The species cell is a term of its own.
///         2. If one of them counted in full: the highest appendix among the taxa named, by the same rule, then
///         transaction cues, which together add at most `transactionLimit`.
///         3. Harmless groups, strongest first, each once: each takes `weight x risk / 100` away; one that stands far
///         from all that speaks for wildlife has two fifths of its weight.
///         Whole points by largest remainder, so that they add up to the rounded risk.
/// Laws:   the order of hits does not matter; a void hit changes nothing; a harmless word never raises the risk.
struct RiskFormula {
  /// The share of its weight that a hit keeps whose needs are not met.
  static let weakShare = 0.2
  /// The share that a harmless word keeps which stands far from everything that speaks for wildlife: further down, honest
  /// adverts name cages, books, other goods and the dog that may chase the bird.
  static let farShare = 0.4
  /// What all transaction cues together may add: every honest seller uses some of them.
  static let transactionLimit = 12.0

  /// How far an appendix moves a listing.
  static func weight(ofAppendixOf taxon: Taxon) -> Double {
    switch Appendix(of: taxon) {
    case .first: 20
    case .second: 10
    case .third: 5
    case nil: 0
    }
  }

  /// How far the species cell moves a listing. Scrapers fill it from the very keyword that flagged the listing, so that
  /// it says little of its own.
  static func weight(ofSpeciesCell taxon: Taxon) -> Double {
    switch Appendix(of: taxon) {
    case .first: 15
    case .second: 10
    case .third: 6
    case nil: 3
    }
  }

  private let lexicons: CompiledLexicons
  private let hits: [Hit]
  private let cell: Taxon?
  /// Whether shares are kept with their grounds, or only summed up.
  private var isTold = false
  private var shares: [(ground: RiskPoint.Ground, share: Double, hits: [Int])] = []
  private var risk = 0.0

  init(_ lexicons: CompiledLexicons, _ hits: [Hit], speciesCell: Taxon?) {
    self.lexicons = lexicons
    self.hits = hits
    cell = speciesCell
  }

  /// Whether a term that speaks for wildlife counts, be it weakly.
  static func hasEvidence(_ hits: [Hit], _ lexicons: CompiledLexicons) -> Bool {
    hits.contains { lexicons.facts(of: $0.term).isEvidence && !$0.standing.isVoid }
  }

  func reckoned() -> Risk {
    var formula = self
    formula.isTold = true
    let strengths = formula.termStrengths()
    formula.reckon(strengths)
    formula.showVoid(strengths)
    return formula.rounded()
  }

  /// The risk alone, the same as that of `reckoned()`.
  func value() -> Int {
    var formula = self
    formula.reckon(formula.termStrengths())
    return formula.wholeRisk
  }

  private var wholeRisk: Int { max(0, min(100, Int(risk.rounded()))) }

  private mutating func reckon(_ strengths: [TermStrength]) {
    addEvidence(strengths)
    addAppendix(strengths)
    addTransactions(strengths)
    takeHarmless(strengths)
  }

  // MARK: Terms

  /// A term with the best standing that it has anywhere.
  private struct TermStrength {
    let term: TermID
    let facts: TermFacts
    let strength: RiskPoint.Strength
    let weight: Double
    /// All its hits.
    let places: ArraySlice<Int>

    var kind: TermKind { facts.kind }
  }

  /// The terms that were hit, the strongest first.
  private func termStrengths() -> [TermStrength] {
    let order = hits.indices.sorted { (hits[$0].term, $0) < (hits[$1].term, $1) }
    var strengths: [TermStrength] = []
    var start = 0
    while start < order.count {
      let term = hits[order[start]].term
      var end = start + 1
      while end < order.count, hits[order[end]].term == term { end += 1 }
      strengths.append(strength(of: term, at: order[start..<end]))
      start = end
    }
    return strengths.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.term < $1.term }
  }

  private func strength(of term: TermID, at places: ArraySlice<Int>) -> TermStrength {
    let facts = lexicons.facts(of: term)
    if places.contains(where: { hits[$0].standing.isCounted }) {
      return TermStrength(term: term, facts: facts, strength: .full, weight: facts.weight, places: places)
    }
    if places.contains(where: { hits[$0].standing.isWeak }) {
      let share = facts.kind == .harmless ? Self.farShare : Self.weakShare
      return TermStrength(term: term, facts: facts, strength: .weak, weight: facts.weight * share, places: places)
    }
    return TermStrength(term: term, facts: facts, strength: .void, weight: 0, places: places)
  }

  /// The hits to which a term owes its strength.
  private func hits(of term: TermStrength) -> [Int] {
    term.places.filter {
      switch term.strength {
      case .full: hits[$0].standing.isCounted
      case .weak: hits[$0].standing.isWeak
      default: true
      }
    }
  }

  private mutating func keep(
    _ ground: @autoclosure () -> RiskPoint.Ground, _ share: Double, _ hits: @autoclosure () -> [Int]
  ) {
    if isTold { shares.append((ground(), share, hits())) }
  }

  private mutating func add(
    _ ground: @autoclosure () -> RiskPoint.Ground, weight: Double, hits: @autoclosure () -> [Int]
  ) {
    let share = weight * (100 - risk) / 100
    risk += share
    keep(ground(), share, hits())
  }

  // MARK: The three steps

  private mutating func addEvidence(_ strengths: [TermStrength]) {
    var seen: [Int32] = []
    for term in strengths where term.facts.isEvidence && term.strength != .void {
      let isFirst = term.facts.denoted.map { !seen.contains($0) } ?? true
      if let denoted = term.facts.denoted, isFirst { seen.append(denoted) }
      let hits = isTold ? self.hits(of: term) : []
      add(.term(term.term, isFirst ? term.strength : .repeated), weight: isFirst ? term.weight : 0, hits: hits)
    }
    if let cell { add(.speciesCell(cell), weight: Self.weight(ofSpeciesCell: cell), hits: []) }
  }

  private func countsInFull(_ strengths: [TermStrength]) -> Bool {
    strengths.contains { $0.facts.isEvidence && $0.strength == .full }
  }

  private mutating func addAppendix(_ strengths: [TermStrength]) {
    guard countsInFull(strengths) else { return }
    var best: TermStrength?
    for term in strengths where term.facts.isEvidence && term.strength == .full {
      if term.facts.appendixWeight > best?.facts.appendixWeight ?? 0 { best = term }
    }
    if let cell, case let weight = Self.weight(ofAppendixOf: cell), weight > best?.facts.appendixWeight ?? 0 {
      add(.appendix(cell), weight: weight, hits: [])
    } else if let best, let taxon = lexicons.taxon(of: best.term) {
      let hits = isTold ? self.hits(of: best) : []
      add(.appendix(taxon), weight: best.facts.appendixWeight, hits: hits)
    }
  }

  private mutating func addTransactions(_ strengths: [TermStrength]) {
    let isOffer = countsInFull(strengths)
    var left = Self.transactionLimit
    for cue in strengths where cue.kind == .transactionCue && cue.strength != .void {
      let hits = isTold ? self.hits(of: cue) : []
      guard isOffer else {
        keep(.transaction(cue.term, .idle), 0, hits)
        continue
      }
      let share = min(left, cue.weight * (100 - risk) / 100)
      left -= share
      risk += share
      keep(.transaction(cue.term, cue.strength), share, hits)
    }
  }

  private mutating func takeHarmless(_ strengths: [TermStrength]) {
    var seen: [Int32?] = []
    for term in strengths where term.kind == .harmless && term.strength != .void && !seen.contains(term.facts.denoted) {
      seen.append(term.facts.denoted)
      let share = term.weight * risk / 100
      let strength = risk > 0 ? term.strength : .idle
      risk -= share
      let hits = isTold ? self.hits(of: term) : []
      let lexicons = lexicons
      keep(.harmless(lexicons[term.term].denotes, term.term, strength), -share, hits)
    }
  }

  private mutating func showVoid(_ strengths: [TermStrength]) {
    for term in strengths where term.strength == .void {
      let hits = hits(of: term)
      switch term.kind {
      case .transactionCue: shares.append((.transaction(term.term, .void), 0, hits))
      case .harmless: shares.append((.harmless(lexicons[term.term].denotes, term.term, .void), 0, hits))
      case .context: break
      default: shares.append((.term(term.term, .void), 0, hits))
      }
    }
  }

  /// Whole points that add up to the rounded risk.
  ///
  /// Source: the largest remainder method (Hamilton); ties go to the earlier point.
  private func rounded() -> Risk {
    let value = wholeRisk
    var points = shares.map { Int($0.share.rounded(.down)) }
    let byRemainder = shares.indices.sorted { a, b in
      let (left, right) = (shares[a].share - Double(points[a]), shares[b].share - Double(points[b]))
      return left != right ? left > right : a < b
    }
    for index in byRemainder.prefix(max(0, value - points.reduce(0, +))) { points[index] += 1 }
    return Risk(
      value: value,
      points: zip(shares, points).map { RiskPoint(ground: $0.ground, points: $1, hits: $0.hits) })
  }
}

/// The appendix of CITES by which a taxon is weighed.
enum Appendix {
  case first, second, third

  /// Where populations of a species are in several, the strictest; where species of a higher taxon are, the mildest:
  /// most parrots and orchids are in Appendix II, and a word for all of them says no more.
  init?(of taxon: Taxon) {
    let parts = (taxon.appendix ?? "").split { !"IVX".contains($0) }
    let named: [Appendix] = [("I", .first), ("II", .second), ("III", Appendix.third)].filter { parts.contains($0.0) }
      .map(\.1)
    let isSpecies = taxon.rank >= .species
    guard let appendix = isSpecies ? named.first : named.last else { return nil }
    self = appendix
  }
}
