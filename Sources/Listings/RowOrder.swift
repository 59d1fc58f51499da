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

  package var count: Int { rows.count }
  package subscript(place: Int) -> Int { Int(rows[place]) }
}

/// What listings are sorted by, and which way.
package struct SortOrder: Equatable, Hashable, Sendable {
  package enum Subject: String, CaseIterable, Sendable {
    case file, verdict, price, platform, species, seller, posted, title
  }
  package var subject: Subject
  package var isDescending: Bool

  package init(_ subject: Subject, descending: Bool = false) {
    self.subject = subject
    isDescending = descending
  }

  package static let file = SortOrder(.file)
}
