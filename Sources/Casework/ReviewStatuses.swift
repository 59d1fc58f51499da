import Listings

/// A review status, and the event that set it.
package struct FiledStatus: Equatable, Sendable {
  package let status: ReviewStatus
  /// The last event about the listing.
  package let event: EventNumber
  /// What the listing said when it got its verdict; nil where that is not known.
  package let seen: SeenListing?

  package init(_ status: ReviewStatus, _ event: EventNumber, seen: SeenListing? = nil) {
    self.status = status
    self.event = event
    self.seen = seen
  }
}

/// The review status of every listing, by replaying events. It defines what the casebook's table of statuses must hold.
///
/// Shape:  a renamed listing is under its last key. Where both keys had been decided, the later verdict, note and aspect
///         count; the earlier ones stay in the events.
/// Cost:   O(1) per event.
package struct ReviewStatuses: Equatable, Sendable {
  /// By current key.
  package private(set) var byKey: [ListingKey: AttributedStatus] = [:]
  /// The last event about each listing.
  package private(set) var lastEvent: [ListingKey: EventNumber] = [:]
  /// Listings under each verdict.
  package private(set) var counts = VerdictCounts()
  /// The renamings so far.
  package private(set) var names = ListingNames()
  /// The last event about each part of a listing's status; 0 for none.
  private var lastOfPart: [ListingKey: LastEvents] = [:]

  /// The last events about the parts of a status.
  private struct LastEvents: Equatable {
    var verdict: EventNumber = 0
    var note: EventNumber = 0
    var described: [Aspect: EventNumber] = [:]
  }

  /// Replays events from an empty casebook.
  package init(replaying events: some Sequence<Event> = []) {
    for event in events { apply(event) }
  }

  /// The status of a listing, under any of its keys; `.none` if it was never decided.
  package subscript(key: ListingKey) -> ReviewStatus { byKey[names.current(key)]?.status ?? .none }

  /// Replays the next event.
  package mutating func apply(_ event: Event) {
    if let (old, new) = event.rename { return rename(old, to: new) }
    guard let named = event.listing, let part = event.after else { return }
    let key = names.current(named)
    var status = byKey[key] ?? AttributedStatus()
    status.set(part, seen: event.seen, by: event.analyst)
    put(status, under: key)
    lastEvent[key] = event.number
    switch part {
    case .verdict: lastOfPart[key, default: LastEvents()].verdict = event.number
    case .note: lastOfPart[key, default: LastEvents()].note = event.number
    case .described(let aspect, _): lastOfPart[key, default: LastEvents()].described[aspect] = event.number
    }
  }

  /// Joins the statuses of several keys under one of them, as renaming does.
  package mutating func join(_ keys: [ListingKey], as key: ListingKey) {
    for other in keys where other != key { rename(other, to: key) }
  }

  /// Replaces a status, and keeps the counts right.
  private mutating func put(_ status: AttributedStatus, under key: ListingKey) {
    counts.move(from: byKey[key]?.status.verdict, to: status.status.verdict)
    byKey[key] = status
  }

  /// Moves a status to the listing's new key.
  private mutating func rename(_ old: ListingKey, to new: ListingKey) {
    guard let (from, to) = names.rename(old, to: new), let moved = byKey[from] else { return }
    counts.move(from: moved.status.verdict)
    byKey[from] = nil
    let (mine, theirs) = (lastOfPart.removeValue(forKey: from) ?? LastEvents(), lastOfPart[to] ?? LastEvents())
    var status = byKey[to] ?? AttributedStatus()
    if mine.verdict > theirs.verdict { status.takeVerdict(of: moved) }
    if mine.note > theirs.note { status.takeNote(of: moved) }
    for (aspect, event) in mine.described where event > theirs.described[aspect] ?? 0 {
      status.take(aspect, of: moved)
    }
    put(status, under: to)
    lastOfPart[to] = LastEvents(
      verdict: max(mine.verdict, theirs.verdict), note: max(mine.note, theirs.note),
      described: mine.described.merging(theirs.described) { max($0, $1) })
    let last = lastEvent.removeValue(forKey: from) ?? 0
    lastEvent[to] = max(last, lastEvent[to] ?? 0)
  }
}

extension AttributedStatus {
  /// Takes the verdict from another key of the same listing.
  package mutating func takeVerdict(of other: AttributedStatus) {
    (status.verdict, status.reason, verdictBy) = (other.status.verdict, other.status.reason, other.verdictBy)
    seen = other.seen
  }

  /// Takes the note from another key of the same listing.
  package mutating func takeNote(of other: AttributedStatus) {
    (status.note, noteBy) = (other.status.note, other.noteBy)
  }

  /// Takes one aspect of the description from another key of the same listing.
  package mutating func take(_ aspect: Aspect, of other: AttributedStatus) {
    status.description[aspect] = other.status.description[aspect]
    clearedBy[aspect] = other.clearedBy[aspect]
  }
}

/// How many listings have each verdict.
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

  /// The listings with a verdict.
  package subscript(verdict: Verdict) -> Int {
    switch verdict {
    case .confirmed: confirmed
    case .falsePositive: falsePositive
    case .unsure: unsure
    }
  }

  /// Moves one listing from one verdict to another; nil is unreviewed.
  package mutating func move(from old: Verdict? = nil, to new: Verdict? = nil) {
    add(-1, to: old)
    add(1, to: new)
  }

  /// Adds `amount` listings to a verdict; unreviewed ones are not counted.
  package mutating func add(_ amount: Int, to verdict: Verdict?) {
    switch verdict {
    case .confirmed: confirmed += amount
    case .falsePositive: falsePositive += amount
    case .unsure: unsure += amount
    case nil: break
    }
  }
}

/// The current key of each listing. Events are never changed, so a listing whose key was renamed keeps its earlier keys in
/// them.
///
/// Cost:   O(1) per lookup; O(keys of the listing) per renaming.
package struct ListingNames: Equatable, Sendable {
  /// Current keys by earlier key.
  private var now: [ListingKey: ListingKey] = [:]
  /// Earlier keys by current key.
  private var before: [ListingKey: [ListingKey]] = [:]

  package init() {}

  /// The key that a listing has now.
  package func current(_ key: ListingKey) -> ListingKey { now[key] ?? key }

  /// The keys that a listing had before, oldest renaming last.
  package func earlier(_ key: ListingKey) -> [ListingKey] { before[key] ?? [] }

  /// Every key that is no longer in use, with the current one.
  package var all: [ListingKey: ListingKey] { now }

  /// Applies a renaming.
  ///
  /// - Returns: the keys between which decisions move; nil where nothing changes.
  package mutating func rename(_ old: ListingKey, to new: ListingKey) -> (from: ListingKey, to: ListingKey)? {
    let (from, to) = (current(old), current(new))
    guard from != to else { return nil }
    for key in [from] + (before.removeValue(forKey: from) ?? []) {
      now[key] = to
      before[to, default: []].append(key)
    }
    return (from, to)
  }
}
