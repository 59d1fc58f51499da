import Listings

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
  private var knowledge = MergeKnowledge()

  /// One chain so far.
  private struct Chain: Sendable {
    /// The token of its casebook.
    let token: String
    var verdicts: [ListingKey: Opinion] = [:]
    var notes: [ListingKey: Opinion] = [:]
    var described: [Aspect: [ListingKey: Opinion]] = [:]
    var names = ListingNames()
    /// The renamings by the key that went out of use.
    var renamings: [ListingKey: Renaming] = [:]
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
    if let (old, new) = event.rename {
      guard let (from, _) = chains[chain].names.rename(old, to: new) else { return }
      chains[chain].renamings[from] = Renaming(
        broughtBy: merge ?? event.number, rank: Opinion.Rank(time: event.time, hash: hash))
    } else if let key = event.listing, let opinion = Opinion(event, hash: hash, broughtBy: merge) {
      switch opinion.part {
      case .verdict: chains[chain].verdicts[key] = opinion
      case .note: chains[chain].notes[key] = opinion
      case .described(let aspect, _): chains[chain].described[aspect, default: [:]][key] = opinion
      }
    } else {
      knowledge.apply(event, of: chains[chain].token)
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
    let described = Set(chains.flatMap(\.described.keys)).sorted().map { aspect in
      chains.map { Self.last($0.described[aspect] ?? [:], names) }
    }
    let parts = [verdicts, notes] + described
    var statuses: [ListingKey: ReplayedStatus] = [:]
    statuses.reserveCapacity(verdicts[0].count)
    for opinions in parts.joined() {
      for key in opinions.keys where statuses[key] == nil { statuses[key] = status(of: key, parts) }
    }
    return statuses
  }

  /// The status of one listing.
  ///
  /// - Parameter parts: the opinions on each part of the status, chain by chain.
  private func status(of key: ListingKey, _ parts: [[[ListingKey: Opinion]]]) -> ReplayedStatus {
    var replayed = ReplayedStatus()
    for opinions in parts {
      for opinion in opinions { replayed.event = max(replayed.event, opinion[key]?.broughtBy ?? 0) }
      guard let opinion = knowledge.inForce(candidates(key, opinions))?.opinion else { continue }
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

  /// What each chain says last about one part of a listing's status.
  private func candidates(_ key: ListingKey, _ opinions: [[ListingKey: Opinion]]) -> [Review] {
    opinions.indices.compactMap { chain in
      opinions[chain][key].map { Review(chain: chains[chain].token, opinion: $0) }
    }
  }
}
