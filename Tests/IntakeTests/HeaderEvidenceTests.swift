import Listings
import Testing

@testable import Intake

/// Whether the first records name the columns.
@Suite struct HeaderEvidenceTests {
  private func decision(_ records: [[String]]) -> HeaderEvidence.Decision {
    HeaderEvidence(mapping: IntakeOptions(tables: InventedTables.tables).mapping).decision(of: records)
  }

  private let listings = (0..<12).map { ["Carved frame \($0)", "$\($0 * 5 + 20)", "moss_lane\($0)", "Used"] }

  @Test func aFirstListingIsNoHeader() throws {
    #expect(decision(listings).header == nil)
    let text = listings.map { $0.joined(separator: ",") + "\n" }.joined()
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(dataset.rowCount == 12)
    #expect(dataset.text(of: .title, at: 0) == "Carved frame 0")
    #expect(dataset.price(at: 0).amount?.description == "20")
    #expect(dataset.text(of: .sellerAlias, at: 11) == "moss_lane11")
    #expect(problems.isEmpty)
    #expect(dataset.sources[0].reader.headerBasis.english.hasPrefix("the first record is a listing"))
  }

  @Test func namesOfAnyLanguageAreAHeaderWhereValuesStandBelowThem() {
    #expect(decision([["Ttt", "Qqq", "Zzz", "Www"]] + listings).header == 0)
    #expect(decision([["title", "price", "seller", "state"]] + listings).header == 0)
    #expect(decision([["title"]]).header == 0)
  }

  @Test func aCellThatIsAlsoAValueBelowSpeaksForAListing() {
    let rows = [
      ["frame", "Used", "York"], ["lamp", "Used", "Hull"], ["fan", "New", "Leeds"], ["comb", "Used", "York"],
    ]
    #expect(decision(rows).header == nil)
    #expect(decision([["what", "state", "where"]] + rows).header == nil, "in doubt nothing is lost")
    #expect(decision([["title", "state", "where"]] + rows).header == 0)
  }

  @Test func linesBeforeAHeaderArePassedOverAndTold() throws {
    let header = ["title", "price", "seller", "state"]
    #expect(decision([["Report of May"], ["Source: a market"], header] + listings).header == 2)
    #expect(decision([["Report", "", "", ""], ["", "", "", ""], header] + listings).header == 2)
    let text = "Report of 2024-05-01\nSource: market\n\ntitle,price\nhorn comb,$7\nshell,$3\n"
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(dataset.rowCount == 2)
    #expect(problems.kept.map(\.what) == [.preamble(records: 2)])
    #expect(problems.kept[0].excerpt == "Report of 2024-05-01")
  }

  @Test func linesBeforeListingsWithoutAHeaderStay() {
    #expect(decision([["Report of May"]] + listings).header == nil)
  }

  @Test func aHeaderWithinTheListingsIsNone() throws {
    let text = "title,price\na,$5\ntitle,price\nb,$6\r\n\u{FEFF}title,price\nc,$7\n"
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect((0..<3).map { dataset.text(of: .title, at: $0) } == ["a", "b", "c"])
    #expect(problems.kept.map(\.what) == [.headerRepeated, .headerRepeated])
    #expect(problems.kept.map(\.line) == [3, 5])
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func whatIsSaidOfTheHeaderIsDone() throws {
    func rows(_ choice: HeaderChoice) throws -> (count: Int, columns: [String]) {
      let folder = InventedFolder()
      var options = IntakeOptions(tables: InventedTables.tables)
      options.header = choice
      let path = folder.write("a.csv", "note,one\ntitle,price\na,$5\nb,$6\n")
      let (dataset, _) = try DatasetOpening.open(paths: [path], options: options)
      return (dataset.rowCount, dataset.sources[0].reader.columns)
    }
    #expect(try rows(.missing) == (4, ["column1", "column2"]))
    #expect(try rows(.first) == (3, ["note", "one"]))
    #expect(try rows(.line(2)) == (2, ["title", "price"]))
    #expect(HeaderChoice("yes") == .first && HeaderChoice("no") == .missing && HeaderChoice("4") == .line(4))
    #expect(HeaderChoice("0") == nil && HeaderChoice("maybe") == nil)
  }
}
