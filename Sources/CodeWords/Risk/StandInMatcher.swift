import Listings

package struct SpellingMatch: Sendable {
  package let spelling: UInt32
  package let bytes: Range<Int>
  package let folds: Folds
}

package final class SpellingMatcher: Sendable {
  private let searches: [TextSearch?]
  package init(_ spellings: [Spelling]) { searches = spellings.map { TextSearch($0.text) } }
  package func matches(in text: UnsafeRawBufferPointer) -> [SpellingMatch] {
    searches.enumerated().flatMap { number, search in
      (search?.ranges(in: text) ?? []).map { SpellingMatch(spelling: UInt32(number), bytes: $0, folds: []) }
    }
  }
}

package struct Taxon: Sendable, Equatable {
  package let acceptedName: String
  package let appendix: String?
  package let asOf: String
  package init(acceptedName: String, appendix: String?, asOf: String) {
    self.acceptedName = acceptedName
    self.appendix = appendix
    self.asOf = asOf
  }
}
