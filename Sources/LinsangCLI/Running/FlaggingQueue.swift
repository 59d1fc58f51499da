import CodeWords
import Dashboard
import Dispatch
import Listings
import Synchronization

/// Flags the rows of the newest look with the lexicons, behind everything that somebody waits for.
///
/// Shape:  the first rows are flagged as soon as there are any, the rest when all are read; a look at the flags goes to
///         the loop about four times a second, and at the end.
/// Rule:   while a question is answered the work stands still, and goes on where it was.
final class FlaggingQueue: Sendable {
  private let mailbox: Mailbox
  private let lexicons: @Sendable ([String: Bool]) -> LexiconShelf
  private let switches: SwitchFile
  private let queue = DispatchQueue(label: "linsang.flagging", qos: .utility)
  private let givingWay: GivingWay
  private let shared: Mutex<Shared>

  private struct Shared {
    /// Of the work with the lexicons in force.
    var cancellation: Cancellation
    /// Of a trial.
    var trialCancellation: Cancellation
    var isStopped = false
    var compiled: CompiledLexicons?
    /// What is being flagged, and the rows it belongs to.
    var flagging: (work: RowFlagging, dataset: Dataset)?
    /// The newest look, whether or not its rows are being flagged.
    var newest: Dataset?
    /// What was tried last and may be adopted.
    var tried: (flags: RowFlags, dataset: Dataset)?

    init(_ givingWay: GivingWay) {
      cancellation = Cancellation(givingWay: givingWay)
      trialCancellation = Cancellation(givingWay: givingWay)
    }

    /// Ends the work under way; what comes after it is not cancelled, unless all is being stopped.
    mutating func replaceCancellation(_ givingWay: GivingWay) {
      cancellation.cancel()
      if !isStopped { cancellation = Cancellation(givingWay: givingWay) }
    }
  }

  /// - Parameter lexicons: reads the lexicons, some of them switched for this reading alone.
  init(
    _ mailbox: Mailbox, switches: SwitchFile = SwitchFile(),
    _ lexicons: @escaping @Sendable ([String: Bool]) -> LexiconShelf
  ) {
    self.mailbox = mailbox
    self.switches = switches
    self.lexicons = lexicons
    givingWay = GivingWay()
    shared = Mutex(Shared(givingWay))
  }

  /// Rows of a look that is not whole are flagged only if they are the first: reading comes first.
  func flag(_ dataset: Dataset) {
    guard dataset.rowCount > 0 else { return }
    let isKnown = shared.withLock { shared in
      // Rows that are no longer shown need no flags.
      if let newest = shared.newest, !newest.hasSameColumns(as: dataset) { shared.replaceCancellation(givingWay) }
      shared.newest = dataset
      return shared.flagging?.dataset.hasSameColumns(as: dataset) == true
    }
    if isKnown, !dataset.isComplete { return }
    queue.async { [self] in work(on: dataset) }
  }

  /// Somebody waits for an answer from now on, and nobody for the flags.
  func pause() { givingWay.begin() }
  func goOn() { givingWay.end() }

  func stop() {
    shared.withLock { shared in
      shared.isStopped = true
      shared.cancellation.cancel()
      shared.trialCancellation.cancel()
    }
  }

  // MARK: Flagging

  private func work(on dataset: Dataset) {
    let cancellation = shared.withLock { $0.cancellation }
    guard !cancellation.isCancelled, let flagging = flagging(of: dataset) else { return }
    var last = ContinuousClock.now
    let flags = flagging.extend(over: dataset, cancellation) { look in
      let now = ContinuousClock.now
      guard now - last >= .milliseconds(250), look.rowCount < dataset.rowCount else { return }
      last = now
      mailbox.put(.flagged(look, of: dataset))
    }
    if !cancellation.isCancelled { mailbox.put(.flagged(flags, of: dataset)) }
  }

  /// The work on a dataset's columns; nil where there are no lexicons.
  private func flagging(of dataset: Dataset) -> RowFlagging? {
    if let known = shared.withLock({ $0.flagging }), known.dataset.hasSameColumns(as: dataset) { return known.work }
    let compiled = compiledLexicons()
    guard !compiled.terms.isEmpty else { return nil }
    // Says at once that there are lexicons, so that nothing is taken for harmless that has not been read yet.
    mailbox.put(.flagged(RowFlags(compiled), of: dataset))
    let work = RowFlagging(compiled)
    shared.withLock { $0.flagging = (work, dataset) }
    return work
  }

