import CSQLite

/// An SQLite database: its tables and views, and each of them as CSV.
///
/// Shape:  every row in the order of its rowid, which is its number; rows of views and of tables without rowids are
///         counted. Missing values are empty cells, blobs a note of their length.
/// Cost:   nothing is kept but the row being read.
/// Fails:  for casebooks, for databases that are being written, for virtual tables and for views that do more than
///         select. One that breaks off in the middle keeps its rows.
/// Source: sqlite.org/security.html, "Untrusted SQLite Database Files".
final class Database: TableFile {
  let tables: [HeldTable]
  private let connection: DatabaseConnection
  private let sources: [DatabaseSource]

  /// - Parameter path: the file; a database is more than its bytes, for other programs may be writing it.
  init(path: String, header: DatabaseHeader, headers: HeaderSearch) throws(TableFault) {
    if header.isCasebook { throw .casebook }
    connection = try DatabaseConnection(path: path, header: header)
    sources = try DatabaseSource.all(in: connection)
    connection.forbidEverythingElse(than: sources)
    var tables: [HeldTable] = []
    for source in sources {
      let statement = try? connection.statement(source.selection(of: "*"))
      let columns = source.isVirtual ? [] : statement?.columnNames ?? []
      let rowCount = source.isVirtual || columns.isEmpty ? nil : connection.rowCount(of: source)
      tables.append(
        HeldTable(
          name: source.name, columns: columns, rowCount: rowCount, hasRows: rowCount != 0 && !columns.isEmpty,
          hasKnownColumn: columns.contains { headers.isKnown($0) }, tellsListings: headers.tellListings(columns)))
    }
    // What a view shows stands in a table already, and would be opened twice.
    let hasListings = zip(sources, tables).contains { !$0.isView && $1.hasKnownColumn && $1.hasRows }
    self.tables = zip(sources, tables).map { $0.isView && hasListings ? $1.repeated : $1 }
  }

  func convert(_ index: Int, into text: CSVText, isCancelled: () -> Bool) throws(TableFault) -> TableConversion {
    let source = sources[index]
    if source.isVirtual { throw .virtualTable(source.name) }
    var conversion = TableConversion()
    let columns = tables[index].columns
    let rowID = connection.rowIDName(of: source, columns: columns)
    let selection = source.selection(of: rowID.map { "\($0), *" } ?? "*")
    let statement = try connection.statement(rowID.map { "\(selection) ORDER BY \($0)" } ?? selection, for: source)
    for name in statement.columnNames.dropFirst(rowID == nil ? 0 : 1) { text.cell(name) }
    text.endRecord(isEmpty: statement.columnNames.dropFirst(rowID == nil ? 0 : 1).allSatisfy(\.isEmpty))
    try withoutActuallyEscaping(isCancelled) { isCancelled throws(TableFault) in
      let watch = RowWatch(isCancelled: isCancelled)
      try connection.watched(by: watch) { () throws(TableFault) in
        try Self.write(statement, hasRowID: rowID != nil, watch, into: text, &conversion)
      }
    }
    try text.finish()
    return conversion
  }

  private static func write(
    _ statement: DatabaseStatement, hasRowID: Bool, _ watch: RowWatch, into text: CSVText,
    _ conversion: inout TableConversion
  ) throws(TableFault) {
    var rowNumber = 0
    while text.fault == nil {
      switch statement.step() {
      case .row: break
      case .end: return
      case .fault(let code):
        if watch.isStopped { throw .cancelled }
        if code == SQLITE_BUSY { throw .busy }
        // Nothing came of it: then there is nothing to keep.
        guard conversion.numbering.count > 0 else { throw .sqlite(code: code) }
        conversion.notes.add(.breaksOff, row: rowNumber)
        return
      }
      watch.rowCame()
      rowNumber = hasRowID ? statement.integer(at: 0) : rowNumber + 1
      conversion.numbering.append(rowNumber)
      var isEmpty = true
      for column in (hasRowID ? 1 : 0)..<statement.columnCount {
        statement.withText(at: column) { bytes in
          if bytes.count > 0 { isEmpty = false }
          text.cell(bytes)
        }
      }
      text.endRecord(isEmpty: isEmpty && statement.columnCount == (hasRowID ? 2 : 1))
    }
  }
}

/// What the first 100 bytes of a database tell.
///
/// Source: sqlite.org/fileformat2.html, 1.3.
struct DatabaseHeader: Equatable, Sendable {
  private static let length = 100
  private static let casebookID: UInt32 = 0x4C4E_5347
  /// Whether changes go to a file beside it (write-ahead log).
  let hasLog: Bool
  let isCasebook: Bool

  /// nil: these are not the bytes of an SQLite database.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.length, bytes.starts(with: "SQLite format 3\0".utf8) else { return nil }
    hasLog = bytes[18] == 2 || bytes[19] == 2
    isCasebook = bytes[68..<72].reduce(0) { $0 << 8 | UInt32($1) } == Self.casebookID
  }
}
