import Testing

@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

/// Texts made to be slow: reading them must end, and what is found must be what a short text of the kind gives.
struct HostileTextTests {
  private static let matcher = SpellingMatcher(
    ["ivory", "ivoory", "rhino horn", "iii", "oooo", "象牙", "عاج", "бивень", "ngà voi", "🐘"].map { Spelling($0) }
      + ["ivor", "عاج"].map { Spelling($0, borders: .stem) } + [Spelling("象牙", borders: .word)])

  private func matchCount(_ text: [UInt8]) -> Int {
    var (count, scratch) = (0, SpellingMatcher.Scratch())
    text.withUnsafeBytes { Self.matcher.forEachMatch(in: $0, using: &scratch) { _ in count += 1 } }
    return count
  }

  /// Where `ivory` stands, under whatever disguise.
  private func ivoryCount(_ text: [UInt8]) -> Int {
    var (count, scratch) = (0, SpellingMatcher.Scratch())
    text.withUnsafeBytes { bytes in
      Self.matcher.forEachMatch(in: bytes, using: &scratch) { if $0.spelling == 0 { count += 1 } }
    }
    return count
  }

  private func repeated(_ text: String, to size: Int) -> [UInt8] {
    let bytes = Array(text.utf8)
    return Array((0..<size / bytes.count).map { _ in bytes }.joined())
  }

  /// Quadratic work over this size would take minutes.
  private static let large = 1 << 14

  @Test(arguments: [
    "i", "o", "i ", "i.", "o\u{200B}", "\u{200B}", "\u{301}", "\u{AD}i", "i\u{301}", "оo", "іi", "oо\u{200B}", "1",
    "1i", "!", "&",
    "&#", "&#1", "&amp", "象", "象 ", "象/", "\u{640}", "ع\u{64E}", "-", " ", "\u{FE0F}", "🐘\u{200D}", "\u{1F3FB}", ".",
    "и\u{306}", "ﷺ",
  ])
  func aPieceOverAndOverIsReadToTheEnd(piece: String) {
    let short = matchCount(repeated(piece, to: 1024))
    let long = matchCount(repeated(piece, to: Self.large))
    // One match per so many bytes, or a fixed few: never more than the text has room for.
    #expect(long <= (short + 2) * (Self.large / 1024))
  }

  @Test(arguments: [[UInt8]([0xFF]), [0xE8, 0xB1], [0xC3], [0xF0, 0x9F, 0x90], [0xED, 0xA0, 0x80], [0xC0, 0x80]])
  func unpairedBytesAreReadToTheEnd(bytes: [UInt8]) {
    let text = Array((0..<Self.large / bytes.count).map { _ in bytes }.joined())
    #expect(matchCount(text) == 0)
    #expect(ivoryCount(text + Array(" ivory ".utf8)) == 1)
  }

  @Test func aWordBehindALongRowOfMarksIsFound() {
    for filler in ["\u{301}", "\u{200B}", " ", "-", "\u{FE0F}"] {
      #expect(ivoryCount(repeated(filler, to: Self.large) + Array(" ivory".utf8)) == 1)
      #expect(ivoryCount(Array("ivory ".utf8) + repeated(filler, to: Self.large)) == 1)
    }
    #expect(ivoryCount(Array("ivo".utf8) + repeated("\u{200B}", to: Self.large) + Array("ry".utf8)) == 1)
    #expect(ivoryCount(Array("iv".utf8) + repeated("o", to: Self.large) + Array("ry".utf8)) == 1)
  }

  /// Each of them is a match that only the slow definition can explain; it is asked once per writing.
  @Test(arguments: ["IVÓRY ", "1v0ry ", "i.v.o.r.y ", "&#105;vory ", "іvоry "])
  func aDisguisedWordOverAndOverIsExplainedEveryTime(word: String) {
    let count = 1000
    let text = repeated(word, to: count * word.utf8.count)
    var folds: [Folds: Int] = [:]
    var scratch = SpellingMatcher.Scratch()
    text.withUnsafeBytes { bytes in
      Self.matcher.forEachMatch(in: bytes, using: &scratch) { match in
        if Self.matcher.spellings[Int(match.spelling)].text == "ivory" { folds[match.folds, default: 0] += 1 }
      }
    }
    #expect(folds.values.max() == count)
  }
}
