import Casework
import GRDB
import Listings
import SmallFormats

/// A packet number that this casebook gave out.
package struct PacketFiling: Equatable, Sendable {
  /// `LNS-2026-7K3Q-000007`.
  package let id: String
  /// From 1.
  package let version: Int
  package let created: String
  package let analyst: String
  /// The event of its export; nil for a number whose packet was never exported.
  package let event: EventNumber?
}

extension Casebook {
  /// Gives out the next packet number of the year, `LNS-2026-7K3Q-000007`. Its four characters stand for this casebook,
  /// since another one may be at the same number. A number is given out once, even if the export then fails or two
  /// analysts export at the same moment.
  ///
  /// Shape:  at least six digits at the end, counted from 1 each year.
  /// Units:  the year is the first four characters of `time`, so UTC.
  /// Cost:   one SQL transaction, and one query over the packets.
  package func reservePacket(at time: String) throws(CasebookError) -> String {
    try write { db in
      let year = String(time.prefix(4))
      // Earlier numbers have no token; counting goes on from them.
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
        "LNS-\(year)-\(CasebookName.short(of: stamp.token))-"
        + String(repeating: "0", count: max(0, 6 - number.count)) + number
      try insertPacket(id, version: 1, at: time, db)
      return id
    }
  }

  /// Gives out the next version of an existing packet.
  ///
  /// Shape:  one more than the highest version given out, whether or not that was exported.
  /// Fails:  throws `refused` for a packet that this casebook never numbered.
  package func reserveNextVersion(of id: String, at time: String) throws(CasebookError) -> Int {
    try write { db in
      let last = try Int.fetchOne(db, sql: "SELECT max(version) FROM packet WHERE id = ?", arguments: [id])
      guard let last else { throw CasebookError.refused(path: path, why: "there is no packet \(id)") }
      try insertPacket(id, version: last + 1, at: time, db)
      return last + 1
    }
  }

