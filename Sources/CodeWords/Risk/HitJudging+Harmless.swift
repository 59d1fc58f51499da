import Listings

/// How words that speak for something else stand beside those that speak for wildlife.
extension HitJudging {
  /// Marks harmless words of the description as weak that are not near any term that speaks for wildlife: further down,
  /// an advert is about the cage, the delivery or the seller's other things.
  ///
  /// Whether that term counts is not asked: one more harmless word must never make another one weak.
  /// Cost:   O(candidates), two sweeps; they are in order.
  func markFarHarmless(_ candidates: inout [Candidate]) {
    let isInTitle = candidates.contains { isEvidence($0) && $0.field == .title }
    var far: [Int] = []
    var before = isInTitle ? 0..<0 : nil
    for index in candidates.indices where candidates[index].field == .description {
      let bytes = candidates[index].bytes
      if isEvidence(candidates[index]) {
        if before == nil || before!.upperBound < bytes.upperBound { before = bytes }
      } else if isHarmless(candidates[index]), before.map({ isNear($0, bytes) }) != true {
        far.append(index)
      }
    }
    var behind: Range<Int>?
    for index in candidates.indices.reversed() where candidates[index].field == .description {
      if isEvidence(candidates[index]) { behind = candidates[index].bytes }
      guard far.last == index else { continue }
      far.removeLast()
      if behind.map({ isNear($0, candidates[index].bytes) }) != true { candidates[index].isNeedMet = false }
    }
  }

  /// Of a word that speaks for wildlife and one that speaks against it, one of which lies within the other, the longer
  /// one is what is meant: `tiger lily`, and `羚羊角` of an antelope around `羊角` of a sheep.
  func markOpposites(_ candidates: inout [Candidate]) {
    markCovered(&candidates, in: isHarmless, which: isEvidence)
    markCovered(&candidates, in: { isEvidence($0) && $0.isNeedMet }, which: isHarmless)
  }

  private func isHarmless(_ candidate: Candidate) -> Bool { lexicons.facts(of: candidate.term).kind == .harmless }
  private func isEvidence(_ candidate: Candidate) -> Bool { lexicons.facts(of: candidate.term).isEvidence }

  /// Marks what lies within a longer hit of the other sort; the candidates are in order, the longest first.
  private func markCovered(
    _ candidates: inout [Candidate], in isLonger: (Candidate) -> Bool, which isPart: (Candidate) -> Bool
  ) {
    var longest: Candidate?
    for index in candidates.indices where candidates[index].ground == nil {
      let candidate = candidates[index]
      if isLonger(candidate) {
        if let known = longest, known.field == candidate.field, known.bytes.upperBound >= candidate.bytes.upperBound {
          continue
        }
        longest = candidate
      } else if let longest, isPart(candidate), longest.field == candidate.field,
        longest.bytes.upperBound >= candidate.bytes.upperBound, longest.bytes != candidate.bytes
      {
        candidates[index].ground = .part(of: longest.term, bytes: longest.bytes)
      }
    }
  }
}
