/// Which rows of a dataset show the same listing: an advert seen on nine days is one listing in nine rows.
///
/// Shape:  `first` holds the first row of each listing, `repeated` every row of a listing that has several.
/// Cost:   O(rows), a probe into a table of four bytes a slot per row; kept are two bits a row. Off the loop.
/// Limits: rows are of one listing where the fingerprints of their keys agree: 64 bits, so that among ten million listings
///         two would be taken for one once in 370,000 datasets.
/// Fails:  nil when cancelled.
package struct ListingRows: Equatable, Sendable {
  package let first: RowSet
  package let repeated: RowSet
  /// How many listings there are.
  package let count: Int
  private let fingerprints: BlockColumn<UInt64>

  package init?(of dataset: Dataset, _ cancellation: Cancellation? = nil) {
    self.init(dataset.keyFingerprints, rowCount: dataset.rowCount, cancellation)
  }

  init?(_ fingerprints: BlockColumn<UInt64>, rowCount: Int, _ cancellation: Cancellation? = nil) {
    var first = RowSet(noneOf: rowCount)
    var repeated = RowSet(noneOf: rowCount)
    // At most two thirds full. A slot holds a row and one, so that zeros are free slots.
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

  /// How many listings `rows` are of.
  package func count(of rows: RowSet) -> Int { hasRepeats ? oneRowEach(of: rows).count : rows.count }

  /// Of each listing among `rows` the first row that is in the set.
  ///
  /// Cost: a look at each bit; of listings with several rows each row that is in the set is looked up.
  package func oneRowEach(of rows: RowSet) -> RowSet {
    guard hasRepeats else { return rows }
    var one = rows
    var seen: Set<UInt64> = []
    rows.intersection(repeated.resized(to: rows.rowCount)).forEach { row in
      if !seen.insert(fingerprints[row]).inserted { one.remove(row) }
    }
    return one
  }

  /// The number by which the rows of a listing are told from those of others.
  package func fingerprint(of row: Int) -> UInt64 { fingerprints[row] }

  package static func == (a: ListingRows, b: ListingRows) -> Bool { a.first == b.first && a.repeated == b.repeated }
}

extension Dataset {
  /// How many listings rows are of, without knowing which rows belong together.
  ///
  /// Cost: the fingerprint of each row is put into a set; no record is read.
  package func listingCount(of rows: RowSet) -> Int {
    let prints = keyFingerprints
    var seen: Set<UInt64> = []
    rows.forEach { seen.insert(prints[$0]) }
    return seen.count
  }

  /// The rows that have the same fingerprint of their key as `row`, itself among them.
  ///
  /// Cost: O(rows), a comparison per row.
  package func rowsOfListing(at row: Int) -> [Int] {
    let prints = keyFingerprints
    let print = prints[row]
    var rows: [Int] = []
    for start in stride(from: 0, to: rowCount, by: blockSize) {
      let block = prints.block(start >> blockShift)
      for place in 0..<min(blockSize, rowCount - start) where block[place] == print { rows.append(start + place) }
    }
    return rows
  }
}
