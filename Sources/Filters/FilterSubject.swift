import CodeWords
import Listings
import Taxa

/// What a filter is asked about beside the dataset itself: what was decided, what is marked, what could not be read, and
/// what the code words say.
package struct FilterSubject: Sendable {
  package let dataset: Dataset
  package var confirmed: RowSet
  package var falsePositive: RowSet
  package var unsure: RowSet
  package var noted: RowSet
  package var marked: RowSet
  package var problem: RowSet
  /// Risk and terms of the rows that are flagged so far; the others are in no answer about them.
  package var flags = RowFlags()
  /// Which rows are of one listing; nil while that is not known.
  package var listings: ListingRows?
  /// What is known of names of taxa; empty while no table has been read.
  package var taxa = TaxonTable.empty

  package init(_ dataset: Dataset) {
    self.dataset = dataset
    let none = RowSet(noneOf: dataset.rowCount)
    (confirmed, falsePositive, unsure, noted, marked, problem) = (none, none, none, none, none, none)
  }

  var reviewed: RowSet { confirmed.union(falsePositive).union(unsure) }
}
