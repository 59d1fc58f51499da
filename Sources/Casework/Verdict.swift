/// What an analyst decided about a listing. A listing without one is *unreviewed*.
///
/// A verdict is about a listing, never about a person's guilt: "confirmed" means a confirmed match to criteria.
package enum Verdict: String, CaseIterable, Sendable {
  case confirmed
  case falsePositive = "false_positive"
  case unsure
}

/// Why a listing is a false positive.
package enum Reason: String, CaseIterable, Sendable {
  case replica
  case otherMaterial = "other_material"
  case wantedAdvert = "wanted_advert"
  case legalWithPapers = "legal_with_papers"
  case otherSpecies = "other_species"
  case notWildlife = "not_wildlife"
  case duplicate
}

/// What stands for one listing now: its verdict, the reason, the note. All absent: nothing was ever decided.
package struct Standing: Equatable, Sendable {
  package var verdict: Verdict?
  package var reason: Reason?
  /// Free text of the analyst; never empty (an emptied note is nil).
  package var note: String?

  package init(verdict: Verdict? = nil, reason: Reason? = nil, note: String? = nil) {
    self.verdict = verdict
    self.reason = reason
    self.note = note
  }

  package static let none = Standing()
}

/// The number of an event in its casebook, from 1.
package typealias EventNumber = Int

/// Where one listing's verdict stands between the key press and the disk.
///
/// "Painted as saved but not on disk" cannot be said: only the casebook's answer makes a `.saved`.
package enum Filing: Equatable, Sendable {
  case saving(Standing)
  case saved(Standing, EventNumber)
  case refused(Standing, why: String)

  package var standing: Standing {
    switch self {
    case .saving(let standing), .saved(let standing, _), .refused(let standing, _): standing
    }
  }
}
