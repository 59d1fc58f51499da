import Testing

@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

/// The matcher against its definition: every spelling held against every character of both readings.
struct MatcherLawTests {
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) << 32 ^ state >> 20
    }
  }

  private struct Found: Hashable, CustomStringConvertible {
    let spelling: Int
    let bytes: Range<Int>
    var description: String { "\(spelling)@\(bytes)" }
  }

  private func defined(_ spellings: [Spelling], _ text: [UInt8]) -> Set<Found> {
    var found: Set<Found> = []
    text.withUnsafeBytes { bytes in
      for readsReferences in [false, true] {
        let reading = TextReading(bytes, readingReferences: readsReferences)
        for (number, spelling) in spellings.enumerated() {
          if readsReferences, !reading.hasReferences || !spelling.folds.contains(.references) { continue }
          let all = SpellingPattern(spelling, under: spelling.folds.union(CharacterTable.firstReading))
          guard let first = all.characters.first, let last = all.characters.last else { continue }
          let folds = readsReferences ? spelling.folds : spelling.folds.subtracting(.references)
          let pattern = SpellingPattern(spelling, under: folds)
          reading.units.withUnsafeBufferPointer { units in
            for start in units.indices {
              for end in Alignment(units: units, pattern: pattern).ends(from: start)
              where WordBorders(units: units).allow(spelling.borders, start, end, first: first, last: last) {
                found.insert(Found(spelling: number, bytes: Int(units[start].start)..<Int(units[end - 1].end)))
              }
            }
          }
        }
      }
    }
    return found
  }

  private static let pieces: [String] =
    "i v o r y I V O a á à đ d 1 0 5 @ $ ! | . - _ / ' , о і с в н Ѕ α ɪ ᴠ ｉ ｖ 𝓸 ﬁ f ß s 象 牙 製 制 发 發 า ง ช ا ل و ع ج َ й и"
    .split(separator: " ").map(String.init) + [
      " ", "  ", "\n", "\u{A0}", "\u{200B}", "\u{AD}", "\u{FE0F}", "\u{301}", "\u{306}", "&#105;", "&#x6f", "&amp;",
      "&agrave;", "&", "#", ";", "🐘", "🏽", "\u{200D}", "oo", "ooo", "yyy", "ivory", "rhino horn", "horn", "ngà voi",
      "é", "e\u{301}", "한", "ﷺ", "²", "ｶﾞ", "ガ", "\u{1F3FB}",
    ]

  private static let spellings: [Spelling] = {
    let texts = [
      "ivory", "ivor", "ivo", "iv", "i", "ngà voi", "voi", "rhino horn", "象牙", "象", "製", "發", "งาช", "عاج", "йв",
      "ооо", "fissa", "🐘", "🐘\u{200D}", "ivo ry", "a b", "i.v", "ивор", "ガ", "한", "e\u{301}o", "d1o", "s0s0", "oo",
      "oooo", "vooi", "象牙ivo", "iv象", "à", "", " ", "o-o", "illo", "ivory", "IVORY",
    ]
    let folds: [Folds] = [
      .all, .plain, [], .all.subtracting(.accents), .all.subtracting([.spacing, .letterCase]),
      .all.subtracting([.invisible, .lookAlikes]), .all.subtracting([.leet, .compatibility]), [.references, .repeats],
    ]
    return texts.enumerated().flatMap { number, text in
      Spelling.Borders.allCases.enumerated().map { place, borders in
        Spelling(text, borders: borders, folds: (number + place) % 3 == 0 ? folds[(number / 3 + place) % 8] : .all)
      }
    }
  }()

  @Test(arguments: 0..<4) func everythingDefinedIsFoundAndNothingElse(seed: Int) {
    var random = Random(state: UInt64(seed) &* 7919 &+ 1)
    let matcher = SpellingMatcher(Self.spellings)
    var scratch = SpellingMatcher.Scratch()
    var total = 0
    for round in 0..<60 {
      var text: [UInt8] = []
      for _ in 0..<(round % 24) {
        if Int.random(in: 0..<40, using: &random) == 0 { text.append(UInt8.random(in: 0x80...0xFF, using: &random)) }
        if Int.random(in: 0..<4, using: &random) == 0 {
          text += Array(Self.spellings.randomElement(using: &random)!.text.utf8)
        } else {
          text += Array(Self.pieces.randomElement(using: &random)!.utf8)
        }
      }
      var matches: [SpellingMatch] = []
      text.withUnsafeBytes { matcher.forEachMatch(in: $0, using: &scratch) { matches.append($0) } }
      let found = Set(matches.map { Found(spelling: Int($0.spelling), bytes: $0.bytes) })
      let wanted = defined(Self.spellings, text)
      let shown = String(decoding: text, as: UTF8.self)
      let missing = wanted.subtracting(found).map { "\(Self.spellings[$0.spelling]) \($0.bytes)" }
      let invented = found.subtracting(wanted).map { "\(Self.spellings[$0.spelling]) \($0.bytes)" }
      #expect(missing.isEmpty, "\(shown.debugDescription) \(shown.unicodeScalars.map(\.value))")
      #expect(invented.isEmpty, "\(shown.debugDescription)")
      #expect(found.count == matches.count)
      total += found.count
    }
    #expect(total > 100)
  }
}
