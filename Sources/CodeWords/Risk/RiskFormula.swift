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
  private var shares: [(ground: RiskPoint.Ground, share: Double, hits: [Int])] = []
  private var risk = 0.0

  init(_ lexicons: CompiledLexicons, _ hits: [Hit], speciesCell: Taxon?) {
    self.lexicons = lexicons
    self.hits = hits
    cell = speciesCell
  }

  /// Whether a term that speaks for wildlife counts, be it weakly.
  static func hasEvidence(_ hits: [Hit], _ lexicons: CompiledLexicons) -> Bool {
    hits.contains { lexicons[$0.term].kind.isEvidence && !$0.standing.isVoid }
  }

  func reckoned() -> Risk {
    var formula = self
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

  /// A term with the best standing that it has anywhere, and the hits of that standing.
  private struct TermStrength {
    let term: TermID
    let kind: TermKind
    let strength: RiskPoint.Strength
    let weight: Double
    let hits: [Int]
  }

  /// The terms that were hit, the strongest first.
  private func termStrengths() -> [TermStrength] {
    var byTerm: [TermID: [Int]] = [:]
    for (index, hit) in hits.enumerated() { byTerm[hit.term, default: []].append(index) }
    let strengths = byTerm.map { id, places in
      let term = lexicons[id]
      let counted = places.filter { hits[$0].standing.isCounted }
      if !counted.isEmpty {
        return TermStrength(term: id, kind: term.kind, strength: .full, weight: Double(term.weight), hits: counted)
      }
      let weak = places.filter { hits[$0].standing.isWeak }
      if !weak.isEmpty {
        let share = term.kind == .harmless ? Self.farShare : Self.weakShare
        return TermStrength(
          term: id, kind: term.kind, strength: .weak, weight: Double(term.weight) * share, hits: weak)
      }
      return TermStrength(term: id, kind: term.kind, strength: .void, weight: 0, hits: places)
    }
    return strengths.sorted { $0.weight != $1.weight ? $0.weight > $1.weight : $0.term < $1.term }
  }

  private mutating func add(_ ground: RiskPoint.Ground, weight: Double, hits: [Int]) {
    let share = weight * (100 - risk) / 100
    risk += share
    shares.append((ground, share, hits))
  }

  // MARK: The three steps

  private mutating func addEvidence(_ strengths: [TermStrength]) {
    var seen: Set<String> = []
    for term in strengths where term.kind.isEvidence && term.strength != .void {
      let denoted = lexicons[term.term].denotes
      let isFirst = denoted.isEmpty || seen.insert(denoted).inserted
      add(
        .term(term.term, isFirst ? term.strength : .repeated), weight: isFirst ? term.weight : 0, hits: term.hits)
    }
    if let cell { add(.speciesCell(cell), weight: Self.weight(ofSpeciesCell: cell), hits: []) }
  }

  private func countsInFull(_ strengths: [TermStrength]) -> Bool {
    strengths.contains { $0.kind.isEvidence && $0.strength == .full }
  }

  private mutating func addAppendix(_ strengths: [TermStrength]) {
    guard countsInFull(strengths) else { return }
    var best: (taxon: Taxon, weight: Double, hits: [Int])?
    for term in strengths where term.kind.isEvidence && term.strength == .full {
      guard let taxon = lexicons.taxon(of: term.term) else { continue }
      let weight = Self.weight(ofAppendixOf: taxon)
      if weight > best?.weight ?? 0 { best = (taxon, weight, term.hits) }
    }
    if let cell {
      let weight = Self.weight(ofAppendixOf: cell)
      if weight > best?.weight ?? 0 { best = (cell, weight, []) }
    }
    if let best { add(.appendix(best.taxon), weight: best.weight, hits: best.hits) }
  }

  private mutating func addTransactions(_ strengths: [TermStrength]) {
    let isOffer = countsInFull(strengths)
    var left = Self.transactionLimit
    for cue in strengths where cue.kind == .transactionCue && cue.strength != .void {
      guard isOffer else {
        shares.append((.transaction(cue.term, .idle), 0, cue.hits))
        continue
      }
      let share = min(left, cue.weight * (100 - risk) / 100)
      left -= share
      risk += share
      shares.append((.transaction(cue.term, cue.strength), share, cue.hits))
    }
  }

  private mutating func takeHarmless(_ strengths: [TermStrength]) {
    var seen: Set<String> = []
    for term in strengths where term.kind == .harmless && term.strength != .void {
      let group = lexicons[term.term].denotes
      guard seen.insert(group).inserted else { continue }
      let share = term.weight * risk / 100
      let strength = risk > 0 ? term.strength : .idle
      risk -= share
      shares.append((.harmless(group, term.term, strength), -share, term.hits))
    }
  }

  private mutating func showVoid(_ strengths: [TermStrength]) {
    for term in strengths where term.strength == .void {
      switch term.kind {
      case .transactionCue: shares.append((.transaction(term.term, .void), 0, term.hits))
      case .harmless: shares.append((.harmless(lexicons[term.term].denotes, term.term, .void), 0, term.hits))
      case .context: break
      default: shares.append((.term(term.term, .void), 0, term.hits))
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
