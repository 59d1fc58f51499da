/// Listings of this dataset by verdict, and those that are marked; the casebook may hold more, from other weeks.
///
/// Units: adverts, not rows: a listing that was seen on nine days counts once.
package struct ListingCounts: Equatable, Sendable {
  package var confirmed = 0
  package var falsePositive = 0
  package var unsure = 0
  package var marked = 0
  package init() {}
}
