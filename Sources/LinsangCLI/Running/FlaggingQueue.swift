import CaseStore
import CodeWords
import Dashboard
import Dispatch
import LexiconWork
import Listings
import Synchronization
import Workspace

/// Reads the lexicons, and flags rows with them in the processor time that is left over.
///
/// Shape:  the first rows are flagged as soon as they arrive, the rest once all are read, beginning with those that the
///         filter shows. Flags go to the loop about four times a second, and at the end. While a filter is evaluated the
///         work pauses, and then continues where it was.
///         Lexicons are read, and trials made, by threads of the shared pool, because the analyst waits for them.
/// Limits: an idle thread takes none of the locks here, nor the mailbox's. The loop takes these, and would wait until the
///         processor is free.
final class FlaggingQueue: Sendable {
  private let mailbox: Mailbox
  private let lexicons: @Sendable ([String: Bool], LoadedLexicons?) -> LexiconOpening
  private let switches: SwitchFile
  /// Lexicons are read one after the other, and tried.
  private let reading = DispatchQueue(label: "linsang.lexicons", qos: .utility)
  /// Waits for idle work, one after the other.
  private let queue = DispatchQueue(label: "linsang.flagging", qos: .utility)
  private let yielding = Yielding()
  private let work: Mutex<Work>

  /// The work in progress. Requests say which lexicons and rows are wanted.
  private struct Work {
    var flagging: FlaggingInProgress?
    var cancellation: Cancellation
    var trialCancellation: Cancellation
    var areTaxaKnown = false
    var isStopped = false
  }

  /// - Parameter lexicons: reads the lexicons, with some switched for this reading alone, reusing what was read before.
  init(
    _ mailbox: Mailbox, switches: SwitchFile = SwitchFile(),
    _ lexicons: @escaping @Sendable ([String: Bool], LoadedLexicons?) -> LexiconOpening
  ) {
    self.mailbox = mailbox
    self.switches = switches
    self.lexicons = lexicons
    work = Mutex(
      Work(
        cancellation: Cancellation(yielding: yielding), trialCancellation: Cancellation(yielding: yielding)))
  }

  /// Pauses flagging while the analyst waits for something else. Calls to `resume` must match.
  func pause() { yielding.begin() }
  func resume() { yielding.end() }

  func stop() {
    work.withLock { work in
      work.isStopped = true
      work.cancellation.cancel()
      work.trialCancellation.cancel()
    }
  }

  // MARK: Lexicons

  /// Reads the lexicons from disk, after switching some of them.
  func load(_ request: LexiconLoading) {
    // Flags by the old lexicons are no longer wanted.
    work.withLock { $0.cancellation.cancel() }
    reading.async { [self] in
      if work.withLock({ $0.isStopped }) { return }
      do throws(SwitchFile.UpdateError) {
        if let isOn = request.switching { try switches.set(isOn) }
      } catch {
        mailbox.put(.switchingRefused(why: error.sentence))
        return
      }
      let loaded = lexicons([:], request.previous)
      // Filters by taxon need not wait until the lexicons are compiled.
      if work.withLock({ work in
        defer { work.areTaxaKnown = true }
        return !work.areTaxaKnown
      }) {
        mailbox.put(.taxaRead(loaded.taxa))
      }
      let lexicons = loaded.loaded(reusing: request.tried?.lexicons)
      mailbox.put(.lexiconsRead(lexicons, switched: request.switching))
      loaded.keep(lexicons)
      // Compiling takes a hundred megabytes for half a second.
      FreedMemory.release()
    }
  }

  // MARK: Flagging

  /// Flags rows. Of a dataset that is still being read only the first rows are flagged: reading comes first.
  func flag(_ request: FlaggingRequest) {
    let dataset = request.snapshot.dataset
    let isInProgress = work.withLock { work in
      let isSame = work.flagging?.serves(request) == true
      // Neither closed rows nor replaced lexicons need flags any more; another order goes on with what is done.
      let isElsewhere = work.flagging.map { $0.first != request.first } ?? false
      if !isSame && work.flagging != nil || isElsewhere { work.cancellation.cancel() }
      if isSame { work.flagging?.first = request.first }
      if work.cancellation.isRequested, !work.isStopped { work.cancellation = Cancellation(yielding: yielding) }
      return isSame
    }
    if isInProgress, !dataset.isComplete { return }
    let cancellation = work.withLock { $0.cancellation }
    queue.async { [self] in flag(request, cancellation) }
  }

  /// Flags rows and reports how far it is. On the queue, which sleeps meanwhile.
  private func flag(_ request: FlaggingRequest, _ cancellation: Cancellation) {
    let dataset = request.snapshot.dataset
    guard !cancellation.isRequested else { return }
    if let flags = reflagged(request, cancellation) {
      work.withLock {
        $0.flagging = FlaggingInProgress(work: RowFlagging(continuing: flags), dataset: dataset, first: request.first)
      }
      mailbox.put(.flagged(flags, of: dataset))
      return
    }
    guard !cancellation.isRequested else { return }
    let inProgress = flagging(request)
    let flags = IdleWork.run(receiving: { mailbox.put(.flagged($0, of: dataset)) }) { report in
      var last = ContinuousClock.now
      return inProgress.extend(over: dataset, first: request.first, cancellation) { flags in
        let now = ContinuousClock.now
        guard now - last >= .milliseconds(250), flags.flaggedCount < dataset.rowCount else { return }
        last = now
        report(flags)
      }
    }
    guard !cancellation.isRequested else { return }
    mailbox.put(.flagged(flags, of: dataset))
    FreedMemory.release()
  }

