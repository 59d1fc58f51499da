import Listings

/// What each analyst said about one listing, in each casebook: a second verdict does not erase the first one.
///
/// Shape:  an analyst is known by name and casebook. Each keeps a verdict, a note and a description of their own; a later one replaces only
///         that analyst's own. Undoing a decision brings back what the same analyst had said before, if anything.
/// Rule:   a verdict is **open** until another one answers it: one of the same chain that settles it (`Opinion.settles`), or
///         that was given when the listing said something else in what matters; or one of another chain that was given in the
///         knowledge of it. Open verdicts that differ are a disagreement.
/// Cost:   O(events of the listing).
package struct ListingReviews: Equatable, Sendable {
  /// The listing's current key.
  package let key: ListingKey
  /// In the order in which they first spoke, chain by chain.
  private var reviewers: [Reviewer] = []
  /// The last event about the verdict in each chain, by any analyst.
  private var lastVerdicts: [Review] = []
  /// The last event about each aspect in each chain, by any analyst.
  private var lastDescribed: [Aspect: [Review]] = [:]

  /// One analyst's decisions in one chain that were not undone, in order.
  private struct Reviewer: Equatable, Sendable {
    let analyst: String
    let chain: String
    var verdicts: [Decided] = []
    var notes: [Decided] = []
    var described: [Aspect: [Decided]] = [:]
    var lastEvent: EventNumber = 0

    /// What the analyst stated about an aspect, in order.
    subscript(aspect: Aspect) -> [Decided] {
      get { described[aspect] ?? [] }
      set { described[aspect] = newValue }
    }
  }

  /// A decision, with the transaction that undo would name.
  private struct Decided: Equatable, Sendable {
    let transaction: TransactionNumber
    let opinion: Opinion
  }

  /// Before anything was said.
  package init(key: ListingKey) { self.key = key }

  /// Takes in the next event of a chain about the listing, under whatever key; other events change nothing.
  ///
  /// - Parameters:
  ///   - hash: that of its line.
  ///   - chain: the token of the casebook it is in.
  ///   - merge: the event of the casebook's own chain that brought it; nil for its own.
  package mutating func apply(_ event: Event, hash: String, of chain: String, broughtBy merge: EventNumber? = nil) {
    guard let opinion = Opinion(event, hash: hash, broughtBy: merge) else { return }
    let place =
      reviewers.firstIndex { $0.analyst == opinion.analyst && $0.chain == chain }
      ?? {
        reviewers.append(Reviewer(analyst: opinion.analyst, chain: chain))
        return reviewers.count - 1
      }()
    reviewers[place].lastEvent = event.number
    let part: WritableKeyPath<Reviewer, [Decided]>
    switch opinion.part {
    case .verdict:
      part = \.verdicts
      lastVerdicts.removeAll { $0.chain == chain }
      lastVerdicts.append(Review(chain: chain, opinion: opinion))
    case .note: part = \.notes
    case .described(let aspect, _):
      part = \.[aspect]
      lastDescribed[aspect, default: []].removeAll { $0.chain == chain }
      lastDescribed[aspect, default: []].append(Review(chain: chain, opinion: opinion))
    }
    if let undone = event.undoes {
      reviewers[place][keyPath: part].removeAll { $0.transaction == undone }
    } else {
      // Undo names the transaction that first made the decision, also after it was redone.
      let transaction = event.redoes ?? event.transaction
      reviewers[place][keyPath: part].append(Decided(transaction: transaction, opinion: opinion))
    }
  }
}

// MARK: What is said now

extension ListingReviews {
  /// The last note of each analyst who has one, in the order in which they first spoke.
  package var notes: [Review] {
    reviewers.compactMap { reviewer in
      guard let last = reviewer.notes.last, last.opinion.isSet else { return nil }
      return Review(chain: reviewer.chain, opinion: last.opinion)
    }
  }

  /// The last verdict of each analyst who gave one and did not clear it, in the order in which they first spoke.
  package var verdicts: [Review] { current.map(\.review) }

