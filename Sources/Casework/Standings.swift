import Listings

/// What stands for a listing, and the event that made it so.
package struct FiledStanding: Equatable, Sendable {
  package let standing: Standing
  package let event: EventNumber

  package init(_ standing: Standing, _ event: EventNumber) {
    self.standing = standing
    self.event = event
  }
}

/// What stands for every listing, by replaying events: the meaning of the casebook's table of standings.
///
/// Cost:   O(1) per event.
package struct Standings: Equatable, Sendable {
  package private(set) var byKey: [ListingKey: AttributedStanding] = [:]
  package private(set) var lastEvent: [ListingKey: EventNumber] = [:]
  package private(set) var counts = VerdictCounts()

  package init(replaying events: some Sequence<Event> = []) {
    for event in events { apply(event) }
  }

  /// What stands for the listing; `.none` if nothing was ever decided.
  package subscript(key: ListingKey) -> Standing { byKey[key]?.standing ?? .none }

  package mutating func apply(_ event: Event) {
    guard let key = event.listing, let part = event.after else { return }
    var standing = byKey[key] ?? AttributedStanding()
    counts.move(from: standing.standing.verdict)
    standing.set(part, by: event.analyst)
    counts.move(to: standing.standing.verdict)
    byKey[key] = standing
    lastEvent[key] = event.number
  }
}

/// How many listings stand under each verdict.
package struct VerdictCounts: Equatable, Sendable {
  package private(set) var confirmed = 0
  package private(set) var falsePositive = 0
  package private(set) var unsure = 0

  package init() {}

  package init(_ verdicts: some Sequence<Verdict?>) {
    for verdict in verdicts { move(to: verdict) }
  }

  /// Listings with any verdict.
  package var reviewed: Int { confirmed + falsePositive + unsure }

  package subscript(verdict: Verdict) -> Int {
    switch verdict {
    case .confirmed: confirmed
    case .falsePositive: falsePositive
    case .unsure: unsure
    }
  }

  /// Counts one listing that changed from one verdict to another; nil is unreviewed.
  package mutating func move(from old: Verdict? = nil, to new: Verdict? = nil) {
    add(-1, to: old)
    add(1, to: new)
  }

  /// Counts `amount` listings more under the verdict; nil is unreviewed and not counted.
  package mutating func add(_ amount: Int, to verdict: Verdict?) {
    switch verdict {
    case .confirmed: confirmed += amount
    case .falsePositive: falsePositive += amount
    case .unsure: unsure += amount
    case nil: break
    }
  }
}