  private func flagging(_ request: FlaggingRequest) -> RowFlagging {
    work.withLock { work in
      if let known = work.flagging, known.serves(request) { return known.work }
      let new = RowFlagging(request.lexicons.compiled)
      work.flagging = FlaggingInProgress(work: new, dataset: request.snapshot.dataset, first: request.first)
      return new
    }
  }

  /// Updates flags made by other lexicons, reading only the rows that the difference can affect; nil if there are no
  /// complete flags to start from.
  private func reflagged(_ request: FlaggingRequest, _ cancellation: Cancellation) -> RowFlags? {
    let (dataset, before) = (request.snapshot.dataset, request.snapshot.flags)
    let isKnown = work.withLock { $0.flagging?.serves(request) == true }
    guard !isKnown, dataset.isComplete, before.flaggedCount == dataset.rowCount, !before.lexicons.terms.isEmpty,
      before.lexicons !== request.lexicons.compiled
    else { return nil }
    return IdleWork.run { Reflagging(before, with: request.lexicons.compiled, over: dataset, cancellation)?.flags }
  }

  // MARK: Trials

  /// Flags the rows with some lexicons switched and reports what would change, without adopting anything.
  func tryLexicons(_ request: LexiconTrialRequest) {
    let cancellation = Cancellation(yielding: yielding)
    work.withLock { work in
      work.trialCancellation.cancel()
      work.trialCancellation = cancellation
      if work.isStopped { cancellation.cancel() }
    }
    if let before = request.wholeFlags { return tryLexicons(request, before, cancellation) }
    // Flagging that is in progress has to come to its end first.
    queue.async { [self] in
      guard !cancellation.isRequested else { return }
      let dataset = request.snapshot.dataset
      let inProgress = request.lexicons.map { self.flagging(FlaggingRequest(request.snapshot, with: $0)) }
      let before = IdleWork.run { (inProgress ?? RowFlagging(.empty)).extend(over: dataset, cancellation) }
      if before.flaggedCount == dataset.rowCount { tryLexicons(request, before, cancellation) }
    }
  }

  /// - Parameter before: the flags of all rows by the lexicons as they are.
  private func tryLexicons(_ request: LexiconTrialRequest, _ before: RowFlags, _ cancellation: Cancellation) {
    reading.async { [self] in
      guard !cancellation.isRequested else { return }
      let dataset = request.snapshot.dataset
      let compiled = lexicons(request.switched, request.lexicons).loaded().compiled
      guard let after = Reflagging(before, with: compiled, over: dataset, cancellation)?.flags else { return }
      mailbox.put(
        .lexiconsTried(
          request.backTest(before: before, after: after), after, of: dataset, number: request.number))
    }
  }

  /// Cancels the trial.
  func stopTrial() { work.withLock { $0.trialCancellation.cancel() } }
}

extension LexiconTrialRequest {
  /// The flags of its snapshot, if they are those of all rows by its lexicons.
  fileprivate var wholeFlags: RowFlags? {
    let (flags, rowCount) = (snapshot.flags, snapshot.dataset.rowCount)
    return flags.lexicons === lexicons?.compiled && flags.flaggedCount == rowCount ? flags : nil
  }
}

/// The flagging of some rows, in progress or done.
private struct FlaggingInProgress {
  let work: RowFlagging
  let dataset: Dataset
  /// The rows that it begins with.
  var first: RowSet?

  /// Whether a request continues it, with the same lexicons over the same growing rows.
  func serves(_ request: FlaggingRequest) -> Bool {
    work.lexicons === request.lexicons.compiled && dataset.hasSameColumns(as: request.snapshot.dataset)
  }
}

/// Tries words on the listings as they are typed, and adds the chosen one to the analyst's own lexicon.
///
/// Shape:  one trial at a time, since a newer one cancels the older. Additions are written in order.
final class WordTrials: Sendable {
  private let mailbox: Mailbox
  private let flagging: FlaggingQueue
  private let file: PersonalLexiconFile
  private let trying = DispatchQueue(label: "linsang.words", qos: .userInitiated)
  private let adding = DispatchQueue(label: "linsang.lexicon")
  private let cancellation = Mutex(Cancellation())

  /// - Parameter flagging: pauses during a trial.
  init(_ mailbox: Mailbox, pausing flagging: FlaggingQueue, file: PersonalLexiconFile) {
    self.mailbox = mailbox
    self.flagging = flagging
    self.file = file
  }

  func start(_ request: WordTrialRequest) {
    let mine = Cancellation()
    cancellation.withLock { now in
      now.cancel()
      now = mine
    }
    trying.async { [self] in
      guard !mine.isCancelled else { return }
      flagging.pause()
      defer { flagging.resume() }
      guard let trial = WordTrial(request.term, in: request.subject, isWhole: request.isWhole, mine) else { return }
      mailbox.put(.wordTried(trial, number: request.number))
    }
  }

  func add(_ draft: TermDraft) {
    adding.async { [self] in
      do throws(PersonalLexiconFile.AddError) {
        let term = try file.add(draft, reviewed: String(SystemClock.now().prefix(10)))
        mailbox.put(.wordAdded(term.name, path: file.path))
      } catch {
        mailbox.put(.addingRefused(why: error.sentence))
      }
    }
  }

  /// Takes a word out of the lexicon.
  func remove(_ term: Term) {
    adding.async { [self] in
      do throws(PersonalLexiconFile.RemovalError) {
        try file.remove(term)
        mailbox.put(.wordRemoved(term.name, path: file.path))
      } catch {
        mailbox.put(.failed(error.sentence))
      }
    }
  }

  /// Cancels the trial and waits until every addition is on disk or rejected.
  func finish() {
    cancellation.withLock { $0.cancel() }
    adding.sync {}
  }
}
