import Listings
import Matching

/// The rows in whose title or description one of a few spellings stands, through all disguises that each sees through.
///
/// Cost:   one pass over the text on all cores, with a matcher of these spellings alone.
package enum TermRows {
  /// Nil when cancelled half-way.
  package static func rows(
    holding spellings: some Sequence<Spelling>, in dataset: Dataset, _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    let spellings = Array(Set(spellings))
    guard !spellings.isEmpty else { return RowSet(noneOf: dataset.rowCount) }
    let matcher = SpellingMatcher(spellings)
    return MatchingRows.rows(of: dataset, from: 0, cancellation) {
      var scratch = SpellingMatcher.Scratch()
      return { row in
        for field in [Field.title, .description] {
          var isFound = false
          matcher.forEachMatch(in: dataset.bytes(of: field, at: row), using: &scratch) { _ in isFound = true }
          if isFound { return true }
        }
        return false
      }
    }
  }

  /// The rows in which a term is written, whatever stands around it.
  package static func rows(
    holding term: Term, in dataset: Dataset, _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    rows(holding: term.spellings, in: dataset, cancellation)
  }
}

extension Term {
  /// What the matcher looks for.
  package var spellings: [Spelling] { writings.map { Spelling($0, borders: borders, folds: folds) } }
}
