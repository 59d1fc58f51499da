/// Which rows of a dataset show the same listing: an advert seen on nine days is one listing in nine rows.
///
/// Shape:  `first` has the first row of each listing, `repeated` every row of a listing with several.
/// Cost:   O(rows), with a probe per row into a table of four bytes per slot. The result has two bits per row. Not for the
///         event loop.
/// Fails:  returns nil when cancelled.
/// Limits: rows are of one listing if the fingerprints of their keys agree. With 64 bits, two of ten million listings would
///         be confused in one of 370,000 datasets.
package struct ListingRows: Equatable, Sendable {
  /// The first row of each listing.
  package let first: RowSet
  /// Every row of a listing that has several.
  package let repeated: RowSet
  /// How many listings there are.
  package let count: Int
  private let fingerprints: ListingFingerprints

  /// Groups the rows of a dataset.
  ///
  /// - Parameter joined: the key of each listing that is known by several, for its other keys.
  package init?(
    of dataset: Dataset, joined: [ListingKey: ListingKey] = [:], _ cancellation: Cancellation? = nil
  ) {
    self.init(ListingFingerprints(dataset, joined), rowCount: dataset.rowCount, cancellation)
  }

  /// Groups rows by a column of fingerprints.
  init?(_ fingerprints: BlockColumn<UInt64>, rowCount: Int, _ cancellation: Cancellation? = nil) {
    self.init(ListingFingerprints(fingerprints), rowCount: rowCount, cancellation)
  }

  /// Cost:   6 to 12 bytes per row while it runs.
  private init?(_ fingerprints: ListingFingerprints, rowCount: Int, _ cancellation: Cancellation? = nil) {
    var first = RowSet(noneOf: rowCount)
    var repeated = RowSet(noneOf: rowCount)
    // At most two thirds full. A slot holds a row number plus one, so that zero means free.
    var bits = 4
    while 1 << bits < rowCount + rowCount / 2 + 2 { bits += 1 }
    let shift = UInt64(64 - bits)
    let mask = 1 << bits - 1
    let isWhole = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 1 << bits) { slots in
      slots.initialize(repeating: 0)
      for row in 0..<rowCount {
        if row & blockMask == 0, cancellation?.isCancelled == true { return false }
        let print = fingerprints[row]
        // Source: Fibonacci hashing, Knuth 1998, "The Art of Computer Programming" 3, 6.4.
        var slot = Int((print &* 0x9E37_79B9_7F4A_7C15) >> shift)
        while slots[slot] != 0, fingerprints[Int(slots[slot]) - 1] != print { slot = (slot + 1) & mask }
        if slots[slot] == 0 {
          slots[slot] = UInt32(row + 1)
          first.insert(row)
        } else {
          repeated.insert(Int(slots[slot]) - 1)
          repeated.insert(row)
        }
      }
      return true
    }
    guard isWhole else { return nil }
    self.first = first
    self.repeated = repeated
    self.fingerprints = fingerprints
    count = first.count
  }

  package var rowCount: Int { first.rowCount }

  /// Whether any listing has several rows.
  package var hasRepeats: Bool { count < rowCount }

  /// The rows of the same listing as `row`, including itself.
  ///
  /// Cost:   O(rows that are repeated), a lookup each.
  package func rows(ofListingAt row: Int) -> [Int] {
    guard repeated.contains(row) else { return [row] }
    let print = fingerprints[row]
    var rows: [Int] = []
    repeated.forEach { if fingerprints[$0] == print { rows.append($0) } }
    return rows
  }

  /// How many listings `rows` show.
  package func count(of rows: RowSet) -> Int { hasRepeats ? oneRowPerListing(of: rows).count : rows.count }

  /// The first row of each listing among `rows`.
  ///
  /// Cost:   O(rows / 64), and a lookup for each row in the set whose listing has several.
  package func oneRowPerListing(of rows: RowSet) -> RowSet {
    guard hasRepeats else { return rows }
    var one = rows
    var seen: Set<UInt64> = []
    rows.intersection(repeated.resized(to: rows.rowCount)).forEach { row in
      if !seen.insert(fingerprints[row]).inserted { one.remove(row) }
    }
    return one
  }

  /// The number that all rows of a listing share.
  package func fingerprint(of row: Int) -> UInt64 { fingerprints[row] }

  package static func == (a: ListingRows, b: ListingRows) -> Bool { a.first == b.first && a.repeated == b.repeated }
}

/// The numbers that stand for the keys of rows, those of one listing being one.
private struct ListingFingerprints: Sendable {
  private let keys: BlockColumn<UInt64>
  private let joined: [UInt64: UInt64]

  init(_ keys: BlockColumn<UInt64>) { (self.keys, joined) = (keys, [:]) }

  init(_ dataset: Dataset, _ joined: [ListingKey: ListingKey]) {
    keys = dataset.keyFingerprints
    self.joined = Dictionary(joined.map { ($0.fingerprint, $1.fingerprint) }) { first, _ in first }
  }

  @inline(__always)
  subscript(row: Int) -> UInt64 {
    let own = keys[row]
    return joined.isEmpty ? own : joined[own] ?? own
  }
}

extension Dataset {
  /// How many listings rows show, without the help of `ListingRows`.
  ///
  /// Cost:   see `DistinctCount`; reads no record.
  package func listingCount(of rows: RowSet) -> Int { DistinctCount.of(keyFingerprints, among: rows) }
}
