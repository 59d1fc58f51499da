import Listings

/// The cues of every row of a dataset, as a mask per row.
///
/// Cost:   8 bytes a row. Finding them reads all titles and descriptions once, on all cores; when the dataset grows, only the
///         new rows are read.
package struct RowCues: Sendable {
  package let words: CueWords
  /// A mask per row, in blocks of `step` rows; the last one may be shorter.
  private var blocks: [[UInt64]] = []
  private var known: Dataset?

  /// Nothing found yet.
  package init(_ words: CueWords) { self.words = words }

  /// Between blocks cancellation is asked for.
  private static let shift = 15
  private static let step = 1 << shift

  /// Finds the cues of these rows. When cancelled, it returns false and keeps what was found.
  package mutating func turn(to dataset: Dataset, _ cancellation: Cancellation? = nil) -> Bool {
    if let known, known !== dataset {
      if !dataset.continues(known) { blocks = [] }
      // A block that was not full may have more rows now.
      if let last = blocks.last, last.count < Self.step { blocks.removeLast() }
    }
    known = dataset
    while blocks.count * Self.step < dataset.rowCount {
      if cancellation?.isCancelled == true { return false }
      let start = blocks.count * Self.step
      blocks.append(masks(of: start..<min(start + Self.step, dataset.rowCount), in: dataset))
    }
    return true
  }

  private func masks(of rows: Range<Int>, in dataset: Dataset) -> [UInt64] {
    let parts = Parallel.partCount(rows.count, minimum: 512)
    return Parallel.map(parts) { part -> [UInt64] in
      let first = rows.lowerBound + rows.count * part / parts
      let end = rows.lowerBound + rows.count * (part + 1) / parts
      var scratch = CueWords.Scratch()
      return (first..<end).map { row in
        words.mask(of: dataset.bytes(of: .title, at: row), &scratch)
          | words.mask(of: dataset.bytes(of: .description, at: row), &scratch)
      }
    }.flatMap { $0 }
  }

  /// The rows with any of some cues.
  package func rows(withAnyOf mask: UInt64, among rowCount: Int) -> RowSet { rows(among: rowCount) { $0 & mask != 0 } }

  /// The rows with none of some cues.
  package func rows(withNoneOf mask: UInt64, among rowCount: Int) -> RowSet { rows(among: rowCount) { $0 & mask == 0 } }

  private func rows(among rowCount: Int, _ holds: (UInt64) -> Bool) -> RowSet {
    var rows = RowSet(noneOf: rowCount)
    for (number, block) in blocks.enumerated() {
      for (place, found) in block.enumerated() where holds(found) {
        let row = (number << Self.shift) + place
        if row < rowCount { rows.insert(row) }
      }
    }
    return rows
  }

  /// The cues of a row that was reached; 0 for others.
  package func mask(of row: Int) -> UInt64 {
    let block = row >> Self.shift
    guard block < blocks.count, row & (Self.step - 1) < blocks[block].count else { return 0 }
    return blocks[block][row & (Self.step - 1)]
  }
}
