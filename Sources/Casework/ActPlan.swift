import Listings
import SmallFormats

/// A standing with who last set each part: what a change has to know about a listing before it touches it.
package struct AttributedStanding: Equatable, Sendable {
  package var standing: Standing
  package var verdictBy: String?
  package var noteBy: String?

  package init(_ standing: Standing = .none, verdictBy: String? = nil, noteBy: String? = nil) {
    self.standing = standing
    self.verdictBy = verdictBy
    self.noteBy = noteBy
  }

  package mutating func set(_ part: StandingPart, by analyst: String) {
    standing.set(part)
    switch part {
    case .verdict: verdictBy = analyst
    case .note: noteBy = analyst
    }
  }

  fileprivate func author(of part: StandingPart) -> String? {
    switch part {
    case .verdict: verdictBy
    case .note: noteBy
    }
  }
}

/// What a change comes to, listing by listing, before it is written: the one place that says what undo restores.
///
/// An undo (or redo) touches a listing only while that still stands as the act left it, by the same analyst's hand.
/// Where a colleague decided it meanwhile, theirs is kept and the listing counted as `left`.
package struct ActPlan: Equatable, Sendable {
  /// One listing's share of an act.
  package struct Step: Equatable, Sendable {
    package let key: ListingKey
    package let becomes: StandingPart
    /// What must stand for the step to be taken; nil: whatever stands.
    package let expects: StandingPart?
  }

  package let kind: Act.Kind
  package let steps: [Step]

  /// A new decision. A listing named twice is taken once.
  package static func change(_ part: StandingPart, for keys: [ListingKey]) -> ActPlan {
    var seen = Set<ListingKey>(minimumCapacity: keys.count)
    let steps = keys.filter { seen.insert($0).inserted }.map { Step(key: $0, becomes: part, expects: nil) }
    return ActPlan(kind: .change, steps: steps)
  }

  /// Takes back what `events`, those of the act, did.
  package static func undo(_ act: Act, events: [Event]) -> ActPlan {
    ActPlan(
      kind: .undo(of: act.number),
      steps: events.compactMap { event in
        guard let key = event.listing, let after = event.after, let before = event.before else { return nil }
        return Step(key: key, becomes: before, expects: after)
      })
  }

  /// Does again what `events`, those of the act, did.
  package static func redo(_ act: Act, events: [Event]) -> ActPlan {
    ActPlan(
      kind: .redo(of: act.number),
      steps: events.compactMap { event in
        guard let key = event.listing, let after = event.after, let before = event.before else { return nil }
        return Step(key: key, becomes: after, expects: before)
      })
  }

  /// The same plan for the keys that its listings have now. A listing that had two of them is decided once, its verdict and
  /// its note each as the last of its steps says: the later event is what stood when the two became one.
  package func renamed(_ current: (ListingKey) throws -> ListingKey) rethrows -> ActPlan {
    let steps = try steps.map { Step(key: try current($0.key), becomes: $0.becomes, expects: $0.expects) }
    var verdicts = Set<ListingKey>(minimumCapacity: steps.count)
    var notes: Set<ListingKey> = []
    let last = steps.reversed().filter { step in
      if case .note = step.becomes { notes.insert(step.key).inserted } else { verdicts.insert(step.key).inserted }
    }
    return ActPlan(kind: kind, steps: last.reversed())
  }

  /// The `data` of the step's event, or nil if the listing must be left alone.
  package func data(
    of step: Step, act: ActNumber, analyst: String, now: AttributedStanding
  ) -> [String: JSONValue]? {
    let before = now.standing.part(like: step.becomes)
    if let expected = step.expects, before != expected || now.author(of: expected) != analyst { return nil }
    var data = step.becomes.data
    data["act"] = .number(act)
    data["before"] = .map(before.data)
    switch kind {
    case .undo(let other): data["undoes"] = .number(other)
    case .redo(let other): data["redoes"] = .number(other)
    case .change, .other: break
    }
    return data
  }

  /// The event that closes an undo or a redo, so that it counts as done even where every listing was left.
  package func closing(act: ActNumber, listings: Int, left: Int) -> Closing? {
    var data: [String: JSONValue] = ["act": .number(act), "listings": .number(listings), "left": .number(left)]
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

  package struct Closing: Equatable, Sendable {
    package let action: Action
    package let object: String
    package let data: [String: JSONValue]
  }
}

extension Change {
  /// The part that the change sets and for which listings; nil for undo and redo.
  package var decision: (part: StandingPart, keys: [ListingKey])? {
    switch self {
    case .file(let verdict, let reason, let keys):
      (.verdict(verdict, verdict == .falsePositive ? reason : nil), keys)
    case .write(let note, let key):
      (.note(note.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }), [key])
    case .undo, .redo: nil
    }
  }
}
