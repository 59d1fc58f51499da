import Casework
import GRDB
import Listings

/// A row of the table of events, read, parsed and hashed.
struct EventLine: Sendable {
  let number: EventNumber
  /// The hash in its column.
  let hash: String
  let act: Int
  let action: String
  let object: String
  let time: String
  let analyst: String
  /// The event of the own chain that brought it, for one that came by merging.
  let merge: EventNumber?
  /// Nil for bytes that are no audit line.
  let line: AuditLine?
  /// The hash of its bytes.
  let hashed: String

  /// The first column that says something else than the line; nil where all agree.
  var problem: ChainProblem? {
    guard let line else { return nil }
    guard let event = Event(line) else { return .indexDiffers("act number") }
    if hash != hashed { return .edited }
    if number != line.sequence { return .indexDiffers("event number") }
    if act != event.transaction { return .indexDiffers("act number") }
    if action != line.action { return .indexDiffers("action") }
    if object != StoredText.column(ListingKey(line.object)) { return .indexDiffers("object") }
    if time != line.time { return .indexDiffers("time") }
    return analyst == StoredText.column(line.actor) ? nil : .indexDiffers("analyst")
  }
}

/// Reads a table of events in its order, some thousand at a time, and parses them on all cores.
///
/// Cost:   a parse and a hash per line; a few megabytes at any time.
struct EventLines {
  private let rows: RowCursor
  private static let batchSize = 4096

  /// - Parameter sql: selects number, line, hash, act, action, object, time and analyst, in the order of the chain; for what
  ///   came by merging also the event that brought it.
  init(_ db: Database, sql: String, arguments: StatementArguments = []) throws {
    rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
  }

  /// A row before it is parsed.
  private struct Raw: Sendable {
    let number: EventNumber
    let act: Int
    let merge: EventNumber?
    let texts: [String]
  }

  /// The next lines; empty at the end.
  func next() throws -> [EventLine] {
    var raw: [Raw] = []
    raw.reserveCapacity(Self.batchSize)
    while raw.count < Self.batchSize, let row = try rows.next() {
      // A column of another type, which no table of ours allows, counts as empty.
      func text(_ column: Int) -> String { String.fromDatabaseValue(row[column]) ?? "" }
      raw.append(
        Raw(
          number: Int.fromDatabaseValue(row[0]) ?? 0, act: Int.fromDatabaseValue(row[3]) ?? 0,
          merge: row.count > 8 ? Int.fromDatabaseValue(row[8]) : nil,
          texts: [text(1), text(2), text(4), text(5), text(6), text(7)]))
    }
    let parts = max(1, Parallel.partCount(raw.count, minimum: 64))
    let batch = raw
    return Parallel.map(parts) { part in
      batch[batch.count * part / parts..<batch.count * (part + 1) / parts].map(Self.parsed)
    }.flatMap { $0 }
  }

  private static func parsed(_ raw: Raw) -> EventLine {
    EventLine(
      number: raw.number, hash: raw.texts[1], act: raw.act, action: raw.texts[2], object: raw.texts[3],
      time: raw.texts[4], analyst: raw.texts[5], merge: raw.merge, line: AuditLine(canonical: raw.texts[0]),
      hashed: AuditLine.hash(of: raw.texts[0]))
  }
}

