import Casework
import Dispatch
import Listings
import Synchronization

/// Files changes off the caller's thread, one after the other in the order they were asked for, and keeps what the
/// casebook does not take.
///
/// Cost:   `submit` returns at once; the disk is waited for on the queue's own thread.
package final class FilingQueue: Sendable {
  private let queue = DispatchQueue(label: "linsang.casebook.filing", qos: .userInitiated)
  private let rescueFolders: [String]
  private let onLoss: @Sendable (LostCasebook) -> Void
  /// Changed on the queue only.
  private let session: Mutex<Session>

  private struct Session: ~Copyable {
    var casebook: Casebook
    var ledger = SessionLedger()
    var file: RescueFile?
    /// What could not be written into a file yet.
    var waiting: [RescuedDecision] = []
    var isLossTold = false
  }

  /// - Parameters:
  ///   - rescueFolders: where to keep decisions if the casebook's own folder does not take them.
  ///   - onLoss: called once, on the queue's thread, when the casebook is found lost.
  package init(
    _ casebook: Casebook, rescueFolders: [String] = [], onLoss: @escaping @Sendable (LostCasebook) -> Void = { _ in }
  ) {
    session = Mutex(Session(casebook: casebook))
    self.rescueFolders = rescueFolders
    self.onLoss = onLoss
  }

  package var casebook: Casebook { session.withLock { $0.casebook } }

  // MARK: Filing

  /// Files the change when all before it are filed. `reply` is called on the queue's thread, with what is then on
  /// the disk or why it is not; a failure does not hold up what comes after it.
  package func submit(
    _ change: Change, at time: String, seen: [ListingSnapshot] = [],
    reply: @escaping @Sendable (Result<Applied, FilingRefusal>) -> Void
  ) {
    queue.async { [self] in
      let result: Result<Applied, FilingRefusal>
      do throws(CasebookError) {
        let applied = try casebook.apply(change, at: time, seen: seen)
        saved(applied, at: time, seen: seen)
        result = .success(applied)
      } catch {
        // First what was shown as saved and is not: it stands before this in the file.
        tellLoss(error)
        result = .failure(FilingRefusal(error: error, kept: keep(change, at: time, seen: seen, refusedFor: error)))
      }
      reply(result)
    }
  }

  /// Does other work on the casebook, in its turn among the changes.
  package func perform(_ work: @escaping @Sendable (Casebook) -> Void) {
    queue.async { [self] in work(casebook) }
  }

  /// Returns when everything submitted before is on the disk or refused, and every reply has been given. Not to be
  /// called from a reply.
  package func drain() {
    dispatchPrecondition(condition: .notOnQueue(queue))
    queue.sync {}
  }

  private func saved(_ applied: Applied, at time: String, seen: [ListingSnapshot]) {
    session.withLock { session in
      session.ledger.save(applied.decisions, at: time, seen: seen)
      if session.casebook.unfoldedCommits == 0 { session.ledger.fold() }
      // Decided again, and saved this time.
      guard session.ledger.unsavedKeys.isEmpty, session.file != nil else { return }
      session.file?.remove()
      session.file = nil
      session.waiting = []
    }
  }

  // MARK: Keeping

  private func keep(
    _ change: Change, at time: String, seen: [ListingSnapshot], refusedFor error: CasebookError
  ) -> Kept? {
    guard let (part, keys) = change.decision, error != .nothingToDecide, error != .namelessAnalyst else { return nil }
    let decisions = keys.map { Decision(key: $0, part: part) }
    return session.withLock { session in
      keep(session.ledger.refuse(decisions, at: time, seen: seen), at: time, &session)
    }
  }

  private func keep(_ decisions: [RescuedDecision], at time: String, _ session: inout Session) -> Kept {
    session.waiting += decisions
    do throws(RescueFile.Failure) {
      if session.file == nil { session.file = try newFile(session, at: time) }
      try session.file?.append(session.waiting)
      session.waiting = []
      return .inFile(session.file?.path ?? "")
    } catch {
      return .inMemory(why: error.why)
    }
  }

  private func newFile(_ session: borrowing Session, at time: String) throws(RescueFile.Failure) -> RescueFile {
    let casebook = session.casebook
    let source = RescueSource(
      analyst: casebook.analyst, casebook: casebook.path, token: casebook.token ?? "unknown")
    let folders = [CasebookFile(path: casebook.path).folder] + rescueFolders
    return try .make(for: source, in: folders, at: time)
  }

  // MARK: Losses

  /// Looks whether the casebook is still there, and folds its log in when nothing was filed for a while.
  ///
  /// - Parameter folds: fold the log in now.
  package func look(folding folds: Bool) {
    queue.async { [self] in
      do throws(CasebookError) {
        try casebook.checkFiles()
        if folds, casebook.unfoldedCommits > 0, try casebook.fold() { session.withLock { $0.ledger.fold() } }
      } catch {
        tellLoss(error)
      }
    }
  }

  /// Counts what the lost casebook held as unsaved, keeps it, and says so once.
  private func tellLoss(_ error: CasebookError) {
    guard case .lost(_, let loss) = error, !session.withLock({ $0.isLossTold }) else { return }
    onLoss(
      session.withLock { session in
        session.isLossTold = true
        session.ledger.lose(loss)
        let unsaved = session.ledger.unsavedDecisions
        let kept = unsaved.isEmpty ? nil : keep(unsaved, at: SystemClock.now(), &session)
        return LostCasebook(error: error, unsaved: session.ledger.unsavedKeys, kept: kept)
      })
  }

  /// Files what is in no casebook into the one at `path`, which is made if there is none, and goes on with it.
  package func rescue(
    into path: String, at time: String, reply: @escaping @Sendable (Result<RescueFiled, CasebookError>) -> Void
  ) {
    queue.async { [self] in
      do throws(CasebookError) {
        reply(.success(try rescue(into: path, at: time)))
      } catch {
        reply(.failure(error))
      }
    }
  }

  private func rescue(into path: String, at time: String) throws(CasebookError) -> RescueFiled {
    let old = casebook
    let isSamePath = CasebookFile(path: path).resolvedPath == CasebookFile(path: old.path).resolvedPath
    let isSame = isSamePath && old.fault == nil
    // SQLite shares what it knows of a file among the connections of one program: the old one must be gone first.
    if isSamePath, !isSame { try? old.close() }
    let book = isSame ? old : try Casebook.open(path: path, analyst: old.analyst)
    if let fault = book.fault { throw fault }
    let (decisions, token) = session.withLock { ($0.ledger.unsavedDecisions, $0.casebook.token) }
    let source = RescueSource(analyst: old.analyst, casebook: old.path, token: token ?? "unknown")
    let filed = try book.file(decisions, from: source, at: time)
    try book.fold()
    if !isSame { try? old.close() }
    session.withLock { session in
      session.casebook = book
      session.ledger.settle()
      session.file = nil
      session.waiting = []
      session.isLossTold = false
    }
    return filed
  }

  /// Ends the work: waits for all that was submitted, looks whether the casebook is still there, and closes it.
  ///
  /// - Returns: what is in no casebook; nil where everything is.
  package func finish() -> LostCasebook? {
    dispatchPrecondition(condition: .notOnQueue(queue))
    return queue.sync {
      let fault = casebook.fault
      var error: CasebookError? = if case .lost? = fault { fault } else { nil }
      do throws(CasebookError) {
        try casebook.close()
      } catch let closing {
        tellLoss(closing)
        error = closing
      }
      return session.withLock { session in
        let unsaved = session.ledger.unsavedKeys
        guard error != nil || !unsaved.isEmpty else { return nil }
        let file = session.waiting.isEmpty ? session.file?.path : nil
        let kept = file.map { Kept.inFile($0) } ?? .inMemory(why: "its folder and others refused it")
        let why = error ?? session.casebook.fault ?? .failed(path: session.casebook.path, why: "not all was saved")
        return LostCasebook(error: why, unsaved: unsaved, kept: unsaved.isEmpty ? nil : kept)
      }
    }
  }
}
