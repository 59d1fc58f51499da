import Casework
import Listings

/// Where decisions are that no casebook holds.
package enum Kept: Equatable, Sendable {
  case inFile(String)
  /// Only this program knows them, because no file could be written.
  case inMemory(why: String)
}

/// Why something asked for was not filed, and where it is kept meanwhile; undo and redo are not kept.
package struct FilingRefusal: Error, Equatable, Sendable {
  package let error: CasebookError
  package let kept: Kept?

  package init(error: CasebookError, kept: Kept?) {
    self.error = error
    self.kept = kept
  }

  package var sentence: String {
    switch kept {
    case nil: error.sentence
    case .inFile(let path)?: error.sentence + " It is kept in \(path)."
    case .inMemory(let why)?:
      error.sentence + " It is kept in this program only, as no file could be written (\(why))."
    }
  }
}

/// That a casebook was lost while it was open, with decisions that were shown as saved.
package struct LostCasebook: Equatable, Sendable {
  package let error: CasebookError
  /// The listings whose decisions are in no casebook.
  package let unsaved: [ListingKey]
  /// nil where there are none.
  package let kept: Kept?

  /// What happened, what is kept where, and what to do about it.
  package var sentence: String {
    let happened = if case .lost(let path, let loss) = error { "\(path) \(loss.predicate)." } else { error.sentence }
    let count = "\(unsaved.count) listing\(unsaved.count == 1 ? "" : "s")"
    let what =
      switch kept {
      case nil: "No decision of this session is lost by that."
      case .inFile(let file)?:
        "What was decided of \(count) is NOT saved; it is kept in \(file). File it into a casebook that you name: "
          + "`:rescue` on the screen, or `linsang casebook rescue` in the shell."
      case .inMemory(let why)?:
        "What was decided of \(count) is NOT saved, and no file could be written (\(why)): it is lost when you leave. "
          + "File it into a casebook that you name with `:rescue` now."
      }
    return "\(happened) \(what)"
  }
}
