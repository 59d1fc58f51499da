import CSQLite
import Glibc

/// A database opened read-only. Neither it nor any file beside it is changed or created.
///
/// Shape:  a database that another program may write is read under SQLite's locks. One in log mode but without a log
///         would be given one by opening it, so it is declared immutable. One with a log is read through the index that
///         its writer maintains.
/// Fails:  with `TableError` where it is locked, damaged, or its log has no index.
/// Source: sqlite.org/uri.html and sqlite.org/wal.html, "Read-Only Databases".
final class DatabaseConnection {
  private let db: OpaquePointer
  /// What statements may do; nil until the schema has been read.
  private var permitted: Permission?

  /// Milliseconds to wait for another program's short write.
  private static let busyTimeout: Int32 = 2000
  /// Bytes of one value; a damaged file may claim to have any number.
  private static let maximumValueLength: Int32 = 256 << 20
  /// Bytes of one statement, which for views is up to the file.
  private static let maximumSQLLength: Int32 = 1 << 20

  /// Opens the file in the mode that its journal requires.
  ///
  /// Fails:  where it cannot be opened, or has a log without the index that a reader needs.
  init(path: String, header: DatabaseHeader) throws(TableError) {
    var hasLog = false
    if header.hasLog {
      hasLog = Self.size(path + "-wal") > 0
      if hasLog, Self.size(path + "-shm") < 0 { throw .logWithoutIndex }
    }
    let mode = hasLog ? "?mode=ro&readonly_shm=1" : header.hasLog ? "?mode=ro&immutable=1" : "?mode=ro"
    var opened: OpaquePointer?
    let status = sqlite3_open_v2(
      "file:" + Self.escaped(path) + mode, &opened,
      SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, nil)
    guard status == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw Self.error(status)
    }
    db = opened
    lq_distrust(db)
    sqlite3_busy_timeout(db, Self.busyTimeout)
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, Self.maximumValueLength)
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, Self.maximumSQLLength)
    sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0)
  }

  deinit { sqlite3_close_v2(db) }

  /// The file's size; -1 where there is none.
  private static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : -1
  }

  /// A path as part of a URI; relative ones stay so.
  private static func escaped(_ path: String) -> String {
    var text = ""
    for byte in path.utf8 {
      if byte.isDigit || byte.isASCIILetter || "/._-".utf8.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      }
    }
    return text
  }

  /// The error for one of SQLite's result codes.
  static func error(_ code: Int32) -> TableError {
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    default: .sqlite(code: code)
    }
  }

  // MARK: What may be done

  /// From now on, only selections from these tables and views can be prepared.
  ///
  /// Source: sqlite.org/c3ref/set_authorizer.html.
  func forbidEverything(but sources: [DatabaseSource]) {
    let permission = Permission(virtualTables: Set(sources.filter(\.isVirtual).map { $0.name.lowercased() }))
    permitted = permission
    sqlite3_set_authorizer(
      db,
      { context, action, first, second, _, _ in
        Unmanaged<Permission>.fromOpaque(context!).takeUnretainedValue().answer(action, first, second)
      }, Unmanaged.passUnretained(permission).toOpaque())
  }

  /// Answers SQLite's questions about what a statement may do.
  private final class Permission {
    let virtualTables: Set<String>
    /// Whether anything was denied, which SQLite does not always give as its reason.
    var hasRefused = false
    /// Whether `count` may be called: the only function that we use ourselves.
    var mayCount = false

    init(virtualTables: Set<String>) { self.virtualTables = virtualTables }

    /// SQLite's question whether to allow one step of a statement.
    ///
    /// Shape:  remembers a denial, so that the error can name the reason.
    func answer(
      _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
    ) -> Int32 {
      if permits(action, first, second) { return SQLITE_OK }
      hasRefused = true
      return SQLITE_DENY
    }

    /// Allows selections from ordinary tables and views, and nothing else.
    ///
    /// Shape:  tables that are functions are denied by their names, since SQLite asks about them like about any other.
    /// Source: sqlite.org/c3ref/c_alter_table.html, the action codes.
    private func permits(
      _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
    ) -> Bool {
      switch action {
      case SQLITE_SELECT: return true
      case SQLITE_READ:
        let table = first.map { String(cString: $0).lowercased() } ?? ""
        // Tables that are functions (`pragma_table_info`, `json_each`) run code as well.
        return !virtualTables.contains(table) && table != "dbstat"
          && !["pragma_", "sqlite_", "json_"].contains { table.hasPrefix($0) }
      case SQLITE_FUNCTION: return mayCount && second.map { strcmp($0, "count") == 0 } ?? false
      default: return false
      }
    }
  }

  // MARK: Statements

  /// Prepares a statement.
  func statement(_ sql: String) throws(TableError) -> DatabaseStatement {
    var prepared: OpaquePointer?
    let status = sqlite3_prepare_v2(db, sql, -1, &prepared, nil)
    guard status == SQLITE_OK, let prepared else { throw Self.error(status) }
    return DatabaseStatement(prepared, of: self)
  }

  /// Prepares a selection from `source`; a view that does more than select is rejected.
  ///
  /// Fails:  with `refusedView` where the authorizer or SQLite itself objects.
  func statement(_ sql: String, for source: DatabaseSource) throws(TableError) -> DatabaseStatement {
    permitted?.hasRefused = false
    do throws(TableError) {
      return try statement(sql)
    } catch {
      // SQLite itself rejects virtual tables in a view before it asks us.
      let isUnsafe = sqlite3_errmsg(db).map { String(cString: $0).hasPrefix("unsafe use") } ?? false
      throw permitted?.hasRefused == true || isUnsafe ? .refusedView(source.name) : error
    }
  }

  /// The name under which rows of `source` give their rowid; nil where they have none. Columns may use any of the names.
  func rowIDName(of source: DatabaseSource, columns: [String]) -> String? {
    guard !source.isView else { return nil }
    let taken = Set(columns.map { $0.lowercased() })
    guard let name = ["rowid", "_rowid_", "oid"].first(where: { !taken.contains($0) }) else { return nil }
    return (try? statement(source.selection(of: name))) == nil ? nil : name
  }

  /// The number of rows of a table; nil for views, and where counting is not possible.
  ///
  /// Cost:   a scan of the table's index at most, without a timeout.
  func rowCount(of source: DatabaseSource) -> Int? {
    guard !source.isView else { return hasRow(source) ? nil : 0 }
    permitted?.mayCount = true
    defer { permitted?.mayCount = false }
    guard let statement = try? statement(source.selection(of: "count(*)")), case .row = statement.step() else {
      return nil
    }
    return statement.integer(at: 0)
  }

  /// Whether a view has any row, as far as that shows within the timeout.
  private func hasRow(_ source: DatabaseSource) -> Bool {
    guard let statement = try? statement(source.selection(of: "*")) else { return false }
    let timeout = RowTimeout { false }
    var hasRow = false
    limited(by: timeout) { if case .row = statement.step() { hasRow = true } }
    return hasRow || timeout.isStopped
  }

  /// Runs `body` under a timeout.
  ///
  /// Shape:  the timeout interrupts the current step, which then fails.
  func limited<Failure: Error>(by timeout: RowTimeout, _ body: () throws(Failure) -> Void) throws(Failure) {
    sqlite3_progress_handler(
      db, RowTimeout.interval,
      { Unmanaged<RowTimeout>.fromOpaque($0!).takeUnretainedValue().continues() ? 0 : 1 },
      Unmanaged.passUnretained(timeout).toOpaque())
    defer { sqlite3_progress_handler(db, 0, nil, nil) }
    try body()
  }
}

