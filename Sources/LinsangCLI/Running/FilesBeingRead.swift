import Dashboard
import Intake
import Listings
import Synchronization
import Workspace

/// The files of a dashboard: reading them, trying other columns on them, and reading them again with those.
///
/// Shape:  one reading is alive at a time; another one takes its place, and what the older still finds is not told.
final class FilesBeingRead: Sendable {
  private let paths: [String]
  private let mailbox: Mailbox
  private let memory: ColumnMemoryFile
  private let watch: FilesWatch
  private let state: Mutex<Reading>

  private struct Reading {
    var options: IntakeOptions
    /// The reading whose rows are on the screen, or will be.
    var opening: DatasetOpening?
    /// A second reading of the files, which takes its place when it has come to the end.
    var rereading: DatasetOpening?
    /// The number of the last reading that came to its end.
    var finished = 0
    /// Counts readings, so that one that was replaced is not listened to.
    var number = 0
  }

  init(
    _ paths: [String], mailbox: Mailbox, options: IntakeOptions, memory: ColumnMemoryFile, watch: FilesWatch
  ) {
    self.paths = paths
    self.mailbox = mailbox
    self.memory = memory
    self.watch = watch
    state = Mutex(Reading(options: options))
  }

  func open() {
    let pacing = LookPacing()
    // Not under the lock, which the first event may ask for.
    let opening = DatasetOpening.start(paths: paths, options: state.withLock { $0.options }) { [self] event in
      guard isCurrent(0) else { return }
      switch event {
      case .progressed(let progress):
        guard pacing.lets(progress.dataset.rowCount) else { return }
        mailbox.putLook(Self.message(progress))
      case .finished(let progress):
        mailbox.putLook(Self.message(progress))
        watch.watch(progress.files, mailbox)
      // An empty screen has nothing to do on it: the sentence is easier to read, and to act on, in the shell.
      case .failed(let error): mailbox.giveUp(error)
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

  /// Reads the files again as they are now; the answer comes when all is read, with the rows of `old` carried over.
  func reread(from old: Dataset) {
    guard !paths.contains("-") else {
      mailbox.put(.rereadingRefused(why: "Standard input cannot be read a second time."))
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
          if let whole = reading.rereading { (reading.opening, reading.rereading) = (whole, nil) }
        }
        let new = progress.dataset
        let files = RereadFiles(
          new, problems: ProblemList(progress.problems), problemRows: progress.problems.rows(of: new.rowCount),
          carried: CarriedRows(from: old, to: new))
        mailbox.put(.filesReread(files, from: old))
        watch.watch(progress.files, mailbox)
      }
    }
    // It may have come to the end already.
    state.withLock { reading in
      if reading.finished == now.number { reading.opening = opening } else { reading.rereading = opening }
    }
  }

  // MARK: Other columns

  /// Reads the first listings of a file with other columns.
  func preview(_ request: ColumnPreviewRequest) {
    let sources = request.snapshot.dataset.sources
    guard sources.indices.contains(request.source) else { return }
    var options = state.withLock { $0.options }
    options.assignments = Self.replacing(options.assignments, with: [request.assignment])
    guard let preview = ColumnPreview.dataset(of: sources[request.source], options: options) else { return }
    mailbox.put(.columnsPreviewed(preview, number: request.number))
  }

  /// Remembers the answers and reads all files again with them.
  ///
  /// Fails:  where they cannot be written, the failure is told, and they hold until the program ends.
  func changeColumns(_ answers: [ColumnAssignment]) {
    var remembering: Remembering = answers.allSatisfy(\.lines.isEmpty) ? .forgotten : .remembered
    do {
      try memory.remember(answers)
    } catch {
      remembering = .refused
      mailbox.put(
        .failed(
          "\(memory.path) could not be written: \(ColumnMemoryFile.why(error)). The columns hold until you leave; free "
            + "some room or allow writing there, then choose them again."))
    }
    let now = state.withLock { reading in
      reading.options.assignments = Self.replacing(reading.options.assignments, with: answers)
      reading.number += 1
      return reading
    }
    now.opening?.cancel()
    let outcome = remembering
    let again = now.opening?.startAgain(options: now.options) { [self] event in
      // The old listings stay on the screen until all are there: rows are the same, so nothing moves.
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
    if again == nil { mailbox.put(.changingColumnsRefused(why: "The files cannot be read a second time.")) }
    state.withLock { $0.opening = again ?? $0.opening }
  }

  private static func replacing(
    _ assignments: [ColumnAssignment], with newer: [ColumnAssignment]
  ) -> [ColumnAssignment] {
    let ids = Set(newer.map(\.header.id))
    return assignments.filter { !ids.contains($0.header.id) } + newer.filter { !$0.lines.isEmpty }
  }

  private static func message(_ progress: IntakeProgress) -> Message {
    // While reading goes on, the first problems are enough to look at; all come with the last look.
    let problems = ProblemList(progress.problems, most: progress.dataset.isComplete ? .max : 200)
    return .datasetGrew(
      progress.dataset,
      Loading(
        bytesRead: progress.bytesDone, bytesTotal: progress.bytesTotal, isComplete: progress.dataset.isComplete),
      problems, problemRows: progress.problems.rows(of: progress.dataset.rowCount))
  }
}

/// Which looks at a growing dataset are worth showing: each is filtered and counted anew, on the cores that read.
///
/// Rule:   the first, then one whenever the rows have doubled or a quarter of a second has passed.
private final class LookPacing: Sendable {
  private let last = Mutex<(rows: Int, at: ContinuousClock.Instant)?>(nil)

  func lets(_ rows: Int) -> Bool {
    last.withLock { last in
      let now = ContinuousClock.now
      if let last, rows < last.rows * 2, now - last.at < .milliseconds(250) { return false }
      last = (rows, now)
      return true
    }
  }
}
