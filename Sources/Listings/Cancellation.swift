import Glibc
import Synchronization

/// A request to stop, which long work checks every thousand rows or so, far more often than a person would notice.
///
/// Cost:   a check is one or two relaxed loads.
package final class Cancellation: Sendable {
  /// How many more checks until the request takes effect; `.max` for never.
  private let checksLeft: Atomic<Int>
  private let yielding: Yielding?

  /// - Parameter yielding: while someone waits there, a check does not return, so that the work pauses and then continues
  ///   where it was.
  package init(yielding: Yielding? = nil) {
    checksLeft = Atomic(.max)
    self.yielding = yielding
  }

  /// A request that takes effect at the given check. For tests, which have no other way to stop work midway with certainty.
  package init(afterChecks checks: Int) {
    checksLeft = Atomic(checks)
    yielding = nil
  }

  /// Requests the work to stop at its next check.
  package func cancel() { checksLeft.store(0, ordering: .relaxed) }

  /// Whether to stop. Returns late while someone waits for the work to yield.
  package var isCancelled: Bool {
    yielding?.pause(orUntil: { isRequested })
    return isRequested
  }

  /// The same check without the wait, for threads that are not the work itself: the loop would stand still with it.
  package var isRequested: Bool {
    let left = checksLeft.load(ordering: .relaxed)
    if left == .max { return false }
    return left <= 0 || checksLeft.wrappingSubtract(1, ordering: .relaxed).newValue <= 0
  }
}

/// Pauses long background work while someone waits for something shorter; see `Cancellation`.
///
/// Cost:   a check is a relaxed load. Paused work sleeps, and continues a millisecond after the last request ends.
package final class Yielding: Sendable {
  /// How many are waiting.
  private let requests = Atomic<Int>(0)

  package init() {}

  /// Requests the work to pause. Requests nest; each needs an `end`.
  package func begin() { requests.wrappingAdd(1, ordering: .relaxed) }
  /// Ends one request.
  package func end() { requests.wrappingSubtract(1, ordering: .relaxed) }

  /// Whether anyone is waiting.
  package var isRequested: Bool { requests.load(ordering: .relaxed) > 0 }

  /// Returns once no one is waiting, or the work is to end anyway.
  func pause(orUntil isOver: () -> Bool) { while isRequested, !isOver() { usleep(1_000) } }
}
