import Casework
import GRDB
import Listings

extension Casebook {
  /// This analyst's undo and redo, as the file has it now: also what the same analyst did in another window.
  package func history() throws(CasebookError) -> History {
    let refreshed = try read { db in try refreshedHistory(db) }
    remember(refreshed)
    return refreshed.history
  }

  /// The listings that an act touched, in its order.
  package func listings(of act: Act) throws(CasebookError) -> [ListingKey] {
    try read { db in
      let names = try NameTable(db)
      return try Event.fetch(db, act.events).compactMap(\.listing).map(names.current)
    }
  }

  func refreshedHistory(_ db: Database) throws -> RememberedHistory {
    var refreshed = remembered.withLock { $0 }
    for act in try Act.acts(of: analyst, after: refreshed.lastAct, in: db) {
      refreshed.history.append(act)
      refreshed.lastAct = act.number
    }
    return refreshed
  }

  /// Another thread may have read further meanwhile; acts are never unread.
  func remember(_ refreshed: RememberedHistory) {
    remembered.withLock { if refreshed.lastAct > $0.lastAct { $0 = refreshed } }
  }
}