  /// Records the export of a numbered packet and its listings, as an event of the chain.
  ///
  /// - Parameter data: more for the event to say, such as the packet's digest.
  /// Shape:  returns the number of the event, whose data also has `listings`, `version`, and under `reserved` when the number
  ///         was given out and to whom.
  /// Cost:   one SQL transaction, with one insert per listing.
  /// Fails:  throws `refused` for a version that was never reserved, or is exported already. Nothing is then written.
  @discardableResult
  package func recordExport(
    of id: String, version: Int, listings: [ListingKey], data: [String: JSONValue] = [:], at time: String
  ) throws(CasebookError) -> EventNumber {
    try write { db in
      var data = data
      data["listings"] = .list(listings.map { .text($0.text) })
      data["version"] = .number(version)
      let reserved = try Row.fetchOne(
        db, sql: "SELECT created, analyst FROM packet WHERE id = ? AND version = ?", arguments: [id, version])
      if let reserved {
        data["reserved"] = .map(["at": .text(reserved[0]), "by": .text(StoredText.text(reserved[1]))])
      }
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

  /// The packets, oldest first; for a key, those that contain that listing.
  ///
  /// Shape:  by time of reservation, then number and version. Packets that hold the listing under an earlier key count.
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

  /// Reserves a version of a packet.
  private func insertPacket(_ id: String, version: Int, at time: String, _ db: Database) throws {
    try db.execute(
      sql: "INSERT INTO packet (id, version, created, analyst) VALUES (?, ?, ?, ?)",
      arguments: [id, version, time, StoredText.column(analyst)])
  }
}

/// A listing as the casebook remembers it.
///
/// Limits: not evidence: that is the chain, and a packet's capture facts.
package struct RememberedListing: Equatable, Sendable {
  /// Its words when it was last decided, and where it was then.
  package let last: ListingSnapshot
  /// When it was last decided.
  package let lastTime: String
  /// Where it was when it was first decided.
  package let firstSighting: ListingSnapshot.Sighting
  /// When it was first decided.
  package let firstTime: String
}

extension Casebook {
  /// Keeps an analyst's position in a dataset, as JSON. It is not evidence: a new position replaces the old one.
  ///
  /// Cost:   one SQL transaction, without an event.
  /// Fails:  throws where `position` is not JSON, by a check of the table; the earlier position stays.
  package func keep(position: String, for dataset: String, at time: String) throws(CasebookError) {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO place (dataset, analyst, place, time) VALUES (?, ?, ?, ?)
          ON CONFLICT (dataset, analyst) DO UPDATE SET place = excluded.place, time = excluded.time
          """,
        arguments: [StoredText.column(dataset), StoredText.column(analyst), StoredText.column(position), time])
    }
  }

  /// Under which an analyst's saved views are kept, as a position is.
  package static let viewsName = "saved-views"

  /// This analyst's position in a dataset; nil for none.
  ///
  /// Cost:   one lookup by primary key.
  package func position(for dataset: String) throws(CasebookError) -> String? {
    try read { db in
      try String.fetchOne(
        db, sql: "SELECT place FROM place WHERE dataset = ? AND analyst = ?",
        arguments: [StoredText.column(dataset), StoredText.column(analyst)]
      ).map(StoredText.text)
    }
  }

  /// The positions of all analysts in a dataset.
  ///
  /// Cost:   one pass over the table of positions.
  package func positions(for dataset: String) throws(CasebookError) -> [String] {
    try read { db in
      try String.fetchAll(
        db, sql: "SELECT place FROM place WHERE dataset = ? ORDER BY analyst",
        arguments: [StoredText.column(dataset)]
      ).map(StoredText.text)
    }
  }

  /// A listing's words when it was last decided; nil for a listing that was not.
  ///
  /// Shape:  found under an earlier key too; the answer carries `key` as asked.
  /// Cost:   two lookups by primary key.
  package func listing(_ key: ListingKey) throws(CasebookError) -> RememberedListing? {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM listing WHERE key = ?",
        arguments: [try NameTable(db).current(StoredText.column(key))])
      return row.map { RememberedListing($0, key: key) }
    }
  }

  /// Keeps the words of listings; the first sighting stays as it is.
  ///
  /// Cost:   one lookup and one upsert per listing. Must run inside an SQL transaction.
  func keep(_ snapshots: [ListingSnapshot], at time: String, _ db: Database) throws {
    if snapshots.isEmpty { return }
    let upsert = try db.cachedStatement(
      sql: """
        INSERT INTO listing
          (key, title, platform, url, seller, first_file, first_row, first_time, last_file, last_row, last_time)
        VALUES (:key, :title, :platform, :url, :seller, :file, :row, :time, :file, :row, :time)
        ON CONFLICT (key) DO UPDATE SET title = excluded.title, platform = excluded.platform, url = excluded.url,
          seller = excluded.seller, last_file = excluded.last_file, last_row = excluded.last_row,
          last_time = excluded.last_time
        """)
    let names = try NameTable(db)
    for listing in snapshots {
      try upsert.execute(arguments: [
        "key": try names.current(StoredText.column(listing.key)), "title": listing.title.map(StoredText.column),
        "platform": listing.platform.map(StoredText.column), "url": listing.url.map(StoredText.column),
        "seller": listing.seller.map(StoredText.column), "file": StoredText.column(listing.sighting.file),
        "row": listing.sighting.row, "time": time,
      ])
    }
  }
}

extension RememberedListing {
  /// Reads a row of the table `listing`.
  init(_ row: Row, key: ListingKey) {
    func text(_ column: String) -> String? { (row[column] as String?).map(StoredText.text) }
    last = ListingSnapshot(
      key: key, title: text("title"), platform: text("platform"), url: text("url"), seller: text("seller"),
      sighting: .init(file: text("last_file") ?? "", row: row["last_row"]))
    lastTime = row["last_time"]
    firstSighting = .init(file: text("first_file") ?? "", row: row["first_row"])
    firstTime = row["first_time"]
  }
}
