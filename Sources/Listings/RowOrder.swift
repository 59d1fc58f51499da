/// The rows of a view in the order in which they are shown.
///
/// Shape:  row numbers, each once; copied on write. All rows in file order are not listed.
/// Cost:   4 bytes a row, or nothing for all rows in file order.
package struct RowOrder: Sendable {
  private enum Storage: Sendable {
    /// All rows of the dataset, so many, in its order.
    case all(Int)
    case rows([UInt32])
  }
  private let storage: Storage

  package init(rows: [UInt32]) { storage = .rows(rows) }

  /// The rows of a set in the order of the dataset.
  package init(_ set: RowSet) {
    let count = set.count
    guard count < set.rowCount else {
      storage = .all(count)
      return
    }
    var rows: [UInt32] = []
    rows.reserveCapacity(count)
    set.forEach { rows.append(UInt32($0)) }
    storage = .rows(rows)
  }

  /// The row numbers in order.
  ///
  /// Cost:   O(rows) for all rows in file order, which have to be listed.
  package var rows: [UInt32] {
    switch storage {
    case .all(let count): Array(0..<UInt32(count))
    case .rows(let rows): rows
    }
  }

  /// Where a row is in the order; nil where it is not.
  ///
  /// Cost:   O(rows); O(1) in file order of all rows.
  package func position(of row: Int) -> Int? {
    switch storage {
    case .all(let count): row >= 0 && row < count ? row : nil
    case .rows(let rows): rows.firstIndex(of: UInt32(row))
    }
  }

  /// The rows of this order that are in a set, in the same order.
  ///
  /// Cost:   O(rows) without branches.
  package func restricted(to set: RowSet) -> RowOrder {
    guard case .rows(let rows) = storage else { return RowOrder(set) }
    let count = set.count
    let restricted = set.words.withUnsafeBufferPointer { words in
      [UInt32](unsafeUninitializedCapacity: count + 1) { restricted, restrictedCount in
        // Every row is written, and overwritten by the next one unless it is in the set: no branch to predict.
        var index = 0
        for row in rows {
          restricted[index] = row
          index += Int(words[Int(row >> 6)] >> UInt64(row & 63) & 1)
        }
        restrictedCount = index
      }
    }
    return RowOrder(rows: restricted)
  }

  package var count: Int {
    switch storage {
    case .all(let count): count
    case .rows(let rows): rows.count
    }
  }

  /// The row at a position of the order.
  package subscript(index: Int) -> Int {
    switch storage {
    case .all(let count):
      precondition(index >= 0 && index < count, "position \(index) outside \(count) rows")
      return index
    case .rows(let rows): return Int(rows[index])
    }
  }
}

extension RowOrder: Equatable {
  package static func == (a: RowOrder, b: RowOrder) -> Bool {
    if case (.all(let count), .all(let other)) = (a.storage, b.storage) { return count == other }
    return a.count == b.count && a.rows == b.rows
  }
}

/// What listings are sorted by, and in which direction.
///
/// Shape:  rows without a value come last in both directions.
package struct SortOrder: Equatable, Hashable, Sendable {
  /// What can be sorted by.
  package enum Subject: Hashable, Sendable {
    case file, verdict, price, posted, title, risk
    /// How many listings are the same advert.
    case copies
    /// The values of a counted field, alphabetically.
    case field(Field)

    package static let platform = Subject.field(.platform)
    package static let species = Subject.field(.species)
    package static let seller = Subject.field(.sellerAlias)
  }
  /// What is compared.
  package var subject: Subject
  /// Whether the highest value comes first.
  package var isDescending: Bool

  package init(_ subject: Subject, descending: Bool = false) {
    self.subject = subject
    isDescending = descending
  }

  /// The order of the dataset.
  package static let file = SortOrder(.file)
}

extension SortOrder.Subject {
  private static let plain: [SortOrder.Subject] = [.file, .verdict, .price, .posted, .title, .risk, .copies]

  /// The stable name under which it is saved: `price`, `seller`, `country`.
  package var name: String {
    switch self {
    case .file: "file"
    case .verdict: "verdict"
    case .price: "price"
    case .posted: "posted"
    case .title: "title"
    case .risk: "risk"
    case .copies: "copies"
    case .field(.sellerAlias): "seller"
    case .field(let field): field.rawValue
    }
  }

