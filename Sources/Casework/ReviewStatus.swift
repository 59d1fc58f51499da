import Listings
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

/// A listing's review status: verdict, reason, note and description. All are nil or empty for a listing that was never decided.
package struct ReviewStatus: Equatable, Sendable {
  package var verdict: Verdict?
  /// Only for a false positive.
  package var reason: Reason?
  /// The analyst's free text; never empty, since clearing it gives nil.
  package var note: String?
  /// What was stated about the listing in codes.
  package var description = ListingDescription.none

  package init(
    verdict: Verdict? = nil, reason: Reason? = nil, note: String? = nil, description: ListingDescription = .none
  ) {
    self.verdict = verdict
    self.reason = reason
    self.note = note
    self.description = description
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

/// The part of a review status that one event sets: the verdict with its reason, the note, or one aspect of the description.
/// Never two, so that undoing a verdict leaves a later note alone.
package enum StatusPart: Equatable, Sendable {
  /// The verdict and its reason; nil clears the verdict.
  case verdict(Verdict?, Reason?)
  /// The note; nil clears it.
  case note(String?)
  /// One aspect of the description; nil clears it.
  case described(Aspect, String?)

  /// Which part it is, whatever it sets. Of two decisions on one slot the later replaces the earlier.
  package enum Slot: Hashable, Comparable, Sendable {
    case verdict, note
    case described(Aspect)
  }

  package var slot: Slot {
    switch self {
    case .verdict: .verdict
    case .note: .note
    case .described(let aspect, _): .described(aspect)
    }
  }

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
    case .describe:
      guard let aspect = data["aspect"]?.asText.flatMap({ Aspect(rawValue: $0) }) else { return nil }
      switch data["value"] {
      case .text(let value) where aspect.accepts(value): self = .described(aspect, value)
      case .null: self = .described(aspect, nil)
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
    case .described: .describe
    }
  }

  /// The part by name, as in an event's `data`.
  package var data: [String: JSONValue] {
    switch self {
    case .verdict(let verdict, let reason):
      ["verdict": .optional(verdict?.rawValue), "reason": .optional(reason?.rawValue)]
    case .note(let note): ["note": .optional(note)]
    case .described(let aspect, let value): ["aspect": .text(aspect.rawValue), "value": .optional(value)]
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
    case .described(let aspect, _): .described(aspect, description[aspect]?.value)
    }
  }

  /// Sets one part, and leaves the others alone.
  ///
  /// - Parameter analyst: who states it, which is kept of a description.
  package mutating func set(_ part: StatusPart, by analyst: String) {
    switch part {
    case .verdict(let verdict, let reason): (self.verdict, self.reason) = (verdict, reason)
    case .note(let note): self.note = note
    case .described(let aspect, let value): description[aspect] = value.map { Described($0, by: analyst) }
    }
  }
}

extension JSONValue {
  /// The text, or null.
  package static func optional(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
}