/// Interrupts a selection that was cancelled, or that runs on without producing a row.
final class RowTimeout {
  private let isCancelled: () -> Bool
  private var stepsSinceRow = 0
  /// Whether it has interrupted the selection.
  private(set) var isStopped = false

  /// Steps of SQLite's virtual machine between two checks.
  static let interval: Int32 = 10_000
  /// About ten seconds of work, while an ordinary row takes a few dozen steps.
  private static let maximumSteps = 1_000_000_000

  init(isCancelled: @escaping () -> Bool) { self.isCancelled = isCancelled }

  /// Restarts the timeout.
  func rowArrived() { stepsSinceRow = 0 }

  /// Called by SQLite every `interval` steps.
  fileprivate func continues() -> Bool {
    stepsSinceRow += Int(Self.interval)
    if isCancelled() || stepsSinceRow > Self.maximumSteps { isStopped = true }
    return !isStopped
  }
}

/// A selection in progress.
///
/// Shape:  `step` moves to the next row, whose values stay valid until the next step.
final class DatabaseStatement {
  private let statement: OpaquePointer
  /// Kept alive, since SQLite requires it to be closed after its statements.
  private let connection: DatabaseConnection
  /// Room for the digits of a number.
  private var number = Array(repeating: CChar(0), count: 64)
  private var written: [UInt8] = []

