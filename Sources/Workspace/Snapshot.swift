import Casework
import CodeWords
import Listings
import NearDuplicates
import Sightings
import Taxa

/// What is open at one moment: the listings, what the lexicons and taxon tables in force make of them, and what has been
/// decided about them.
///
/// A snapshot never changes: whoever holds one keeps seeing the same rows, risks and verdicts. A request that names rows
/// carries the snapshot they belong to.
///
/// Shape:  `flags` belong to rows of `dataset` and were made with `lexicons`, if these are known. They cover fewer rows
///         than the dataset while flagging is in progress.
/// Cost:   a few references, and row sets that are copied on write.
package struct Snapshot: Sendable {
  package internal(set) var dataset: Dataset
  /// What could not be read in its files.
  package internal(set) var problems = ProblemList()
  /// The rows that have a problem.
  package internal(set) var problemRows: RowSet
  /// Which rows belong to the same listing; nil while rows arrive or are being compared.
  package internal(set) var listings: ListingRows?
  /// What became of the listings since last time; nil until they are compared with earlier scrapes.
  package internal(set) var since: SinceLastTime?
  /// Which listings are one advert; nil until they are found.
  package internal(set) var duplicates: DuplicateGroups?
  /// The lexicons that `flags` were made with; nil until they are read.
  package internal(set) var lexicons: LoadedLexicons?
  package internal(set) var flags: RowFlags
  /// Nil until the taxon tables are read.
  package internal(set) var taxa: TaxonTable?
  package internal(set) var verdicts: RowVerdicts
  /// The decided listings that changed since; nil until they are compared.
  package internal(set) var changes: ChangesSinceVerdict?
  /// What several analysts said; nil until the casebook was asked.
  package internal(set) var reviews: SharedReviews?
  /// Rows of listings that are in another analyst's queue for now; nil: none are known.
  package internal(set) var leased: RowSet?
  /// Counts the changes of `verdicts` and of the rows they belong to.
  package internal(set) var verdictsVersion = 0

  package init(
    _ dataset: Dataset = .empty, problemRows: RowSet? = nil, listings: ListingRows? = nil,
    since: SinceLastTime? = nil, lexicons: LoadedLexicons? = nil, flags: RowFlags? = nil, taxa: TaxonTable? = nil,
    verdicts: RowVerdicts? = nil
  ) {
    self.since = since
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
  /// Whether both show the same. Datasets, flags and tables are compared by identity.
  package static func == (a: Snapshot, b: Snapshot) -> Bool {
    a.dataset === b.dataset && a.flags.isSameSnapshot(as: b.flags) && a.taxa === b.taxa && a.listings == b.listings
      && a.since === b.since && a.changes?.rows == b.changes?.rows
      // Which rows are one advert follows from the rows.
      && (a.duplicates == nil) == (b.duplicates == nil)
      && a.problemRows == b.problemRows && a.verdictsVersion == b.verdictsVersion && a.verdicts == b.verdicts
  }
}

/// The verdicts by row.
///
/// Shape:  one bit set per verdict; a row is in at most one of `confirmed`, `falsePositive` and `unsure`.
package struct RowVerdicts: Equatable, Sendable {
  package var confirmed: RowSet
  package var falsePositive: RowSet
  package var unsure: RowSet
  /// Rows with a note, whatever their verdict.
  package var noted: RowSet
  /// Rows of listings that were described, by what was stated.
  package var described = DescribedRows()
  /// Reasons and notes.
  package var words = DecisionWords()

  /// Nothing decided about any row.
  package init(rowCount: Int) {
    let none = RowSet(noneOf: rowCount)
    (confirmed, falsePositive, unsure, noted) = (none, none, none, none)
  }

  /// Rows with any verdict.
  package var reviewed: RowSet { confirmed.union(falsePositive).union(unsure) }

  package func verdict(at row: Int) -> Verdict? {
    if confirmed.contains(row) { return .confirmed }
    if falsePositive.contains(row) { return .falsePositive }
    return unsure.contains(row) ? .unsure : nil
  }

  /// Replaces what is known of a row.
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
    words.set(reason: status.reason?.rawValue, note: status.note, at: row, of: noted.rowCount)
    if !described.isEmpty || !status.description.isEmpty {
      described.set(status.description.values, at: row, of: noted.rowCount)
    }
  }

  /// The same verdicts for more rows, the new ones undecided.
  package func resized(to rowCount: Int) -> RowVerdicts {
    var longer = self
    longer.confirmed = confirmed.resized(to: rowCount)
    longer.falsePositive = falsePositive.resized(to: rowCount)
    longer.unsure = unsure.resized(to: rowCount)
    longer.noted = noted.resized(to: rowCount)
    longer.described = described.mapRows { $0.resized(to: rowCount) }
    longer.words = words.moved({ $0.resized(to: rowCount) }, { $0 < rowCount ? $0 : nil })
    return longer
  }

  /// The verdicts on the rows of a dataset, from the casebook's verdicts on listings. A listing's verdict is on all its
  /// rows.
  package static func placed(_ statuses: [ListingKey: ReviewStatus], in dataset: Dataset) -> RowVerdicts {
    var verdicts = RowVerdicts(rowCount: dataset.rowCount)
    for (row, key) in dataset.rows(of: statuses.keys) {
      if let status = statuses[key] { verdicts.set(status, at: row) }
    }
    return verdicts
  }
}

extension RowVerdicts {
  /// The verdicts after the files were read again, moved along with their rows.
  package func carried(_ rows: CarriedRows) -> RowVerdicts {
    var carried = self
    carried.confirmed = rows.carried(confirmed)
    carried.falsePositive = rows.carried(falsePositive)
    carried.unsure = rows.carried(unsure)
    carried.noted = rows.carried(noted)
    carried.described = described.mapRows { rows.carried($0) }
    carried.words = words.moved({ rows.carried($0) }, { rows.row(of: $0) })
    return carried
  }
}
