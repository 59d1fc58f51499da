import Filters
import Listings
import Sentences

// The queue of work: what is to be decided, the listings to ask about again first, then by risk. It is a filter and an
// order like any other, so that everything that narrows a filter narrows it, too.

extension State {
  /// What of the filter makes it a queue.
  static let queueClause = Clause.state([.toDecide])

  /// Whether only what is to be decided is shown.
  var isQueueShown: Bool { filter.clauses.contains(Self.queueClause) }

  /// Shows what is to be decided in the order that is worth most; or all listings again, in the order of the files.
  mutating func toggleQueue() -> [Effect] {
    unfoldByDefault()
    if isQueueShown {
      sort = .file
      return set(Filter(filter.clauses.filter { $0 != Self.queueClause }))
        + say(.info, localized("The queue is left, in file order; \(key("queue")) shows it again"))
    }
    return showQueue()
  }

  private mutating func showQueue() -> [Effect] {
    rangeAnchor = nil
    sort = SortOrder(.risk, descending: true)
    returning.beginning = .awaited
    returning.origin = table.row ?? returning.origin
    return set(Filter(filter.clauses + [Self.queueClause]))
  }

  /// Begins with the queue where listings of an earlier week were decided and these files were never opened before: what
  /// was decided and did not change is out of the way.
  mutating func beginWithQueue() -> [Effect] {
    guard !pace.hasBegun, !collaboration.isBlind else { return [] }
    pace.hasBegun = true
    let isUntouched =
      filter == .everything && sort == preferences.sort && mode == .browsing && table.cursor == 0 && marked.isEmpty
    let reviewed = verdicts.reviewed
    guard isUntouched, focus == .listings, returning.remembered == nil, pace.count == 0, !reviewed.isEmpty,
      reviewed.count < dataset.rowCount
    else { return [] }
    let count = listingCount(of: reviewed)
    notice = Notice(
      .info,
      localized(
        count, one: "\(grouped: count) listing was decided before; \(key("queue")) shows all",
        other: "\(grouped: count) listings were decided before; \(key("queue")) shows all"))
    return showQueue()
  }

  /// What the heading of the listings says of the queue, the longest form first:
  /// `18 to decide, 240 listings, 2 again · 9 a minute`.
  ///
  /// Shape:  a folded line is one decision; without any, listings are not named beside decisions.
  var queueTexts: [String]? {
    guard isQueueShown else { return nil }
    let decisions = folding.folded?.lines.count ?? order.count
    let listings = shownCount
    let toDecide = localized("\(grouped: decisions) to decide")
    let again = counts.askAgain > 0 ? ", " + localized("\(grouped: counts.askAgain) again") : ""
    let isKnown = unfinished == nil && (!foldsCopies || snapshot.duplicates != nil)
    let perMinute = pace.perMinute
    func text(_ covers: String, _ speed: String?) -> String {
      toDecide + (listings == decisions ? "" : covers) + again + (speed.map { " · " + $0 } ?? "")
    }
    let (long, short) = (", \(counted(listings, "listing"))", " (\(grouped(listings)))")
    let longest = text(long, perMinute.map { localized("\(grouped: $0) a minute") })
    let speed = perMinute.map { localized("\(grouped: $0)/min") }
    return [isKnown ? longest : localized("\(longest) so far")]
      + [text(long, speed), text(short, speed), toDecide].map { isKnown ? $0 : $0 + "…" }
  }
}

/// How fast decisions are made.
struct Pace: Equatable, Sendable {
  /// Whether it was considered to begin with the queue.
  var hasBegun = false
  /// Decisions of this session.
  private(set) var count = 0
  /// The moments of the last decisions, without those long before.
  private var moments: [Moment] = []

  /// Whoever decided nothing for this long was doing something else.
  private static let longestPause = 5 * 60_000
  private static let longestList = 30

  /// Notes a decision.
  ///
  /// - Parameter now: nil without a clock.
  mutating func note(at now: Moment?) {
    count += 1
    guard let now else { return }
    if let last = moments.last, !now.isWithin(Self.longestPause, of: last) { moments = [] }
    moments = moments.suffix(Self.longestList - 1) + [now]
  }

  /// A key that is held down makes no pace.
  private static let shortestRow = 2000

  /// Decisions a minute; nil until five were made in a row, one by one.
  var perMinute: Int? {
    guard moments.count >= 5, let first = moments.first, let last = moments.last else { return nil }
    let milliseconds = last.milliseconds - first.milliseconds
    guard milliseconds >= Self.shortestRow else { return nil }
    return ((moments.count - 1) * 60_000 + milliseconds / 2) / milliseconds
  }
}
