import Listings

/// How benign words and evidence of wildlife bear on each other.
extension HitJudging {
  /// Marks benign words of the description as weak where no evidence is near: further down, an advert is about the cage,
  /// the delivery or the seller's other goods.
  ///
  /// It does not matter whether that evidence counts: adding a benign word must never weaken another one.
  /// Cost:   O(candidates), in two sweeps over their order.
  func markFarBenign(_ candidates: inout [Candidate]) {
    let isInTitle = candidates.contains { isEvidence($0) && $0.field == .title }
    var far: [Int] = []
    var before = isInTitle ? 0..<0 : nil
    for index in candidates.indices where candidates[index].field == .description {
      let bytes = candidates[index].bytes
      if isEvidence(candidates[index]) {
        if before == nil || before!.upperBound < bytes.upperBound { before = bytes }
      } else if isBenign(candidates[index]), before.map({ isNear($0, bytes) }) != true {
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

  /// Where evidence and a benign word overlap and one contains the other, the longer one is meant: `tiger lily`, and
  /// `羚羊角` of an antelope around `羊角` of a sheep.
  ///
  /// Cost:   O(candidates), in two sweeps.
  /// Limits: hits with exactly the same bytes do not suppress each other.
  func markOpposites(_ candidates: inout [Candidate]) {
    markCovered(&candidates, in: isBenign, which: isEvidence)
    markCovered(&candidates, in: { isEvidence($0) && $0.isNeedMet }, which: isBenign)
  }

  private func isBenign(_ candidate: Candidate) -> Bool { lexicons.facts(of: candidate.term).kind == .benign }
  private func isEvidence(_ candidate: Candidate) -> Bool { lexicons.facts(of: candidate.term).isEvidence }

  /// Suppresses hits within a longer hit of the other sort. The candidates are in order, the longest first.
  private func markCovered(
    _ candidates: inout [Candidate], in isLonger: (Candidate) -> Bool, which isPart: (Candidate) -> Bool
  ) {
    var longest: Candidate?
    for index in candidates.indices where candidates[index].reason == nil {
      let candidate = candidates[index]
      if isLonger(candidate) {
        if let known = longest, known.field == candidate.field, known.bytes.upperBound >= candidate.bytes.upperBound {
          continue
        }
        longest = candidate
      } else if let longest, isPart(candidate), longest.field == candidate.field,
        longest.bytes.upperBound >= candidate.bytes.upperBound, longest.bytes != candidate.bytes
      {
        candidates[index].reason = .part(of: longest.term, bytes: longest.bytes)
      }
    }
  }
}

/// Stretches that benign groups do not claim: where a guard of a benign term matched, as `not resin` and `with cage`.
///
/// A word within such a stretch is no evidence for the group, whichever row or language it comes from.
/// Cost:   a lookup visits the guards that begin within the longest guard's length before the position.
struct BenignExceptions {
  private struct Stretch {
    /// The benign group.
    let group: String
    /// The guard.
    let word: HitJudging.NearbyWord
  }

  private var title: [Stretch] = []
  private var description: [Stretch] = []
  /// The length of the longest guard, in bytes.
  private var longest = 0

  var isEmpty: Bool { title.isEmpty && description.isEmpty }

  /// Adds a guard of a group. `sort()` must follow before lookups.
  mutating func add(_ word: HitJudging.NearbyWord, of group: String) {
    longest = max(longest, word.bytes.count)
    let stretch = Stretch(group: group, word: word)
    if word.field == .title { title.append(stretch) } else { description.append(stretch) }
  }

  /// Orders the guards by their beginnings, as lookups expect them.
  mutating func sort() {
    title.sort { $0.word.bytes.lowerBound < $1.word.bytes.lowerBound }
    description.sort { $0.word.bytes.lowerBound < $1.word.bytes.lowerBound }
  }

  /// The guard of a group that covers a range of a field; nil for none.
  ///
  /// Shape:  of several, the one that begins first.
  func word(of group: String, around bytes: Range<Int>, in field: Field) -> HitJudging.NearbyWord? {
    let stretches = field == .title ? title : description
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].word.bytes.lowerBound < bytes.upperBound - longest {
        low = middle + 1
      } else {
        high = middle
      }
    }
    for stretch in stretches[low...] {
      if stretch.word.bytes.lowerBound > bytes.lowerBound { return nil }
      if stretch.group == group, stretch.word.bytes.upperBound >= bytes.upperBound { return stretch.word }
    }
    return nil
  }

  /// The guard that covers a hit of a benign term; nil for none, and for other terms.
  func word(around hit: HitJudging.Candidate, _ lexicons: CompiledLexicons) -> HitJudging.NearbyWord? {
    guard !isEmpty, lexicons.facts(of: hit.term).kind == .benign else { return nil }
    return word(of: lexicons[hit.term].denotes, around: hit.bytes, in: hit.field)
  }
}
