import Listings
import Sentences
import SmallFormats

/// What an analyst asks of the casebook with one key press. It becomes one transaction, and one step of undo.
package enum Change: Equatable, Sendable {
  /// Files a verdict (nil clears it) for listings. A reason is kept only with a false positive, where it says why.
  case file(Verdict?, reason: Reason?, for: [ListingKey])
  /// Writes a note; nil or blank text clears it.
  case write(note: String?, for: ListingKey)
  /// States something about listings in codes; nil clears an aspect.
  case describe([DescriptionChange], for: [ListingKey])
  /// Files a verdict together with what is stated of the listings.
  case identify(Verdict, [DescriptionChange], for: [ListingKey])
  /// Takes back this analyst's latest transaction that is not taken back yet.
  case undo
  /// Restores the transaction that this analyst took back last.
  case redo
}

/// One transaction of an analyst, in summary: the step by which undo and redo move.
///
/// Shape:  its events are contiguous in the chain, because a transaction is written as a whole or not at all. One key
///         press is one transaction, however many listings it decides.
package struct Transaction: Equatable, Sendable {
  /// What a transaction means for undo and redo.
  package enum Kind: Equatable, Sendable {
    /// Changed review statuses. It can be undone.
    case change
    /// Took another transaction back.
    case undo(of: TransactionNumber)
    /// Restored a transaction that had been taken back.
    case redo(of: TransactionNumber)
    /// Changed no status (a packet was exported, a dataset opened). It can neither be undone nor does it end a redo.
    case other
  }

  package let number: TransactionNumber
  /// Whose undo and redo it belongs to.
  package let analyst: String
  package let kind: Kind
  /// What it set for its listings; nil where it set nothing, or not the same for all.
  package let part: StatusPart?
  /// How many listings it changed.
  package let listings: Int
  /// Its first and last event.
  package let events: ClosedRange<EventNumber>

  package init(
    number: TransactionNumber, analyst: String, kind: Kind, part: StatusPart?, listings: Int,
    events: ClosedRange<EventNumber>
  ) {
    self.number = number
    self.analyst = analyst
    self.kind = kind
    self.part = part
    self.listings = listings
    self.events = events
  }

  /// Summarises events that share one transaction number; nil for none.
  package init?(_ events: some Collection<Event>) {
    guard let first = events.first else { return nil }
    var kind = Kind.other
    var parts: [StatusPart] = []
    var listings: Set<ListingKey> = []
    var last = first
    for event in events {
      precondition(
        event.transaction == first.transaction,
        "The events of transaction \(first.transaction) include one of transaction \(event.transaction)")
      last = event
      if let key = event.listing, let part = event.after {
        parts.append(part)
        listings.insert(key)
      }
      if event.action == .undo, let other = event.undoes { kind = .undo(of: other) }
      if event.action == .redo, let other = event.redoes { kind = .redo(of: other) }
    }
    if kind == .other, !parts.isEmpty { kind = .change }
    // A verdict says more than what was stated with it.
    let verdicts = parts.filter { $0.slot == .verdict }
    let leading = verdicts.isEmpty ? parts : verdicts
    let same = leading.first.flatMap { part in leading.allSatisfy { $0.isLike(part) } ? part : nil }
    self.init(
      number: first.transaction, analyst: first.analyst, kind: kind, part: same, listings: listings.count,
      events: first.number...last.number)
  }

  /// What it did: `12 listings confirmed`. Sentences put "undid:" or "redid:" in front.
  package var sentence: String {
    switch part {
    case .verdict(.confirmed?, _):
      return localized(
        listings, one: "\(grouped: listings) listing confirmed", other: "\(grouped: listings) listings confirmed")
    case .verdict(.falsePositive?, let reason?):
      let why = reason.screenLabel
      return localized(
        listings, one: "\(grouped: listings) listing marked false positive (\(why))",
        other: "\(grouped: listings) listings marked false positive (\(why))")
    case .verdict(.falsePositive?, nil):
      return localized(
        listings, one: "\(grouped: listings) listing marked false positive",
        other: "\(grouped: listings) listings marked false positive")
    case .verdict(.unsure?, _):
      return localized(
        listings, one: "\(grouped: listings) listing marked unsure",
        other: "\(grouped: listings) listings marked unsure")
    case .verdict(nil, _):
      return localized(
        listings, one: "verdict of \(grouped: listings) listing cleared",
        other: "verdict of \(grouped: listings) listings cleared")
    case .note(nil):
      return localized(
        listings, one: "note on \(grouped: listings) listing cleared",
        other: "note on \(grouped: listings) listings cleared")
    case .note:
      return localized(
        listings, one: "note on \(grouped: listings) listing written",
        other: "note on \(grouped: listings) listings written")
    case .described(let aspect, let value?): return counted(listings, "listing") + ": " + aspect.screenPhrase(value)
    case .described(let aspect, nil):
      let name = aspect.screenName
      return localized(
        listings, one: "\(name) of \(grouped: listings) listing cleared",
        other: "\(name) of \(grouped: listings) listings cleared")
    case nil:
      return localized(
        listings, one: "\(grouped: listings) listing changed", other: "\(grouped: listings) listings changed")
    }
  }
}

