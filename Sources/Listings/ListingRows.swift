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
  /// From each row to the next of its listing, and from the last to the first; empty where no listing has several.
  private let ring: [UInt32]

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

  /// Cost:   6 to 12 bytes per row while it runs, 4 to keep where a listing has several rows.
  private init?(_ fingerprints: ListingFingerprints, rowCount: Int, _ cancellation: Cancellation? = nil) {
    var first = RowSet(noneOf: rowCount)
    var repeated = RowSet(noneOf: rowCount)
    var ring: [UInt32] = []
    // At most two thirds full. A slot holds the number of the listing's last row so far plus one, so that zero means free.
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
          let last = Int(slots[slot]) - 1
          repeated.insert(last)
          repeated.insert(row)
          if ring.isEmpty { ring = (0..<UInt32(rowCount)).map { $0 } }
          (ring[row], ring[last]) = (ring[last], UInt32(row))
          slots[slot] = UInt32(row + 1)
        }
      }
      return true
    }
    guard isWhole else { return nil }
    self.first = first
    self.repeated = repeated
    self.fingerprints = fingerprints
    self.ring = ring
    count = first.count
  }

  package var rowCount: Int { first.rowCount }

  /// Whether any listing has several rows.
  package var hasRepeats: Bool { count < rowCount }

  /// The rows of the same listing as `row`, including itself, in ascending order.
  ///
  /// Cost:   O(rows of the listing).
  package func rows(ofListingAt row: Int) -> [Int] {
    guard repeated.contains(row) else { return [row] }
    var rows = [row]
    var next = Int(ring[row])
    while next != row {
      rows.append(next)
      next = Int(ring[next])
    }
    return rows.sorted()
  }

  /// Gives the rows of each listing of which a set has several.
  ///
  /// Shape:  ascending rows, two or more; the array is only valid during the call.
  /// Cost:   O(rows / 64), and a step for each row of a listing that has several.
  /// - Returns: false when cancelled.
  @discardableResult
  package func forEachRepeated(
    among rows: RowSet, _ cancellation: Cancellation? = nil, _ body: (borrowing [Int]) -> Void
  ) -> Bool {
    guard hasRepeats else { return true }
    var these: [Int] = []
    var isCancelled = false
    var done = 0
    first.intersection(repeated).forEach { start in
      if isCancelled { return }
      done += 1
      if done & 0xffff == 0, cancellation?.isCancelled == true { isCancelled = true }
      these.removeAll(keepingCapacity: true)
      var row = start
      repeat {
        if rows.contains(row) { these.append(row) }
        row = Int(ring[row])
      } while row != start
      if these.count > 1 { body(these) }
    }
    return !isCancelled
  }

  /// How many listings `rows` show.
  package func count(of rows: RowSet) -> Int { hasRepeats ? oneRowPerListing(of: rows).count : rows.count }

  /// The first row of each listing among `rows`.
  ///
  /// Cost:   see `forEachRepeated`.
  package func oneRowPerListing(of rows: RowSet) -> RowSet {
    var one = rows
    forEachRepeated(among: rows) { these in for row in these.dropFirst() { one.remove(row) } }
    return one
  }

  /// The row of each listing among `rows` that stands for it.
  ///
  /// Shape:  a row of `newest` where one is among them, else the last; without `newest` the first.
  /// - Parameter newest: one row of each listing, that of its newest sighting; nil where none is known to be older.
  package func newestRows(of rows: RowSet, newest: RowSet?) -> RowSet {
    guard let newest else { return oneRowPerListing(of: rows) }
    var one = rows
    forEachRepeated(among: rows) { these in
      let kept = these.first { newest.contains($0) } ?? these[these.count - 1]
      for row in these where row != kept { one.remove(row) }
    }
    return one
  }

  /// The rows that stand for the listings among `rows`, in the order in which the listings were first seen there: a new
  /// sighting of a listing does not move it.
  ///
  /// Cost:   4 bytes a row while it runs; otherwise see `forEachRepeated`.
  package func newestRowsByFirst(of rows: RowSet, newest: RowSet?) -> [UInt32] {
    var stands = (0..<UInt32(rows.rowCount)).map { $0 }
    let first = oneRowPerListing(of: rows)
    if let newest {
      forEachRepeated(among: rows) { these in
        stands[these[0]] = UInt32(these.first { newest.contains($0) } ?? these[these.count - 1])
      }
    }
    return first.rows.map { stands[$0] }
  }

  /// How often each value is counted too often where rows are counted in place of listings.
  ///
  /// Shape:  one number per value: of each listing, how many rows in the set have the value, less one.
  /// - Parameters:
  ///   - valueCount: how many values there are.
  ///   - values: gives the values of a row, each once.
  /// - Returns: nil when cancelled.
  package func surplus(
    ofValues valueCount: Int, among rows: RowSet, _ cancellation: Cancellation? = nil,
    values: (_ row: Int, _ body: (Int) -> Void) -> Void
  ) -> [Int]? {
    var surplus = [Int](repeating: 0, count: valueCount)
    // The listing that had each value last, by its number.
    var last = [UInt32](repeating: 0, count: valueCount)
    var listing: UInt32 = 0
    let isWhole = forEachRepeated(among: rows, cancellation) { these in
      listing += 1
      for row in these {
        values(row) { value in
          if last[value] == listing { surplus[value] += 1 } else { last[value] = listing }
        }
      }
    }
    return isWhole ? surplus : nil
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
