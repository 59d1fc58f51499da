import Casework
import GRDB
import Listings

// Listings whose key was renamed. Events keep the keys they were written with; everything else moves to the new key.

/// The outcome of renaming listings.
///
/// Shape:  empty where every listing has its key already.
package struct Renamed: Equatable, Sendable {
  /// The events written; nil where nothing was left to rename.
  package internal(set) var events: ClosedRange<EventNumber>?
  /// The statuses by new key.
  package internal(set) var statuses: [ListingKey: FiledStatus] = [:]
  /// Listings that had different verdicts under both keys. The later verdict counts.
  package internal(set) var disagreeing: [ListingKey] = []

  package init() {}
}

/// Keys whose listings may have other keys by now.
package struct EarlierKeys: Equatable, Sendable {
  /// Keys in an earlier form.
  package internal(set) var ofOldForm: [ListingKey] = []
  /// Addresses. More may be known about them since.
  package internal(set) var addresses: [ListingKey] = []

  /// Whether nothing may have to be renamed.
  package var isEmpty: Bool { ofOldForm.isEmpty && addresses.isEmpty }
}

extension Casebook {
  /// The keys that may have to be renamed.
  ///
  /// Shape:  a key is in one of the two lists at most; one that a listing was renamed to is not of an old form.
  /// Cost:   one pass over the table of statuses.
  package func earlierKeys() throws(CasebookError) -> EarlierKeys {
    try read { db in
      let first = try KeyForm.firstEvent(db) ?? 0
      let names = try Set(NameTable.all(db).values)
      var keys = EarlierKeys()
      let rows = try Row.fetchCursor(db, sql: "SELECT key, event FROM standing")
      while let row = try rows.next() {
        let key = ListingKey(StoredText.text(row[0]))
        if (row[1] as EventNumber) < first, !names.contains(key) {
          keys.ofOldForm.append(key)
        } else if key.text.utf8.starts(with: "url:".utf8) {
          keys.addresses.append(key)
        }
      }
      return keys
    }
  }

  /// What is remembered about these keys, and about listings decided in files with these names.
  ///
  /// Shape:  by current key.
  /// Cost:   one pass over the table of listings.
  package func remembered(
    _ keys: Set<ListingKey>, inFiles files: Set<String>
  ) throws(CasebookError) -> [ListingKey: RememberedWords] {
    try read { db in
      let rows = try Row.fetchCursor(
        db, sql: "SELECT *, CAST(strftime('%s', last_time) AS INTEGER) AS second FROM listing")
      var remembered: [ListingKey: RememberedWords] = [:]
      while let row = try rows.next() {
        let key = ListingKey(StoredText.text(row["key"]))
        guard keys.contains(key) || files.contains(StoredText.text(row["last_file"])) else { continue }
        remembered[key] = RememberedWords(RememberedListing(row, key: key).last, decidedAt: row["second"] ?? 0)
      }
      return remembered
    }
  }

  /// Renames listings to their current keys, in one transaction that changes no decision.
  ///
  /// Shape:  one event per listing, in the order of the old keys. Listings that have their new key already add none.
  /// Cost:   one SQL transaction, with some ten statements per listing.
  /// Fails:  throws with no listing renamed.
  package func rename(_ renamed: [ListingKey: ListingKey], at time: String) throws(CasebookError) -> Renamed {
    if renamed.isEmpty { return Renamed() }
    return try write { db in
      let names = try NameTable(db)
      var result = Renamed()
      var writer = try TransactionWriter(db, analyst: analyst, time: time)
      for (old, new) in renamed.sorted(by: { $0.key < $1.key }) {
        let (from, to) = (try names.current(old), try names.current(new))
        if from == to { continue }
        let event = try writer.append(.renameListing, object: from.text, data: ["listing": .text(to.text)])
        try self.rename(from, to: to, event, &result, db)
      }
      guard writer.hasEvents else { return result }
      try writer.close(.other, part: nil, listings: 0)
      if try Self.isMerged(db) {
        // Other chains may have renamed the same listings.
        try rebuild(db)
        for key in result.statuses.keys {
          result.statuses[key] = try FiledStatus.fetchOne(db, StoredText.column(names.current(key)))
        }
      }
      result.events = writer.events
      return result
    }
  }

  /// Renames one listing in every table but that of events.
  private func rename(
    _ from: ListingKey, to: ListingKey, _ event: EventNumber, _ result: inout Renamed, _ db: Database
  ) throws {
    let columns = (from: StoredText.column(from), to: StoredText.column(to))
    if try merge(columns.from, into: columns.to, db) { result.disagreeing.append(to) }
    try db.execute(
      sql: "UPDATE renamed SET listing = ?2 WHERE listing = ?1", arguments: [columns.from, columns.to])
    try db.execute(
      sql: "INSERT INTO renamed (key, listing, event) VALUES (?, ?, ?)", arguments: [columns.from, columns.to, event])
    try moveWords(columns.from, to: columns.to, db)
    result.statuses[from] = nil
    result.statuses[to] = try FiledStatus.fetchOne(db, columns.to)
  }

