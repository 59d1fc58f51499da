import Casework
import GRDB
import Listings
import Sentences

/// Why the casebook could not do what was asked. Nothing is half-written: every change is one SQL transaction.
///
/// Shape:  `sentence` is what the screen and the shell show.
package enum CasebookError: Error, Equatable, Sendable {
  /// The file is something else.
  case notACasebook(path: String)
  /// A newer program made or migrated it.
  case newerThanProgram(path: String, version: Int, known: Int)
  case noSuchFile(path: String)
  /// A program was stopped while it made the file: nothing is in it yet.
  case neverCompleted(path: String)
  /// The folder or file could not be made.
  case cannotCreate(path: String, why: String)
  case readOnly(path: String)
  /// Another program held the file for longer than `patience`.
  case locked(path: String)
  case damaged(path: String, why: String)
  /// The file at the path is no longer the one that is open.
  case lost(path: String, CasebookLoss)
  /// The log beside the file belongs to another casebook, or to another state of this one.
  case strayLog(path: String)
  /// The file can be read, but its schema or its chain is not as it was written, so nothing more is filed into it.
  case untrusted(path: String, why: String)
  /// The copy could not be made.
  case cannotBackUp(path: String, to: String, why: String)
  /// The program was stopped in the midst of a change, which has to be taken back first and cannot be.
  case interrupted(path: String)
  /// Another casebook was not merged into this one.
  case cannotMerge(path: String, other: String, MergeProblem)
  /// The device is full.
  case full(path: String)
  /// A constraint or trigger of the casebook rejected the change.
  case refused(path: String, why: String)
  /// The system failed in some other way.
  case failed(path: String, why: String)
  /// This analyst has no transaction to take back.
  case nothingToUndo
  /// This analyst has taken nothing back.
  case nothingToRedo
  /// The change names no listing.
  case nothingToDecide
  /// Without a name an analyst cannot sign events.
  case namelessAnalyst
}

extension CasebookError {
  /// An error of SQLite, for the casebook at `path`.
  init(_ error: DatabaseError, path: String) {
    let why = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .readOnly(path: path)
    case .SQLITE_FULL: self = .full(path: path)
    // The index of the log could not be given its size: SQLite says so whatever the reason, and it is hardly another.
    case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_SHMSIZE: self = .full(path: path)
    case .SQLITE_NOTADB: self = .notACasebook(path: path)
    case .SQLITE_CORRUPT, .SQLITE_FORMAT: self = .damaged(path: path, why: why)
    case .SQLITE_CONSTRAINT: self = .refused(path: path, why: why)
    default: self = .failed(path: path, why: why)
    }
  }

  /// Any error of work on the casebook at `path`.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as CasebookError: self = error
    case let error as DatabaseError: self.init(error, path: path)
    case let error as UnreadableEvent: self = .damaged(path: path, why: "event \(error.number) is not an audit line")
    default: self = .failed(path: path, why: "\(error)")
    }
  }
}

extension CasebookError: CustomStringConvertible {
  /// The same as `sentence`.
  package var description: String { sentence }

  /// What happened, to which file, what is unharmed, and what to do next.
  package var sentence: String {
    switch self {
    case .notACasebook(let path):
      localized(
        "\(path) is not a casebook. It was not changed. Name another file, or a new one to begin a casebook.")
    case .newerThanProgram(let path, let version, let known):
      localized(
        "\(path) was written by a newer linsang (casebook version \(version); this one knows up to \(known)). "
          + "It was not changed. Use the newer program for it.")
    case .noSuchFile(let path):
      localized(
        "There is no casebook \(path). Nothing was made. Check the name.")
    case .neverCompleted(let path):
      localized(
        "\(path) is a casebook without anything in it: linsang was stopped while it made it. Nothing was changed, and no decision "
          + "is lost. Open it for deciding, and it is completed.")
    case .cannotCreate(let path, let why):
      localized(
        "The casebook \(path) could not be made: \(why). Nothing was changed. Choose a folder you may write to.")
    case .readOnly(let path):
      localized(
        "\(path), or its folder, may not be written to by you. What is in it is unharmed; what you just decided is not "
          + "saved. Ask its owner for write permission, or use a copy in a folder of yours.")
    case .interrupted(let path):
      localized(
        "\(path) was being changed when linsang was stopped, and that change has to be taken back before the casebook can be "
          + "read; you may not write to it or its folder. Nothing was lost. Ask its owner to open it once, or copy it together "
          + "with \(path)-journal into a folder of yours and open it there.")
    case .locked(let path):
      localized(
        "\(path) is held by another program. What is in it is unharmed; what you just decided is not saved. Try again, "
          + "or find out who has it open.")
    case .damaged(let path, let why):
      localized(
        "\(path) is damaged (\(why)). It was not changed. Keep it as it is, and go on from your latest copy; "
          + "`linsang casebook verify` names what is still whole.")
    case .lost(let path, let loss):
      loss.sentence(of: path) + " "
        + localized(
          "What you just decided is not saved in it, and nothing more will be. Whatever is there now was not changed. "
            + "File what was decided into a casebook that you name.")
    case .strayLog(let path):
      localized(
        "\(path)-wal is not the log of \(path): one of the two was replaced, or put back from a copy. Neither was changed. "
          + "To open \(path) as it is, move \(path)-wal and \(path)-shm to another folder; keep them, they may hold "
          + "decisions that are nowhere else.")
    case .untrusted(let path, let why):
      localized(
        "\(path) is not as linsang wrote it: \(why). It was not changed, and nothing more is filed into it. Keep it as "
          + "evidence, go on from your latest copy or in another casebook, and see `linsang casebook verify`.")
    case .cannotBackUp(let path, let target, let why):
      localized(
        "\(path) was not copied to \(target): \(why). The casebook is unharmed, and no other file was changed. Name a new file in "
          + "a folder that you may write to.")
    case .cannotMerge(let path, let other, let problem):
      localized(
        "\(other) \(problem.clause). Nothing was merged into \(path), and no casebook was changed. Keep both; see `linsang casebook "
          + "verify` for each.")
    case .full(let path):
      localized(
        "There is no room left on the device of \(path). What is in it is unharmed; what you just decided is not saved. "
          + "Make room, then decide again.")
    case .refused(let path, let why):
      localized(
        "\(path) refused the act (\(why)). What is in it is unharmed; what you just decided is not saved. "
          + "Check it with `linsang casebook verify`.")
    case .failed(let path, let why):
      localized(
        "\(path) could not be read or written: \(why). What you just decided is not saved; what was saved before stays. "
          + "Check the disk, then try again.")
    case .nothingToUndo: localized("There is nothing of yours to undo. Nothing was changed.")
    case .nothingToRedo: localized("There is nothing of yours to redo. Nothing was changed.")
    case .nothingToDecide: localized("No listing was named. Nothing was changed.")
    case .namelessAnalyst:
      localized("An analyst's name is needed to sign what is decided. Nothing was changed; give a name.")
    }
  }
}

