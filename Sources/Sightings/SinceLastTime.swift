import Listings

/// What became of the listings of an open dataset since last time, as filters, counts and the table ask for it.
///
/// Shape:  by row, each row against the scrapes of its platform before its own. All rows of a listing in one scrape say the
///         same.
/// Cost:   9 bits a row; and the sightings themselves, unless no platform has an earlier scrape: then everything is new,
///         and nothing is kept.
package final class SinceLastTime: Sendable {
  /// What was compared; nil where there was nothing to compare with, or it could not be compared.
  package let sightings: Sightings?
  /// Rows whose listing is in its platform's last scrape before the newest, and not in the newest.
  package let gone: RowSet
  /// Gone listings that no open file has: they have no row.
  package let goneElsewhere: [Sightings.Missing]
  /// Whether the listings were compared; otherwise no row is of any kind.
  package let isKnown: Bool
  /// The row that stands for each listing, and the keys that are of one; nil where every listing has one key, and its
  /// first row stands for it.
  package let overTime: ListingsOverTime?
  private let kinds: [RowSet]
  private let changed: [RowSet]

  /// Puts together what a comparison found.
  package init(_ sightings: Sightings) {
    let rowCount = sightings.dataset.rowCount
    let hasEarlier = sightings.summaries.contains { $0.previous != nil }
    self.sightings = hasEarlier ? sightings : nil
    overTime = hasEarlier ? sightings.listingsOverTime : nil
    isKnown = true
    var kinds = SightingKind.allCases.map { _ in [UInt64](repeating: 0, count: (rowCount + 63) / 64) }
    var changed = ComparedCell.allCases.map { _ in [UInt64](repeating: 0, count: (rowCount + 63) / 64) }
    for row in 0..<rowCount {
      let state = sightings.state(at: row)
      guard let kind = state.kind else { continue }
      let bit = UInt64(1) << UInt64(row & 63)
      kinds[kind.place][row >> 6] |= bit
      if kind == .changed { for cell in state.changed.cells { changed[cell.place][row >> 6] |= bit } }
    }
    self.kinds = kinds.map { RowSet(words: $0, rowCount: rowCount) }
    self.changed = changed.map { RowSet(words: $0, rowCount: rowCount) }
    var newest: [String: String] = [:]
    for summary in sightings.summaries { newest[summary.platform] = summary.scrape.name }
    let missing = sightings.missing.filter { newest[$0.platform] == $0.scrape.name }
    gone = RowSet(
      missing.lazy.compactMap { if case .row(let row) = $0.last { row } else { nil } }, of: rowCount)
    goneElsewhere = missing.filter { if case .row = $0.last { false } else { true } }
  }

  /// Nothing could be compared, so that nothing is known of any row.
  package convenience init(unknownOf rowCount: Int) { self.init(rowCount, isKnown: false) }

  /// The first scrape that there is: every listing is new.
  package convenience init(firstOf rowCount: Int) { self.init(rowCount, isKnown: true) }

  private init(_ rowCount: Int, isKnown: Bool) {
    let none = RowSet(noneOf: rowCount)
    (sightings, self.isKnown, gone, goneElsewhere, overTime) = (nil, isKnown, none, [], nil)
    kinds = SightingKind.allCases.map { isKnown && $0 == .new ? RowSet(allOf: rowCount) : none }
    changed = ComparedCell.allCases.map { _ in none }
  }

  /// Whether any platform has an earlier scrape.
  package var hasEarlier: Bool { sightings != nil }

  /// The rows of a kind.
  package func rows(_ kind: SightingKind) -> RowSet { kinds[kind.place] }

  /// The rows of listings in which a cell changed.
  package func rows(changed cell: ComparedCell) -> RowSet { changed[cell.place] }

  /// What a row is since last time; nil where that is not known.
  package func kind(of row: Int) -> SightingKind? { SightingKind.allCases.first { kinds[$0.place].contains(row) } }
}

extension SightingKind {
  fileprivate var place: Int {
    switch self {
    case .new: 0
    case .seen: 1
    case .changed: 2
    case .reappeared: 3
    }
  }
}

extension ComparedCell {
  fileprivate var place: Int {
    switch self {
    case .title: 0
    case .price: 1
    case .text: 2
    case .seller: 3
    }
  }
}

extension Sightings {
  /// The amount and currency of a sighting's price as it was read; nil where no amount was.
  package func price(at place: SightingPlace) -> (amount: Amount, currency: String?)? {
    switch place {
    case .row(let row):
      let price = dataset.price(at: row)
      return price.amount.map { ($0, price.currency) }
    case .recorded(let list, let index): return recorded[list].price(at: index)
    }
  }
}
