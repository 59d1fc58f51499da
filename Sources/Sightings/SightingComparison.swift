import Listings

/// What the comparing of sightings works on: the rows of a dataset and what is recorded, under one numbering.
struct SightingComparison: Sendable {
  let dataset: Dataset
  let slots: SightingSlots
  let recorded: [RecordedSightings]
  /// The number of the first sighting of each recorded list; rows come before.
  private let bases: [Int]
  /// The cells that each file has a column for.
  private let columns: [ChangedCells]
  private let allHaveAll: Bool

  /// No sighting.
  static let noPlace = UInt32.max

  init(_ dataset: Dataset, _ slots: SightingSlots, _ recorded: [RecordedSightings]) {
    (self.dataset, self.slots, self.recorded) = (dataset, slots, recorded)
    var base = dataset.rowCount
    bases = recorded.map { list in
      defer { base += list.count }
      return base
    }
    precondition(base < Int(Self.noPlace), "more sightings than 32 bits number")
    columns = dataset.sources.map { Self.columns(of: $0) }
    allHaveAll = columns.allSatisfy { $0 == .all }
  }

  /// The compared cells that a file has a column for.
  static func columns(of source: SourceFile) -> ChangedCells {
    let fields = source.reader.fields
    return ChangedCells(ComparedCell.allCases.filter { fields.contains($0.field) }.map { ChangedCells($0) })
  }

  /// The number of a recorded sighting.
  func place(list: Int, index: Int) -> UInt32 { UInt32(bases[list] + index) }

  /// The sighting of a number; nil for none.
  func sighting(_ place: UInt32) -> SightingPlace? {
    if place == Self.noPlace { return nil }
    if Int(place) < dataset.rowCount { return .row(Int(place)) }
    let list = bases.lastIndex { $0 <= Int(place) }!
    return .recorded(list: list, index: Int(place) - bases[list])
  }

  /// The cells that differ between two sightings.
  ///
  /// - Parameter areAlike: whether their digests agree.
  @inline(__always)
  func changes(_ a: UInt32, _ b: UInt32, areAlike: Bool) -> ChangedCells {
    areAlike ? [] : differences(a, b)
  }

  private func differences(_ a: UInt32, _ b: UInt32) -> ChangedCells {
    let (first, second) = (cells(a), cells(b))
    return ChangedCells(first.cells, second.cells, both: first.columns.intersection(second.columns))
  }

  private func cells(_ place: UInt32) -> (cells: CellFingerprints, columns: ChangedCells) {
    switch sighting(place) {
    case .row(let row)?:
      (dataset.cellFingerprints[row], allHaveAll ? .all : columns[dataset.sourceIndex(of: row)])
    case .recorded(let list, let index)?:
      (recorded[list].columns.cells[index], recorded[list].columns.compared)
    case nil: (CellFingerprints(), [])
    }
  }
}
