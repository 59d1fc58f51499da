import Listings
import CodeWords

/// What a text hides: every character that shows nothing or passes for another, and every word written otherwise than
/// it is read.
///
/// Shape:  places in order of their bytes, of each kind none twice; words in order, none overlapping another.
/// Units:  all ranges are UTF-8 bytes of the original text.
/// Cost:   a few passes over the text, and a small matcher for each disguised hit.
/// Fails:  never; bytes that are not UTF-8 hide nothing.
package struct TextLens: Equatable, Sendable {
  package let places: [DisguisedPlace]
  package let words: [DisguisedWord]

  /// - Parameter hits: those in this text; others, and those beyond its end, are left out by the caller or do no harm.
  package init(_ text: UnsafeRawBufferPointer, hits: [Hit] = [], _ lexicons: CompiledLexicons = .empty) {
    var building = LensBuilding(text)
    building.readCharacters()
    building.readHits(hits, lexicons)
    (places, words) = building.finished()
  }

  /// The places that begin within a range.
  package func places(in range: Range<Int>) -> ArraySlice<DisguisedPlace> { places.beginning(in: range) }

  /// How many there are of a kind, and in how many words where it is the word that is written so.
  package func count(_ kind: DisguiseKind, _ grade: DisguiseGrade) -> Int {
    func isCounted(_ place: DisguisedPlace) -> Bool { place.kind == kind && place.grade == grade }
    switch kind {
    case .hidden, .lookAlike, .styled, .reference, .marks, .leet, .broken: return places.count(where: isCounted)
    case .spacedOut, .stretched: return words.count { places(in: $0.bytes).contains(where: isCounted) }
    }
  }
}

extension Array {
  /// The first place from which on `holds` is true, where it is false for the first elements and true for the rest.
  func partitioned(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension [DisguisedPlace] {
  /// Of places in order those that begin within a range.
  func beginning(in range: Range<Int>) -> ArraySlice<DisguisedPlace> {
    let first = partitioned { $0.bytes.lowerBound >= range.lowerBound }
    return self[first..<Swift.max(first, partitioned { $0.bytes.lowerBound >= range.upperBound })]
  }
}
