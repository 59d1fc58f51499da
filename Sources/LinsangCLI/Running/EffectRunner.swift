import CaseStore
import Casework
import Dashboard
import Dispatch
import Filters
import Foundation
import Listings
import NearDuplicates
import Sentences
import Synchronization
import Workspace

/// Carries out the effects that `update` returns, off the loop, and puts the answers into the mailbox.
///
/// Shape:  one evaluation at a time, since a newer one cancels the older. The casebook has a queue of its own, in order.
final class EffectRunner: Sendable {
  private let mailbox: Mailbox
  let filing: FilingQueue
  private let datasetName: String
  private let files: DatasetLoader
  private let readingColumns = DispatchQueue(label: "linsang.columns", qos: .userInitiated)
  private let evaluating = DispatchQueue(label: "linsang.evaluating", qos: .userInteractive)
  private let counting = DispatchQueue(label: "linsang.counting", qos: .utility)
  private let grouping = DispatchQueue(label: "linsang.grouping", qos: .utility)
  private let exporting = DispatchQueue(label: "linsang.exporting")
  private let shared = Mutex(Shared())
  private let poller: CasebookPoller
  private let flagging: FlaggingQueue
  private let trials: WordTrials
  private let keyMigration: ListingKeyMigration
  private let comparison: ScrapeComparison
  private let sharedQueue: SharedQueue
  private let cases: CaseWork
  private let evidence: EvidenceWork
  /// Whether verdicts and notes of others are hidden.
  private let isBlind: Bool
  /// For sentences that name a key.
  private let bindings: KeyBindings

  /// The state shared by the loop's thread and the queues.
  private struct Shared {
    var cancellation = Cancellation()
    /// For grouping rows into listings.
    let counting = Cancellation()
    var evaluation = FilterEvaluation()
    /// Says what listings of the newest dataset say.
    var witness: ListingWitness?
  }

  init(
    mailbox: Mailbox, filing: FilingQueue, datasetName: String, files: DatasetLoader, flagging: FlaggingQueue,
    words: PersonalLexiconFile = PersonalLexiconFile(), bindings: KeyBindings, casebookPoll: Double,
    isBlind: Bool = false
  ) {
    self.isBlind = isBlind
    self.bindings = bindings
    sharedQueue = SharedQueue(mailbox)
    cases = CaseWork(mailbox, filing)
    evidence = EvidenceWork(mailbox, filing)
    poller = CasebookPoller(sharedQueue, every: casebookPoll)
    self.mailbox = mailbox
    self.flagging = flagging
    trials = WordTrials(mailbox, pausing: flagging, file: words)
    self.filing = filing
    keyMigration = ListingKeyMigration(filing, mailbox, poller)
    comparison = ScrapeComparison(filing, files, mailbox, poller)
    self.datasetName = datasetName
    self.files = files
  }

  func start(_ effect: Effect) {
    switch effect {
    case .evaluate(let request): evaluate(request)
    case .countFacetReviews(let request): countFacetReviews(request)
    case .readValueList(let name): readList(name)
    case .explain(let request, let row): explain(request, row)
    case .rememberHabits(let habits): remember(habits.fields, under: Self.habitsName)
    case .placeVerdicts(let statuses, let snapshot): place(statuses, snapshot.dataset)
    case .findChanges(let keys, let snapshot): findChanges(of: keys, in: snapshot)
    case .findReviews(let keys, let snapshot): findReviews(of: keys, in: snapshot)
    case .lease(let keys, let snapshot): filing.perform { [sharedQueue] in sharedQueue.lease(keys, in: snapshot, $0) }
    case .groupListings(let snapshot): groupListings(of: snapshot)
    case .carryEarlierVerdicts(let snapshot, let remembered): keyMigration.migrate(snapshot.dataset, remembered)
    case .findDuplicates(let snapshot): findDuplicates(in: snapshot.dataset)
    case .compareWithEarlier(let snapshot): comparison.start(snapshot.dataset)
    case .loadLexicons(let request): flagging.load(request)
    case .flag(let request): flagging.flag(request)
    case .tryLexicons(let request): flagging.tryLexicons(request)
    case .stopTryingLexicons: flagging.stopTrial()
    case .tallyLexicons(let request): tally(request)
    case .file(let request): file(request)
    case .undo: submit(.undo, keys: [], kind: .undone)
    case .redo: submit(.redo, keys: [], kind: .redone)
    case .rescue(let path): rescue(into: path)
    case .remember(let position): remember(position.fields, under: datasetName)
    case .tryWord(let request): trials.start(request)
    case .addTerm(let draft): trials.add(draft)
    case .removeTerm(let term): trials.remove(term)
    case .rememberDraft(let draft): remember(draft.fields, under: PacketExport.draftName)
    case .rememberHints(let fields): remember(fields, under: Self.hintsName)
    case .exportPacket(let request): export(request)
    case .findCases: cases.find()
    case .findViews: findViews()
    case .rememberViews(let views):
      remember(SavedViews.fields(of: views, by: filing.casebook.analyst), under: Casebook.viewsName)
    case .recordStep(let draft): cases.record(draft)
    case .retractStep(let number): cases.retract(number)
    case .findEvidence(let request): evidence.find(request)
    case .attach(let draft, let request): evidence.attach(draft, request)
    case .withdrawAttachment(let number, let request): evidence.withdraw(number, request)
    case .lookAtPicture(let entry, let request, let across, let down):
      evidence.look(at: entry, request, across: across, down: down)
    case .completePath(let path): evidence.complete(path)
    case .exportProblems(let list): export(list)
    case .reread(let snapshot): files.reread(from: snapshot.dataset)
    case .previewColumns(let request): readingColumns.async { [files] in files.preview(request) }
    case .changeColumns(let answers): readingColumns.async { [files] in files.changeColumns(answers) }
    case .copy, .useTheme, .redraw, .suspend, .leaveWhenFiled: break
    }
  }

