import Listings
import SmallFormats

/// What one chain says last about one part of a listing's status.
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

  /// Whether it sets something; false where it clears the verdict or the note.
  package var isSet: Bool {
    switch part {
    case .verdict(let verdict, _): verdict != nil
    case .note(let note): note != nil
    }
  }
}

/// The status of a listing as the events of all chains give it.
package struct ReplayedStatus: Equatable, Sendable {
  package var status = AttributedStatus()
  /// The last event of the casebook's own chain that is about the listing, or that brought one.
  package var event: EventNumber = 0
}

/// Replays the chains of a casebook: its own, and those that came by merging. It defines what the tables of statuses and of
/// renamed listings must hold.
///
/// Law:    for a casebook that was never merged the same as `ReviewStatuses`. The outcome depends on the events alone, not on
///         the order in which chains came.
/// Rule:   of each chain the last decision counts. One that was made in the knowledge of another (after a merge that brought
///         it) replaces it. Of those made apart, one that sets something goes before one that clears, then the later one,
///         then the one with the larger hash.
/// Cost:   O(1) per event. Some hundred bytes for each decided listing.
package struct CasebookReplay: Sendable {
  /// The casebook's own chain first.
  private var chains: [Chain]
  private var numbers: [String: Int]

  /// One chain so far.
  private struct Chain: Sendable {
    /// The token of its casebook.
    let token: String
    var verdicts: [ListingKey: Opinion] = [:]
    var notes: [ListingKey: Opinion] = [:]
    var names = ListingNames()
    /// The renamings by the key that went out of use.
    var renamings: [ListingKey: Renaming] = [:]
    /// What its merges brought, in order.
    var merges: [(at: EventNumber, token: String, through: EventNumber)] = []
  }

  /// When a key went out of use.
  private struct Renaming: Sendable {
    let broughtBy: EventNumber
    let rank: Opinion.Rank
  }

  /// - Parameter token: that of the casebook.
  package init(token: String = "") {
    chains = [Chain(token: token)]
    numbers = [token: 0]
  }

  /// Replays the next event of a chain.
  ///
  /// - Parameters:
  ///   - hash: that of its line.
  ///   - token: the chain; nil for the casebook's own.
  ///   - merge: the event of the own chain that brought it; nil for its own.
  package mutating func apply(
    _ event: Event, hash: String, of token: String? = nil, broughtBy merge: EventNumber? = nil
  ) {
    let chain = token.map { number(of: $0) } ?? 0
    let rank = Opinion.Rank(time: event.time, hash: hash)
    if let (old, new) = event.rename {
      guard let (from, _) = chains[chain].names.rename(old, to: new) else { return }
      chains[chain].renamings[from] = Renaming(broughtBy: merge ?? event.number, rank: rank)
    } else if let key = event.listing, let part = event.after {
      let opinion = Opinion(
        event: event.number, broughtBy: merge ?? event.number, part: part, seen: event.seen, analyst: event.analyst,
        rank: rank)
      switch part {
      case .verdict: chains[chain].verdicts[key] = opinion
      case .note: chains[chain].notes[key] = opinion
      }
    } else {
      for merged in event.mergedChains {
        chains[chain].merges.append((event.number, merged.token, merged.through))
      }
    }
  }

  /// The index of a chain, which is begun where it is new.
  private mutating func number(of token: String) -> Int {
    if let number = numbers[token] { return number }
    numbers[token] = chains.count
    chains.append(Chain(token: token))
    return chains.count - 1
  }
}

// MARK: Names

extension CasebookReplay {
  /// The current key of every key that is no longer in use, with the event of the own chain that says so or brought it.
  ///
  /// Rule:   a chain's own renamings hold, up to the last. Where chains disagree the latest renaming counts, and one that would
  ///         lead back to where it began does not.
  package func names() -> [ListingKey: (listing: ListingKey, event: EventNumber)] {
    let next = renamings()
    var names: [ListingKey: (listing: ListingKey, event: EventNumber)] = [:]
    names.reserveCapacity(next.count)
    for (key, renaming) in next { names[key] = (Self.end(of: key, next), renaming.event) }
    return names
  }

  /// Whether chains gave one listing different keys. Then it is no longer certain what an earlier event was about.
  package var areNamesDisputed: Bool {
    guard chains.count > 1 else { return false }
    let next = renamings()
    return chains.contains { chain in chain.names.all.contains { next[$0.key]?.listing != $0.value } }
  }

  /// The renamings that count, one step each.
  private func renamings() -> [ListingKey: (listing: ListingKey, event: EventNumber)] {
    var next: [ListingKey: (listing: ListingKey, event: EventNumber)] = [:]
    if chains.count == 1 {
      for (key, now) in chains[0].names.all { next[key] = (now, chains[0].renamings[key]?.broughtBy ?? 0) }
      return next
    }
    var all: [(old: ListingKey, new: ListingKey, renaming: Renaming)] = []
    for chain in chains {
      for (old, new) in chain.names.all {
        if let renaming = chain.renamings[old] { all.append((old, new, renaming)) }
      }
    }
    all.sort { ($1.renaming.rank, $0.old, $0.new) < ($0.renaming.rank, $1.old, $1.new) }
    for (old, new, renaming) in all where next[old] == nil && Self.end(of: new, next) != old {
      next[old] = (new, renaming.broughtBy)
    }
    return next
  }

