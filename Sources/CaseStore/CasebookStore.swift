import Casework
import Listings

/// A casebook as several analysts work on it at once: one connection of one analyst.
///
/// Law:    what `apply` returned is kept, whatever happens later; changes of all connections are in one order, and each
///         connection sees all of them from `refresh`. A second verdict on a listing never erases the first: both are in
///         `reviews`. One contract suite of tests holds every store to this.
/// Fails:  with a `CasebookError`; nothing is then half-written.
package protocol CasebookStore: Sendable {
  /// Who signs what is filed.
  var analyst: String { get }

  /// Files a change as one transaction, and answers what it changed and which decisions of others it met.
  func apply(_ change: Change, at time: String, seen: [ListingSnapshot]) throws(CasebookError) -> Applied

  /// The status of every listing that was ever decided or noted, by current key.
  func statuses() throws(CasebookError) -> [ListingKey: FiledStatus]

  /// What changed after an event, by any analyst; 0 gives all.
  func refresh(since: EventNumber) throws(CasebookError) -> Refreshed

  /// What was said about listings, each analyst in their own name; nil: those of which more than one spoke.
  func reviews(of keys: [ListingKey]?) throws(CasebookError) -> CasebookReviews

  /// The end of the chain.
  func head() throws(CasebookError) -> ChainHead

  /// Gives out the next packet number of the year; no number is ever given out twice.
  func reservePacket(at time: String) throws(CasebookError) -> String

  /// Leases listings to a dashboard, as far as no other one has them, and answers what others have.
  func lease(
    _ keys: [ListingKey], to session: String, at now: Int, for seconds: Int
  ) throws(CasebookError) -> Leases
}

/// SQLite in one file.
extension Casebook: CasebookStore {}
