import Listings

/// Prices in US dollars on a logarithmic scale, and the listings whose price has no place on it.
///
/// Shape:  `buckets[i]` counts prices from `edges[i]` up to but not including `edges[i + 1]`. The edges are 0, then the
///         steps 1-2-5 of each decade from two cents to five hundred million, then an open end.
/// Units:  US dollars at the shipped, dated rates: for sorting and bands, not a valuation.
/// Cost:   O(rows), with a kernel of `Listings`.
package struct PriceHistogram: Equatable, Sendable {
  /// One count per step of `edges`.
  package let buckets: [Int]
  /// No price is given.
  package let missing: Int
  /// A price is given without a readable amount or a known currency: what `price:unread` finds.
  package let unread: Int
  /// Where the bands begin.
  package let scale: PriceScale

  /// The edges of the standard scale, in ten-thousandths of a US dollar.
  package static let edges: [Int64] = {
    var edges: [Int64] = []
    var decade: Int64 = 100
    while decade <= 1_000_000_000_000 {
      edges += [decade, decade * 2, decade * 5]
      decade *= 10
    }
    // Free goods, and "1" of a small currency, have a price and must not count as unread.
    edges[0] = 0
    return edges + [.max]
  }()

  /// An edge as an amount of US dollars.
  ///
  /// Fails:  traps for an index outside `edges`. The last edge is the largest number, not a price.
  package static func edge(_ index: Int) -> Amount { Amount(tenThousandths: edges[index]) }

  package init(buckets: [Int], missing: Int, unread: Int, scale: PriceScale = .standard) {
    self.scale = scale
    self.buckets = buckets
    self.missing = missing
    self.unread = unread
  }

  /// Counts the prices of some rows.
  ///
  /// Fails:  incomplete when cancelled, so that the caller must look at `cancellation` before it keeps the counts.
  package init(
    of dataset: Dataset, among rows: RowSet, scale: PriceScale = .standard, _ cancellation: Cancellation? = nil
  ) {
    self.scale = scale
    let counted = ValueCounts.counts(
      of: dataset.usDollars, edges: scale.edges, among: rows, cancellation)
    buckets = counted.buckets
    // Blocks without any of the rows, such as those counted before the dataset grew, are skipped.
    let first = (rows.words.firstIndex { $0 != 0 } ?? 0) / (blockSize / 64)
    let blank = MatchingRows.rows(
      of: dataset, bytes: dataset.priceStates, equalTo: PriceState.missing.rawValue, from: first)
    missing = blank?.intersection(rows).count ?? 0
    unread = counted.outside - missing
  }

  /// The same counts by listing: one with several rows counts once in each band that they have.
  ///
  /// - Parameter rows: those that were counted.
  /// - Returns: nil when cancelled.
  func counting(
    _ listings: ListingRows, of dataset: Dataset, among rows: RowSet, _ cancellation: Cancellation? = nil
  ) -> PriceHistogram? {
    let (dollars, states) = (dataset.usDollars, dataset.priceStates)
    let (missingIndex, unreadIndex) = (buckets.count, buckets.count + 1)
    let surplus = listings.surplus(ofValues: buckets.count + 2, among: rows, cancellation) { row, body in
      if states[row] == PriceState.missing.rawValue { return body(missingIndex) }
      let number = dollars[row]
      guard number != CompactColumn.missing, number >= scale.edges[0], number < .max else { return body(unreadIndex) }
      body((scale.edges.firstIndex { $0 > number } ?? 1) - 1)
    }
    guard let surplus else { return nil }
    return PriceHistogram(
      buckets: zip(buckets, surplus).map { $0 - $1 }, missing: missing - surplus[missingIndex],
      unread: unread - surplus[unreadIndex], scale: scale)
  }

  /// The sum of two counts over disjoint rows, in one scale.
  ///
  /// Cost:   O(buckets), allocates.
  static func + (a: PriceHistogram, b: PriceHistogram) -> PriceHistogram {
    PriceHistogram(
      buckets: zip(a.buckets, b.buckets).map { $0 + $1 }, missing: a.missing + b.missing, unread: a.unread + b.unread,
      scale: a.scale)
  }

  /// The range from the first to the last bucket with prices; nil without any.
  ///
  /// Shape:  indices of `buckets`, both ends included.
  package var occupied: ClosedRange<Int>? {
    guard let first = buckets.firstIndex(where: { $0 > 0 }), let last = buckets.lastIndex(where: { $0 > 0 }) else {
      return nil
    }
    return first...last
  }
}
