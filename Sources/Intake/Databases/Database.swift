import CSQLite

/// An SQLite database: its tables and views, each of which can be written out as CSV.
///
/// Shape:  all rows, ordered by rowid, which is their number. Rows of views and of tables without rowids are counted.
///         Missing values are empty cells; blobs become a note of their length.
/// Cost:   holds no more than the current row.
/// Fails:  for casebooks, databases that are being written, virtual tables, and views that do more than select. One that
///         breaks off in the middle keeps its rows.
/// Source: sqlite.org/security.html, "Untrusted SQLite Database Files".
final class Database: TableFile {
  let tables: [HeldTable]
  private let connection: DatabaseConnection
  private let sources: [DatabaseSource]

  /// - Parameter path: the file itself and not just its bytes, since other programs may be writing the database.
  ///
  /// Fails:  for casebooks, and where the database is locked or damaged.
  init(path: String, header: DatabaseHeader, headers: HeaderSearch) throws(TableError) {
    if header.isCasebook { throw .casebook }
    connection = try DatabaseConnection(path: path, header: header)
    sources = try DatabaseSource.all(in: connection)
    connection.forbidEverything(but: sources)
    var tables: [HeldTable] = []
    for source in sources {
      let statement = try? connection.statement(source.selection(of: "*"))
      let columns = source.isVirtual ? [] : statement?.columnNames ?? []
      let rowCount = source.isVirtual || columns.isEmpty ? nil : connection.rowCount(of: source)
      tables.append(
        HeldTable(
          name: source.name, columns: columns, rowCount: rowCount, hasRows: rowCount != 0 && !columns.isEmpty,
          hasKnownColumn: columns.contains { headers.isKnown($0) }, suggestsListings: headers.suggestListings(columns)))
    }
    // What a view shows is already in a table, and would be read twice.
    let hasListings = zip(sources, tables).contains { !$0.isView && $1.hasKnownColumn && $1.hasRows }
    self.tables = zip(sources, tables).map { $0.isView && hasListings ? $1.repeated : $1 }
  }

  /// Writes the rows of a table or view, with the rowid as their number where there is one.
  ///
  /// Fails:  for virtual tables, views that do more than select, and where the first row cannot be read.
  func convert(_ index: Int, into text: CSVText, isCancelled: () -> Bool) throws(TableError) -> TableConversion {
    let source = sources[index]
    if source.isVirtual { throw .virtualTable(source.name) }
    var conversion = TableConversion()
    let columns = tables[index].columns
    let rowID = connection.rowIDName(of: source, columns: columns)
    let selection = source.selection(of: rowID.map { "\($0), *" } ?? "*")
    let statement = try connection.statement(rowID.map { "\(selection) ORDER BY \($0)" } ?? selection, for: source)
    for name in statement.columnNames.dropFirst(rowID == nil ? 0 : 1) { text.cell(name) }
    text.endRecord(isEmpty: statement.columnNames.dropFirst(rowID == nil ? 0 : 1).allSatisfy(\.isEmpty))
    try withoutActuallyEscaping(isCancelled) { isCancelled throws(TableError) in
      let timeout = RowTimeout(isCancelled: isCancelled)
      try connection.limited(by: timeout) { () throws(TableError) in
        try Self.write(statement, hasRowID: rowID != nil, timeout, into: text, &conversion)
      }
    }
    try text.finish()
    return conversion
  }

  /// Writes the rows, and stops at the first error with what there is.
  private static func write(
    _ statement: DatabaseStatement, hasRowID: Bool, _ timeout: RowTimeout, into text: CSVText,
    _ conversion: inout TableConversion
  ) throws(TableError) {
    var rowNumber = 0
    while text.error == nil {
      switch statement.step() {
      case .row: break
      case .end: return
      case .failed(let code):
        if timeout.isStopped { throw .cancelled }
        if code == SQLITE_BUSY { throw .busy }
        // With no rows there is nothing to keep.
        guard conversion.numbering.count > 0 else { throw .sqlite(code: code) }
        conversion.notes.add(.breaksOff, row: rowNumber)
        return
      }
      timeout.rowArrived()
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

/// What the first 100 bytes of a database say.
///
/// Source: sqlite.org/fileformat2.html, 1.3.
struct DatabaseHeader: Equatable, Sendable {
  private static let length = 100
  /// The `application_id` of this program's casebooks: "LNSG".
  private static let casebookID: UInt32 = 0x4C4E_5347
  /// Whether changes are in a separate file beside it (write-ahead log).
  let hasLog: Bool
  /// Whether it is a casebook of this program, which holds no listings.
  let isCasebook: Bool

  /// Nil where these are not the bytes of an SQLite database.
  init?(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count >= Self.length, bytes.starts(with: "SQLite format 3\0".utf8) else { return nil }
    hasLog = bytes[18] == 2 || bytes[19] == 2
    isCasebook = bytes[68..<72].reduce(0) { $0 << 8 | UInt32($1) } == Self.casebookID
  }
}

/// A table or view of a database, by its name in the schema.
struct DatabaseSource: Equatable, Sendable {
  let name: String
  /// Views are read only if they select, and tables come before them.
  let isView: Bool
  /// Whether its content is computed by code instead of stored in the file.
  let isVirtual: Bool

  /// A selection of all rows, with the name quoted whatever it contains.
  func selection(of columns: String) -> String { "SELECT \(columns) FROM main.\(Self.quoted(name))" }

  /// The name as an SQL identifier.
  static func quoted(_ name: String) -> String {
    "\"" + String(name.flatMap { $0 == "\"" ? "\"\"" : String($0) }) + "\""
  }

  /// The tables and views of a database in the order of their creation, without SQLite's own and those that store virtual
  /// tables.
  ///
  /// Fails:  where the schema cannot be read.
  static func all(in connection: DatabaseConnection) throws(TableError) -> [DatabaseSource] {
    let statement = try connection.statement(
      "SELECT name, type, sql FROM main.sqlite_master WHERE type = 'table' OR type = 'view' ORDER BY rowid")
    var sources: [DatabaseSource] = []
    rows: while true {
      switch statement.step() {
      case .end: break rows
      case .failed(let code): throw DatabaseConnection.error(code)
      case .row:
        let (name, kind, sql) = (statement.text(at: 0), statement.text(at: 1), statement.text(at: 2))
        // Names with zero bytes cannot be used in SQL.
        guard !name.lowercased().hasPrefix("sqlite_"), !name.utf8.contains(0) else { continue }
        sources.append(DatabaseSource(name: name, isView: kind == "view", isVirtual: isVirtual(sql)))
      }
    }
    let virtual = sources.filter(\.isVirtual).map { $0.name.lowercased() + "_" }
    return sources.filter { source in
      source.isVirtual || source.isView || !virtual.contains { source.name.lowercased().hasPrefix($0) }
    }
  }

  /// SQLite stores the statement beginning with exactly these two words and a single blank.
  private static func isVirtual(_ sql: String) -> Bool { sql.uppercased().hasPrefix("CREATE VIRTUAL") }
}
