import Casework
import GRDB
import Listings

/// Decisions made since some event, by anybody.
package struct Refreshed: Equatable, Sendable {
  /// The last event of the chain: where the next refresh begins.
  package let last: EventNumber
  /// The statuses that changed.
  package let statuses: [ListingKey: FiledStatus]
}

/// A listing that was decided or noted.
package struct DecidedListing: Equatable, Sendable {
  package let key: ListingKey
  /// Empty where its words were not kept.
  package let platform: String
}

extension Casebook {
  /// The status of every listing that was ever decided or noted.
  ///
  /// Cost:   one pass over the table; 100,000 rows take a fraction of a second.
  package func statuses() throws(CasebookError) -> [ListingKey: FiledStatus] {
    try read { db in try FiledStatus.fetch(db, since: 0) }
  }

  /// The listings with a verdict or a note, and the platform where each was seen last.
  ///
  /// Cost:   one pass over the table of statuses, and a lookup for each.
  package func decidedListings() throws(CasebookError) -> [DecidedListing] {
    try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT standing.key, listing.platform FROM standing LEFT JOIN listing USING (key)")
      var listings: [DecidedListing] = []
      while let row = try rows.next() {
        listings.append(
          DecidedListing(
            key: ListingKey(StoredText.text(row[0])), platform: (row[1] as String?).map(StoredText.text) ?? ""))
      }
      return listings
    }
  }

  /// What was seen of decided listings when they got their verdicts.
  ///
  /// - Parameter keys: some listings; nil for all.
  /// Shape:  by current key, without the digests of records. Listings whose verdict says nothing of it are left out.
  /// Cost:   one lookup per key, or one pass over the table.
  package func seenListings(_ keys: [ListingKey]? = nil) throws(CasebookError) -> [ListingKey: SeenListing] {
    try read { db in
      let column = try Schema.seen(db)
      var found: [ListingKey: SeenListing] = [:]
      func take(_ key: ListingKey, _ text: String?) {
        guard var seen = SeenListing(column: text) else { return }
        seen.record = ""
        found[key] = seen
      }
      guard let keys else {
        let rows = try Row.fetchCursor(
          db, sql: "SELECT key, \(column) FROM standing WHERE \(column) IS NOT NULL AND verdict IS NOT NULL")
        while let row = try rows.next() { take(ListingKey(StoredText.text(row[0])), row[1]) }
        return found
      }
      let select = try db.cachedStatement(
        sql: "SELECT \(column) FROM standing WHERE key = ? AND verdict IS NOT NULL")
      let names = try NameTable(db)
      for key in keys {
        let current = try names.current(key)
        take(key, try String.fetchOne(select, arguments: [StoredText.column(current)]))
      }
      return found
    }
  }

  /// The status of every listing, also under the keys that it had before.
  ///
  /// Cost:   one pass over the tables of statuses and of renamed listings.
  package func statusesUnderEveryKey() throws(CasebookError) -> [ListingKey: FiledStatus] {
    try read { db in
      var statuses = try FiledStatus.fetch(db, since: 0)
      for (old, now) in try NameTable.all(db) { statuses[old] = statuses[old] ?? statuses[now] }
      return statuses
    }
  }

  /// The key that each listing has now, for those that had another.
  package func currentKeys() throws(CasebookError) -> [ListingKey: ListingKey] {
    try read { db in try NameTable.all(db) }
  }

  /// What changed after event number `since`, including other programs' events. It is cheap when nothing changed, so it may
  /// be called often. This program's own events come too, and say the same again.
  ///
  /// Shape:  pass `last` as the next `since`; 0 gives every status.
  /// Cost:   one lookup where nothing changed, else O(events since).
  package func refresh(since: EventNumber) throws(CasebookError) -> Refreshed {
    try read { db in
      let last = try ChainHead(lastOf: db).sequence
      return Refreshed(last: last, statuses: last > since ? try FiledStatus.fetch(db, since: since) : [:])
    }
  }

  /// Whether another program has written into the file since this was last asked; true the first time.
  ///
  /// Cost:   some microseconds, and the comparison of paths that every reading makes: it may be asked several times a second.
  /// Source: sqlite.org/pragma.html#pragma_data_version.
  package func hasNews() throws(CasebookError) -> Bool {
    let version = try read { db in try Int.fetchOne(db.cachedStatement(sql: "PRAGMA data_version")) ?? 0 }
    return lastDataVersion.withLock { last in
      defer { last = version }
      return last != version
    }
  }

  /// How many listings have each verdict.
  ///
  /// Cost:   one pass over the table of statuses, in SQL.
  package func counts() throws(CasebookError) -> VerdictCounts {
    try read { db in
      var counts = VerdictCounts()
      for row in try Row.fetchAll(db, sql: "SELECT verdict, count(*) FROM standing GROUP BY verdict") {
        counts.add(row[1], to: Verdict(column: row[0]))
      }
      return counts
    }
  }

  /// The number and hash of the last event. Packets carry it, so that a cut chain is noticed.
  ///
  /// Shape:  `.empty` for a chain without events, else the number counted from 1.
  /// Cost:   one lookup by primary key.
  package func head() throws(CasebookError) -> ChainHead {
    try read { db in try ChainHead(lastOf: db) }
  }

  /// The events after number `since`, at most `limit` of them.
  ///
  /// Shape:  in the order of the chain.
  /// Cost:   all events are in memory at once; `forEachLine` is for a whole chain.
  /// Fails:  throws at the first line that is not an audit line, without the events before it.
  package func events(since: EventNumber = 0, limit: Int = .max) throws(CasebookError) -> [Event] {
    try read { db in
      limit <= 0 ? [] : try Event.fetch(db, since + 1...max(since + 1, since.addingSaturated(limit)))
    }
  }

  /// Calls `body` with the exact bytes of every line, in order. With line feeds between them they are the exported chain.
  ///
  /// Cost:   reads a thousand lines at a time, so that filing can go on in between.
  /// Shape:  without line feeds. Lines that are filed while this runs come too.
  /// Fails:  throws what `body` throws, and reads no further.
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

  /// Calls `body` with every event of an action, in order.
  ///
  /// Cost:   one pass over the table of events; the found ones are in memory at once.
  package func forEachEvent(_ action: Action, _ body: (Event) throws -> Void) throws {
    let lines = try read { db in
      try String.fetchAll(
        db, sql: "SELECT line FROM event WHERE action = ? ORDER BY number", arguments: [action.rawValue])
    }
    for line in lines { if let event = AuditLine(canonical: line).flatMap(Event.init) { try body(event) } }
  }

  /// The lines about these listings under any of their keys, in the order of the chain, with the lines that rename them.
  ///
  /// Shape:  each line once, without line feeds. Keys without events add nothing.
  /// Cost:   per key one lookup in the index on objects; all lines are in memory at once.
  package func lines(for keys: [ListingKey]) throws(CasebookError) -> [String] {
    try read { db in
      let names = try NameTable(db)
      let select = try db.cachedStatement(
        sql: """
          SELECT number, line FROM event
          WHERE object IN \(NameTable.keys(db)) AND action IN (\(Action.ofStatuses), 'listing.rename')
          """)
      var lines: [EventNumber: String] = [:]
      for key in Set(keys) {
        let rows = try Row.fetchCursor(select, arguments: ["key": try names.current(StoredText.column(key))])
        while let row = try rows.next() { lines[row[0]] = row[1] }
      }
      return lines.sorted { $0.key < $1.key }.map(\.value)
    }
  }

  /// The events about one listing, in the order of the chain: its history.
  ///
  /// Limits: a line that is not an audit line is left out; `verify` finds it.
  package func events(about key: ListingKey) throws(CasebookError) -> [Event] {
    try lines(for: [key]).compactMap { AuditLine(canonical: $0).flatMap(Event.init) }
  }
}

