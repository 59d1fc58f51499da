import Listings

/// What analysts said about listings, each in their own name.
package struct CasebookReviews: Sendable {
  /// The token of the casebook, by which its own chain goes.
  package let token: String
  /// By current key.
  package var byKey: [ListingKey: ListingReviews] = [:]
  /// Which reviews were given in the knowledge of others, in other casebooks.
  package var knowledge: MergeKnowledge

  package init(token: String, knowledge: MergeKnowledge = MergeKnowledge()) {
    (self.token, self.knowledge) = (token, knowledge)
  }

  /// The listings on which analysts disagree, by key.
  package var disagreements: [Disagreement] {
    byKey.values.compactMap { $0.disagreement(knowledge) }.sorted { $0.key < $1.key }
  }
}
