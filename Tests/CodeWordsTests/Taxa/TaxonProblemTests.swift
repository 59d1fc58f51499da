import CodeWords
import Foundation
import Testing
import SmallFormats
import Taxa

/// A user's tables: every fault with its file and row, and nothing else lost.
struct TaxonProblemTests {
  private func problems(_ text: String, _ name: String = "mine.csv") -> [TaxonProblem] {
    SmallTaxa.table((name, text)).problems
  }

  @Test func aWrongTaxonIsNamedWithItsLineAndTheOthersAreKept() {
    let table = SmallTaxa.table(
      (
        "mine.csv",
        """
        name,rank,parent
        Puma,genus,Felidae
        Puma concolor,speceis,
        Lynx lynx,species,
        Panthera,genus,Pantherinae
        Panthera leo,species,
        Felidae,family,Felis
        ,species,
        Puma yagouaroundi,species,,
        "Puma ""minor""\",species,

        """
      ))
    let expected = [
      TaxonProblem(file: "mine.csv", line: 3, what: .unknownRank("speceis")),
      TaxonProblem(file: "mine.csv", line: 4, what: .unknownParent("Lynx")),
      TaxonProblem(file: "mine.csv", line: 5, what: .unknownParent("Pantherinae")),
      TaxonProblem(file: "mine.csv", line: 6, what: .unknownParent("Panthera")),
      TaxonProblem(file: "mine.csv", line: 7, what: .parentBelow(parent: "Felis")),
      TaxonProblem(file: "mine.csv", line: 8, what: .noName),
      TaxonProblem(file: "mine.csv", line: 9, what: .columns(found: 4, expected: 3)),
    ]
    #expect(table.problems.sorted { $0.line! < $1.line! } == expected)
    #expect(table.taxon(named: "Puma \"minor\"")?.family == "Felidae", "its genus stands in the same file")
    #expect(table.taxon(named: "Felis parva")?.order == "Carnivora", "a refused row replaces nothing")
    #expect(table.taxon(named: "Loxodonta africana") != nil)
  }

