import CodeWords
import Listings
import Matching

/// What a text hides: every character that shows nothing or passes for another, and every word that is read otherwise than
/// it is written.
///
/// Shape:  spans in order of their bytes, none of a kind twice; words in order, none overlapping another.
/// Units:  all ranges are UTF-8 bytes of the original text.
/// Cost:   a few passes over the text, and a small matcher for each disguised hit.
/// Fails:  never; bytes that are not UTF-8 hide nothing.
package struct TextLens: Equatable, Sendable {
  /// In order of their bytes.
  package let spans: [DisguisedSpan]
  /// In order of their bytes, none overlapping another.
  package let words: [DisguisedWord]

  /// Examines a text.
  ///
  /// - Parameter hits: the hits in this text; those beyond its end are ignored.
  package init(_ text: UnsafeRawBufferPointer, hits: [Hit] = [], _ lexicons: CompiledLexicons = .empty) {
    var building = LensBuilding(text)
    building.readCharacters()
    building.readHits(hits, lexicons)
    (spans, words) = building.finished()
  }

  /// The spans that begin within a range of bytes.
  ///
  /// Cost:   O(log spans); nothing is copied.
  package func spans(in range: Range<Int>) -> ArraySlice<DisguisedSpan> { spans.beginning(in: range) }

  /// How many spans there are of a kind and grade; for kinds that affect whole words, how many words.
  package func count(_ kind: DisguiseKind, _ grade: DisguiseGrade) -> Int {
    func isCounted(_ span: DisguisedSpan) -> Bool { span.kind == kind && span.grade == grade }
    switch kind {
    case .hidden, .lookAlike, .styled, .reference, .marks, .leet, .broken: return spans.count(where: isCounted)
    case .spacedOut, .stretched: return words.count { spans(in: $0.bytes).contains(where: isCounted) }
    }
  }
}

extension Array {
  /// Binary search: the first index at which `holds` is true, where it is false before and true from there on.
  ///
  /// Shape:  `count` where `holds` is true nowhere.
  /// Cost:   O(log n).
  func partitioned(_ holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension [DisguisedSpan] {
  /// Of spans in order, those that begin within a range.
  ///
  /// Cost:   O(log spans); nothing is copied.
  func beginning(in range: Range<Int>) -> ArraySlice<DisguisedSpan> {
    let first = partitioned { $0.bytes.lowerBound >= range.lowerBound }
    return self[first..<Swift.max(first, partitioned { $0.bytes.lowerBound >= range.upperBound })]
  }
}

/// A way in which a text hides its words from searches.
package enum DisguiseKind: Int, CaseIterable, Sendable {
  /// Shows nothing, or controls what is shown: zero-width characters, soft hyphens, bidi controls, tags, controls.
  case hidden
  /// A letter of another script than the rest of its word: Cyrillic `і` in `іvory`.
  case lookAlike
  /// A letter in another form: full-width, mathematical, enclosed, small capital, superscript.
  case styled
  /// An HTML character reference in place of a letter.
  case reference
  /// Marks piled onto a letter, or striking it through.
  case marks
  /// A digit or sign in place of a letter.
  case leet
  /// Letters apart: `i v o r y`, `i.v.o.r.y`.
  case spacedOut
  /// A sign or emoji within a word: `iv*ry`.
  case broken
  /// One letter again and again: `ivoooory`.
  case stretched
}

/// How strongly something suggests a disguise.
package enum DisguiseGrade: Sendable {
  /// Ordinary in its script: direction marks among Arabic, zero-width spaces among Thai, full-width among Chinese.
  case ordinary
  /// Looks like a disguise, but no code word was found through it. `iPhone5s` looks like one too.
  case possible
  /// Nothing ordinary explains it, or a code word was found through it.
  case plain
}

/// A stretch of text that hides something or pretends to be something else.
///
/// Units:  `bytes` is a UTF-8 range in the original text.
package struct DisguisedSpan: Equatable, Sendable {
  package let kind: DisguiseKind
  package let grade: DisguiseGrade
  package let bytes: Range<Int>
  /// The character there; of several, the first.
  package let scalar: UInt32
  /// What it is read as: empty where it is left out, `?` where that cannot be told.
  package let readAs: String
}

/// A word that is read otherwise than it is written.
///
/// Units:  `bytes` is a UTF-8 range in the original text.
package struct DisguisedWord: Equatable, Sendable {
  package let bytes: Range<Int>
  /// The surface form of the lexicon where a code word was found, else the folded word.
  package let readAs: String
  /// The terms found there.
  package let terms: [TermID]
}

extension CompiledLexicons {
  /// The surface form of its term that a hit is read as: the one that takes the fewest folds.
  ///
  /// - Parameter text: the whole field that contains the hit.
  /// Cost: builds a matcher of the term's surface forms each time; meant for what one listing shows.
  /// Fails:  never: gives the term's name where no form matches the whole hit.
  package func surfaceForm(readAt hit: Hit, in text: UnsafeRawBufferPointer) -> String {
    let term = self[hit.term]
    guard term.surfaceForms.count > 1 else { return term.name }
    let stretch = UnsafeRawBufferPointer(rebasing: text[hit.bytes.clamped(to: 0..<text.count)])
    // Nothing surrounds the hit within its own bytes, so borders do not matter.
    let matcher = SpellingMatcher(term.surfaceForms.map { Spelling($0, borders: .inside, folds: term.folds) })
    let whole = matcher.matches(in: stretch).filter { $0.bytes == 0..<stretch.count }
    let nearest = whole.min { effort($0.folds) < effort($1.folds) }
    return nearest.map { term.surfaceForms[Int($0.spelling)] } ?? term.name
  }

  /// Folds that hide something weigh ten times as much as those that occur in every text.
  private func effort(_ folds: Folds) -> Int {
    10 * folds.subtracting(.plain).rawValue.nonzeroBitCount + folds.rawValue.nonzeroBitCount
  }
}

extension Hit {
  /// Whether the matcher saw through anything that people do not write by accident.
  package var isDisguised: Bool { !folds.subtracting(.plain).isEmpty }
}
