import Testing

@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

struct DisguiseTests {
  /// The folds needed to find `spelling` in `text`, as what was found; nil where it is not found.
  private func found(
    _ spelling: String, in text: String, borders: Spelling.Borders = .byScript, folds: Folds = .all
  ) -> [String: Folds] {
    let matcher = SpellingMatcher([Spelling(spelling, borders: borders, folds: folds)])
    var result: [String: Folds] = [:]
    for match in matcher.matches(in: text) {
      result[String(decoding: Array(text.utf8)[match.bytes], as: UTF8.self)] = match.folds
    }
    return result
  }

  @Test(
    arguments: [
      ("ivory", "real ivory here", "ivory", Folds()),
      ("ivory", "IVORY", "IVORY", [.letterCase]),
      ("ivory", "ｉｖｏｒｙ", "ｉｖｏｒｙ", [.compatibility]),
      ("ivory", "𝓲𝓿𝓸𝓻𝔂 Ⓘⓥⓞⓡⓨ", "𝓲𝓿𝓸𝓻𝔂", [.compatibility]),
      ("ngà voi", "bán nga voi", "nga voi", [.accents]),
      ("đồi mồi", "doi moi", "doi moi", [.accents]),
      ("marfil", "MÁRFIL", "MÁRFIL", [.letterCase, .accents]),
      ("象牙製品", "出售象牙制品。", "象牙制品", [.chineseVariants]),
      ("ivory", "i\u{200B}vo\u{AD}ry", "i\u{200B}vo\u{AD}ry", [.invisible]),
      ("ivory", "sell i.v.o.r.y now", "i.v.o.r.y", [.spacing]),
      ("ivory", "sell i v o r y now", "i v o r y", [.spacing]),
      ("象牙", "象 牙", "象 牙", [.spacing]),
      ("象牙", "出售象/牙", "象/牙", [.spacing]),
      ("ivory", "іvоry", "іvоry", [.lookAlikes]),
      ("бивень", "бивeнь", "бивeнь", [.lookAlikes]),
      ("ivory", "1v0ry", "1v0ry", [.leet]),
      ("ivory", "buy !v0ry", "!v0ry", [.leet]),
      ("ivory", "ivoooory", "ivoooory", [.repeats]),
      ("ivory", "&#105;vory", "&#105;vory", [.references]),
      ("ngà voi", "ng&agrave; voi", "ng&agrave; voi", [.references]),
      ("rhino horn", "rhino-horn", "rhino-horn", Folds()),
      ("rhino horn", "rhino\n  horn", "rhino\n  horn", Folds()),
      ("rhino horn", "#RhinoHorn", "RhinoHorn", [.letterCase, .spacing]),
      ("rhino horn", "r h i n o  h o r n", "r h i n o  h o r n", [.spacing]),
      ("🐘", "🐘\u{FE0F}!", "🐘\u{FE0F}", Folds()),
      ("👍", "👍🏽", "👍🏽", [.compatibility]),
      ("tiger", "T1GER", "T1GER", [.letterCase, .leet]),
      ("слон", "сл0н", "сл0н", [.leet]),
      ("ガラス", "ｶﾞﾗｽ", "ｶﾞﾗｽ", [.compatibility]),
      ("عاج", "عَاج", "عَاج", [.accents]),
      ("الهدى", "الهدي", "الهدي", [.accents]),
    ] as [(String, String, String, Folds)])
  func aDisguiseIsSeenThroughAndNamed(spelling: String, text: String, what: String, folds: Folds) {
    #expect(found(spelling, in: text)[what] == folds)
  }

