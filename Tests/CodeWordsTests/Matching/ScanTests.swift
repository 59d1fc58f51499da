import CPlatform
import Testing

@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

/// What the scan writes, against the table it is a faster way through.
struct ScanTests {
  private func symbols(of text: [UInt8], _ body: (ScanBuffers, UInt32) -> Void) {
    let matcher = SpellingMatcher([Spelling("ivory")])
    let scan = ScanBuffers()
    text.withUnsafeBytes {
      scan.scan($0, matcher.scanTables)
      body(scan, scan.signs)
    }
  }

  @Test func everyCharacterOfASCIIIsReckonedAsTheTableHasIt() {
    for first in UInt8(0)..<0x80 {
      // Between letters, since separators that follow one another become one.
      let text = (0..<16).map { $0 % 2 == 0 ? UInt8(ascii: "x") : (first &+ UInt8($0)) & 0x7F }
      symbols(of: text) { scan, _ in
        #expect(scan.symbolCount == 16)
        for place in 0..<16 {
          #expect(scan.symbols[place] == CharacterTable.entry(UInt32(text[place])), "\(text[place])")
          #expect(scan.starts[place] == UInt32(place))
        }
      }
    }
  }

  @Test(
    arguments: [
      ("plain words of a text, with 25 kg and 5kg & more", 0), ("i v o r y", LP_SIGN_SPACED), ("I have a b", 0),
      ("a b c", LP_SIGN_SPACED), ("象/牙", LP_SIGN_SPACED), ("象 牙", LP_SIGN_SPACED), ("象牙 虎骨 100%", 0),
      ("1v0ry", LP_SIGN_LEET),
      ("5kg", 0), ("25cm", LP_SIGN_LEET), ("wow!", 0), ("!v0r", LP_SIGN_LEET), ("a & b", 0),
      ("&#105;", LP_SIGN_REFERENCE),
      ("&amp;", LP_SIGN_REFERENCE), ("ivoooory", LP_SIGN_REPEATS), ("111", 0), ("іv", LP_SIGN_SCRIPTS),
      ("слон ivory", 0),
      ("a\u{200B}b", LP_SIGN_INVISIBLE),
    ] as [(String, Int)])
  func aSignIsSeenWhereADisguiseMayBe(text: String, sign: Int) {
    // Wherever it stands in a block of sixteen.
    for before in 2..<19 {
      let padded = Array((String(String(repeating: "qw", count: before).prefix(before)) + " " + text).utf8)
      symbols(of: padded) { _, signs in #expect(Int(signs) == sign, "\(before) \(text)") }
    }
  }
}