  private func compiledLexicons() -> CompiledLexicons {
    if let compiled = shared.withLock({ $0.compiled }) { return compiled }
    let shelf = lexicons([:])
    mailbox.put(.taxaRead(shelf.taxa))
    let compiled = shelf.compiled()
    shared.withLock { $0.compiled = compiled }
    tell(of: shelf, compiled, switched: nil)
    return compiled
  }

  private func tell(of shelf: LexiconShelf, _ compiled: CompiledLexicons, switched isOn: [String: Bool]?) {
    mailbox.put(.lexiconsRead(shelf.overview(with: compiled.problems), switched: isOn))
  }

  // MARK: Lexicons that changed

  /// Reads the lexicons again, as they are on disk now, and flags all rows of the newest look anew: those that the change
  /// can reach, where the others are known.
  ///
  /// - Parameter isOn: lexicons to switch first, in the user's own table; nil: the tables are as they should be.
  func readAnew(_ isOn: [String: Bool]? = nil) {
    // What is being flagged with the old lexicons is no longer wanted.
    shared.withLock { $0.replaceCancellation(givingWay) }
    queue.async { [self] in
      do throws(SwitchFile.Refusal) {
        if let isOn { try switches.set(isOn) }
        adopt(lexicons([:]), switched: isOn)
      } catch {
        mailbox.put(.switchingRefused(why: error.sentence))
        // The old lexicons go on where they were.
        if let newest = shared.withLock({ $0.newest }) { work(on: newest) }
      }
    }
  }

  private func adopt(_ shelf: LexiconShelf, switched isOn: [String: Bool]?) {
    let (tried, newest, cancellation) = shared.withLock { shared in
      defer { shared.tried = nil }
      return (shared.tried, shared.newest, shared.cancellation)
    }
    let isTried = tried?.flags.lexicons.terms == Array(shelf.set.terms.prefix(CompiledLexicons.mostTerms))
    let compiled = isTried ? tried?.flags.lexicons ?? shelf.compiled() : shelf.compiled()
    tell(of: shelf, compiled, switched: isOn)
    let before = shared.withLock { shared in
      defer { (shared.compiled, shared.flagging) = (compiled, nil) }
      return shared.flagging
    }
    guard let newest else { return }
    // Says at once that there are other lexicons now; without any there is nothing more to say.
    mailbox.put(.flagged(RowFlags(compiled), of: newest))
    guard !compiled.terms.isEmpty else { return }
    if isTried, let tried, tried.dataset === newest {
      take(tried.flags, of: newest)
    } else if let before, before.dataset.hasSameColumns(as: newest), newest.isComplete,
      before.work.look.rowCount == newest.rowCount
    {
      guard let flags = Reflagging(before.work.look, with: compiled, over: newest, cancellation)?.flags else { return }
      take(flags, of: newest)
    } else {
      work(on: newest)
    }
  }

  private func take(_ flags: RowFlags, of dataset: Dataset) {
    shared.withLock { $0.flagging = (RowFlagging(goingOnFrom: flags), dataset) }
    mailbox.put(.flagged(flags, of: dataset))
  }

  // MARK: Trials

  /// Flags the rows as some switched lexicons would have it, adopts nothing, and tells what that would change.
  func tryLexicons(_ request: LexiconTrialRequest) {
    let cancellation = Cancellation(givingWay: givingWay)
    shared.withLock { shared in
      shared.trialCancellation.cancel()
      shared.trialCancellation = cancellation
      if shared.isStopped { cancellation.cancel() }
    }
    queue.async { [self] in
      let dataset = request.look.dataset
      let work = flagging(of: dataset) ?? RowFlagging(.empty)
      let before = work.extend(over: dataset, cancellation)
      guard before.rowCount == dataset.rowCount, !cancellation.isCancelled else { return }
      let compiled = lexicons(request.switched).compiled()
      guard let after = Reflagging(before, with: compiled, over: dataset, cancellation)?.flags else { return }
      shared.withLock { $0.tried = (after, dataset) }
      mailbox.put(.lexiconsTried(request.backTest(before: before, after: after), number: request.number))
    }
  }

  /// Nobody wants to know any more, or to have it so.
  func stopTrial() {
    shared.withLock { shared in
      shared.trialCancellation.cancel()
      shared.tried = nil
    }
  }
}
