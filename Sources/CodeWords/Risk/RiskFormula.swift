import Taxa

/// Computes a listing's risk from its hits.
///
/// Rule:   1. Evidence, strongest first. Each thing that terms denote counts once, however many words name it, and adds
///         `weight x (100 - risk) / 100`. A weak term has a fifth of its weight. The species cell counts like a term.
///         2. If any evidence counted in full: the strictest appendix among the taxa named, by the same rule, then
///         transaction cues, which together add at most `transactionLimit`.
///         3. Benign groups, strongest first. Each counts once and takes away `weight x risk / 100`. A group far from all
///         evidence has two fifths of its weight.
///         Points are rounded by largest remainder, so that they add up to the rounded risk.
/// Laws:   the order of hits does not matter; a suppressed hit changes nothing; a benign word never raises the risk.
/// Cost:   O(hits log hits).
struct RiskFormula {
  /// The share of its weight that a hit keeps without what it needs.
  static let weakShare = 0.2
  /// The share that a benign word keeps far from all evidence: further down, honest adverts name cages, books, other
  /// goods and the dog that may chase the bird.
  static let farShare = 0.4
  /// What all transaction cues together may add. Every honest seller uses some of them.
  static let transactionLimit = 12.0

  /// How far the appendix of a named taxon raises the risk.
  ///
  /// Units:  20, 10 and 5 for Appendices I to III; 0 for none.
  static func weight(ofAppendixOf taxon: Taxon) -> Double {
    switch Appendix(of: taxon) {
    case .first: 20
    case .second: 10
    case .third: 5
    case nil: 0
    }
  }

  /// How far the species cell raises the risk. Scrapers often fill that column from the very keyword that found the
  /// listing, so it says little of its own.
  ///
  /// Units:  15, 10 and 6 for Appendices I to III; 3 for none.
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
  /// The taxon of the species cell.
  private let cell: Taxon?
  /// Whether reasons are collected, or only the risk is summed up.
  private var keepsReasons = false
  private var shares: [(reason: RiskPoint.Reason, share: Double, hits: [Int])] = []
  /// The risk so far, 0 to 100.
  private var risk = 0.0

  /// The formula for one listing.
  init(_ lexicons: CompiledLexicons, _ hits: [Hit], speciesCell: Taxon?) {
    self.lexicons = lexicons
    self.hits = hits
    cell = speciesCell
  }

  /// Whether any evidence counts, even weakly.
  ///
  /// Cost:   O(hits).
  static func hasEvidence(_ hits: [Hit], _ lexicons: CompiledLexicons) -> Bool {
    hits.contains { lexicons.facts(of: $0.term).isEvidence && !$0.status.isSuppressed }
  }

  /// The risk with its reasons.
  func computedRisk() -> Risk {
    var formula = self
    formula.keepsReasons = true
    let strengths = formula.termStrengths()
    formula.compute(strengths)
    formula.addSuppressed(strengths)
    return formula.rounded()
  }

  /// The value alone, the same as that of `computedRisk()`, without collecting reasons.
  func value() -> Int {
    var formula = self
    formula.compute(formula.termStrengths())
    return formula.wholeRisk
  }

  /// The risk as shown, 0 to 100.
  private var wholeRisk: Int { max(0, min(100, Int(risk.rounded()))) }

  /// Applies the three steps in order.
  private mutating func compute(_ strengths: [TermStrength]) {
    addEvidence(strengths)
    addAppendix(strengths)
    addTransactions(strengths)
    subtractBenign(strengths)
  }

  // MARK: Terms

  /// A term with the best status that any of its hits has.
  private struct TermStrength {
    let term: TermID
    let facts: TermFacts
    let strength: RiskPoint.Strength
    let weight: Double
    /// Indices of all its hits.
    let indices: ArraySlice<Int>

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

  /// The strength of one term.
  private func strength(of term: TermID, at indices: ArraySlice<Int>) -> TermStrength {
    let facts = lexicons.facts(of: term)
    if indices.contains(where: { hits[$0].status.isCounted }) {
      return TermStrength(term: term, facts: facts, strength: .full, weight: facts.weight, indices: indices)
    }
    if indices.contains(where: { hits[$0].status.isWeak }) {
      let share = facts.kind == .benign ? Self.farShare : Self.weakShare
      return TermStrength(term: term, facts: facts, strength: .weak, weight: facts.weight * share, indices: indices)
    }
    return TermStrength(term: term, facts: facts, strength: .suppressed, weight: 0, indices: indices)
  }

  /// The hits that give a term its strength.
  private func hits(of term: TermStrength) -> [Int] {
    term.indices.filter {
      switch term.strength {
      case .full: hits[$0].status.isCounted
      case .weak: hits[$0].status.isWeak
      default: true
      }
    }
  }