  @Test func aWrongListingIsNamedWithItsLineAndTheOthersAreKept() {
    let table = SmallTaxa.table(
      (
        "mine.csv",
        SmallTaxa.listings(
          "Loxodonta,CITES,II,,,,old", "Mammut,CITES,I,,,,old", "Elephas,Cites,I,,,,old", "Elephas,CITES,IV,,,,old",
          "Elephas,China,II,,,,old", "Elephas,CITES,I,2019-02-30,,,old", "Elephas,CITES,I,2020-01-01,2019-01-01,,old",
          "Loxodonta,CITES,I,2019-01-01,,,old", "Elephas,CITES,I,,,,older", "Elephas maximus,CITES,I")
      ))
    #expect(
      table.problems == [
        TaxonProblem(file: "mine.csv", line: 3, what: .unknownTaxon("Mammut")),
        TaxonProblem(file: "mine.csv", line: 4, what: .unknownList("Cites")),
        TaxonProblem(file: "mine.csv", line: 5, what: .badLevel("IV", .cites)),
        TaxonProblem(file: "mine.csv", line: 6, what: .badLevel("II", .china)),
        TaxonProblem(file: "mine.csv", line: 7, what: .notADay("2019-02-30")),
        TaxonProblem(file: "mine.csv", line: 8, what: .endsBeforeItBegins),
        TaxonProblem(file: "mine.csv", line: 9, what: .overlaps(line: 2)),
        TaxonProblem(file: "mine.csv", line: 10, what: .unknownSource("older")),
        TaxonProblem(file: "mine.csv", line: 11, what: .columns(found: 3, expected: 7)),
      ])
    #expect(table.taxon(named: "Loxodonta africana")?.appendix == "II")
    #expect(table.taxon(named: "Elephas maximus")?.appendix == "I")
    #expect(table.problems.first?.sentence.hasPrefix("mine.csv:3: \"Mammut\" is no accepted name") == true)
  }

  @Test func aWrongNameIsNamedWithItsLine() {
    let found = problems(
      """
      taxon,language,kind,names,source
      Loxodonta,en,common,Ella,
      Loxodonta,english,common,Ella,
      Loxodonta,en,nickname,Ella,
      Loxodonta,en,common,,
      Mammut,en,common,Ella,

      """)
    #expect(
      found == [
        TaxonProblem(file: "mine.csv", line: 3, what: .badLanguage("english")),
        TaxonProblem(file: "mine.csv", line: 4, what: .unknownKind("nickname")),
        TaxonProblem(file: "mine.csv", line: 5, what: .noName),
        TaxonProblem(file: "mine.csv", line: 6, what: .unknownTaxon("Mammut")),
      ])
  }

  @Test func otherProblemsAreNamedToo() {
    #expect(
      problems("taxon;language;kind\n") == [
        TaxonProblem(file: "mine.csv", line: 1, what: .header(found: "taxon;language;kind"))
      ])
    #expect(
      problems("name,language,everyday,note\nElla,en,perhaps,\n").map(\.what) == [.notYesOrNo("perhaps")])
    #expect(problems("").isEmpty)
    #expect(TaxonTable.empty.problems.map(\.what) == [.noTaxa])
    let latin1 = TaxonFile(
      path: "mine.csv", bytes: Array("name,rank,parent\nFelis ".utf8) + [0xE9] + Array(",species,\n".utf8))
    let table = TaxonTable(files: [TaxonFile(path: "taxa.csv", text: SmallTaxa.taxa), latin1])
    #expect(table.problems == [TaxonProblem(file: "mine.csv", line: 2, what: .notUTF8)])
    #expect(table.taxon(named: "Felis parva") != nil)
  }

  @Test func theLineOfAProblemIsThatInTheEditorWhateverTheLineEnds() {
    let text =
      "\u{FEFF}taxon,annex,level,from,until,note,source\r\n\r\nLoxodonta,CITES,II,,,\"two\r\nlines\",old\r\nNo,CITES,I,,,,old\r\n"
    #expect(problems(text) == [TaxonProblem(file: "mine.csv", line: 5, what: .unknownTaxon("No"))])
  }

  @Test func everySentenceSaysWhereWhatAndWhatIsUnharmed() {
    let whats: [TaxonProblem.What] = [
      .unreadable(why: "Permission denied"), .header(found: "a,b"), .noTaxa, .columns(found: 2, expected: 3), .notUTF8,
      .noName, .unknownRank("x"), .unknownParent("x"), .parentBelow(parent: "x"), .unknownTaxon("x"), .unknownList("x"),
      .badLevel("x", .cites), .badLevel("x", .china), .notADay("x"), .endsBeforeItBegins, .overlaps(line: 3),
      .overlaps(line: nil), .badLanguage("x"), .unknownKind("x"), .notYesOrNo("x"), .twice(line: 4),
      .unknownSource("x"),
    ]
    for what in whats {
      let sentence = TaxonProblem(file: "mine.csv", line: 12, what: what).sentence
      #expect(sentence.hasPrefix("mine.csv:12: ") && sentence.count > 40, "\(sentence)")
    }
  }

  @Test func aUsersTableAddsAndReplaces() {
    let table = SmallTaxa.table(
      ("a.csv", SmallTaxa.listings("Loxodonta,CITES,II,,,,old", "Felis,CITES,III,,,,old")),
      ("b.csv", SmallTaxa.listings("Loxodonta,CITES,I,2026-03-05,,,new", "Felis,CITES,none,,,,new")),
      ("c.csv", "name,rank,parent\nfelis parva,species,Felidae\nMammut,genus,Elephantidae\n"),
      ("d.csv", "taxon,language,kind,names,source\nMammut,la,synonym,Mastodon,\n"))
    #expect(table.problems == [])
    #expect(table.taxon(named: "Loxodonta africana", on: CalendarDay("2026-03-04"))?.appendix == "II")
    #expect(table.taxon(named: "Loxodonta africana")?.appendixInWords == "Appendix I since 2026-03-05")
    #expect(table.taxon(named: "Felis parva")?.genus == nil)
    #expect(table.taxon(named: "mastodon")?.family == "Elephantidae")
  }

  @Test func theTablesOfAFolderAreReadAndWhatCannotBeReadIsNamed() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("taxa-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let taxa = folder.appendingPathComponent("taxa")
    try FileManager.default.createDirectory(at: taxa, withIntermediateDirectories: true)
    try SmallTaxa.taxa.write(to: taxa.appendingPathComponent("a.csv"), atomically: true, encoding: .utf8)
    try "not a table".write(to: taxa.appendingPathComponent("notes.txt"), atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(
      at: taxa.appendingPathComponent("b.csv"), withIntermediateDirectories: true)
    let table = TaxonTable(lexicons: [folder.path, folder.path + "/nowhere"])
    #expect(table.count == 13)
    let path = taxa.appendingPathComponent("b.csv").path
    #expect(table.problems == [TaxonProblem(file: path, what: .unreadable(why: "it is not a plain file"))])
  }

  @Test func theShippedTablesInTwoFoldersAreTheSameAsInOne() {
    let twice = TaxonTable(lexicons: [ShippedTaxa.lexicons, ShippedTaxa.lexicons + "/../Lexicons"])
    #expect(twice.problems.prefix(3) == [])
    #expect(twice.count == ShippedTaxa.table.count)
    #expect(twice.warning == ShippedTaxa.table.warning)
    #expect(twice.spellings().count == ShippedTaxa.spellings.count)
    #expect(twice.taxon(named: "ramin")?.acceptedName == "Gonystylus")
  }

  /// Broken files in every way that a seed finds: never a crash, and every problem has a line within the file.
  @Test func anyFileIsRead() {
    var random = SeededBytes(seed: 11)
    let pieces = [
      "name,rank,parent", "taxon,annex,level,from,until,note,source", ",", "\n", "\r", "\"", "Felis", "Felidae",
      "genus",
      "species", " ", "CITES", "I/II", "2019-01-01", "\u{0}", "é", "\u{1B}[31m", "|",
    ]
    for _ in 0..<400 {
      let head = random.next() % 2 == 0 ? "name,rank,parent\n" : SmallTaxa.listings("")
      let text = head + (0..<Int(random.next() % 60)).map { _ in pieces[Int(random.next()) % pieces.count] }.joined()
      let lines = text.utf8.count { $0 == 0x0A || $0 == 0x0D } + 1
      for problem in problems(text) { #expect((problem.line ?? 1) <= lines) }
    }
  }
}
