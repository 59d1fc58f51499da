import Casework
import Dispatch
import Listings
import Synchronization

/// Files changes off the caller's thread, in the order they were submitted, and keeps what the casebook does not accept.
///
/// Cost:   `submit` returns at once; the queue's own thread waits for the disk.
/// Fails:  never by itself: each reply says whether its change is on disk.
package final class FilingQueue: Sendable {
  private let queue = DispatchQueue(label: "linsang.casebook.filing", qos: .userInitiated)
  private let rescueFolders: [String]
  private let onLoss: @Sendable (LostCasebook) -> Void
  /// Changed only on the queue.
  private let session: Mutex<Session>

  /// What is kept between changes.
  private struct Session: ~Copyable {
    /// The casebook that changes go to.
    var casebook: Casebook
    /// What this session decided.
    var ledger = SessionLedger()
    /// The rescue file, once something was refused.
    var file: RescueFile?
    /// Decisions that no file has accepted yet.
    var waiting: [RescuedDecision] = []
    /// Why the casebook refused a decision last.
    var refusal: CasebookError?
    /// Whether `onLoss` was called for this casebook.
    var isLossReported = false
  }

  /// - Parameters:
  ///   - rescueFolders: where to keep decisions if the casebook's own folder does not accept them.
  ///   - onLoss: called once, on the queue's thread, when the casebook turns out to be lost.
  package init(
    _ casebook: Casebook, rescueFolders: [String] = [], onLoss: @escaping @Sendable (LostCasebook) -> Void = { _ in }
  ) {
    session = Mutex(Session(casebook: casebook))
    self.rescueFolders = rescueFolders
    self.onLoss = onLoss
  }

  /// The casebook in use. After a rescue it is another one.
  package var casebook: Casebook { session.withLock { $0.casebook } }

  // MARK: Filing

  /// Files a change after all that were submitted before. `reply` is called on the queue's thread, with what is then on disk
  /// or the reason why not. A failure does not hold up later changes.
  ///
  /// - Parameter seen: the listings as the analyst saw them, worked out on the queue's thread.
  package func submit(
    _ change: Change, at time: String, seen: @autoclosure @escaping @Sendable () -> [ListingSnapshot] = [],
    reply: @escaping @Sendable (Result<Applied, FilingError>) -> Void
  ) {
    queue.async { [self] in
      let seen = seen()
      let result: Result<Applied, FilingError>
      do throws(CasebookError) {
        let applied = try casebook.apply(change, at: time, seen: seen)
        saved(applied, at: time, seen: seen)
        result = .success(applied)
      } catch {
        // Decisions that were shown as saved and are not come first in the rescue file.
        reportLoss(error)
        result = .failure(FilingError(error: error, kept: keep(change, at: time, seen: seen, refusedFor: error)))
      }
      reply(result)
    }
  }

  /// Does other work on the casebook, in order with the changes.
  ///
  /// Cost:   returns at once; `work` holds up the changes submitted after it.
  package func perform(_ work: @escaping @Sendable (Casebook) -> Void) {
    queue.async { [self] in work(casebook) }
  }

  /// Records the sightings of a file, a megabyte at a time: changes that are submitted meanwhile go in between.
  ///
  /// Cost:   returns at once. `reply` is called on the queue's thread.
  /// Fails:  replies with the error. What was written does not count, and is found again by the next attempt.
  package func record(
    _ recording: ScrapeRecording, at time: String,
    reply: @escaping @Sendable (Result<ScrapeRecorded, CasebookError>) -> Void
  ) {
    queue.async { [self] in
      var recording = recording
      do throws(CasebookError) {
        if let outcome = try recording.step(casebook, at: time) { return reply(.success(outcome)) }
        record(recording, at: time, reply: reply)
      } catch {
        reportLoss(error)
        reply(.failure(error))
      }
    }
  }

  /// Waits until everything submitted before is on disk or refused, and every reply has been given.
  ///
  /// Limits: must not be called from a reply.
  package func drain() {
    dispatchPrecondition(condition: .notOnQueue(queue))
    queue.sync {}
  }

  /// Remembers what was saved, and removes the rescue file once nothing in it is unsaved.
  private func saved(_ applied: Applied, at time: String, seen: [ListingSnapshot]) {
    session.withLock { session in
      session.ledger.save(applied.decisions, at: time, seen: seen)
      if session.casebook.unfoldedCommits == 0 { session.ledger.fold() }
      // Refused decisions were made again, and saved this time.
      guard session.ledger.unsavedKeys.isEmpty, session.file != nil else { return }
      session.file?.remove()
      session.file = nil
      session.waiting = []
    }
  }

  // MARK: Keeping

  /// Keeps what a refused change decided; nil for undo and redo, and for changes that decide nothing.
  private func keep(
    _ change: Change, at time: String, seen: [ListingSnapshot], refusedFor error: CasebookError
  ) -> Kept? {
    guard let (parts, keys) = change.decision, error != .nothingToDecide, error != .namelessAnalyst else { return nil }
    let decisions = keys.flatMap { key in parts.map { Decision(key: key, part: $0) } }
    return session.withLock { session in
      session.refusal = error
      return keep(session.ledger.refuse(decisions, at: time, seen: seen), at: time, &session)
    }
  }

  /// Writes decisions into the rescue file, which is made if there is none.
  private func keep(_ decisions: [RescuedDecision], at time: String, _ session: inout Session) -> Kept {
    session.waiting += decisions
    do throws(RescueFile.WriteError) {
      if session.file == nil { session.file = try newFile(session, at: time) }
      try session.file?.append(session.waiting)
      session.waiting = []
      return .inFile(session.file?.path ?? "")
    } catch {
      return .inMemory(why: error.why)
    }
  }

  /// Makes a rescue file beside the casebook, or in another folder that accepts it.
  private func newFile(_ session: borrowing Session, at time: String) throws(RescueFile.WriteError) -> RescueFile {
    let casebook = session.casebook
    let source = RescueSource(
      analyst: casebook.analyst, casebook: casebook.path, token: casebook.token ?? "unknown")
    let folders = [CasebookFile(path: casebook.path).folder] + rescueFolders
    return try .make(for: source, in: folders, at: time)
  }

  // MARK: Losses

  /// Checks that the casebook is still there.
  ///
  /// - Parameter folds: whether the log is folded in now, as when nothing has been filed for a while.
  /// Cost:   returns at once.
  /// Fails:  never to the caller: a loss goes to `onLoss`, any other failure is not reported.
  package func check(folding folds: Bool) {
    queue.async { [self] in
      do throws(CasebookError) {
        try casebook.checkFiles()
        if folds, casebook.unfoldedCommits > 0, try casebook.fold() { session.withLock { $0.ledger.fold() } }
      } catch {
        reportLoss(error)
      }
    }
  }

  /// Counts what the lost casebook held as unsaved, keeps it, and reports the loss once.
  private func reportLoss(_ error: CasebookError) {
    guard case .lost(_, let loss) = error, !session.withLock({ $0.isLossReported }) else { return }
    onLoss(
      session.withLock { session in
        session.isLossReported = true
        session.ledger.lose(loss)
        let unsaved = session.ledger.unsavedDecisions
        let kept = unsaved.isEmpty ? nil : keep(unsaved, at: SystemClock.now(), &session)
        return LostCasebook(error: error, unsaved: session.ledger.unsavedKeys, kept: kept)
      })
  }

  /// Files all unsaved decisions into the casebook at `path`, which is made if there is none, and continues with that one.
  ///
  /// Shape:  `reply` is called on the queue's thread.
  /// Fails:  replies with the error; the decisions stay unsaved, and in the rescue file if they were there.
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

  /// The rescue itself, on the queue.
  private func rescue(into path: String, at time: String) throws(CasebookError) -> RescueFiled {
    let old = casebook
    let isSamePath = CasebookFile(path: path).resolvedPath == CasebookFile(path: old.path).resolvedPath
    let isSame = isSamePath && old.blockingError == nil
    // SQLite shares its knowledge of a file among the connections of a program, so the old one must close first.
    if isSamePath, !isSame { try? old.close() }
    let book = isSame ? old : try Casebook.open(path: path, analyst: old.analyst)
    if let error = book.blockingError { throw error }
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
      session.isLossReported = false
    }
    return filed
  }

  /// Finishes: waits for all that was submitted, checks that the casebook is still there, and closes it.
  ///
  /// - Returns: the decisions that no casebook holds; nil if there are none.
  /// Cost:   waits for the disk, and some seconds at most for a check and for readers.
  /// Limits: must not be called from a reply.
  package func finish() -> LostCasebook? {
    dispatchPrecondition(condition: .notOnQueue(queue))
    return queue.sync {
      let blocking = casebook.blockingError
      var error: CasebookError? = if case .lost? = blocking { blocking } else { nil }
      do throws(CasebookError) {
        try casebook.close()
      } catch let closing {
        reportLoss(closing)
        error = closing
      }
      return session.withLock { session in
        let unsaved = session.ledger.unsavedKeys
        guard error != nil || !unsaved.isEmpty else { return nil }
        let file = session.waiting.isEmpty ? session.file?.path : nil
        let kept = file.map { Kept.inFile($0) } ?? .inMemory(why: "its folder and others refused it")
        let why =
          error ?? session.casebook.blockingError ?? session.refusal
          ?? .failed(path: session.casebook.path, why: "not all was saved")
        return LostCasebook(error: why, unsaved: unsaved, kept: unsaved.isEmpty ? nil : kept)
      }
    }
  }
}
