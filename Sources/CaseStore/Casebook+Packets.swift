import Casework
import GRDB
import Listings
import SmallFormats

/// A packet that this casebook numbered.
package struct PacketFiling: Equatable, Sendable {
  package let id: String
  package let version: Int
  package let created: String
  package let analyst: String
  /// The event of its export; nil for one that was numbered and never left.
  package let event: EventNumber?
}

extension Casebook {
  /// Gives a packet the next number of its year, `LNS-2026-7K3Q-000007`, with the four digits that stand for this
  /// casebook: another one may be at the same number. A number is given once, also where the export then fails or two
  /// analysts export at the same moment.
  package func reservePacket(at time: String) throws(CasebookError) -> String {
    try write { db in
      let year = String(time.prefix(4))
      // Numbers of before carry no token, and are counted on from.
      let last = try Int.fetchOne(
        db,
        sql: """
          SELECT max(CAST(substr(id, CASE substr(id, 14, 1) WHEN '-' THEN 15 ELSE 10 END) AS INTEGER))
          FROM packet WHERE id GLOB ?
          """,
        arguments: ["LNS-\(year)-*"])
      guard let stamp = try CasebookStamp.fetch(db) else { throw CasebookError.lost(path: path, .overwritten) }
      let number = String((last ?? 0) + 1)
      let id =
        "LNS-\(year)-\(CasebookStamp.shortToken(of: stamp.token))-"
        + String(repeating: "0", count: max(0, 6 - number.count)) + number
      try insertPacket(id, version: 1, at: time, db)
      return id
    }
  }

  /// Gives a packet that exists its next version.
  package func reserveNextVersion(of id: String, at time: String) throws(CasebookError) -> Int {
    try write { db in
      let last = try Int.fetchOne(db, sql: "SELECT max(version) FROM packet WHERE id = ?", arguments: [id])
      guard let last else { throw CasebookError.refused(path: path, why: "there is no packet \(id)") }
      try insertPacket(id, version: last + 1, at: time, db)
      return last + 1
    }
  }

  /// Records that a numbered packet left, with which listings: an event of the chain.
  ///
  /// - Parameter data: what else the event should say, such as the packet's digest.
  @discardableResult
  package func recordExport(
    of id: String, version: Int, listings: [ListingKey], data: [String: JSONValue] = [:], at time: String
  ) throws(CasebookError) -> EventNumber {
    try write { db in
      var data = data
      data["listings"] = .list(listings.map { .text($0.text) })
      data["version"] = .number(version)
      let event = try record(.exportPacket, object: id, data: data, at: time, db)
      try db.execute(
        sql: "UPDATE packet SET event = ? WHERE id = ? AND version = ? AND event IS NULL",
        arguments: [event, id, version])
      guard db.changesCount == 1 else {
        throw CasebookError.refused(path: path, why: "packet \(id) version \(version) is not waiting to be exported")
      }
      let insert = try db.cachedStatement(
        sql: "INSERT OR IGNORE INTO packet_listing (packet, version, key) VALUES (?, ?, ?)")
      for key in listings { try insert.execute(arguments: [id, version, StoredText.column(key)]) }
      return event
    }
  }

  /// The packets, oldest first; with a key, those that held that listing.
  package func packets(holding key: ListingKey? = nil) throws(CasebookError) -> [PacketFiling] {
    try read { db in
      let keys = try NameTable.keys(db)
      let some = "WHERE (id, version) IN (SELECT packet, version FROM packet_listing WHERE key IN \(keys))"
      let rows = try Row.fetchAll(
        db, sql: "SELECT * FROM packet \(key == nil ? "" : some) ORDER BY created, id, version",
        arguments: key.map { ["key": try NameTable(db).current(StoredText.column($0))] } ?? [:])
      return rows.map {
        PacketFiling(
          id: $0["id"], version: $0["version"], created: $0["created"], analyst: StoredText.text($0["analyst"]),
          event: $0["event"])
      }
    }
  }

  private func insertPacket(_ id: String, version: Int, at time: String, _ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO packet (id, version, created, analyst) VALUES (?, ?, ?, ?)",
      arguments: [id, version, time, StoredText.column(analyst)])
  }
}
