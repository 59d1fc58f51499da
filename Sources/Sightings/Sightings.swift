import Listings
import Synchronization

/// What became of every listing of a dataset since last time, by row, and what is gone.
///
/// Shape:  each platform of a scrape is held against the scrapes of that platform before it. A listing that stands twice in
///         a scrape is one listing, whose first row counts. Cells are compared as they stand in the files.
/// Cost:   for a million rows about 0.1 s on two cores; 25 bytes a row. Computed off the loop, and immutable.
/// Limits: the dataset is complete, and was opened with `IntakeOptions.makesCellFingerprints`.
package final class Sightings: Sendable {
  /// The dataset that the rows are of.
  package let dataset: Dataset
  /// The scrapes of the dataset's files.
  package let rows: ScrapeRows
  /// The recorded scrapes that it was held against.
  package let recorded: [RecordedSightings]
  /// What identifies the listings.
  package let identities: SightingIdentities
  /// The counts of every platform in every scrape, by slot.
  let counts: [SightingCounts]
  let gone: [SightingWalk.Gone]
  let comparison: SightingComparison
  private let states: [UInt8]
  private let earlier: [UInt32]

  private init(
    _ rows: ScrapeRows, _ identities: SightingIdentities, _ comparison: SightingComparison, states: [UInt8],
    earlier: [UInt32], counts: [SightingCounts], gone: [SightingWalk.Gone]
  ) {
    (dataset, recorded, self.rows) = (comparison.dataset, comparison.recorded, rows)
    (self.identities, self.comparison) = (identities, comparison)
    (self.states, self.earlier, self.counts, self.gone) = (states, earlier, counts, gone)
  }

  /// Holds the scrapes of a dataset against each other, and against recorded ones.
  ///
  /// - Returns: nil when cancelled.
  package static func of(
    _ dataset: Dataset, _ rows: ScrapeRows, recorded: [RecordedSightings] = [], _ cancellation: Cancellation? = nil
  ) -> Sightings? {
    precondition(dataset.hasCellFingerprints, "the dataset was opened without the fingerprints of its cells")
    let slots = SightingSlots(dataset, rows, recorded)
    guard let identities = SightingIdentities.of(dataset, slots, recorded, cancellation) else { return nil }
    let comparison = SightingComparison(dataset, slots, identities.recorded)
    var states = [UInt8](repeating: 0, count: dataset.rowCount)
    var earlier = [UInt32](repeating: SightingComparison.noPlace, count: dataset.rowCount)
    let walks = states.withUnsafeMutableBufferPointer { states in
      earlier.withUnsafeMutableBufferPointer { earlier in
        walk(comparison, identities.rows, states, earlier, cancellation)
      }
    }
    guard let walks else { return nil }
    var counts = [SightingCounts](repeating: SightingCounts(), count: slots.slots.count)
    var gone: [SightingWalk.Gone] = []
    for walk in walks {
      for slot in counts.indices { counts[slot].add(walk.counts[slot]) }
      gone += walk.gone
    }
    // In the order of scrapes, and of the rows in which they were last seen.
    gone.sort { ($0.slot, $0.place) < ($1.slot, $1.place) }
    return Sightings(rows, identities, comparison, states: states, earlier: earlier, counts: counts, gone: gone)
  }

  /// What one walk found.
  private typealias Found = (counts: [SightingCounts], gone: [SightingWalk.Gone])

  /// Goes over all listings on all cores.
  private static func walk(
    _ comparison: SightingComparison, _ rows: [IdentifiedRow], _ states: UnsafeMutableBufferPointer<UInt8>,
    _ earlier: UnsafeMutableBufferPointer<UInt32>, _ cancellation: Cancellation?
  ) -> [Found]? {
    let total = rows.count + comparison.recorded.reduce(0) { $0 + $1.count }
    let parts = max(1, Parallel.partCount(total, minimum: 1 << 14))
    // Each walk writes the rows of its own listings only.
    nonisolated(unsafe) let output = SightingWalk.Output(states: states, earlier: earlier)
    let found = Mutex([Int: Found]())
    rows.withUnsafeBufferPointer { rows in
      nonisolated(unsafe) let rows = rows
      // Identities are fingerprints, so that equal stretches of numbers hold about as many listings.
      let bounds = (0...parts).map { part in
        part == 0 || part == parts ? nil : UInt64.max / UInt64(parts) * UInt64(part)
      }
      Parallel.each(parts) { part in
        let (first, last) = (bounds[part], bounds[part + 1])
        let start = first.map { place(of: $0, in: rows) } ?? 0
        let end = last.map { place(of: $0, in: rows) } ?? rows.count
        var walk = SightingWalk(comparison, rows: rows, range: start..<end, from: first, to: last, into: output)
        guard walk.run(cancellation) else { return }
        let own = (walk.counts, walk.gone)
        found.withLock { $0[part] = own }
      }
    }
    let all = found.withLock { $0 }
    return all.count == parts ? (0..<parts).map { all[$0]! } : nil
  }

  private static func place(of identity: UInt64, in sorted: UnsafeBufferPointer<IdentifiedRow>) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].identity < identity { low = middle + 1 } else { high = middle }
    }
    return low
  }

  // MARK: Rows

  /// What is known of a row since last time.
  ///
  /// Cost:   O(1).
  package func state(at row: Int) -> SightingState { SightingState(byte: states[row]) }

  /// The sighting that a row was held against: that of the scrape before, or for a listing that reappeared, the last one.
  ///
  /// Cost:   O(1) for rows; O(recorded scrapes) for what is recorded.
  package func earlier(of row: Int) -> SightingPlace? { comparison.sighting(earlier[row]) }

  /// The rows of a kind that count: the first row of each listing in each scrape.
  package func rows(of kind: SightingKind) -> RowSet {
    var found = RowSet(noneOf: dataset.rowCount)
    for row in 0..<dataset.rowCount {
      let state = SightingState(byte: states[row])
      if state.kind == kind, !state.isRepeat { found.insert(row) }
    }
    return found
  }

  /// The platform and scrape of a row; nil for rows that add nothing.
  package func slot(of row: Int) -> (platform: String, scrape: Scrape)? {
    let slot = comparison.slots.ofRow[row]
    return slot == SightingSlots.none ? nil : named(Int(slot))
  }

  private func named(_ slot: Int) -> (platform: String, scrape: Scrape) {
    let found = comparison.slots.slots[slot]
    return (comparison.slots.platforms[found.platform], comparison.slots.scrapes[found.scrape])
  }

  /// The scrape of a sighting.
  package func scrape(of place: SightingPlace) -> Scrape? {
    switch place {
    case .row(let row): slot(of: row)?.scrape
    case .recorded(let list, _): comparison.slots.scrapes.first { $0.name == recorded[list].scrape.name }
    }
  }

  // MARK: Scrapes

  /// One platform of one scrape.
  package struct Summary: Sendable {
    package let scrape: Scrape
    /// Empty for listings that name no platform.
    package let platform: String
    package let counts: SightingCounts
    /// The scrape of this platform that it was held against.
    package let previous: Scrape?
    /// Whether a file of the dataset belongs to the scrape; otherwise it is recorded only.
    package let isOpen: Bool
  }

  /// Every platform of every scrape, in order of time, then by the platform's name.
  package var summaries: [Summary] {
    let slots = comparison.slots
    let open = Set(rows.scrapes.map(\.name))
    let order = slots.slots.indices.sorted { a, b in
      let (first, second) = (slots.slots[a], slots.slots[b])
      return (first.scrape, slots.platforms[first.platform]) < (second.scrape, slots.platforms[second.platform])
    }
    return order.map { slot in
      let (platform, scrape) = named(slot)
      return Summary(
        scrape: scrape, platform: platform, counts: counts[slot],
        previous: slots.previous(slot).map { slots.scrapes[slots.slots[$0].scrape] }, isOpen: open.contains(scrape.name)
      )
    }
  }

  /// A listing that is in the scrape of its platform before, and not in this one.
  package struct Missing: Equatable, Sendable {
    package let platform: String
    /// The scrape that lacks it.
    package let scrape: Scrape
    /// Where it was last seen.
    package let last: SightingPlace
  }

  /// All listings that are gone, in the order of platforms and scrapes.
  ///
  /// Shape:  a listing that is gone, returns and is gone again is named twice.
  package var missing: [Missing] {
    gone.map { gone in
      let (platform, scrape) = named(gone.slot)
      return Missing(platform: platform, scrape: scrape, last: comparison.sighting(gone.place)!)
    }
  }
}
