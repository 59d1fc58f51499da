import Casework
import CodeWords
import Listings
import Taxa

/// The one owner of what is open: the newest snapshot, what is being done with the files, and the lexicons that are to take
/// the place of those in force. A value without threads: who reads, flags or decides hands the outcome in here.
package struct OpenSession: Sendable {
  package private(set) var snapshot = Snapshot()
  package private(set) var reading = Reading.opening(Loading())
  /// Newer lexicons, until the listings have been flagged with them as far as with those in force.
  package private(set) var coming: ComingLexicons?
  /// Whether the lexicons were asked for.
  private var areLexiconsAwaited = false
  /// The rows of which it was asked already whether the casebook has them under earlier keys.
  private var askedForEarlierKeys: Dataset?
  /// Flags of a trial that may be adopted, and the rows they are of.
  private var tried: (flags: RowFlags, dataset: Dataset)?

  package struct ComingLexicons: Sendable {
    package let lexicons: LoadedLexicons
    /// Rows flagged with them so far.
    package internal(set) var rowCount = 0
  }

  package init() {}

  /// Listings that are read, and nothing known of them yet.
  package init(of dataset: Dataset) {
    snapshot = Snapshot(dataset)
    reading = .opening(Loading(isComplete: true))
  }

  // MARK: Reading the files

  /// How far the first reading has come.
  package var loading: Loading {
    switch reading {
    case .opening(let loading), .changingColumns(let loading): loading
    case .rereading, .awaitingTurn: Loading(isComplete: true)
    }
  }

  /// Whether all rows are there.
  package var isComplete: Bool { loading.isComplete }

  /// Whether the open files are being read a second time, for whatever reason.
  package var isReadingAgain: Bool { if case .opening = reading { false } else { true } }

  package var isChangingColumns: Bool { if case .changingColumns = reading { true } else { false } }

  /// Takes in more rows of the reading under way.
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

  /// Flags and trials of other rows say nothing of these.
  private mutating func open(_ dataset: Dataset) {
    if snapshot.dataset !== dataset { snapshot.listings = nil }
    if !snapshot.dataset.hasSameColumns(as: dataset) {
      tried = nil
      snapshot.flags = RowFlags(snapshot.flags.lexicons)
      coming?.rowCount = 0
    }
    snapshot.dataset = dataset
  }

  /// The files are to be read again as they are now. Not while they are read for the first time or already again.
  package mutating func beginRereading() {
    precondition(isComplete && !isReadingAgain, "one reading at a time")
    reading = .rereading
  }

  /// - Returns: whether it was awaited; what belongs to an earlier reading is not.
  package mutating func finishRereading(_ files: RereadFiles, from old: Dataset) -> Bool {
    guard case .rereading = reading, old === snapshot.dataset else { return false }
    reading = .awaitingTurn(files)
    return true
  }

  package mutating func refuseRereading() {
    if case .rereading = reading { reading = .opening(Loading(isComplete: true)) }
  }

  /// Puts the files that were read again in the place of the rows open so far.
  package mutating func adoptReread() -> RereadFiles? {
    guard case .awaitingTurn(let files) = reading else { return nil }
    reading = .opening(Loading(isComplete: true))
    open(files.dataset)
    snapshot.problems = files.problems
    snapshot.problemRows = files.problemRows
    setVerdicts(snapshot.verdicts.carried(files.carried))
    return files
  }

  /// The same rows are to be read with other columns, be it while they still arrive.
  package mutating func beginChangingColumns() { reading = .changingColumns(before: loading) }

  /// - Returns: whether it was awaited.
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

  /// The rows open so far stay. Those that were still to arrive do not come any more: reading them was given up for the
  /// sake of the new columns.
  ///
  /// - Returns: whether rows are missing.
  package mutating func refuseChangingColumns() -> Bool {
    guard case .changingColumns(var loading) = reading else { return false }
    let isMissingRows = !loading.isComplete
    loading.isComplete = true
    reading = .opening(loading)
    return isMissingRows
  }

  // MARK: Rows, listings, verdicts

  /// - Returns: whether they are of the rows that are open.
  package mutating func take(_ listings: ListingRows, of dataset: Dataset) -> Bool {
    guard dataset === snapshot.dataset else { return false }
    snapshot.listings = listings
    return true
  }

  /// Whether it is still to be found out which verdicts the casebook holds for these rows under keys of an earlier form;
  /// true once all rows are there, and once only.
  package mutating func asksForEarlierVerdicts() -> Bool {
    let dataset = snapshot.dataset
    guard dataset.isComplete, dataset.rowCount > 0, askedForEarlierKeys?.hasSameColumns(as: dataset) != true else {
      return false
    }
    askedForEarlierKeys = dataset
    return true
  }

  package mutating func setVerdicts(_ verdicts: RowVerdicts) {
    snapshot.verdicts = verdicts
    snapshot.verdictsVersion += 1
  }

  /// What is decided about the listings of these rows from now on.
  package mutating func set(_ statuses: some Sequence<(row: Int, status: ReviewStatus)>) {
    for (row, status) in statuses { snapshot.verdicts.set(status, at: row) }
    snapshot.verdictsVersion += 1
  }

  // MARK: Lexicons, flags, taxa

  /// The lexicons that were read last, be they in force yet or not.
  package var newestLexicons: LoadedLexicons? { coming?.lexicons ?? snapshot.lexicons }

  /// Whether the lexicons are still to be asked for; true once.
  package mutating func asksForLexicons() -> Bool {
    guard newestLexicons == nil, !areLexiconsAwaited else { return false }
    areLexiconsAwaited = true
    return true
  }

  /// Takes lexicons that were just read: at once where there are no flags to lose, else when the listings are flagged with
  /// them as far as they are now. Half of the flags would take listings away that come back a moment later.
  ///
  /// - Returns: whether they are in force now.
  package mutating func take(_ lexicons: LoadedLexicons) -> Bool {
    areLexiconsAwaited = true
    if let tried, tried.flags.lexicons === lexicons.compiled, tried.dataset === snapshot.dataset {
      self.tried = nil
      adopt(lexicons, tried.flags)
      coming = nil
      return true
    }
    tried = nil
    if lexicons.compiled === snapshot.flags.lexicons {
      // The same terms as before: the flags made with them stay.
      (snapshot.lexicons, coming) = (lexicons, nil)
      return true
    }
    coming = ComingLexicons(lexicons: lexicons)
    return take(RowFlags(lexicons.compiled))
  }

  /// - Returns: whether the flags of the snapshot changed.
  package mutating func take(_ flags: RowFlags) -> Bool {
    // What was still being flagged with lexicons that are neither in force nor to be so is no longer wanted.
    let wanted = [snapshot.lexicons, coming?.lexicons].compactMap { $0?.compiled }
    guard wanted.isEmpty || wanted.contains(where: { $0 === flags.lexicons }) else { return false }
    guard reachesAsFar(flags) else {
      if coming?.lexicons.compiled === flags.lexicons { coming?.rowCount = flags.rowCount }
      return false
    }
    let lexicons = newestLexicons.flatMap { $0.compiled === flags.lexicons ? $0 : nil }
    adopt(lexicons ?? snapshot.lexicons.flatMap { $0.compiled === flags.lexicons ? $0 : nil }, flags)
    return true
  }

  private func reachesAsFar(_ flags: RowFlags) -> Bool {
    let isSame = flags.lexicons === snapshot.flags.lexicons || flags.lexicons.terms.isEmpty
    return isSame || flags.rowCount >= min(snapshot.flags.rowCount, snapshot.dataset.rowCount)
  }

  private mutating func adopt(_ lexicons: LoadedLexicons?, _ flags: RowFlags) {
    snapshot.flags = flags
    snapshot.lexicons = lexicons
    if coming?.lexicons.compiled === flags.lexicons { coming = nil }
  }

  /// Rows flagged so far with lexicons that are not in force yet; nil where there are none.
  package var comingRowCount: Int? { coming?.rowCount }

  /// Keeps the flags of a trial, so that adopting it need not flag anything again.
  package mutating func keepTrial(_ flags: RowFlags, of dataset: Dataset) {
    if dataset === snapshot.dataset { tried = (flags, dataset) }
  }

  package mutating func forgetTrial() { tried = nil }

  /// The flags of the trial that may be adopted.
  package var triedFlags: RowFlags? { tried?.flags }

  package mutating func take(_ taxa: TaxonTable) { snapshot.taxa = taxa }
}
