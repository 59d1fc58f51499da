import CaseStore
import Casework
import Dashboard
import Foundation
import Listings
import Synchronization
import Workspace

/// Keeps the listings that come next in this dashboard's queue out of the queues of others, and tells which those have.
///
/// Shape:  called on the filing queue alone. Leases are renewed while the program runs, and run out two minutes after it died.
/// Cost:   a pass over the leases for every poll, and a small transaction when they change.
final class SharedQueue: Sendable {
  private static let seconds = 120
  private let mailbox: Mailbox
  private let state = Mutex(Kept())
  /// Names this dashboard among those of the same analyst.
  private let session = UUID().uuidString

  private struct Kept {
    /// Nil until anything is leased: a dashboard that shares nothing asks for nothing.
    var keys: [ListingKey]?
    var snapshot = Snapshot()
    var leases = Leases()
  }

  init(_ mailbox: Mailbox) { self.mailbox = mailbox }

  /// Leases these listings instead of those before.
  func lease(_ keys: [ListingKey], in snapshot: Snapshot, _ casebook: Casebook) {
    state.withLock { ($0.keys, $0.snapshot) = (keys, snapshot) }
    renew(casebook, isNew: true)
  }

  /// Renews the leases, and looks for those of others.
  func renew(_ casebook: Casebook, isNew: Bool = false) {
    let kept = state.withLock { kept in kept.keys.map { (keys: $0, snapshot: kept.snapshot, leases: kept.leases) } }
    guard let kept, casebook.blockingError == nil else { return }
    let now = Int(Date().timeIntervalSince1970)
    // If the casebook cannot be written, the next decision reports it.
    guard let leases = try? casebook.lease(kept.keys, to: session, at: now, for: Self.seconds) else { return }
    if leases == kept.leases, !isNew { return }
    state.withLock { $0.leases = leases }
    let dataset = kept.snapshot.dataset
    var rows = RowSet(noneOf: dataset.rowCount)
    for (row, _) in kept.snapshot.rows(of: leases.ofOthers.keys) { rows.insert(row) }
    mailbox.put(.leased(rows, of: dataset))
  }

  /// Gives everything back.
  func release(_ casebook: Casebook) {
    guard state.withLock({ $0.keys }) != nil, casebook.blockingError == nil else { return }
    _ = try? casebook.lease([], to: session, at: Int(Date().timeIntervalSince1970), for: Self.seconds)
  }
}

extension Casebook {
  /// What several analysts said about the listings of a snapshot.
  ///
  /// - Parameters:
  ///   - keys: the listings; nil for all.
  ///   - isBlind: only which ones others decided, not how.
  func sharedReviews(
    of keys: [ListingKey]?, in snapshot: Snapshot, isBlind: Bool
  ) throws(CasebookError) -> SharedReviews {
    var (reviews, decided) = try reviewsOfOthers(keys)
    if isBlind { reviews.byKey = [:] }
    let inForce = isBlind || decided.isEmpty ? [:] : try verdictAnalysts(of: Array(decided))
    return SharedReviews(reviews, decidedByOthers: decided, inForce: inForce, in: snapshot)
  }
}
