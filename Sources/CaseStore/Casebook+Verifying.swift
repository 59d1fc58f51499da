import Casework
import Foundation
import GRDB
import Listings

extension Casebook {
  /// Checks the whole casebook: every line against its hash and the line before, every column against its line, the tables
  /// of statuses and scrapes against the events, and all kept sightings against their digests.
  ///
  /// - Parameter knownHead: a head kept elsewhere, as in a packet. Without it a cut-off end may not show.
  /// Cost:   one pass, one hash per event, and the statuses in memory.
  /// Shape:  the first break in the order of the lines; the tables are compared only where all lines are whole.
  /// Fails:  throws where the file cannot be read. A broken chain is a result, not an error.
  package func verify(knownHead: ChainHead? = nil) throws(CasebookError) -> ChainCheckResult {
    try read { db in try verify(db, knownHead: knownHead, replayingStatuses: true, hashingSightings: true) }
  }

  /// The same within a read.
  ///
  /// - Parameter replayingStandings: whether the table of statuses is compared with the events, which takes memory.
  /// - Parameter hashingSightings: whether the kept sightings are hashed, too.
  func verify(
    _ db: Database, knownHead: ChainHead?, replayingStatuses: Bool, hashingSightings: Bool
  ) throws -> ChainCheckResult {
    var check = ChainCheck(knownHead: knownHead)
    var scrapes: [EventNumber: ScrapeFile] = [:]
    var statuses = ReviewStatuses()
    var mismatch: (line: Int, why: ChainProblem)?
    let rows = try Row.fetchCursor(
      db, sql: "SELECT number, line, hash, act, action, object, time, analyst FROM event ORDER BY number")
    while let row = try rows.next() {
      guard let line = check.append(row[1]) else { continue }
      let event = Event(line)
      if mismatch == nil, let why = problem(of: row, event) { mismatch = (row[0], why) }
      if replayingStatuses, let event { statuses.apply(event) }
      if let event, let file = ScrapeFile(event) { scrapes[event.number] = file }
    }
    let result = check.result()
    if case .broken(let line, _) = result, line <= mismatch?.line ?? .max { return result }
    if let mismatch { return .broken(line: mismatch.line, why: mismatch.why) }
    if result.isWhole, let (line, why) = try ScrapeFile.problem(scrapes, hashing: hashingSightings, db) {
      return .broken(line: line, why: why)
    }
    guard replayingStatuses, case .whole(let head) = result else { return result }
    return try problem(of: statuses, head, db) ?? result
  }

  /// How the file's schema differs from the one it was made with; nil where it does not.
  ///
  /// Cost:   makes the tables of that version in memory and compares their SQL.
  package func schemaProblem() throws(CasebookError) -> String? {
    try read { db in try SchemaCheck.problem(db, version: Schema.version(of: db)) }
  }

  /// A column that says something else than its line; nil where all agree.
  private func problem(of row: Row, _ event: Event?) -> ChainProblem? {
    guard let event else { return .indexDiffers("act number") }
    let line = event.line
    if row[2] as String != AuditLine.hash(of: row[1]) { return .edited }
    let columns: [(String, Bool)] = [
      ("event number", row[0] as Int == event.number), ("act number", row[3] as Int == event.transaction),
      ("action", row[4] as String == line.action),
      ("object", row[5] as String == StoredText.column(ListingKey(line.object))),
      ("time", row[6] as String == line.time), ("analyst", row[7] as String == StoredText.column(line.actor)),
    ]
    return columns.first { !$0.1 }.map { .indexDiffers($0.0) }
  }

  /// Where the table of statuses differs from the events; nil where it does not.
  private func problem(of statuses: ReviewStatuses, _ head: ChainHead, _ db: Database) throws -> ChainCheckResult? {
    if try NameTable.all(db) != statuses.names.all {
      return .broken(line: head.sequence, why: .indexDiffers("table of renamed listings"))
    }
    let table = try FiledStatus.fetch(db, since: 0)
    if table.values.contains(where: { $0.event > head.sequence }) {
      return .broken(line: head.sequence + 1, why: .missing(next: nil))
    }
    let differing = Set(table.keys).union(statuses.byKey.keys)
      .filter {
        let (here, there) = (table[$0], statuses.byKey[$0])
        return here?.status != there?.status || here?.seen != there?.seen || here?.event != statuses.lastEvent[$0]
      }
    guard let key = differing.min() else { return nil }
    return .broken(
      line: statuses.lastEvent[key] ?? table[key]?.event ?? 1, why: .indexDiffers("standing of \(key)"))
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
    if let why = try SchemaCheck.problem(db, version: version) { return .untrusted(path: path, why: why) }
    if try ChainHead(lastOf: db).sequence <= Self.fewEvents { return try wholeError(db, withSightings: false) }
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
        try? database.close()
        trust.withLock { $0.checker = nil }
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
    let replays = try ChainHead(lastOf: db).sequence <= Self.manyEvents
    guard
      case .broken(let line, let why) = try verify(
        db, knownHead: nil, replayingStatuses: replays, hashingSightings: withSightings)
    else { return nil }
    return .untrusted(path: path, why: "its audit chain is broken at event \(line): \(why)")
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

/// Checks that the file still has the tables and triggers that its version was made with.
///
/// Why:    a missing trigger does not show until what it protects is changed. The schema is not written down twice:
///         the steps run in memory, and the two schemas are compared.
enum SchemaCheck {
  /// The first difference; nil where there is none.
  ///
  /// Limits: indices are not compared, since a missing one only costs time.
  static func problem(_ db: Database, version: Int) throws -> String? {
    let here = try definitions(db)
    let made = try reference(version)
    for (name, sql) in made.sorted(by: { $0.key < $1.key }) {
      guard let found = here[name] else { return "its \(name) is missing" }
      if found != sql { return "its \(name) was altered" }
    }
    // An extra table does no harm; an extra trigger may change what is filed.
    let strange = here.keys.filter { $0.hasPrefix("trigger ") && made[$0] == nil }.min()
    return strange.map { "it has a \($0) that linsang did not make" }
  }

  /// Tables and triggers with their SQL, by kind and name.
  private static func definitions(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT type || ' ' || name, sql FROM sqlite_master WHERE type IN ('table', 'trigger') AND sql <> ''")
    // SQLite quotes the name of a renamed table.
    return Dictionary(rows.map { ($0[0], ($0[1] as String).replacing("\"", with: "")) }) { first, _ in first }
  }

  /// The definitions that a file of this version must have.
  private static func reference(_ version: Int) throws -> [String: String] {
    let memory = try DatabaseQueue()
    defer { try? memory.close() }
    return try memory.write { db in
      for step in Schema.steps.prefix(version) { try db.execute(sql: step) }
      return try definitions(db)
    }
  }
}
