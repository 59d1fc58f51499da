/// Where the rows of a dataset stand in a later reading of the same files: what was marked stays marked, and what is new
/// can be counted.
///
/// Shape:  a row is the same where it stands at the same place of the same file and is of the same listing; of the
///         others, those of the same listing are paired in order. No row is two.
/// Cost:   a comparison per row, and a look-up for each that moved.
package struct CarriedRows: Equatable, Sendable {
  private let places: [UInt32]
  /// Rows of the later reading.
  package let rowCount: Int
  /// Rows that were not there before.
  package let newCount: Int
  /// Rows that are no longer there.
  package let goneCount: Int

  private static let gone = UInt32.max

  package init(from old: Dataset, to new: Dataset) {
    var places = Array(repeating: Self.gone, count: old.rowCount)
    var isTaken = RowSet(noneOf: new.rowCount)
    let (before, now) = (old.keyFingerprints, new.keyFingerprints)
    let ranges = Dictionary(new.sources.map { ($0.name, $0.rows) }) { first, _ in first }
    for source in old.sources {
      guard let range = ranges[source.name] else { continue }
      for (row, place) in zip(source.rows, range) where before[row] == now[place] && !isTaken.contains(place) {
        places[row] = UInt32(place)
        isTaken.insert(place)
      }
    }
    Self.pairMoved(&places, &isTaken, before, now)
    self.places = places
    rowCount = new.rowCount
    newCount = new.rowCount - isTaken.count
    goneCount = places.count { $0 == Self.gone }
  }

  private static func pairMoved(
    _ places: inout [UInt32], _ isTaken: inout RowSet, _ before: BlockColumn<UInt64>, _ now: BlockColumn<UInt64>
  ) {
    let moved = places.indices.filter { places[$0] == gone }
    guard !moved.isEmpty else { return }
    let wanted = Set(moved.map { before[$0] })
    var free: [UInt64: [Int]] = [:]
    // From the end, so that the first one is the last of its list.
    isTaken.complement.rows.reversed().forEach { if wanted.contains(now[$0]) { free[now[$0], default: []].append($0) } }
    for row in moved {
      guard let place = free[before[row]]?.popLast() else { continue }
      places[row] = UInt32(place)
      isTaken.insert(place)
    }
  }

  /// Where a row of the earlier reading stands now; nil where it is gone.
  package func place(of row: Int) -> Int? {
    guard places.indices.contains(row), places[row] != Self.gone else { return nil }
    return Int(places[row])
  }

  package func carried(_ rows: RowSet) -> RowSet {
    var carried = RowSet(noneOf: rowCount)
    rows.forEach { if let place = place(of: $0) { carried.insert(place) } }
    return carried
  }

  package func carried(_ order: RowOrder) -> RowOrder {
    RowOrder(rows: order.rows.compactMap { place(of: Int($0)).map { UInt32($0) } })
  }
}
