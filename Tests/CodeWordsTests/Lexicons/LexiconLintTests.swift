import CodeWords
import Testing
import Matching

/// What a careful editor would ask.
struct LexiconLintTests {
  private let source = LexiconSource(id: "s", citation: "Somebody 2020", url: "", accessed: "", note: "")

  private func term(
    _ surfaceForms: [String] = ["elephant tusk"], _ language: String = "en", _ kind: TermKind = .product,
    denotes: String = "tusk", taxon: String = "", product: String = "", weight: Int = 50, needs: [Condition] = [],
    unless: [Condition] = [], folds: Folds = .all, source: String = "s", note: String = "",
    reviewed: String = "2026-11-24", line: Int = 2
  ) -> Term {
    Term(
      surfaceForms, language: language, kind: kind, denotes: denotes, taxon: taxon, product: product, weight: weight,
      needs: needs, unless: unless, folds: folds, source: source, note: note, reviewed: reviewed,
      location: TermLocation(lexicon: "a", file: "a.csv", line: line))
  }

  private func problems(_ terms: [Term]) -> [LexiconProblem.What] {
    let lexicon = Lexicon(name: "a", file: "a.csv", terms: terms)
    let all = LexiconSet(layers: [[lexicon]], sources: ["s": source])
    return LexiconLint.problems(of: [lexicon], among: all) { $0 == "Manis javanica" }.map(\.what)
  }

  @Test func aCarefulRowHasNoProblem() {
    #expect(problems([term(taxon: "Manis javanica", product: "SCA")]) == [])
  }

  @Test func everyProblemIsNamed() {
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
    #expect(problems([term(unless: [.word("Elephant Tusk")])]) == [.alwaysSuppressed(by: "Elephant Tusk")])
    #expect(problems([term(needs: [.word("tusk")])]) == [.conditionWithinTerm("tusk")])
    #expect(problems([term(["tusk", "Tusk"])]) == [.writtenTwice("Tusk")])
  }

  @Test(arguments: [(["gg"], true), (["鹤"], true), (["งา"], true), (["🐘"], true), (["horn"], false), (["象牙"], false)])
  func shortTermsMustNameTheirSurroundings(surfaceForms: [String], isTooShort: Bool) {
    #expect(problems([term(surfaceForms)]) == (isTooShort ? [.tooShort(surfaceForms[0])] : []))
    #expect(problems([term(surfaceForms, needs: [.word("bracelet")])]) == [])
    #expect(problems([term(surfaceForms, "en", .transactionCue)]) == [])
  }

  @Test func duplicatesAreFoundThroughFoldingWithinALanguage() {
    let first = term(["ngà voi"], "vi", line: 2)
    #expect(problems([first, term(["tusk", "NGA VOI"], "vi", line: 3)]) == [.duplicate(of: first.location)])
    #expect(problems([first, term(["nga voi"], "id", line: 3)]) == [])
    let exact = Folds.all.subtracting(.accents)
    #expect(problems([term(["ngà voi"], "vi", folds: exact), term(["nga voi"], "vi", folds: exact, line: 3)]) == [])
    #expect(problems([first, term(["nga voi"], "vi", .context, denotes: "animal", line: 3)]) == [])
  }

  @Test func whatSpeaksAgainstMustNotBeNeeded() {
    let harmless = term(["replica"], "en", .benign, denotes: "replica")
    #expect(problems([harmless, term(needs: [.group("replica")], line: 3)]) == [.neededGroupIsBenign("replica")])
    #expect(problems([harmless, term(unless: [.group("replica")], line: 3)]) == [])
  }

  // MARK: How a file is written

  private func written(_ rows: String, groups: String = "") -> [LexiconProblem] {
    let lexicon = LexiconFileTests.read(rows).lexicon
    let all = LexiconSet(
      layers: [[lexicon]], sources: ["s": source], exclusions: ExclusionTableTests.read(groups).groups)
    return LexiconLint.problems(of: [lexicon], among: all, isTaxon: nil)
  }

