/// How well a score ranks positives before negatives.
///
/// Shape:  equal scores have no order. Every measure is the mean over all their orders, so it does not depend on the order
///         of rows.
/// Cost:   O(n log n).
/// Source: McSherry & Najork 2008, "Computing information retrieval performance measures efficiently in the presence of
///         tied scores".
package struct RankingQuality: Sendable {
  /// Everything that was ranked.
  package let count: Int
  /// What should be ranked first.
  package let positives: Int
  /// Groups of equal scores, the highest score first.
  private let ties: [(count: Int, positives: Int)]

  /// - Parameter isPositive: for each score, whether it belongs to a positive.
  ///
  /// Limits: traps where there are not as many labels as scores.
  package init(scores: [Double], isPositive: [Bool]) {
    precondition(scores.count == isPositive.count, "\(scores.count) scores for \(isPositive.count) labels")
    count = scores.count
    positives = isPositive.count { $0 }
    var ties: [(count: Int, positives: Int)] = []
    var last: Double?
    for index in scores.indices.sorted(by: { scores[$0] > scores[$1] }) {
      if scores[index] != last { ties.append((0, 0)) }
      last = scores[index]
      ties[ties.count - 1].count += 1
      if isPositive[index] { ties[ties.count - 1].positives += 1 }
    }
    self.ties = ties
  }

  /// The share of positives: the precision that a random ranking has everywhere.
  package var baseRate: Double { count == 0 ? 0 : Double(positives) / Double(count) }

  /// The mean, over all positives, of the precision at each one's rank; 0 without positives.
  ///
  /// Units:  0 to 1.
  /// Cost:   O(n).
  package var averagePrecision: Double {
    guard positives > 0 else { return 0 }
    var sum = 0.0
    var (before, found) = (0.0, 0.0)
    for tie in ties {
      let (n, r) = (Double(tie.count), Double(tie.positives))
      for rank in 0..<tie.count where tie.positives > 0 {
        let othersBefore = tie.count > 1 ? Double(rank) * (r - 1) / (n - 1) : 0
        sum += r / n * (found + othersBefore + 1) / (before + Double(rank) + 1)
      }
      before += n
      found += r
    }
    return sum / Double(positives)
  }

  /// The share of positives among the first `limit`.
  ///
  /// Units:  0 to 1; 0 where nothing is ranked.
  /// Limits: a `limit` beyond the end means all.
  package func precision(at limit: Int) -> Double {
    let limit = min(limit, count)
    return limit == 0 ? 0 : found(in: limit) / Double(limit)
  }

  /// The share of all positives that is among the first `limit`.
  ///
  /// Units:  0 to 1; 0 without positives.
  package func recall(at limit: Int) -> Double {
    positives == 0 ? 0 : found(in: min(limit, count)) / Double(positives)
  }

  /// The expected number of positives among the first `limit`.
  private func found(in limit: Int) -> Double {
    var left = limit
    var found = 0.0
    for tie in ties {
      guard left > 0 else { break }
      let taken = min(left, tie.count)
      found += Double(tie.positives) * Double(taken) / Double(tie.count)
      left -= taken
    }
    return found
  }
}
