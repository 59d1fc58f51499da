import Casework
import Listings

/// What an act made of one listing.
package struct Decision: Equatable, Sendable {
  package let key: ListingKey
  package let part: StandingPart

  package init(key: ListingKey, part: StandingPart) {
    self.key = key
    self.part = part
  }
}

/// A decision that is to be found again outside of the casebook it was filed into: when it was made, and what the
/// analyst saw.
package struct RescuedDecision: Equatable, Sendable {
  package let decision: Decision
  package let time: String
  package var seen: ListingSnapshot?

  package init(decision: Decision, time: String, seen: ListingSnapshot? = nil) {
    self.decision = decision
    self.time = time
    self.seen = seen
  }
}

/// Where rescued decisions come from.
package struct RescueSource: Equatable, Sendable {
  package let analyst: String
  /// The casebook they were meant for.
  package let casebook: String
  package let token: String

  package init(analyst: String, casebook: String, token: String) {
    self.analyst = analyst
    self.casebook = casebook
    self.token = token
  }
}
