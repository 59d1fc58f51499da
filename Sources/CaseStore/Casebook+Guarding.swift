import CSQLiteFile
import Foundation
import GRDB

// Reading and writing, and whether what was written can be found again.

extension Casebook {
  /// Begins to hold the files that SQLite opened against their paths.
  func startGuard(_ db: Database) throws {
    // The first stamp belongs into the main file, where it tells this casebook from another.
    _ = try checkpoint(.passive, db)
    guard var fileGuard = try FileGuard(db, path: path) else { throw CasebookError.lost(path: path, .gone) }
    if let loss = try fileGuard.contentLoss(db) { throw CasebookError.lost(path: path, loss) }
    trust.withLock { $0.fileGuard = fileGuard }
  }

  /// What tells this casebook from every other; nil in one that is only read, or is not to be trusted.
  package var token: String? { trust.withLock { $0.fileGuard?.token } }

  func read<T>(_ body: (Database) throws -> T) throws(CasebookError) -> T {
    // A casebook that is not to be trusted can be read; one that is gone cannot.
    if let fault, case .lost = fault { throw fault }
    do {
      return try database.read { db in
        if let loss = trust.withLock({ $0.fileGuard?.pathLoss() }) { throw lose(loss, db) }
        return try body(db)
      }
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  /// One transaction under the write lock, from its first statement on: what it reads stays true until it commits.
  ///
  /// When it returns, what was written is on the disk in the file at the path.
  func write<T>(_ body: (Database) throws -> T) throws(CasebookError) -> T {
    guard access == .writing else { throw .readOnly(path: path) }
    if let fault { throw fault }
    do {
      return try database.writeWithoutTransaction { db in
        do {
          if let loss = trust.withLock({ $0.fileGuard?.pathLoss() }) { throw lose(loss, db) }
          let result = try commit(body, db)
          try hold(db)
          trust.withLock { $0.unfolded += 1 }
          foldIfLong(db)
          return result
        } catch let error as DatabaseError where error.resultCode != .SQLITE_CONSTRAINT {
          // What SQLite stumbles over may be that its files were taken away.
          try? hold(db)
          if let fault { throw fault }
          throw error
        }
      }
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  /// Whether the files are still those that were opened, asked without writing anything.
  package func checkFiles() throws(CasebookError) {
    if let fault { throw fault }
    guard access == .writing else { return }
    do {
      try database.writeWithoutTransaction { db in try hold(db) }
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  private func commit<T>(_ body: (Database) throws -> T, _ db: Database) throws -> T {
    var result: T?
    try db.inTransaction(.immediate) {
      try hold(db)
      result = try body(db)
      guard let stamp = try CasebookStamp.fetch(db) else { throw lose(.overwritten, db) }
      try stamp.next.write(db)
      return .commit
    }
    guard let result else { preconditionFailure("A committed transaction gave no result") }
    return result
  }

  /// Fails where the files are not what they were, and remembers that.
  func hold(_ db: Database) throws {
    guard var fileGuard = trust.withLock({ $0.fileGuard }) else { return }
    if let loss = try fileGuard.contentLoss(db) { throw lose(loss, db) }
    trust.withLock { $0.fileGuard = fileGuard }
  }

  /// Nothing is written from now on, and nothing that is in the open files reaches what is at the path.
  private func lose(_ loss: CasebookLoss, _ db: Database) -> CasebookError {
    let error = CasebookError.lost(path: path, loss)
    let fileGuard = trust.withLock { trust in
      trust.fault = error
      return trust.fileGuard
    }
    switch loss {
    case .logLost: break
    case .gone, .replaced, .overwritten, .cutShort: fileGuard?.setLogAside(".left-" + SystemClock.compact())
    }
    return error
  }
}
