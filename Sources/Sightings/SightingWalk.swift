import Listings

/// Goes over the sightings of each listing in order of time and says what became of it.
///
/// Shape:  one walk takes a range of identities, so that several share the work. Sightings of one listing in one slot are
///         one: the first row counts, and rows count before what is recorded.
/// Cost:   a merge of sorted columns; a cell is only looked at where the digests of two rows differ.
struct SightingWalk {
  /// How far the identities of a recorded list have been read.
  private struct Cursor {
    let list: Int
    var position: Int
    let end: Int
  }

  /// One sighting of the current listing.
  private struct Sighting {
    let slot: Int
    let place: UInt32
    let digest: UInt32
    let isRow: Bool
  }

  /// Where the walk writes what it finds about rows; each row belongs to one walk.
  struct Output {
    let states: UnsafeMutableBufferPointer<UInt8>
    let earlier: UnsafeMutableBufferPointer<UInt32>
  }

  /// A listing that is not in the scrape of a slot, and where it was last seen.
  struct Gone: Equatable, Sendable {
    let slot: Int
    let place: UInt32
  }

  private let comparison: SightingComparison
  private let rows: UnsafeBufferPointer<IdentifiedRow>
  private var position: Int
  private let end: Int
  private var cursors: [Cursor] = []
  /// The identity that each cursor is at, side by side: all are looked at for every listing.
  private var heads: [UInt64] = []
  private let output: Output
  private let slotOfRow: [UInt32]
  private var group: [Sighting] = []
  private(set) var counts: [SightingCounts]
  private(set) var gone: [Gone] = []

  /// - Parameters:
  ///   - range: the rows to go over, which begin and end with a listing.
  ///   - first: the first identity that belongs to this walk; nil for the lowest.
  ///   - last: the first one that does not; nil where all do.
  init(
    _ comparison: SightingComparison, rows: UnsafeBufferPointer<IdentifiedRow>, range: Range<Int>, from first: UInt64?,
    to last: UInt64?, into output: Output
  ) {
    self.comparison = comparison
    self.rows = rows
    self.output = output
    slotOfRow = comparison.slots.ofRow
    (position, end) = (range.lowerBound, range.upperBound)
    counts = Array(repeating: SightingCounts(), count: comparison.slots.slots.count)
    for (index, list) in comparison.recorded.enumerated() {
      let identities = list.columns.identities
      let start = first.map { Self.place(of: $0, in: identities) } ?? 0
      let end = last.map { Self.place(of: $0, in: identities) } ?? identities.count
      if start < end { cursors.append(Cursor(list: index, position: start, end: end)) }
    }
    heads = cursors.map { head(of: $0) }
  }

  /// Where an identity stands, or would stand.
  private static func place(of identity: UInt64, in sorted: [UInt64]) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] < identity { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// False when cancelled.
  mutating func run(_ cancellation: Cancellation?) -> Bool {
    var checks = 0
    while let identity = nextIdentity() {
      checks += 1
      if checks & 4095 == 0, cancellation?.isCancelled == true { return false }
      gather(identity)
      settle()
    }
    return true
  }

  /// The lowest identity that was not yet taken.
  @inline(__always)
  private func nextIdentity() -> UInt64? {
    var lowest = position < end ? rows[position].identity : .max
    for head in heads { lowest = min(lowest, head) }
    return lowest == .max ? nil : lowest
  }

  /// Takes all sightings of a listing, in order of time.
  private mutating func gather(_ identity: UInt64) {
    group.removeAll(keepingCapacity: true)
    while position < end, rows[position].identity == identity {
      let row = rows[position]
      let slot = Int(slotOfRow[Int(row.row)])
      insert(Sighting(slot: slot, place: row.row, digest: row.digest, isRow: true))
      position += 1
    }
    for index in cursors.indices where heads[index] == identity {
      let (list, place) = (cursors[index].list, cursors[index].position)
      let platform = Int(comparison.recorded[list].columns.platformNumbers[place])
      let slot = Int(comparison.slots.ofRecorded[list][platform])
      let number = comparison.place(list: list, index: place)
      insert(Sighting(slot: slot, place: number, digest: 0, isRow: false))
      cursors[index].position += 1
      heads[index] = head(of: cursors[index])
    }
  }

  /// The identity that a cursor is at; the highest number where it has come to its end, which no identity is.
  private func head(of cursor: Cursor) -> UInt64 {
    cursor.position < cursor.end ? comparison.recorded[cursor.list].columns.identities[cursor.position] : .max
  }

  /// Inserts a sighting behind those of its slot and earlier ones.
  @inline(__always)
  private mutating func insert(_ sighting: Sighting) {
    var index = group.count
    while index > 0, group[index - 1].slot > sighting.slot { index -= 1 }
    group.insert(sighting, at: index)
  }

  /// Says what became of the listing that was gathered.
  private mutating func settle() {
    var last: Sighting?
    var state: (byte: UInt8, earlier: UInt32) = (0, SightingComparison.noPlace)
    for sighting in group {
      if let last, last.slot == sighting.slot {
        if sighting.isRow { write((state.byte | 0x80, state.earlier), sighting.place) }
        continue
      }
      state = judge(sighting, after: last)
      if sighting.isRow { write(state, sighting.place) }
      last = sighting
    }
    if let last, let next = comparison.slots.next(last.slot) { miss(last, in: next) }
  }

  /// What a sighting is after the one before.
  private mutating func judge(_ sighting: Sighting, after last: Sighting?) -> (byte: UInt8, earlier: UInt32) {
    guard let last else {
      counts[sighting.slot].add(0, [])
      return (SightingState.byte(0, [], isRepeat: false), SightingComparison.noPlace)
    }
    let changed = comparison.changes(last.place, sighting.place, areAlike: isAlike(last, sighting))
    let isPrevious = comparison.slots.previous(sighting.slot) == last.slot
    let kind = isPrevious ? (changed.isEmpty ? 1 : 2) : 3
    counts[sighting.slot].add(kind, changed)
    if !isPrevious, let next = comparison.slots.next(last.slot) { miss(last, in: next) }
    return (SightingState.byte(kind, changed, isRepeat: false), last.place)
  }

  @inline(__always)
  private func isAlike(_ a: Sighting, _ b: Sighting) -> Bool { a.isRow && b.isRow && a.digest == b.digest }

  private mutating func miss(_ last: Sighting, in slot: Int) {
    counts[slot].gone += 1
    gone.append(Gone(slot: slot, place: last.place))
  }

  @inline(__always)
  private func write(_ state: (byte: UInt8, earlier: UInt32), _ row: UInt32) {
    output.states[Int(row)] = state.byte
    output.earlier[Int(row)] = state.earlier
  }
}
