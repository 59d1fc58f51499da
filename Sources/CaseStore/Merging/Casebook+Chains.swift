import Casework
import GRDB
import Listings

/// A chain of another casebook that came by merging.
package struct ForeignChain: Equatable, Sendable {
  /// The token of its casebook.
  package let token: String
  package let head: ChainHead
  /// Who signed events of it, in order.
  package let analysts: [String]

  /// Four characters that stand for it.
  package var name: String { CasebookName.short(of: token) }
}

/// An event with the chain it is in.
package struct ChainedEvent: Equatable, Sendable {
  /// The event of the casebook's own chain that brought it; nil for its own.
  package let broughtBy: EventNumber?
  /// The token of the chain's casebook; nil for the casebook's own.
  package let chain: String?
  package let event: Event
  /// The SHA-256 of its line.
  package let hash: String
}

extension Casebook {
  /// The chains that came by merging, in the order of their tokens.
  ///
  /// Cost:   one pass over their events.
  package func foreignChains() throws(CasebookError) -> [ForeignChain] {
    try read { db in
      try MergedEvents.tokens(db).map { token in
        ForeignChain(
          token: token, head: try MergedEvents.head(of: token, db),
          analysts: try String.fetchAll(
            db, sql: "SELECT DISTINCT analyst FROM merged_event WHERE chain = ? ORDER BY analyst", arguments: [token]
          ).map(StoredText.text))
      }
    }
  }

  /// Calls `body` with the exact bytes of every line of a chain that came by merging, in order.
  ///
  /// Cost:   reads a thousand lines at a time.
  /// Fails:  throws what `body` throws, and reads no further.
  package func forEachLine(of chain: String, _ body: (String) throws -> Void) throws {
    var last = 0
    while true {
      let lines = try read { db in
        try String.fetchAll(
          db, sql: "SELECT line FROM merged_event WHERE chain = ? AND number > ? ORDER BY number LIMIT 1000",
          arguments: [chain, last])
      }
      for line in lines { try body(line) }
      last += lines.count
      if lines.count < 1000 { return }
    }
  }

  /// The history of a listing in all chains: the own one first, then the others in the order of their tokens.
  ///
  /// Shape:  under any of its keys, with the events that rename it.
  /// Cost:   lookups in the indices on objects.
  package func history(of key: ListingKey) throws(CasebookError) -> [ChainedEvent] {
    try read { db in
      let column = try NameTable(db).current(StoredText.column(key))
      let condition =
        "WHERE object IN \(try NameTable.keys(db)) AND action IN (\(Action.ofStatuses), 'listing.rename')"
      var rows = try Row.fetchAll(
        db, sql: "SELECT NULL, line, hash, NULL FROM event \(condition) ORDER BY number", arguments: ["key": column])
      if try MergedEvents.isThere(db) {
        rows += try Row.fetchAll(
          db, sql: "SELECT chain, line, hash, merge FROM merged_event \(condition) ORDER BY chain, number",
          arguments: ["key": column])
      }
      return rows.compactMap { row in
        AuditLine(canonical: row[1]).flatMap(Event.init).map {
          ChainedEvent(broughtBy: row[3], chain: row[0], event: $0, hash: row[2])
        }
      }
    }
  }

  /// What decides, listing by listing, which verdict is in force; nil where nothing was merged, and the last own one is.
  ///
  /// Cost:   one pass over the table of events for the merges.
  package func verdictsInForce() throws(CasebookError) -> VerdictsInForce? {
    try read { db in
      guard try Self.isMerged(db) else { return nil }
      return VerdictsInForce(token: try Self.identity(db) ?? "", knowledge: try Self.mergeKnowledge(db))
    }
  }
}

/// Which of the verdicts on a listing is in force, where there are several chains.
package struct VerdictsInForce: Sendable {
  /// The token of the casebook.
  fileprivate let token: String
  fileprivate let knowledge: MergeKnowledge

  /// The verdict in force by the listing's history; nil where none was ever given.
  ///
  /// Cost:   O(events of the listing).
  package func verdict(on key: ListingKey, _ history: [ChainedEvent]) -> Review? {
    reviews(of: key, history).inForce(knowledge)
  }

  /// What is in force of each aspect of the listing's description, by its history.
  package func descriptions(of key: ListingKey, _ history: [ChainedEvent]) -> [Aspect: Review] {
    reviews(of: key, history).descriptionsInForce(knowledge)
  }

  private func reviews(of key: ListingKey, _ history: [ChainedEvent]) -> ListingReviews {
    var reviews = ListingReviews(key: key)
    for one in history {
      reviews.apply(one.event, hash: one.hash, of: one.chain ?? token, broughtBy: one.broughtBy)
    }
    return reviews
  }
}
