import SmallFormats

/// The part of a standing that one event sets: the verdict with its reason, or the note. Never both, so that a
/// note written meanwhile survives the undoing of a verdict.
package enum StandingPart: Equatable, Sendable {
  case verdict(Verdict?, Reason?)
  case note(String?)

  /// The part as `data` of an event with this action holds it; nil for actions that set none, and for words this
  /// program does not know.
  package init?(of action: Action, from data: [String: JSONValue]) {
    switch action {
    case .fileVerdict:
      guard let verdict = Self.word(data["verdict"], as: Verdict.self),
        let reason = Self.word(data["reason"], as: Reason.self)
      else { return nil }
      self = .verdict(verdict, reason)
    case .writeNote:
      switch data["note"] {
      case .text(let note): self = .note(note)
      case .null: self = .note(nil)
      default: return nil
      }
    default: return nil
    }
  }

  package var action: Action {
    switch self {
    case .verdict: .fileVerdict
    case .note: .writeNote
    }
  }

  /// The part by name, as an event's `data` holds it.
  package var data: [String: JSONValue] {
    switch self {
    case .verdict(let verdict, let reason):
      ["verdict": .optional(verdict?.rawValue), "reason": .optional(reason?.rawValue)]
    case .note(let note): ["note": .optional(note)]
    }
  }

  /// nil: not such a word. `.some(nil)`: none.
  private static func word<W: RawRepresentable<String>>(_ value: JSONValue?, as: W.Type) -> W?? {
    switch value {
    case .null: return .some(nil)
    case .text(let text): return W(rawValue: text).map { .some($0) }
    default: return nil
    }
  }
}

extension Standing {
  /// The same part of this standing as `part` is of another.
  package func part(like part: StandingPart) -> StandingPart {
    switch part {
    case .verdict: .verdict(verdict, reason)
    case .note: .note(note)
    }
  }

  package mutating func set(_ part: StandingPart) {
    switch part {
    case .verdict(let verdict, let reason): (self.verdict, self.reason) = (verdict, reason)
    case .note(let note): self.note = note
    }
  }
}

extension JSONValue {
  package static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
}
