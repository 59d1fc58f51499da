import CaseStore
import Casework
import Listings
import Workspace

extension Casebook {
  /// The decided listings of a snapshot that changed after their verdicts.
  ///
  /// - Parameter keys: the listings to compare; nil for all that the casebook has.
  /// - Returns: nil when cancelled.
  func changes(
    of keys: [ListingKey]?, in snapshot: Snapshot, _ cancellation: Cancellation? = nil
  ) throws(CasebookError) -> ChangesSinceVerdict? {
    let seen = try seenListings(keys)
    guard var changes = ChangesSinceVerdict(seen, in: snapshot, cancellation) else { return nil }
    let changed = Set(changes.byKey.keys)
    if !changed.isEmpty { changes.add(try remembered(changed, inFiles: [])) }
    return changes
  }
}
