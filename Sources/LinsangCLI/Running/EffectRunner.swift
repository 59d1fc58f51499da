import CaseStore
import Casework
import Dashboard
import Dispatch
import Filters
import Foundation
import Listings
import Synchronization
import Workspace

/// Does what `update` asks for, off the loop, and puts the answers into the mailbox.
///
/// One evaluation is alive at a time: a newer question cancels the older. The casebook has its own queue, in order.
final class EffectRunner: Sendable {
  private let mailbox: Mailbox
  let filing: FilingQueue
  private let datasetName: String
  private let files: FilesBeingRead
  private let readingColumns = DispatchQueue(label: "linsang.columns", qos: .userInitiated)
  private let evaluating = DispatchQueue(label: "linsang.evaluating", qos: .userInteractive)
  private let counting = DispatchQueue(label: "linsang.counting", qos: .utility)
  private let exporting = DispatchQueue(label: "linsang.exporting")
  private let shared = Mutex(Shared())
  private let others = OthersWatch()
  private let flagging: FlaggingQueue
  private let trials: WordTrials
  private let renaming: ListingRenaming

  /// What the loop's thread and the queues share.
  private struct Shared {
    var cancellation = Cancellation()
    /// Of finding out which rows are of one listing.
    let counting = Cancellation()
    var evaluation = FilterEvaluation()
  }

  init(
    mailbox: Mailbox, filing: FilingQueue, datasetName: String, files: FilesBeingRead, flagging: FlaggingQueue
  ) {
    self.mailbox = mailbox
    self.flagging = flagging
    trials = WordTrials(mailbox, yielding: flagging)
    self.filing = filing
    renaming = ListingRenaming(filing, mailbox, others)
    self.datasetName = datasetName
    self.files = files
  }

  func start(_ effect: Effect) {
    switch effect {
    case .evaluate(let request): evaluate(request)
    case .placeVerdicts(let statuses, let snapshot): place(statuses, snapshot.dataset)
    case .groupListings(let snapshot): groupListings(of: snapshot.dataset)
    case .carryEarlierVerdicts(let snapshot, let remembered): renaming.look(at: snapshot.dataset, remembered)
    case .loadLexicons(let request): flagging.load(request)
    case .flag(let request): flagging.flag(request)
    case .tryLexicons(let request): flagging.tryLexicons(request)
    case .stopTryingLexicons: flagging.stopTrial()
    case .tallyLexicons(let request): tally(request)
    case .file(let request): file(request)
    case .undo: submit(.undo, keys: [], kind: .undone)
    case .redo: submit(.redo, keys: [], kind: .redone)
    case .rescue(let path): rescue(into: path)
    case .remember(let place): remember(place.fields, under: datasetName)
    case .tryWord(let request): trials.start(request)
    case .addTerm(let draft): trials.add(draft)
    case .rememberDraft(let draft): remember(draft.fields, under: PacketExport.draftName)
    case .exportPacket(let request): export(request)
    case .exportProblems(let list): export(list)
    case .reread(let snapshot): files.reread(from: snapshot.dataset)
    case .previewColumns(let request): readingColumns.async { [files] in files.preview(request) }
    case .changeColumns(let answers): readingColumns.async { [files] in files.changeColumns(answers) }
    case .copy, .redraw, .suspend, .leaveWhenFiled: break
    }
  }

  /// Waits until every decision is on disk or refused.
  func finish() {
    shared.withLock { shared in
      shared.cancellation.cancel()
      shared.counting.cancel()
    }
    flagging.stop()
    trials.finish()
    others.stop()
    files.stop()
    renaming.stop()
    filing.drain()
    exporting.sync {}
    // What was chosen for columns is remembered even if its listings are no longer waited for.
    readingColumns.sync {}
  }

  /// From now on, what other programs decide after event `last` is shown here too.
  func watchOthers(since last: EventNumber) { others.start(filing, since: last, mailbox) }

  // MARK: Questions

