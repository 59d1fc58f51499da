import Listings

/// What stands in each column of a file: how many cells are filled, and with how many characters.
///
/// Cost: reads every record again; asked for, not always counted.
struct ColumnTotals {
  struct Total: Equatable {
    var filled = 0
    /// Unicode scalars, as other programs count them too.
    var characters = 0
    /// Cells in which HTML was decoded.
    var markup = 0
  }

  /// By the names of columns as they stand in the file; those that only some records have included.
  private(set) var totals: [String: Total] = [:]

  init(of source: SourceFile, in dataset: Dataset, among rows: RowSet) {
    for row in source.rows where rows.contains(row) {
      for cell in dataset.cells(of: row) where !cell.text.isEmpty {
        totals[cell.name, default: Total()].filled += 1
        if cell.hadMarkup { totals[cell.name, default: Total()].markup += 1 }
        totals[cell.name, default: Total()].characters += cell.text.unicodeScalars.count
      }
    }
  }
}
