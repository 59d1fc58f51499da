import Casework
import GRDB
import Listings

extension Casebook {
  /// What was said about listings.
  ///
  /// - Parameter keys: some listings; nil: all of which more than one analyst spoke, here or in a casebook that was merged.
  /// Cost:   lookups for each listing. With nil and more than one analyst also one pass over the index on objects, and over
  ///         the events that came by merging.
  package func reviews(of keys: [ListingKey]? = nil) throws(CasebookError) -> CasebookReviews {
    try read { db in try Self.reviews(of: keys.map { $0.map(StoredText.column) }, db) }
  }

  /// Who gave the verdict in force on each decided listing; of some listings, or of all.
  ///
  /// Shape:  under current keys; listings without a verdict are left out.
  package func verdictAnalysts(of keys: [ListingKey]? = nil) throws(CasebookError) -> [ListingKey: String] {
    try read { db in
      var analysts: [ListingKey: String] = [:]
      let rows = try Row.fetchCursor(db, sql: "SELECT key, verdict_by FROM standing WHERE verdict IS NOT NULL")
      let wanted = keys.map { Set($0) }
      while let row = try rows.next() {
        let key = ListingKey(StoredText.text(row[0]))
        guard wanted?.contains(key) ?? true else { continue }
        analysts[key] = StoredText.text(row[1])
      }
      return analysts
    }
  }

  /// The listings on which analysts disagree: they gave different verdicts, and that is not settled yet.
  ///
  /// Shape:  by key; of each the verdict in force first.
  /// Cost:   as `reviews(of: nil)`.
  package func disagreements() throws(CasebookError) -> [Disagreement] { try reviews().disagreements }

  /// What the casebook's analyst decided, whatever others say: for a blind review.
  ///
  /// Shape:  under current keys, verdict and note of the analyst's own, and the last event of theirs.
  /// Cost:   one pass over the index on objects, and lookups for each listing that the analyst decided.
  package func ownStatuses(_ keys: [ListingKey]? = nil) throws(CasebookError) -> [ListingKey: FiledStatus] {
    try read { db in
      let columns =
        try keys?.map(StoredText.column)
        ?? String.fetchAll(
          db, sql: "SELECT DISTINCT object FROM event WHERE analyst = ?", arguments: [StoredText.column(analyst)])
      let found = try Self.reviews(of: columns, db)
      return found.byKey.compactMapValues { reviews in
        let own = reviews.status(of: analyst, in: found.token)
        let event = reviews.lastEvent(of: analyst, in: found.token)
        return event.map { FiledStatus(own.status, $0, seen: own.seen) }
      }
    }
  }

  /// What others said about listings, as a dashboard shows it beside what its analyst says.
  ///
  /// - Parameter keys: some listings; nil: all of which others spoke.
  /// - Returns: the reviews of listings of which several spoke or on which another analyst has a note; and the listings with a
  ///   verdict of another analyst.
  /// Cost:   as `reviews(of:)`, with nil also one pass over the table of statuses; nothing where the analyst is alone.
  package func reviewsOfOthers(
    _ keys: [ListingKey]? = nil
  ) throws(CasebookError) -> (reviews: CasebookReviews, decided: Set<ListingKey>) {
    try read { db in
      var columns = keys.map { $0.map(StoredText.column) }
      var decided: Set<ListingKey> = []
      if columns == nil {
        guard try isShared(db) else { return (try Self.reviews(of: [], db), []) }
        let me = StoredText.column(analyst)
        let noted = try String.fetchAll(
          db, sql: "SELECT key FROM standing WHERE note IS NOT NULL AND note_by <> ?", arguments: [me])
        let inForce = try String.fetchAll(
          db, sql: "SELECT key FROM standing WHERE verdict IS NOT NULL AND verdict_by <> ?", arguments: [me])
        decided = Set(inForce.map { ListingKey(StoredText.text($0)) })
        columns = try Self.contested(db) + noted
      }
      let found = try Self.reviews(of: columns, db)
      for (key, reviews) in found.byKey where reviews.isDecidedByOthers(than: analyst, in: found.token) {
        decided.insert(key)
      }
      return (found, decided)
    }
  }

