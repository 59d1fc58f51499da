import Listings

/// What a text hides: every character that shows nothing or passes for another, and every word written otherwise than
/// it is read.
///
/// Shape:  places in order of their bytes, none twice; words in order, none overlapping another.
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

  /// How many there are of a kind, and in how many words where it is the word that is written so.
  package func count(_ kind: DisguiseKind, _ grade: DisguiseGrade) -> Int {
    let found = places.filter { $0.kind == kind && $0.grade == grade }
    switch kind {
    case .hidden, .lookAlike, .styled, .reference, .marks, .leet, .broken: return found.count
    case .spacedOut, .stretched:
      return words.count { word in found.contains { word.bytes.contains($0.bytes.lowerBound) } }
    }
  }
}
