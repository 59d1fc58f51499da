import Dashboard
import Dispatch
import Intake
import Listings
import Sentences
import Synchronization
import Workspace

/// Reads the dashboard's files, previews other columns, and reads the files again.
///
/// Shape:  one reading at a time. A newer one replaces it, and whatever the older still finds is dropped.
final class DatasetLoader: Sendable {
  private let paths: [String]
  private let mailbox: Mailbox
  private let memory: ColumnMemoryFile
  private let filePoller: FilePoller
  private let state: Mutex<Reading>

  /// The readings in progress.
  private struct Reading {
    var options: IntakeOptions
    /// The reading whose rows are on the screen, or will be.
    var opening: DatasetOpening?
    /// A second reading, which replaces it once complete.
    var rereading: DatasetOpening?
    /// The number of the last reading that was completed.
    var finished = 0
    /// Counts readings, so that a replaced one is ignored.
    var number = 0
  }

  init(
    _ paths: [String], mailbox: Mailbox, options: IntakeOptions, memory: ColumnMemoryFile, filePoller: FilePoller
  ) {
    self.paths = paths
    self.mailbox = mailbox
    self.memory = memory
    self.filePoller = filePoller
    state = Mutex(Reading(options: options))
  }

  func open() {
    let throttle = SnapshotThrottle()
    // Not while holding the lock, which the first event may need.
    let opening = DatasetOpening.start(paths: paths, options: state.withLock { $0.options }) { [self] event in
      guard isCurrent(0) else { return }
      switch event {
      case .progressed(let progress):
        guard throttle.admits(progress.dataset.rowCount) else { return }
        mailbox.putSnapshot(Self.message(progress))
      case .finished(let progress):
        mailbox.putSnapshot(Self.message(progress))
        filePoller.start(progress.files, mailbox)
      // With no listings there is nothing to do on the screen. The sentence is easier to read in the shell.
      case .failed(let error): mailbox.failOpening(error)
      case .cancelled: break
      }
    }
    state.withLock { $0.opening = opening }
  }

  func stop() {
    state.withLock { reading in
      reading.opening?.cancel()
      reading.rereading?.cancel()
    }
  }

  private func isCurrent(_ number: Int) -> Bool { state.withLock { $0.number == number } }

  // MARK: Files that changed

  /// Reads the files again as they are now. The answer comes when all is read and says where the rows of `old` are now.
  func reread(from old: Dataset) {
    guard !paths.contains("-") else {
      mailbox.put(.rereadingRefused(why: localized("Standard input cannot be read a second time.")))
      return
    }
    let now = state.withLock { reading in
      reading.number += 1
      return reading
    }
    let opening = DatasetOpening.start(paths: paths, options: now.options) { [self] event in
      guard isCurrent(now.number) else { return }
      switch event {
      case .progressed, .cancelled: break
      case .failed(let error): mailbox.put(.rereadingRefused(why: error.description))
      case .finished(let progress):
        state.withLock { reading in
          reading.finished = now.number
          if let complete = reading.rereading { (reading.opening, reading.rereading) = (complete, nil) }
        }
        let new = progress.dataset
        let files = RereadFiles(
          new, problems: ProblemList(progress.problems), problemRows: progress.problems.rows(of: new.rowCount),
          carried: CarriedRows(from: old, to: new))
        mailbox.put(.filesReread(files, from: old))
        filePoller.start(progress.files, mailbox)
      }
    }
    // It may already be complete.
    state.withLock { reading in
      if reading.finished == now.number { reading.opening = opening } else { reading.rereading = opening }
    }
  }

  // MARK: Comparing

