import Casework
import Foundation
import GRDB

extension Casebook {
  /// Why the casebook takes no decisions; nil while it does.
  package var fault: CasebookError? { trust.withLock { $0.fault } }

  /// What can be said of the file without reading all of it, before anything is written to it: its rules, and the end
  /// of its chain. A small casebook is read whole.
  ///
  /// Cost:   some milliseconds, whatever the size.
  func openingFault(_ db: Database, version: Int) throws -> CasebookError? {
    var fault: CasebookError?
    // All of it at one moment: what another program files between two questions would look like a broken chain.
    try db.inTransaction(.deferred) {
      fault = try openingFaultOfThisMoment(db, version: version)
      return .commit
    }
    return fault
  }

  private func openingFaultOfThisMoment(_ db: Database, version: Int) throws -> CasebookError? {
    if let why = try SchemaCheck.fault(db, version: version) { return .untrusted(path: path, why: why) }
    if try ChainHead(lastOf: db).sequence <= Self.fewEvents { return try wholeFault(db) }
    return try tailFault(db).map { .untrusted(path: path, why: $0) }
  }

  /// Reads the whole casebook, its pages and its chain, beside whatever is being filed; from then on it is refused
  /// where it is not whole.
  ///
  /// Cost:   one pass over the file, on a connection of its own; closing the casebook breaks it off.
  /// Fails:  with what is wrong with it.
  package func checkWhole() throws(CasebookError) {
    if let fault { throw fault }
    let begins = trust.withLock { trust in
      trust.isChecking = !trust.isClosing
      return trust.isChecking
    }
    guard begins else { return }
    defer { trust.withLock { $0.isChecking = false } }
    do {
      var configuration = Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(patience)
      let database = try DatabaseQueue(path: path, configuration: configuration)
      trust.withLock { $0.checker = database }
      defer {
        try? database.close()
        trust.withLock { $0.checker = nil }
      }
      if let fault = try database.read({ db in try wholeFault(db) }) { throw fault }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      return
    } catch {
      let fault = CasebookError(error, path: path)
      // What another program is doing at the moment says nothing about the file.
      if case .locked = fault { throw fault }
      trust.withLock { if $0.fault == nil { $0.fault = fault } }
      throw fault
    }
  }

  private static let fewEvents = 2000
  /// Beyond these, the standings are not replayed in memory beside the dashboard's own; `verify` does so.
  private static let manyEvents = 300_000
  private static let tailLength = 64

  private func wholeFault(_ db: Database) throws -> CasebookError? {
    let pages = try String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? ""
    if pages != "ok" { return .untrusted(path: path, why: "a page of it is damaged (\(pages))") }
    let replays = try ChainHead(lastOf: db).sequence <= Self.manyEvents
    guard case .broken(let line, let why) = try verify(db, knownHead: nil, replayingStandings: replays) else {
      return nil
    }
    return .untrusted(path: path, why: "its audit chain is broken at event \(line): \(why)")
  }

  /// Whether the last events are bound to each other.
  private func tailFault(_ db: Database) throws -> String? {
    let rows = try Row.fetchAll(
      db, sql: "SELECT number, line, hash FROM event ORDER BY number DESC LIMIT ?", arguments: [Self.tailLength])
    var expected: (number: Int, hash: String)?
    for row in rows {
      let number: Int = row[0]
      let line: String = row[1]
      guard let read = AuditLine(canonical: line), read.sequence == number else {
        return "event \(number) is not an audit line"
      }
      let isBound = expected.map { $0.number == number && $0.hash == row[2] as String } ?? true
      guard isBound, AuditLine.hash(of: line) == row[2] as String else {
        return "its audit chain is broken at event \(number)"
      }
      expected = (number - 1, read.previous)
    }
    return nil
  }
}
