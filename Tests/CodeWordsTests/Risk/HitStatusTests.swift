import CodeWords
import Listings
import Testing

/// Which hits count, and why not.
struct HitStatusTests {
  @Test func aTermWithoutNeedsCountsWhereverItStands() {
    #expect(Read("old ivory").hits == ["ivory:counted"])
    #expect(Read("for sale", "two Ivories from an estate").hits == ["ivory:counted"])
  }

  @Test func aHitTellsItsBytesInTheOriginalText() throws {
    let hit = try #require(Read("đồ cũ: VẢY TÊ TÊ khô").reading.hits.first)
    #expect(hit.field == .title)
    #expect(Array("đồ cũ: VẢY TÊ TÊ khô".utf8)[hit.bytes].elementsEqual("VẢY TÊ TÊ".utf8))
  }

  @Test(arguments: [
    ("jelly ring", "", "counted"), ("jelly", "a nice ring", "counted"), ("ring", "jelly", "counted"),
    ("jelly", "sweet", "weak"), ("sweet", "jelly", "weak"),
    ("sale", "jelly" + String(repeating: " x", count: 49) + " ring", "counted"),
    ("sale", "jelly" + String(repeating: " x", count: 60) + " ring", "weak"),
    ("sale", "ring" + String(repeating: " x", count: 60) + " jelly", "weak"),
    ("jelly", String(repeating: "x ", count: 45) + "ring", "counted"),
    ("jelly", String(repeating: "x ", count: 60) + "ring", "weak"),
  ])
  func whatATermNeedsMustBeNear(title: String, description: String, status: String) {
    #expect(Read(title, description).status("jelly")?.name == status)
  }

  @Test func nearIsCountedInCharactersNotBytes() {
    let between = String(repeating: "好", count: 95)
    #expect(Read("出", "果冻" + between + "手串").status("果冻")?.name == "counted")
    #expect(Read("出", "果冻" + between + "好好好好好好" + "手串").status("果冻")?.name == "weak")
  }

  @Test func whatMetTheNeedIsReported() throws {
    let read = Read("果冻 手串")
    guard case .counted(let nearby?) = read.status("果冻") else {
      Issue.record("not counted")
      return
    }
    #expect(nearby.condition == .group("jewellery"))
    #expect(nearby.field == .title)
    #expect(nearby.bytes == 7..<13)
    #expect(read.why.first?.contains("beside “手串” (jewellery)") == true)
  }

  @Test func anUnlessWordNearMakesTheHitVoid() {
    #expect(Read("果冻 手串 零食").status("果冻")?.isSuppressed == true)
    #expect(Read("果冻 手串 零食").risk == 0)
    #expect(Read("果冻 手串").risk ?? 0 > 50)
  }

  @Test func aGuardVoidsOnlyWhatItCovers() {
    #expect(Read("ivory coast map").hits == ["ivory:void"])
    #expect(
      Read("ivory coast map, ivory tusk").hits == ["ivory:void", "ivory tusk:counted", "ivory:void", "tusk:void"])
    #expect(Read("map of ivory coast with an ivory handle").hits == ["ivory:void", "ivory:counted"])
  }

  @Test func aMemberOfAGroupThatContainsTheTermIsAGuardToo() {
    // "ivory white" belongs to @colour, and says nothing about the ivory of another sentence.
    #expect(Read("ivory white dress").status("ivory")?.isSuppressed == true)
    #expect(Read("ivory white box for an ivory chess set").hits.suffix(1) == ["ivory:counted"])
    #expect(Read("ivory, the colour").status("ivory")?.isSuppressed == true)
  }

  @Test func thaiWordsAreGuardedWithoutBlanksBetweenThem() {
    #expect(Read("กำไลกระดองเต่าแท้").hits == ["กระดองเต่า:counted", "กระ:void"])
    #expect(Read("กระเป๋าหนัง").hits == ["กระ:void"])
    #expect(Read("กำไลกระแท้").hits == ["กระ:counted"])
  }

  @Test func aPartOfALongerTermIsCountedWithIt() {
    let read = Read("ivory tusk")
    #expect(read.hits == ["ivory tusk:counted", "ivory:void", "tusk:void"])
    #expect(read.why.contains { $0.hasPrefix("0 “tusk”") && $0.contains("counted with “ivory tusk”") })
  }

  @Test func aLongerTermWhoseNeedsAreNotMetDoesNotHideItsParts() {
    let lexicons = InventedLexicons.compiled([
      Term(["elephant hair ring"], language: "en", kind: .product, weight: 50, needs: [.word("genuine")]),
      Term(["elephant hair"], language: "en", kind: .product, weight: 40),
    ])
    #expect(Read("elephant hair ring", with: lexicons).hits == ["elephant hair ring:weak", "elephant hair:counted"])
    #expect(
      Read("genuine elephant hair ring", with: lexicons).hits == ["elephant hair ring:counted", "elephant hair:void"])
  }

  @Test func theTermsOwnWordsAreNotItsSurroundings() {
    let lexicons = InventedLexicons.compiled([
      Term(["white material"], language: "en", kind: .euphemism, weight: 40, needs: [.word("material")]),
      Term(["resin ivory"], language: "en", kind: .product, weight: 40, unless: [.word("resin")]),
    ])
    #expect(Read("white material", with: lexicons).hits == ["white material:weak"])
    #expect(Read("white material, old material", with: lexicons).hits == ["white material:counted"])
    #expect(Read("resin ivory", with: lexicons).hits == ["resin ivory:counted"])
  }

  @Test func anUnknownGroupIsNeverNear() {
    let lexicons = InventedLexicons.compiled([
      Term(["horn"], language: "en", kind: .product, weight: 40, needs: [.group("nobody")], unless: [.group("none")])
    ])
    #expect(Read("horn nobody none", with: lexicons).hits == ["horn:weak"])
  }

  @Test func thousandsOfHitsAreJudgedInReasonableTime() {
    // Neither must the title's list of conditions be walked for every hit, nor every pair of hits be compared.
    let wall = String(repeating: "ivory ivory coast ring jelly ", count: 300)
    let read = Read(String(wall.prefix(2000)), wall)
    #expect(read.reading.hits.count > 1000)
    #expect(read.risk ?? 0 > 50)
  }
}
