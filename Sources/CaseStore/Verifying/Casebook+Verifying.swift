import Casework
import Foundation
import GRDB
import Listings

extension Casebook {
  /// Checks the whole casebook, and gives the first thing that is wrong: see `inspect`.
  ///
  /// - Parameter knownHead: a head kept elsewhere, as in a packet. Without it a cut-off end may not show.
  /// Cost:   that of `inspect`.
  /// Fails:  throws where the file cannot be read. A broken chain is a result, not an error.
  package func verify(knownHead: ChainHead? = nil) throws(CasebookError) -> ChainCheckResult {
    try inspect(knownHead: knownHead).asChainCheck
  }

  /// How the file's schema differs from the one it was made with; nil where it does not.
  ///
  /// Cost:   makes the tables of that version in memory and compares their SQL.
  package func schemaProblem() throws(CasebookError) -> String? {
    try read { db in try SchemaCheck.problems(db, version: Schema.version(of: db)).first }
  }
}

extension Casebook {
  /// Why nothing is filed into the casebook any more; nil while it can be used.
  package var blockingError: CasebookError? { trust.withLock { $0.blockingError } }

  /// Checks the schema and the end of the chain before anything is written. A small casebook is checked completely.
  ///
  /// Cost:   some milliseconds, whatever the size.
  func openingError(_ db: Database, version: Int) throws -> CasebookError? {
    var found: CasebookError?
    // In one read transaction: another program's filing between two queries would look like a broken chain.
    try db.inTransaction(.deferred) {
      found = try openingErrorInTransaction(db, version: version)
      return .commit
    }
    return found
  }

  /// The checks of one moment.
  private func openingErrorInTransaction(_ db: Database, version: Int) throws -> CasebookError? {
    if let why = try SchemaCheck.problems(db, version: version).first { return .untrusted(path: path, why: why) }
    if try MergedEvents.countOfAll(db) <= Self.fewEvents { return try wholeError(db, withSightings: false) }
    return try tailProblem(db).map { .untrusted(path: path, why: $0) }
  }

  /// Checks the whole casebook, its pages and its chain, while filing goes on. If it is not whole, it is blocked.
  ///
  /// Cost:   one pass over the file, on a connection of its own. Closing the casebook interrupts it.
  /// Fails:  with what is wrong with the file.
  package func checkWhole() throws(CasebookError) {
    if let blockingError { throw blockingError }
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
        trust.withLock { $0.checker = nil }
        try? database.close()
      }
      if let error = try database.read({ db in try wholeError(db, withSightings: true) }) { throw error }
    } catch let error as DatabaseError where error.resultCode == .SQLITE_INTERRUPT {
      return
    } catch {
      let error = CasebookError(error, path: path)
      // What another program is doing at the moment says nothing about the file.
      if case .locked = error { throw error }
      trust.withLock { if $0.blockingError == nil { $0.blockingError = error } }
      throw error
    }
  }

  /// Casebooks up to this size are checked completely on opening.
  private static let fewEvents = 2000
  /// Above this size statuses are not replayed in memory beside the dashboard's own; `verify` does that.
  private static let manyEvents = 300_000
  /// How many events at the end are checked on opening a larger casebook.
  private static let tailLength = 64

  /// Checks every page and every event.
  ///
  /// - Parameter withSightings: whether kept sightings are checked as well. They can be larger than everything else, so
  ///   opening a casebook skips them.
  private func wholeError(_ db: Database, withSightings: Bool) throws -> CasebookError? {
    let pages = try pageProblem(db, withSightings: withSightings)
    if let pages { return .untrusted(path: path, why: "a page of it is damaged (\(pages))") }
    let replays = try MergedEvents.countOfAll(db) <= Self.manyEvents
    let depth = InspectionDepth(statuses: replays, sightings: withSightings, all: false)
    let inspection = try inspect(db, knownHead: nil, depth)
    if case .broken(let line, let why) = inspection.chain {
      return .untrusted(path: path, why: "its audit chain is broken at event \(line): \(why)")
    }
    return inspection.findings.first.map { .untrusted(path: path, why: $0.sentence) }
  }

  /// What SQLite finds wrong with the pages; nil where nothing.
  ///
  /// Source: sqlite.org/pragma.html#pragma_quick_check, which also takes the name of a table.
  private func pageProblem(_ db: Database, withSightings: Bool) throws -> String? {
    let skips =
      try !withSightings && Schema.version(of: db) >= Schema.versionOfSightings
      && Int.fetchOne(db, sql: "SELECT 1 FROM sighting_piece LIMIT 1") != nil
    let tables =
      skips
      ? try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'sighting_piece'")
        .map { "'\($0)'" } : ["1"]
    for table in tables {
      let found = try String.fetchOne(db, sql: "PRAGMA quick_check(\(table))") ?? ""
      if found != "ok" { return found }
    }
    return nil
  }

  /// Whether the last events are bound to each other; nil if so.
  private func tailProblem(_ db: Database) throws -> String? {
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
