import Listings

/// What a filter is asked about beside the dataset itself: what was decided, what is marked, and what could
/// not be read.
package struct FilterSubject: Sendable {
  package let dataset: Dataset
  package var confirmed: RowSet
  package var falsePositive: RowSet
  package var unsure: RowSet
  package var noted: RowSet
  package var marked: RowSet
  package var problem: RowSet

  package init(_ dataset: Dataset) {
    self.dataset = dataset
    let none = RowSet(noneOf: dataset.rowCount)
    (confirmed, falsePositive, unsure, noted, marked, problem) = (none, none, none, none, none, none)
  }

  var reviewed: RowSet { confirmed.union(falsePositive).union(unsure) }
}