/// An event whose line is not an audit line. `CasebookError` adds the file.
struct UnreadableEvent: Error {
  let number: EventNumber
}

extension Event {
  /// The events with these numbers, as far as they exist.
  ///
  /// Fails:  throws `UnreadableEvent` at the first line that is not an audit line.
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

extension FiledStatus {
  /// The statuses set after an event, by key.
  ///
  /// Shape:  under current keys; 0 gives the status of every listing.
  /// Cost:   with 0, or where casebooks were merged since, one pass over the table; else O(events since), by primary key.
  static func fetch(_ db: Database, since: EventNumber) throws -> [ListingKey: FiledStatus] {
    // Few new events are looked up from their side: statuses have no index by event, which keeps filing fast.
    let object =
      try NameTable.isThere(db)
      ? "coalesce((SELECT listing FROM renamed WHERE renamed.key = object), object)" : "object"
    // A merge may change any status.
    let merge = try Int.fetchOne(
      db.cachedStatement(sql: "SELECT 1 FROM event WHERE number > ? AND action = 'casebook.merge' LIMIT 1"),
      arguments: [since])
    let since = merge == nil ? since : 0
    let some = "WHERE key IN (SELECT DISTINCT \(object) FROM event WHERE number > ?)"
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT key, verdict, reason, note, event, \(Schema.seen(db)), \(Schema.described(db)) FROM standing
        \(since > 0 ? some : "")
        """,
      arguments: since > 0 ? [since] : [])
    var statuses: [ListingKey: FiledStatus] = [:]
    while let row = try rows.next() {
      statuses[ListingKey(StoredText.text(row[0]))] = FiledStatus(
        ReviewStatus(row, verdict: 1, reason: 2, note: 3, described: 6), row[4], seen: SeenListing(column: row[5]))
    }
    return statuses
  }

  /// The status of a key in column form; nil for none.
  static func fetchOne(_ db: Database, _ column: String) throws -> FiledStatus? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT verdict, reason, note, event, \(Schema.seen(db)), \(Schema.described(db)) FROM standing WHERE key = ?
        """,
      arguments: [column])
    return row.map {
      FiledStatus(
        ReviewStatus($0, verdict: 0, reason: 1, note: 2, described: 5), $0[3], seen: SeenListing(column: $0[4]))
    }
  }
}

