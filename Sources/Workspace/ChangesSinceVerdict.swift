import Casework
import Listings
import Sightings

/// What about a listing changed after it got its verdict.
package struct ChangeSinceVerdict: Equatable, Sendable {
  /// The parts that changed.
  package let changed: ChangedCells
  /// The words of the time of the verdict; nil where they are not known.
  package var title: String?
  package var seller: String?
  /// The price of that time; nil for none, and where it is not known.
  package var price: String?

  package init(changed: ChangedCells, title: String? = nil, seller: String? = nil, price: String? = nil) {
    (self.changed, self.title, self.seller, self.price) = (changed, title, seller, price)
  }

  /// The value of the time of the verdict; nil where it is not known.
  package func old(_ cell: ComparedCell) -> String? {
    switch cell {
    case .title: title
    case .seller: seller
    case .price: price
    case .text: nil
    }
  }
}

/// The decided listings that changed after their verdicts, so that they are to be asked about again.
///
/// Rule:   what the newest row of a listing says is held against what the analyst saw. See `SeenListing.changes`.
package struct ChangesSinceVerdict: Equatable, Sendable {
  /// All rows of these listings.
  package var rows: RowSet
  /// By the key of the listing.
  package var byKey: [ListingKey: ChangeSinceVerdict]

  /// None.
  package init(rowCount: Int) { (rows, byKey) = (RowSet(noneOf: rowCount), [:]) }

  /// Compares listings with what was seen of them.
  ///
  /// - Parameters:
  ///   - seen: what was seen of decided listings when they got their verdicts.
  ///   - overTime: which row stands for each listing; nil: its last row does, since files are opened in order of time.
  /// Cost:   reads the texts of one row of each listing in `seen`.
  /// Fails:  returns nil when cancelled.
  package init?(
    _ seen: [ListingKey: SeenListing], in snapshot: Snapshot, _ cancellation: Cancellation? = nil
  ) {
    self.init(rowCount: snapshot.dataset.rowCount)
    if seen.isEmpty { return }
    let witness = ListingWitness(snapshot.dataset)
    let newest = snapshot.since?.overTime?.newest
    var places: [ListingKey: [Int]] = [:]
    for (row, key) in snapshot.rows(of: seen.keys) { places[key, default: []].append(row) }
    for (number, (key, rows)) in places.enumerated() {
      if number & 1023 == 0, cancellation?.isCancelled == true { return nil }
      // A row that stands for the listing alone; of two with the same key, the last.
      guard let seen = seen[key],
        let row = rows.last(where: { newest?.contains($0) == true }) ?? Self.standing(rows, in: snapshot)
      else { continue }
      let changed = seen.changes(to: witness.contents(of: row))
      if changed.isEmpty { continue }
      byKey[key] = ChangeSinceVerdict(changed: changed, price: seen.price?.words)
      for row in rows { self.rows.insert(row) }
    }
  }

  /// The row that stands for a listing where scrapes were not compared: the first in its last file.
  private static func standing(_ rows: [Int], in snapshot: Snapshot) -> Int? {
    guard let last = rows.last else { return nil }
    let file = snapshot.dataset.source(of: last).rows
    return rows.first { file.contains($0) }
  }

  /// Adds the words that are remembered of the time of the verdicts.
  package mutating func add(_ words: [ListingKey: RememberedWords]) {
    for (key, words) in words {
      byKey[key]?.title = words.seen.title
      byKey[key]?.seller = words.seen.seller
    }
  }

  /// Replaces what is known of some listings, whose rows are given.
  package mutating func replace(_ keys: [ListingKey], _ keyRows: [Int], by found: ChangesSinceVerdict) {
    for key in keys { byKey[key] = found.byKey[key] }
    for row in keyRows { if found.rows.contains(row) { rows.insert(row) } else { rows.remove(row) } }
  }
}

extension Snapshot {
  /// The key under which the listing of a row is decided: that of its newest sighting, if the listing had several.
  package func key(of row: Int) -> ListingKey {
    let key = dataset.key(at: row)
    guard let joined = since?.overTime?.joined, !joined.isEmpty else { return key }
    return joined[key] ?? key
  }

  /// The rows of listings by the keys under which they are decided.
  ///
  /// Cost:   O(rows), a probe each.
  package func rows(of keys: some Sequence<ListingKey>) -> [(row: Int, key: ListingKey)] {
    guard let joined = since?.overTime?.joined, !joined.isEmpty else { return dataset.rows(of: keys) }
    let wanted = Set(keys)
    let others = joined.filter { wanted.contains($0.value) }
    return dataset.rows(of: wanted.union(others.keys)).map { ($0.row, others[$0.key] ?? $0.key) }
  }
}
