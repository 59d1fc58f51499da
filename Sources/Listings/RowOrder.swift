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
  package enum Subject: Hashable, Sendable {
    case file, verdict, price, posted, title, risk
    /// The values of a counted field, from A.
    case field(Field)

    package static let platform = Subject.field(.platform)
    package static let species = Subject.field(.species)
    package static let seller = Subject.field(.sellerAlias)
  }
  package var subject: Subject
  package var isDescending: Bool

  package init(_ subject: Subject, descending: Bool = false) {
    self.subject = subject
    isDescending = descending
  }

  package static let file = SortOrder(.file)
}

extension SortOrder.Subject {
  private static let plain: [SortOrder.Subject] = [.file, .verdict, .price, .posted, .title, .risk]

  /// As it is remembered from one day to the next: `price`, `seller`, `country`.
  package var name: String {
    switch self {
    case .file: "file"
    case .verdict: "verdict"
    case .price: "price"
    case .posted: "posted"
    case .title: "title"
    case .risk: "risk"
    case .field(.sellerAlias): "seller"
    case .field(let field): field.rawValue
    }
  }

  package init?(named name: String) {
    guard let subject = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = subject
  }
}

extension SortOrder.Subject: CaseIterable, CustomStringConvertible {
  /// The orders that are not by a field, and one by every counted field.
  package static let allCases: [SortOrder.Subject] =
    [.file, .verdict, .price, .posted, .title, .risk]
    + Field.allCases.filter { $0.storage == .dictionary }.map { .field($0) }

  package var description: String { name }
}