  /// Cancels what is no longer awaited, and waits until every decision is on disk or rejected.
  func finish() {
    shared.withLock { shared in
      shared.cancellation.cancel()
      shared.counting.cancel()
    }
    flagging.stop()
    trials.finish()
    poller.stop()
    files.stop()
    keyMigration.stop()
    comparison.stop()
    evidence.finish()
    filing.perform { [sharedQueue] in sharedQueue.release($0) }
    filing.drain()
    exporting.sync {}
    // Column choices are remembered even if the listings are no longer awaited.
    readingColumns.sync {}
  }

  /// Starts showing what other programs decide after event `last`.
  func pollCasebook(since last: EventNumber) { poller.start(filing, since: last, mailbox) }

  // MARK: Evaluation

  private func evaluate(_ request: EvaluationRequest) {
    let cancellation = Cancellation()
    shared.withLock { shared in
      shared.cancellation.cancel()
      shared.cancellation = cancellation
    }
    evaluating.async { [self] in
      guard !cancellation.isCancelled else { return }
      // The analyst waits for this answer, but not for the flags.
      flagging.pause()
      defer { flagging.resume() }
      var evaluation = shared.withLock { $0.evaluation }
      // Parts finished before a cancellation are complete, and save work for the next evaluation.
      defer { keep(evaluation) }
      guard
        let answer = evaluation.answer(
          request.filter, in: request.subject, counting: request.counted, orders: request.orders,
          pricesOn: request.priceScale, cancellation)
      else { return }
      let order = evaluation.order(
        of: answer, by: request.sort, in: request.subject, rank: request.rank, cancellation)
      let folded = request.folded(order, cancellation)
      guard !cancellation.isCancelled else { return }
      mailbox.put(.answered(request.generation, answer, order, folded))
    }
  }

  /// Counts how far listings are decided. A question that is being answered comes first, and says so, too.
  private func countFacetReviews(_ request: EvaluationRequest) {
    evaluating.async { [self] in
      var evaluation = shared.withLock { $0.evaluation }
      defer { keep(evaluation) }
      let reviews = evaluation.reviews(request.filter, in: request.subject, counting: request.counted)
      mailbox.put(.facetReviewsCounted(request.generation, reviews ?? [:]))
    }
  }

  private func readList(_ name: String) {
    evaluating.async { [mailbox] in
      do throws(ValueListFile.Problem) {
        mailbox.put(.valueListRead(try ValueListFile.read(name)))
      } catch {
        mailbox.put(.valueListRefused(name, why: error.sentence))
      }
    }
  }

  private func explain(_ request: EvaluationRequest, _ row: Int) {
    evaluating.async { [self] in
      var evaluation = shared.withLock { $0.evaluation }
      defer { keep(evaluation) }
      guard let lines = evaluation.explanation(of: request.filter, at: row, in: request.subject) else { return }
      mailbox.put(.explained(request.generation, row: row, lines))
    }
  }

  private func keep(_ evaluation: FilterEvaluation) { shared.withLock { $0.evaluation = evaluation } }

  private func place(_ statuses: [ListingKey: ReviewStatus], _ dataset: Dataset) {
    evaluating.async { [mailbox] in mailbox.put(.verdictsPlaced(.placed(statuses, in: dataset), of: dataset)) }
  }

