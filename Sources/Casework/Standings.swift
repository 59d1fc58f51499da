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
/// Shape:  a listing that was renamed stands under its last key. Where both keys had been decided, the later verdict and the
///         later note count; the earlier ones stay in the events.
/// Cost:   O(1) per event.
package struct Standings: Equatable, Sendable {
  package private(set) var byKey: [ListingKey: AttributedStanding] = [:]
  package private(set) var lastEvent: [ListingKey: EventNumber] = [:]
  package private(set) var counts = VerdictCounts()
  package private(set) var names = ListingNames()
  /// The last event about each part of a listing's standing, 0 for none.
  private var lastOfPart: [ListingKey: LastEvents] = [:]

  private struct LastEvents: Equatable {
    var verdict: EventNumber = 0
    var note: EventNumber = 0
  }

  package init(replaying events: some Sequence<Event> = []) {
    for event in events { apply(event) }
  }

  /// What stands for the listing; `.none` if nothing was ever decided.
  package subscript(key: ListingKey) -> Standing { byKey[names.current(key)]?.standing ?? .none }

  package mutating func apply(_ event: Event) {
    if let (old, new) = event.rename { return rename(old, to: new) }
    guard let named = event.listing, let part = event.after else { return }
    let key = names.current(named)
    var standing = byKey[key] ?? AttributedStanding()
    standing.set(part, by: event.analyst)
    put(standing, under: key)
    lastEvent[key] = event.number
    switch part {
    case .verdict: lastOfPart[key, default: LastEvents()].verdict = event.number
    case .note: lastOfPart[key, default: LastEvents()].note = event.number
    }
  }

  /// Puts what stands under several keys under one of them, as renaming does.
  package mutating func join(_ keys: [ListingKey], as key: ListingKey) {
    for other in keys where other != key { rename(other, to: key) }
  }

  private mutating func put(_ standing: AttributedStanding, under key: ListingKey) {
    counts.move(from: byKey[key]?.standing.verdict, to: standing.standing.verdict)
    byKey[key] = standing
  }

  private mutating func rename(_ old: ListingKey, to new: ListingKey) {
    guard let (from, to) = names.rename(old, to: new), let moved = byKey[from] else { return }
    counts.move(from: moved.standing.verdict)
    byKey[from] = nil
    let (mine, theirs) = (lastOfPart.removeValue(forKey: from) ?? LastEvents(), lastOfPart[to] ?? LastEvents())
    var standing = byKey[to] ?? AttributedStanding()
    if mine.verdict > theirs.verdict { standing.takeVerdict(of: moved) }
    if mine.note > theirs.note { standing.takeNote(of: moved) }
    put(standing, under: to)
    lastOfPart[to] = LastEvents(verdict: max(mine.verdict, theirs.verdict), note: max(mine.note, theirs.note))
    let last = lastEvent.removeValue(forKey: from) ?? 0
    lastEvent[to] = max(last, lastEvent[to] ?? 0)
  }
}

extension AttributedStanding {
  /// Takes over the verdict of another key of the same listing.
  package mutating func takeVerdict(of other: AttributedStanding) {
    (standing.verdict, standing.reason, verdictBy) = (other.standing.verdict, other.standing.reason, other.verdictBy)
  }

  /// Takes over the note of another key of the same listing.
  package mutating func takeNote(of other: AttributedStanding) {
    (standing.note, noteBy) = (other.standing.note, other.noteBy)
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