  private func evaluate(_ request: EvaluationRequest) {
    let cancellation = Cancellation()
    shared.withLock { shared in
      shared.cancellation.cancel()
      shared.cancellation = cancellation
    }
    evaluating.async { [self] in
      guard !cancellation.isCancelled else { return }
      // Somebody waits for this answer, nobody for the flags.
      flagging.pause()
      defer { flagging.goOn() }
      var evaluation = shared.withLock { $0.evaluation }
      // What was answered before a cancellation is whole, and saves the next question work.
      defer { keep(evaluation) }
      guard
        let answer = evaluation.answer(request.filter, in: request.subject, counting: request.counted, cancellation)
      else { return }
      let order = evaluation.order(
        of: answer.rows, by: request.sort, in: request.snapshot.dataset, rank: request.rank, cancellation)
      guard !cancellation.isCancelled else { return }
      mailbox.put(.answered(request.generation, answer, order))
    }
  }

  private func keep(_ evaluation: FilterEvaluation) { shared.withLock { $0.evaluation = evaluation } }

  private func place(_ statuses: [ListingKey: ReviewStatus], _ dataset: Dataset) {
    evaluating.async { [mailbox] in mailbox.put(.verdictsPlaced(.placed(statuses, in: dataset), of: dataset)) }
  }

  private func groupListings(of dataset: Dataset) {
    counting.async { [self] in
      let cancellation = shared.withLock { $0.counting }
      guard let listings = ListingRows(of: dataset, cancellation) else { return }
      mailbox.put(.listingsGrouped(listings, of: dataset))
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
      }
    let seen = zip(request.rows, request.keys).map { request.snapshot.dataset.snapshot(of: $0, key: $1) }
    let isBulk = request.keys.count > 1
    submit(change, seen: seen, keys: request.keys, kind: .filed, saysSo: isBulk)
  }

  private func submit(
    _ change: Change, seen: [ListingSnapshot] = [], keys: [ListingKey], kind: FiledTransaction.Kind, saysSo: Bool = true
  ) {
    filing.submit(change, at: SystemClock.now(), seen: seen) { [mailbox, others] result in
      switch result {
      case .success(let applied):
        others.filedHere(applied.events)
        let touched = keys.isEmpty ? applied.statuses.keys.sorted() : keys
        mailbox.put(
          .filed(
            FiledTransaction(
              kind: kind, statuses: applied.statuses.mapValues { .saved($0.status, $0.event) }, keys: touched,
              sentence: saysSo ? applied.sentence : "")))
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
    filing.rescue(into: path, at: SystemClock.now()) { [mailbox, filing, others] result in
      do {
        let filed = try result.get()
        let casebook = filing.casebook
        let now = try casebook.refresh(since: 0)
        others.goOn(since: now.last)
        mailbox.put(
          .casebookChanged(
            ChangedCasebook(
              name: URL(fileURLWithPath: path).lastPathComponent,
              filings: now.statuses.mapValues { .saved($0.status, $0.event) },
              sentence: "\(filed.sentence) in \(path), where you now go on")))
      } catch {
        mailbox.put(.failed((error as? CasebookError)?.sentence ?? "\(error)"))
      }
    }
  }

  private func remember(_ fields: [String: String], under name: String) {
    filing.perform { [mailbox] casebook in
      // Said already, and with what is more important.
      if casebook.blockingError != nil { return }
      do throws(CasebookError) {
        try casebook.keep(position: KeptFields.json(fields), for: name, at: SystemClock.now())
      } catch {
        mailbox.put(.failed(error.sentence))
      }
    }
  }

  // MARK: Problems

  private func export(_ list: ProblemList) {
    exporting.async { [mailbox] in
      do throws(ProblemsFile.Refusal) {
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
      // A packet asked for before the lexicons were read does without the screen's, and reads its own.
      let export = PacketExport(
        snapshot: snapshot, lexicons: snapshot.lexicons ?? LexiconShelf().loaded(), casebook: filing.casebook)
      // Verdicts that were given before the export was asked for belong into it.
      filing.drain()
      do throws(PacketRefusal) {
        let written = try export.write(request.draft, rows: request.rows)
        mailbox.put(.packetWritten(path: written.path, listings: written.counts.listings))
      } catch {
        mailbox.put(.packetRefused(why: error.sentence, field: error.line))
      }
    }
  }
}
