import Testing

@testable import Matching

/// Spellings folded by the table of the scan, against the pattern by which a match is decided.
struct FoldedSpellingsTests {
  private func check(_ texts: [String]) {
    var folded = FoldedSpellings(from: 0)
    for text in texts { folded.add(Spelling(text)) }
    let others = texts.indices.filter { number in
      let spelling = Spelling(texts[number])
      let pattern = SpellingPattern(spelling, under: spelling.folds.union(CharacterTable.firstReading))
      let facts = folded.facts[number]
      return !folded[number].elementsEqual(pattern.characters) || folded.mayBeJoined[number] != pattern.mayBeJoined
        || facts.first != pattern.characters.first ?? 0 || facts.last != pattern.characters.last ?? 0
    }
    #expect(others.map { texts[$0].unicodeScalars.map { String($0.value, radix: 16) } } == [])
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
