import Casework
import GRDB
import Listings

extension Casebook {
  /// Checks the whole casebook: every line against its hash and the line before, every column against its line, the
  /// standings against what the events make of them.
  ///
  /// - Parameter knownHead: a head kept elsewhere (a packet's), without which a cut-off end may not show.
  /// Cost:   one pass, one hash per event, and the standings in memory.
  package func verify(knownHead: ChainHead? = nil) throws(CasebookError) -> ChainFinding {
    try read { db in try verify(db, knownHead: knownHead, replayingStandings: true) }
  }

  func verify(_ db: Database, knownHead: ChainHead?, replayingStandings: Bool) throws -> ChainFinding {
    var check = ChainCheck(knownHead: knownHead)
    var standings = Standings()
    var mismatch: (line: Int, why: ChainFault)?
    let rows = try Row.fetchCursor(
      db, sql: "SELECT number, line, hash, act, action, object, time, analyst FROM event ORDER BY number")
    while let row = try rows.next() {
      guard let line = check.append(row[1]) else { continue }
      let event = Event(line)
      if mismatch == nil, let why = fault(of: row, event) { mismatch = (row[0], why) }
      if replayingStandings, let event { standings.apply(event) }
    }
    let finding = check.finding()
    if case .broken(let line, _) = finding, line <= mismatch?.line ?? .max { return finding }
    if let mismatch { return .broken(line: mismatch.line, why: mismatch.why) }
    guard replayingStandings, case .whole(let head) = finding else { return finding }
    return try fault(of: standings, head, db) ?? finding
  }

  /// What the file's own rules lack, or have too much; nil where they are as they were made.
  package func faultOfRules() throws(CasebookError) -> String? {
    try read { db in try SchemaCheck.fault(db, version: Schema.version(of: db)) }
  }

  /// What the columns beside a line say otherwise than the line.
  private func fault(of row: Row, _ event: Event?) -> ChainFault? {
    guard let event else { return .indexDiffers("act number") }
    let line = event.line
    if row[2] as String != AuditLine.hash(of: row[1]) { return .edited }
    let columns: [(String, Bool)] = [
      ("event number", row[0] as Int == event.number), ("act number", row[3] as Int == event.act),
      ("action", row[4] as String == line.action),
      ("object", row[5] as String == StoredText.column(ListingKey(line.object))),
      ("time", row[6] as String == line.time), ("analyst", row[7] as String == StoredText.column(line.actor)),
    ]
    return columns.first { !$0.1 }.map { .indexDiffers($0.0) }
  }

  /// Where the table of standings is not what the events say.
  private func fault(of standings: Standings, _ head: ChainHead, _ db: Database) throws -> ChainFinding? {
    if try NameTable.all(db) != standings.names.all {
      return .broken(line: head.sequence, why: .indexDiffers("table of renamed listings"))
    }
    let table = try FiledStanding.fetch(db, since: 0)
    if table.values.contains(where: { $0.event > head.sequence }) {
      return .broken(line: head.sequence + 1, why: .missing(next: nil))
    }
    let differing = Set(table.keys).union(standings.byKey.keys)
      .filter { table[$0]?.standing != standings.byKey[$0]?.standing || table[$0]?.event != standings.lastEvent[$0] }
    guard let key = differing.min() else { return nil }
    return .broken(
      line: standings.lastEvent[key] ?? table[key]?.event ?? 1, why: .indexDiffers("standing of \(key)"))
  }
}
