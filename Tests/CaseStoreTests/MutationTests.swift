@testable import CaseStore
import Casework
import Foundation
import GRDB
import Hashing
import Listings
import Testing

/// Every table, every column, every row: whatever somebody edits, deletes or inserts with the database at hand, `inspect`
/// finds, or it is in the list of what no event speaks of.
@Suite struct MutationTests {
  let folder: CasebookFolder
  /// The bytes of a whole casebook with something in every table.
  let whole: Data

  /// What cannot be proved without an anchor, as the page on the casebook says: by table and column, with the rows it is
  /// about.
  static let unprovable: [String: @Sendable (String, Row) -> Bool] = [
    // A position is no evidence, and no event speaks of it.
    "place": { _, _ in true },
    // A number that was given out and never used has no event.
    "packet": { _, row in row["event"] == nil },
    // What an interrupted recording left counts for nothing.
    "sighting_piece": { _, row in (row["digest"] as String).hasPrefix("00") },
    // The words of a listing, where no event was filed with them, and where it was seen first.
    "listing": { column, _ in !["key", "first_time", "last_time"].contains(column) },
  ]

  init() throws {
    folder = try CasebookFolder()
    try Self.fill(folder)
    whole = try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath))
  }

  static func fill(_ folder: CasebookFolder) throws {
    let (rk, mb) = (try folder.open("rk"), try folder.open("mb"))
    func seen(_ number: Int, _ file: String) -> ListingSnapshot {
      ListingSnapshot(
        key: ListingKey("id:P/\(number)"), title: "ring \(number)", platform: "P", url: "https://p.example/\(number)",
        seller: "bao", sighting: .init(file: file, row: number))
    }
    try rk.apply(
      .file(.confirmed, reason: nil, for: keys(1...3)), at: "2026-11-18T12:00:00Z",
      seen: (1...3).map { seen($0, "a.csv") })
    try mb.apply(
      .file(.falsePositive, reason: .replica, for: keys(3...5)), at: "2026-11-18T12:01:00Z", seen: [seen(4, "b.csv")])
    try rk.apply(.write(note: "asks \u{1B} to buy", for: keys(2...2)[0]), at: "2026-11-18T12:02:00Z")
    try mb.undo(at: "2026-11-18T12:03:00Z")
    try mb.redo(at: "2026-11-18T12:04:00Z")
    try rk.apply(.file(.unsure, reason: nil, for: keys(1...1)), at: "2026-11-18T12:05:00Z", seen: [seen(1, "b.csv")])
    _ = try rk.rename(
      [keys(5...5)[0]: ListingKey("id:Q/5"), keys(2...2)[0]: ListingKey("id:Q/2")], at: "2026-11-18T12:06:00Z")
    let id = try rk.reservePacket(at: "2026-11-18T12:07:00Z")
    try rk.recordExport(of: id, version: 1, listings: keys(1...2), at: "2026-11-18T12:07:00Z")
    _ = try mb.reservePacket(at: "2026-11-18T12:08:00Z")
    let packed = [UInt8]("packed".utf8)
    let file = ScrapeFile(
      scrape: "2026-11-18", day: "2026-11-18", began: 1, basis: "captured_at", file: "a.csv", byteCount: 9,
      sha256: SHA256Digest(of: "a").hex, listings: 3, digest: SHA256Digest(of: packed).hex)
    _ = try rk.record(file, packed: packed, at: "2026-11-18T12:09:00Z")
    try rk.keep(position: "{}", for: "files:a.csv", at: noon)
    let other = try Casebook.open(path: folder.path + "/other", analyst: "cy", clock: { "2026-11-18T08:00:00Z" })
    try other.apply(.file(.unsure, reason: nil, for: keys(2...2)), at: "2026-11-18T12:03:30Z")
    try other.apply(.write(note: "seen in Lome", for: keys(6...6)[0]), at: "2026-11-18T12:03:40Z")
    _ = try rk.merge([other], at: "2026-11-18T12:10:00Z")
    try other.close()
    try mb.close()
    try rk.close()
    try folder.tamper(
      "INSERT INTO sighting_piece VALUES ('00' || substr(printf('%.64d', 0), 3), 0, x'01')")
  }

  /// Puts the whole casebook back, does something to it that no program of ours does, and checks it.
  private func inspection(
    of whole: Data? = nil, in folder: CasebookFolder? = nil, after change: (Database) throws -> Void
  ) throws -> CasebookInspection {
    let folder = folder ?? self.folder
    for end in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: folder.casebookPath + end) }
    try (whole ?? self.whole).write(to: URL(fileURLWithPath: folder.casebookPath))
    let shell = try folder.shell()
    try shell.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON")
      let triggers = try Row.fetchAll(db, sql: "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
      for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger[0] as String)") }
      try change(db)
      for trigger in triggers { try db.execute(sql: trigger[1]) }
    }
    try shell.close()
    let casebook = try folder.open("v", .reading)
    defer { try? casebook.close() }
    return try casebook.inspect()
  }

  /// The tables with their columns and rows.
  private func tables() throws -> [(name: String, columns: [String], rows: [Row])] {
    try folder.shell().read { db in
      try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        .map { name in
          (
            name, try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('\(name)')"),
            try Row.fetchAll(db, sql: "SELECT * FROM \(name)")
          )
        }
    }
  }

  /// Another value of the same type.
  private static func other(than value: DatabaseValue, _ column: String) -> DatabaseValue {
    switch value.storage {
    case .int64(let number): return (number + 1000).databaseValue
    case .string(let text) where text.hasSuffix("Z") && text.count == 20:
      return ("2025" + text.dropFirst(4)).databaseValue
    case .string(let text): return (text + "x").databaseValue
    case .blob(var bytes):
      bytes[bytes.count / 4] ^= 1
      return bytes.databaseValue
    case .null: return ["reverses", "event", "form"].contains(column) ? 1.databaseValue : "x".databaseValue
    case .double(let number): return (number + 1).databaseValue
    }
  }

  /// The first rows, the last, and some between.
  private static func some(_ rows: [Row]) -> [Row] {
    let step = max(1, rows.count / 4)
    return rows.indices.filter { $0 % step == 0 || $0 == rows.count - 1 }.map { rows[$0] }
  }

  /// SQL that finds one row by all its columns, and its arguments.
  private static func condition(_ columns: [String], _ row: Row) -> (sql: String, arguments: [DatabaseValue]) {
    (columns.map { "\($0) IS ?" }.joined(separator: " AND "), columns.map { row[$0] })
  }

  @Test func theCasebookItselfIsWhole() throws {
    let inspection = try inspection { _ in }
    #expect(inspection.isWhole, "\(inspection.findings.map(\.sentence))")
    #expect(inspection.unprovable.reservedPackets == 1 && inspection.unprovable.leftPieces == 1)
    #expect(
      try tables().allSatisfy { !$0.rows.isEmpty || ["key_form", "lease"].contains($0.name) },
      "a table of the test is empty")
  }

  @Test func everyEditedColumnIsFound() throws {
    var tried = 0
    for (table, columns, rows) in try tables() {
      for row in Self.some(rows) {
        let (sql, arguments) = Self.condition(columns, row)
        for column in columns {
          let other = Self.other(than: row[column], column)
          let inspection = try inspection { db in
            try db.execute(
              sql: "UPDATE \(table) SET \(column) = ? WHERE \(sql)",
              arguments: StatementArguments([other] + arguments))
          }
          tried += 1
          if Self.unprovable[table]?(column, row) == true { continue }
          #expect(!inspection.isWhole, "\(table).\(column) of \(row) becomes \(other)")
        }
      }
    }
    #expect(tried > 200)
  }

  @Test func everyDeletedRowIsFound() throws {
    for (table, columns, rows) in try tables() {
      for row in rows {
        let (sql, arguments) = Self.condition(columns, row)
        let inspection = try inspection { db in
          try db.execute(sql: "DELETE FROM \(table) WHERE \(sql)", arguments: StatementArguments(arguments))
        }
        // The words that are missing are no claim.
        if table == "listing" || Self.unprovable[table]?("", row) == true { continue }
        #expect(!inspection.isWhole, "\(table): \(row) is deleted")
      }
    }
  }

  @Test func everyInsertedRowIsFound() throws {
    for (table, columns, rows) in try tables() {
      let key = try folder.shell().read { db in
        try String.fetchAll(db, sql: "SELECT name FROM pragma_table_info('\(table)') WHERE pk > 0 ORDER BY pk")
      }
      for row in Self.some(rows) {
        // The last part of the key, so that a row of a packet's listings is one of the same packet.
        let column = key.last ?? (table == "sighting_piece" ? "piece" : "")
        let values = columns.map { $0 == column ? Self.other(than: row[$0], $0) : row[$0] as DatabaseValue }
        let inspection = try inspection { db in
          if table == "scrape_file" { try db.execute(sql: "UPDATE scrape_file SET sha256 = sha256") }
          try? db.execute(
            sql: "INSERT INTO \(table) VALUES (\(values.map { _ in "?" }.joined(separator: ", ")))",
            arguments: StatementArguments(values))
        }
        if Self.unprovable[table]?("key", row) == true || table == "scrape_file" { continue }
        #expect(!inspection.isWhole, "\(table): \(values) is inserted")
      }
    }
    // Its columns are unique together with another one.
    let inspection = try inspection { db in
      try db.execute(
        sql: """
          INSERT INTO scrape_file SELECT event - 1, 'x', day, began, basis, file, bytes, sha256, listings, digest
          FROM scrape_file
          """)
    }
    #expect(!inspection.isWhole)
  }

  /// Every trigger, index and table dropped; a trigger, an index, a view and a table too many.
  @Test func everyChangeOfTheSchemaIsNamed() throws {
    let names = try folder.shell().read { db in
      try Row.fetchAll(db, sql: "SELECT type, name FROM sqlite_master WHERE sql <> ''").map {
        (type: $0[0] as String, name: $0[1] as String)
      }
    }
    #expect(names.count > 25)
    for (type, name) in names {
      try whole.write(to: URL(fileURLWithPath: folder.casebookPath))
      try folder.tamper("PRAGMA foreign_keys = OFF")
      let shell = try folder.shell()
      try shell.writeWithoutTransaction { db in
        try db.execute(sql: "PRAGMA foreign_keys = OFF; DROP \(type) \(name)")
      }
      try shell.close()
      guard name != "event" else { continue }  // Not even a line is left.
      let casebook = try folder.open("v", .reading)
      let inspection = try casebook.inspect()
      try casebook.close()
      #expect(inspection.findings.contains { $0.sentence == "its \(type) \(name) is missing" }, "\(name)")
    }
    for sql in [
      "CREATE TABLE more (x)", "CREATE INDEX more ON event (time)", "CREATE VIEW more AS SELECT 1",
      "CREATE TRIGGER more AFTER INSERT ON place BEGIN SELECT 1; END", "PRAGMA user_version = 3",
      "DROP INDEX act_by_analyst; CREATE INDEX act_by_analyst ON act (kind)",
    ] {
      let inspection = try inspection { db in try db.execute(sql: sql) }
      #expect(!inspection.isWhole, "\(sql)")
    }
  }

  // MARK: Lines

  /// Writes the chain anew from some line on, with hashes that fit, after a change of its lines.
  private func rewriting(_ change: (inout [AuditLine]) -> Void) throws -> CasebookInspection {
    try inspection { db in
      var lines = try String.fetchAll(db, sql: "SELECT line FROM event ORDER BY number").compactMap {
        AuditLine(canonical: $0)
      }
      change(&lines)
      try db.execute(sql: "DELETE FROM event")
      var head = AuditLine.noPrevious
      for (index, line) in lines.enumerated() {
        let line = AuditLine(
          action: line.action, actor: line.actor, data: line.data, object: line.object, previous: head,
          sequence: index + 1, time: line.time)
        head = line.hash
        try db.execute(
          sql: "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, 2)",
          arguments: [
            index + 1, line.json, line.hash, Event(line)?.transaction, line.action, StoredText.column(line.object),
            line.time, line.actor,
          ])
      }
    }
  }

  @Test func reorderedEventsWithHashesThatFitAreFoundByTheTables() throws {
    let whole = try rewriting { _ in }
    #expect(whole.isWhole, "\(whole.chain) \(whole.findings.map(\.sentence))")
    let count = try #require(whole.head?.sequence)
    for index in 1..<count - 1 {
      // The order within one transaction is in the lines alone: only a head that was kept shows that it was changed.
      var areOfOneTransaction = false
      let swapped = try rewriting { lines in
        areOfOneTransaction = Event(lines[index])?.transaction == Event(lines[index + 1])?.transaction
        lines.swapAt(index, index + 1)
      }
      #expect(!swapped.isWhole || areOfOneTransaction, "\(index)")
      let casebook = try folder.open("v", .reading)
      #expect(try !casebook.inspect(knownHead: whole.head).isWhole, "\(index)")
      try casebook.close()
      let removed = try rewriting { $0.remove(at: index) }
      #expect(!removed.isWhole, "\(index)")
      let doubled = try rewriting { $0.insert($0[index], at: index) }
      #expect(!doubled.isWhole, "\(index)")
    }
    let cut = try rewriting { $0.removeLast() }
    #expect(cut.chain == .broken(line: count, why: .missing(next: nil)))
  }

  /// A chain that was written anew from a line on, together with all tables, is whole. Only a head kept elsewhere shows it.
  @Test func aChainThatWasHandedToAnotherAnalystShowsOnlyAgainstAnAnchor() throws {
    let known = try folder.open("v", .reading).head()
    let handed = try rewriting { lines in
      lines = lines.map {
        AuditLine(
          action: $0.action, actor: $0.actor == "mb" ? "zz" : $0.actor, data: $0.data, object: $0.object,
          previous: $0.previous, sequence: $0.sequence, time: $0.time)
      }
    }
    #expect(!handed.isWhole)
    try folder.tamper(
      """
      DROP TRIGGER act_is_never_changed;
      UPDATE act SET analyst = 'zz' WHERE analyst = 'mb';
      UPDATE standing SET analyst = replace(analyst, 'mb', 'zz'), verdict_by = replace(verdict_by, 'mb', 'zz');
      CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act
            BEGIN SELECT RAISE(ABORT, 'an act is never changed'); END;
      """)
    let forged = try folder.open("v", .reading)
    #expect(try forged.inspect().chain.isWhole)
    #expect(try !forged.inspect(knownHead: known).isWhole)
  }

  // MARK: Pages

  /// Everything in all tables, as text.
  private func content() throws -> String? {
    let shell = try folder.shell()
    defer { try? shell.close() }
    return try? shell.read { db in
      try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .map { name in "\(name): \(try Row.fetchAll(db, sql: "SELECT * FROM \(name)"))" }.joined(separator: "\n")
    }
  }

  @Test func overwrittenPagesAreFoundAndSoIsACutFile() throws {
    let path = folder.casebookPath
    let before = try content()
    let pageSize = 4096
    func check(_ bytes: Data) throws -> Bool {
      try bytes.write(to: URL(fileURLWithPath: path))
      do {
        let casebook = try folder.open("v", .reading)
        defer { try? casebook.close() }
        return try !casebook.inspect().isWhole
      } catch is CasebookError { return true }
    }
    for page in 1..<whole.count / pageSize {
      for (offset, count) in [(0, 64), (2048, 512), (4000, 96)] {
        var bytes = whole
        let start = page * pageSize + offset
        for at in start..<start + count { bytes[at] = UInt8(truncatingIfNeeded: at &* 31) }
        let isFound = try check(bytes)
        // Bytes that no row uses may say what they like.
        if !isFound { #expect(try content() == before, "page \(page + 1) from byte \(offset)") }
      }
    }
    for pages in 1...3 {
      #expect(try check(whole.dropLast(pages * pageSize)), "\(pages) pages cut")
    }
    #expect(try check(whole.dropLast(100)))
  }

  /// A casebook from before there were forms of keys.
  @Test func aMigratedCasebookIsWholeAndItsFormsAreChecked() throws {
    let old = try CasebookFolder()
    try old.makeVersion1()
    try old.open().close()
    let bytes = try Data(contentsOf: URL(fileURLWithPath: old.casebookPath))
    let migrated = try inspection(of: bytes, in: old) { _ in }
    #expect(migrated.isWhole, "\(migrated.findings.map(\.sentence))")
    for sql in [
      "UPDATE key_form SET event = 2", "DELETE FROM key_form", "UPDATE key_form SET form = 7",
      "INSERT INTO key_form VALUES (3, 4)", "UPDATE event SET form = 2 WHERE number = 3",
      "UPDATE event SET form = NULL WHERE number = 10",
    ] {
      let inspection = try inspection(of: bytes, in: old) { db in try db.execute(sql: sql) }
      #expect(!inspection.isWhole, "\(sql)")
      #expect(inspection.findings.first?.table != "schema", "\(sql): \(inspection.findings.map(\.sentence))")
    }
  }

  @Test func aClockThatGoesBackIsNotedInTheEventAndTold() throws {
    let book = try CasebookFolder()
    let casebook = try book.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...2)), at: "2026-11-18T12:00:05Z")
    try casebook.apply(.file(.unsure, reason: nil, for: keys(1...2)), at: "2026-11-18T12:00:03Z")
    try casebook.apply(.file(.unsure, reason: nil, for: keys(3...3)), at: "2026-11-18T12:00:03Z")
    let events = try casebook.events()
    #expect(events.map(\.isClockBehind) == [false, false, false, true, false, false])
    let inspection = try casebook.inspect()
    #expect(inspection.isWhole)
    #expect(inspection.clockBehind == [4] && inspection.clockBehindCount == 1)
  }
}
