import Synchronization

/// A wish to stop that long work looks at between two blocks of rows.
package final class Cancellation: Sendable {
  private let wished = Atomic<Bool>(false)

  package init() {}

  package func cancel() { wished.store(true, ordering: .relaxed) }
  package var isCancelled: Bool { wished.load(ordering: .relaxed) }
}
