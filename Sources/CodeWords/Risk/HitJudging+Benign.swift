import Listings

/// How benign words and evidence of wildlife bear on each other.
extension NearWords {
  /// Marks benign words of the description as weak where no evidence is near: further down, an advert is about the cage,
  /// the delivery or the seller's other goods.
  ///
  /// It does not matter whether that evidence counts: adding a benign word must never weaken another one.
  /// Cost:   O(hits), in two sweeps over their order; a text without benign words allocates nothing.
  func markFarBenign(_ hits: Hits) {
    guard hits.contains(where: { !$0.isInTitle && isBenign($0) }) else { return }
    let isInTitle = hits.contains { $0.isInTitle && isEvidence($0) }
    var far: [Int] = []
    var before = isInTitle ? 0..<0 : nil
    for index in 0..<hits.count where !hits[index].isInTitle {
      let bytes = hits[index].bytes
      if isEvidence(hits[index]) {
        if before == nil || before!.upperBound < bytes.upperBound { before = bytes }
      } else if isBenign(hits[index]), before.map({ isNear($0, bytes) }) != true {
        far.append(index)
      }
    }
    var behind: Range<Int>?
    for index in stride(from: hits.count - 1, through: 0, by: -1) where !hits[index].isInTitle {
      if isEvidence(hits[index]) { behind = hits[index].bytes }
      guard far.last == index else { continue }
      far.removeLast()
      if behind.map({ isNear($0, hits[index].bytes) }) != true { hits[index].isNeedMet = false }
    }
  }

  /// Where evidence and a benign word overlap and one contains the other, the longer one is meant: `tiger lily`, and
  /// `羚羊角` of an antelope around `羊角` of a sheep.
  ///
  /// Cost:   O(hits), in two sweeps.
  /// Limits: hits with exactly the same bytes do not suppress each other.
  func markOpposites(_ hits: Hits) {
    markCovered(hits, byBenign: true)
    markCovered(hits, byBenign: false)
  }

  private func isBenign(_ hit: Candidate) -> Bool { tables.facts(of: hit.term).kind == .benign }
  private func isEvidence(_ hit: Candidate) -> Bool { tables.facts(of: hit.term).isEvidence }

  /// Suppresses hits within a longer hit of the other sort. The hits are in order, the longest first.
  ///
  /// - Parameter byBenign: whether evidence is suppressed within benign words, or benign words within evidence whose needs
  ///   are met.
  private func markCovered(_ hits: Hits, byBenign: Bool) {
    var longest: Int?
    for index in 0..<hits.count where hits[index].reason == nil {
      let facts = tables.facts(of: hits[index].term)
      let (isBenign, isEvidence) = (facts.kind == .benign, facts.isEvidence)
      if byBenign ? isBenign : isEvidence && hits[index].isNeedMet {
        if let longest, hits[longest].isInTitle == hits[index].isInTitle, hits[longest].end >= hits[index].end {
          continue
        }
        longest = index
      } else if let longest, byBenign ? isEvidence : isBenign, hits[longest].isInTitle == hits[index].isInTitle,
        hits[longest].end >= hits[index].end, hits[longest].bytes != hits[index].bytes
      {
        hits[index].reason = .part(of: hits[longest].term, start: hits[longest].start, end: hits[longest].end)
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

  /// Collects the exceptions of a text in place of those of the last one.
  ///
  /// - Parameter near: the cues of the text, from which nothing is left out yet.
  mutating func take(from hits: NearWords.Hits, _ near: NearWords) {
    removeAll()
    for hit in hits {
      let facts = near.tables.facts(of: hit.term)
      guard facts.kind == .benign, let group = facts.denoted, let word = near.covering(hit) else { continue }
      add(word, of: group)
    }
    if !isEmpty { sort() }
  }

  /// Adds a guard of a group. `sort()` must follow before lookups.
  private mutating func add(_ word: HitJudging.NearbyWord, of group: Int32) {
    longest = max(longest, word.end - word.start)
    let stretch = Stretch(group: group, word: word)
    if word.isInTitle { title.append(stretch) } else { description.append(stretch) }
  }

  /// Forgets all guards.
  private mutating func removeAll() {
    if isEmpty { return }
    title.removeAll(keepingCapacity: true)
    description.removeAll(keepingCapacity: true)
    longest = 0
  }

  /// Orders the guards by their beginnings, as lookups expect them.
  private mutating func sort() {
    title.sort { $0.word.start < $1.word.start }
    description.sort { $0.word.start < $1.word.start }
  }

  /// The guard of a group that covers a range of a field; nil for none.
  ///
  /// Shape:  of several, the one that begins first.
  func word(of group: Int32, around start: UInt32, _ end: UInt32, inTitle: Bool) -> HitJudging.NearbyWord? {
    // Mostly there are none, and then nothing is retained.
    if inTitle ? title.isEmpty : description.isEmpty { return nil }
    let stretches = inTitle ? title : description
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
