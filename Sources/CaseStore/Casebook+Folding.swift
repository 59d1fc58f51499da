import CSQLiteFile
import Foundation
import GRDB

// Folding the log into the file, so that the file alone is the whole casebook: a checkpoint, in SQLite's word.

extension Casebook {
  /// Folds the log in, if anything was written since that was done last.
  ///
  /// - Returns: whether the file alone now holds every commit; it does not while another program reads or writes.
  @discardableResult
  package func fold() throws(CasebookError) -> Bool {
    guard access == .writing, fault == nil else { return false }
    do {
      return try database.writeWithoutTransaction { db in
        try hold(db)
        return try fold(db)
      }
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  /// Commits that only the log holds.
  package var unfoldedCommits: Int { trust.withLock { $0.unfolded } }

  /// Ends the use of the file: the log is folded into it and removed, unless the file is not the one that was opened.
  /// Calls after this fail.
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

  /// Whoever reads the casebook whole keeps the log from being folded in.
  private func stopChecking() {
    trust.withLock { $0.isClosing = true }
    for _ in 0..<1000 {
      let (isChecking, checker) = trust.withLock { ($0.isChecking, $0.checker) }
      guard isChecking else { return }
      checker?.interrupt()
      usleep(2_000)
    }
  }

  /// After so many commits the log is folded in at once; else when nothing was filed for a while.
  private static let manyCommits = 100

  func foldIfLong(_ db: Database) {
    guard trust.withLock({ $0.unfolded }) >= Self.manyCommits else { return }
    // What was filed is safe in the log too: a file that is busy is folded in later.
    _ = try? fold(db)
  }

  private func foldForGood() throws {
    guard access == .writing, fault == nil else { return }
    try database.writeWithoutTransaction { db in
      try hold(db)
      try fold(db, waiting: 2)
      if let connection = db.sqliteConnection { _ = lc_fold_log_on_close(connection, 1) }
    }
  }

  @discardableResult
  private func fold(_ db: Database, waiting seconds: Double = 0.1) throws -> Bool {
    // Readers are waited for briefly: analysts wait for the queue that this runs on.
    try db.execute(sql: "PRAGMA busy_timeout = \(Int(seconds * 1000))")
    defer { try? db.execute(sql: "PRAGMA busy_timeout = \(Int(patience * 1000))") }
    if try !checkpoint(.truncate, db) { _ = try checkpoint(.passive, db) }
    try hold(db)
    let isFolded = try trust.withLock { try $0.fileGuard?.isFolded(db) } ?? false
    if isFolded { trust.withLock { $0.unfolded = 0 } }
    return isFolded
  }

  /// - Returns: false where another program is at it, or is reading.
  func checkpoint(_ kind: Database.CheckpointMode, _ db: Database) throws -> Bool {
    do {
      try db.checkpoint(kind)
      return true
    } catch let error as DatabaseError where [.SQLITE_BUSY, .SQLITE_LOCKED].contains(error.resultCode) {
      return false
    }
  }
}
