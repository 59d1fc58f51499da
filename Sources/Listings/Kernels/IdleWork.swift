import CPlatform
import Dispatch
import Glibc
import Synchronization

/// Long work that nobody waits for. It takes the processor time that is left over, and none while anything else, of this
/// program or another, wants to run.
///
/// Shape:  every piece of work has threads of its own, SCHED_IDLE or, where that is refused, of niceness 19. Without
///         privileges a thread cannot come back from there, so they end with the work.
/// Cost:   some 50 microseconds a thread, for `run` and again for each use of `Parallel` in it: too much for steps shorter
///         than a few milliseconds.
/// Limits: an idle thread may be kept waiting anywhere for a long time, also with a lock in its hand. So it must not take
///         a lock that others need, nor hand work to a dispatch queue: the queue may start a thread for that, which would
///         be idle for good. What is to be told to others goes through `report`.
/// Source: sched(7), "SCHED_IDLE".
package enum IdleWork {
  /// Whether the calling thread is an idle one.
  package static var isCurrent: Bool { lp_is_idle() != 0 }

  /// Runs `work` on an idle thread and waits for its end. The caller sleeps meanwhile, but for what is reported to it.
  ///
  /// Shape:  reports are received in their order, all before the end, on the caller's thread, which keeps its priority.
  ///         Within idle work it runs on the calling thread.
  /// Limits: where the system has no thread left, `work` runs on the calling thread with its priority.
  ///
  /// - Parameter work: gets `report`, which returns at once.
  package static func run<Outcome, Report: Sendable>(
    receiving receive: (Report) -> Void, _ work: (_ report: (Report) -> Void) -> Outcome
  ) -> Outcome {
    withoutActuallyEscaping(work) { work in
      withoutActuallyEscaping(receive) { receive in
        if isCurrent { return work(receive) }
        nonisolated(unsafe) let work = work  // one thread runs it, and is waited for
        nonisolated(unsafe) var outcome: Outcome?
        let reports = Reports<Report>()
        let thread = IdleThread {
          outcome = work { reports.put($0) }
          reports.end()
        }
        guard let thread else { return work(receive) }
        while let report = reports.next() { receive(report) }
        thread.join()
        return outcome!
      }
    }
  }

  /// The same for work that has nothing to report.
  package static func run<Outcome>(_ work: () -> Outcome) -> Outcome {
    run(receiving: { (_: Never) in }, { _ in work() })
  }

  /// Calls `work(step)` for every step of `0..<count` on idle threads, one per core, the caller's among them.
  static func each(_ count: Int, _ work: (Int) -> Void) {
    withoutActuallyEscaping(work) { work in
      nonisolated(unsafe) let work = work  // it is said to run on several threads at once
      let steps = Steps(count)
      let takeSteps = { while let step = steps.next() { work(step) } }
      let others = (1..<max(1, min(Parallel.coreCount, count))).compactMap { _ in IdleThread(takeSteps) }
      takeSteps()
      for thread in others { thread.join() }
    }
  }

  /// Hands out the numbers below `count`, each once.
  private final class Steps: Sendable {
    private let count: Int
    private let taken = Atomic<Int>(0)

    init(_ count: Int) { self.count = count }

    func next() -> Int? {
      let step = taken.wrappingAdd(1, ordering: .relaxed).oldValue
      return step < count ? step : nil
    }
  }
}

/// A thread that becomes idle before it does anything else.
private struct IdleThread {
  private let thread: pthread_t

  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Starts it; nil where the system has no thread left.
  init?(_ body: @escaping () -> Void) {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(
      &thread, nil,
      { argument in
        lp_become_idle()
        Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      work.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits for its end.
  func join() { pthread_join(thread, nil) }
}

/// What an idle thread has reported and its caller has not received yet.
private final class Reports<Report: Sendable>: Sendable {
  private let waiting = Mutex<[Report]>([])
  /// Counts the reports, and the end.
  private let arrivals = DispatchSemaphore(value: 0)

  func put(_ report: Report) {
    waiting.withLock { $0.append(report) }
    arrivals.signal()
  }

  func end() { arrivals.signal() }

  /// Waits for the next report; nil at the end.
  func next() -> Report? {
    arrivals.wait()
    return waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}

/// Memory that the program has freed, and that the C library keeps for later.
package enum FreedMemory {
  /// Gives it back to the system, after work that needed much for a moment.
  ///
  /// Cost:   some milliseconds for a hundred megabytes, in which other threads may wait to allocate.
  package static func release() { lp_release_free_memory() }
}
