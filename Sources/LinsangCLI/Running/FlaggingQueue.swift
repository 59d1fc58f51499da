import CodeWords
import Dashboard
import Dispatch
import Glibc
import Listings
import Synchronization

/// Flags the rows of the newest look with the lexicons, behind everything that somebody waits for.
///
/// Shape:  the first rows are flagged as soon as there are any, the rest when all are read; a look at the flags goes to
///         the loop about four times a second, and at the end.
final class FlaggingQueue: Sendable {
  private let mailbox: Mailbox
  private let lexicons: @Sendable () -> LexiconShelf
  private let queue = DispatchQueue(label: "linsang.flagging", qos: .utility)
  private let shared = Mutex(Shared())

  private struct Shared {
    var cancellation = Cancellation()
    var compiled: CompiledLexicons?
    /// What is being flagged, and the rows it belongs to.
    var flagging: (work: RowFlagging, dataset: Dataset)?
    /// Questions that are being answered.
    var questions = 0
  }

  init(_ mailbox: Mailbox, _ lexicons: @escaping @Sendable () -> LexiconShelf) {
    self.mailbox = mailbox
    self.lexicons = lexicons
  }

  /// Rows of a look that is not whole are flagged only if they are the first: reading comes first.
  func flag(_ dataset: Dataset) {
    guard dataset.rowCount > 0 else { return }
    let isKnown = shared.withLock { $0.flagging?.dataset.hasSameColumns(as: dataset) == true }
    if isKnown, !dataset.isComplete { return }
    queue.async { [self] in work(on: dataset) }
  }

  func pause() { shared.withLock { $0.questions += 1 } }
  func goOn() { shared.withLock { $0.questions -= 1 } }

  func stop() { shared.withLock { $0.cancellation.cancel() } }

  private func work(on dataset: Dataset) {
    let cancellation = shared.withLock { $0.cancellation }
    guard !cancellation.isCancelled, let flagging = flagging(of: dataset) else { return }
    var last = ContinuousClock.now
    let flags = flagging.extend(over: dataset, cancellation) { look in
      let now = ContinuousClock.now
      if now - last >= .milliseconds(250), look.rowCount < dataset.rowCount {
        last = now
        mailbox.put(.flagged(look, of: dataset))
      }
      while !cancellation.isCancelled, shared.withLock({ $0.questions > 0 }) { pauseBriefly() }
    }
    if !cancellation.isCancelled { mailbox.put(.flagged(flags, of: dataset)) }
  }

  private func pauseBriefly() { usleep(2_000) }

  /// The work on a dataset's columns; nil where there are no lexicons.
  private func flagging(of dataset: Dataset) -> RowFlagging? {
    if let known = shared.withLock({ $0.flagging }), known.dataset.hasSameColumns(as: dataset) { return known.work }
    let compiled = compiledLexicons()
    guard !compiled.terms.isEmpty else { return nil }
    let work = RowFlagging(compiled)
    shared.withLock { $0.flagging = (work, dataset) }
    return work
  }

  private func compiledLexicons() -> CompiledLexicons {
    if let compiled = shared.withLock({ $0.compiled }) { return compiled }
    let shelf = lexicons()
    mailbox.put(.taxaRead(shelf.taxa))
    let compiled = shelf.compiled()
    mailbox.put(.lexiconsRead(problems: (shelf.problems + compiled.problems).map(\.sentence)))
    shared.withLock { $0.compiled = compiled }
    return compiled
  }
}
