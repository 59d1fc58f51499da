extension CasebookError: CustomStringConvertible {
  package var description: String { sentence }

  /// What happened, to which file, what is unharmed, and what to do next.
  package var sentence: String {
    switch self {
    case .notACasebook(let path):
      "\(path) is not a casebook. It was not changed. Name another file, or a new one to begin a casebook."
    case .newerThanProgram(let path, let version, let known):
      "\(path) was written by a newer linsang (casebook version \(version); this one knows up to \(known)). "
        + "It was not changed. Use the newer program for it."
    case .noSuchFile(let path):
      "There is no casebook \(path). Nothing was made. Check the name."
    case .cannotCreate(let path, let why):
      "The casebook \(path) could not be made: \(why). Nothing was changed. Choose a folder you may write to."
    case .readOnly(let path):
      "\(path), or its folder, may not be written to by you. What is in it is unharmed; what you just decided is not "
        + "saved. Ask its owner for write permission, or use a copy in a folder of yours."
    case .locked(let path):
      "\(path) is held by another program. What is in it is unharmed; what you just decided is not saved. Try again, "
        + "or find out who has it open."
    case .damaged(let path, let why):
      "\(path) is damaged (\(why)). It was not changed. Keep it as it is, and go on from your latest copy; "
        + "`linsang casebook verify` names what is still whole."
    case .lost(let path, let loss):
      "\(path) \(loss.predicate). What you just decided is not saved in it, and nothing more will be. Whatever is there "
        + "now was not changed. File what was decided into a casebook that you name."
    case .strayLog(let path):
      "\(path)-wal is not the log of \(path): one of the two was replaced, or put back from a copy. Neither was changed. "
        + "To open \(path) as it is, move \(path)-wal and \(path)-shm to another folder; keep them, they may hold "
        + "decisions that are nowhere else."
    case .untrusted(let path, let why):
      "\(path) is not as linsang wrote it: \(why). It was not changed, and nothing more is filed into it. Keep it as "
        + "evidence, go on from your latest copy or in another casebook, and see `linsang casebook verify`."
    case .full(let path):
      "There is no room left on the device of \(path). What is in it is unharmed; what you just decided is not saved. "
        + "Make room, then decide again."
    case .refused(let path, let why):
      "\(path) refused the act (\(why)). What is in it is unharmed; what you just decided is not saved. "
        + "Check it with `linsang casebook verify`."
    case .failed(let path, let why):
      "\(path) could not be read or written: \(why). What you just decided is not saved; what was saved before stays. "
        + "Check the disk, then try again."
    case .nothingToUndo: "There is nothing of yours to undo. Nothing was changed."
    case .nothingToRedo: "There is nothing of yours to redo. Nothing was changed."
    case .nothingToDecide: "No listing was named. Nothing was changed."
    case .namelessAnalyst: "An analyst's name is needed to sign what is decided. Nothing was changed; give a name."
    }
  }
}
