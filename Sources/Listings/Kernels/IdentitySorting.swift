/// A row with the identity of its listing, small enough to be sorted by the million.
package struct IdentifiedRow: BitwiseCopyable, Sendable {
  /// 64 bits that stand for the listing.
  package var identity: UInt64
  /// The row of the dataset.
  package var row: UInt32
  /// `CellFingerprints.digest` of the row.
  package var digest: UInt32

  package init(identity: UInt64, row: UInt32, digest: UInt32) {
    (self.identity, self.row, self.digest) = (identity, row, digest)
  }
}

/// Brings the rows of each listing together.
package enum IdentitySorting {
  /// The bits that are sorted by in passes. Identities are fingerprints, so that hardly two of a million agree in them.
  private static let sortedBits = 40

  /// Sorts by identity; rows of one listing stay in their order. False when cancelled, with the rows in any order.
  ///
  /// Cost:   four passes over 16 bytes a row on all cores, and as much memory again.
  package static func sort(_ rows: inout [IdentifiedRow], _ cancellation: Cancellation? = nil) -> Bool {
    let shift = UInt64(64 - sortedBits)
    guard RadixSort.sort(&rows, bits: sortedBits, cancellation, key: { $0.identity >> shift }) else { return false }
    rows.withUnsafeMutableBufferPointer { rows in
      for index in 1..<max(1, rows.count) where rows[index].identity < rows[index - 1].identity {
        // Two identities that agree in the sorted bits: insert stably.
        let row = rows[index]
        var place = index
        while place > 0, rows[place - 1].identity > row.identity {
          rows[place] = rows[place - 1]
          place -= 1
        }
        rows[place] = row
      }
    }
    return true
  }
}
