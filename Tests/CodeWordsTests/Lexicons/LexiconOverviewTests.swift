import CodeWords
import Testing

/// The lexicons as a person sees them, switched off ones among them.
struct LexiconOverviewTests {
  private func term(_ word: String, _ lexicon: String, _ file: String, _ line: Int, _ weight: Int = 50) -> Term {
    Term(
      [word], language: line == 2 ? "en" : "vi", kind: .product, weight: weight,
      location: TermLocation(lexicon: lexicon, file: file, line: line))
  }

  private var shipped: [Lexicon] {
    [
      Lexicon(name: "ivory", file: "s/ivory.csv", terms: (2...4).map { term("i\($0)", "ivory", "s/ivory.csv", $0) }),
      Lexicon(name: "birds", file: "s/birds.csv", terms: [term("b", "birds", "s/birds.csv", 2)]),
    ]
  }

  private func overview(own: [Lexicon] = [], off: Set<String> = [], problems: [LexiconProblem] = []) -> LexiconOverview
  {
    LexiconOverview(
      LexiconSet(layers: [shipped, own], off: off), layers: [(.shipped, shipped), (.yours, own)],
      switchedBy: ["birds": "c/switches.csv"], problems: problems)
  }

  @Test func aLexiconThatIsOffIsListedWithItsRowsAndNoneInForce() {
    let birds = overview(off: ["birds"])["birds"]
    #expect(birds?.isOn == false)
    #expect(birds?.terms.count == 1)
    #expect(birds?.inForce == [])
    #expect(birds?.switchedBy == "c/switches.csv")
    #expect(overview(off: ["birds"])["ivory"]?.inForce.count == 3)
  }

  @Test func aRowThatYoursReplacesIsNotInForce() {
    let mine = Lexicon(
      name: "mine", file: "o/mine.csv",
      terms: [term("I2", "mine", "o/mine.csv", 2), Term(["i3"], language: "vi", kind: .product, weight: 0)])
    let now = overview(own: [mine])
    #expect(now["ivory"]?.inForce.map(\.line) == [4])
    #expect(now["mine"]?.inForce.map(\.line) == [2])
    #expect(now["mine"]?.origins == [.yours])
  }

  @Test func filesOfOneNameAreOneLexiconFromBothPlaces() {
    let mine = Lexicon(name: "birds", file: "o/birds.csv", terms: [term("c", "birds", "o/birds.csv", 3)])
    let birds = overview(own: [mine])["birds"]
    #expect(birds?.origins == [.shipped, .yours])
    #expect(birds?.files == ["s/birds.csv", "o/birds.csv"])
    #expect(birds?.languages == ["en", "vi"])
    #expect(birds?.inForce.count == 2)
  }

  @Test func problemsStandWithTheLexiconOfTheirFile() {
    let row = LexiconProblem(file: "s/birds.csv", line: 3, what: .noTerm)
    let other = LexiconProblem(file: "c/switches.csv", line: 2, what: .badSwitch("x"))
    let now = overview(problems: [row, other])
    #expect(now["birds"]?.problems == [row])
    #expect(now["ivory"]?.problems == [])
    #expect(now.problems == [row, other])
  }
}
