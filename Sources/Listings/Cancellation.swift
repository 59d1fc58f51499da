import Synchronization

/// A wish to stop that long work looks at every thousand rows or so, far more often than a person can notice.
package final class Cancellation: Sendable {
  /// How often the wish may still be looked at before it is there; `.max`: for ever.
  private let looksLeft: Atomic<Int>
  private let givingWay: GivingWay?

  /// - Parameter givingWay: while somebody waits there, a look at the wish takes as long as that: work that looks stands
  ///   still and then goes on where it was.
  package init(givingWay: GivingWay? = nil) {
    looksLeft = Atomic(.max)
    self.givingWay = givingWay
  }

  /// A wish that comes when it is looked at for the `looks`-th time: for tests, which have no other way to stop work
  /// half-way for certain.
  package init(atLook looks: Int) {
    looksLeft = Atomic(looks)
    givingWay = nil
  }

  package func cancel() { looksLeft.store(0, ordering: .relaxed) }

  package var isCancelled: Bool {
    givingWay?.standStill(orUntil: { isWished })
    return isWished
  }

  private var isWished: Bool {
    let left = looksLeft.load(ordering: .relaxed)
    if left == .max { return false }
    return left <= 0 || looksLeft.wrappingSubtract(1, ordering: .relaxed).newValue <= 0
  }
}
