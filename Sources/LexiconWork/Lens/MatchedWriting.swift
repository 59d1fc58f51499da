import Listings
import Matching
import CodeWords

extension CompiledLexicons {
  /// The writing of its term that a hit is read as: of several the one for which least had to be seen through.
  ///
  /// - Parameter text: the whole field that the hit is in.
  /// Cost: a matcher of the term's writings is built and thrown away; for what one listing shows.
  package func writing(readAt hit: Hit, in text: UnsafeRawBufferPointer) -> String {
    let term = self[hit.term]
    guard term.writings.count > 1 else { return term.name }
    let stretch = UnsafeRawBufferPointer(rebasing: text[hit.bytes.clamped(to: 0..<text.count)])
    // Within its own bytes nothing stands beside the hit, so that borders do not matter.
    let matcher = SpellingMatcher(term.writings.map { Spelling($0, borders: .inside, folds: term.folds) })
    let whole = matcher.matches(in: stretch).filter { $0.bytes == 0..<stretch.count }
    let nearest = whole.min { effort($0.folds) < effort($1.folds) }
    return nearest.map { term.writings[Int($0.spelling)] } ?? term.name
  }

  private func effort(_ folds: Folds) -> Int {
    10 * folds.subtracting(.plain).rawValue.nonzeroBitCount + folds.rawValue.nonzeroBitCount
  }
}

extension Hit {
  /// Whether something had to be seen through that nobody writes by the way.
  package var isDisguised: Bool { !folds.subtracting(.plain).isEmpty }
}