extension Int {
  /// The sum, or the largest number on overflow.
  fileprivate func addingSaturated(_ other: Int) -> Int {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }
}

extension Casebook {
  /// This analyst's undo history as the file has it now, including what the same analyst did in another window.
  ///
  /// Cost:   reads only the transactions since the last call, and those are kept in memory.
  package func history() throws(CasebookError) -> History {
    let refreshed = try read { db in try refreshedHistory(db) }
    remember(refreshed)
    return refreshed.history
  }

  /// The listings that a transaction touched, in its order.
  ///
  /// Shape:  under current keys; events that are about no listing are left out.
  /// Cost:   reads and parses every event of the transaction.
  package func listings(of transaction: Transaction) throws(CasebookError) -> [ListingKey] {
    try read { db in
      let names = try NameTable(db)
      return try Event.fetch(db, transaction.events).compactMap(\.listing).map(names.current)
    }
  }

  /// The history with all transactions of the file; `remember` keeps it once the read has succeeded.
  ///
  /// Cost:   O(this analyst's transactions since the one last remembered).
  func refreshedHistory(_ db: Database) throws -> RememberedHistory {
    var refreshed = remembered.withLock { $0 }
    for transaction in try Transaction.transactions(of: analyst, after: refreshed.lastTransaction, in: db) {
      refreshed.history.append(transaction)
      refreshed.lastTransaction = transaction.number
    }
    return refreshed
  }

  /// Keeps a refreshed history, unless another thread has read further meanwhile.
  func remember(_ refreshed: RememberedHistory) {
    remembered.withLock { if refreshed.lastTransaction > $0.lastTransaction { $0 = refreshed } }
  }
}
