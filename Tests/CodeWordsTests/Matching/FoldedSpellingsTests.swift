import Testing

@testable import Matching

/// Spellings folded by the table of the scan, against the pattern by which a match is decided.
struct FoldedSpellingsTests {
  private func check(_ texts: [String]) {
    var folded = FoldedSpellings(from: 0)
    for text in texts { folded.add(Spelling(text)) }
    for (number, text) in texts.enumerated() {
      let pattern = SpellingPattern(Spelling(text), under: Folds.all.union(CharacterTable.firstReading))
      #expect(Array(folded[number]) == pattern.characters, "\(text.unicodeScalars.map { $0.value })")
      #expect(folded.mayBeJoined[number] == pattern.mayBeJoined, "\(text)")
      #expect(folded.facts[number].first == pattern.characters.first ?? 0)
      #expect(folded.facts[number].last == pattern.characters.last ?? 0)
    }
  }

  @Test func everyCharacterFoldsAsInAPattern() {
    check((0..<CharacterTable.directCount + 0x100).compactMap(Unicode.Scalar.init).map { "x\($0)y" })
  }

  @Test func blanksMarksAndBrevesFoldAsInAPattern() {
    check([
      "", " ", "-", " ivory ", "red  sandal - wood", "a b", "ab cd", "й", "и\u{306}", "И\u{306}\u{306}", "\u{306}и",
      "e\u{301}", "象 牙", "\u{200B}", " \u{200B} x", "x \u{301}y", "x\u{A0}\u{2014}y", "ﷺ ﷺ", "\u{F0000}",
    ])
  }
}