/// How an open casebook ceased to be the file at its path. Whatever is filed after that would be lost.
///
/// Shape:  found by `FileGuard`, before and after every commit.
package enum CasebookLoss: Equatable, Sendable {
  /// Nothing is at the path: file or folder was deleted or moved.
  case gone
  /// Another file is at the path.
  case replaced
  /// The same file now holds another casebook, or an earlier state.
  case overwritten
  /// The file ends too early.
  case cutShort
  /// The log beside the file, or the log's index, was deleted, cut or swapped.
  case logLost

  /// What happened to the file at a path.
  package func sentence(of path: String) -> String {
    switch self {
    case .gone: localized("\(path) was deleted or moved away while it was open.")
    case .replaced: localized("\(path) was replaced by another file while it was open.")
    case .overwritten:
      localized("\(path) was overwritten while it was open, and is no longer the casebook that was opened.")
    case .cutShort: localized("\(path) was cut short while it was open.")
    case .logLost: localized("\(path) lost the files SQLite keeps beside it (-wal, -shm) while it was open.")
    }
  }

  /// Two or three words, for a bar.
  package var short: String {
    switch self {
    case .gone: localized("casebook gone")
    case .replaced: localized("casebook replaced")
    case .overwritten: localized("casebook overwritten")
    case .cutShort: localized("casebook cut short")
    case .logLost: localized("casebook log lost")
    }
  }
}

/// Where decisions are kept that no casebook holds.
package enum Kept: Equatable, Sendable {
  /// In a rescue file at this path.
  case inFile(String)
  /// In this program only, because no file could be written.
  case inMemory(why: String)
}

/// Why a change was not filed, and where its decisions are kept meanwhile. Undo and redo are not kept.
package struct FilingError: Error, Equatable, Sendable {
  /// What the casebook said.
  package let error: CasebookError
  /// Nil for a change that is not kept.
  package let kept: Kept?

  package init(error: CasebookError, kept: Kept?) {
    self.error = error
    self.kept = kept
  }

  /// What happened, and where the decisions are.
  package var sentence: String {
    switch kept {
    case nil: error.sentence
    case .inFile(let path)?: error.sentence + " " + localized("It is kept in \(path).")
    case .inMemory(let why)?:
      error.sentence + " "
        + localized("It is kept in this program only, as no file could be written (\(why)).")
    }
  }
}

/// The loss of a casebook while it was open, with the decisions that had been shown as saved.
package struct LostCasebook: Equatable, Sendable {
  package let error: CasebookError
  /// The listings whose decisions no casebook holds.
  package let unsaved: [ListingKey]
  /// Nil where nothing is unsaved.
  package let kept: Kept?

  /// What happened, what is kept where, and what to do.
  package var sentence: String {
    let happened = if case .lost(let path, let loss) = error { loss.sentence(of: path) } else { error.sentence }
    let listings = unsaved.count
    let what =
      switch kept {
      case nil: localized("No decision of this session is lost by that.")
      case .inFile(let file)?:
        localized(
          listings,
          one:
            "What was decided of \(listings) listing is NOT saved; it is kept in \(file). File it into a casebook that "
            + "you name: the command rescue on the screen, or `linsang casebook rescue` in the shell.",
          other:
            "What was decided of \(listings) listings is NOT saved; it is kept in \(file). File it into a casebook that "
            + "you name: the command rescue on the screen, or `linsang casebook rescue` in the shell.")
      case .inMemory(let why)?:
        localized(
          listings,
          one:
            "What was decided of \(listings) listing is NOT saved, and no file could be written (\(why)): it is lost "
            + "when you leave. File it into a casebook that you name with the command rescue now.",
          other:
            "What was decided of \(listings) listings is NOT saved, and no file could be written (\(why)): it is lost "
            + "when you leave. File it into a casebook that you name with the command rescue now.")
      }
    return "\(happened) \(what)"
  }
}
