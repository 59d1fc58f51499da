import Listings
import Sentences

// Words of the filter as people read them in panes.

extension ListingState {
  /// A state as panes show it; other words stay as they are.
  static func shownName(_ word: String) -> String {
    switch ListingState(rawValue: word) {
    case .confirmed: localized("confirmed", context: "a verdict")
    case .falsePositive: localized("false positive", context: "a verdict")
    case .unsure: localized("unsure", context: "a verdict")
    case .unreviewed: localized("unreviewed", context: "in place of a verdict")
    case .new: localized("new", context: "a listing since last time")
    case .changed: localized("changed", context: "a listing since last time")
    case .reappeared: localized("reappeared", context: "a listing since last time")
    case .seen: localized("seen", context: "a listing since last time")
    case .gone: localized("gone", context: "a listing since last time")
    default: word.replacing("-", with: " ")
    }
  }
}

extension DecisionWords {
  /// A reason as panes show it; other words stay as they are.
  static func shownName(_ word: String) -> String {
    switch word {
    case "replica": localized("replica", context: "why a false positive")
    case "other-material": localized("other material", context: "why a false positive")
    case "wanted-advert": localized("wanted advert", context: "why a false positive")
    case "legal-with-papers": localized("legal with papers", context: "why a false positive")
    case "other-species": localized("other species", context: "why a false positive")
    case "not-wildlife": localized("not wildlife", context: "why a false positive")
    case "duplicate": localized("duplicate", context: "why a false positive")
    default: word.replacing("-", with: " ")
    }
  }
}
