import CSQLite
import Glibc

/// A database opened for reading only. Neither it nor anything beside it is changed or made.
///
/// Why:    a database that another program may write is read under SQLite's locks. One in log mode without a log beside
///         it would be given one by opening; it is declared immutable instead. One with a log is read with the index
///         that its writer keeps.
final class DatabaseConnection {
  private let db: OpaquePointer
  private var permitted: Permission?

  /// Milliseconds to wait for another program's short write.
  private static let patience: Int32 = 2000
  private static let longestValue: Int32 = 256 << 20
  private static let longestSQL: Int32 = 1 << 20

  init(path: String, header: DatabaseHeader) throws(TableFault) {
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
      throw Self.fault(status)
    }
    db = opened
    lq_distrust(db)
    sqlite3_busy_timeout(db, Self.patience)
    sqlite3_limit(db, SQLITE_LIMIT_LENGTH, Self.longestValue)
    sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, Self.longestSQL)
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

  static func fault(_ code: Int32) -> TableFault {
    switch code & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED: .busy
    default: .sqlite(code: code)
    }
  }

  // MARK: What may be done

  /// From now on only selections from these tables and views are prepared.
  func forbidEverythingElse(than sources: [DatabaseSource]) {
    let permission = Permission(virtualTables: Set(sources.filter(\.isVirtual).map { $0.name.lowercased() }))
    permitted = permission
    sqlite3_set_authorizer(
      db,
      { context, action, first, second, _, _ in
        Unmanaged<Permission>.fromOpaque(context!).takeUnretainedValue().answer(action, first, second)
      }, Unmanaged.passUnretained(permission).toOpaque())
  }

  private final class Permission {
    let virtualTables: Set<String>
    /// Whether something was refused; SQLite does not always say that this was why.
    var hasRefused = false
    /// Counting the rows of a table is the one function that we call ourselves.
    var mayCount = false

    init(virtualTables: Set<String>) { self.virtualTables = virtualTables }

    func answer(
      _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
    ) -> Int32 {
      if permits(action, first, second) { return SQLITE_OK }
      hasRefused = true
      return SQLITE_DENY
    }

    private func permits(
      _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
    ) -> Bool {
      switch action {
      case SQLITE_SELECT: return true
      case SQLITE_READ:
        let table = first.map { String(cString: $0).lowercased() } ?? ""
        // Tables that are functions (`pragma_table_info`, `json_each`) and SQLite's own run code too.
        return !virtualTables.contains(table) && table != "dbstat"
          && !["pragma_", "sqlite_", "json_"].contains { table.hasPrefix($0) }
      case SQLITE_FUNCTION: return mayCount && second.map { strcmp($0, "count") == 0 } ?? false
      default: return false
      }
    }
  }

  // MARK: Statements

  func statement(_ sql: String) throws(TableFault) -> DatabaseStatement {
    var prepared: OpaquePointer?
    let status = sqlite3_prepare_v2(db, sql, -1, &prepared, nil)
    guard status == SQLITE_OK, let prepared else { throw Self.fault(status) }
    return DatabaseStatement(prepared, of: self)
  }

  /// A selection from `source`, which is refused if it is a view that wants more than to select.
  func statement(_ sql: String, for source: DatabaseSource) throws(TableFault) -> DatabaseStatement {
    permitted?.hasRefused = false
    do throws(TableFault) {
      return try statement(sql)
    } catch {
      // Virtual tables in a view are refused by SQLite itself, before it asks us.
      let isUnsafe = sqlite3_errmsg(db).map { String(cString: $0).hasPrefix("unsafe use") } ?? false
      throw permitted?.hasRefused == true || isUnsafe ? .refusedView(source.name) : error
    }
  }

  /// The name by which rows of `source` tell their rowid, where they have one; a column may bear any of the names.
  func rowIDName(of source: DatabaseSource, columns: [String]) -> String? {
    guard !source.isView else { return nil }
    let taken = Set(columns.map { $0.lowercased() })
    guard let name = ["rowid", "_rowid_", "oid"].first(where: { !taken.contains($0) }) else { return nil }
    return (try? statement(source.selection(of: name))) == nil ? nil : name
  }

  /// The rows of a table; nil where that would take long, and for views.
  func rowCount(of source: DatabaseSource) -> Int? {
    guard !source.isView else { return hasRow(source) ? nil : 0 }
    permitted?.mayCount = true
    defer { permitted?.mayCount = false }
    guard let statement = try? statement(source.selection(of: "count(*)")), case .row = statement.step() else {
      return nil
    }
    return statement.integer(at: 0)
  }

  private func hasRow(_ source: DatabaseSource) -> Bool {
    guard let statement = try? statement(source.selection(of: "*")) else { return false }
    let watch = RowWatch { false }
    var hasRow = false
    watched(by: watch) { if case .row = statement.step() { hasRow = true } }
    return hasRow || watch.isStopped
  }

  /// Runs `body` while `watch` may stop it.
  func watched<Fault: Error>(by watch: RowWatch, _ body: () throws(Fault) -> Void) throws(Fault) {
    sqlite3_progress_handler(
      db, RowWatch.interval,
      { Unmanaged<RowWatch>.fromOpaque($0!).takeUnretainedValue().goesOn() ? 0 : 1 },
      Unmanaged.passUnretained(watch).toOpaque())
    defer { sqlite3_progress_handler(db, 0, nil, nil) }
    try body()
  }
}

/// Stops a selection that is no longer wanted, or that goes on and on without giving a row.
final class RowWatch {
  private let isCancelled: () -> Bool
  private var stepsSinceRow = 0
  private(set) var isStopped = false

  /// Steps of SQLite's machine between two looks.
  static let interval: Int32 = 10_000
  /// About ten seconds of work: an honest row takes a few dozen steps.
  private static let mostSteps = 1_000_000_000

  init(isCancelled: @escaping () -> Bool) { self.isCancelled = isCancelled }

  func rowCame() { stepsSinceRow = 0 }

  fileprivate func goesOn() -> Bool {
    stepsSinceRow += Int(Self.interval)
    if isCancelled() || stepsSinceRow > Self.mostSteps { isStopped = true }
    return !isStopped
  }
}
