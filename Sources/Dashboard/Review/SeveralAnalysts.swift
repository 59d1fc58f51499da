import Casework
import Filters
import Listings
import Sentences
import Workspace

// Several analysts on one casebook: what others said stands beside what this analyst says. A second verdict that differs is a
// disagreement, until a verdict that was given with both on the screen settles it.

/// How the dashboard works together with others.
package struct Collaboration: Equatable, Sendable {
  /// A blind second review: verdicts and notes of others are hidden.
  package var isBlind = false
  /// Whether listings in this queue are kept out of the queues of others, and theirs out of this one.
  package var sharesQueue = false
  /// The rows that were last asked for, so that no other queue has them.
  var leasing: Leasing?

  package init(isBlind: Bool = false, sharesQueue: Bool = false) {
    (self.isBlind, self.sharesQueue) = (isBlind, sharesQueue)
  }

  /// The listings that come next in the queue.
  struct Leasing: Equatable, Sendable {
    let rows: [Int]
    let keys: [ListingKey]
  }
}

// MARK: What others said

extension State {
  /// Asks what others said of the listings, once it is known what was decided.
  mutating func findReviews() -> [Effect] {
    guard loading.isComplete, areVerdictsPlaced, dataset.rowCount > 0 else { return [] }
    return [.findReviews(of: nil, in: snapshot)]
  }

  /// Asks it again of listings that were decided here or elsewhere and of which others spoke.
  func findReviews(of filed: FiledTransaction) -> [Effect] {
    guard !collaboration.isBlind, let reviews = snapshot.reviews else { return [] }
    var keys = Set(filed.statuses.keys)
    if filed.kind != .seenFromOthers {
      let rows = snapshot.rows(of: keys)
      let spoken = Set(rows.filter { reviews.byOthers.contains($0.row) }.map(\.key))
      keys = keys.filter { spoken.contains($0) || reviews[$0] != nil }.union(filed.contested)
    }
    return keys.isEmpty ? [] : [.findReviews(of: keys.sorted(), in: snapshot)]
  }

  /// Takes the answer.
  mutating func adopt(_ reviews: SharedReviews, about keys: [ListingKey]?, of rows: Dataset) -> [Effect] {
    let before = snapshot.reviews
    guard session.accept(reviews, about: keys, of: rows) else { return [] }
    shownReadings.detail = nil
    recount()
    if let keys, let before { tellDissent(on: keys.filter { before.disagreement(on: $0) == nil }) }
    let begun = keys == nil ? beginBlindReview() : []
    return begun + (filter.asksAboutOthers ? evaluate() : [])
  }

  /// Says that a colleague decided otherwise on what this analyst had decided.
  private mutating func tellDissent(on keys: [ListingKey]) {
    let dissents = keys.compactMap { key -> Review? in
      guard let reviews = snapshot.reviews?.disagreement(on: key)?.reviews, let latest = reviews.first,
        latest.opinion.analyst != analyst, reviews.contains(where: { $0.opinion.analyst == analyst })
      else { return nil }
      return latest
    }
    guard let first = dissents.first?.opinion else { return }
    let verdict = first.verdict?.screenLabel ?? localized("cleared", context: "a verdict")
    let dissent =
      dissents.count == 1
      ? localized("\(first.analyst) disagrees with your verdict on a listing: \(verdict)")
      : localized("\(first.analyst) disagrees with your verdict on \(counted(dissents.count, "listing"))")
    notice = Notice(.warned, dissent + " · " + localized("\(key("disagreements")) shows it"))
  }

  /// What was known of others' decisions on a listing when it is decided.
  ///
  /// - Parameter isRead: whether it is the listing in the detail pane, where the verdicts of others stand. Among marked
  ///   listings a disagreement is not read, and so is not settled.
  func known(of key: ListingKey, isRead: Bool) -> KnownReviews {
    var known = KnownReviews(isBlind: collaboration.isBlind)
    if case .saved(_, let event)? = decisions.filed[key] { known.lastEvent = event }
    if decisions.filed[key] == nil { known.lastEvent = 0 }
    if isRead { known.settles = snapshot.reviews?.settled(by: analyst, on: key) ?? [] }
    return known
  }

