import CodeWords
import Listings
import Taxa

/// What is open at one moment: the listings, what the lexicons and taxon tables in force make of them, and what was
/// decided about them. Immutable: whoever was given one keeps seeing the same rows, risks and verdicts.
///
/// Shape:  a request that names rows carries the snapshot they are rows of, so that nobody has to guess. `flags` may
///         cover fewer rows than the dataset while flagging goes on.
/// Law:    `flags` are of rows of `dataset`, and were made with `lexicons` wherever these are known.
/// Cost:   a few references and row sets that are copied on write.
package struct Snapshot: Sendable {
  package internal(set) var dataset: Dataset
  /// What could not be read of its files, and the rows that this is about.
  package internal(set) var problems = ProblemList()
  package internal(set) var problemRows: RowSet
  /// Which rows are of one listing; nil while rows still arrive or are being compared.
  package internal(set) var listings: ListingRows?
  /// The lexicons that `flags` were made with; nil until they are read.
  package internal(set) var lexicons: LoadedLexicons?
  package internal(set) var flags: RowFlags
  /// Nil until the tables are read.
  package internal(set) var taxa: TaxonTable?
  package internal(set) var verdicts: RowVerdicts
  /// Counts the changes of `verdicts` and of the rows they are placed among.
  package internal(set) var verdictsVersion = 0

  package init(
    _ dataset: Dataset = .empty, problemRows: RowSet? = nil, listings: ListingRows? = nil,
    lexicons: LoadedLexicons? = nil, flags: RowFlags? = nil, taxa: TaxonTable? = nil, verdicts: RowVerdicts? = nil
  ) {
    self.dataset = dataset
    self.problemRows = problemRows ?? RowSet(noneOf: dataset.rowCount)
    self.listings = listings
    self.lexicons = lexicons
    self.flags = flags ?? RowFlags(lexicons?.compiled ?? .empty)
    self.taxa = taxa ?? lexicons?.taxa
    self.verdicts = verdicts ?? RowVerdicts(rowCount: dataset.rowCount)
  }
}

extension Snapshot: Equatable {
  /// Whether both show the same: the same dataset, flags and tables, not merely equal ones.
  package static func == (a: Snapshot, b: Snapshot) -> Bool {
    a.dataset === b.dataset && a.flags.isSameSnapshot(as: b.flags) && a.taxa === b.taxa && a.listings == b.listings
      && a.problemRows == b.problemRows && a.verdictsVersion == b.verdictsVersion && a.verdicts == b.verdicts
  }
}
