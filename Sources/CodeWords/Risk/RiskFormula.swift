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
  /// Those of `lexicons`, which keeps them alive.
  private let facts: UnsafePointer<TermFacts>
  /// What the species cell adds.
  private var cell: SpeciesWeights?
  /// The taxon of the species cell, where reasons are collected.
  private var cellTaxon: Taxon?
  /// Whether reasons are collected, or only the risk is summed up.
  private var keepsReasons = false
  private var shares: [(reason: RiskPoint.Reason, share: Double, hits: [Int])] = []
  /// The risk so far, 0 to 100.
  private var risk = 0.0
  /// Each hit as its term's number, times 2^32, plus its index; ascending, thus by term, then by index.
  private var order: [UInt64] = []
  /// The terms that were hit, the strongest first.
  private var strengths: [TermStrength] = []
  /// Whether any evidence counts in full.
  private var isOffer = false
  /// What the evidence so far denotes, and the benign groups so far.
  private var seen: [Int32] = []

  /// For many listings in turn, with buffers that are reused.
  init(_ lexicons: CompiledLexicons) {
    self.lexicons = lexicons
    facts = lexicons.tables.facts.base
  }

  /// The risk with its reasons.
  ///
  /// Shape:  the hits that a point names are indices of `hits`.
  mutating func risk(of hits: [HitJudging.Candidate], speciesCell: Taxon?) -> Risk {
    keepsReasons = true
    cellTaxon = speciesCell
    compute(hits, speciesCell.map(SpeciesWeights.init))
    addSuppressed(hits)
    defer { shares = [] }
    return rounded()
  }

  /// The value alone, the same as that of `risk(of:speciesCell:)`, without collecting reasons.
  mutating func value(of hits: [HitJudging.Candidate], speciesCell: SpeciesWeights?) -> Int {
    keepsReasons = false
    compute(hits, speciesCell)
    return wholeRisk
  }

  /// The risk as shown, 0 to 100.
  private var wholeRisk: Int { max(0, min(100, Int(risk.rounded()))) }

  /// Applies the three steps in order.
  private mutating func compute(_ hits: [HitJudging.Candidate], _ cell: SpeciesWeights?) {
    self.cell = cell
    risk = 0
    findStrengths(hits)
    isOffer = strengths.contains { facts[Int($0.term.number)].isEvidence && $0.strength == .counted }
    addEvidence(hits)
    addAppendix(hits)
    addTransactions(hits)
    subtractBenign(hits)
  }

  // MARK: Terms

  /// A term with the best standing that any of its hits has.
  private struct TermStrength: BitwiseCopyable {
    let term: TermID
    let strength: HitStanding
    /// What it can add, or take away, at most.
    let weight: Double
    /// The range in `order` of its hits.
    let first: Int32
    let end: Int32
  }

  /// Groups the hits by their terms.
  private mutating func findStrengths(_ hits: [HitJudging.Candidate]) {
    order.removeAll(keepingCapacity: true)
    for index in hits.indices { order.append(UInt64(hits[index].term.number) << 32 | UInt64(index)) }
    order.sort()
    strengths.removeAll(keepingCapacity: true)
    var start = 0
    while start < order.count {
      let term = Self.term(order[start])
      var (end, best) = (start, HitStanding.suppressed)
      while end < order.count, Self.term(order[end]) == term {
        let standing = hits[Self.index(order[end])].standing
        if standing.rawValue > best.rawValue { best = standing }
        end += 1
      }
      strengths.append(
        TermStrength(
          term: term, strength: best, weight: weight(of: term, best), first: Int32(start), end: Int32(end)))
      start = end
    }
    strengths.sort { $0.weight != $1.weight ? $0.weight > $1.weight : $0.term < $1.term }
  }

  /// The term, and the index of the hit, of an element of `order`.
  private static func term(_ element: UInt64) -> TermID { TermID(UInt16(element >> 32)) }
  private static func index(_ element: UInt64) -> Int { Int(element & 0xFFFF_FFFF) }

  /// The weight of a term whose best hit has a standing.
  private func weight(of term: TermID, _ standing: HitStanding) -> Double {
    let facts = facts[Int(term.number)]
    switch standing {
    case .counted: return facts.weight
    case .weak: return facts.weight * (facts.kind == .benign ? Self.farShare : Self.weakShare)
    case .suppressed: return 0
    }
  }

  /// Records a reason, if reasons are wanted.
  ///
  /// - Parameter term: the term whose hits are behind it.
  @inline(__always)
  private mutating func keep(
    _ share: Double, of term: TermStrength?, _ hits: [HitJudging.Candidate],
    _ reason: @autoclosure () -> RiskPoint.Reason
  ) {
    guard keepsReasons else { return }
    let reason = reason()
    shares.append((reason, share, term.map { indices(of: $0, hits) } ?? []))
  }

  /// The hits that give a term its strength.
  private func indices(of term: TermStrength, _ hits: [HitJudging.Candidate]) -> [Int] {
    order[Int(term.first)..<Int(term.end)].map(Self.index).filter { hits[$0].standing == term.strength }
  }

  /// Raises the risk by a share of what is left to 100, and returns that share.
  ///
  /// Example: a weight of 40 raises 0 to 40, and 50 to 70.
  private mutating func add(weight: Double) -> Double {
    let share = weight * (100 - risk) / 100
    risk += share
    return share
  }

  // MARK: The three steps

  /// Step 1: evidence, then the species cell.
  private mutating func addEvidence(_ hits: [HitJudging.Candidate]) {
    seen.removeAll(keepingCapacity: true)
    for term in strengths where term.strength != .suppressed {
      let facts = facts[Int(term.term.number)]
      guard facts.isEvidence else { continue }
      let isFirst = facts.denoted.map { !seen.contains($0) } ?? true
      if let denoted = facts.denoted, isFirst { seen.append(denoted) }
      let share = add(weight: isFirst ? term.weight : 0)
      keep(share, of: term, hits, .term(term.term, isFirst ? term.strength.shown : .repeated))
    }
    guard let cell else { return }
    let share = add(weight: cell.weight)
    if let taxon = cellTaxon { keep(share, of: nil, [], .speciesCell(taxon)) }
  }

  /// Step 2: the strictest appendix among the taxa named.
  private mutating func addAppendix(_ hits: [HitJudging.Candidate]) {
    guard isOffer else { return }
    var best: TermStrength?
    var weight = 0.0
    for term in strengths where term.strength == .counted {
      let facts = facts[Int(term.term.number)]
      if facts.isEvidence, facts.appendixWeight > weight { (best, weight) = (term, facts.appendixWeight) }
    }
    if let cell, cell.appendixWeight > weight {
      let share = add(weight: cell.appendixWeight)
      if let taxon = cellTaxon { keep(share, of: nil, [], .appendix(taxon)) }
    } else if let best {
      let share = add(weight: weight)
      if keepsReasons, let taxon = lexicons.taxon(of: best.term) { keep(share, of: best, hits, .appendix(taxon)) }
    }
  }

  /// Step 2: transaction cues, up to their common limit.
  private mutating func addTransactions(_ hits: [HitJudging.Candidate]) {
    var left = Self.transactionLimit
    for cue in strengths where cue.strength != .suppressed && facts[Int(cue.term.number)].kind == .transactionCue {
      guard isOffer else {
        keep(0, of: cue, hits, .transaction(cue.term, .idle))
        continue
      }
      let share = min(left, cue.weight * (100 - risk) / 100)
      left -= share
      risk += share
      keep(share, of: cue, hits, .transaction(cue.term, cue.strength.shown))
    }
  }

  /// Step 3: benign groups, each once.
  private mutating func subtractBenign(_ hits: [HitJudging.Candidate]) {
    seen.removeAll(keepingCapacity: true)
    for term in strengths where term.strength != .suppressed {
      let facts = facts[Int(term.term.number)]
      let group = facts.denoted ?? -1
      guard facts.kind == .benign, !seen.contains(group) else { continue }
      seen.append(group)
      let share = term.weight * risk / 100
      let strength = risk > 0 ? term.strength.shown : .idle
      risk -= share
      if keepsReasons {
        let group = lexicons[term.term].denotes
        keep(-share, of: term, hits, .benign(group, term.term, strength))
      }
    }
  }

  /// Lists suppressed terms with 0 points, so that people see why they do not count.
  private mutating func addSuppressed(_ hits: [HitJudging.Candidate]) {
    for term in strengths where term.strength == .suppressed {
      let indices = self.indices(of: term, hits)
      switch facts[Int(term.term.number)].kind {
      case .transactionCue: shares.append((.transaction(term.term, .suppressed), 0, indices))
      case .benign: shares.append((.benign(lexicons[term.term].denotes, term.term, .suppressed), 0, indices))
      case .context: break
      default: shares.append((.term(term.term, .suppressed), 0, indices))
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

extension HitStanding {
  /// The strength that a term has by its best hit.
  fileprivate var shown: RiskPoint.Strength {
    switch self {
    case .counted: .full
    case .weak: .weak
    case .suppressed: .suppressed
    }
  }
}

/// What the taxon of a species cell adds to the risk.
package struct SpeciesWeights: BitwiseCopyable, Sendable {
  /// By being named.
  let weight: Double
  /// By its appendix, where evidence counts in full.
  let appendixWeight: Double

  package init(_ taxon: Taxon) {
    weight = RiskFormula.weight(ofSpeciesCell: taxon)
    appendixWeight = RiskFormula.weight(ofAppendixOf: taxon)
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
