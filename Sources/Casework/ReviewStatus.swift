import SmallFormats

/// What an analyst decided about a listing. A listing without a verdict is *unreviewed*.
///
/// A verdict is about a listing, never about a person's guilt: "confirmed" means that it matches the criteria.
package enum Verdict: String, CaseIterable, Sendable {
  /// Matches the criteria of the review.
  case confirmed
  /// Does not match; a `Reason` may say why.
  case falsePositive = "false_positive"
  /// Looked at without a decision.
  case unsure
}

/// Why a listing is a false positive.
package enum Reason: String, CaseIterable, Sendable {
  /// An imitation.
  case replica
  case otherMaterial = "other_material"
  /// Somebody wants to buy.
  case wantedAdvert = "wanted_advert"
  case legalWithPapers = "legal_with_papers"
  case otherSpecies = "other_species"
  /// No animal, plant or part of one.
  case notWildlife = "not_wildlife"
  /// The same offer as another listing.
  case duplicate
}

/// A listing's review status: verdict, reason and note. All three are nil for a listing that was never decided.
package struct ReviewStatus: Equatable, Sendable {
  package var verdict: Verdict?
  /// Only for a false positive.
  package var reason: Reason?
  /// The analyst's free text; never empty, since clearing it gives nil.
  package var note: String?

  package init(verdict: Verdict? = nil, reason: Reason? = nil, note: String? = nil) {
    self.verdict = verdict
    self.reason = reason
    self.note = note
  }

  /// Never decided.
  package static let none = ReviewStatus()
}

/// The number of an event in its casebook, from 1.
package typealias EventNumber = Int

/// A review status on its way from the key press to the disk.
///
/// Only the casebook's answer makes a `.saved`, so a status cannot be shown as saved before it is on disk.
package enum Filing: Equatable, Sendable {
  /// Shown, and not yet answered by the casebook.
  case saving(ReviewStatus)
  /// On disk, as this event.
  case saved(ReviewStatus, EventNumber)
  /// Not on disk, with the sentence that says why.
  case refused(ReviewStatus, why: String)

  /// The status shown, saved or not.
  package var status: ReviewStatus {
    switch self {
    case .saving(let status), .saved(let status, _), .refused(let status, _): status
    }
  }
}

/// The part of a review status that one event sets: the verdict with its reason, or the note. Never both, so that undoing a
/// verdict leaves a later note alone.
package enum StatusPart: Equatable, Sendable {
  /// The verdict and its reason; nil clears the verdict.
  case verdict(Verdict?, Reason?)
  /// The note; nil clears it.
  case note(String?)

  /// Reads the part that an event with this action sets from its `data`; nil for actions that set none, and for words that
  /// this program does not know.
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

  /// The action of an event that sets this part.
  package var action: Action {
    switch self {
    case .verdict: .fileVerdict
    case .note: .writeNote
    }
  }

  /// The part by name, as in an event's `data`.
  package var data: [String: JSONValue] {
    switch self {
    case .verdict(let verdict, let reason):
      ["verdict": .optional(verdict?.rawValue), "reason": .optional(reason?.rawValue)]
    case .note(let note): ["note": .optional(note)]
    }
  }

  /// The same with what the listing said when it got its verdict.
  package func data(seen: SeenListing?) -> [String: JSONValue] {
    var data = data
    if case .verdict(_?, _) = self, let seen { data["seen"] = seen.json }
    return data
  }

  /// A word of the enum; `.some(nil)` for null, nil for anything else.
  private static func word<W: RawRepresentable<String>>(_ value: JSONValue?, as: W.Type) -> W?? {
    switch value {
    case .null: return .some(nil)
    case .text(let text): return W(rawValue: text).map { .some($0) }
    default: return nil
    }
  }
}

extension ReviewStatus {
  /// The same part of this status as `part` is of another one.
  package func part(like part: StatusPart) -> StatusPart {
    switch part {
    case .verdict: .verdict(verdict, reason)
    case .note: .note(note)
    }
  }

  /// Sets one part, and leaves the other alone.
  package mutating func set(_ part: StatusPart) {
    switch part {
    case .verdict(let verdict, let reason): (self.verdict, self.reason) = (verdict, reason)
    case .note(let note): self.note = note
    }
  }
}

extension JSONValue {
  /// The text, or null.
  package static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
}