extension CasebookInspector {
  /// Checks every line of the own chain, and the table of transactions as its lines pass.
  mutating func inspectLines(
    _ db: Database, version: Int, knownHead: ChainHead?, comparingActs: Bool
  ) throws {
    var check = ChainCheck(knownHead: knownHead)
    var mismatch: (line: Int, why: ChainProblem)?
    var acts = comparingActs ? try ActComparison(db) : nil
    var lastTime = ""
    let lines = try EventLines(
      db, sql: "SELECT number, line, hash, act, action, object, time, analyst FROM event ORDER BY number")
    while true {
      let batch = try lines.next()
      if batch.isEmpty { break }
      for line in batch {
        check.append(line.line, hash: line.hashed)
        if mismatch == nil, let why = line.problem { mismatch = (line.number, why) }
        guard let event = line.line.flatMap(Event.init) else { continue }
        if event.time < lastTime { inspection.noteClockBehind(event.number) }
        lastTime = event.time
        said.take(event, hash: line.hashed, replaying: depth.statuses)
        try acts?.append(event)
      }
    }
    inspection.chain = check.result()
    if let mismatch {
      let first = if case .broken(let line, _) = inspection.chain { line } else { Int.max }
      if mismatch.line < first { inspection.chain = .broken(line: mismatch.line, why: mismatch.why) }
    }
    guard inspection.chain.isWhole else { return }
    try acts?.finish()
    for finding in acts?.findings ?? [] { inspection.add(finding) }
  }
}

/// Compares the table of transactions with the events, both in order.
///
/// Cost:   one row and one transaction's keys at a time.
struct ActComparison {
  private(set) var findings: [TableFinding] = []
  private let rows: RowCursor
  private var row: Row?
  /// The transaction that is passing.
  private var passing: Passing?

  /// The events of one transaction so far.
  private struct Passing {
    let first: Event
    var last: EventNumber
    var kind = Transaction.Kind.other
    var part: StatusPart?
    var areAlike = true
    var changes = 0
    var listings: Set<ListingKey> = []
    var isRescue = false
  }

  init(_ db: Database) throws {
    rows = try Row.fetchCursor(db, sql: "SELECT * FROM act ORDER BY number")
    row = try rows.next()
  }

  /// Takes the next event.
  mutating func append(_ event: Event) throws {
    if let passing, passing.first.transaction != event.transaction { try compare(passing) }
    var now =
      passing.flatMap { $0.first.transaction == event.transaction ? $0 : nil }
      ?? Passing(first: event, last: event.number)
    // Without a second holder the set of keys is changed in place: a transaction may have a million.
    passing = nil
    now.last = event.number
    if let key = event.listing, let part = event.after {
      now.areAlike = now.areAlike && (now.changes == 0 || now.part == part)
      now.part = part
      now.changes += 1
      now.listings.insert(key)
      if now.kind == .other { now.kind = .change }
    }
    if event.data["rescued"] != nil { now.isRescue = true }
    if event.action == .undo, let other = event.undoes { now.kind = .undo(of: other) }
    if event.action == .redo, let other = event.redoes { now.kind = .redo(of: other) }
    passing = now
  }

  /// Takes the end of the chain.
  mutating func finish() throws {
    if let passing { try compare(passing) }
    while let row { try addSurplus(row) }
  }

  /// Compares a complete transaction with its row.
  private mutating func compare(_ passing: Passing) throws {
    let number = passing.first.transaction
    while let row, (row["number"] as Int) < number { try addSurplus(row) }
    let found = row.flatMap { ($0["number"] as Int) == number ? $0 : nil }
    // Where a rescued listing was renamed meanwhile its earlier keys are counted.
    var listings = passing.listings.count
    if passing.isRescue, let said = found?["listings"] as Int?, (listings...passing.changes).contains(said) {
      listings = said
    }
    let summary = Transaction(
      number: number, analyst: passing.first.analyst, kind: passing.kind,
      part: passing.kind == .change && passing.areAlike ? passing.part : nil, listings: listings,
      events: passing.first.number...passing.last)
    let expected = ExpectedRow(
      "act", "act \(number)", event: passing.first.number,
      zip(Transaction.columns, summary.values).map { ($0, $1) })
    if let finding = expected.finding(found) { add(finding) }
    if found != nil { row = try rows.next() }
  }

  private mutating func addSurplus(_ row: Row) throws {
    add(TableFinding(table: "act", key: "act \(row["number"] as Int)", event: row["first_event"], what: .surplus))
    self.row = try rows.next()
  }

  private mutating func add(_ finding: TableFinding) {
    if findings.count < CasebookInspection.maximumFindings { findings.append(finding) }
  }
}
