import Listings
import SmallFormats

/// What one event says about one part of a listing's status: its verdict, its note, or an aspect of its description.
package struct Opinion: Equatable, Sendable {
  /// The number of its event in its chain.
  package let event: EventNumber
  /// The event of the casebook's own chain by which it came: itself, or the merge that brought it.
  package let broughtBy: EventNumber
  /// What it set.
  package let part: StatusPart
  /// What the listing said then, for a verdict.
  package let seen: SeenListing?
  /// Who decided.
  package let analyst: String
  /// When, and with which hash.
  package let rank: Rank
  /// The events of the same chain whose verdicts the analyst had on the screen when settling a disagreement with this one.
  package var settles: [EventNumber] = []
  /// Whether the verdicts and notes of others were hidden from the analyst.
  package var isBlind = false

  package init(
    event: EventNumber, broughtBy: EventNumber, part: StatusPart, seen: SeenListing? = nil, analyst: String, rank: Rank
  ) {
    (self.event, self.broughtBy, self.part) = (event, broughtBy, part)
    (self.seen, self.analyst, self.rank) = (seen, analyst, rank)
  }

  /// What a decision says; nil for other events.
  ///
  /// - Parameters:
  ///   - hash: that of its line.
  ///   - merge: the event of the casebook's own chain that brought it; nil for its own.
  package init?(_ event: Event, hash: String, broughtBy merge: EventNumber? = nil) {
    guard event.listing != nil, let part = event.after else { return nil }
    self.init(
      event: event.number, broughtBy: merge ?? event.number, part: part, seen: event.seen, analyst: event.analyst,
      rank: Rank(time: event.time, hash: hash))
    (settles, isBlind) = (event.settles, event.isBlind)
  }

  /// The order of decisions whose analysts did not know of each other: by time, then by hash.
  package struct Rank: Comparable, Sendable {
    /// The digits of the time, as a number: 20261118110640.
    package let time: UInt64
    /// The first 128 bits of the hash of its line.
    private let high: UInt64
    private let low: UInt64

    package init(time: String, hash: String) {
      self.time = time.utf8.reduce(0) { number, digit in
        (0x30...0x39).contains(digit) ? number &* 10 &+ UInt64(digit - 0x30) : number
      }
      high = UInt64(hash.prefix(16), radix: 16) ?? 0
      low = UInt64(hash.dropFirst(16).prefix(16), radix: 16) ?? 0
    }

    package static func < (a: Rank, b: Rank) -> Bool { (a.time, a.high, a.low) < (b.time, b.high, b.low) }
  }

  /// The verdict; nil for a note, and where it clears the verdict.
  package var verdict: Verdict? {
    if case .verdict(let verdict, _) = part { verdict } else { nil }
  }

  /// The time of its event, as the event has it.
  package var time: String {
    let digits = Array(Digits.padded(Int(rank.time), 14).utf8)
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
  }

  /// What was stated, for an aspect of the description; nil where it clears it.
  package var described: Described? {
    if case .described(_, let value?) = part { Described(value, by: analyst) } else { nil }
  }

  /// Whether it sets something; false where it clears its part.
  package var isSet: Bool { part.isSet }
}

/// An opinion with the casebook it is in.
package struct Review: Equatable, Sendable {
  /// The token of its casebook.
  package let chain: String
  package let opinion: Opinion

  package init(chain: String, opinion: Opinion) { (self.chain, self.opinion) = (chain, opinion) }
}

/// Which events of one chain were known when events of another were written: those that merges had brought by then.
package struct MergeKnowledge: Equatable, Sendable {
  private struct Merge: Equatable, Sendable {
    let at: EventNumber
    let token: String
    let through: EventNumber
  }

  /// The merges of each chain, in order, by its token.
  private var merges: [String: [Merge]] = [:]

  package init() {}

  /// Takes in the next event of a chain.
  package mutating func apply(_ event: Event, of chain: String) {
    for merged in event.mergedChains {
      merges[chain, default: []].append(Merge(at: event.number, token: merged.token, through: merged.through))
    }
  }

  /// Whether one review was given when another one, of another casebook, was known. Of a blind one nothing is known.
  package func isGiven(_ one: Review, knowing other: Review) -> Bool {
    guard one.chain != other.chain, !one.opinion.isBlind, let merges = merges[one.chain] else { return false }
    return merges.contains {
      $0.token == other.chain && $0.at < one.opinion.event && $0.through >= other.opinion.event
    }
  }

  /// The last reviews of several chains that none of the others was given in the knowledge of.
  package func unanswered(_ reviews: [Review]) -> [Review] {
    reviews.filter { one in !reviews.contains { isGiven($0, knowing: one) } }
  }

  /// Of the last reviews of several chains, the one that counts; nil for none.
  ///
  /// Rule:   one that was given in the knowledge of another replaces it. Of the others, one that sets something goes before
  ///         one that clears, then the later one, then the one with the larger hash.
  package func inForce(_ reviews: [Review]) -> Review? {
    if reviews.count < 2 { return reviews.first }
    let unanswered = unanswered(reviews)
    // Chains that claim to know of each other's future were forged; any fixed order will do.
    return (unanswered.isEmpty ? reviews : unanswered).max { a, b in
      a.opinion.isSet == b.opinion.isSet ? a.opinion.rank < b.opinion.rank : b.opinion.isSet
    }
  }
}
