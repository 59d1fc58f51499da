import Listings

/// The sightings of one file in one scrape, to be kept.
package struct SightingUnit: Sendable {
  /// The index of the file among the dataset's sources.
  package let source: Int
  package let scrape: Scrape
  package let columns: SightingColumns
}

extension Sightings {
  /// What is to be kept of the dataset: one unit for each file and scrape, each listing of it once.
  ///
  /// Cost:   one pass over the sorted rows, and 60 bytes a row.
  package func units(_ cancellation: Cancellation? = nil) -> [SightingUnit] {
    var unitOfRow = [UInt32](repeating: .max, count: dataset.rowCount)
    var places: [(source: Int, scrape: Int)] = []
    rows.forEachStretch(of: dataset) { stretch, source, scrape in
      guard let scrape else { return }
      let known = places.firstIndex { $0 == (source, scrape) }
      let unit = known ?? places.count
      if known == nil { places.append((source, scrape)) }
      for row in stretch { unitOfRow[row] = UInt32(unit) }
    }
    var making = places.map { UnitMaking(self, source: $0.source) }
    for (index, row) in identities.rows.enumerated() {
      if index & 4095 == 0, cancellation?.isCancelled == true { return [] }
      let unit = unitOfRow[Int(row.row)]
      if unit != .max { making[Int(unit)].add(row) }
    }
    return zip(places, making).map { place, made in
      SightingUnit(source: place.source, scrape: rows.scrapes[place.scrape], columns: made.columns)
    }
  }
}

/// Collects the columns of one unit.
private struct UnitMaking {
  private let dataset: Dataset
  private let identity: SightingIdentity
  private var platforms: [UInt32: UInt16] = [:]
  private var currencies: [UInt8: UInt8] = [:]
  private(set) var columns = SightingColumns()

  init(_ sightings: Sightings, source: Int) {
    (dataset, identity) = (sightings.dataset, sightings.identities.making)
    columns.compared = SightingComparison.columns(of: dataset.sources[source])
    columns.rules = sightings.identities.numbers.rules
  }

  /// Adds a row, unless its listing is there: rows of one listing come in their order.
  mutating func add(_ row: IdentifiedRow) {
    guard columns.identities.last != row.identity else { return }
    let place = Int(row.row)
    columns.identities.append(row.identity)
    columns.keys.append(identity.keyIdentity(of: place))
    columns.cells.append(dataset.cellFingerprints[place])
    columns.amounts.append(dataset.amounts[place])
    columns.currencies.append(currency(dataset.currencies[place]))
    columns.platformNumbers.append(platform(dataset.codes(of: .platform)[place]))
  }

  private mutating func platform(_ code: UInt32) -> UInt16 {
    if let known = platforms[code] { return known }
    if columns.platforms.count == Int(UInt16.max) { return UInt16.max - 1 }
    let number = UInt16(columns.platforms.count)
    columns.platforms.append(dataset.values(of: .platform).string(code))
    platforms[code] = number
    return number
  }

  private mutating func currency(_ code: UInt8) -> UInt8 {
    if code == 0 { return 0 }
    if let known = currencies[code] { return known }
    guard columns.currencyCodes.count < 255 else { return 0 }
    columns.currencyCodes.append(dataset.currencyCodes[Int(code)])
    currencies[code] = UInt8(columns.currencyCodes.count)
    return UInt8(columns.currencyCodes.count)
  }
}