  /// Records a reason, if reasons are wanted.
  private mutating func keep(
    _ reason: @autoclosure () -> RiskPoint.Reason, _ share: Double, _ hits: @autoclosure () -> [Int]
  ) {
    if keepsReasons { shares.append((reason(), share, hits())) }
  }

  /// Raises the risk by a share of what is left to 100.
  ///
  /// Example: a weight of 40 raises 0 to 40, and 50 to 70.
  private mutating func add(
    _ reason: @autoclosure () -> RiskPoint.Reason, weight: Double, hits: @autoclosure () -> [Int]
  ) {
    let share = weight * (100 - risk) / 100
    risk += share
    keep(reason(), share, hits())
  }

  // MARK: The three steps

  /// Step 1: evidence, then the species cell.
  private mutating func addEvidence(_ strengths: [TermStrength]) {
    var seen: [Int32] = []
    for term in strengths where term.facts.isEvidence && term.strength != .suppressed {
      let isFirst = term.facts.denoted.map { !seen.contains($0) } ?? true
      if let denoted = term.facts.denoted, isFirst { seen.append(denoted) }
      let hits = keepsReasons ? self.hits(of: term) : []
      add(.term(term.term, isFirst ? term.strength : .repeated), weight: isFirst ? term.weight : 0, hits: hits)
    }
    if let cell { add(.speciesCell(cell), weight: Self.weight(ofSpeciesCell: cell), hits: []) }
  }

  /// Whether any evidence counts in full.
  private func countsInFull(_ strengths: [TermStrength]) -> Bool {
    strengths.contains { $0.facts.isEvidence && $0.strength == .full }
  }

  /// Step 2: the strictest appendix among the taxa named.
  private mutating func addAppendix(_ strengths: [TermStrength]) {
    guard countsInFull(strengths) else { return }
    var best: TermStrength?
    for term in strengths where term.facts.isEvidence && term.strength == .full {
      if term.facts.appendixWeight > best?.facts.appendixWeight ?? 0 { best = term }
    }
    if let cell, case let weight = Self.weight(ofAppendixOf: cell), weight > best?.facts.appendixWeight ?? 0 {
      add(.appendix(cell), weight: weight, hits: [])
    } else if let best, let taxon = lexicons.taxon(of: best.term) {
      let hits = keepsReasons ? self.hits(of: best) : []
      add(.appendix(taxon), weight: best.facts.appendixWeight, hits: hits)
    }
  }

  /// Step 2: transaction cues, up to their common limit.
  private mutating func addTransactions(_ strengths: [TermStrength]) {
    let isOffer = countsInFull(strengths)
    var left = Self.transactionLimit
    for cue in strengths where cue.kind == .transactionCue && cue.strength != .suppressed {
      let hits = keepsReasons ? self.hits(of: cue) : []
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

  /// Step 3: benign groups, each once.
  private mutating func subtractBenign(_ strengths: [TermStrength]) {
    var seen: [Int32?] = []
    for term in strengths
    where term.kind == .benign && term.strength != .suppressed && !seen.contains(term.facts.denoted) {
      seen.append(term.facts.denoted)
      let share = term.weight * risk / 100
      let strength = risk > 0 ? term.strength : .idle
      risk -= share
      let hits = keepsReasons ? self.hits(of: term) : []
      let lexicons = lexicons
      keep(.benign(lexicons[term.term].denotes, term.term, strength), -share, hits)
    }
  }

  /// Lists suppressed terms with 0 points, so that people see why they do not count.
  private mutating func addSuppressed(_ strengths: [TermStrength]) {
    for term in strengths where term.strength == .suppressed {
      let hits = hits(of: term)
      switch term.kind {
      case .transactionCue: shares.append((.transaction(term.term, .suppressed), 0, hits))
      case .benign: shares.append((.benign(lexicons[term.term].denotes, term.term, .suppressed), 0, hits))
      case .context: break
      default: shares.append((.term(term.term, .suppressed), 0, hits))
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
      points: zip(shares, points).map { RiskPoint(reason: $0.reason, points: $1, hits: $0.hits) })
  }
}

/// The CITES appendix by which a taxon raises the risk.
enum Appendix {
  case first, second, third

  /// Where populations of a species are in several appendices, the strictest. Where species of a higher taxon are, the
  /// mildest: most parrots and orchids are in Appendix II, and a word for all of them says no more.
  ///
  /// Fails:  nil for a taxon in no appendix.
  init?(of taxon: Taxon) {
    let parts = (taxon.appendix ?? "").split { !"IVX".contains($0) }
    let named: [Appendix] = [("I", .first), ("II", .second), ("III", Appendix.third)].filter { parts.contains($0.0) }
      .map(\.1)
    let isSpecies = taxon.rank >= .species
    guard let appendix = isSpecies ? named.first : named.last else { return nil }
    self = appendix
  }
}
