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

  package var reviewed: RowSet { confirmed.union(falsePositive).union(unsure) }

  package func verdict(at row: Int) -> Verdict? {
    if confirmed.contains(row) { return .confirmed }
    if falsePositive.contains(row) { return .falsePositive }
    return unsure.contains(row) ? .unsure : nil
  }

  package mutating func set(_ status: ReviewStatus, at row: Int) {
    confirmed.remove(row)
    falsePositive.remove(row)
    unsure.remove(row)
    noted.remove(row)
    switch status.verdict {
    case .confirmed: confirmed.insert(row)
    case .falsePositive: falsePositive.insert(row)
    case .unsure: unsure.insert(row)
    case nil: break
    }
    if status.note != nil { noted.insert(row) }
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
  package static func placed(_ statuses: [ListingKey: ReviewStatus], in dataset: Dataset) -> RowVerdicts {
    var verdicts = RowVerdicts(rowCount: dataset.rowCount)
    for (row, key) in dataset.rows(of: statuses.keys) {
      if let status = statuses[key] { verdicts.set(status, at: row) }
    }
    return verdicts
  }
}

extension RowVerdicts {
  /// The verdicts of the same rows in a later reading.
  package func carried(_ rows: CarriedRows) -> RowVerdicts {
    var carried = self
    carried.confirmed = rows.carried(confirmed)
    carried.falsePositive = rows.carried(falsePositive)
    carried.unsure = rows.carried(unsure)
    carried.noted = rows.carried(noted)
    return carried
  }
}