  /// Moves the status of one key to another. Of two verdicts, two notes or two values of an aspect, the later one stays.
  ///
  /// - Returns: whether both keys had verdicts, and different ones.
  private func merge(_ from: String, into to: String, _ db: Database) throws -> Bool {
    guard let there = try FiledStatus.fetchOne(db, from) else { return false }
    guard let here = try FiledStatus.fetchOne(db, to) else {
      try db.execute(sql: "UPDATE standing SET key = ?2 WHERE key = ?1", arguments: [from, to])
      return false
    }
    let table = try StatusTable(db)
    let other = try table.status(from)
    var status = try table.status(to)
    if try last(.fileVerdict, from, db) > last(.fileVerdict, to, db) { status.takeVerdict(of: other) }
    if try last(.writeNote, from, db) > last(.writeNote, to, db) { status.takeNote(of: other) }
    for aspect in Aspect.allCases {
      let action = Action.describe
      if try last(action, from, of: aspect, db) > last(action, to, of: aspect, db) { status.take(aspect, of: other) }
    }
    let later = there.event > here.event ? from : to
    let row = try Row.fetchOne(db, sql: "SELECT event, time, analyst FROM standing WHERE key = ?", arguments: [later])
    if let row {
      try table.set(
        to, status, event: row["event"], time: row["time"], analyst: StoredText.text(row["analyst"]))
    }
    try db.execute(sql: "DELETE FROM standing WHERE key = ?", arguments: [from])
    return there.status.verdict != here.status.verdict && there.status.verdict != nil
      && here.status.verdict != nil
  }

  /// The last event of an action about a listing, under any of its keys; 0 for none.
  ///
  /// - Parameter aspect: of a description, what it is about.
  private func last(
    _ action: Action, _ column: String, of aspect: Aspect? = nil, _ db: Database
  ) throws -> EventNumber {
    let about = aspect == nil ? "" : "AND json_extract(line, '$.data.aspect') = :aspect"
    var arguments: StatementArguments = ["key": column, "action": action.rawValue]
    if let aspect { arguments += ["aspect": aspect.rawValue] }
    return try Int.fetchOne(
      db, sql: "SELECT max(number) FROM event WHERE action = :action \(about) AND object IN \(NameTable.keys(db))",
      arguments: arguments) ?? 0
  }

  /// Moves a listing's words. The words last seen stay, and the first sighting is the earlier of the two.
  func moveWords(_ from: String, to: String, _ db: Database) throws {
    try db.execute(
      sql: """
        UPDATE listing SET (first_file, first_row, first_time) =
          (SELECT first_file, first_row, first_time FROM listing WHERE key = ?1)
        WHERE key = ?2 AND first_time > (SELECT first_time FROM listing WHERE key = ?1)
        """, arguments: [from, to])
    try db.execute(sql: "UPDATE OR IGNORE listing SET key = ?2 WHERE key = ?1", arguments: [from, to])
    try db.execute(sql: "DELETE FROM listing WHERE key = ?", arguments: [from])
  }

  /// The statuses as they would be under the current keys, for a casebook that is only read.
  ///
  /// Shape:  a renamed listing appears under its new key only; with several old keys its events decide by their times.
  /// Cost:   one pass over the table, and one read per listing whose statuses are merged. Writes nothing.
  package func statuses(
    renamed: [ListingKey: ListingKey]
  ) throws(CasebookError) -> [ListingKey: FiledStatus] {
    var statuses = try statuses()
    var together: [ListingKey: [ListingKey]] = [:]
    for (old, new) in renamed where old != new { together[new, default: []].append(old) }
    for (new, olds) in together {
      let keys = (olds + [new]).filter { statuses[$0] != nil }
      let merged = keys.count == 1 ? statuses[keys[0]] : try status(of: keys, as: new)
      for old in olds { statuses[old] = nil }
      statuses[new] = merged
    }
    return statuses
  }

  /// The status that events under several keys give one listing.
  private func status(of keys: [ListingKey], as key: ListingKey) throws(CasebookError) -> FiledStatus? {
    var replayed = ReviewStatuses()
    for event in try lines(for: keys).compactMap({ AuditLine(canonical: $0).flatMap(Event.init) }) {
      replayed.apply(event)
    }
    // Joined only now, so that decisions under different keys are compared by their times.
    replayed.join(keys, as: key)
    guard let event = replayed.lastEvent[key] else { return nil }
    return FiledStatus(replayed[key], event, seen: replayed.byKey[key]?.seen)
  }
}
