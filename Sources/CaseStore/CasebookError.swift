import GRDB

/// Why the casebook could not do what was asked. Nothing was half-written: every act is one transaction.
package enum CasebookError: Error, Equatable, Sendable {
  /// The file is something else, or was never finished being made.
  case notACasebook(path: String)
  /// A later program made or migrated it.
  case newerThanProgram(path: String, version: Int, known: Int)
  case noSuchFile(path: String)
  /// The folder or the file could not be made.
  case cannotCreate(path: String, why: String)
  case readOnly(path: String)
  /// Another program held the file for longer than this one waits.
  case locked(path: String)
  case damaged(path: String, why: String)
  /// The open file is no longer the one at the path.
  case lost(path: String, CasebookLoss)
  /// The log beside it belongs to another casebook, or to another state of this one.
  case strayLog(path: String)
  /// It can be read, but its rules or its chain are not as they were written: nothing more is filed into it.
  case untrusted(path: String, why: String)
  /// No room left on the device.
  case full(path: String)
  /// The casebook's own rules refused the act.
  case refused(path: String, why: String)
  /// The system failed in another way.
  case failed(path: String, why: String)
  case nothingToUndo
  case nothingToRedo
  /// A change that names no listing.
  case nothingToDecide
  /// An analyst without a name cannot sign events.
  case namelessAnalyst
}

extension CasebookError {
  /// The error as SQLite reported it for the casebook at `path`.
  init(_ error: DatabaseError, path: String) {
    let why = error.message ?? "SQLite error \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH: self = .readOnly(path: path)
    case .SQLITE_FULL: self = .full(path: path)
    case .SQLITE_NOTADB: self = .notACasebook(path: path)
    case .SQLITE_CORRUPT, .SQLITE_FORMAT: self = .damaged(path: path, why: why)
    case .SQLITE_CONSTRAINT: self = .refused(path: path, why: why)
    default: self = .failed(path: path, why: why)
    }
  }

  /// Any error that came out of working on the casebook at `path`.
  init(_ error: any Error, path: String) {
    switch error {
    case let error as CasebookError: self = error
    case let error as DatabaseError: self.init(error, path: path)
    case let error as UnreadableEvent: self = .damaged(path: path, why: "event \(error.number) is not an audit line")
    default: self = .failed(path: path, why: "\(error)")
    }
  }
}
