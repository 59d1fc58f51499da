import Foundation
import Testing

/// For tests that wait most of their time, for a terminal or for a program: they run on a few threads of their own.
///
/// Tests share a pool with one thread per core; one that waits there keeps another from working. The threads are few, as
/// each has a program at work that wants a core too.
struct WaitsElsewhere: SuiteTrait, TestTrait, TestScoping {
  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(WaitingThreads.shared) { try await function() }
  }
}

extension Trait where Self == WaitsElsewhere {
  static var waitsElsewhere: Self { WaitsElsewhere() }
}

private final class WaitingThreads: TaskExecutor, @unchecked Sendable {
  // Safe: `jobs` is only touched under `condition`.
  static let shared = WaitingThreads(4)
  private let condition = NSCondition()
  private var jobs: [UnownedJob] = []

  private init(_ count: Int) {
    for _ in 0..<count {
      let thread = Thread { [self] in while true { next().runSynchronously(on: asUnownedTaskExecutor()) } }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    condition.withLock {
      jobs.append(job)
      condition.signal()
    }
  }

  private func next() -> UnownedJob {
    condition.withLock {
      while jobs.isEmpty { condition.wait() }
      return jobs.removeFirst()
    }
  }
}
