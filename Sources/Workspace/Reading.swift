import Listings

/// How far reading the files has got, for the title bar.
package struct Loading: Equatable, Sendable {
  package var bytesRead: Int
  package var bytesTotal: Int
  package var isComplete: Bool

  package init(bytesRead: Int = 0, bytesTotal: Int = 0, isComplete: Bool = false) {
    self.bytesRead = bytesRead
    self.bytesTotal = bytesTotal
    self.isComplete = isComplete
  }
}

/// What is being done with the open files.
///
/// Only one thing happens at a time. A request made during a reading is refused or replaces that reading.
package enum Reading: Sendable {
  /// Rows are arriving, or all have arrived.
  case opening(Loading)
  /// The files are being read again as they are now; the earlier rows stay open meanwhile.
  case rereading
  /// The files have been read again. Their rows wait until the analyst has finished typing.
  case awaitingTurn(RereadFiles)
  /// The same rows are being read with other columns; `before` says how far the first reading had got.
  case changingColumns(before: Loading)
}

/// The open files as read a second time.
package struct RereadFiles: Equatable, Sendable {
  package let dataset: Dataset
  package let problems: ProblemList
  package let problemRows: RowSet
  /// Where the earlier rows are among these.
  package let carried: CarriedRows

  package init(_ dataset: Dataset, problems: ProblemList, problemRows: RowSet, carried: CarriedRows) {
    self.dataset = dataset
    self.problems = problems
    self.problemRows = problemRows
    self.carried = carried
  }

  package static func == (a: RereadFiles, b: RereadFiles) -> Bool {
    a.dataset === b.dataset && a.problems == b.problems && a.problemRows == b.problemRows && a.carried == b.carried
  }
}