  @Test func aRowThatNoSpreadsheetShowsWellIsNamedWithItsLength() {
    let words = (100..<150).map { "ivory \($0)" }.joined(separator: "|")
    let row = "elephant tusk,en,product,tusk,,,50,,\(words),,s,,2026-11-24\n"
    #expect(written(row).map(\.what) == [.longRow(characters: row.count - 1, limit: 500)])
    let more = "elephant tusk|\(words),en,more,,,,,,,,,,\n"
    let problems = written("elephant tusk,en,product,tusk,,,50,,,,s,,2026-11-24\n" + more)
    #expect(problems.map(\.what) == [.longRow(characters: more.count - 1, limit: 500)])
    #expect(problems.map(\.line) == [3])
    // Characters count, not bytes.
    let chinese = String(repeating: "象牙", count: 150)
    #expect(written("elephant tusk,en,product,tusk,,,50,,\(chinese),,s,,2026-11-24\n").isEmpty)
  }

  @Test func aPluralThatTheRuleGivesAnywayIsNamed() {
    let row = "bear claw|bear tooth|bear claws|bear teeth,en,product,bear,,,50,,,plural,s,,2026-11-24\n"
    #expect(written(row).map(\.what) == [.givenByPlural("bear claws")])
    // The name of a term stands in its row in any case.
    #expect(written("bear claws|bear claw,en,product,bear,,,50,,,plural,s,,2026-11-24\n").isEmpty)
  }

  @Test func aRowThatListsManyPluralsIsReferredToTheRule() {
    func row(_ surfaceForms: String) -> String { "\(surfaceForms),en,product,bear,,,50,,,,s,,2026-11-24\n" }
    let few = "bear claw|bear claws|bear rug|bear rugs|bear skull|bear skulls"
    #expect(written(row(few)).isEmpty)
    #expect(written(row(few + "|bear pelt|bear pelts")).map(\.what) == [.mostlyPlurals(4, first: "bear claws")])
  }

  @Test func exclusionsThatSeveralRowsListAreToBeAGroup() {
    func row(_ name: String, _ unless: String) -> String {
      "\(name),en,product,tusk,,,50,,\(unless),,s,,2026-11-24\n"
    }
    let shared = "ivory coast|ivory tower|ivory soap|ivory white"
    let rows = row("tusk one", shared + "|resin") + row("tusk two", shared) + row("tusk three", shared)
    #expect(written(rows).isEmpty)
    let problems = written(rows + row("tusk four", "plastic|" + shared))
    #expect(problems.map(\.line) == [2])
    guard case .repeatedExclusions(4, "ivory coast", let others) = problems.first?.what else {
      Issue.record("\(problems)")
      return
    }
    #expect(others.map(\.line) == [3, 4, 5])
  }

  @Test func aWordThatIsExcludedTwiceIsNamedAlsoWhereAGroupHoldsIt() {
    let group = "ivory in name only,en,ivory coast|in ivory,s,\n"
    let row = "old tusk,en,product,tusk,,,50,,resin|@ivory in name only|in ivory|resin,,s,,2026-11-24\n"
    #expect(written(row, groups: group).map(\.what) == [.excludedTwice("in ivory"), .excludedTwice("resin")])
    #expect(written(row).map(\.what) == [.unknownGroup("ivory in name only"), .excludedTwice("resin")])
  }

  @Test func aTermThatAGroupCoversWhollyIsNamed() {
    let group = "patterns,en,Tortoise Shell|tabby,s,\n"
    let row = "tortoise shell,en,product,shell,,,50,,@patterns,,s,,2026-11-24\n"
    #expect(written(row, groups: group).map(\.what) == [.alwaysSuppressed(by: "Tortoise Shell")])
  }

  @Test func groupsThatNobodyUsesOrThatTermsMakeUpTooAreNamed() {
    let groups = ExclusionTableTests.read(
      """
      used,en,ivory coast|in ivory,s,
      unused,en,feather boa,unverified,ordinary words
      colour,en,off white|off white,nobody,

      """
    ).groups
    let terms = [
      term(unless: [.group("used"), .group("colour")]),
      term(["cream"], "en", .benign, denotes: "colour", line: 3),
    ]
    let lexicon = Lexicon(name: "a", file: "a.csv", terms: terms)
    let problems = ExclusionLint.problems(
      of: LexiconSet(layers: [[lexicon]], sources: ["s": source], exclusions: groups))
    #expect(problems.map(\.term) == ["unused", "colour", "colour", "colour"])
    #expect(
      problems.map(\.what) == [.unusedGroup, .excludedTwice("off white"), .unknownSource("nobody"), .groupOfTermsToo])
    #expect(problems.map(\.line) == [3, 4, 4, 4])
  }
}
