import Listings

/// How far reading the files has come.
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

/// What is being done with the open files. One thing at a time: whoever asks for another one while a reading is under way
/// is refused, or takes its place.
package enum Reading: Sendable {
  /// Rows arrive, or all have arrived.
  case opening(Loading)
  /// The files are read again as they are now; the rows read before stay open meanwhile.
  case rereading
  /// The files were read again, and the new rows wait until the analyst has finished what is being typed.
  case awaitingTurn(RereadFiles)
  /// The same rows are read with other columns; `before` is how far reading them had come.
  case changingColumns(before: Loading)
}

/// The open files as they were read a second time.
package struct RereadFiles: Equatable, Sendable {
  package let dataset: Dataset
  package let problems: ProblemList
  package let problemRows: RowSet
  /// Where the rows of the reading before are in this one.
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
