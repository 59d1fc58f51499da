/// A file that holds tables which are not text: a workbook, a database.
///
/// Shape:  `tables` are told in the file's own order; each can be written out as CSV, which is then read like any other.
protocol TableFile {
  /// The tables that can be opened; nothing of them has been written yet.
  var tables: [HeldTable] { get }

  /// Writes the table at `index` of `tables` as CSV (RFC 4180, UTF-8, LF): the header first, then a record per row.
  ///
  /// Fails:  where nothing of the table can be told; what breaks off in the middle is a note, and the rows before stay.
  func convert(_ index: Int, into text: CSVText, isCancelled: () -> Bool) throws(TableFault) -> TableConversion
}

/// A table within a file: a sheet of a workbook, a table or view of a database.
package struct HeldTable: Equatable, Sendable {
  package let name: String
  /// The names in its header; empty where the table is.
  package let columns: [String]
  /// Its rows without the header, as far as the file tells without reading them all.
  package let rowCount: Int?
  /// Whether there is at least one row below the header.
  package let hasRows: Bool
  /// Whether it is a hidden sheet, which is opened only when it is chosen.
  package let isHidden: Bool
  /// Whether other tables hold its rows already, as those behind a view do. It is opened only when it is chosen.
  package private(set) var isRepeated = false
  /// Whether the header is certain: a field of a listing is known by one of its names, or the file itself has names.
  package let hasKnownColumn: Bool
  /// Whether a title, a text or a price is known by its name: without one, its rows are no listings.
  package let tellsListings: Bool

  package init(
    name: String, columns: [String], rowCount: Int?, hasRows: Bool, isHidden: Bool = false, hasKnownColumn: Bool,
    tellsListings: Bool
  ) {
    self.name = name
    self.columns = columns
    self.rowCount = rowCount
    self.hasRows = hasRows
    self.isHidden = isHidden
    self.hasKnownColumn = hasKnownColumn
    self.tellsListings = tellsListings
  }

  var repeated: HeldTable {
    var table = self
    table.isRepeated = true
    return table
  }
}

/// What came of writing a table out as CSV.
struct TableConversion: Equatable, Sendable {
  /// The row of the table that each record after the header was.
  var numbering = RowNumbering()
  var notes = TableNotes()
  /// Whether the first record names the columns; it has no number then.
  var hasHeader = true
  /// Whether a row names the columns, and why, in words; empty where the file itself names them.
  var headerBasis = ""
  /// What else was done, for people.
  var sentences: [String] = []
}
