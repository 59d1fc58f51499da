import Listings
import Synchronization

/// Texts that agree with one of them, which represents them.
///
/// Shape:  `members` begins with the representative.
struct TextGroup: Sendable {
  var members: [UInt32]
  /// How alike the member is that is least like the representative.
  var alike: Double
}

/// Turns texts that pairs join into groups whose members all agree with their representative: a chain of near-misses falls
/// apart into several groups.
///
/// Shape:  the text with the most verified pairs represents the others; what does not agree with it tries the next one.
/// Cost:   a verification for each text that was not verified with its representative before; more where a chain falls
///         apart, up to `mostRounds` a text.
/// Limits: what is left of a chain after that stays single.
struct Clustering {
  let alike: AlikeTexts

  private static let mostRounds = 32

  /// Nil when cancelled.
  func groups(_ cancellation: Cancellation?) -> [TextGroup]? {
    let parents = alike.parents
    var sorted = parents.indices.map { UInt64(parents[$0]) << 32 | UInt64($0) }
    guard RadixSort.sortByUpperHalf(&sorted, cancellation) else { return nil }
    var joined: [Range<Int>] = []
    var first = 0
    while first < sorted.count {
      var end = first + 1
      while end < sorted.count, sorted[end] >> 32 == sorted[first] >> 32 { end += 1 }
      if end - first > 1 { joined.append(first..<end) }
      first = end
    }
    let known = KnownPairs(alike)
    let found = Mutex([Int: [TextGroup]]())
    Parallel.parts(joined.count, minimum: 8) { part, range in
      let comparison = TextComparison(alike.texts, alike.rarity, alike.likeness)
      var groups: [TextGroup] = []
      for index in range {
        if cancellation?.isCancelled == true { return }
        let members = sorted[joined[index]].map { UInt32(truncatingIfNeeded: $0) }
        groups += split(members, known, comparison, cancellation)
      }
      let done = groups
      found.withLock { $0[part] = done }
    }
    if cancellation?.isCancelled == true { return nil }
    return found.withLock { parts in parts.keys.sorted().flatMap { parts[$0] ?? [] } }
  }

  private func split(
    _ members: [UInt32], _ known: KnownPairs, _ comparison: TextComparison, _ cancellation: Cancellation?
  ) -> [TextGroup] {
    let degrees = alike.degrees
    var left = members.sorted { (degrees[Int($1)], $0) < (degrees[Int($0)], $1) }
    var groups: [TextGroup] = []
    var work = members.count * Self.mostRounds
    while left.count > 1, work > 0, cancellation?.isCancelled != true {
      var group = TextGroup(members: [left[0]], alike: 1)
      var others: [UInt32] = []
      for member in left.dropFirst() {
        if let alike = known.alike(left[0], member) ?? comparison.alike(Int(left[0]), Int(member)) {
          group.members.append(member)
          group.alike = min(group.alike, alike)
        } else {
          others.append(member)
        }
      }
      work -= left.count
      if group.members.count > 1 { groups.append(group) }
      left = others
    }
    return groups
  }
}

/// The pairs that were verified, for looking them up.
private struct KnownPairs: Sendable {
  private let pairs: [UInt64]
  private let likenesses: [Float]

  init(_ alike: AlikeTexts) {
    let order = alike.pairs.indices.sorted { alike.pairs[$0] < alike.pairs[$1] }
    pairs = order.map { alike.pairs[$0] }
    likenesses = order.map { alike.likenesses[$0] }
  }

  func alike(_ a: UInt32, _ b: UInt32) -> Double? {
    let pair = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
    var (low, high) = (0, pairs.count)
    while low < high {
      let middle = (low + high) / 2
      if pairs[middle] < pair { low = middle + 1 } else { high = middle }
    }
    return low < pairs.count && pairs[low] == pair ? Double(likenesses[low]) : nil
  }
}
