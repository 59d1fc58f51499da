import Synchronization

/// Follows what must be done to files before their listings can be read: how far it is, and whether it shall stop.
final class PreparationWatch: Sendable {
  private let isCancelled: @Sendable () -> Bool
  private let report: @Sendable (_ done: Int, _ total: Int) -> Void
  private let state = Mutex((before: 0, total: 0, nextReport: WorkerThread.now + interval))

  /// Seconds between reports, and before the first: plain files are ready before that.
  private static let interval = 0.1

  init(isCancelled: @escaping @Sendable () -> Bool, report: @escaping @Sendable (_ done: Int, _ total: Int) -> Void) {
    self.isCancelled = isCancelled
    self.report = report
  }

  /// Stops nothing and tells nobody.
  static let nobody = PreparationWatch(isCancelled: { false }, report: { _, _ in })

  /// How many bytes there are to prepare in all.
  func begin(total: Int) { state.withLock { $0.total = total } }

  /// A file of so many bytes is done.
  func finishFile(_ byteCount: Int) { state.withLock { $0.before += byteCount } }

  /// So many bytes of the current file are done.
  ///
  /// Fails:  with `cancelled` when opening was cancelled.
  func advance(to done: Int) throws(IntakeError) {
    if isCancelled() { throw .cancelled }
    let now = WorkerThread.now
    let due: (done: Int, total: Int)? = state.withLock { state in
      guard now >= state.nextReport else { return nil }
      state.nextReport = now + Self.interval
      let known = state.before + done
      return (known, max(known, state.total))
    }
    if let due { report(due.done, due.total) }
  }
}
