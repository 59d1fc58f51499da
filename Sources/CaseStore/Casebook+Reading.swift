import Casework
import GRDB
import Listings

/// What has been decided since some event, by anybody.
package struct Refreshed: Equatable, Sendable {
  /// The last event there is: what to ask from next time.
  package let last: EventNumber
  package let standings: [ListingKey: FiledStanding]
}

extension Casebook {
  /// What stands for every listing that was ever decided or noted.
  ///
  /// Cost:   one pass over the table; 100,000 rows take a fraction of a second.
  package func standings() throws(CasebookError) -> [ListingKey: FiledStanding] {
    try read { db in try FiledStanding.fetch(db, since: 0) }
  }

  /// What changed after event number `since`, also by other programs. Cheap when nothing did, so it can be asked
  /// often; what this program filed itself comes too, and says the same again.
  package func refresh(since: EventNumber) throws(CasebookError) -> Refreshed {
    try read { db in
      let last = try ChainHead(lastOf: db).sequence
      return Refreshed(last: last, standings: last > since ? try FiledStanding.fetch(db, since: since) : [:])
    }
  }

  package func counts() throws(CasebookError) -> VerdictCounts {
    try read { db in
      var counts = VerdictCounts()
      for row in try Row.fetchAll(db, sql: "SELECT verdict, count(*) FROM standing GROUP BY verdict") {
        counts.add(row[1], to: Verdict(column: row[0]))
      }
      return counts
    }
  }

  /// The number and hash of the last event: what a packet carries, so that a cut chain is noticed.
  package func head() throws(CasebookError) -> ChainHead {
    try read { db in try ChainHead(lastOf: db) }
  }

  /// The events after number `since`, at most `limit` of them.
  package func events(since: EventNumber = 0, limit: Int = .max) throws(CasebookError) -> [Event] {
    try read { db in
      limit <= 0 ? [] : try Event.fetch(db, since + 1...max(since + 1, since.addingSaturated(limit)))
    }
  }

  /// Hands over every line's exact bytes, in order; with a line feed after each they are the exported chain.
  ///
  /// Cost:   reads a thousand at a time, so that filing can go on in between.
  package func forEachLine(since: EventNumber = 0, _ body: (String) throws -> Void) throws {
    var last = since
    while true {
      let lines = try read { db in
        try String.fetchAll(
          db, sql: "SELECT line FROM event WHERE number > ? ORDER BY number LIMIT 1000", arguments: [last])
      }
      for line in lines { try body(line) }
      last += lines.count
      if lines.count < 1000 { return }
    }
  }

  /// The lines about these listings, in the chain's order; under keys that they had before, too, with the lines that say so.
  package func lines(for keys: [ListingKey]) throws(CasebookError) -> [String] {
    try read { db in
      let names = try NameTable(db)
      let select = try db.cachedStatement(
        sql: """
          SELECT number, line FROM event
          WHERE object IN \(NameTable.keys(db)) AND action IN ('verdict.file', 'note.write', 'listing.rename')
          """)
      var lines: [EventNumber: String] = [:]
      for key in Set(keys) {
        let rows = try Row.fetchCursor(select, arguments: ["key": try names.current(StoredText.column(key))])
        while let row = try rows.next() { lines[row[0]] = row[1] }
      }
      return lines.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  /// The events about one listing, in the chain's order: its history.
  package func events(about key: ListingKey) throws(CasebookError) -> [Event] {
    try lines(for: [key]).compactMap { AuditLine(canonical: $0).flatMap(Event.init) }
  }
}

/// An event whose line is no audit line; the casebook's border says in which file.
struct UnreadableEvent: Error {
  let number: EventNumber
}

extension Event {
  /// The events with these numbers, as far as they are there.
  static func fetch(_ db: Database, _ numbers: ClosedRange<EventNumber>) throws -> [Event] {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT number, line FROM event WHERE number BETWEEN ? AND ? ORDER BY number",
      arguments: [numbers.lowerBound, numbers.upperBound])
    var events: [Event] = []
    while let row = try rows.next() {
      guard let event = AuditLine(canonical: row[1]).flatMap(Event.init) else {
        throw UnreadableEvent(number: row[0])
      }
      events.append(event)
    }
    return events
  }
}

extension FiledStanding {
  static func fetch(_ db: Database, since: EventNumber) throws -> [ListingKey: FiledStanding] {
    // From the events' side where few are new: the table of standings is not indexed by event, to keep filing fast.
    let object =
      try NameTable.isThere(db)
      ? "coalesce((SELECT listing FROM renamed WHERE renamed.key = object), object)" : "object"
    let some = "WHERE key IN (SELECT DISTINCT \(object) FROM event WHERE number > ?)"
    let rows = try Row.fetchCursor(
      db, sql: "SELECT key, verdict, reason, note, event FROM standing \(since > 0 ? some : "")",
      arguments: since > 0 ? [since] : [])
    var standings: [ListingKey: FiledStanding] = [:]
    while let row = try rows.next() {
      standings[ListingKey(StoredText.text(row[0]))] = FiledStanding(
        Standing(row, verdict: 1, reason: 2, note: 3), row[4])
    }
    return standings
  }

  /// What stands under a key in its column form.
  static func fetchOne(_ db: Database, _ column: String) throws -> FiledStanding? {
    let row = try Row.fetchOne(
      db, sql: "SELECT verdict, reason, note, event FROM standing WHERE key = ?", arguments: [column])
    return row.map { FiledStanding(Standing($0, verdict: 0, reason: 1, note: 2), $0[3]) }
  }
}

extension Int {
  /// The sum, or the largest number where it would be beyond.
  fileprivate func addingSaturated(_ other: Int) -> Int {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }
}
