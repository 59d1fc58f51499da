import Synchronization

/// A wish to stop that long work looks at every thousand rows or so, far more often than a person can notice.
package final class Cancellation: Sendable {
  /// How often the wish may still be looked at before it is there; `.max`: for ever.
  private let looksLeft: Atomic<Int>

  package init() { looksLeft = Atomic(.max) }

  /// A wish that comes when it is looked at for the `looks`-th time: for tests, which have no other way to stop work
  /// half-way for certain.
  package init(atLook looks: Int) { looksLeft = Atomic(looks) }

  package func cancel() { looksLeft.store(0, ordering: .relaxed) }

  package var isCancelled: Bool {
    let left = looksLeft.load(ordering: .relaxed)
    if left == .max { return false }
    return left <= 0 || looksLeft.wrappingSubtract(1, ordering: .relaxed).newValue <= 0
  }
}