  /// What a step led to; `failed` carries SQLite's result code.
  enum Step: Equatable { case row, end, failed(Int32) }

  init(_ statement: OpaquePointer, of connection: DatabaseConnection) {
    self.statement = statement
    self.connection = connection
  }

  deinit { sqlite3_finalize(statement) }

  var columnCount: Int32 { sqlite3_column_count(statement) }
  /// The names of the result columns; empty for one without.
  var columnNames: [String] {
    (0..<columnCount).map { sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? "" }
  }

  /// Moves on to the next row.
  ///
  /// Fails:  with `failed`, as when the timeout interrupts it.
  func step() -> Step {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: .row
    case SQLITE_DONE: .end
    case let code: .failed(code)
    }
  }

  func integer(at column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

  /// The value as a string, for schemas.
  func text(at column: Int32) -> String {
    var text = ""
    withText(at: column) { text = String(decoding: $0, as: UTF8.self) }
    return text
  }

  /// The value as text. Text keeps its bytes even where they are not UTF-8. A number gets the fewest digits that
  /// distinguish it from every other, without an exponent, since it may be an id.
  func withText(at column: Int32, _ body: (UnsafeRawBufferPointer) -> Void) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_NULL: body(UnsafeRawBufferPointer(start: nil, count: 0))
    case SQLITE_BLOB:
      let note = Array("[blob, \(sqlite3_column_bytes(statement, column)) bytes]".utf8)
      note.withUnsafeBytes(body)
    case SQLITE_FLOAT: withReal(at: column, body)
    default:
      // Ask for the text first: that may change its length in bytes.
      let text = sqlite3_column_text(statement, column)
      body(UnsafeRawBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, column))))
    }
  }

  /// A floating-point number as text.
  ///
  /// Shape:  what SQLite writes, unless that reads back as another number; then 17 digits. Exponents are written out.
  private func withReal(at column: Int32, _ body: (UnsafeRawBufferPointer) -> Void) {
    let value = sqlite3_column_double(statement, column)
    // SQLite writes 15 digits, which may not suffice.
    guard let short = sqlite3_column_text(statement, column) else { return body(.init(start: nil, count: 0)) }
    var text = UnsafeRawBufferPointer(start: short, count: Int(sqlite3_column_bytes(statement, column)))
    number.withUnsafeMutableBufferPointer { number in
      if value.isFinite, strtod(UnsafeRawPointer(short).assumingMemoryBound(to: CChar.self), nil) != value {
        lq_print_exact(value, number.baseAddress, Int32(number.count))
        text = UnsafeRawBufferPointer(start: number.baseAddress, count: strlen(number.baseAddress!))
      }
      guard text.contains(UInt8(ascii: "e")) else { return body(text) }
      written.removeAll(keepingCapacity: true)
      SheetNumber.append(text, to: &written)
      written.withUnsafeBytes(body)
    }
  }
}