  /// Whether anybody but one analyst has a verdict on the listing.
  package func isDecidedByOthers(than analyst: String, in chain: String) -> Bool {
    verdicts.contains { $0.opinion.analyst != analyst || $0.chain != chain }
  }

  /// What one analyst says: a verdict and a note of their own in one casebook, whatever others say.
  package func status(of analyst: String, in chain: String) -> AttributedStatus {
    var status = AttributedStatus()
    guard let reviewer = reviewers.first(where: { $0.analyst == analyst && $0.chain == chain }) else { return status }
    for last in [reviewer.verdicts.last, reviewer.notes.last] + reviewer.described.values.map(\.last) {
      if let opinion = last?.opinion, opinion.isSet { status.set(opinion.part, seen: opinion.seen, by: analyst) }
    }
    return status
  }

  /// The last event that one analyst wrote about the listing, undoing included; nil for none.
  package func lastEvent(of analyst: String, in chain: String) -> EventNumber? {
    reviewers.first { $0.analyst == analyst && $0.chain == chain }?.lastEvent
  }

  /// The verdict in force; nil where none was ever given. It may be one that clears the verdict.
  package func inForce(_ knowledge: MergeKnowledge) -> Review? { knowledge.inForce(lastVerdicts) }

  /// What is in force of each aspect of the description; those that were cleared are absent.
  package func descriptionsInForce(_ knowledge: MergeKnowledge) -> [Aspect: Review] {
    lastDescribed.compactMapValues { reviews in
      knowledge.inForce(reviews).flatMap { $0.opinion.isSet ? $0 : nil }
    }
  }

  /// The open verdicts, if they differ; the one in force first, the others from the latest to the earliest.
  package func disagreement(_ knowledge: MergeKnowledge) -> Disagreement? {
    let current = current
    if current.count < 2 { return nil }
    let open = current.filter { one in
      !current.contains { $0.answers(one.review) || knowledge.isGiven($0.review, knowing: one.review) }
    }.map(\.review)
    guard Set(open.map(\.opinion.verdict)).count > 1 else { return nil }
    let inForce = inForce(knowledge)?.opinion
    let reviews = open.sorted { $1.opinion.rank < $0.opinion.rank }
    let first =
      reviews.first { $0.opinion == inForce } ?? reviews.first { $0.opinion.verdict == inForce?.verdict } ?? reviews[0]
    return Disagreement(key: key, reviews: [first] + reviews.filter { $0 != first })
  }

  /// The first verdict that each analyst gave on what the listing said when they gave their last one, with that last one: for
  /// telling how well analysts agree before they talk to each other.
  package var firstVerdicts: [(review: Review, last: Opinion)] {
    reviewers.compactMap { reviewer in
      guard let last = reviewer.verdicts.last?.opinion, last.isSet else { return nil }
      let first = reviewer.verdicts.lazy.map(\.opinion).first { $0.isSet && $0.isOnTheSameContent(as: last) } ?? last
      return (Review(chain: reviewer.chain, opinion: first), last)
    }
  }

  /// A verdict that is set, with all that its analyst settled on the way to it.
  private struct Current {
    let review: Review
    let settles: [EventNumber]

    /// Whether it answers another verdict of the same chain.
    func answers(_ other: Review) -> Bool {
      guard review.chain == other.chain, review.opinion.event > other.opinion.event else { return false }
      return settles.contains(other.opinion.event) || !review.opinion.isOnTheSameContent(as: other.opinion)
    }
  }

  private var current: [Current] {
    reviewers.compactMap { reviewer in
      guard let last = reviewer.verdicts.last?.opinion, last.isSet else { return nil }
      return Current(
        review: Review(chain: reviewer.chain, opinion: last), settles: reviewer.verdicts.flatMap(\.opinion.settles))
    }
  }
}

extension Opinion {
  /// Whether the listing said the same in what matters when another verdict on it was given, as far as that is known.
  package func isOnTheSameContent(as other: Opinion) -> Bool {
    guard let seen, let before = other.seen else { return true }
    return before.changes(to: seen).isEmpty
  }
}