  /// Finds decided listings that changed since, in the order of the requests.
  private func findChanges(of keys: [ListingKey]?, in snapshot: Snapshot) {
    grouping.async { [self] in
      let cancellation = shared.withLock { $0.counting }
      do throws(CasebookError) {
        let found = try filing.casebook.changes(of: keys, in: snapshot, cancellation)
        if let found { mailbox.put(.changesFound(found, about: keys, of: snapshot.dataset)) }
      } catch {
        // That the casebook is gone is reported by whoever files into it.
        if case .lost = error { return }
        mailbox.put(
          .failed(localized("Decided listings were not compared with what they say now: \(error.description)")))
      }
    }
  }

  /// Finds what several analysts said, in the order of the requests.
  private func findReviews(of keys: [ListingKey]?, in snapshot: Snapshot) {
    grouping.async { [self] in
      do throws(CasebookError) {
        let found = try filing.casebook.sharedReviews(of: keys, in: snapshot, isBlind: isBlind)
        mailbox.put(.reviewsFound(found, about: keys, of: snapshot.dataset))
      } catch {
        // That the casebook is gone is reported by whoever files into it.
        if case .lost = error { return }
        mailbox.put(.failed(localized("What others decided is not shown: \(error.description)")))
      }
    }
  }

  private func groupListings(of snapshot: Snapshot) {
    counting.async { [self] in
      let cancellation = shared.withLock { $0.counting }
      let joined = snapshot.since?.overTime?.joined ?? [:]
      guard let listings = ListingRows(of: snapshot.dataset, joined: joined, cancellation) else { return }
      mailbox.put(.listingsGrouped(listings, of: snapshot.dataset))
    }
  }

  /// Finds copies in the processor time that is left over.
  private func findDuplicates(in dataset: Dataset) {
    grouping.async { [self] in
      let cancellation = shared.withLock { $0.counting }
      guard let found = IdleWork.run({ DuplicateGroups.find(in: dataset, cancellation) }) else { return }
      mailbox.put(.duplicatesFound(found, of: dataset))
      FreedMemory.release()
    }
  }

  private func tally(_ request: LexiconTallyRequest) {
    evaluating.async { [mailbox] in mailbox.put(.lexiconsTallied(request.tally, number: request.number)) }
  }

  // MARK: Decisions

  private func file(_ request: FilingRequest) {
    let change: Change =
      switch request.what {
      case .verdict(let verdict, let reason): .file(verdict, reason: reason, for: request.keys)
      case .note(let note): .write(note: note, for: request.keys[0])
      case .described(let changes): .describe(changes, for: request.keys)
      case .identified(let verdict, let changes): .identify(verdict, changes, for: request.keys)
      }
    let witness = witness(of: request.snapshot.dataset)
    submit(
      change, seen: witness.snapshots(of: request.rows, request.keys, known: request.known), keys: request.keys,
      kind: .filed, announces: request.keys.count > 1, remark: request.remark)
  }

  /// What the listings of a dataset say, for their verdicts; made once for each dataset.
  private func witness(of dataset: Dataset) -> ListingWitness {
    if let known = shared.withLock({ $0.witness }), known.dataset === dataset { return known }
    let made = ListingWitness(dataset)
    shared.withLock { $0.witness = made }
    return made
  }

  private func submit(
    _ change: Change, seen: @autoclosure @escaping @Sendable () -> [ListingSnapshot] = [], keys: [ListingKey],
    kind: FiledTransaction.Kind, announces: Bool = true, remark: String? = nil
  ) {
    filing.submit(change, at: SystemClock.now(), seen: seen()) { [mailbox, poller, filing, isBlind, bindings] result in
      switch result {
      case .success(let applied):
        poller.recordOwnEvents(applied.events)
        let touched = keys.isEmpty ? applied.statuses.keys.sorted() : keys
        var statuses = applied.statuses
        // What others said stays hidden. Where it cannot be read, what was decided here is right all the same.
        if isBlind, let own = try? filing.casebook.ownStatuses(Array(statuses.keys)) { statuses = own }
        mailbox.put(
          .filed(
            FiledTransaction(
              kind: kind, statuses: statuses.mapValues { .saved($0.status, $0.event) }, keys: touched,
              sentence: applied.conflictSentence(bindings)
                ?? (announces ? applied.sentence + (remark.map { ": " + $0 } ?? "") : ""),
              contested: applied.conflicts.map(\.key))))
      case .failure(let error):
        if keys.isEmpty {
          mailbox.put(.undoRefused(error.sentence))
        } else {
          let file: String? = if case .inFile(let path)? = error.kept { path } else { nil }
          mailbox.put(.filingRefused(keys, why: error.sentence, keptIn: file))
        }
      }
    }
  }

