/// The size of a screen or pane, in character cells.
package struct Size: Equatable, Sendable {
  package var columns: Int
  package var rows: Int

  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// The position of a cell.
///
/// Units:  cells from the top left, which is column 0, row 0.
package struct Spot: Equatable, Sendable {
  package var column: Int
  package var row: Int

  package init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A rectangle of cells, possibly empty.
///
/// Shape:  `columns` and `rows` are never negative; a negative size becomes 0. The origin may lie off the screen.
package struct Area: Equatable, Sendable {
  package var column: Int
  package var row: Int
  package var columns: Int
  package var rows: Int

  package init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  /// The whole of a screen of `size`.
  package init(_ size: Size) { self.init(column: 0, row: 0, columns: size.columns, rows: size.rows) }

  package var isEmpty: Bool { columns == 0 || rows == 0 }
  package var size: Size { Size(columns: columns, rows: rows) }
  /// The first column to the right of it.
  package var endColumn: Int { column + columns }
  /// The first row below it.
  package var endRow: Int { row + rows }

  package func contains(_ spot: Spot) -> Bool {
    (column..<endColumn).contains(spot.column) && (row..<endRow).contains(spot.row)
  }

  /// The area inside a border one cell wide.
  package var insideBorder: Area { Area(column: column + 1, row: row + 1, columns: columns - 2, rows: rows - 2) }

  /// The top `count` rows, and the rest below.
  package func cut(top count: Int) -> (Area, Area) {
    let top = min(max(0, count), rows)
    return (
      Area(column: column, row: row, columns: columns, rows: top),
      Area(column: column, row: row + top, columns: columns, rows: rows - top)
    )
  }

  /// The left `count` columns, and the rest to their right.
  package func cut(left count: Int) -> (Area, Area) {
    let left = min(max(0, count), columns)
    return (
      Area(column: column, row: row, columns: left, rows: rows),
      Area(column: column + left, row: row, columns: columns - left, rows: rows)
    )
  }
}
