import Listings
import Synchronization

/// How far a load has come, with everything read so far.
///
/// Units:  bytes of the files on disk.
/// Cost:   none to keep or copy: all snapshots of a load share the same growing columns.
package struct IntakeProgress: Sendable {
  package let bytesDone: Int
  package let bytesTotal: Int
  /// The rows so far; `isComplete` once all are there.
  package let dataset: Dataset
  /// The problems so far, of exactly these rows.
  package let problems: IntakeProblems
  /// The files on disk, to notice later changes. Empty until the last report.
  package let files: [OpenedFile]
}

/// What happens while files are opened. `finished`, `failed` and `cancelled` are final: nothing follows.
package enum IntakeEvent: Sendable {
  /// More rows are there. The first report comes within milliseconds, whatever the size of the files. While packed files
  /// and other encodings are being converted, reports come without rows.
  case progressed(IntakeProgress)
  /// All rows are there.
  case finished(IntakeProgress)
  /// A file could not be opened. Nothing was read.
  case failed(IntakeError)
  /// `cancel` was called before the end.
  case cancelled
}

/// Opens files as one dataset, on threads of its own.
///
/// Shape:  rows are in the order of the files given and, within a file, of its records. No record is left out, except
///         malformed JSON, which becomes a problem with its position.
/// Cost:   one pass over the text on all processors; `.bench/RESULTS.md` has the times. The text stays in the file.
/// Fails:  with `IntakeError` before any row is read. Everything else becomes an `IntakeProblem`.
package final class DatasetOpening: Sendable {
  private let loading = Mutex<(loading: Loading?, isCancelled: Bool)>((nil, false))
  /// The readable texts, so that reading again need not unpack, decode or wait for standard input once more.
  private let opened: Mutex<(texts: [ReadableText], problems: [IntakeProblem])?>

  private init(_ opened: (texts: [ReadableText], problems: [IntakeProblem])? = nil) { self.opened = Mutex(opened) }

  /// Starts to open `paths` (`-` is standard input) and returns immediately.
  ///
  /// - Parameter onEvent: called from the reading threads, one call at a time and in order. It should only pass the event
  ///   on.
  package static func start(
    paths: [String], options: IntakeOptions, onEvent: @escaping @Sendable (IntakeEvent) -> Void
  ) -> DatasetOpening {
    let opening = DatasetOpening()
    WorkerThread.start { opening.run(paths, options, onEvent) }
    return opening
  }

  /// Reads the same files again, for instance after columns were reassigned. Rows and records stay the same.
  ///
  /// Fails:  returns nil while the files are still being made readable.
  package func startAgain(
    options: IntakeOptions, onEvent: @escaping @Sendable (IntakeEvent) -> Void
  ) -> DatasetOpening? {
    guard let opened = opened.withLock({ $0 }) else { return nil }
    let opening = DatasetOpening(opened)
    WorkerThread.start {
      opening.work(
        Loading(files: opened.texts, problems: opened.problems, options: options, report: onEvent))
    }
    return opening
  }

  /// Stops reading. `cancelled` follows, unless the end was reached first.
  package func cancel() {
    let loading = loading.withLock { state in
      state.isCancelled = true
      return state.loading
    }
    loading?.cancel()
  }

  /// The body of the first thread: makes the files readable, then reads them.
  private func run(_ paths: [String], _ options: IntakeOptions, _ onEvent: @escaping @Sendable (IntakeEvent) -> Void) {
    do throws(IntakeError) {
      work(try prepare(paths, options, onEvent))
    } catch {
      onEvent(error == .cancelled ? .cancelled : .failed(error))
    }
  }

  /// Reads with as many threads as the load wants, this one included.
  ///
  /// Shape:  returns when no piece is left; the last thread to finish reports the end.
  private func work(_ loading: Loading) {
    let isCancelled = self.loading.withLock { state in
      state.loading = loading
      return state.isCancelled
    }
    if isCancelled { loading.cancel() }
    for _ in 1..<loading.workerCount { WorkerThread.start { loading.work() } }
    loading.work()
  }

  /// Makes the files readable, and reports progress without rows meanwhile.
  ///
  /// Fails:  with the first path that cannot be opened.
  private func prepare(
    _ paths: [String], _ options: IntakeOptions, _ onEvent: @escaping @Sendable (IntakeEvent) -> Void
  ) throws(IntakeError) -> Loading {
    let nothing = DatasetBuilder().dataset(sources: [], isComplete: false)
    let preparation = PreparationProgress(isCancelled: { self.loading.withLock(\.isCancelled) }) { done, total in
      onEvent(
        .progressed(
          IntakeProgress(bytesDone: done, bytesTotal: total, dataset: nothing, problems: IntakeProblems(), files: [])))
    }
    let opening = FileOpening(options: options, progress: preparation)
    try opening.open(paths)
    opened.withLock { $0 = (opening.texts, opening.problems) }
    return Loading(files: opening.texts, problems: opening.problems, options: options, report: onEvent)
  }

  /// Checks that `path` exists and may be read, without reading it, so that a wrong name shows before the screen is taken
  /// over.
  ///
  /// Fails:  as opening would, for this path alone.
  package static func check(path: String) throws(IntakeError) {
    if path == "-" { return }
    if PathKind(path) == .folder {
      _ = try FolderListing.files(in: path) { _ in }
    } else {
      _ = try MappedFile(path: path)
    }
  }

  /// Opens `paths` and waits for the end.
  ///
  /// Fails:  where a file cannot be opened. Nothing was read then.
  package static func open(
    paths: [String], options: IntakeOptions
  ) throws(IntakeError) -> (dataset: Dataset, problems: IntakeProblems) {
    let monitor = Monitor()
    let outcome = Mutex<Result<IntakeProgress, IntakeError>?>(nil)
    let opening = start(paths: paths, options: options) { event in
      let result: Result<IntakeProgress, IntakeError>
      switch event {
      case .progressed: return
      case .finished(let progress): result = .success(progress)
      case .failed(let error): result = .failure(error)
      case .cancelled: preconditionFailure("nobody else knows this opening")
      }
      monitor.withLock {
        outcome.withLock { $0 = result }
        monitor.wakeAll()
      }
    }
    monitor.withLock { while outcome.withLock({ $0 == nil }) { monitor.wait() } }
    withExtendedLifetime(opening) {}
    let progress = try outcome.withLock { $0 }!.get()
    return (progress.dataset, progress.problems)
  }
}
