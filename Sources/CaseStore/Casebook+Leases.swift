import Casework
import GRDB
import Listings

/// Whose queue a listing is in for now.
package struct Leases: Equatable, Sendable {
  /// The listings that are in the queue of another dashboard, with its analyst.
  package var ofOthers: [ListingKey: String]

  package init(ofOthers: [ListingKey: String] = [:]) { self.ofOthers = ofOthers }
}

extension Casebook {
  /// Leases listings to a dashboard, as far as no other one has them, and gives back those that it had besides.
  ///
  /// - Parameters:
  ///   - session: names the dashboard: one analyst may have two open.
  ///   - now: seconds since 1970.
  ///   - seconds: how long they are leased unless they are leased again.
  /// Shape:  answers what others have, whether it was asked for or not. A casebook of an earlier version, and one that is only
  ///         read, has no leases.
  /// Cost:   one SQL transaction if anything changes, or if half of the time is over; else one pass over the leases.
  package func lease(
    _ keys: [ListingKey], to session: String, at now: Int, for seconds: Int
  ) throws(CasebookError) -> Leases {
    guard access == .writing else { return Leases() }
    let wanted = Set(keys.map(StoredText.column))
    let held = try read { db in try LeaseRow.fetch(db, at: now) }
    let own = held.filter { $0.session == session }
    let others = held.filter { $0.session != session }
    let free = wanted.subtracting(others.map(\.column))
    let isFresh = own.allSatisfy { $0.expires - now > seconds / 2 }
    if isFresh, Set(own.map(\.column)) == free { return Leases(others) }
    return try write { db in
      try db.execute(sql: "DELETE FROM lease WHERE session = ? OR expires <= ?", arguments: [session, now])
      let insert = try db.cachedStatement(
        sql: "INSERT OR IGNORE INTO lease (key, analyst, session, expires) VALUES (?, ?, ?, ?)")
      for column in wanted.sorted() {
        try insert.execute(arguments: [column, StoredText.column(analyst), session, now + seconds])
      }
      return Leases(try LeaseRow.fetch(db, at: now).filter { $0.session != session })
    }
  }

  /// What others have in their queues.
  ///
  /// Cost:   one pass over the leases.
  package func leases(besides session: String, at now: Int) throws(CasebookError) -> Leases {
    try read { db in Leases(try LeaseRow.fetch(db, at: now).filter { $0.session != session }) }
  }
}

/// A row of the table of leases.
private struct LeaseRow {
  let column: String
  let analyst: String
  let session: String
  let expires: Int

  /// The leases that have not run out.
  static func fetch(_ db: Database, at now: Int) throws -> [LeaseRow] {
    guard try Schema.version(of: db) >= Schema.versionOfCollaboration else { return [] }
    return try Row.fetchAll(
      db.cachedStatement(sql: "SELECT key, analyst, session, expires FROM lease WHERE expires > ?"), arguments: [now]
    ).map { LeaseRow(column: $0[0], analyst: StoredText.text($0[1]), session: $0[2], expires: $0[3]) }
  }
}

extension Leases {
  fileprivate init(_ rows: [LeaseRow]) {
    self.init(
      ofOthers: Dictionary(rows.map { (ListingKey(StoredText.text($0.column)), $0.analyst) }) { first, _ in first })
  }
}
