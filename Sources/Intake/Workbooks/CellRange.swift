import Glibc

/// A block of cells as sheets write it: `A1:C3`, or `B7` alone.
struct CellRange: Equatable, Sendable {
  /// From 0.
  let columns: ClosedRange<Int>
  /// From 1.
  let rows: ClosedRange<Int>

  init?(_ text: String) {
    let corners = text.split(separator: ":", maxSplits: 1).map { CellPlace(String($0.filter { $0 != "$" })) }
    guard let first = corners.first ?? nil, let last = corners.last ?? nil else { return nil }
    columns = min(first.column, last.column)...max(first.column, last.column)
    rows = min(first.row, last.row)...max(first.row, last.row)
  }

  var isOneCell: Bool { columns.count == 1 && rows.count == 1 }

  func contains(row: Int, column: Int) -> Bool { rows.contains(row) && columns.contains(column) }
}
