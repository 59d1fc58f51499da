import Glibc
import Synchronization

/// Lets long work in the background stand still while somebody waits for something shorter; see `Cancellation`.
///
/// Cost:   a look is a relaxed load; work that stands still sleeps, and goes on a millisecond after the last wish.
package final class GivingWay: Sendable {
  /// How many are waited for.
  private let wishes = Atomic<Int>(0)

  package init() {}

  /// Somebody waits from now on; several may at once.
  package func begin() { wishes.wrappingAdd(1, ordering: .relaxed) }
  package func end() { wishes.wrappingSubtract(1, ordering: .relaxed) }

  package var isWished: Bool { wishes.load(ordering: .relaxed) > 0 }

  /// Returns when nobody waits any more, or the work is to end.
  func standStill(orUntil isOver: () -> Bool) { while isWished, !isOver() { usleep(1_000) } }
}
