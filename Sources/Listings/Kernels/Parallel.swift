import Dispatch
import Glibc
import Synchronization

/// Runs work on all cores at once.
///
/// Shape:  blocks until all of it is done. Called on an idle thread, it starts idle threads and leaves the shared ones
///         alone; see `IdleWork`.
/// Limits: `work` runs on several threads at once, the caller's among them.
package enum Parallel {
  /// How many cores there are, at least one.
  package static let coreCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Splits `0..<count` into one range per core, and calls `work(part, range)` for all of them at the same time. `work` must
  /// not touch what another part touches.
  ///
  /// - Parameter minimum: the smallest range that is worth a core, since distributing work costs some microseconds.
  /// - Returns: the number of parts; 0 when there is nothing to do.
  @discardableResult
  package static func parts(_ count: Int, minimum: Int, _ work: (Int, Range<Int>) -> Void) -> Int {
    let parts = partCount(count, minimum: minimum)
    each(parts) { part in work(part, count * part / parts..<count * (part + 1) / parts) }
    return parts
  }

  /// How many parts `parts` makes.
  package static func partCount(_ count: Int, minimum: Int) -> Int {
    count == 0 ? 0 : max(1, min(coreCount, count / max(1, minimum)))
  }

  /// The results of a function for `0..<count`, in order, computed on all cores.
  ///
  /// Cost:   a lock for each result: for steps of more than some microseconds.
  package static func map<Result: Sendable>(_ count: Int, _ result: (Int) -> Result) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    each(count) { step in
      let new = result(step)
      results.withLock { $0[step] = new }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// Calls `work(step)` for every step of `0..<count`, in any order. Whichever core is free takes the next step.
  package static func each(_ count: Int, _ work: (Int) -> Void) {
    if count == 1 { work(0) }
    guard count > 1 else { return }
    if IdleWork.isCurrent { return IdleWork.each(count, work) }
    withoutActuallyEscaping(work) { work in
      nonisolated(unsafe) let work = work  // it is said to run on several threads at once
      DispatchQueue.concurrentPerform(iterations: count) { work($0) }
    }
  }
}