  /// The analyst's own note on a listing; those of others stay beside it.
  func ownNote(on key: ListingKey) -> String? {
    // What is being saved is newer than what the casebook was asked for.
    if decisions.isSaving(key) { return decisions.status(before: key).note }
    return snapshot.reviews?.status(of: analyst, on: key).map(\.status.note) ?? decisions.status(before: key).note
  }

  /// Shows the listings on which analysts disagree, or everything again.
  mutating func toggleDisagreements() -> [Effect] {
    let clause = Clause.state([.disagreement])
    if filter.clauses.contains(clause) { return set(Filter(filter.clauses.filter { $0 != clause })) }
    returning.beginning = .awaited
    returning.origin = table.row ?? returning.origin
    return set(Filter(filter.clauses.filter { $0 != Self.queueClause } + [clause]))
  }

  /// Why there are no disagreements to show; nil where there are.
  var disagreementsBlocked: String? {
    if collaboration.isBlind { return localized("A blind second review does not show what others decided") }
    if filter.clauses.contains(.state([.disagreement])) || counts.disagreements > 0 { return nil }
    guard snapshot.reviews != nil else { return localized("What others decided is still being read") }
    return localized("No listing here has different verdicts")
  }
}

// MARK: Blind second review

extension State {
  /// A blind review begins with what others decided and this analyst did not.
  private mutating func beginBlindReview() -> [Effect] {
    guard collaboration.isBlind, !pace.hasBegun else { return [] }
    pace.hasBegun = true
    guard filter == .everything, mode == .browsing, let byOthers = snapshot.reviews?.byOthers else { return [] }
    let open = byOthers.subtracting(verdicts.reviewed.resized(to: byOthers.rowCount))
    if open.isEmpty {
      return say(
        .info, localized("A blind second review: others decided no listing in these files that you have not decided"))
    }
    let listings = counted(listingCount(of: open), "listing")
    notice = Notice(
      .info, localized("A blind second review of \(listings) that others decided; what they decided is hidden"))
    returning.beginning = .awaited
    return set(Filter([.state([.byOthers]), Self.queueClause]))
  }
}

// MARK: A shared queue

extension State {
  /// How many lines are leased ahead of the cursor, and at how few more are.
  private static let leasedAhead = 20
  private static let fewestAhead = 5
  /// Of a line of very many copies the first are leased.
  private static let mostLeased = 1000

  /// Keeps the next listings of the queue out of the queues of others; gives them back when the queue is left.
  mutating func leaseNext() -> [Effect] {
    guard collaboration.sharesQueue, casebook.isOpen, loading.isComplete else { return [] }
    guard isQueueShown else {
      guard collaboration.leasing != nil else { return [] }
      collaboration.leasing = nil
      return [.lease([], in: snapshot)]
    }
    // The rows of the answer before may not be in the queue.
    if isEvaluating || order.count == 0 { return [] }
    let ahead = table.cursor..<min(order.count, table.cursor + Self.leasedAhead)
    let leased = Set(collaboration.leasing?.rows ?? [])
    let needed = ahead.prefix(Self.fewestAhead)
    if needed.allSatisfy({ leased.contains(order[$0]) }) { return [] }
    let rows = ahead.map { order[$0] }
    // A line of copies is leased with all that it stands for: whoever decides it decides them.
    var keys: [ListingKey] = []
    var known: Set<ListingKey> = []
    for row in rows.flatMap({ [$0] + folding.rows(behind: $0).map { Int($0) } }) where keys.count < Self.mostLeased {
      let key = snapshot.key(of: row)
      if known.insert(key).inserted { keys.append(key) }
    }
    collaboration.leasing = Collaboration.Leasing(rows: rows, keys: keys)
    return [.lease(keys, in: snapshot)]
  }

  /// Takes which listings others have in their queues.
  mutating func adopt(leased: RowSet, of rows: Dataset) -> [Effect] {
    guard session.accept(leased: leased, of: rows) else { return [] }
    return filter.clauses.contains(Self.queueClause) ? evaluate() : []
  }
}
