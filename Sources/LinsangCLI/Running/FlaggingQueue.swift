import CodeWords
import Dashboard
import Dispatch
import Listings
import Synchronization
import Workspace
import LexiconWork

/// Reads the lexicons and flags rows with them, behind everything that somebody waits for.
///
/// Shape:  the first rows are flagged as soon as there are any, the rest when all are read; flags go to the loop about four
///         times a second, and at the end.
/// Rule:   while a question is answered the work stands still, and goes on where it was.
final class FlaggingQueue: Sendable {
  private let mailbox: Mailbox
  private let lexicons: @Sendable ([String: Bool], LoadedLexicons?) -> LexiconShelf
  private let switches: SwitchFile
  private let queue = DispatchQueue(label: "linsang.flagging", qos: .utility)
  private let yielding = Yielding()
  private let work: Mutex<Work>

  /// What is under way. Which lexicons and rows are wanted is in the requests.
  private struct Work {
    var flagging: FlaggingUnderWay?
    var cancellation: Cancellation
    var trialCancellation: Cancellation
    var areTaxaKnown = false
    var isStopped = false
  }

  /// - Parameter lexicons: reads the lexicons, some of them switched for this reading alone; beside those read before.
  init(
    _ mailbox: Mailbox, switches: SwitchFile = SwitchFile(),
    _ lexicons: @escaping @Sendable ([String: Bool], LoadedLexicons?) -> LexiconShelf
  ) {
    self.mailbox = mailbox
    self.switches = switches
    self.lexicons = lexicons
    work = Mutex(
      Work(
        cancellation: Cancellation(yielding: yielding), trialCancellation: Cancellation(yielding: yielding)))
  }

  /// Somebody waits for an answer from now on, and nobody for the flags.
  func pause() { yielding.begin() }
  func goOn() { yielding.end() }

  func stop() {
    work.withLock { work in
      work.isStopped = true
      work.cancellation.cancel()
      work.trialCancellation.cancel()
    }
  }

  // MARK: Lexicons

  /// Reads the lexicons as they are on disk now, after switching some of them.
  func load(_ request: LexiconLoading) {
    // What is being flagged with the old ones is no longer wanted.
    work.withLock { $0.cancellation.cancel() }
    queue.async { [self] in
      if work.withLock({ $0.isStopped }) { return }
      do throws(SwitchFile.Refusal) {
        if let isOn = request.switching { try switches.set(isOn) }
      } catch {
        mailbox.put(.switchingRefused(why: error.sentence))
        return
      }
      let shelf = lexicons([:], request.previous)
      // Who filters by taxon need not wait for the lexicons to be compiled.
      if work.withLock({ work in
        defer { work.areTaxaKnown = true }
        return !work.areTaxaKnown
      }) {
        mailbox.put(.taxaRead(shelf.taxa))
      }
      mailbox.put(.lexiconsRead(shelf.loaded(reusing: request.tried?.lexicons), switched: request.switching))
    }
  }

  // MARK: Flagging

  /// Rows of a dataset that is not whole are flagged only if they are the first: reading comes first.
  func flag(_ request: FlaggingRequest) {
    let dataset = request.snapshot.dataset
    let isUnderWay = work.withLock { work in
      let isSame = work.flagging?.isOf(request) == true
      // Rows that are no longer open need no flags, nor do any by lexicons that are no longer wanted.
      if !isSame, work.flagging != nil { work.cancellation.cancel() }
      if work.cancellation.isCancelled, !work.isStopped { work.cancellation = Cancellation(yielding: yielding) }
      return isSame
    }
    if isUnderWay, !dataset.isComplete { return }
    let cancellation = work.withLock { $0.cancellation }
    queue.async { [self] in flag(request, cancellation) }
  }

  private func flag(_ request: FlaggingRequest, _ cancellation: Cancellation) {
    let dataset = request.snapshot.dataset
    guard !cancellation.isCancelled else { return }
    if let flags = reflagged(request, cancellation) {
      work.withLock { $0.flagging = FlaggingUnderWay(work: RowFlagging(continuing: flags), dataset: dataset) }
      mailbox.put(.flagged(flags, of: dataset))
      return
    }
    guard !cancellation.isCancelled else { return }
    var last = ContinuousClock.now
    let flags = flagging(request).extend(over: dataset, cancellation) { flags in
      let now = ContinuousClock.now
      guard now - last >= .milliseconds(250), flags.rowCount < dataset.rowCount else { return }
      last = now
      mailbox.put(.flagged(flags, of: dataset))
    }
    if !cancellation.isCancelled { mailbox.put(.flagged(flags, of: dataset)) }
  }

  private func flagging(_ request: FlaggingRequest) -> RowFlagging {
    work.withLock { work in
      if let known = work.flagging, known.isOf(request) { return known.work }
      let new = RowFlagging(request.lexicons.compiled)
      work.flagging = FlaggingUnderWay(work: new, dataset: request.snapshot.dataset)
      return new
    }
  }

  /// The flags of all rows from those that other lexicons made, reading only the rows that the difference can reach; nil
  /// where there are no such flags.
  private func reflagged(_ request: FlaggingRequest, _ cancellation: Cancellation) -> RowFlags? {
    let (dataset, before) = (request.snapshot.dataset, request.snapshot.flags)
    let isKnown = work.withLock { $0.flagging?.isOf(request) == true }
    guard !isKnown, dataset.isComplete, before.rowCount == dataset.rowCount, !before.lexicons.terms.isEmpty,
      before.lexicons !== request.lexicons.compiled
    else { return nil }
    return Reflagging(before, with: request.lexicons.compiled, over: dataset, cancellation)?.flags
  }

  // MARK: Trials

  /// Flags the rows as some switched lexicons would have it, adopts nothing, and reports what that would change.
  func tryLexicons(_ request: LexiconTrialRequest) {
    let cancellation = Cancellation(yielding: yielding)
    work.withLock { work in
      work.trialCancellation.cancel()
      work.trialCancellation = cancellation
      if work.isStopped { cancellation.cancel() }
    }
    queue.async { [self] in
      let dataset = request.snapshot.dataset
      let before = flagsBefore(request, cancellation)
      guard before.rowCount == dataset.rowCount, !cancellation.isCancelled else { return }
      let compiled = lexicons(request.switched, request.lexicons).compiled()
      guard let after = Reflagging(before, with: compiled, over: dataset, cancellation)?.flags else { return }
      mailbox.put(
        .lexiconsTried(
          request.backTest(before: before, after: after), after, of: dataset, number: request.number))
    }
  }

  private func flagsBefore(_ request: LexiconTrialRequest, _ cancellation: Cancellation) -> RowFlags {
    let snapshot = request.snapshot
    guard let lexicons = request.lexicons else {
      return RowFlagging(.empty).extend(over: snapshot.dataset, cancellation)
    }
    let isWhole =
      snapshot.flags.lexicons === lexicons.compiled && snapshot.flags.rowCount == snapshot.dataset.rowCount
    if isWhole { return snapshot.flags }
    return flagging(FlaggingRequest(snapshot, with: lexicons)).extend(over: snapshot.dataset, cancellation)
  }

  /// Nobody wants to know any more.
  func stopTrial() { work.withLock { $0.trialCancellation.cancel() } }
}

/// Rows that are being flagged, or were.
private struct FlaggingUnderWay {
  let work: RowFlagging
  let dataset: Dataset

  /// Whether a request goes on with it: the same lexicons over the same growing rows.
  func isOf(_ request: FlaggingRequest) -> Bool {
    work.lexicons === request.lexicons.compiled && dataset.hasSameColumns(as: request.snapshot.dataset)
  }
}
