import CodeWords
import Intake
import Listings
import ListingsTestSupport
import Testing
import Matching

/// A lexicon as a file: what is read, and what is said of what cannot be.
struct LexiconFileTests {
  static let header = LexiconFile.columns.joined(separator: ",") + "\n"

  static func read(_ rows: String, header: String = header) -> (lexicon: Lexicon, problems: [LexiconProblem]) {
    read(bytes: Array((header + rows).utf8))
  }

  static func read(bytes: [UInt8]) -> (lexicon: Lexicon, problems: [LexiconProblem]) {
    LexiconFile.read(bytes.withUnsafeBytes { SmallTable.rows(of: $0) }, file: "terms/invented.csv")
  }

  @Test func aRowIsReadWithAllItSays() throws {
    let (lexicon, problems) = Self.read(
      "ivory|ivories,en,product,elephant ivory,Elephantidae,IVC,60,bracelet|@jewellery,\"@colour|ivory, coast\",stem -leet -spacing,cites,\"said \"\"so\"\"\",2026-11-24\n"
    )
    #expect(problems == [])
    #expect(lexicon.name == "invented")
    #expect(
      lexicon.terms == [
        Term(
          ["ivory", "ivories"], language: "en", kind: .product, denotes: "elephant ivory", taxon: "Elephantidae",
          product: "IVC", weight: 60, needs: [.word("bracelet"), .group("jewellery")],
          unless: [.group("colour"), .word("ivory, coast")], borders: .stem,
          folds: Folds.all.subtracting([.leet, .spacing]), source: "cites", note: "said \"so\"",
          reviewed: "2026-11-24", location: TermLocation(lexicon: "invented", file: "terms/invented.csv", line: 2))
      ])
  }

  @Test(arguments: [
    (",en,product,x,,,5,,,,s,,d", LexiconProblem.What.noTerm), ("|,en,product,x,,,5,,,,s,,d", .noTerm),
    ("a,,product,x,,,5,,,,s,,d", .noLanguage("")), ("a,English,product,x,,,5,,,,s,,d", .noLanguage("English")),
    ("a,en,slang,x,,,5,,,,s,,d", .unknownKind("slang")), ("a,en,product,x,,,101,,,,s,,d", .badWeight("101")),
    ("a,en,product,x,,,-5,,,,s,,d", .badWeight("-5")), ("a,en,product,x,,,,,,,s,,d", .badWeight("")),
    ("a,en,product,x,,,5.5,,,,s,,d", .badWeight("5.5")), ("a,en,product,x,,,5", .columns(found: 7, expected: 13)),
    ("a,en,product,x,,,5,,,,s,,d,more", .columns(found: 14, expected: 13)), ("a,en,harmless,,,,5,,,,s,,d", .noGroup),
    ("a,en,context,,,,,,,,s,,d", .noGroup),
  ])
  func aRowThatCannotBeUnderstoodIsLeftOutWithItsPlace(row: String, what: LexiconProblem.What) {
    let good = "tusk,en,product,tusk,,,50,,,,s,,2026-11-24\n"
    let (lexicon, problems) = Self.read(good + row + "\n" + good)
    #expect(lexicon.terms.map(\.name) == ["tusk", "tusk"])
    #expect(lexicon.terms.map(\.location.line) == [2, 4])
    #expect(problems.map(\.what) == [what])
    #expect(problems.first?.line == 3)
    #expect(problems.first?.sentence.hasPrefix("terms/invented.csv:3: ") == true)
  }

  @Test func bytesThatAreNoUTF8CostTheirRowOnly() {
    let row = Array("象牙,zh,product,ivory,,,70,,,,s,,d\n".utf8)
    var broken = row
    broken.insert(0xFF, at: 3)
    let (lexicon, problems) = Self.read(bytes: Array(Self.header.utf8) + row + broken + row)
    #expect(lexicon.terms.count == 2)
    #expect(problems.map(\.what) == [.notUTF8])
    #expect(problems.map(\.line) == [3])
  }

  @Test func anUnknownMatchWordIsPassedOverAndTheRowIsTaken() {
    let (lexicon, problems) = Self.read("a,en,product,x,,,5,,,word -sound loose,s,,d\n")
    #expect(lexicon.terms.first?.borders == .word)
    #expect(problems.map(\.what) == [.unknownMatchWord("-sound"), .unknownMatchWord("loose")])
  }

  @Test(arguments: ["", "a,b\n", "term,language\n1,2\n"])
  func aFileWithAnotherHeaderIsRefusedAsAWhole(text: String) {
    let (lexicon, problems) = Self.read("", header: text)
    #expect(lexicon.terms.isEmpty)
    #expect(problems.count == 1)
  }

  @Test func aRowOverSeveralLinesKeepsTheLinesBehindItRight() {
    let (lexicon, _) = Self.read("a,en,product,x,,,5,,,,s,\"two\nlines\",d\nb,en,product,x,,,5,,,,s,,d\n")
    #expect(lexicon.terms.map(\.location.line) == [2, 4])
  }

  @Test func randomBytesNeverHarm() {
    var dice = Dice(seed: 4)
    let pieces = [",", "\n", "\"", "|", "@", "ivory", "en", "product", "5", "\u{FFFD}", "é", "-", " ", "harmless"]
    for _ in 0..<2000 {
      let text = dice.text(of: pieces, upTo: 60)
      var bytes = Array((Self.header + text).utf8)
      for _ in 0..<dice.below(4) { bytes[dice.below(bytes.count)] = UInt8(dice.below(256)) }
      let (lexicon, problems) = Self.read(bytes: bytes)
      for problem in problems { #expect(!problem.sentence.isEmpty) }
      for term in lexicon.terms { #expect((0...100).contains(term.weight) && !term.surfaceForms.isEmpty) }
    }
  }
}
