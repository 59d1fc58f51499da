import Foundation
import Testing

/// Runs tests that mostly wait, for a terminal or a program, on a few threads of their own.
///
/// Other tests share a pool of one thread per core, which a waiting test would block. The threads are few, since the
/// program that each waits for needs a core too.
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
