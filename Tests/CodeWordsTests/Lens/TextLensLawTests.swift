import ListingsTestSupport
import Testing

@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

/// What holds for every text, however broken.
struct TextLensLawTests {
  private static let pieces: [[UInt8]] =
    [
      "ivory", "і", "0", "1", "@", "*", " ", ".", "\u{200B}", "\u{200D}", "\u{202E}", "\u{AD}", "\u{E0069}", "\u{FE0F}",
      "\u{301}", "\u{336}", "🐘", "👩", "🏽", "象牙", "ｆｕｌｌ", "𝓼", "&#105;", "&amp;", "ขาย", "عاج", "\n", "\u{1B}", "й", "o",
    ].map { Array($0.utf8) } + [[0xFF], [0xE2, 0x80], [0xC0]]

  @Test(arguments: 0..<40 as Range<UInt64>)
  func placesAndWordsLieInOrderWithinTheTextAndOnCharacters(seed: UInt64) {
    var dice = Dice(seed: seed)
    for length in 0..<40 {
      let bytes = (0..<length).flatMap { _ in dice.pick(Self.pieces) }
      bytes.withUnsafeBytes { text in
        let read = ListingText(title: text, description: UnsafeRawBufferPointer(rebasing: text[..<0]))
        let hits = InventedLexicons.compiled.reading(of: read).hits
        let lens = TextLens(text, hits: hits, InventedLexicons.compiled)
        expectOrdered(lens.spans.map(\.bytes), bytes)
        expectOrdered(lens.words.map(\.bytes), bytes)
        #expect(zip(lens.words, lens.words.dropFirst()).allSatisfy { $0.bytes.upperBound <= $1.bytes.lowerBound })
        #expect(Set(lens.spans.map { "\($0.kind) \($0.bytes.lowerBound)" }).count == lens.spans.count)
        for kind in DisguiseKind.allCases where kind != .spacedOut && kind != .stretched {
          let counts = [DisguiseGrade.plain, .possible, .ordinary].map { lens.count(kind, $0) }
          #expect(counts.reduce(0, +) == lens.spans.count { $0.kind == kind })
        }
        // A disguise through which a code word was found is shown with it.
        for hit in hits where hit.isDisguised && hit.folds.isDisjoint(with: .spacing) {
          if case .suppressed(.part) = hit.status { continue }
          #expect(lens.words.contains { $0.bytes.overlaps(hit.bytes) }, "\(bytes)")
        }
      }
    }
  }

  private func expectOrdered(_ ranges: [Range<Int>], _ bytes: [UInt8]) {
    for range in ranges {
      #expect(!range.isEmpty && range.lowerBound >= 0 && range.upperBound <= bytes.count)
      #expect(bytes[range.lowerBound] & 0xC0 != 0x80 || bytes[range.lowerBound] == 0x80)
    }
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.lowerBound <= $1.lowerBound })
  }
}
