/// The rows of a view in the order in which they are shown.
package struct RowOrder: Equatable, Sendable {
  package let rows: [UInt32]

  package init(rows: [UInt32]) { self.rows = rows }

  /// Rows of a set as they stand in the dataset.
  package init(_ set: RowSet) {
    var rows: [UInt32] = []
    rows.reserveCapacity(set.count)
    set.forEach { rows.append(UInt32($0)) }
    self.rows = rows
  }

  /// The rows of the order that are in a set, in the same order.
  package func picking(_ set: RowSet) -> RowOrder {
    let count = set.count
    let picked = set.words.withUnsafeBufferPointer { words in
      [UInt32](unsafeUninitializedCapacity: count + 1) { picked, pickedCount in
        // Every row is written, and overwritten by the next one unless it is in the set: no branch to guess.
        var place = 0
        for row in rows {
          picked[place] = row
          place += Int(words[Int(row >> 6)] >> UInt64(row & 63) & 1)
        }
        pickedCount = place
      }
    }
    return RowOrder(rows: picked)
  }

  package var count: Int { rows.count }
  package subscript(place: Int) -> Int { Int(rows[place]) }
}

/// What listings are sorted by, and which way.
package struct SortOrder: Equatable, Hashable, Sendable {
  package enum Subject: String, CaseIterable, Sendable {
    case file, verdict, price, platform, species, seller, posted, title, risk
  }
  package var subject: Subject
  package var isDescending: Bool

  package init(_ subject: Subject, descending: Bool = false) {
    self.subject = subject
    isDescending = descending
  }

  package static let file = SortOrder(.file)
}
