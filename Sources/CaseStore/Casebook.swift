import CSQLiteFile
import Casework
import Foundation
import GRDB
import Listings
import Synchronization

/// The casebook on disk: every verdict, note and export as an event of one audit chain, in one SQLite file.
///
/// Shape:  events are only ever appended. Everything else in the file (statuses, transactions, words of listings) is
///         written in the same SQL transaction as the events it follows from, and `verify` compares it with them.
/// Cost:   a transaction is on disk, synced, when `apply` returns. Safe to call from any thread; calls take turns.
/// Fails:  with a `CasebookError`. The transaction is then not written at all, or into a file that is no longer there.
/// Limits: several programs may have one file open. Each transaction is written under SQLite's write lock, after the
///         current end of the chain, whoever wrote that. Not on network file systems, where SQLite's log cannot be
///         shared. Before and after every commit the open files are compared with their paths (`FileGuard`).
/// Source: sqlite.org/wal.html; sqlite.org/pragma.html#pragma_synchronous (FULL: the log is synced at every commit).
package final class Casebook: Sendable {
  /// What the casebook is opened for.
  package enum Access: Sendable {
    /// Filing: makes the file where there is none, and migrates an older one.
    case writing
    /// Reading only: changes nothing in the file, as for one that came as evidence.
    case reading
  }

  /// As given; links are not resolved.
  package let path: String
  /// Who signs what is filed.
  package let analyst: String
  package let access: Access
  /// Seconds to wait while another program is writing.
  let patience: Double
  let database: DatabaseQueue
  /// This analyst's history as of the last transaction read. It is refreshed before use.
  let remembered: Mutex<RememberedHistory>
  /// What SQLite counted of the commits of other connections when `hasNews` was last asked.
  let lastDataVersion = Mutex<Int?>(nil)
  /// What is known about the open files.
  let trust = Mutex(Trust())

  /// What is known about the open files. A casebook that was lost once is never written to again.
  struct Trust {
    /// Nil until the casebook is open, and if it is only read.
    var fileGuard: FileGuard?
    /// Why nothing more is filed.
    var blockingError: CasebookError?
    /// The connection that is checking the whole casebook.
    var checker: DatabaseQueue?
    /// True from before that connection is opened until after it is closed.
    var isChecking = false
    /// No new check begins.
    var isClosing = false
    /// Commits since the log was last folded in.
    var unfolded = 0
  }

  /// A history, and how far it was read.
  struct RememberedHistory {
    var history: History
    var lastTransaction: TransactionNumber = 0
  }

  /// Opens the casebook at `path`.
  ///
  /// - Parameters:
  ///   - analyst: who signs what is filed.
  ///   - clock: gives the time of a new casebook's first event.
  ///   - patience: seconds to wait while another program is writing.
  /// Cost:   for writing, up to 2,000 events are all checked; of a longer chain the schema and the last 64 events.
  /// Fails:  throws where the file is no casebook, cannot be written, has a stray log beside it or a newer version.
  /// Limits: a casebook that fails its checks opens all the same, to be read; `blockingError` then says why.
  package static func open(
    path: String, analyst: String, access: Access = .writing, clock: @Sendable () -> String = SystemClock.now,
    patience: Double = 10
  ) throws(CasebookError) -> Casebook {
    guard !analyst.allSatisfy(\.isWhitespace) else { throw .namelessAnalyst }
    let file = CasebookFile(path: path)
    switch (try file.state(), access) {
    case (.foreign, _): throw .notACasebook(path: path)
    case (.blank, .reading): throw .noSuchFile(path: path)
    case (.blank, .writing): try file.create()
    case (.casebook, _): break
    }
    if access == .writing { try file.checkWritable() }
    if StrayLog.isBeside(file.resolvedPath) { throw .strayLog(path: path) }
    do {
      if access == .reading, file.hasJournal { try takeBackInterruptedChange(of: file, patience: patience) }
      let database = try DatabaseQueue(
        path: access == .reading ? file.pathForReading : path,
        configuration: configuration(access, patience: patience))
      let casebook = Casebook(
        path: path, analyst: analyst, access: access, patience: patience, database: database)
      try casebook.prepare(at: clock)
      return casebook
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  /// Lets SQLite take back a change in the midst of which the program was stopped: a connection that only reads may not, and
  /// would read nothing. The last whole state is what any reader gets.
  ///
  /// Fails:  with `interrupted` where file or folder may not be written.
  private static func takeBackInterruptedChange(of file: CasebookFile, patience: Double) throws {
    do throws(CasebookError) {
      try file.checkWritable()
    } catch {
      throw CasebookError.interrupted(path: file.path)
    }
    let database = try DatabaseQueue(path: file.path, configuration: configuration(.writing, patience: patience))
    defer { try? database.close() }
    try database.inDatabase { db in _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") }
  }

  private init(path: String, analyst: String, access: Access, patience: Double, database: DatabaseQueue) {
    self.path = path
    self.patience = patience
    self.analyst = analyst
    self.access = access
    self.database = database
    remembered = Mutex(RememberedHistory(history: History(of: analyst)))
  }

  /// The settings of the connection.
  private static func configuration(_ access: Access, patience: Double) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = access == .reading
    configuration.busyMode = .timeout(patience)
    configuration.label = "casebook"
    return configuration
  }

  // MARK: Preparing

  /// Identifies, checks and migrates the file, in this order, before anything is filed.
  ///
  /// Limits: of a file that is only read the version alone is checked.
  private func prepare(at clock: @Sendable () -> String) throws {
    try database.writeWithoutTransaction { db in
      if access == .writing { try identify(db) }
      let version = try Schema.version(of: db)
      if version > Schema.version {
        throw CasebookError.newerThanProgram(path: path, version: version, known: Schema.version)
      }
      if access == .reading {
        if version == 0 { throw CasebookError.neverCompleted(path: path) }
        return
      }
      if version > 0, let error = try openingError(db, version: version) {
        trust.withLock { $0.blockingError = error }
        keepLogOnClose(db)
        return
      }
      try startLog(db)
      try begin(db, at: clock)
      try startGuard(db)
    }
  }

  /// Marks a blank file as a casebook before anything else, and before there is a log. A program that dies here leaves a
  /// blank file or a casebook, nothing in between.
  private func identify(_ db: Database) throws {
    let identity = try Int.fetchOne(db, sql: "PRAGMA application_id")
    if identity == 0 { try db.execute(sql: "PRAGMA application_id = \(CasebookFile.applicationID)") }
  }

  /// Switches to the write-ahead log.
  ///
  /// Cost:   pauses at most 100 times for 20 milliseconds while others have the file open.
  /// Fails:  throws `failed` where the file system cannot hold the log.
  /// Source: sqlite.org/wal.html; sqlite.org/pragma.html#pragma_wal_autocheckpoint.
  private func startLog(_ db: Database) throws {
    // Changing the journal mode needs exclusive access, for which SQLite does not wait as it does for a write lock.
    for attempt in 0... {
      do {
        guard try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") == "wal" else {
          throw CasebookError.failed(path: path, why: "its file system cannot hold SQLite's write-ahead log")
        }
        break
      } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && attempt < 100 {
        usleep(20_000)
      }
    }
    try db.execute(sql: "PRAGMA synchronous = FULL")
    // At most 32 MB, taken as pages are touched. With the default 2 MB a bulk transaction of 100,000 listings writes its
    // pages to the log many times before it commits.
    try db.execute(sql: "PRAGMA cache_size = -32768")
    // The log is folded in by `fold` only, after the file was checked.
    try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
    keepLogOnClose(db)
  }

  /// On closing, the log is not written into whatever file is there by then.
  private func keepLogOnClose(_ db: Database) {
    if let connection = db.sqliteConnection { _ = lc_fold_log_on_close(connection, 0) }
  }

  /// Migrates the schema, and begins the chain of a new casebook.
  ///
  /// Shape:  a new chain has one event, `createCasebook`, with the casebook's token and version.
  /// Cost:   one immediate SQL transaction; none where the file has this program's version.
  private func begin(_ db: Database, at clock: @Sendable () -> String) throws {
    if try Schema.version(of: db) == Schema.version { return }
    try db.inTransaction(.immediate) {
      let version = try Schema.version(of: db)
      let isNew = version == 0
      try Schema.migrate(db)
      if !isNew, version < Schema.versionOfNames { try KeyForm.note(in: db, analyst: analyst, time: clock()) }
      if isNew {
        var writer = try TransactionWriter(db, analyst: analyst, time: clock())
        try writer.append(
          .createCasebook, object: "casebook",
          data: ["casebook": .text(CasebookStamp.randomToken()), "version": .number(Schema.version)])
        try writer.close(.other, part: nil, listings: 0)
      }
      if try CasebookStamp.fetch(db) == nil { try CasebookStamp.begin(db) }
      return .commit
    }
  }
}

/// The current time in the form that events carry.
package enum SystemClock {
  /// RFC 3339 in UTC with whole seconds: `2026-11-18T11:06:40Z`.
  @Sendable package static func now() -> String {
    var seconds = time(nil)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    func digits(_ number: Int32, _ count: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, count - text.count)) + text
    }
    return digits(parts.tm_year + 1900, 4) + "-" + digits(parts.tm_mon + 1, 2) + "-" + digits(parts.tm_mday, 2) + "T"
      + digits(parts.tm_hour, 2) + ":" + digits(parts.tm_min, 2) + ":" + digits(parts.tm_sec, 2) + "Z"
  }

  /// The same without separators, for file names: `20261118T110640Z`.
  package static func compact() -> String { now().filter { $0 != "-" && $0 != ":" } }
}
