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
  private let givingWay = GivingWay()
  private let shared = Mutex(Shared())

  private struct Shared {
    var isStopped = false
    /// Of the work with the lexicons in force.
    var cancellation = Cancellation()
    var compiled: CompiledLexicons?
    /// What is being flagged, and the rows it belongs to.
    var flagging: (work: RowFlagging, dataset: Dataset)?
    /// The newest look, whether or not its rows are being flagged.
    var newest: Dataset?

    /// Ends the work under way; what comes after it is not cancelled, unless all is being stopped.
    mutating func replaceCancellation() {
      cancellation.cancel()
      if !isStopped { cancellation = Cancellation() }
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
  }

  /// Rows of a look that is not whole are flagged only if they are the first: reading comes first.
  func flag(_ dataset: Dataset) {
    guard dataset.rowCount > 0 else { return }
    let isKnown = shared.withLock { shared in
      // Rows that are no longer shown need no flags.
      if let newest = shared.newest, !newest.hasSameColumns(as: dataset) { shared.replaceCancellation() }
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
    }
  }

  // MARK: Lexicons that changed

  /// Reads the lexicons again, as they are on disk now, and flags all rows of the newest look anew.
  ///
  /// - Parameter isOn: lexicons to switch first, in the user's own table; nil: the tables are as they should be.
  func readAnew(_ isOn: [String: Bool]? = nil) {
    // What is being flagged with the old lexicons is no longer wanted.
    shared.withLock { $0.replaceCancellation() }
    queue.async { [self] in
      if let isOn, let refusal = refusal(toSwitch: isOn) {
        mailbox.put(.switchingRefused(why: refusal))
        // The old lexicons go on where they were.
        if let newest = shared.withLock({ $0.newest }) { work(on: newest) }
        return
      }
      shared.withLock { ($0.compiled, $0.flagging) = (nil, nil) }
      let compiled = compiledLexicons(switched: isOn)
      guard let newest = shared.withLock({ $0.newest }) else { return }
      if compiled.terms.isEmpty { mailbox.put(.flagged(RowFlags(compiled), of: newest)) }
      work(on: newest)
    }
  }

  private func refusal(toSwitch isOn: [String: Bool]) -> String? {
    do throws(SwitchFile.Refusal) {
      try switches.set(isOn)
      return nil
    } catch {
      return error.sentence
    }
  }

  // MARK: Flagging

  private func work(on dataset: Dataset) {
    let cancellation = shared.withLock { $0.cancellation }
    guard !cancellation.isCancelled, let flagging = flagging(of: dataset) else { return }
    var last = ContinuousClock.now
    let flags = flagging.extend(over: dataset, cancellation, givingWay: givingWay) { look in
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
    let work = RowFlagging(compiled)
    shared.withLock { $0.flagging = (work, dataset) }
    return work
  }

  private func compiledLexicons(switched isOn: [String: Bool]? = nil) -> CompiledLexicons {
    if let compiled = shared.withLock({ $0.compiled }) { return compiled }
    let shelf = lexicons([:])
    let compiled = shelf.compiled()
    shared.withLock { $0.compiled = compiled }
    mailbox.put(.lexiconsRead(shelf.overview(with: compiled.problems), switched: isOn))
    return compiled
  }
}
