import CaseStore
import Casework
import Dashboard
import Dispatch
import Synchronization

/// Looks in the casebook for what other programs decided: a colleague, or the same analyst in another window; and
/// whether it is still there.
///
/// Cost:   one look at the casebook's last event every two seconds; the loop is woken only when there is something.
final class OthersWatch: Sendable {
  private static let interval = 2.0
  private let state = Mutex(Seen())
  private let timing = DispatchQueue(label: "linsang.others", qos: .utility)

  private struct Seen {
    var isWatching = false
    /// The last event that the dashboard knows of.
    var last: EventNumber = 0
    /// Events after `last` that came from here: the loop is told of them by the filing itself.
    var ownEvents: [ClosedRange<EventNumber>] = []
    /// What only the log held at the last look.
    var unfolded = 0
  }

  func start(_ filing: FilingQueue, since last: EventNumber, _ mailbox: Mailbox) {
    state.withLock { ($0.isWatching, $0.last) = (true, last) }
    lookLater(filing, mailbox)
  }

  /// From now on in another casebook. Called on the filing queue.
  func goOn(since last: EventNumber) { state.withLock { ($0.last, $0.ownEvents) = (last, []) } }

  func stop() { state.withLock { $0.isWatching = false } }

  /// Called on the filing queue, in the order of the events.
  func filedHere(_ events: ClosedRange<EventNumber>) {
    state.withLock { seen in
      if events.lowerBound == seen.last + 1 { seen.last = events.upperBound } else { seen.ownEvents.append(events) }
    }
  }

  private func lookLater(_ filing: FilingQueue, _ mailbox: Mailbox) {
    timing.asyncAfter(deadline: .now() + Self.interval) { [self] in
      guard state.withLock({ $0.isWatching }) else { return }
      // In its turn among the filings, so that no answer overtakes another.
      filing.perform { [self] casebook in
        look(casebook, mailbox)
        let now = casebook.unfoldedCommits
        let before = state.withLock { state in
          defer { state.unfolded = now }
          return state.unfolded
        }
        // Nothing was filed since the last look: the analyst is reading.
        filing.look(folding: now == before)
        lookLater(filing, mailbox)
      }
    }
  }

  private func look(_ casebook: Casebook, _ mailbox: Mailbox) {
    let (last, ownEvents) = state.withLock { ($0.last, $0.ownEvents) }
    // A casebook that cannot be read says so when something is filed; until then looking again costs nothing.
    guard let now = try? casebook.refresh(since: last), now.last > last else { return }
    state.withLock { ($0.last, $0.ownEvents) = (now.last, []) }
    let news = now.standings.filter { _, filed in !ownEvents.contains { $0.contains(filed.event) } }
    guard !news.isEmpty else { return }
    let sentence = "\(news.count) listing\(news.count == 1 ? "" : "s") decided elsewhere, now shown here"
    mailbox.put(
      .filed(
        FiledTransaction(
          kind: .seenFromOthers, standings: news.mapValues { .saved($0.standing, $0.event) }, keys: news.keys.sorted(),
          sentence: sentence)))
  }
}