  @Test(arguments: [
    ("ivory", "I v or y", "prose is not spelled out"),
    ("ivory", "ivoryish", "an ending is another word"),
    ("ivory", "delivory", "the end of another word"),
    ("ivory", "iivooory", "two letters are no drawl"),
    ("ivory", "1v0r7", "mostly digits"),
    ("cat", "c4t", "too short for leet"),
    ("cat", "c a t", "too short for spacing"),
    ("cat", "caaaat", "too short for repeats"),
    ("象牙", "大象 牙齿", "two Chinese words"),
    ("象牙", "大象、牙齿", "a Chinese list"),
    ("сор", "cop", "wholly of another script"),
    ("animal", "anima!", "an exclamation"),
    ("маи", "май", "й is a letter"),
    ("か", "が", "voiced kana are letters"),
    ("사", "산", "a syllable is one character"),
    ("ivory", "xxivory", "glued"),
  ])
  func innocentsAreLeftAlone(spelling: String, text: String, why: String) {
    #expect(found(spelling, in: text).isEmpty, "\(why)")
  }

  @Test(arguments: [
    ("ivor", "ivories"), ("бивн", "бивнями"), ("عاج", "والعاج"), ("عاج", "للعاج"), ("ivor", "ivor"),
  ])
  func aStemTakesEndingsAndArabicPrefixes(spelling: String, text: String) {
    #expect(!found(spelling, in: text, borders: .stem).isEmpty)
    #expect(found("ivor", in: "ivorabcdefg", borders: .stem).isEmpty)
  }

  @Test(arguments: [
    ("ivory", "IVORY", Folds.letterCase), ("ivory", "ｉｖｏｒｙ", .compatibility), ("ngà", "nga", .accents),
    ("ivory", "i\u{200B}vory", .invisible), ("ivory", "i.v.o.r.y", .spacing), ("ivory", "іvory", .lookAlikes),
    ("ivory", "1vory", .leet), ("ivory", "ivoooory", .repeats), ("ivory", "&#105;vory", .references),
    ("象牙製", "象牙制", .chineseVariants), ("rhino horn", "rhinohorn", .spacing),
  ])
  func aFoldSwitchedOffIsNotSeenThrough(spelling: String, text: String, fold: Folds) {
    #expect(!found(spelling, in: text).isEmpty)
    #expect(found(spelling, in: text, folds: .all.subtracting(fold)).isEmpty)
  }

  @Test func aScriptDecidesItsBorders() {
    #expect(!found("ivory", in: "买ivory吗").isEmpty)
    #expect(!found("งาช้าง", in: "ขายงาช้างแท้").isEmpty)
    #expect(!found("象", in: "出售象牙").isEmpty)
    #expect(found("象", in: "出售象牙", borders: .word).isEmpty)
    #expect(!found("vor", in: "ivory", borders: .inside).isEmpty)
  }

  /// Found by the oracle: tone marks and bracketed numbers of Chinese were taken for letters of a script with borders.
  @Test(arguments: ["\u{302A}", "\u{3220}", "\u{1D360}"]) func chineseSignsAreNoBorderToOthers(sign: String) {
    #expect(!found("ivory", in: sign + "ivory" + sign).isEmpty)
  }

  @Test(arguments: ["\u{1BCA0}", "\u{1D173}"]) func controlsOfShorthandAndMusicAreSeenThrough(sign: String) {
    #expect(found("ivory", in: "ivo" + sign + "ry").values.first == .invisible)
  }

  @Test func invalidBytesShiftNothing() {
    let text: [UInt8] = [0xFF, 0x20, 0xE0, 0xB8] + Array(" ivory ".utf8) + [0xC0, 0xF5]
    let matches = text.withUnsafeBytes { SpellingMatcher([Spelling("ivory")]).matches(in: $0) }
    #expect(matches == [SpellingMatch(spelling: 0, bytes: 5..<10, folds: [])])
  }

  @Test func anEmptyListFindsNothing() {
    #expect(SpellingMatcher([]).matches(in: "ivory").isEmpty)
    #expect(SpellingMatcher([Spelling(""), Spelling(" - "), Spelling("\u{301}")]).matches(in: " - ivory").isEmpty)
  }
}
