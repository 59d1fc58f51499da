import CSQLiteFile
import Casework
import Foundation
import GRDB
import Listings
import Synchronization

/// The casebook on disk: every verdict, note and export as an event of one audit chain, in one SQLite file.
///
/// Shape:  events are only ever appended. All else in the file (standings, acts, snapshots) is written in the same
///         transaction as the events it follows from, and `verify` compares it with them.
/// Cost:   an act is on the disk, synced, when `apply` returns. Safe to call from any thread; calls take turns.
///         Several programs may have one file open: each act is written under SQLite's write lock, after the chain's
///         latest end, whoever wrote that. Not on network file systems, where SQLite's log cannot be shared.
///         Before and after every commit the open files are held against their paths (`FileGuard`).
/// Fails:  with a `CasebookError`; an act is then not written at all, or into a file that is no longer there.
/// Source: sqlite.org/wal.html; sqlite.org/pragma.html#pragma_synchronous (FULL: the log is synced at every commit).
package final class Casebook: Sendable {
  package enum Access: Sendable {
    /// Makes the file where there is none, and migrates an older one.
    case writing
    /// Changes nothing in the file, as for checking one that came as evidence.
    case reading
  }

  package let path: String
  package let analyst: String
  package let access: Access
  /// How many seconds to wait for another program that is writing.
  let patience: Double
  let database: DatabaseQueue
  /// This analyst's history as of the last act read; refreshed before it is used.
  let remembered: Mutex<RememberedHistory>
  let trust = Mutex(Trust())

  /// What is known of the open files. A casebook that was lost once is not written to again.
  struct Trust {
    /// nil until the casebook is open, and where it is only read.
    var fileGuard: FileGuard?
    /// Why nothing more is filed.
    var fault: CasebookError?
    /// What reads the casebook whole, while it does.
    var checker: DatabaseQueue?
    /// From before its connection is opened until after it is closed.
    var isChecking = false
    /// Nothing more is begun.
    var isClosing = false
    /// Commits since the log was last folded into the file.
    var unfolded = 0
  }

  struct RememberedHistory {
    var history: History
    var lastAct: ActNumber = 0
  }

  /// Opens the casebook at `path`.
  ///
  /// - Parameters:
  ///   - analyst: who signs what is decided from here.
  ///   - clock: the time that a new casebook's first event gets.
  ///   - patience: how many seconds to wait for another program that is writing.
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

  private init(path: String, analyst: String, access: Access, patience: Double, database: DatabaseQueue) {
    self.path = path
    self.patience = patience
    self.analyst = analyst
    self.access = access
    self.database = database
    remembered = Mutex(RememberedHistory(history: History(of: analyst)))
  }

  private static func configuration(_ access: Access, patience: Double) -> Configuration {
    var configuration = Configuration()
    configuration.readonly = access == .reading
    configuration.busyMode = .timeout(patience)
    configuration.label = "casebook"
    return configuration
  }

  // MARK: Preparing

  private func prepare(at clock: @Sendable () -> String) throws {
    try database.writeWithoutTransaction { db in
      if access == .writing { try identify(db) }
      let version = try Schema.version(of: db)
      if version > Schema.version {
        throw CasebookError.newerThanProgram(path: path, version: version, known: Schema.version)
      }
      if access == .reading {
        if version == 0 { throw CasebookError.notACasebook(path: path) }
        return
      }
      if version > 0, let fault = try openingFault(db, version: version) {
        trust.withLock { $0.fault = fault }
        keepLogOnClose(db)
        return
      }
      try startLog(db)
      try begin(db, at: clock)
      try startGuard(db)
    }
  }

  /// Gives a blank file its identity before anything else, and before the log exists: a program that dies here
  /// leaves a blank file or a casebook, never something in between.
  private func identify(_ db: Database) throws {
    let identity = try Int.fetchOne(db, sql: "PRAGMA application_id")
    if identity == 0 { try db.execute(sql: "PRAGMA application_id = \(CasebookFile.applicationID)") }
  }

  private func startLog(_ db: Database) throws {
    // Changing the journal needs the file for itself, and SQLite does not wait for it as it does for a write lock.
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
    // 32 MB at most, taken only as pages are touched: with the default 2 MB a bulk act of 100,000 listings writes its
    // pages to the log again and again before it commits.
    try db.execute(sql: "PRAGMA cache_size = -32768")
    // The log is folded in here and nowhere else, after the file was looked at: see Casebook+Folding.
    try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
    keepLogOnClose(db)
  }

  /// Closing does not write the log into whatever file is there by then.
  private func keepLogOnClose(_ db: Database) {
    if let connection = db.sqliteConnection { _ = lc_fold_log_on_close(connection, 0) }
  }

  private func begin(_ db: Database, at clock: @Sendable () -> String) throws {
    if try Schema.version(of: db) == Schema.version { return }
    try db.inTransaction(.immediate) {
      let version = try Schema.version(of: db)
      let isNew = version == 0
      try Schema.migrate(db)
      if !isNew, version < Schema.versionOfNames { try KeyForm.note(in: db, analyst: analyst, time: clock()) }
      if isNew {
        var writer = try ActWriter(db, analyst: analyst, time: clock())
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
