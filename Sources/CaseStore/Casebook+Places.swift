import Casework
import GRDB
import Listings

/// A listing as the casebook remembers it.
package struct RememberedListing: Equatable, Sendable {
  /// Its words when it was last decided, and where it was then.
  package let last: ListingSnapshot
  package let lastTime: String
  package let firstSighting: ListingSnapshot.Sighting
  package let firstTime: String
}

extension Casebook {
  /// Keeps where this analyst was in a dataset, as JSON. Not evidence: it replaces what was kept before.
  package func keep(place: String, for dataset: String, at time: String) throws(CasebookError) {
    try write { db in
      try db.execute(
        sql: """
          INSERT INTO place (dataset, analyst, place, time) VALUES (?, ?, ?, ?)
          ON CONFLICT (dataset, analyst) DO UPDATE SET place = excluded.place, time = excluded.time
          """,
        arguments: [StoredText.column(dataset), StoredText.column(analyst), StoredText.column(place), time])
    }
  }

  /// Where this analyst was in the dataset.
  package func place(for dataset: String) throws(CasebookError) -> String? {
    try read { db in
      try String.fetchOne(
        db, sql: "SELECT place FROM place WHERE dataset = ? AND analyst = ?",
        arguments: [StoredText.column(dataset), StoredText.column(analyst)]
      ).map(StoredText.text)
    }
  }

  /// The listing's words as they were when it was last decided.
  package func listing(_ key: ListingKey) throws(CasebookError) -> RememberedListing? {
    try read { db in
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM listing WHERE key = ?",
        arguments: [try NameTable(db).current(StoredText.column(key))])
      return row.map { RememberedListing($0, key: key) }
    }
  }

  /// Keeps the snapshots; the first sighting stays the first.
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
