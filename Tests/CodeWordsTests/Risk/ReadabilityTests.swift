import CodeWords
import Listings
import Testing

/// What nobody could read must not look harmless.
struct ReadabilityTests {
  @Test(arguments: ["", "   ", "123 456", "…!!", "★★★"])
  func noTextIsNotZero(title: String) {
    let read = Read(title)
    #expect(read.reading.readability == .noText)
    #expect(read.risk == nil)
    #expect(read.why.first?.contains("not readable") == true)
  }

  @Test func plainWordsInACoveredScriptAreZero() {
    for title in ["old chair", "二手 椅子", "เก้าอี้ไม้", "ghế gỗ"] { #expect(Read(title).risk == 0, "\(title)") }
  }

  @Test(arguments: [
    ("코끼리 팔찌", Script.hangul), ("бусы из кости", .cyrillic), ("سوار من العاج", .arabic), ("हाथी का दांत", .devanagari),
    ("象のひもの", .kana), ("ဆင်စွယ်", .burmese), ("ភ្លុកដំរី", .khmer),
  ])
  func aScriptThatNoLexiconCoversIsNamed(title: String, script: Script) {
    #expect(Read(title).reading.readability == .notCovered(script))
    #expect(Read(title).risk == nil)
  }

  @Test func scientificNamesDoNotCoverALanguage() {
    let lexicons = InventedLexicons.compiled([
      Term(["Manis javanica"], language: "la", kind: .speciesName, weight: 50),
      Term(["象牙"], language: "zh", kind: .product, weight: 50),
    ])
    #expect(Read("old chair", with: lexicons).reading.readability == .notCovered(.latin))
    #expect(Read("Manis javanica", with: lexicons).risk == 50)
  }

  @Test func aHitCountsWhateverTheScriptAroundIt() {
    #expect(Read("코끼리 상아 팔찌 tusk").risk == 50)
    #expect(Read("🐘 ring").risk ?? 0 > 0)
  }

  @Test func someForeignWordsDoNotMakeATextUnreadable() {
    #expect(Read("Samsung Galaxy phone 삼성").risk == 0)
  }

  @Test func onlyTheBeginningIsLookedAt() {
    #expect(Read("old chair", String(repeating: "팔", count: 100)).reading.readability == .notCovered(.hangul))
    let long = String(repeating: "chair ", count: 40) + String(repeating: "팔", count: 100_000)
    #expect(Read("old chair", long).risk == 0)
  }
}
