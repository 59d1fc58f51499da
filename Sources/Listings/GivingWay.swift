import Glibc
import Synchronization

/// Lets long work in the background stand still while somebody waits for something shorter.
///
/// Rule:   work asks every few dozen rows, so that nobody waits for it longer than about a millisecond.
/// Cost:   a look is a relaxed load; work that stands still sleeps.
package final class GivingWay: Sendable {
  /// How many are waited for.
  private let wishes = Atomic<Int>(0)

  package init() {}

  /// Somebody waits from now on; several may at once.
  package func begin() { wishes.wrappingAdd(1, ordering: .relaxed) }
  package func end() { wishes.wrappingSubtract(1, ordering: .relaxed) }

  package var isWished: Bool { wishes.load(ordering: .relaxed) > 0 }

  /// Returns when nobody waits any more, or the work is cancelled.
  package func standStill(_ cancellation: Cancellation? = nil) {
    while isWished, cancellation?.isCancelled != true { usleep(1_000) }
  }
}
