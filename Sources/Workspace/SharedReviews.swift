import Casework
import Listings

/// What several analysts said about the listings that are open, and where they disagree.
///
/// Shape:  rows of `Snapshot.dataset`. Only listings are kept of which another analyst spoke.
package struct SharedReviews: Sendable {
  /// Rows of listings on which analysts disagree.
  package private(set) var disagreed: RowSet
  /// Rows of listings with a verdict of another analyst.
  package private(set) var byOthers: RowSet
  /// Rows of listings on which anybody has a note.
  package private(set) var noted: RowSet
  /// Rows of listings with a verdict of several analysts or of another one, by who gave it.
  package private(set) var decided: [String: RowSet] = [:]
  private var reviews: CasebookReviews
  private var open: [ListingKey: Disagreement] = [:]

  /// - Parameters:
  ///   - decided: the listings with a verdict of another analyst.
  ///   - inForce: who gave the verdict in force on each of these; those of which nothing is known here are left out.
  /// Cost:   O(rows), a probe each.
  package init(
    _ reviews: CasebookReviews, decidedByOthers decided: Set<ListingKey>, inForce: [ListingKey: String] = [:],
    in snapshot: Snapshot
  ) {
    self.reviews = reviews
    let none = RowSet(noneOf: snapshot.dataset.rowCount)
    (disagreed, byOthers, noted) = (none, none, none)
    for one in reviews.disagreements { open[one.key] = one }
    let keys = decided.union(reviews.byKey.keys)
    if keys.isEmpty { return }
    for (row, key) in snapshot.rows(of: keys) {
      if decided.contains(key) { byOthers.insert(row) }
      if open[key] != nil { disagreed.insert(row) }
      if reviews.byKey[key]?.notes.isEmpty == false { noted.insert(row) }
      let spoke = reviews.byKey[key]?.verdicts.map(\.opinion.analyst) ?? []
      for analyst in Set(spoke + (inForce[key].map { [$0] } ?? [])) {
        self.decided[analyst, default: none].insert(row)
      }
    }
  }

  /// What was said about a listing; nil where nobody but the dashboard's analyst spoke.
  package subscript(key: ListingKey) -> ListingReviews? { reviews.byKey[key] }

  /// The open verdicts on a listing, if they differ.
  package func disagreement(on key: ListingKey) -> Disagreement? { open[key] }

  /// What one analyst says about a listing in the casebook that is open; nil where nobody else spoke of it.
  package func status(of analyst: String, on key: ListingKey) -> AttributedStatus? {
    self[key]?.status(of: analyst, in: reviews.token)
  }

  /// The events of the verdicts that a new one settles: those of others in the casebook that is open.
  package func settled(by analyst: String, on key: ListingKey) -> [EventNumber] {
    disagreement(on: key)?.reviews.filter { $0.chain == reviews.token && $0.opinion.analyst != analyst }
      .map(\.opinion.event) ?? []
  }

  /// Replaces what is known of some listings, whose rows are given.
  package mutating func replace(_ keys: [ListingKey], _ rows: [Int], by found: SharedReviews) {
    for key in keys {
      reviews.byKey[key] = found.reviews.byKey[key]
      open[key] = found.open[key]
    }
    reviews.knowledge = found.reviews.knowledge
    func move(_ set: inout RowSet, _ other: RowSet) {
      for row in rows { if other.contains(row) { set.insert(row) } else { set.remove(row) } }
    }
    move(&disagreed, found.disagreed)
    move(&byOthers, found.byOthers)
    move(&noted, found.noted)
    let none = RowSet(noneOf: noted.rowCount)
    for analyst in Set(self.decided.keys).union(found.decided.keys) {
      move(&self.decided[analyst, default: none], found.decided[analyst] ?? none)
    }
  }
}
