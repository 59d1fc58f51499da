import CSQLiteFile
import Foundation
import GRDB

// Reading and writing, with a check that what was written can be found again.

extension Casebook {
  /// Begins to compare the files that SQLite opened with those at their paths.
  ///
  /// Fails:  throws `lost` where the files are not at their paths already.
  func startGuard(_ db: Database) throws {
    // The first stamp belongs in the main file, where it identifies this casebook.
    _ = try checkpoint(.passive, db)
    guard var fileGuard = try FileGuard(db, path: path) else { throw CasebookError.lost(path: path, .gone) }
    if let loss = try fileGuard.contentLoss(db) { throw CasebookError.lost(path: path, loss) }
    trust.withLock { $0.fileGuard = fileGuard }
  }

  /// The casebook's unique token; nil if it is read only, or blocked.
  ///
  /// Shape:  32 lower-case hexadecimal digits.
  package var token: String? { trust.withLock { $0.fileGuard?.token } }

  /// Runs a query. A blocked casebook can still be read; one that is gone cannot.
  ///
  /// Shape:  all queries of `body` see one state of the file.
  /// Cost:   before the query the paths of three files are compared; calls take turns with writing.
  /// Fails:  throws `lost`, and blocks the casebook, where its files are no longer at their paths.
  func read<T>(_ body: (Database) throws -> T) throws(CasebookError) -> T {
    if let blockingError, case .lost = blockingError { throw blockingError }
    do {
      return try connected { db in
        var result: T?
        try db.readOnly {
          try db.inSavepoint {
            if let loss = trust.withLock({ $0.fileGuard?.pathLoss() }) { throw lose(loss, db) }
            result = try body(db)
            return .commit
          }
        }
        guard let result else { preconditionFailure("A query gave no result") }
        return result
      }
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  /// Uses the connection, in turn with others.
  ///
  /// Why:    a dashboard that is being left may still be polling. SQLite does not check that there is a connection before it
  ///         reads from it, so that a query after `close` would end the program.
  /// Fails:  throws `failed` after `close`.
  private func connected<T>(_ body: (Database) throws -> T) throws -> T {
    try database.writeWithoutTransaction { db in
      guard db.sqliteConnection != nil else { throw CasebookError.failed(path: path, why: "it was closed") }
      return try body(db)
    }
  }

  /// Runs one SQL transaction under the write lock from its first statement, so that what it reads stays true until it
  /// commits.
  ///
  /// When this returns, what was written is on disk, in the file at the path.
  /// Cost:   one sync and two checks of the files; every hundredth commit also folds the log in.
  /// Fails:  throws `readOnly`, or what blocks the casebook, before `body` runs. What `body` throws rolls all back.
  func write<T>(_ body: (Database) throws -> T) throws(CasebookError) -> T {
    guard access == .writing else { throw .readOnly(path: path) }
    if let blockingError { throw blockingError }
    do {
      return try connected { db in
        do {
          if let loss = trust.withLock({ $0.fileGuard?.pathLoss() }) { throw lose(loss, db) }
          let result = try commit(body, db)
          try verifyFiles(db)
          trust.withLock { $0.unfolded += 1 }
          foldIfLong(db)
          return result
        } catch let error as DatabaseError where error.resultCode != .SQLITE_CONSTRAINT {
          // SQLite may have failed because its files were taken away.
          try? verifyFiles(db)
          if let blockingError { throw blockingError }
          throw error
        }
      }
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  /// Checks that the files are still those that were opened, without writing anything.
  ///
  /// Cost:   one comparison by `FileGuard`; none for a casebook that is only read.
  /// Fails:  throws `lost`. Nothing more is filed from then on.
  package func checkFiles() throws(CasebookError) {
    if let blockingError { throw blockingError }
    guard access == .writing else { return }
    do {
      try connected { db in try verifyFiles(db) }
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  /// Runs the SQL transaction and stamps it.
  ///
  /// Shape:  what `body` returned, once the commit is done.
  /// Fails:  throws what `body` throws, with the SQL transaction rolled back.
  private func commit<T>(_ body: (Database) throws -> T, _ db: Database) throws -> T {
    var result: T?
    try db.inTransaction(.immediate) {
      try verifyFiles(db)
      result = try body(db)
      guard let stamp = try CasebookStamp.fetch(db) else { throw lose(.overwritten, db) }
      try stamp.next.write(db)
      return .commit
    }
    guard let result else { preconditionFailure("A committed transaction gave no result") }
    return result
  }

  /// Throws, and blocks the casebook, if the files are no longer the ones that were opened.
  func verifyFiles(_ db: Database) throws {
    guard var fileGuard = trust.withLock({ $0.fileGuard }) else { return }
    if let loss = try fileGuard.contentLoss(db) { throw lose(loss, db) }
    trust.withLock { $0.fileGuard = fileGuard }
  }

  /// Blocks the casebook: nothing more is written, and nothing in the open files reaches what is at the path now.
  private func lose(_ loss: CasebookLoss, _ db: Database) -> CasebookError {
    let error = CasebookError.lost(path: path, loss)
    let fileGuard = trust.withLock { trust in
      trust.blockingError = error
      return trust.fileGuard
    }
    switch loss {
    case .logLost: break
    case .gone, .replaced, .overwritten, .cutShort: fileGuard?.setLogAside(".left-" + SystemClock.compact())
    }
    return error
  }
}

// Folding the log into the file, which SQLite calls a checkpoint, so that the file alone is the whole casebook.

extension Casebook {
  /// Folds the log in, if anything was written since the last time.
  ///
  /// - Returns: whether the file alone now holds every commit. It does not while another program reads or writes.
  /// Cost:   waits a tenth of a second at most for other programs that read.
  /// Fails:  throws `lost` where the files were replaced. A read-only or blocked casebook gives false.
  @discardableResult
  package func fold() throws(CasebookError) -> Bool {
    guard access == .writing, blockingError == nil else { return false }
    do {
      return try connected { db in
        try verifyFiles(db)
        return try fold(db)
      }
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  /// How many commits only the log holds.
  package var unfoldedCommits: Int { trust.withLock { $0.unfolded } }

  /// Closes the casebook. The log is folded in and removed, unless the file is no longer the one that was opened. Any later
  /// call fails.
  ///
  /// Cost:   waits some two seconds at most for a check to stop, and as long again for readers.
  /// Fails:  throws why the log was not folded in, after closing all the same.
  package func close() throws(CasebookError) {
    do {
      stopChecking()
      var loss: (any Error)?
      do { try foldForGood() } catch { loss = error }
      try database.close()
      if let loss { throw loss }
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  /// Interrupts a check of the whole casebook, since a reader keeps the log from being folded in.
  private func stopChecking() {
    trust.withLock { $0.isClosing = true }
    for _ in 0..<1000 {
      // Under the lock, since a connection that is closed meanwhile cannot be interrupted.
      let isChecking = trust.withLock { trust in
        trust.checker?.interrupt()
        return trust.isChecking
      }
      guard isChecking else { return }
      usleep(2_000)
    }
  }

  /// After this many commits the log is folded in at once; otherwise when nothing has been filed for a while.
  private static let manyCommits = 100

  /// Folds the log in when it has grown long.
  func foldIfLong(_ db: Database) {
    guard trust.withLock({ $0.unfolded }) >= Self.manyCommits else { return }
    // What was filed is safe in the log too; a busy file is folded in later.
    _ = try? fold(db)
  }

  /// Folds the log in for the last time, and lets SQLite remove it.
  private func foldForGood() throws {
    guard access == .writing, blockingError == nil else { return }
    try connected { db in
      try verifyFiles(db)
      try fold(db, waiting: 2)
      if let connection = db.sqliteConnection { _ = lc_fold_log_on_close(connection, 1) }
    }
  }

  /// Runs a checkpoint, waiting briefly for readers.
  @discardableResult
  private func fold(_ db: Database, waiting seconds: Double = 0.1) throws -> Bool {
    // Readers are waited for only briefly: analysts wait for the queue that this runs on.
    try db.execute(sql: "PRAGMA busy_timeout = \(Int(seconds * 1000))")
    defer { try? db.execute(sql: "PRAGMA busy_timeout = \(Int(patience * 1000))") }
    if try !checkpoint(.truncate, db) { _ = try checkpoint(.passive, db) }
    try verifyFiles(db)
    let isFolded = try trust.withLock { try $0.fileGuard?.isFolded(db) } ?? false
    if isFolded { trust.withLock { $0.unfolded = 0 } }
    return isFolded
  }

  /// Runs a checkpoint.
  ///
  /// - Returns: false where another program is reading or writing.
  /// Fails:  throws for any reason but a busy or locked file.
  /// Source: sqlite.org/pragma.html#pragma_wal_checkpoint.
  func checkpoint(_ kind: Database.CheckpointMode, _ db: Database) throws -> Bool {
    do {
      try db.checkpoint(kind)
      return true
    } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
      return false
    }
  }
}
