import Casework
import CodeWords
import Listings
import NearDuplicates
import Sightings
import Taxa

/// The one owner of what is open: the newest snapshot, the state of reading the files, and the lexicons that are about to
/// replace those in force.
///
/// It is a value without threads. Whatever reads, flags or decides elsewhere hands in its outcome here, and an outcome
/// that belongs to other rows or other lexicons is rejected.
///
/// Shape:  one reading at a time (`Reading`). The flags of a snapshot always belong to its dataset and its lexicons.
/// Cost:   changes copy row sets at most; datasets and lexicons are shared.
package struct OpenSession: Sendable {
  /// What the screen shows now.
  package private(set) var snapshot = Snapshot()
  /// What is being done with the files.
  package private(set) var reading = Reading.opening(Loading())
  /// Newer lexicons, until as many listings are flagged with them as with those in force.
  package private(set) var pending: PendingLexicons?
  /// Whether the lexicons have been requested.
  private var areLexiconsRequested = false
  /// The rows whose earlier keys have been requested from the casebook.
  private var earlierVerdictsRequestedFor: Dataset?
  /// The rows that were to be compared with earlier scrapes.
  private var comparisonRequestedFor: Dataset?
  /// The rows of which copies were to be found.
  private var duplicatesRequestedFor: Dataset?
  /// Flags of a trial that may be adopted, and their rows.
  private var trial: (flags: RowFlags, dataset: Dataset)?

  /// Lexicons that were read but do not flag the listings on the screen yet.
  package struct PendingLexicons: Sendable {
    package let lexicons: LoadedLexicons
    /// Rows flagged with them so far.
    package internal(set) var rowCount = 0
  }

  package init() {}

  /// A session in which all rows have been read and nothing else is known.
  package init(of dataset: Dataset) {
    snapshot = Snapshot(dataset)
    reading = .opening(Loading(isComplete: true))
  }

  // MARK: Reading the files

  /// How far the first reading has got.
  package var loading: Loading {
    switch reading {
    case .opening(let loading), .changingColumns(let loading): loading
    case .rereading, .awaitingTurn: Loading(isComplete: true)
    }
  }

  /// Whether all rows have been read.
  package var isComplete: Bool { loading.isComplete }

  /// Whether the files are being read a second time, for whatever reason.
  package var isRereading: Bool { if case .opening = reading { false } else { true } }

  /// Whether they are being read with other columns.
  package var isChangingColumns: Bool { if case .changingColumns = reading { true } else { false } }

  /// Adds rows of the reading in progress. Ignored while the files are read again, which replaces these rows.
  package mutating func grow(
    to dataset: Dataset, _ loading: Loading, problems: ProblemList, problemRows: RowSet
  ) {
    switch reading {
    case .opening: reading = .opening(loading)
    case .changingColumns: reading = .changingColumns(before: loading)
    case .rereading, .awaitingTurn: return
    }
    replaceRows(with: dataset, problems, problemRows)
  }

  private mutating func replaceRows(with dataset: Dataset, _ problems: ProblemList, _ problemRows: RowSet) {
    open(dataset)
    snapshot.problems = problems
    snapshot.problemRows = problemRows
    setVerdicts(snapshot.verdicts.resized(to: dataset.rowCount))
  }

  /// Replaces the dataset, and discards flags and trials that belong to other rows.
  private mutating func open(_ dataset: Dataset) {
    if snapshot.dataset !== dataset {
      (snapshot.listings, snapshot.since, snapshot.duplicates, snapshot.changes) = (nil, nil, nil, nil)
      (snapshot.reviews, snapshot.leased) = (nil, nil)
    }
    if !snapshot.dataset.hasSameColumns(as: dataset) {
      trial = nil
      snapshot.flags = RowFlags(snapshot.flags.lexicons)
      pending?.rowCount = 0
    }
    snapshot.dataset = dataset
  }

  /// Starts reading the files again as they are now. All rows must have been read, and no other reading be in progress.
  package mutating func beginRereading() {
    precondition(isComplete && !isRereading, "one reading at a time")
    reading = .rereading
  }

  /// Keeps the files that were read again until they can be adopted.
  ///
  /// - Returns: whether they were expected; those of an earlier reading are rejected.
  package mutating func finishRereading(_ files: RereadFiles, from old: Dataset) -> Bool {
    guard case .rereading = reading, old === snapshot.dataset else { return false }
    reading = .awaitingTurn(files)
    return true
  }

  /// Gives up reading the files again; the rows stay.
  package mutating func abandonRereading() {
    if case .rereading = reading { reading = .opening(Loading(isComplete: true)) }
  }

  /// Replaces the open rows by those that were read again. Verdicts move with their rows.
  ///
  /// - Returns: the adopted files; nil if none were waiting.
  package mutating func adoptReread() -> RereadFiles? {
    guard case .awaitingTurn(let files) = reading else { return nil }
    reading = .opening(Loading(isComplete: true))
    open(files.dataset)
    snapshot.problems = files.problems
    snapshot.problemRows = files.problemRows
    setVerdicts(snapshot.verdicts.carried(files.carried))
    return files
  }

  /// Starts reading the same rows with other columns, even while rows are still arriving.
  package mutating func beginChangingColumns() { reading = .changingColumns(before: loading) }

  /// Replaces the rows by those with other columns.
  ///
  /// - Returns: whether they were expected.
  package mutating func finishChangingColumns(
    _ dataset: Dataset, problems: ProblemList, problemRows: RowSet
  ) -> Bool {
    guard case .changingColumns(var loading) = reading else { return false }
    loading.bytesRead = loading.bytesTotal
    loading.isComplete = true
    reading = .opening(loading)
    replaceRows(with: dataset, problems, problemRows)
    return true
  }

  /// Gives up changing columns; the open rows stay. Rows that had not arrived will not come, since the first reading was
  /// cancelled in favour of the new columns.
  ///
  /// - Returns: whether rows are missing.
  package mutating func abandonChangingColumns() -> Bool {
    guard case .changingColumns(var loading) = reading else { return false }
    let isMissingRows = !loading.isComplete
    loading.isComplete = true
    reading = .opening(loading)
    return isMissingRows
  }

  // MARK: Rows, listings, verdicts

  /// Takes the listings that the rows were grouped into.
  ///
  /// - Returns: whether they belong to the open rows.
  package mutating func accept(_ listings: ListingRows, of dataset: Dataset) -> Bool {
    guard dataset === snapshot.dataset else { return false }
    snapshot.listings = listings
    return true
  }

  /// Whether to look up the verdicts that the casebook holds for these rows under keys of an earlier form. True once per
  /// set of rows, as soon as all have been read.
  package mutating func requestEarlierVerdictsOnce() -> Bool {
    let dataset = snapshot.dataset
    guard dataset.isComplete, dataset.rowCount > 0, earlierVerdictsRequestedFor?.hasSameColumns(as: dataset) != true
    else {
      return false
    }
    earlierVerdictsRequestedFor = dataset
    return true
  }

  /// Replaces all verdicts.
  package mutating func setVerdicts(_ verdicts: RowVerdicts) {
    snapshot.verdicts = verdicts
    snapshot.verdictsVersion += 1
  }

  /// Updates the verdicts of some rows.
  package mutating func set(_ statuses: some Sequence<(row: Int, status: ReviewStatus)>) {
    for (row, status) in statuses {
      snapshot.verdicts.set(status, at: row)
      // Whoever decides has seen the listing as it is.
      snapshot.changes?.rows.remove(row)
    }
    snapshot.verdictsVersion += 1
  }

  // MARK: Lexicons, flags, taxa

  /// The lexicons that were read last, in force or not.
  package var newestLexicons: LoadedLexicons? { pending?.lexicons ?? snapshot.lexicons }

  /// Whether to read the lexicons now. True once.
  package mutating func requestLexiconsOnce() -> Bool {
    guard newestLexicons == nil, !areLexiconsRequested else { return false }
    areLexiconsRequested = true
    return true
  }

  /// Takes lexicons that were just read. They come into force at once if there are no flags to lose, and otherwise when as
  /// many listings are flagged with them: with half of the flags, listings would vanish and come back a moment later.
  ///
  /// - Returns: whether they are in force now.
  package mutating func accept(_ lexicons: LoadedLexicons) -> Bool {
    areLexiconsRequested = true
    if let trial, trial.flags.lexicons === lexicons.compiled, trial.dataset === snapshot.dataset {
      self.trial = nil
      adopt(lexicons, trial.flags)
      pending = nil
      return true
    }
    trial = nil
    if lexicons.compiled === snapshot.flags.lexicons {
      // The terms are the same, so their flags stay.
      (snapshot.lexicons, pending) = (lexicons, nil)
      return true
    }
    pending = PendingLexicons(lexicons: lexicons)
    return accept(RowFlags(lexicons.compiled))
  }

  /// Takes flags made by some lexicons so far.
  ///
  /// - Returns: whether the flags of the snapshot changed.
  package mutating func accept(_ flags: RowFlags) -> Bool {
    // Flags made by lexicons that are neither in force nor pending are no longer wanted.
    let wanted = [snapshot.lexicons, pending?.lexicons].compactMap { $0?.compiled }
    guard wanted.isEmpty || wanted.contains(where: { $0 === flags.lexicons }) else { return false }
    guard coversAsMuch(flags) else {
      if pending?.lexicons.compiled === flags.lexicons { pending?.rowCount = flags.flaggedCount }
      return false
    }
    let lexicons = newestLexicons.flatMap { $0.compiled === flags.lexicons ? $0 : nil }
    adopt(lexicons ?? snapshot.lexicons.flatMap { $0.compiled === flags.lexicons ? $0 : nil }, flags)
    return true
  }

  /// Whether adopting `flags` loses no flagged row.
  private func coversAsMuch(_ flags: RowFlags) -> Bool {
    let isSame = flags.lexicons === snapshot.flags.lexicons || flags.lexicons.terms.isEmpty
    return isSame || flags.flaggedCount >= min(snapshot.flags.flaggedCount, snapshot.dataset.rowCount)
  }

  private mutating func adopt(_ lexicons: LoadedLexicons?, _ flags: RowFlags) {
    snapshot.flags = flags
    snapshot.lexicons = lexicons
    if pending?.lexicons.compiled === flags.lexicons { pending = nil }
  }

  /// How many rows are flagged with the pending lexicons; nil if there are none.
  package var pendingRowCount: Int? { pending?.rowCount }

  /// Keeps the flags of a trial, so that adopting it flags nothing again.
  package mutating func keepTrial(_ flags: RowFlags, of dataset: Dataset) {
    if dataset === snapshot.dataset { trial = (flags, dataset) }
  }

  package mutating func discardTrial() { trial = nil }

  /// The flags of the trial that may be adopted.
  package var trialFlags: RowFlags? { trial?.flags }

  /// Whether the rows are still to be compared with earlier scrapes. It is so once for every reading of the files.
  package mutating func requestComparisonOnce() -> Bool {
    let dataset = snapshot.dataset
    guard isComplete, dataset.rowCount > 0, comparisonRequestedFor !== dataset else { return false }
    comparisonRequestedFor = dataset
    return true
  }

  /// Whether copies among the rows are still to be found. It is so once for every reading of the files.
  package mutating func requestDuplicatesOnce() -> Bool {
    let dataset = snapshot.dataset
    guard isComplete, dataset.rowCount > 0, duplicatesRequestedFor !== dataset else { return false }
    duplicatesRequestedFor = dataset
    return true
  }

  /// Takes which rows are one advert.
  ///
  /// - Returns: whether it is about the rows that are open.
  package mutating func accept(_ duplicates: DuplicateGroups, of dataset: Dataset) -> Bool {
    guard dataset === snapshot.dataset else { return false }
    snapshot.duplicates = duplicates
    return true
  }

  /// Takes what became of the rows since last time.
  ///
  /// - Returns: whether it is about the rows that are open.
  package mutating func accept(_ since: SinceLastTime, of dataset: Dataset) -> Bool {
    guard dataset === snapshot.dataset else { return false }
    snapshot.since = since
    return true
  }

  /// Takes which decided listings changed since.
  ///
  /// - Parameter keys: the listings that were compared; nil for all.
  /// - Returns: whether it is about the rows that are open, and comes after the answer about all of them.
  package mutating func accept(
    _ changes: ChangesSinceVerdict, about keys: [ListingKey]?, of dataset: Dataset
  ) -> Bool {
    guard dataset === snapshot.dataset else { return false }
    if let keys {
      guard snapshot.changes != nil else { return false }
      let rows = snapshot.rows(of: keys).map(\.row)
      snapshot.changes?.replace(keys, rows, by: changes)
    } else {
      snapshot.changes = changes
    }
    snapshot.verdictsVersion += 1
    return true
  }

  /// Takes what several analysts said.
  ///
  /// - Parameter keys: the listings it is about; nil for all.
  /// - Returns: whether it is about the rows that are open, and comes after the answer about all of them.
  package mutating func accept(_ reviews: SharedReviews, about keys: [ListingKey]?, of dataset: Dataset) -> Bool {
    guard dataset === snapshot.dataset else { return false }
    if let keys {
      guard snapshot.reviews != nil else { return false }
      let rows = snapshot.rows(of: keys).map(\.row)
      snapshot.reviews?.replace(keys, rows, by: reviews)
    } else {
      snapshot.reviews = reviews
    }
    snapshot.verdictsVersion += 1
    return true
  }

  /// Takes which listings are in another analyst's queue.
  ///
  /// - Returns: whether that changed for the rows that are open.
  package mutating func accept(leased: RowSet, of dataset: Dataset) -> Bool {
    guard dataset === snapshot.dataset, snapshot.leased != leased else { return false }
    snapshot.leased = leased
    snapshot.verdictsVersion += 1
    return true
  }

  /// Takes the taxon tables, which are read before the lexicons are.
  package mutating func accept(_ taxa: TaxonTable) { snapshot.taxa = taxa }
}
