import CodeWords
import Listings
import ListingsTestSupport
import Testing
import LexiconWork

/// The words of a listing, to choose from.
struct ListingWordsTests {
  private func words(_ title: String, _ description: String = "") -> ListingWords {
    ListingText.with(title: title, description: description) {
      ListingWords(title: $0.title, description: $0.description)
    }
  }

  private func texts(_ title: String, _ description: String = "") -> [String] {
    let words = words(title, description)
    return words.words.indices.map { words.text(of: $0..<$0 + 1) }
  }

  @Test func wordsAreRunsOfLettersAndCharactersOfScriptsWithoutBlanks() {
    #expect(texts("Old ivory-ring, 12cm!") == ["Old", "ivory", "ring", "12cm"])
    #expect(texts("果冻 手串") == ["果", "冻", "手", "串"])
    #expect(texts("ivory🐘象牙ring") == ["ivory", "🐘", "象", "牙", "ring"])
    #expect(texts("vảy tê tê", "Ib em") == ["vảy", "tê", "tê", "Ib", "em"])
    #expect(texts("") == [] && texts("… !?") == [])
  }

  @Test func whatCannotBeSeenDoesNotEndAWord() {
    #expect(texts("je\u{200B}lly") == ["je\u{200B}lly"])
    #expect(texts("👩‍⚖️ e\u{301}mile") == ["👩‍⚖️", "e\u{301}mile"])
  }

  @Test func severalWordsAreTheTextBetweenTheFirstAndTheLast() {
    let words = words("old ivory, ring", "x")
    #expect(words.text(of: 1..<3) == "ivory, ring")
    #expect(words.text(of: 0..<0) == "" && words.text(of: 2..<9) == "")
    #expect(words.words(in: 5..<6, of: .title) == 1..<2)
    #expect(words.words(in: 4..<15, of: .title) == 1..<3)
    #expect(words.words(in: 90..<95, of: .title) == nil)
  }

  @Test func hostileBytesAreReadWithoutHarm() {
    var dice = Dice(seed: 3)
    for _ in 0..<500 {
      let bytes = (0..<dice.below(60)).map { _ in UInt8(dice.below(256)) }
      bytes.withUnsafeBytes { bytes in
        let words = ListingWords(title: bytes, description: bytes)
        for place in words.words.indices {
          #expect(!words.text(of: place..<place + 1).isEmpty)
          #expect(!words.text(of: place..<place + 1).unicodeScalars.contains("\u{FFFD}"))
        }
      }
    }
  }

  @Test func ofALongTextTheBeginningIsOffered() {
    let words = words(String(repeating: "ivory ", count: 10_000))
    #expect(words.words.count == ListingWords.maximumBytes / 6 + 1)
  }
}
