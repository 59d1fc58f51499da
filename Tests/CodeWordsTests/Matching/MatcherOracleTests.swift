import Foundation
import Intake
import Listings
import Testing

@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

/// The matcher against an oracle that shares no code with it: places and folds must be the same, on texts made to make
/// folds, borders and scripts collide, and on real ones.
struct MatcherOracleTests {
  private struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 33) << 32 ^ state >> 20
    }
  }

  /// Pieces that are taken for one another, a family per collision.
  private static let alphabets: [[String]] = [
    "i v o r y I V O 1 0 ! | @ . - * і о ѵ ɪ ᴠ ｉ ｖ 𝓸 oo ooo iii ivory 1v0ry".split(separator: " ").map(String.init)
      + [" ", "\u{200B}", "\u{AD}", "\u{301}", "  "],
    "с л о н ы й и в е ч а a c o h b b6 4 3 0 Ѕ Ꮪ ⲟ ꓳ σ слон бивень бивн чай".split(separator: " ").map(String.init)
      + [" ", "\u{306}", "\u{306}", "-", "\u{200D}", "\u{308}"],
    "象 牙 製 制 製品 制品 發 发 髮 虎 骨 大 的 、 。 ， / ・ 😀 🐘 ivory 象牙 1".split(separator: " ").map(String.init)
      + [" ", "\u{3000}", "\u{200B}", "\u{FE0F}", "\u{E0100}", "."],
    "ง า ช ้ ก ร ะ ด เ ต่ า งาช้าง กระ ي ى ع ج ا ل و عاج ال وال للعاج َ ة ه ک ك ی کل".split(separator: " ").map(String.init)
      + [" ", "\u{640}", "\u{64E}", ".", "\u{200C}"],
    "ngà voi n g à a\u{300} â ă ạ đ d v o i NGÀ VOI nga & ; # &agrave; &#224; &#xE0; &#32; &amp; &#x200B; &nbsp;"
      .split(separator: " ").map(String.init) + [" ", "\n", "\u{300}", "\u{A0}", "\u{2010}", "_"],
    "ß ss ẞ ﬁ fi f i ſ ŉ n ʼn ǆ dž Ⓘ ① ² ½ ™ tm ﷺ صلى الله عليه وسلم ｶﾞ ガ カ か が ｶ ﾞ 한 ᄒ ᅡ ᆫ 하 각 Å K k"
      .split(separator: " ").map(String.init) + [" ", "\u{3099}", "\u{30A}", "\u{B4}", "\u{A8}", "\u{345}"],
    "t o b a c u p 7 0 8 $ € £ ¥ ¢ 5 6 9 bac tobacco cacao caca toba".split(separator: " ").map(String.init)
      + [" ", "!", "?", "1", "77", "000", "\u{1F3FB}", "👍", "👍🏽"],
  ]

  private static let spellings: [[String]] = [
    ["ivory", "ivor", "i.v", "iv", "ivo ry", "oo", "ivoory", "illo", "vior", "o-o-o"],
    ["слон", "бивень", "бивн", "ооо", "чай", "чаи", "ссс", "ноно", "coco", "вес 4"],
    ["象牙", "象", "製品", "发", "虎骨 象牙", "象牙ivory", "🐘", "牙制品", "髮", "象牙1"],
    ["งาช้าง", "งา", "กระ", "عاج", "ال", "كل", "ايع", "ج", "عاجي", "وا"],
    ["ngà voi", "nga", "voi", "gà", "à", "đ", "d o", "ngà", "voi n", "i ng"],
    ["fiss", "ss", "ß", "fi", "i", "½", "صلى الله", "ガ", "カ", "한", "하", "ﷺ", "tm", "kk", "Å", "n", "ʼn"],
    ["tobacco", "caca", "bac", "cab", "aaaa", "cacao to", "👍", "too", "boa", "pacato"],
  ]

  private static let foldChoices: [Folds] = [
    .all, .all, .all, .plain, [], .all.subtracting(.accents), .all.subtracting([.spacing, .letterCase]),
    .all.subtracting([.invisible, .lookAlikes]), .all.subtracting([.leet, .compatibility]), [.references, .repeats],
    .all.subtracting(.chineseVariants), [.letterCase, .spacing], [.leet, .lookAlikes, .letterCase],
  ]

  private func compare(
    _ matcher: SpellingMatcher, _ oracle: inout SpellingOracle, _ text: [UInt8], _ place: String = ""
  ) -> Int {
    var found: Set<SpellingOracle.Found> = []
    text.withUnsafeBytes { bytes in
      matcher.forEachMatch(in: bytes) {
        found.insert(SpellingOracle.Found(spelling: Int($0.spelling), bytes: $0.bytes, folds: $0.folds))
      }
    }
    let wanted = oracle.matches(in: text)
    if found != wanted {
      func shown(_ matches: Set<SpellingOracle.Found>) -> [String] {
        matches.map { "\(matcher.spellings[$0.spelling]) \($0.bytes) \($0.folds.names)" }
      }
      let scalars = String(decoding: text, as: UTF8.self).unicodeScalars.map { String($0.value, radix: 16) }
      Issue.record(
        """
        \(place)\(String(decoding: text, as: UTF8.self).debugDescription) \(scalars)
        only the oracle: \(shown(wanted.subtracting(found)))
        only the matcher: \(shown(found.subtracting(wanted)))
        """)
    }
    return wanted.count
  }

  /// Rounds per seed; more of them with `LINSANG_ORACLE_ROUNDS`.
  private static let rounds = Int(ProcessInfo.processInfo.environment["LINSANG_ORACLE_ROUNDS"] ?? "") ?? 24

  @Test(arguments: alphabets.indices, 0..<2) func collidingTextsAreReadAsTheRulesSay(family: Int, seed: Int) {
    var random = Random(state: UInt64(family * 131 + seed) &* 7919 &+ 3)
    let texts = Self.spellings[family] + ["ivory", "a"]
    let spellings = texts.enumerated().flatMap { number, text in
      Spelling.Borders.allCases.enumerated().map { place, borders in
        Spelling(
          text, borders: borders, folds: Self.foldChoices[(number + place * 5 + seed * 7) % Self.foldChoices.count])
      }
    }
    let matcher = SpellingMatcher(spellings)
    var oracle = SpellingOracle(spellings)
    var total = 0
    for round in 0..<Self.rounds {
      var text: [UInt8] = []
      for _ in 0..<(4 + round % 14) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: text += Array(texts.randomElement(using: &random)!.utf8)
        case 1: text += Array(Self.alphabets.joined().randomElement(using: &random)!.utf8)
        case 2 where Bool.random(using: &random): text.append(UInt8.random(in: 0x80...0xFF, using: &random))
        default: text += Array(Self.alphabets[family].randomElement(using: &random)!.utf8)
        }
      }
      total += compare(matcher, &oracle, text)
    }
    #expect(total > Self.rounds)
  }

  /// Every character of the first two planes that is assigned, between letters and by itself.
  @Test func everyCharacterIsReadAsTheRulesSay() {
    let texts = ["aba", "ab", "abab", "象牙", "бабб", "oo oo"]
    let spellings = texts.flatMap { [Spelling($0), Spelling($0, borders: .inside), Spelling($0, borders: .stem)] }
    let matcher = SpellingMatcher(spellings)
    var oracle = SpellingOracle(spellings)
    var total = 0
    let stride = ProcessInfo.processInfo.environment["LINSANG_ORACLE_ROUNDS"] == nil ? 101 : 1
    for value in Swift.stride(from: UInt32(0x21), to: 0x1FFFF, by: stride) {
      guard let scalar = Unicode.Scalar(value), isComparable(scalar) else { continue }
      total += compare(
        matcher, &oracle, Array("a\(scalar)b \(scalar)abab \(scalar)象牙\(scalar)b\(scalar)б oo\(scalar)oo".utf8))
    }
    #expect(total > 1000)
  }

  /// Unassigned characters, and those that this machine's Unicode knows otherwise, say nothing about the rules.
  private func isComparable(_ scalar: Unicode.Scalar) -> Bool {
    guard let age = scalar.properties.age else { return false }
    return age.major < 15 && !(0xAC00...0xD7A3).contains(scalar.value) || scalar.value % 97 == 0 && age.major < 15
  }

  private static var areRealFilesPresent: Bool { FileManager.default.fileExists(atPath: ShippedTaxa.data.path) }

  /// Listings per file; more of them with `LINSANG_ORACLE_LISTINGS`.
  private static let listings = Int(ProcessInfo.processInfo.environment["LINSANG_ORACLE_LISTINGS"] ?? "") ?? 4

  @Test(
    .enabled(if: areRealFilesPresent, "the real files are beside the project only where it was made"),
    arguments: [
      "01_stringham_au_bird_classifieds", "03_wildscan_kaidee_facebook_th",
      "06_morphmarket_us", "10_bikehub_gumtree_za_stress", "12_xianyu_cn_general", "14_ebay_browse_api_jsonl",
      "15_rubylane_poshmark", "16_avito_ma_cars_fr",
    ])
  func realListingsAreReadAsTheRulesSay(folder: String) throws {
    let texts = try Self.texts(of: folder)
    #expect(!texts.isEmpty)
    let spellings = Self.spellings(standingIn: texts)
    #expect(spellings.count > 100)
    let matcher = SpellingMatcher(spellings)
    var oracle = SpellingOracle(spellings)
    for (place, text) in texts { _ = compare(matcher, &oracle, text, place) }
  }

  /// Titles and descriptions of some listings of each file, with the places they come from.
  private static func texts(of folder: String) throws -> [(place: String, text: [UInt8])] {
    let path = ShippedTaxa.data.appendingPathComponent(folder)
    let files = try FileManager.default.contentsOfDirectory(atPath: path.path).sorted()
      .filter { name in [".csv", ".jsonl", ".json"].contains { name.hasSuffix($0) } }
    let options = IntakeOptions(tables: ReferenceTables(folders: [ShippedTaxa.lexicons]))
    var texts: [(place: String, text: [UInt8])] = []
    for file in files.prefix(folder.hasPrefix("10") ? 2 : 5) {
      let dataset = try? DatasetOpening.open(paths: [path.appendingPathComponent(file).path], options: options).dataset
      guard let dataset, dataset.rowCount > 0 else { continue }
      for row in Swift.stride(from: 0, to: dataset.rowCount, by: max(1, dataset.rowCount / listings)) {
        let text = ListingText(of: row, in: dataset)
        for field in [Field.title, .description] where text.bytes(of: field).count > 0 {
          texts.append(("\(file) row \(row) \(field): ", Array(text.bytes(of: field))))
        }
      }
    }
    return texts
  }

  /// The shipped spellings that the matcher finds in texts, and among them others as they come: an oracle that tries
  /// all of them at every place takes minutes. All are tried where `LINSANG_ORACLE_LISTINGS` asks for more.
  private static func spellings(standingIn texts: [(place: String, text: [UInt8])]) -> [Spelling] {
    if ProcessInfo.processInfo.environment["LINSANG_ORACLE_LISTINGS"] != nil { return shipped.spellings }
    var chosen = Set(stride(from: texts.count % 97, to: shipped.spellings.count, by: 97))
    for (_, text) in texts {
      text.withUnsafeBytes { shipped.matcher.forEachMatch(in: $0) { chosen.insert(Int($0.spelling)) } }
    }
    return chosen.sorted().map { shipped.spellings[$0] }
  }

  private static let shipped: (spellings: [Spelling], matcher: SpellingMatcher) = {
    let spellings = (try? shippedSpellings()) ?? []
    return (spellings, SpellingMatcher(spellings))
  }()

  /// Every writing in the shipped lexicons, as it is looked for.
  private static func shippedSpellings() throws -> [Spelling] {
    let folder = URL(fileURLWithPath: ShippedTaxa.lexicons).appendingPathComponent("terms")
    var spellings: Set<Spelling> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".csv") {
      if name == "sources.csv" { continue }
      let path = folder.appendingPathComponent(name).path
      for term in LexiconFile.read(try SmallTable.rows(path: path), file: path).lexicon.terms {
        for writing in term.surfaceForms {
          spellings.insert(Spelling(writing, borders: term.borders, folds: term.folds))
        }
        for case .word(let word) in term.needs + term.unless { spellings.insert(Spelling(word)) }
      }
    }
    return spellings.sorted {
      ($0.text, $0.borders.rawValue, $0.folds.rawValue) < ($1.text, $1.borders.rawValue, $1.folds.rawValue)
    }
  }
}
