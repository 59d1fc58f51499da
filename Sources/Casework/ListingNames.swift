import Listings

/// Which key each listing has now, of those that events have: events are never changed, so that a listing whose key took
/// another form keeps its old ones in them.
///
/// Cost:   O(1) per question; O(keys of the listing) per renaming.
package struct ListingNames: Equatable, Sendable {
  private var now: [ListingKey: ListingKey] = [:]
  private var before: [ListingKey: [ListingKey]] = [:]

  package init() {}

  /// The key that the listing has now.
  package func current(_ key: ListingKey) -> ListingKey { now[key] ?? key }

  /// The keys that a listing had before.
  package func earlier(_ key: ListingKey) -> [ListingKey] { before[key] ?? [] }

  /// All keys that are no longer in use, with those that are.
  package var all: [ListingKey: ListingKey] { now }

  /// Takes a renaming in.
  ///
  /// - Returns: the key that the listing has now, and the one whose decisions it takes over; nil where nothing changes.
  package mutating func rename(_ old: ListingKey, to new: ListingKey) -> (from: ListingKey, to: ListingKey)? {
    let (from, to) = (current(old), current(new))
    guard from != to else { return nil }
    for key in [from] + (before.removeValue(forKey: from) ?? []) {
      now[key] = to
      before[to, default: []].append(key)
    }
    return (from, to)
  }
}
