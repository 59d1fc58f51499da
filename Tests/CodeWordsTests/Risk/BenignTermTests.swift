import CodeWords
import Listings
import ListingsTestSupport
import Testing

/// How words that speak for something else stand beside those that speak for wildlife.
struct BenignTermTests {
  private static let lexicons = InventedLexicons.compiled([
    Term(["tiger", "tigers"], language: "en", kind: .speciesName, denotes: "tiger", weight: 50),
    Term(["羚羊角"], language: "zh", kind: .product, denotes: "saiga horn", weight: 70),
    Term(["frog"], language: "en", kind: .speciesName, denotes: "frog", weight: 40, needs: [.group("animal")]),
    Term(["frog", "newt"], language: "en", kind: .context, denotes: "animal"),
    Term(["macaw"], language: "en", kind: .speciesName, denotes: "parrot", weight: 60, unless: [.group("supplies")]),
    Term(["parrot"], language: "en", kind: .speciesName, denotes: "parrot", weight: 30),
    Term(["tiger lily"], language: "en", kind: .benign, denotes: "plant", weight: 60),
    Term(["羊角"], language: "zh", kind: .benign, denotes: "other material", weight: 50),
    Term(
      ["resin"], language: "en", kind: .benign, denotes: "other material", weight: 50, unless: [.word("not resin")]),
    Term(["resin", "plastik"], language: "id", kind: .benign, denotes: "other material", weight: 50),
    Term(["cage"], language: "en", kind: .benign, denotes: "supplies", weight: 50, unless: [.word("with cage")]),
  ])

  private func read(_ title: String, _ description: String = "") -> Read {
    Read(title, description, with: Self.lexicons)
  }

  @Test func theLongerOfTwoOppositesIsMeant() {
    #expect(read("tiger lily bulbs").hits == ["tiger lily:counted", "tiger:void"])
    #expect(read("tiger lily bulbs").risk == 0)
    #expect(read("tiger lily bulbs").why.contains { $0.contains("void, since it is part of “tiger lily” (plant)") })
    #expect(read("羚羊角").hits == ["羚羊角:counted", "羊角:void"])
    #expect(read("羚羊角").risk == 70)
    #expect(read("tiger lily on a tiger rug").hits.suffix(1) == ["tiger:counted"])
  }

  @Test func whatOneLanguageLetsThroughTheOthersLetThroughToo() {
    #expect(read("tiger, not resin").risk == 50)
    #expect(read("tiger, resin").risk == 25)
    #expect(read("tiger, not resin but plastik").risk == 25)
  }

  @Test func aGuardedBenignWordMeetsNoCondition() {
    #expect(read("macaw with cage").risk == 60)
    #expect(read("macaw cage").risk == 0)
    #expect(read("macaw with cage, cage").risk == 0)
  }

  @Test func aBenignWordFarFromWildlifeCountsInPart() {
    let far = String(repeating: "x ", count: 60)
    #expect(read("tiger", "resin").risk == 25)
    #expect(read("tiger", far + "resin").risk == 40)
    #expect(read("old", "tiger " + far + "resin").risk == 40)
    #expect(read("old", "resin " + far + "tiger").risk == 40)
    #expect(read("resin", far + "tiger").risk == 25)
    #expect(read("old", "tiger " + far + "resin " + far + "tiger resin").risk == 25)
    #expect(read("tiger", far + "resin").why.contains { $0.hasSuffix("counted in part, since it stands far off") })
  }

  @Test func aWordSaidTwiceIsNotItsOwnSurroundings() {
    #expect(read("Frog 16 bike", "Frame: Frog").hits == ["frog:weak", "frog:weak"])
    #expect(read("frog and newt").hits == ["frog:counted"])
  }

  @Test func oneThingCountsOnceHoweverManyWordsNameIt() {
    #expect(read("macaw parrot").risk == 60)
    #expect(
      read("macaw parrot").why.contains {
        $0.hasPrefix("0 “parrot”") && $0.hasSuffix("another word for the same thing")
      })
    #expect(read("macaw tiger").risk == 80)
  }

  @Test func theStrongestWordForAThingIsTheOneThatCounts() {
    #expect(read("parrot macaw").risk == read("macaw parrot").risk)
    #expect(read("parrot").risk == 30)
  }

  @Test func oneMoreBenignWordNeverRaisesTheRiskHoweverFarItStands() {
    let pieces = [
      "tiger", "tiger lily", "羚羊角", "macaw", "parrot", "frog", "newt", "resin", "not resin", "cage", "with cage",
    ]
    let filler = String(repeating: "x ", count: 55)
    var dice = Dice(seed: 7)
    func text() -> [String] { (0..<dice.below(8)).map { _ in dice.once(in: 3) ? filler : dice.pick(pieces) } }
    for _ in 0..<1500 {
      let (title, description) = (text(), text())
      let before = read(title.joined(separator: " , "), description.joined(separator: " , "))
      let more = description + [dice.pick(["tiger lily", "plastik", "resin", "cage"])]
      let after = read(title.joined(separator: " , "), more.joined(separator: " , "))
      #expect(after.risk ?? 0 <= before.risk ?? 0, "\(title) | \(description) | \(more)")
    }
  }

  @Test func manyOppositesAndExceptionsAreJudgedInReasonableTime() {
    // Neither must every harmless word be held against every term, nor every word against every exception.
    let wall = String(repeating: "tiger not resin resin x x x x macaw with cage cage tiger lily ", count: 800)
    #expect(read("tiger", wall).reading.hits.count > 4000)
  }
}
