import Dispatch
import Glibc

/// Work on all cores at once.
package enum Parallel {
  /// Cores that may be used; never less than one.
  package static let coreCount = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

  /// Calls `work(part, range)` for up to a range of `0..<count` per core, all at the same time; `work` must not touch
  /// what another part touches.
  ///
  /// - Parameter least: ranges have at least so many, since handing out work costs some microseconds.
  /// Returns: how many parts there were; 0 when there was nothing to do.
  @discardableResult
  package static func parts(_ count: Int, least: Int, _ work: (Int, Range<Int>) -> Void) -> Int {
    let parts = partCount(count, least: least)
    if parts == 1 { work(0, 0..<count) }
    guard parts > 1 else { return parts }
    withoutActuallyEscaping(work) { work in
      nonisolated(unsafe) let work = work  // by the promise above
      DispatchQueue.concurrentPerform(iterations: parts) { part in
        work(part, count * part / parts..<count * (part + 1) / parts)
      }
    }
    return parts
  }

  package static func partCount(_ count: Int, least: Int) -> Int {
    count == 0 ? 0 : max(1, min(coreCount, count / max(1, least)))
  }
}
