/// Why an open casebook is no longer the file at its path. What is filed from then on would be lost with it.
package enum CasebookLoss: Equatable, Sendable {
  /// Nothing is at the path: the file, or its folder, was deleted or moved.
  case gone
  /// Another file is at the path.
  case replaced
  /// The same file holds what another, or an earlier, casebook does.
  case overwritten
  /// The file ends before its end.
  case cutShort
  /// The log beside it, or the log's index, was deleted, cut or swapped.
  case logLost

  /// What happened, to stand after the file's name.
  package var predicate: String {
    switch self {
    case .gone: "was deleted or moved away while it was open"
    case .replaced: "was replaced by another file while it was open"
    case .overwritten: "was written over while it was open, and is no longer the casebook that was opened"
    case .cutShort: "was cut short while it was open"
    case .logLost: "lost the files SQLite keeps beside it (-wal, -shm) while it was open"
    }
  }

  /// A word or two, for a bar.
  package var short: String {
    switch self {
    case .gone: "casebook gone"
    case .replaced: "casebook replaced"
    case .overwritten: "casebook written over"
    case .cutShort: "casebook cut short"
    case .logLost: "casebook log lost"
    }
  }
}
