import CodeWords
import Testing
import Matching

/// Several rows of one term, and plurals that are not listed.
struct LexiconRowsTests {
  private func read(_ rows: String) -> (lexicon: Lexicon, problems: [LexiconProblem]) { LexiconFileTests.read(rows) }

  @Test func aRowOfTheKindMoreAddsToTheRowWhoseNameItRepeats() throws {
    let (lexicon, problems) = read(
      """
      Bear Claw|bear paw,en,more,,,,,clinic,@replica,,,,
      bear claw|grizzly claw,en,product,bear,Ursidae,CLA,50,@sale,pastry,-leet,s,note,2026-11-24
      bear claw|claw of bear,en,more,bear,,,,,donut|clog,,,a remark,
      """)
    #expect(problems == [])
    let term = try #require(lexicon.terms.first)
    #expect(lexicon.terms.count == 1)
    #expect(term.surfaceForms == ["bear claw", "grizzly claw", "bear paw", "claw of bear"])
    #expect(term.needs == [.group("sale"), .word("clinic")])
    #expect(term.unless == [.word("pastry"), .group("replica"), .word("donut"), .word("clog")])
    #expect(term.weight == 50 && term.note == "note" && term.location.line == 3)
    #expect(lexicon.rows.map(\.line).sorted() == [2, 3, 4])
  }

  @Test func theMeaningTellsRowsOfOneNameApart() {
    let rows = """
      shell,en,context,jewellery,,,,,,,s,,2026-11-24
      shell,en,context,body part,,,,,,,s,,2026-11-24
      shell|shells,en,more,body part,,,,,,,,,

      """
    let (lexicon, problems) = read(rows)
    #expect(problems == [])
    #expect(lexicon.terms.map(\.surfaceForms) == [["shell"], ["shell", "shells"]])
    #expect(read(rows + "shell|conch,en,more,,,,,,,,,,\n").problems.map(\.what) == [.severalToAddTo(2)])
  }

  @Test func aRowThatAddsToNothingIsLeftOutWithItsPlace() {
    let (lexicon, problems) = read(
      """
      tusk,en,product,tusk,,,50,,,,s,,2026-11-24
      tusk|tusker,de,more,,,,,,,,,,
      horn|horns,en,more,,,,,,,,,,
      tusk|tusker,en,more,horn,,,,,,,,,
      """)
    #expect(lexicon.terms.map(\.surfaceForms) == [["tusk"]])
    #expect(problems.map(\.what) == [.nothingToAddTo("de"), .nothingToAddTo("en"), .nothingToAddTo("en")])
    #expect(problems.map(\.line) == [3, 4, 5])
  }

  @Test func whatTheFirstRowSaysIsNotSaidAgain() {
    let (lexicon, problems) = read(
      """
      tusk,en,product,tusk,,,50,,,,s,,2026-11-24
      tusk|tusker,en,more,,Elephantidae,,60,,,word,,,
      """)
    #expect(lexicon.terms.map(\.weight) == [50])
    #expect(lexicon.terms.map(\.borders) == [.byScript])
    #expect(problems.map(\.what) == [.setByFirstRow(["taxon", "weight", "match"])])
    #expect(problems.first?.sentence.hasPrefix("terms/invented.csv:3: tusk|tusker: taxon, weight, match") == true)
  }

  @Test func pluralsAreAddedByRuleForTheRowsThatAskForThem() {
    let (lexicon, problems) = read(
      """
      bear claw|bear tooth|bear claws,en,product,bear,,,50,,,plural -leet,s,,2026-11-24
      bear claw|bear skin,en,more,,,,,,,,,,
      bear claw|bear rug|bear paw of old,en,more,,,,,,,plural,,,
      """)
    #expect(problems == [])
    #expect(
      lexicon.terms.map(\.surfaceForms) == [
        ["bear claw", "bear tooth", "bear claws", "bear skin", "bear rug", "bear paw of old", "bear rugs"]
      ])
    #expect(lexicon.terms.map(\.folds) == [Folds.all.subtracting(.leet)])
  }

  @Test func pluralIsSaidToBeUnknownWhereTheLanguageHasNoRule() {
    let (lexicon, problems) = read("zahn,de,product,tooth,,,50,,,plural,s,,2026-11-24\n")
    #expect(lexicon.terms.map(\.surfaceForms) == [["zahn"]])
    #expect(problems.map(\.what) == [.noPluralRule("de")])
  }
}
