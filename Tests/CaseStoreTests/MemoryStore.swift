import Casework
import Listings
import Synchronization

@testable import CaseStore

/// A second store, which keeps everything in memory: what holds for it and for SQLite is not a habit of SQLite's.
final class MemoryStore: CasebookStore {
  /// What all connections share.
  final class Shared: Sendable {
    let state = Mutex(State())
    struct State: ~Copyable {
      var ledger = Ledger()
      var packets = 0
      var leases: [ListingKey: (analyst: String, session: String, expires: Int)] = [:]
    }
    init() {
      state.withLock { state in
        _ = state.ledger.record(.createCasebook, object: "casebook", by: "first", at: noon)
      }
    }
  }

  let analyst: String
  private let shared: Shared
  private static let token = String(repeating: "0", count: 32)

  init(_ shared: Shared, analyst: String) { (self.shared, self.analyst) = (shared, analyst) }

  func apply(_ change: Change, at time: String, seen: [ListingSnapshot]) throws(CasebookError) -> Applied {
    let applied: Applied? = shared.state.withLock { state in
      let before = state.ledger.statuses
      guard let events = state.ledger.apply(change, by: analyst, at: time, seen: seen), let first = events.first,
        let last = events.last
      else { return nil }
      var conflicts: [DecisionConflict] = []
      if let (parts, keys) = change.decision {
        let plan = TransactionPlan.change(parts, for: keys, seen: seen)
        for step in plan.steps {
          if let conflict = plan.conflict(
            of: step, with: before.byKey[step.key] ?? AttributedStatus(), last: before.lastEvent[step.key] ?? 0,
            by: analyst)
          {
            conflicts.append(conflict)
          }
        }
      }
      var statuses: [ListingKey: FiledStatus] = [:]
      for event in events {
        guard let key = event.listing, let status = state.ledger.statuses.byKey[key] else { continue }
        statuses[key] = FiledStatus(status.status, event.number, seen: status.seen)
      }
      return Applied(
        transaction: first.transaction, events: first.number...last.number, statuses: statuses, left: [],
        decisions: events.compactMap { event in
          event.listing.flatMap { key in event.after.map { Decision(key: key, part: $0) } }
        }, conflicts: conflicts, sentence: "")
    }
    if let applied { return applied }
    switch change {
    case .undo: throw .nothingToUndo
    case .redo: throw .nothingToRedo
    default: throw .nothingToDecide
    }
  }

  func statuses() throws(CasebookError) -> [ListingKey: FiledStatus] { try refresh(since: 0).statuses }

  func refresh(since: EventNumber) throws(CasebookError) -> Refreshed {
    shared.state.withLock { state in
      let statuses = state.ledger.statuses
      var news: [ListingKey: FiledStatus] = [:]
      for (key, status) in statuses.byKey {
        guard let event = statuses.lastEvent[key], event > since else { continue }
        news[key] = FiledStatus(status.status, event, seen: status.seen)
      }
      return Refreshed(last: state.ledger.events.count, statuses: news)
    }
  }

  func reviews(of keys: [ListingKey]?) throws(CasebookError) -> CasebookReviews {
    shared.state.withLock { state in
      var found = CasebookReviews(token: Self.token)
      var speakers: [ListingKey: Set<String>] = [:]
      for event in state.ledger.events {
        guard let key = event.listing else { continue }
        found.byKey[key, default: ListingReviews(key: key)].apply(event, hash: event.line.hash, of: Self.token)
        speakers[key, default: []].insert(event.analyst)
      }
      let wanted = keys.map(Set.init)
      found.byKey = found.byKey.filter { key, _ in wanted?.contains(key) ?? (speakers[key]!.count > 1) }
      return found
    }
  }

  func head() throws(CasebookError) -> ChainHead {
    shared.state.withLock { state in
      state.ledger.events.last.map { ChainHead(sequence: $0.number, hash: $0.line.hash) } ?? .empty
    }
  }

  func reservePacket(at time: String) throws(CasebookError) -> String {
    shared.state.withLock { state in
      state.packets += 1
      return "LNS-\(time.prefix(4))-\(state.packets)"
    }
  }

  func lease(
    _ keys: [ListingKey], to session: String, at now: Int, for seconds: Int
  ) throws(CasebookError) -> Leases {
    shared.state.withLock { state in
      state.leases = state.leases.filter { $0.value.expires > now && $0.value.session != session }
      for key in keys where state.leases[key] == nil { state.leases[key] = (analyst, session, now + seconds) }
      return Leases(
        ofOthers: state.leases.filter { $0.value.session != session }.mapValues(\.analyst))
    }
  }
}