  private func rescue(into path: String) {
    filing.rescue(into: path, at: SystemClock.now()) { [mailbox, filing, poller, isBlind] result in
      do {
        let filed = try result.get()
        let casebook = filing.casebook
        let now = try casebook.refresh(since: 0)
        let statuses = isBlind ? try casebook.ownStatuses() : now.statuses
        poller.restart(since: now.last)
        mailbox.put(
          .casebookChanged(
            ChangedCasebook(
              name: URL(fileURLWithPath: path).lastPathComponent,
              filings: statuses.mapValues { .saved($0.status, $0.event) },
              sentence: localized("\(filed.sentence) in \(path), which is now open"))))
      } catch {
        mailbox.put(.failed((error as? CasebookError)?.sentence ?? "\(error)"))
      }
    }
  }

  private func remember(_ fields: [String: String], under name: String) {
    filing.perform { [mailbox] casebook in
      // The trouble has been reported already.
      if casebook.blockingError != nil { return }
      do throws(CasebookError) {
        try casebook.keep(position: StoredFields.json(fields), for: name, at: SystemClock.now())
      } catch {
        mailbox.put(.failed(error.sentence))
      }
    }
  }

  /// The name under which the casebook stores what an analyst has got used to.
  static let habitsName = "habits"

  /// The name under which the casebook stores which hints an analyst has followed.
  static let hintsName = "hints"

  private func findViews() {
    filing.perform { [mailbox] casebook in
      do throws(CasebookError) {
        let stored = try casebook.positions(for: Casebook.viewsName)
        mailbox.put(.viewsFound(stored.flatMap { SavedViews.read(StoredFields.read($0)) }))
      } catch {
        mailbox.put(.failed(error.sentence))
      }
    }
  }

  // MARK: Problems

  private func export(_ list: ProblemList) {
    exporting.async { [mailbox] in
      do throws(ProblemsFile.WriteError) {
        mailbox.put(.problemsExported(ProblemsFile.sentence(try ProblemsFile.write(list), of: list)))
      } catch {
        mailbox.put(.failed(error.sentence))
      }
    }
  }

  // MARK: Packets

  private func export(_ request: PacketRequest) {
    exporting.async { [self] in
      let snapshot = request.snapshot
      // If the lexicons on the screen have not been read yet, the packet reads its own.
      let export = PacketExport(
        snapshot: snapshot, lexicons: snapshot.lexicons ?? LexiconOpening().loaded(), casebook: filing.casebook)
      // Verdicts given before the export was requested belong in it.
      filing.drain()
      do throws(PacketExportError) {
        if !request.isSure {
          let remarks = try export.remarks(request.draft, rows: request.rows, openNotes: request.openNotes)
          if !remarks.isEmpty { return mailbox.put(.packetDoubted(remarks.map(\.sentence))) }
        }
        let written = try export.write(request.draft, rows: request.rows)
        mailbox.put(
          .packetWritten(
            paths: written.map(\.path), listings: written.reduce(0) { $0 + $1.counts.listings },
            isSigned: written.allSatisfy(\.isSigned)))
      } catch {
        mailbox.put(.packetRefused(error.faults.map(\.shown)))
      }
    }
  }
}

extension Applied {
  /// That others decided the same listings meanwhile; nil where nobody did.
  fileprivate func conflictSentence(_ bindings: KeyBindings) -> String? {
    guard let first = conflicts.first else { return nil }
    if conflicts.count > 1 {
      let (count, key) = (conflicts.count, bindings.label(of: "disagreements"))
      return sentence + "; "
        + localized("others decided \(count) of them meanwhile: both are kept, \(key) shows where you differ")
    }
    let analyst = first.analyst
    switch first.decided {
    case .verdict(let verdict, _):
      let said = verdict?.screenLabel ?? localized("cleared", context: "a verdict")
      return localized("\(analyst) decided this listing meanwhile: \(said). Both verdicts are kept")
    case .note: return localized("\(analyst) wrote a note on this listing meanwhile. Both are kept")
    case .described(let aspect, let value):
      let said = value.map { aspect.screenPhrase($0) } ?? localized("\(aspect.screenName) cleared")
      return localized("\(analyst) stated \(said) meanwhile. Both are kept, and yours counts")
    }
  }
}
