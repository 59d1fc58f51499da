import Listings

/// One sighting of a listing.
package struct PastSighting: Equatable, Sendable {
  package let scrape: Scrape
  package let place: SightingPlace
  /// What differs from the sighting before; empty for the first.
  package let changed: ChangedCells
}

extension Sightings {
  /// All sightings of the listing of a row, in order of time, each scrape once.
  ///
  /// Shape:  empty for a row that adds nothing.
  /// Cost:   a binary search in the rows and in each recorded list.
  package func history(of row: Int) -> [PastSighting] {
    guard comparison.slots.ofRow[row] != SightingSlots.none else { return [] }
    let identity = identities.making.identity(of: row)
    var places: [(slot: Int, order: Int, place: UInt32)] = []
    var index = Self.place(of: identity, count: identities.rows.count) { identities.rows[$0].identity }
    while index < identities.rows.count, identities.rows[index].identity == identity {
      let own = identities.rows[index].row
      places.append((Int(comparison.slots.ofRow[Int(own)]), 0, own))
      index += 1
    }
    for (number, list) in recorded.enumerated() {
      let found = Self.place(of: identity, count: list.count) { list.columns.identities[$0] }
      guard found < list.count, list.columns.identities[found] == identity else { continue }
      let platform = Int(list.columns.platformNumbers[found])
      let slot = Int(comparison.slots.ofRecorded[number][platform])
      places.append((slot, 1, comparison.place(list: number, index: found)))
    }
    var history: [PastSighting] = []
    var last: (slot: Int, place: UInt32)?
    for (slot, _, place) in places.sorted(by: { $0 < $1 }) where slot != last?.slot {
      let changed = last.map { comparison.changes($0.place, place, areAlike: false) } ?? []
      let scrape = comparison.slots.scrapes[comparison.slots.slots[slot].scrape]
      history.append(PastSighting(scrape: scrape, place: comparison.sighting(place)!, changed: changed))
      last = (slot, place)
    }
    return history
  }

  /// Where an identity stands among sorted ones, or would stand.
  private static func place(of identity: UInt64, count: Int, at: (Int) -> UInt64) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if at(middle) < identity { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
