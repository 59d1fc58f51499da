import SmallFormats

/// One act of an analyst, summed up: what undo and redo go by.
///
/// Shape:  its events lie side by side in the chain, because an act is written as a whole or not at all.
package struct Act: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// Changed standings: can be undone.
    case change
    case undo(of: ActNumber)
    case redo(of: ActNumber)
    /// Changed no standing (a packet left, a dataset was opened): neither undoes nor ends a redo.
    case other
  }

  package let number: ActNumber
  package let analyst: String
  package let kind: Kind
  /// What it made of its listings; nil where it changed none, or not all alike.
  package let part: StandingPart?
  package let listings: Int
  package let events: ClosedRange<EventNumber>

  package init(
    number: ActNumber, analyst: String, kind: Kind, part: StandingPart?, listings: Int,
    events: ClosedRange<EventNumber>
  ) {
    self.number = number
    self.analyst = analyst
    self.kind = kind
    self.part = part
    self.listings = listings
    self.events = events
  }

  /// The act these events make up; nil for none. They must share one act number.
  package init?(_ events: some Collection<Event>) {
    guard let first = events.first else { return nil }
    var kind = Kind.other
    var parts: [StandingPart] = []
    var last = first
    for event in events {
      precondition(event.act == first.act, "The events of act \(first.act) hold one of act \(event.act)")
      last = event
      if let part = event.after { parts.append(part) }
      if event.action == .undo, let other = event.undoes { kind = .undo(of: other) }
      if event.action == .redo, let other = event.redoes { kind = .redo(of: other) }
    }
    if kind == .other, !parts.isEmpty { kind = .change }
    let same = parts.first.flatMap { part in parts.allSatisfy { $0.isLike(part) } ? part : nil }
    self.init(
      number: first.act, analyst: first.analyst, kind: kind, part: same, listings: parts.count,
      events: first.number...last.number)
  }

  /// "12 listings confirmed", to stand after "undid:" or "redid:".
  package var sentence: String {
    let count = "\(Digits.grouped(listings)) \(listings == 1 ? "listing" : "listings")"
    switch part {
    case .verdict(.confirmed?, _): return "\(count) confirmed"
    case .verdict(.falsePositive?, let reason?):
      return "\(count) marked false positive (\(reason.rawValue.replacing("_", with: " ")))"
    case .verdict(.falsePositive?, nil): return "\(count) marked false positive"
    case .verdict(.unsure?, _): return "\(count) marked unsure"
    case .verdict(nil, _): return "verdict of \(count) cleared"
    case .note(nil): return "note on \(count) cleared"
    case .note: return "note on \(count) written"
    case nil: return "\(count) changed"
    }
  }
}

extension StandingPart {
  /// The same decision: notes are alike when both write or both clear, whatever the words.
  fileprivate func isLike(_ other: StandingPart) -> Bool {
    switch (self, other) {
    case (.note(let a), .note(let b)): (a == nil) == (b == nil)
    default: self == other
    }
  }
}
