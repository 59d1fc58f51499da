import CodeWords
import Testing

/// What a careful editor would ask.
struct LexiconLintTests {
  private let source = LexiconSource(id: "s", citation: "Somebody 2020", url: "", accessed: "", note: "")

  private func term(
    _ writings: [String] = ["elephant tusk"], _ language: String = "en", _ kind: TermKind = .product,
    denotes: String = "tusk", taxon: String = "", product: String = "", weight: Int = 50, needs: [Condition] = [],
    unless: [Condition] = [], folds: Folds = .all, source: String = "s", note: String = "",
    reviewed: String = "2026-11-24", line: Int = 2
  ) -> Term {
    Term(
      writings, language: language, kind: kind, denotes: denotes, taxon: taxon, product: product, weight: weight,
      needs: needs, unless: unless, folds: folds, source: source, note: note, reviewed: reviewed,
      place: TermPlace(lexicon: "a", file: "a.csv", line: line))
  }

  private func problems(_ terms: [Term]) -> [LexiconProblem.What] {
    let lexicon = Lexicon(name: "a", file: "a.csv", terms: terms)
    let all = LexiconSet(layers: [[lexicon]], sources: ["s": source])
    return LexiconLint.problems(of: [lexicon], among: all) { $0 == "Manis javanica" }.map(\.what)
  }

  @Test func aCarefulRowHasNoProblem() {
    #expect(problems([term(taxon: "Manis javanica", product: "SCA")]) == [])
  }

  @Test func everyFaultIsNamed() {
    #expect(problems([term(needs: [.group("nobody")])]) == [.unknownGroup("nobody")])
    #expect(problems([term(taxon: "Manis imaginaria")]) == [.unknownTaxon("Manis imaginaria")])
    #expect(problems([term(product: "XYZ")]) == [.unknownProduct("XYZ")])
    #expect(problems([term(source: "")]) == [.noSource])
    #expect(problems([term(source: "nobody")]) == [.unknownSource("nobody")])
    #expect(problems([term(source: "unverified")]) == [.unverifiedWithoutNote])
    #expect(problems([term(source: "unverified", note: "seen in adverts")]) == [])
    #expect(problems([term(reviewed: "")]) == [.notADate("")])
    #expect(problems([term(reviewed: "24.11.2026")]) == [.notADate("24.11.2026")])
    #expect(problems([term(denotes: "")]) == [.noMeaning])
    #expect(problems([term(unless: [.word("Elephant Tusk")])]) == [.alwaysVoid(by: "Elephant Tusk")])
    #expect(problems([term(needs: [.word("tusk")])]) == [.conditionWithinTerm("tusk")])
    #expect(problems([term(["tusk", "Tusk"])]) == [.writtenTwice("Tusk")])
  }

  @Test(arguments: [(["gg"], true), (["鹤"], true), (["งา"], true), (["🐘"], true), (["horn"], false), (["象牙"], false)])
  func shortTermsMustNameTheirSurroundings(writings: [String], isTooShort: Bool) {
    #expect(problems([term(writings)]) == (isTooShort ? [.tooShort(writings[0])] : []))
    #expect(problems([term(writings, needs: [.word("bracelet")])]) == [])
    #expect(problems([term(writings, "en", .transactionCue)]) == [])
  }

  @Test func duplicatesAreFoundThroughFoldingWithinALanguage() {
    let first = term(["ngà voi"], "vi", line: 2)
    #expect(problems([first, term(["tusk", "NGA VOI"], "vi", line: 3)]) == [.duplicate(of: first.place)])
    #expect(problems([first, term(["nga voi"], "id", line: 3)]) == [])
    let exact = Folds.all.subtracting(.accents)
    #expect(problems([term(["ngà voi"], "vi", folds: exact), term(["nga voi"], "vi", folds: exact, line: 3)]) == [])
    #expect(problems([first, term(["nga voi"], "vi", .context, denotes: "animal", line: 3)]) == [])
  }

  @Test func whatSpeaksAgainstMustNotBeNeeded() {
    let harmless = term(["replica"], "en", .harmless, denotes: "replica")
    #expect(problems([harmless, term(needs: [.group("replica")], line: 3)]) == [.neededGroupIsHarmless("replica")])
    #expect(problems([harmless, term(unless: [.group("replica")], line: 3)]) == [])
  }
}