extension StatusPart {
  /// Whether both set the same. Notes count as the same when both write or both clear, whatever the words.
  fileprivate func isLike(_ other: StatusPart) -> Bool {
    switch (self, other) {
    case (.note(let a), .note(let b)): (a == nil) == (b == nil)
    default: self == other
    }
  }
}

/// A review status with the analyst who last set each part: what a plan must know about a listing.
package struct AttributedStatus: Equatable, Sendable {
  package var status: ReviewStatus
  /// Who set the verdict; nil if unset.
  package var verdictBy: String?
  /// Who set the note; nil if unset.
  package var noteBy: String?
  /// What the listing said when it got its verdict; nil without a verdict, and where that was not written down.
  package var seen: SeenListing?
  /// Who cleared the aspects of the description that were stated and are no longer.
  package var clearedBy: [Aspect: String] = [:]

  package init(
    _ status: ReviewStatus = .none, verdictBy: String? = nil, noteBy: String? = nil, seen: SeenListing? = nil
  ) {
    self.status = status
    self.verdictBy = verdictBy
    self.noteBy = noteBy
    self.seen = seen
  }

  /// Sets one part, and notes who did.
  ///
  /// - Parameter seen: what the listing says, for a verdict.
  package mutating func set(_ part: StatusPart, seen: SeenListing?, by analyst: String) {
    status.set(part, by: analyst)
    switch part {
    case .verdict(let verdict, _):
      verdictBy = analyst
      self.seen = verdict == nil ? nil : seen
    case .note: noteBy = analyst
    case .described(let aspect, let value): clearedBy[aspect] = value == nil ? analyst : nil
    }
  }

  /// The analyst who last set the part.
  fileprivate func author(of part: StatusPart) -> String? {
    switch part {
    case .verdict: verdictBy
    case .note: noteBy
    case .described(let aspect, _): status.description[aspect]?.by ?? clearedBy[aspect]
    }
  }
}

