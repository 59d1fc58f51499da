import Listings
import Synchronization

/// How far a load has come.
package struct IntakeProgress: Sendable {
  package let bytesDone: Int
  package let bytesTotal: Int
  /// A look at the rows so far; `isComplete` when all are there.
  package let dataset: Dataset
  package let problems: IntakeProblems
  /// The files on disk, to see what becomes of them; told with the last look.
  package let files: [OpenedFile]
}

/// What happens while files are opened.
package enum IntakeEvent: Sendable {
  /// Some rows are there; the first look comes within milliseconds, whatever the size of the files. While packed files and
  /// other encodings are being converted, looks come without rows.
  case look(IntakeProgress)
  /// All rows are there. Nothing follows.
  case finished(IntakeProgress)
  /// A file could not be opened; nothing was read. Nothing follows.
  case failed(IntakeError)
  /// `cancel` was called before the end. Nothing follows.
  case cancelled
}

/// Opens files as one dataset on threads of its own.
///
/// Shape:  rows lie in the order of the files given and, within a file, of its records; no record is left out, except
///         JSON that is none, which is a problem with its place.
/// Cost:   a look costs no copying: all share the same growing columns.
package final class DatasetOpening: Sendable {
  private let loading = Mutex<(loading: Loading?, isCancelled: Bool)>((nil, false))
  /// The files made readable, to be read again without being unpacked, decoded or sent in once more.
  private let opened: Mutex<(texts: [ReadableText], problems: [IntakeProblem])?>

  private init(_ opened: (texts: [ReadableText], problems: [IntakeProblem])? = nil) { self.opened = Mutex(opened) }

  /// Starts to open `paths` (`-` is standard input) and returns at once.
  ///
  /// - Parameter onEvent: called from the reading threads, one call at a time and in order; it should only pass the event on.
  package static func start(
    paths: [String], options: IntakeOptions, onEvent: @escaping @Sendable (IntakeEvent) -> Void
  ) -> DatasetOpening {
    let opening = DatasetOpening()
    WorkerThread.start { opening.run(paths, options, onEvent) }
    return opening
  }

  /// Reads the same files once more, as when their columns are assigned anew; rows and records stay what they were.
  ///
  /// Fails:  nil while the files are still being made readable.
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

  /// Stops reading; `cancelled` follows, unless the end was reached before.
  package func cancel() {
    let loading = loading.withLock { state in
      state.isCancelled = true
      return state.loading
    }
    loading?.cancel()
  }

  private func run(_ paths: [String], _ options: IntakeOptions, _ onEvent: @escaping @Sendable (IntakeEvent) -> Void) {
    do throws(IntakeError) {
      work(try prepare(paths, options, onEvent))
    } catch {
      onEvent(error == .cancelled ? .cancelled : .failed(error))
    }
  }

  private func work(_ loading: Loading) {
    let isCancelled = self.loading.withLock { state in
      state.loading = loading
      return state.isCancelled
    }
    if isCancelled { loading.cancel() }
    for _ in 1..<loading.workerCount { WorkerThread.start { loading.work() } }
    loading.work()
  }

  private func prepare(
    _ paths: [String], _ options: IntakeOptions, _ onEvent: @escaping @Sendable (IntakeEvent) -> Void
  ) throws(IntakeError) -> Loading {
    let nothing = DatasetBuilder().dataset(sources: [], isComplete: false)
    let watch = PreparationWatch(isCancelled: { self.loading.withLock(\.isCancelled) }) { done, total in
      onEvent(
        .look(
          IntakeProgress(bytesDone: done, bytesTotal: total, dataset: nothing, problems: IntakeProblems(), files: [])))
    }
    let opening = FileOpening(options: options, watch: watch)
    try opening.open(paths)
    opened.withLock { $0 = (opening.texts, opening.problems) }
    return Loading(files: opening.texts, problems: opening.problems, options: options, report: onEvent)
  }

  /// Whether `paths` are there and may be read, without reading them: a wrong name is better told before the screen is
  /// taken over.
  package static func check(path: String) throws(IntakeError) {
    if path == "-" { return }
    if NamedPlace(path) == .folder {
      _ = try FolderListing.files(in: path) { _ in }
    } else {
      _ = try MappedFile(path: path)
    }
  }

  /// Opens `paths` and waits for the end.
  ///
  /// Fails:  where a file cannot be opened; nothing was read then.
  package static func open(
    paths: [String], options: IntakeOptions
  ) throws(IntakeError) -> (dataset: Dataset, problems: IntakeProblems) {
    let monitor = Monitor()
    let outcome = Mutex<Result<IntakeProgress, IntakeError>?>(nil)
    let opening = start(paths: paths, options: options) { event in
      let result: Result<IntakeProgress, IntakeError>
      switch event {
      case .look: return
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