  /// Nil for any name that is not one of these.
  package init?(named name: String) {
    guard let subject = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = subject
  }
}

extension SortOrder.Subject: CaseIterable, CustomStringConvertible {
  /// The orders that are not by a field, and one for every counted field.
  package static let allCases: [SortOrder.Subject] =
    [.file, .verdict, .price, .posted, .title, .risk, .copies]
    + Field.allCases.filter { $0.storage == .dictionary }.map { .field($0) }

  package var description: String { name }
}

/// Maps the rows of a dataset to a later reading of the same files, so that marks stay where they were and new rows can be
/// counted.
///
/// Shape:  a row is the same if it is at the same position in the same file and of the same listing. The others are paired
///         in order with rows of the same listing. No two rows become one.
/// Cost:   a comparison per row, and a lookup for each that moved.
package struct CarriedRows: Equatable, Sendable {
  private let newRows: [UInt32]
  /// How many rows the later reading has.
  package let rowCount: Int
  /// How many rows are new.
  package let newCount: Int
  /// How many rows are gone.
  package let goneCount: Int

  /// Marks a row that is not in the later reading.
  private static let gone = UInt32.max

  /// Where a row is in the later reading; nil for one that is gone.
  package func row(of old: Int) -> Int? { newRows[old] == Self.gone ? nil : Int(newRows[old]) }

  /// Compares two readings of the same files.
  ///
  /// Cost:   see `CarriedRows`.
  package init(from old: Dataset, to new: Dataset) {
    var newRows = Array(repeating: Self.gone, count: old.rowCount)
    var isTaken = RowSet(noneOf: new.rowCount)
    let (before, now) = (old.keyFingerprints, new.keyFingerprints)
    let ranges = Dictionary(new.sources.map { ($0.name, $0.rows) }) { first, _ in first }
    for source in old.sources {
      guard let range = ranges[source.name] else { continue }
      for (row, newRow) in zip(source.rows, range) where before[row] == now[newRow] && !isTaken.contains(newRow) {
        newRows[row] = UInt32(newRow)
        isTaken.insert(newRow)
      }
    }
    Self.pairMoved(&newRows, &isTaken, before, now)
    self.newRows = newRows
    rowCount = new.rowCount
    newCount = new.rowCount - isTaken.count
    goneCount = newRows.count { $0 == Self.gone }
  }

  /// Pairs rows that are not where they were with free rows of the same listing.
  ///
  /// Shape:  in ascending order on both sides.
  private static func pairMoved(
    _ newRows: inout [UInt32], _ isTaken: inout RowSet, _ before: BlockColumn<UInt64>, _ now: BlockColumn<UInt64>
  ) {
    let moved = newRows.indices.filter { newRows[$0] == gone }
    guard !moved.isEmpty else { return }
    let wanted = Set(moved.map { before[$0] })
    var free: [UInt64: [Int]] = [:]
    // Backwards, so that the first row is the last in its list.
    isTaken.complement.rows.reversed().forEach { if wanted.contains(now[$0]) { free[now[$0], default: []].append($0) } }
    for row in moved {
      guard let newRow = free[before[row]]?.popLast() else { continue }
      newRows[row] = UInt32(newRow)
      isTaken.insert(newRow)
    }
  }

  /// The row in the later reading; nil where it is gone.
  package func newRow(of row: Int) -> Int? {
    guard newRows.indices.contains(row), newRows[row] != Self.gone else { return nil }
    return Int(newRows[row])
  }

  /// The rows of a set in the later reading.
  package func carried(_ rows: RowSet) -> RowSet {
    var carried = RowSet(noneOf: rowCount)
    rows.forEach { if let new = newRow(of: $0) { carried.insert(new) } }
    return carried
  }

  /// The rows of an order in the later reading, in the same order.
  package func carried(_ order: RowOrder) -> RowOrder {
    RowOrder(rows: order.rows.compactMap { newRow(of: Int($0)).map { UInt32($0) } })
  }
}