  /// Whether anybody else ever wrote into the casebook, or anything was merged into it.
  private func isShared(_ db: Database) throws -> Bool {
    if try MergedEvents.areAny(db) { return true }
    return try Int.fetchOne(
      db, sql: "SELECT 1 FROM act WHERE analyst <> ? LIMIT 1", arguments: [StoredText.column(analyst)]) != nil
  }

  /// Reads and replays what was said about listings.
  ///
  /// - Parameter columns: their keys in column form; nil: of which more than one analyst spoke.
  static func reviews(of columns: [String]?, _ db: Database) throws -> CasebookReviews {
    let token = try identity(db) ?? ""
    var found = CasebookReviews(token: token, knowledge: try mergeKnowledge(db))
    let names = try NameTable(db)
    let condition = "WHERE object IN \(try NameTable.keys(db)) AND action IN (\(Action.ofStatuses))"
    let own = try db.cachedStatement(sql: "SELECT line, hash FROM event \(condition) ORDER BY number")
    let merged =
      try MergedEvents.areAny(db)
      ? db.cachedStatement(sql: "SELECT line, hash, chain, merge FROM merged_event \(condition) ORDER BY chain, number")
      : nil
    for column in try Set(columns?.map(names.current) ?? contested(db)) {
      let key = ListingKey(StoredText.text(column))
      var reviews = ListingReviews(key: key)
      func take(_ select: Statement) throws {
        let rows = try Row.fetchCursor(select, arguments: ["key": column])
        while let row = try rows.next() {
          guard let event = AuditLine(canonical: row[0]).flatMap(Event.init) else { continue }
          let isOwn = row.count < 4
          reviews.apply(event, hash: row[1], of: isOwn ? token : row[2], broughtBy: isOwn ? nil : row[3])
        }
      }
      try take(own)
      if let merged { try take(merged) }
      found.byKey[key] = reviews
    }
    return found
  }

  /// The merges of all chains, by which one decision is known to the next.
  static func mergeKnowledge(_ db: Database) throws -> MergeKnowledge {
    var knowledge = MergeKnowledge()
    guard try MergedEvents.areAny(db) else { return knowledge }
    let token = try identity(db) ?? ""
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT line, NULL FROM event WHERE action = 'casebook.merge'
        UNION ALL SELECT line, chain FROM merged_event WHERE action = 'casebook.merge'
        """)
    while let row = try rows.next() {
      if let event = AuditLine(canonical: row[0]).flatMap(Event.init) { knowledge.apply(event, of: row[1] ?? token) }
    }
    return knowledge
  }

  /// The objects of events of several analysts, under current keys in column form. Some are no listings.
  private static func contested(_ db: Database) throws -> [String] {
    let isMerged = try MergedEvents.areAny(db)
    let first = try String.fetchOne(db, sql: "SELECT min(analyst) FROM act")
    let others = try String.fetchOne(
      db, sql: "SELECT max(analyst) FROM act WHERE analyst <> ?", arguments: [first])
    if others == nil, !isMerged { return [] }
    let hasNames =
      try NameTable.isThere(db) && Int.fetchOne(db, sql: "SELECT 1 FROM renamed LIMIT 1") != nil
    func object(_ table: String) -> String {
      hasNames
        ? "coalesce((SELECT listing FROM renamed WHERE renamed.key = \(table).object), \(table).object)" : "object"
    }
    var said = "SELECT \(object("event")) AS key, analyst AS who FROM event"
    if isMerged {
      said += " UNION ALL SELECT \(object("merged_event")), chain || ' ' || analyst FROM merged_event"
    }
    let sql =
      isMerged || hasNames
      ? "SELECT key FROM (\(said)) GROUP BY key HAVING min(who) <> max(who)"
      : "SELECT object FROM event GROUP BY object HAVING min(analyst) <> max(analyst)"
    return try String.fetchAll(db, sql: sql)
  }
}
