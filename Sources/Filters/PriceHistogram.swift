import Listings

/// Prices in US dollars on a logarithmic scale, and beside them the listings whose price has no place on it.
///
/// Shape:  `buckets[i]` counts prices from `edges[i]` up to, not including, `edges[i + 1]`; edges are nothing,
///         then the steps 1-2-5 of each decade from two cents to five hundred million; the last edge is open.
/// Units:  US dollars at the shipped, dated rates: for ordering and bands, not a valuation.
package struct PriceHistogram: Equatable, Sendable {
  package let buckets: [Int]
  /// No price was given.
  package let missing: Int
  /// A price was given, but it has no readable amount or no known currency: what `price:unread` asks for.
  package let unread: Int

  /// Ten-thousandths of a US dollar.
  package static let edges: [Int64] = {
    var edges: [Int64] = []
    var decade: Int64 = 100
    while decade <= 1_000_000_000_000 {
      edges += [decade, decade * 2, decade * 5]
      decade *= 10
    }
    // What costs nothing, or "1" of a small currency, has a price, and must not be counted as unread.
    edges[0] = 0
    return edges + [.max]
  }()

  package static func edge(_ index: Int) -> Amount { Amount(tenThousandths: edges[index]) }

  package init(buckets: [Int], missing: Int, unread: Int) {
    self.buckets = buckets
    self.missing = missing
    self.unread = unread
  }

  package init(of dataset: Dataset, among rows: RowSet, _ cancellation: Cancellation? = nil) {
    let counted = ValueCounts.counts(
      of: dataset.usDollars, missing: Dataset.noAmount, edges: Self.edges, among: rows, cancellation)
    buckets = counted.buckets
    // Blocks without any of the rows, as those counted before a dataset grew, need not be looked at.
    let first = (rows.words.firstIndex { $0 != 0 } ?? 0) / (blockSize / 64)
    let blank = MatchingRows.rows(
      of: dataset, bytes: dataset.priceStates, equalTo: PriceState.missing.rawValue, from: first)
    missing = blank?.intersection(rows).count ?? 0
    unread = counted.outside - missing
  }

  /// Of rows counted in two parts.
  static func + (a: PriceHistogram, b: PriceHistogram) -> PriceHistogram {
    PriceHistogram(
      buckets: zip(a.buckets, b.buckets).map { $0 + $1 }, missing: a.missing + b.missing, unread: a.unread + b.unread)
  }

  /// The buckets that hold anything, from the first to the last; nil when none does.
  package var occupied: ClosedRange<Int>? {
    guard let first = buckets.firstIndex(where: { $0 > 0 }), let last = buckets.lastIndex(where: { $0 > 0 }) else {
      return nil
    }
    return first...last
  }
}
