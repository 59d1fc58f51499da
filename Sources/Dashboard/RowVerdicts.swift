import Casework
import Listings

/// What was decided, as a bit per row.
package struct RowVerdicts: Equatable, Sendable {
  package var confirmed: RowSet
  package var falsePositive: RowSet
  package var unsure: RowSet
  package var noted: RowSet

  package init(rowCount: Int) {
    let none = RowSet(noneOf: rowCount)
    (confirmed, falsePositive, unsure, noted) = (none, none, none, none)
  }

  var reviewed: RowSet { confirmed.union(falsePositive).union(unsure) }

  package func verdict(at row: Int) -> Verdict? {
    if confirmed.contains(row) { return .confirmed }
    if falsePositive.contains(row) { return .falsePositive }
    return unsure.contains(row) ? .unsure : nil
  }

  package mutating func set(_ standing: Standing, at row: Int) {
    confirmed.remove(row)
    falsePositive.remove(row)
    unsure.remove(row)
    noted.remove(row)
    switch standing.verdict {
    case .confirmed: confirmed.insert(row)
    case .falsePositive: falsePositive.insert(row)
    case .unsure: unsure.insert(row)
    case nil: break
    }
    if standing.note != nil { noted.insert(row) }
  }

  package func resized(to rowCount: Int) -> RowVerdicts {
    var longer = self
    longer.confirmed = confirmed.resized(to: rowCount)
    longer.falsePositive = falsePositive.resized(to: rowCount)
    longer.unsure = unsure.resized(to: rowCount)
    longer.noted = noted.resized(to: rowCount)
    return longer
  }

  /// The verdicts among the rows of a dataset, from the casebook's standings.
  package static func placed(_ standings: [ListingKey: Standing], in dataset: Dataset) -> RowVerdicts {
    var verdicts = RowVerdicts(rowCount: dataset.rowCount)
    for (row, key) in dataset.rows(of: standings.keys) {
      if let standing = standings[key] { verdicts.set(standing, at: row) }
    }
    return verdicts
  }
}

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