  /// Where a chain of renamings ends.
  private static func end(
    of key: ListingKey, _ next: [ListingKey: (listing: ListingKey, event: EventNumber)]
  ) -> ListingKey {
    var key = key
    while let now = next[key] { key = now.listing }
    return key
  }
}

// MARK: Statuses

extension CasebookReplay {
  /// The status of every listing that was ever decided or noted, under its current key.
  package func statuses() -> [ListingKey: ReplayedStatus] {
    let names = names()
    let verdicts = chains.map { Self.last($0.verdicts, names) }
    let notes = chains.map { Self.last($0.notes, names) }
    var statuses: [ListingKey: ReplayedStatus] = [:]
    statuses.reserveCapacity(verdicts[0].count)
    for opinions in verdicts {
      for key in opinions.keys where statuses[key] == nil {
        statuses[key] = status(of: key, verdicts, notes)
      }
    }
    for opinions in notes {
      for key in opinions.keys where statuses[key] == nil { statuses[key] = status(of: key, verdicts, notes) }
    }
    return statuses
  }

  /// The status of one listing.
  private func status(
    of key: ListingKey, _ verdicts: [[ListingKey: Opinion]], _ notes: [[ListingKey: Opinion]]
  ) -> ReplayedStatus {
    var replayed = ReplayedStatus()
    for opinions in [verdicts, notes] {
      for opinion in opinions { replayed.event = max(replayed.event, opinion[key]?.broughtBy ?? 0) }
      guard let opinion = inForce(candidates(key, opinions)) else { continue }
      replayed.status.set(opinion.part, seen: opinion.seen, by: opinion.analyst)
    }
    return replayed
  }

  /// The last opinions under current keys.
  private static func last(
    _ opinions: [ListingKey: Opinion], _ names: [ListingKey: (listing: ListingKey, event: EventNumber)]
  ) -> [ListingKey: Opinion] {
    if names.isEmpty { return opinions }
    var last: [ListingKey: Opinion] = [:]
    last.reserveCapacity(opinions.count)
    for (key, opinion) in opinions {
      let now = names[key]?.listing ?? key
      if opinion.event > last[now]?.event ?? 0 { last[now] = opinion }
    }
    return last
  }

  /// An opinion with its chain.
  private typealias Candidate = (chain: Int, opinion: Opinion)

  /// The verdict in force of a listing, with its chain; nil where none was ever given.
  package func verdictInForce(of key: ListingKey) -> Disagreement.Voice? {
    let names = names()
    let all = candidates(names[key]?.listing ?? key, chains.map { Self.last($0.verdicts, names) })
    guard let opinion = inForce(all), let chain = all.first(where: { $0.opinion == opinion })?.chain else { return nil }
    return Disagreement.Voice(chain: chains[chain].token, opinion: opinion)
  }

  /// The listings on which chains disagree: their last verdicts differ, and none was given in the knowledge of the other.
  ///
  /// Shape:  by key; the verdict in force first, the others from the latest to the earliest.
  package func disagreements() -> [Disagreement] {
    if chains.count == 1 { return [] }
    let names = names()
    let verdicts = chains.map { Self.last($0.verdicts, names) }
    var keys: Set<ListingKey> = []
    for opinions in verdicts { keys.formUnion(opinions.keys) }
    return keys.sorted().compactMap { key in
      let all = candidates(key, verdicts)
      if all.count < 2 { return nil }
      let open = unanswered(all).filter(\.opinion.isSet)
      guard Set(open.map { $0.opinion.verdict?.rawValue }).count > 1, let first = inForce(all) else { return nil }
      let voices = open.sorted { $1.opinion.rank < $0.opinion.rank }.map {
        Disagreement.Voice(chain: chains[$0.chain].token, opinion: $0.opinion)
      }
      return Disagreement(
        key: key, voices: voices.filter { $0.opinion == first } + voices.filter { $0.opinion != first })
    }
  }

  /// What each chain says last about one part of a listing.
  private func candidates(_ key: ListingKey, _ opinions: [[ListingKey: Opinion]]) -> [Candidate] {
    opinions.indices.compactMap { chain in opinions[chain][key].map { (chain, $0) } }
  }

  /// The opinion that counts; nil for none.
  private func inForce(_ candidates: [Candidate]) -> Opinion? {
    if candidates.count < 2 { return candidates.first?.opinion }
    let unanswered = unanswered(candidates)
    // Chains that claim to know of each other's future were forged; any fixed order will do.
    return (unanswered.isEmpty ? candidates : unanswered).max { a, b in
      a.opinion.isSet == b.opinion.isSet ? a.opinion.rank < b.opinion.rank : b.opinion.isSet
    }?.opinion
  }

  /// The opinions that no other was formed in the knowledge of.
  private func unanswered(_ candidates: [Candidate]) -> [Candidate] {
    candidates.filter { one in
      !candidates.contains { other in
        other.chain != one.chain && knows(other, of: one.chain) >= one.opinion.event
      }
    }
  }

  /// Up to which event of another chain an opinion's chain knew when it was formed.
  private func knows(_ candidate: Candidate, of chain: Int) -> EventNumber {
    let token = chains[chain].token
    return chains[candidate.chain].merges.reduce(0) { known, merge in
      merge.token == token && merge.at < candidate.opinion.event ? max(known, merge.through) : known
    }
  }
}
