import Casework
import Listings
import Testing

/// Filters name the reasons that analysts can give, all of them and no others.
struct ReasonNameTests {
  @Test func filtersKnowEveryReason() {
    #expect(Reason.allCases.map { DecisionWords.name(ofReason: $0.rawValue) } == DecisionWords.reasonNames)
  }
}
