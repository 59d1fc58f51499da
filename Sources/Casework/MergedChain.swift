import Listings
import SmallFormats

/// What one merge brought of another casebook's chain.
///
/// Shape:  in the event `casebook.merge`, `data.chains` has one for each chain that grew: `casebook`, `from`, `through`, `head`.
package struct MergedChain: Equatable, Sendable {
  /// The token of its casebook.
  package let token: String
  /// The first event that came: 1, or the one after those that were here already.
  package let from: EventNumber
  /// The last event that came.
  package let through: EventNumber
  /// The hash of that event's line.
  package let head: String

  package init(token: String, from: EventNumber, through: EventNumber, head: String) {
    (self.token, self.from, self.through, self.head) = (token, from, through, head)
  }

  /// The form in the event.
  package var json: JSONValue {
    .map(["casebook": .text(token), "from": .number(from), "head": .text(head), "through": .number(through)])
  }

  /// Reads that form; nil for anything else.
  package init?(_ json: JSONValue) {
    guard let token = json.at("casebook")?.asText, let from = json.at("from")?.asNumber,
      let through = json.at("through")?.asNumber, let head = json.at("head")?.asText, from > 0, through >= from
    else { return nil }
    self.init(token: token, from: from, through: through, head: head)
  }
}

extension Event {
  /// What the event's merge brought; empty for other events.
  package var mergedChains: [MergedChain] {
    action == .mergeCasebooks ? line.data["chains"]?.asList?.compactMap { MergedChain($0) } ?? [] : []
  }
}

/// A listing on which analysts gave different verdicts that are not settled yet.
package struct Disagreement: Equatable, Sendable {
  package let key: ListingKey
  /// The open verdicts; the one in force first.
  package let reviews: [Review]

  package init(key: ListingKey, reviews: [Review]) { (self.key, self.reviews) = (key, reviews) }
}
