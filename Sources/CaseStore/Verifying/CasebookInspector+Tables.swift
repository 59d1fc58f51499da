import Casework
import Foundation
import GRDB
import Hashing
import Listings

// Every table but those of events and transactions, in both directions: rows that are missing, and rows of which no event
// speaks.

extension CasebookInspector {
  /// Compares all tables with what the events say.
  mutating func inspectTables(_ db: Database, version: Int) throws {
    if depth.statuses {
      try inspectStatuses(db)
      if version >= Schema.versionOfNames { try inspectNames(db) }
    }
    if version >= Schema.versionOfNames { try inspectKeyForms(db) }
    if version >= Schema.versionOfSightings { try inspectScrapes(db) }
    if version >= 2 { try inspectStamp(db) }
    inspectSteps()
    guard depth.all else { return }
    try inspectPackets(db)
    try inspectWords(db)
    inspection.unprovable.positions = try Int.fetchOne(db, sql: "SELECT count(*) FROM place") ?? 0
  }

  /// Adds what is wrong with a row, if anything.
  private mutating func add(_ finding: TableFinding?) {
    if let finding { inspection.add(finding) }
  }

  /// The table of review statuses.
  private mutating func inspectStatuses(_ db: Database) throws {
    var expected = said.replay.statuses()
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT standing.*, \(Schema.seen(db)) AS seen, \(Schema.described(db)) AS described,
          event.time AS event_time, event.analyst AS event_analyst
        FROM standing LEFT JOIN event ON event.number = standing.event ORDER BY key
        """)
    while let row = try rows.next() {
      let key = ListingKey(StoredText.text(row["key"]))
      guard let said = expected.removeValue(forKey: key) else {
        add(TableFinding(table: "standing", key: key.text, event: row["event"], what: .surplus))
        continue
      }
      let (now, status) = (said.status, said.status.status)
      let expected = ExpectedRow(
        "standing", key.text, event: said.event,
        [
          ("verdict", status.verdict?.rawValue), ("reason", status.reason?.rawValue),
          ("verdict_by", now.verdictBy.map(StoredText.column)), ("note", status.note.map(StoredText.column)),
          ("note_by", now.noteBy.map(StoredText.column)), ("event", said.event),
          ("seen", now.seen?.json.json), ("described", now.describedColumn),
          ("time", row["event_time"] as String?),
          ("analyst", row["event_analyst"] as String?),
        ])
      add(expected.finding(row))
    }
    for (key, said) in expected.sorted(by: { $0.key < $1.key }) {
      add(TableFinding(table: "standing", key: key.text, event: said.event, what: .missing))
    }
  }

  /// The table of renamed listings.
  private mutating func inspectNames(_ db: Database) throws {
    var expected = said.replay.names()
    for row in try Row.fetchAll(db, sql: "SELECT key, listing, event FROM renamed ORDER BY key") {
      let key = ListingKey(StoredText.text(row["key"]))
      guard let said = expected.removeValue(forKey: key) else {
        add(TableFinding(table: "renamed", key: key.text, event: row["event"], what: .surplus))
        continue
      }
      add(
        ExpectedRow(
          "renamed", key.text, event: said.event,
          [("listing", StoredText.column(said.listing)), ("event", said.event)]
        ).finding(row))
    }
    for (key, said) in expected.sorted(by: { $0.key < $1.key }) {
      add(TableFinding(table: "renamed", key: key.text, event: said.event, what: .missing))
    }
  }

  /// The table of forms of keys, and the column of events that says their form.
  private mutating func inspectKeyForms(_ db: Database) throws {
    let rows = try Row.fetchAll(db, sql: "SELECT form, event FROM key_form ORDER BY form")
    for row in rows where !said.keyForms.contains(where: { $0.form == row["form"] }) {
      add(TableFinding(table: "key_form", key: "form \(row["form"] as Int)", event: row["event"], what: .surplus))
    }
    for (form, event) in said.keyForms {
      add(
        ExpectedRow("key_form", "form \(form)", event: event, [("event", event)]).finding(
          rows.first { $0["form"] == form }))
    }
    let first = said.keyForms.first { $0.form == KeyForm.current }?.event ?? 1
    let wrong = try Row.fetchAll(
      db,
      sql: """
        SELECT number, form FROM event
        WHERE number < ?1 AND form IS NOT NULL OR number >= ?1 AND form IS NOT ?2 ORDER BY number LIMIT ?3
        """, arguments: [first, KeyForm.current, CasebookInspection.maximumFindings])
    for row in wrong {
      let number: EventNumber = row["number"]
      add(
        ExpectedRow(
          "event", "event \(number)", event: number, [("form", number < first ? nil : KeyForm.current)]
        ).finding(row))
    }
  }

  /// The table of recorded files, and the sightings kept of them.
  private mutating func inspectScrapes(_ db: Database) throws {
    let events = try Int.fetchAll(db, sql: "SELECT event FROM scrape_file ORDER BY event")
    let rows = Dictionary(
      try Row.fetchAll(db, sql: "SELECT * FROM scrape_file").map { ($0["event"] as Int, $0) }
    ) { first, _ in first }
    for event in Set(events).union(said.scrapes.keys).sorted() {
      guard let file = said.scrapes[event] else {
        add(TableFinding(table: "scrape_file", key: "", event: event, what: .surplus))
        continue
      }
      add(
        ExpectedRow(
          "scrape_file", file.file, event: event, zip(ScrapeFile.columns, file.values(event)).map { ($0, $1) }
        ).finding(rows[event]))
      if depth.sightings { try inspectSightings(of: file, event, db) }
    }
    if depth.sightings {
      for (merge, file) in said.mergedScrapes { try inspectSightings(of: file, merge, db) }
    }
    guard depth.all else { return }
    inspection.unprovable.leftPieces =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM sighting_piece WHERE digest NOT IN (\(MergedEvents.recordedDigests(db)))") ?? 0
  }

  /// The pieces of one file's sightings.
  private mutating func inspectSightings(of file: ScrapeFile, _ event: EventNumber, _ db: Database) throws {
    let pieces = try Row.fetchCursor(
      db, sql: "SELECT piece, bytes FROM sighting_piece WHERE digest = ? ORDER BY piece", arguments: [file.digest])
    var hasher = SHA256Hasher()
    var next = 0
    while let row = try pieces.next() {
      guard row[0] as Int == next else {
        add(
          TableFinding(
            table: "sighting_piece", key: file.file, event: event,
            what: .differs(column: "piece", found: "\(row[0] as Int)", expected: "\(next)")))
        return
      }
      (row[1] as Data).withUnsafeBytes { hasher.update($0) }
      next += 1
    }
    guard hasher.finish().hex != file.digest else { return }
    add(
      TableFinding(
        table: "sighting_piece", key: file.file, event: event, what: .wrong("the sightings are not those recorded")))
  }

  /// The one stamp.
  private mutating func inspectStamp(_ db: Database) throws {
    guard let stamp = try CasebookStamp.fetch(db) else {
      return add(TableFinding(table: "stamp", key: "", event: 1, what: .missing))
    }
    if try Int.fetchAll(db, sql: "SELECT one FROM stamp") != [1] {
      add(TableFinding(table: "stamp", key: "", event: 1, what: .wrong("there is more than the one stamp")))
    }
    guard let token = said.token, token != stamp.token else { return }
    add(
      TableFinding(
        table: "stamp", key: "", event: 1,
        what: .differs(column: "stamp", found: "casebook \(stamp.token)", expected: "casebook \(token)")))
  }
}

// MARK: Packets and words

extension CasebookInspector {
  /// The steps of packets: each is bound to the export that it names.
  fileprivate mutating func inspectSteps() {
    for (chain, number) in said.cases.unbound {
      let name = chain.map { "chain \(CasebookName.short(of: $0)), " } ?? ""
      inspection.add(
        TableFinding(
          table: chain == nil ? "event" : "merged_event", key: "\(name)event \(number)",
          event: chain == nil ? number : nil,
          what: .wrong("it is a step of a packet that was not exported so")))
    }
  }
}

extension CasebookInspector {
  /// The tables of packets and of their listings.
  private mutating func inspectPackets(_ db: Database) throws {
    var said = Dictionary(said.packets.map { ("\($0.id) version \($0.version)", $0) }) { first, _ in first }
    for row in try Row.fetchAll(db, sql: "SELECT * FROM packet ORDER BY id, version") {
      let name = "\(row["id"] as String) version \(row["version"] as Int)"
      let packet = said.removeValue(forKey: name)
      if let packet {
        add(Self.expected(packet, name, row).finding(row))
      } else if row["event"] == nil {
        inspection.unprovable.reservedPackets += 1
      } else {
        add(TableFinding(table: "packet", key: name, event: row["event"], what: .surplus))
      }
      try inspectListings(of: row, packet, name, db)
    }
    for (name, packet) in said.sorted(by: { $0.value.event.number < $1.value.event.number }) {
      add(TableFinding(table: "packet", key: name, event: packet.event.number, what: .missing))
    }
  }

  /// The row of a packet. Later events say when its number was given out, and to whom; earlier ones only bound that.
  private static func expected(_ packet: SaidByEvents.PacketExported, _ name: String, _ row: Row) -> ExpectedRow {
    var columns: [(String, (any DatabaseValueConvertible)?)] = [("event", packet.event.number)]
    let reserved = packet.event.data["reserved"]
    let created: String = row["created"]
    let latest = reserved?.at("at")?.asText ?? (created > packet.event.time ? packet.event.time : created)
    columns.append(("created", latest))
    columns.append(
      ("analyst", StoredText.column(reserved?.at("by")?.asText ?? packet.event.analyst)))
    return ExpectedRow("packet", name, event: packet.event.number, columns)
  }

  /// The listings of one packet.
  private mutating func inspectListings(
    of row: Row, _ packet: SaidByEvents.PacketExported?, _ name: String, _ db: Database
  ) throws {
    let found = try Set(
      String.fetchAll(
        db, sql: "SELECT key FROM packet_listing WHERE packet = ? AND version = ?",
        arguments: [row["id"] as String, row["version"] as Int]))
    let said = Set(packet?.listings.map { StoredText.column($0) } ?? [])
    for key in found.symmetricDifference(said).sorted() {
      add(
        TableFinding(
          table: "packet_listing", key: "\(StoredText.text(key)) in \(name)", event: packet?.event.number,
          what: found.contains(key) ? .surplus : .missing))
    }
  }

  /// The words of listings: each row must be of a listing that was decided, at times when it was.
  ///
  /// Cost:   a look at the events of each listing, by the index on objects.
  private mutating func inspectWords(_ db: Database) throws {
    if said.replay.areNamesDisputed {
      inspection.unprovable.words = try Int.fetchOne(db, sql: "SELECT count(*) FROM listing") ?? 0
      return
    }
    let condition = "WHERE object IN \(try NameTable.keys(db)) AND action IN (\(Action.ofStatuses))"
    let merged = try MergedEvents.isThere(db) ? " UNION ALL SELECT time FROM merged_event \(condition)" : ""
    let select = try db.cachedStatement(sql: "SELECT time FROM event \(condition)\(merged)")
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM listing ORDER BY key")
    while let row = try rows.next() {
      let column: String = row["key"]
      let key = ListingKey(StoredText.text(column))
      let events = try Row.fetchAll(select, arguments: ["key": column])
      if events.isEmpty {
        add(TableFinding(table: "listing", key: key.text, event: nil, what: .surplus))
        continue
      }
      inspection.unprovable.words += 1
      for name in ["first_time", "last_time"] {
        let time: String = row[name]
        guard !events.contains(where: { $0[0] == time }) else { continue }
        add(
          TableFinding(
            table: "listing", key: key.text, event: nil,
            what: .wrong("column \(name) says \(time), when nothing was decided about the listing")))
      }
    }
  }
}