  /// Reads the listings of a dataset once more, with the fingerprints of their cells, on threads with the priority of the
  /// caller's, and waits for the end.
  ///
  /// Cost:   that of the first reading, and the memory of the rows until the answer is released.
  /// Fails:  returns nil when cancelled, and where it is not the same listings any more.
  func readWithCells(_ dataset: Dataset, _ cancellation: Cancellation) -> Dataset? {
    var (opening, options) = state.withLock { ($0.opening, $0.options) }
    options.makesCellFingerprints = true
    let outcome = Mutex<Dataset?>(nil)
    let end = DispatchSemaphore(value: 0)
    let again = opening?.startAgain(options: options) { event in
      switch event {
      case .progressed: return
      case .finished(let progress): outcome.withLock { $0 = progress.dataset }
      case .failed, .cancelled: break
      }
      end.signal()
    }
    opening = nil
    guard let again else { return nil }
    while end.wait(timeout: .now() + .milliseconds(100)) == .timedOut {
      if cancellation.isRequested { again.cancel() }
    }
    guard let read = outcome.withLock({ $0 }), read.rowCount == dataset.rowCount, !cancellation.isRequested
    else { return nil }
    let (before, now) = (dataset.keyFingerprints, read.keyFingerprints)
    return (0..<read.rowCount).allSatisfy { before[$0] == now[$0] } ? read : nil
  }

  // MARK: Other columns

  /// Reads the first listings of a file with other columns, for the columns sheet.
  func preview(_ request: ColumnPreviewRequest) {
    let sources = request.snapshot.dataset.sources
    guard sources.indices.contains(request.source) else { return }
    var options = state.withLock { $0.options }
    options.assignments = Self.replacing(options.assignments, with: [request.assignment])
    guard let preview = ColumnPreview.dataset(of: sources[request.source], options: options) else { return }
    mailbox.put(.columnsPreviewed(preview, number: request.number))
  }

  /// Remembers the choices and reads all files again with them.
  ///
  /// Fails:  if they cannot be written, that is reported, and they hold until the program ends.
  func changeColumns(_ answers: [ColumnAssignment]) {
    var remembering: Remembering = answers.allSatisfy(\.lines.isEmpty) ? .forgotten : .remembered
    do {
      try memory.remember(answers)
    } catch {
      remembering = .refused
      mailbox.put(
        .failed(
          localized(
            "\(memory.path) could not be written: \(ColumnMemoryFile.why(error)). The columns hold until you quit; "
              + "free some space or allow writing there, then choose them again.")))
    }
    let now = state.withLock { reading in
      reading.options.assignments = Self.replacing(reading.options.assignments, with: answers)
      reading.number += 1
      return reading
    }
    now.opening?.cancel()
    let outcome = remembering
    let again = now.opening?.startAgain(options: now.options) { [self] event in
      // The old listings stay on the screen until all are read: the rows are the same, so nothing moves.
      guard isCurrent(now.number) else { return }
      switch event {
      case .progressed, .cancelled: break
      case .failed(let error): mailbox.put(.changingColumnsRefused(why: error.description))
      case .finished(let progress):
        mailbox.put(
          .columnsChanged(
            progress.dataset, ProblemList(progress.problems),
            problemRows: progress.problems.rows(of: progress.dataset.rowCount), outcome))
      }
    }
    if again == nil { mailbox.put(.changingColumnsRefused(why: localized("The files cannot be read a second time."))) }
    state.withLock { $0.opening = again ?? $0.opening }
  }

  private static func replacing(
    _ assignments: [ColumnAssignment], with newer: [ColumnAssignment]
  ) -> [ColumnAssignment] {
    let ids = Set(newer.map(\.header.id))
    return assignments.filter { !ids.contains($0.header.id) } + newer.filter { !$0.lines.isEmpty }
  }

  private static func message(_ progress: IntakeProgress) -> Message {
    // During reading the first problems are enough. The last snapshot has them all.
    let problems = ProblemList(progress.problems, maximum: progress.dataset.isComplete ? .max : 200)
    return .datasetGrew(
      progress.dataset,
      Loading(
        bytesRead: progress.bytesDone, bytesTotal: progress.bytesTotal, isComplete: progress.dataset.isComplete),
      problems, problemRows: progress.problems.rows(of: progress.dataset.rowCount))
  }
}

/// Decides which snapshots of a growing dataset to show: each is filtered and counted on the cores that also read.
///
/// Shape:  the first, then one whenever the rows have doubled or a quarter of a second has passed.
private final class SnapshotThrottle: Sendable {
  private let last = Mutex<(rows: Int, at: ContinuousClock.Instant)?>(nil)

  func admits(_ rows: Int) -> Bool {
    last.withLock { last in
      let now = ContinuousClock.now
      if let last, rows < last.rows * 2, now - last.at < .milliseconds(250) { return false }
      last = (rows, now)
      return true
    }
  }
}
