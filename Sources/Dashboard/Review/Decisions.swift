import Casework
import Listings
import Workspace

/// What was decided about listings: what is on disk, and beside it what is on its way there or was refused.
///
/// Shape:  `filed` holds only what the casebook has answered; `unsettled` is newer and never counts as decided.
/// Cost:   a listing costs one set lookup by its row's fingerprint, unless something is unsettled.
package struct Decisions: Equatable, Sendable {
  package private(set) var filed: [ListingKey: Filing] = [:]
  private var unsettled: [ListingKey: Filing] = [:]
  private var unsettledPrints: Set<UInt64> = []
  /// How many transactions are on their way to the disk, per listing.
  private var inFlight: [ListingKey: Int] = [:]

  package init() {}

  /// Whether a decision on the listing is on its way to the disk.
  func isSaving(_ key: ListingKey) -> Bool { inFlight[key] != nil }

  /// Listings whose decision is on its way to the disk.
  package var savingCount: Int { inFlight.count }
  /// Listings whose last decision the casebook refused.
  package var refusedCount: Int { unsettled.count - inFlight.count }

  /// The newest there is about a listing.
  package subscript(key: ListingKey) -> Filing? { unsettled[key] ?? filed[key] }

  /// What is being saved or was refused for the listing of a row; nil for nearly all rows, without reading them.
  func unsettled(at row: Int, of snapshot: Snapshot) -> Filing? {
    guard !unsettled.isEmpty else { return nil }
    let isJoined = snapshot.since?.overTime?.joined.isEmpty == false
    guard isJoined || unsettledPrints.contains(snapshot.dataset.keyFingerprints[row]) else { return nil }
    return unsettled[snapshot.key(of: row)]
  }

  /// What the next transaction changes: what is on disk, or will be when the casebook has taken what it was given.
  func status(before key: ListingKey) -> ReviewStatus {
    if case .saving(let status) = unsettled[key] { return status }
    return filed[key]?.status ?? .none
  }

  /// What is on disk, by listing.
  package var statuses: [ListingKey: ReviewStatus] { filed.mapValues(\.status) }

  /// What the casebook holds at its opening; what was decided before that is still on its way.
  mutating func open(_ opened: [ListingKey: Filing]) { filed.merge(opened) { $1 } }

  mutating func begin(_ status: ReviewStatus, for key: ListingKey) {
    unsettled[key] = .saving(status)
    unsettledPrints.insert(key.fingerprint)
    inFlight[key, default: 0] += 1
  }

  /// Takes in what reached the disk. Of two transactions on one listing, the second stays on its way.
  mutating func settle(_ transaction: FiledTransaction) {
    filed.merge(transaction.statuses) { $1 }
    switch transaction.kind {
    case .filed: for key in transaction.keys { arrive(key) }
    // After an undo, what was refused before is no longer what the analyst wants.
    case .undone, .redone: for key in transaction.keys where inFlight[key] == nil { drop(key) }
    case .seenFromOthers: break
    }
  }

  mutating func refuse(_ keys: [ListingKey], _ why: String) {
    for key in keys {
      guard let status = unsettled[key]?.status else { continue }
      arrive(key)
      guard inFlight[key] == nil else { continue }
      unsettled[key] = .refused(status, why: why)
      unsettledPrints.insert(key.fingerprint)
    }
  }

  /// What was on disk, and no longer is.
  mutating func takeBack(_ keys: [ListingKey], _ why: String) {
    for key in keys {
      guard let status = filed.removeValue(forKey: key)?.status, unsettled[key] == nil else { continue }
      unsettled[key] = .refused(status, why: why)
      unsettledPrints.insert(key.fingerprint)
    }
  }

  /// Listings have other keys from now on.
  mutating func rename(_ renamed: [ListingKey: ListingKey]) {
    for (old, new) in renamed {
      guard let filing = filed.removeValue(forKey: old), filed[new] == nil else { continue }
      filed[new] = filing
    }
  }

  /// What another casebook holds, in place of the one that was open; what is on its way there stays so.
  mutating func reopen(_ opened: [ListingKey: Filing]) {
    filed = opened
    for key in unsettled.keys where inFlight[key] == nil { drop(key) }
  }

  private mutating func arrive(_ key: ListingKey) {
    let left = inFlight[key, default: 1] - 1
    inFlight[key] = left > 0 ? left : nil
    if left <= 0 { drop(key) }
  }

  private mutating func drop(_ key: ListingKey) {
    unsettled[key] = nil
    unsettledPrints.remove(key.fingerprint)
  }
}

/// Listings of this dataset by verdict, and those that are marked; the casebook may hold more, from other weeks.
///
/// Units: adverts, not rows: a listing that was seen on nine days counts once.
package struct ListingCounts: Equatable, Sendable {
  package var confirmed = 0
  package var falsePositive = 0
  package var unsure = 0
  /// Decided, and changed since.
  package var askAgain = 0
  /// With different verdicts of several analysts, not settled yet.
  package var disagreements = 0
  package var marked = 0
  package init() {}
}