/// What a change amounts to, listing by listing, before it is written. The one place that defines what undo restores.
///
/// Rule:   undo and redo touch a listing only if its status is still as the transaction left it, set by the same analyst.
///         If a colleague has decided since, the colleague's decision stays and the listing counts as `left`.
package struct TransactionPlan: Equatable, Sendable {
  /// One listing's part of a transaction.
  package struct Step: Equatable, Sendable {
    package let key: ListingKey
    /// What the listing's status becomes.
    package let becomes: StatusPart
    /// The status that the step requires; nil takes it whatever the status is.
    package let expects: StatusPart?
    /// What the listing said when it got the verdict that it gets now. Undoing restores that of the earlier verdict.
    package var seen: SeenListing?
    /// What was known of others' decisions when it was decided.
    package var known = KnownReviews()
  }

  package let kind: Transaction.Kind
  /// In the order in which their events are written.
  package let steps: [Step]

  /// A new decision. A listing named twice is decided once.
  ///
  /// - Parameter seen: what the analyst saw of the listings.
  package static func change(
    _ parts: [StatusPart], for keys: [ListingKey], seen: [ListingSnapshot] = []
  ) -> TransactionPlan {
    var named = Set<ListingKey>(minimumCapacity: keys.count)
    let places = Dictionary(seen.indices.map { (seen[$0].key, $0) }) { first, _ in first }
    let steps = keys.filter { named.insert($0).inserted }.flatMap { key in
      let seen = places[key].map { seen[$0] }
      return parts.map {
        Step(key: key, becomes: $0, expects: nil, seen: seen?.content, known: seen?.known ?? KnownReviews())
      }
    }
    return TransactionPlan(kind: .change, steps: steps)
  }

  /// The reversal of a transaction with these events.
  package static func undo(_ transaction: Transaction, events: [Event]) -> TransactionPlan {
    TransactionPlan(
      kind: .undo(of: transaction.number),
      steps: events.compactMap { event in
        guard let key = event.listing, let after = event.after, let before = event.before else { return nil }
        return Step(key: key, becomes: before, expects: after, seen: event.seenBefore)
      })
  }

  /// The repetition of a transaction with these events.
  package static func redo(_ transaction: Transaction, events: [Event]) -> TransactionPlan {
    TransactionPlan(
      kind: .redo(of: transaction.number),
      steps: events.compactMap { event in
        guard let key = event.listing, let after = event.after, let before = event.before else { return nil }
        return Step(
          key: key, becomes: after, expects: before, seen: event.seen,
          known: KnownReviews(isBlind: event.isBlind, settles: event.settles))
      })
  }

  /// The same plan under the keys that its listings have now. Where two keys have become one listing, the last step for each
  /// slot of its status wins: the later event was in force when the keys were joined.
  package func renamed(_ current: (ListingKey) throws -> ListingKey) rethrows -> TransactionPlan {
    let steps = try steps.map {
      Step(key: try current($0.key), becomes: $0.becomes, expects: $0.expects, seen: $0.seen, known: $0.known)
    }
    var verdicts = Set<ListingKey>(minimumCapacity: steps.count)
    var others: Set<OtherSlot> = []
    let last = steps.reversed().filter { step in
      let slot = step.becomes.slot
      return slot == .verdict
        ? verdicts.insert(step.key).inserted : others.insert(OtherSlot(key: step.key, slot: slot)).inserted
    }
    return TransactionPlan(kind: kind, steps: last.reversed())
  }

  /// A note or an aspect of a listing.
  private struct OtherSlot: Hashable {
    let key: ListingKey
    let slot: StatusPart.Slot
  }

  /// The `data` of the step's event; nil where the listing must be left alone.
  package func data(
    of step: Step, transaction: TransactionNumber, analyst: String, now: AttributedStatus
  ) -> [String: JSONValue]? {
    let before = now.status.part(like: step.becomes)
    if let expected = step.expects, before != expected || now.author(of: expected) != analyst { return nil }
    var data = step.becomes.data(seen: step.seen)
    data["act"] = .number(transaction)
    data["before"] = .map(before.data(seen: now.seen))
    if step.known.isBlind { data["blind"] = .truth(true) }
    if !step.known.settles.isEmpty { data["settles"] = .list(step.known.settles.sorted().map { .number($0) }) }
    switch kind {
    case .undo(let other): data["undoes"] = .number(other)
    case .redo(let other): data["redoes"] = .number(other)
    case .change, .other: break
    }
    return data
  }

  /// What another analyst decided meanwhile, unknown to this one.
  ///
  /// - Parameters:
  ///   - now: the listing's status before the step.
  ///   - last: the last event about the listing.
  package func conflict(
    of step: Step, with now: AttributedStatus, last: EventNumber, by analyst: String
  ) -> DecisionConflict? {
    let before = now.status.part(like: step.becomes)
    guard kind == .change, !step.known.isBlind, let known = step.known.lastEvent, last > known,
      let other = now.author(of: step.becomes), other != analyst, before.isSet, before != step.becomes
    else { return nil }
    return DecisionConflict(key: step.key, analyst: other, decided: before)
  }

  /// The event that closes an undo or redo, so that it counts as done even if every listing was left; nil for a change.
  package func closing(transaction: TransactionNumber, listings: Int, left: Int) -> Closing? {
    var data: [String: JSONValue] = ["act": .number(transaction), "listings": .number(listings), "left": .number(left)]
    switch kind {
    case .undo(let other):
      data["undoes"] = .number(other)
      return Closing(action: .undo, object: "act:\(other)", data: data)
    case .redo(let other):
      data["redoes"] = .number(other)
      return Closing(action: .redo, object: "act:\(other)", data: data)
    case .change, .other: return nil
    }
  }

  /// An event about the transaction as a whole.
  package struct Closing: Equatable, Sendable {
    /// `transaction.undo` or `transaction.redo`.
    package let action: Action
    /// The transaction reversed, as `transaction:12`.
    package let object: String
    package let data: [String: JSONValue]
  }
}

extension Change {
  /// The parts that the change sets, and for which listings; nil for undo and redo.
  package var decision: (parts: [StatusPart], keys: [ListingKey])? {
    switch self {
    case .file(let verdict, let reason, let keys):
      ([.verdict(verdict, verdict == .falsePositive ? reason : nil)], keys)
    case .write(let note, let key):
      ([.note(note.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 })], [key])
    case .describe(let changes, let keys): (changes.map { .described($0.aspect, $0.value) }, keys)
    case .identify(let verdict, let changes, let keys):
      ([.verdict(verdict, nil)] + changes.map { .described($0.aspect, $0.value) }, keys)
    case .undo, .redo: nil
    }
  }
}

/// A decision that another analyst made on the same listing before the analyst could see it. Both are kept.
package struct DecisionConflict: Equatable, Sendable {
  package let key: ListingKey
  /// Who decided first.
  package let analyst: String
  /// What they set.
  package let decided: StatusPart

  package init(key: ListingKey, analyst: String, decided: StatusPart) {
    (self.key, self.analyst, self.decided) = (key, analyst, decided)
  }
}

extension StatusPart {
  /// Whether it sets something; false where it clears the verdict, the note or an aspect.
  package var isSet: Bool {
    switch self {
    case .verdict(let verdict, _): verdict != nil
    case .note(let note): note != nil
    case .described(_, let value): value != nil
    }
  }
}
