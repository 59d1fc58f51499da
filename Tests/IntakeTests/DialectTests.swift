import Listings
import ListingsTestSupport
import Testing

@testable import Intake

/// The same listings written in every dialect are the same listings.
@Suite struct DialectTests {
  private static let words = [
    "Carved old \"horn\" comb,", "Ring; silver", "Box of shells", "Tea set \\ six", "Bird cage, large", "Fan \"silk\"",
    "5\" bangle", "Snake hide \"box\", new",
  ]
  private static let header = ["title", "price", "seller", "url"]
  private static let rows = (0..<40).map { row in
    ["\(words[row % words.count]) \(row)", "$\(20 + row * 5)", "moss_lane\(row)", "https://market.example/item/\(row)"]
  }

  private static func quoted(_ cell: String, _ quote: String, _ escape: String, _ marks: String, all: Bool) -> String {
    let needs = all || cell.contains { marks.contains($0) || quote.contains($0) }
    guard needs else { return cell }
    var text = cell
    if escape == "\\" { text = text.replacing("\\", with: "\\\\") }
    return quote + text.replacing(quote, with: escape + quote) + quote
  }

  private static func written(
    delimiter: String = ",", quote: String = "\"", escape: String = "\"", end: String = "\n", all: Bool = false
  ) -> String {
    ([header] + rows).map { row in
      row.map { quoted($0, quote, escape, delimiter + "\n\r", all: all) }.joined(separator: delimiter) + end
    }.joined()
  }

  private static func lines(_ text: String, behind: String = "") -> String {
    text.split(separator: "\n").map { "\"" + $0.replacing("\"", with: "\"\"") + "\"\(behind)\n" }.joined()
  }

  private static let dialects: [(String, String)] = [
    ("plain", written()), ("crlf", written(end: "\r\n")), ("cr", written(end: "\r")),
    ("semicolon", written(delimiter: ";")), ("tab", written(delimiter: "\t")), ("bar", written(delimiter: "|")),
    ("sep line", "sep=;\n" + written(delimiter: ";")), ("all quoted", written(all: true)),
    ("backslash", written(escape: "\\")), ("backslash, all quoted", written(escape: "\\", all: true)),
    ("backslash and semicolon", written(delimiter: ";", escape: "\\")),
    ("single quotes", written(quote: "'", escape: "'")), ("single, all", written(quote: "'", escape: "'", all: true)),
    ("quoted lines", lines(written())), ("quoted lines with semicolons", lines(written(delimiter: ";"))),
    ("quoted lines, empty cells behind", lines(written(), behind: ";;")),
    ("quoted lines, commas behind", lines(written(delimiter: ";"), behind: ",,,")),
    ("a mark before quoted lines", "\u{FEFF}" + lines(written())),
    (
      "only lines with quotes quoted",
      written().split(separator: "\n").map { $0.contains("\"") ? lines(String($0)) : $0 + "\n" }.joined()
    ),
    (
      "led by apostrophes",
      ([header] + rows.map { [$0[0], "'" + $0[1], $0[2], $0[3]] }).map { row in
        row.map { quoted($0, "\"", "\"", ",", all: false) }.joined(separator: ",") + "\n"
      }.joined()
    ),
  ]

  @Test(arguments: dialects.map(\.0)) func everyDialectIsReadAlike(_ name: String) throws {
    let text = try #require(Self.dialects.first { $0.0 == name }).1
    for pieceSize in [1, 300, 1 << 20] {
      let (dataset, _) = try DatasetOpening.open(Array(text.utf8), pieceSize: pieceSize)
      #expect(dataset.rowCount == 40)
      for (row, wanted) in Self.rows.enumerated() where row < dataset.rowCount {
        #expect(dataset.text(of: .title, at: row) == wanted[0])
        #expect(dataset.text(of: .sellerAlias, at: row) == wanted[2])
        #expect(dataset.text(of: .url, at: row) == wanted[3])
        #expect(dataset.price(at: row).amount?.description == "\(20 + row * 5)")
      }
      #expect(dataset.rowsWithAnotherKey.isEmpty)
    }
  }

  @Test func unusualDialectsSayWhatSpokeForThem() throws {
    let text = Self.written(escape: "\\")
    let (dataset, _) = try DatasetOpening.open(text: text)
    #expect(dataset.sources[0].reader.conversions.map(\.kind) == [.dialect])
    #expect(dataset.sources[0].reader.conversions[0].sentence.hasPrefix("quotes behind a backslash"))
    #expect(try DatasetOpening.open(text: Self.written()).dataset.sources[0].reader.conversions.isEmpty)
  }

  @Test(arguments: ["", " €"]) func decimalCommasBetweenCommasAreOneAmount(_ mark: String) throws {
    let rows = (0..<20).map { "frame \($0),\(20 + $0),\(10 + $0)\(mark),moss_lane\($0)\n" }
    let (dataset, problems) = try DatasetOpening.open(text: "title,price,seller\n" + rows.joined())
    #expect(problems.isEmpty)
    #expect(dataset.price(at: 3).amount?.description == "23.13")
    #expect(dataset.text(of: .sellerAlias, at: 3) == "moss_lane3")
    #expect(dataset.cellTexts[3] == ["frame 3", "23,13\(mark)", "moss_lane3"])
    #expect(dataset.rowsWithAnotherKey.isEmpty)
    // Some amounts have no decimals.
    let some = (0..<20).map { "frame \($0),\(20 + $0)\($0 % 4 == 0 ? "" : ",50"),moss_lane\($0)\n" }
    let (mixed, _) = try DatasetOpening.open(text: "title,price,seller\n" + some.joined())
    #expect((0..<20).allSatisfy { mixed.text(of: .sellerAlias, at: $0) == "moss_lane\($0)" })
    #expect(mixed.price(at: 4).amount?.description == "24" && mixed.price(at: 5).amount?.description == "25.5")
  }

  @Test func twoColumnsOfNumbersAreNotTornAmounts() throws {
    let rows = (0..<30).map { "frame \($0),\(20 + $0),\(10 + $0 % 60),x\n" }
    let (dataset, _) = try DatasetOpening.open(text: "title,price,photos,seller\n" + rows.joined())
    #expect(dataset.price(at: 3).amount?.description == "23")
    #expect(dataset.cellTexts[3].count == 4)
  }

  @Test func whatIsSaidOfTheDialectIsDone() throws {
    let text = "title;price\n\"a\\\"b\";$5\n"
    #expect(
      try DatasetOpening.open(text: text, dialect: "semicolon,backslash").dataset.text(of: .title, at: 0) == "a\"b")
    #expect(try DatasetOpening.open(text: text, dialect: "comma").dataset.sources[0].reader.columns.count == 1)
    #expect(DialectChoice(words: "semicolon backslash")?.delimiter == .semicolon)
    #expect(DialectChoice(words: "elvish") == nil)
    for word in DialectChoice.words { #expect(DialectChoice(words: word) != nil, "\(word)") }
  }

  @Test func windowsPathsAreNoEscapes() throws {
    let (dataset, _) = try DatasetOpening.open(text: "title,note\n\"C:\\new\\\",x\n\"a \"\"b\"\"\",y\n")
    #expect(dataset.cellTexts == [["C:\\new\\", "x"], ["a \"b\"", "y"]])
  }
}
