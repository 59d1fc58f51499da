import Casework
import Dispatch
import Listings

/// Files changes off the caller's thread, one after the other in the order they were asked for.
///
/// Cost:   `submit` returns at once; the disk is waited for on the queue's own thread.
package final class FilingQueue: Sendable {
  package let casebook: Casebook
  private let queue = DispatchQueue(label: "linsang.casebook.filing", qos: .userInitiated)

  package init(_ casebook: Casebook) { self.casebook = casebook }

  /// Files the change when all before it are filed. `reply` is called on the queue's thread, with what is then on
  /// the disk or why it is not; a failure does not hold up what comes after it.
  package func submit(
    _ change: Change, at time: String, seen: [ListingSnapshot] = [],
    reply: @escaping @Sendable (Result<Applied, CasebookError>) -> Void
  ) {
    queue.async { [casebook] in
      let result: Result<Applied, CasebookError>
      do throws(CasebookError) {
        result = .success(try casebook.apply(change, at: time, seen: seen))
      } catch {
        result = .failure(error)
      }
      reply(result)
    }
  }

  /// Does other work on the casebook, in its turn among the changes.
  package func perform(_ work: @escaping @Sendable (Casebook) -> Void) {
    queue.async { [casebook] in work(casebook) }
  }

  /// Returns when everything submitted before is on the disk or refused, and every reply has been given. Not to be
  /// called from a reply.
  package func drain() {
    dispatchPrecondition(condition: .notOnQueue(queue))
    queue.sync {}
  }
}
