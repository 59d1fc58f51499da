import Listings

/// How benign words and evidence of wildlife bear on each other.
extension HitJudging {
  /// Marks benign words of the description as weak where no evidence is near: further down, an advert is about the cage,
  /// the delivery or the seller's other goods.
  ///
  /// It does not matter whether that evidence counts: adding a benign word must never weaken another one.
  /// Cost:   O(candidates), in two sweeps over their order.
  mutating func markFarBenign() {
    guard candidates.contains(where: { isBenign($0) && !$0.isInTitle }) else { return }
    let isInTitle = candidates.contains { isEvidence($0) && $0.isInTitle }
    var far: [Int] = []
    var before = isInTitle ? 0..<0 : nil
    for index in candidates.indices where !candidates[index].isInTitle {
      let bytes = candidates[index].bytes
      if isEvidence(candidates[index]) {
        if before == nil || before!.upperBound < bytes.upperBound { before = bytes }
      } else if isBenign(candidates[index]), before.map({ isNear($0, bytes) }) != true {
        far.append(index)
      }
    }
    var behind: Range<Int>?
    for index in candidates.indices.reversed() where !candidates[index].isInTitle {
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
  mutating func markOpposites() {
    markCovered(byBenign: true)
    markCovered(byBenign: false)
  }

  private func isBenign(_ candidate: Candidate) -> Bool { lexicons.facts(of: candidate.term).kind == .benign }
  private func isEvidence(_ candidate: Candidate) -> Bool { lexicons.facts(of: candidate.term).isEvidence }

  /// Suppresses hits within a longer hit of the other sort. The candidates are in order, the longest first.
  ///
  /// - Parameter byBenign: whether evidence is suppressed within benign words, or benign words within evidence whose needs
  ///   are met.
  private mutating func markCovered(byBenign: Bool) {
    var longest: Candidate?
    for index in candidates.indices where candidates[index].reason == nil {
      let candidate = candidates[index]
      let facts = lexicons.facts(of: candidate.term)
      let (isBenign, isEvidence) = (facts.kind == .benign, facts.isEvidence)
      if byBenign ? isBenign : isEvidence && candidate.isNeedMet {
        if let known = longest, known.isInTitle == candidate.isInTitle, known.end >= candidate.end { continue }
        longest = candidate
      } else if let longest, byBenign ? isEvidence : isBenign, longest.isInTitle == candidate.isInTitle,
        longest.end >= candidate.end, longest.bytes != candidate.bytes
      {
        candidates[index].reason = .part(of: longest.term, start: longest.start, end: longest.end)
      }
    }
  }
}

/// Stretches that benign groups do not claim: where a guard of a benign term matched, as `not resin` and `with cage`.
///
/// A word within such a stretch is no evidence for the group, whichever row or language it comes from.
/// Cost:   a lookup visits the guards that begin within the longest guard's length before the position.
struct BenignExceptions {
  private struct Stretch: BitwiseCopyable {
    /// The number of the benign group.
    let group: Int32
    /// The guard.
    let word: HitJudging.NearbyWord
  }

  private var title: [Stretch] = []
  private var description: [Stretch] = []
  /// The length of the longest guard, in bytes.
  private var longest: UInt32 = 0

  var isEmpty: Bool { title.isEmpty && description.isEmpty }

  /// Adds a guard of a group. `sort()` must follow before lookups.
  mutating func add(_ word: HitJudging.NearbyWord, of group: Int32) {
    longest = max(longest, word.end - word.start)
    let stretch = Stretch(group: group, word: word)
    if word.isInTitle { title.append(stretch) } else { description.append(stretch) }
  }

  /// Forgets all guards.
  mutating func removeAll() {
    if isEmpty { return }
    title.removeAll(keepingCapacity: true)
    description.removeAll(keepingCapacity: true)
    longest = 0
  }

  /// Orders the guards by their beginnings, as lookups expect them.
  mutating func sort() {
    title.sort { $0.word.start < $1.word.start }
    description.sort { $0.word.start < $1.word.start }
  }

  /// The guard of a group that covers a range of a field; nil for none.
  ///
  /// Shape:  of several, the one that begins first.
  func word(of group: Int32, around start: UInt32, _ end: UInt32, inTitle: Bool) -> HitJudging.NearbyWord? {
    let stretches = inTitle ? title : description
    guard !stretches.isEmpty else { return nil }
    var (low, high) = (0, stretches.count)
    while low < high {
      let middle = (low + high) / 2
      if stretches[middle].word.start + longest < end { low = middle + 1 } else { high = middle }
    }
    for index in low..<stretches.count {
      let word = stretches[index].word
      if word.start > start { return nil }
      if stretches[index].group == group, word.end >= end { return word }
    }
    return nil
  }
}
