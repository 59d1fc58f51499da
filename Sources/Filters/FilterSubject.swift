import CodeWords
import Cues
import Listings
import NearDuplicates
import Sightings
import Taxa

/// Everything a filter is evaluated on: the dataset, and beside it decisions, marks, problems and flags.
///
/// Shape:  all row sets have the dataset's row count.
package struct FilterSubject: Sendable {
  /// What the row sets refer to.
  package let dataset: Dataset
  package var confirmed: RowSet
  package var falsePositive: RowSet
  package var unsure: RowSet
  package var noted: RowSet
  /// Rows of decided listings that changed since.
  package var changed: RowSet
  /// Rows of listings on which analysts disagree.
  package var disagreed: RowSet
  /// Rows of listings with a verdict of another analyst.
  package var byOthers: RowSet
  /// Rows of listings that are in another analyst's queue, which are not to be decided here.
  package var leased: RowSet
  /// Rows of listings that were described, by what was stated.
  package var described = DescribedRows()
  /// Reasons of false positives, and notes.
  package var words = DecisionWords()
  /// Who decides here.
  package var analyst = ""
  /// Rows with verdicts of other analysts, by who gave them.
  package var decidedByOthers: [String: RowSet] = [:]
  /// Rows that were marked in this session.
  package var marked: RowSet
  /// Rows in which something could not be read.
  package var problem: RowSet
  /// Risk and terms of the rows flagged so far. Other rows are in no answer about them.
  package var flags: RowFlags {
    get { flagsIfAny ?? RowFlags() }
    set { flagsIfAny = newValue }
  }
  /// Nil until there are flags. Even empty ones have a matcher, which takes longer to make than a small file to read.
  private(set) var flagsIfAny: RowFlags?
  /// Which rows belong to one listing; nil while that is not known.
  package var listings: ListingRows?
  /// Whether each row is shown and counted, rather than each listing once.
  package var countsRows = false
  /// Empty while no taxon table is loaded.
  package var taxa = TaxonTable.empty
  /// The words by which cues are found.
  package var cues = CueWords.none
  /// What became of the rows since last time; nil while that is not known.
  package var since: SinceLastTime?
  /// Which rows are one advert; nil while that is not known.
  package var duplicates: DuplicateGroups?

  /// A dataset without decisions, marks and flags.
  package init(_ dataset: Dataset) {
    self.dataset = dataset
    let none = RowSet(noneOf: dataset.rowCount)
    (confirmed, falsePositive, unsure, noted) = (none, none, none, none)
    (changed, marked, problem) = (none, none, none)
    (disagreed, byOthers, leased) = (none, none, none)
  }

  /// The listings to count; nil where rows are counted: they are to be, or each is a listing, or it is not known yet.
  var listingsCounted: ListingRows? {
    guard !countsRows, let listings, listings.hasRepeats, listings.rowCount == dataset.rowCount else { return nil }
    return listings
  }

  /// How many listings rows show, or how many rows there are where these are counted.
  func count(of rows: RowSet) -> Int { listingsCounted?.count(of: rows) ?? rows.count }

  /// One row for each listing that rows show, its newest; all of them where rows are counted.
  func newest(of rows: RowSet) -> RowSet {
    guard let listingsCounted else { return rows }
    let newest = since?.overTime?.newest
    return listingsCounted.newestRows(of: rows, newest: newest?.rowCount == rows.rowCount ? newest : nil)
  }

  /// The rows that stand for listings without a verdict, or to ask about again.
  var rowsToDecide: RowSet {
    let rows = reviewed.complement.union(changed).subtracting(leased)
    if let newest = since?.overTime?.newest, newest.rowCount == rows.rowCount { return rows.intersection(newest) }
    guard let first = listings?.first, first.rowCount == rows.rowCount else { return rows }
    return rows.intersection(first)
  }

  /// Rows of listings of which one of some values was stated; for `none`, of which nothing was.
  func rows(_ aspect: Aspect, _ values: [ValuePattern]) -> RowSet {
    self.rows(values, of: described.rows(aspect))
  }

  /// Rows with a note like one of some values; for `none`, those without a note.
  func rows(withNotes values: [ValuePattern]) -> RowSet {
    let tests = values.map(ValueTest.init)
    let found = words.notes.filter { note in tests.contains { $0.holds(for: note.value) } }.map(\.key)
    let rows = RowSet(found, of: dataset.rowCount)
    guard values.contains(.missing) else { return rows }
    return rows.union(RowSet(words.notes.keys, of: dataset.rowCount).complement)
  }

  /// Rows with a verdict by one of some analysts, `me` being who decides here; for `none`, without any verdict.
  func rows(decidedBy values: [ValuePattern]) -> RowSet {
    let asked = values.map { $0 == .containing("me") ? ValuePattern.exactly(analyst) : $0 }
    var sets = decidedByOthers
    let ofOthers = decidedByOthers.values.reduce(RowSet(noneOf: dataset.rowCount)) { $0.union($1) }
    sets[analyst] = reviewed.subtracting(ofOthers).union(decidedByOthers[analyst] ?? RowSet(noneOf: dataset.rowCount))
    return rows(asked, of: sets)
  }

  /// Rows with one of some values, among sets of rows by value; for `none`, those in no set.
  func rows(_ values: [ValuePattern], of sets: [String: RowSet]) -> RowSet {
    let tests = values.map(ValueTest.init)
    var rows = RowSet(noneOf: dataset.rowCount)
    var stated = rows
    for (value, these) in sets {
      stated.formUnion(these)
      if tests.contains(where: { $0.holds(for: value) }) { rows.formUnion(these) }
    }
    return values.contains(.missing) ? rows.union(stated.complement) : rows
  }

  /// Rows with any verdict.
  ///
  /// Cost:   O(rows / 64), allocates.
  var reviewed: RowSet { confirmed.union(falsePositive).union(unsure) }
}

extension FilterSubject {
  /// The rows in a state.
  ///
  /// Shape:  `unreadable` has only rows that are flagged already.
  func rows(in state: ListingState) -> RowSet {
    switch state {
    case .confirmed: confirmed
    case .falsePositive: falsePositive
    case .unsure: unsure
    case .unreviewed: reviewed.complement
    case .reviewed: reviewed
    case .marked: marked
    case .noted: noted
    case .askAgain: changed
    case .toDecide: rowsToDecide
    case .disagreement: disagreed
    case .byOthers: byOthers
    case .problem: problem
    case .unreadable: flags.unreadableRows(of: dataset.rowCount)
    case .duplicate: duplicateRows
    case .new, .seen, .changed, .reappeared, .gone:
      rowsSinceLastTime(in: state) ?? RowSet(noneOf: dataset.rowCount)
    }
  }
}
