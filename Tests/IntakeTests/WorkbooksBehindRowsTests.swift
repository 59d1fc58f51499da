import ListingsTestSupport
import Testing

@testable import Intake
@testable import Listings

/// What stands behind the rows of a sheet, or in the formats of its cells: links, merged cells, currencies.
@Suite struct WorkbooksBehindRowsTests {
  private func cell(_ place: String, _ text: String) -> String { InventedWorkbook.inline(place, text) }

  private func merged(_ ranges: String...) -> String {
    "<mergeCells>" + ranges.map { "<mergeCell ref=\"\($0)\"/>" }.joined() + "</mergeCells>"
  }

  // MARK: Links

  @Test func theAddressOfALinkedTitleStandsInAColumnOfItsOwn() throws {
    let rows = InventedWorkbook.sheetData([["Title", "Price"], ["ring", "5"], ["comb", "6"], ["bead", "7"]])
    let links =
      "<hyperlinks><hyperlink ref=\"A2\" r:id=\"rId1\"/><hyperlink ref=\"A4\" r:id=\"rId2\" location=\"top\"/>"
      + "<hyperlink ref=\"A3\" location=\"Other!A1\"/></hyperlinks>"
    let told = try Workbook.told(
      InventedWorkbook([("S", rows)], behind: links, links: ["https://a.example/1", "https://a.example/3"]))
    #expect(
      told.records == [
        ["Title", "Price", "Title link"], ["ring", "5", "https://a.example/1"], ["comb", "6", ""],
        ["bead", "7", "https://a.example/3#top"],
      ])
    #expect(told.notes == [] && told.numbers == [2, 3, 4])
  }

  @Test func aColumnOfAddressesHoldsThoseOfItsLinksAndTheWordsStandBehind() throws {
    let rows = InventedWorkbook.sheetData([
      ["title", "url"], ["ring", "View item"], ["comb", "https://a.example/2"], ["bead", "View item"],
      ["horn", "soon"],
    ])
    let links = "<hyperlinks><hyperlink ref=\"B2:B2\" r:id=\"rId1\"/><hyperlink ref=\"B4\" r:id=\"rId2\"/></hyperlinks>"
    let book = InventedWorkbook([("S", rows)], behind: links, links: ["https://a.example/1", "https://a.example/3"])
    #expect(
      try Workbook.told(book).records == [
        ["title", "url", "url text"], ["ring", "https://a.example/1", "View item"],
        ["comb", "https://a.example/2", ""],
        ["bead", "https://a.example/3", "View item"], ["horn", "soon", ""],
      ])
    let folder = InventedFolder()
    let path = folder.write("week.xlsx", book.bytes)
    let (dataset, _) = try DatasetOpening.open(paths: [path], options: IntakeOptions(tables: InventedTables.tables))
    #expect((0..<2).map { dataset.text(of: .url, at: $0) } == ["https://a.example/1", "https://a.example/2"])
    #expect(Set((0..<4).map { dataset.key(at: $0) }).count == 4)
  }

  @Test func addressesThatAreShownAsTheyAreNeedNoOtherColumn() throws {
    let rows = InventedWorkbook.sheetData([["title", "url"], ["ring", "https://a.example/1"]])
    let links = "<hyperlinks><hyperlink ref=\"B2\" r:id=\"rId1\"/></hyperlinks>"
    let told = try Workbook.told(InventedWorkbook([("S", rows)], behind: links, links: ["https://a.example/1"]))
    #expect(told.records == [["title", "url"], ["ring", "https://a.example/1"]])
  }

  @Test func aLinkOverSeveralCellsIsThatOfEach() throws {
    let rows = InventedWorkbook.sheetData([["title", "shop"], ["ring", "A"], ["comb", "A"], ["bead", "B"]])
    let links = "<hyperlinks><hyperlink ref=\"B2:B3\" r:id=\"rId1\"/></hyperlinks>"
    let told = try Workbook.told(InventedWorkbook([("S", rows)], behind: links, links: ["https://a.example/shop"]))
    #expect(told.records.map { $0[2] } == ["shop link", "https://a.example/shop", "https://a.example/shop", ""])
  }

  @Test func formulasThatLinkTellTheirAddress() throws {
    func link(_ place: String, _ formula: String) -> String {
      let formula = formula.map { $0 == "&" ? "&amp;" : String($0) }.joined()
      return "<c r=\"\(place)\" t=\"str\"><f>\(formula)</f><v>open</v></c>"
    }
    let rows =
      "<row r=\"1\">\(cell("A1", "title"))\(cell("B1", "look"))</row>"
      + "<row r=\"2\">\(cell("A2", "ring"))\(link("B2", "HYPERLINK(\"https://a.example/1?a=\"\"b\"\"\",\"open\")"))</row>"
      + "<row r=\"3\">\(cell("A3", "comb"))\(link("B3", "hyperlink( \"https://a.example/2\" )"))</row>"
      + "<row r=\"4\">\(cell("A4", "bead"))\(link("B4", "HYPERLINK(\"https://a.example/\"&C4,\"open\")"))</row>"
      + "<row r=\"5\">\(cell("A5", "horn"))\(link("B5", "HYPERLINK($C$5,\"open\")"))</row>"
    let told = try Workbook.told(InventedWorkbook([("S", rows)]))
    #expect(told.records.map { $0[2] } == ["look link", "https://a.example/1?a=\"b\"", "https://a.example/2", "", ""])
    #expect(told.records.dropFirst().allSatisfy { $0[1] == "open" })
    #expect(
      told.notes == [
        TableNote(
          row: 4, column: "B", what: .calculatedLink, excerpt: "HYPERLINK(\"https://a.example/\"&C4,\"open\")")
      ])
  }

  @Test func linksThatCannotBeToldCostNoRow() throws {
    let rows = InventedWorkbook.sheetData([["title", "price"], ["ring", "5"]])
    let links = "<hyperlinks><hyperlink ref=\"A2\" r:id=\"rId7\"/><hyperlink ref=\"nonsense\" r:id=\"rId1\"/>"
    let told = try Workbook.told(InventedWorkbook([("S", rows)], behind: links, links: ["https://a.example/1"]))
    #expect(told.records == [["title", "price"], ["ring", "5"]])
    #expect(told.notes.map(\.what) == [.linksLost])
  }

  // MARK: Merged cells

  @Test func groupsOfNamesAreReadTogetherWithTheNamesBelow() throws {
    let rows = InventedWorkbook.sheetData([
      ["Week 47", nil, nil, nil, nil], ["Listing", nil, nil, "Seller", nil], ["Title", "Price", "Link", "Name", "ID"],
      ["ring", "5", "https://a.example/1", "moss", "7"], ["comb", "6", "https://a.example/2", "fern", "8"],
    ])
    let book = InventedWorkbook([("S", rows)], behind: merged("A1:E1", "A2:C2", "D2:E2"))
    let told = try Workbook.told(book)
    #expect(told.records[0] == ["Listing Title", "Listing Price", "Listing Link", "Seller Name", "Seller ID"])
    #expect(told.numbers == [4, 5])
    #expect(told.notes == [TableNote(row: nil, what: .titleRows(through: 1))])
    let folder = InventedFolder()
    let path = folder.write("week.xlsx", book.bytes)
    let (dataset, _) = try DatasetOpening.open(paths: [path], options: IntakeOptions(tables: InventedTables.tables))
    #expect(dataset.text(of: .title, at: 1) == "comb" && dataset.text(of: .sellerAlias, at: 1) == "fern")
    #expect(dataset.price(at: 1).amount == Amount(tenThousandths: 60_000))
    #expect(dataset.sources[0].reader.headerBasis.english.hasPrefix("rows 2 to 3 name the columns together"))
  }

  @Test func namesThatAreMergedOverTheRowsOfAHeaderAreKept() throws {
    let rows = InventedWorkbook.sheetData([
      ["Title", "Price", nil, "Place"], [nil, "Amount", "Currency", nil], ["ring", "5", "EUR", "Amber"],
      ["comb", "6", "EUR", "Moss"],
    ])
    let told = try Workbook.told(InventedWorkbook([("S", rows)], behind: merged("A1:A2", "B1:C1", "D1:D2")))
    #expect(told.records[0] == ["Title", "Price Amount", "Price Currency", "Place"])
    #expect(told.numbers == [3, 4])
  }

  @Test func noListingBecomesPartOfAHeader() throws {
    let rows = InventedWorkbook.sheetData([
      ["Title", "Price", "Photos", nil], ["ring", "5", "front", "back"], ["comb", "6", "front", "side"],
    ])
    let words = InventedWorkbook.sheetData([
      ["Title", "Place", "Photos", nil], ["old bike", "Berlin", "front", "back"], ["lamp", "Ulm", "front", "side"],
    ])
    for merges in [merged("C1:D1"), merged("A1:A2"), merged("A1:A2", "C1:D1")] {
      let told = try Workbook.told(InventedWorkbook([("S", rows)], behind: merges))
      #expect(told.records.dropFirst().map { $0[1] } == ["5", "6"])
      #expect(told.numbers == [2, 3])
      let other = try Workbook.told(InventedWorkbook([("S", words)], behind: merges))
      #expect(other.numbers == [2, 3])
    }
  }

  @Test func cellsMergedOverListingsHaveTheirValueInEach() throws {
    let rows = InventedWorkbook.sheetData([
      ["platform", "title", "price"], ["gumtree", "ring", "5"], [nil, "comb", "6"], [nil, nil, nil],
      ["olx", "bead", "7"],
      [nil, "horn", "8"],
    ])
    let told = try Workbook.told(InventedWorkbook([("S", rows)], behind: merged("A2:A4", "B4:B5")))
    #expect(
      told.records == [
        ["platform", "title", "price"], ["gumtree", "ring", "5"], ["gumtree", "comb", "6"], ["olx", "bead", "7"],
        ["", "horn", "8"],
      ])
    #expect(told.notes == [TableNote(row: nil, what: .mergedOverRows(cells: 1, columns: "A"))])
  }

  @Test func aLinkOverAWholeRowOrANameOverAllColumnsMakesNoThousandColumns() throws {
    let rows = InventedWorkbook.sheetData([["Title", "Notes"], ["ring", "old"], ["comb", "new"], ["bead", "old"]])
    let links = "<hyperlinks><hyperlink ref=\"A2:XFD2\" r:id=\"rId1\"/></hyperlinks>"
    let told = try Workbook.told(
      InventedWorkbook([("S", rows)], behind: merged("B1:XFD1") + links, links: ["https://a.example/1"]))
    #expect(told.records.map(\.count) == [4, 4, 4, 4])
    #expect(told.records[1] == ["ring", "old", "https://a.example/1", "https://a.example/1"])
  }

  @Test func anAddressThatIsShownStaysWhereverItsLinkLeads() throws {
    let rows = InventedWorkbook.sheetData([
      ["title", "url"], ["ring", "https://a.example/1"], ["comb", "n/a"], ["bead", "View"],
    ])
    let links = "<hyperlinks><hyperlink ref=\"B2\" r:id=\"rId1\"/><hyperlink ref=\"B4\" r:id=\"rId2\"/></hyperlinks>"
    let told = try Workbook.told(
      InventedWorkbook([("S", rows)], behind: links, links: ["https://old.example/9", "https://a.example/3"]))
    #expect(told.records.map { $0[1] } == ["url", "https://a.example/1", "n/a", "https://a.example/3"])
    #expect(told.records.map { $0[2] } == ["url text", "", "", "View"])
  }

  @Test func aSheetThatGoesOnKeepsItsNamesWhereCellsAreMerged() throws {
    let head = ["title", "price", "url"]
    let first = InventedWorkbook.sheetData([head, ["ring", "5", "https://a.example/1"]])
    let more = InventedWorkbook.sheetData([["comb", "6", "https://a.example/2"], [nil, "7", "https://a.example/3"]])
    let told = try Workbook.told(
      InventedWorkbook([("S", first), ("more", more)], behind: merged("A1:A2")).bytes)
    #expect(told[1].records == [head, ["comb", "6", "https://a.example/2"], ["comb", "7", "https://a.example/3"]])
  }

  // MARK: Headers

  @Test func withoutAHeaderNoRowIsPassedOver() throws {
    let rows = InventedWorkbook.sheetData([
      ["ring", nil, "5"], ["Link", "Photo", "6"], ["comb", "Link", "7"], ["bead", "Photo", "8"],
    ])
    let told = try Workbook.told(InventedWorkbook([("S", rows)]))
    #expect(!told.hasHeader && told.numbers == [1, 2, 3, 4])
  }

  @Test func rowsThatAllBearOneNumberAreKept() throws {
    let rows = InventedWorkbook.sheetData([["title", "price"], ["ring", "5"], ["comb", "6"]])
      .replacing(/row r="\d"/, with: "row r=\"1\"")
    let told = try Workbook.told(InventedWorkbook([("S", rows)]))
    #expect(told.records == [["title", "price"], ["ring", "5"], ["comb", "6"]])
  }

  @Test func aRowThatStaysInViewIsTheHeader() throws {
    let rows = InventedWorkbook.sheetData([["foo", "bar", "baz"], ["a", "b", "c"], ["d", "e", "f"]])
    let pane = "<sheetViews><sheetView><pane ySplit=\"1\" state=\"frozen\"/></sheetView></sheetViews>"
    #expect(try Workbook.told(InventedWorkbook([("S", rows)], ahead: pane)).hasHeader)
    #expect(try !Workbook.told(InventedWorkbook([("S", rows)])).hasHeader)
  }

  @Test func theRowThatAPersonNamesIsTheHeader() throws {
    let folder = InventedFolder()
    let rows = [["title", "price"], ["ring", "5"], ["what", "how much"], ["comb", "6"], ["bead", "7"]]
    let path = folder.write("week.xlsx", InventedWorkbook(rows: rows).bytes)
    var options = IntakeOptions(tables: InventedTables.tables)
    options.header = .line(3)
    let (dataset, _) = try DatasetOpening.open(paths: [path], options: options)
    #expect(dataset.sources[0].reader.columns == ["what", "how much"])
    #expect(dataset.rowCount == 2)
    #expect(dataset.sources[0].reader.headerBasis.english == "row 3 names the columns: told by --header")
  }

  @Test func sheetsOfOneTableAreOpenedTogetherAndOthersTold() throws {
    let head = ["title", "price", "url"]
    let book = InventedWorkbook(
      [
        ("Monday", InventedWorkbook.sheetData([head, ["ring", "5", "https://a.example/1"]])),
        ("Tuesday", InventedWorkbook.sheetData([head, ["comb", "6", "https://a.example/2"]])),
        (
          "more",
          InventedWorkbook.sheetData([["bead", "7", "https://a.example/3"], ["horn", "8", "https://a.example/4"]])
        ),
        ("Old", InventedWorkbook.sheetData([head, ["tusk", "9", "https://a.example/5"]])),
        ("Notes", InventedWorkbook.sheetData([["what", "who"], ["to do", "Kim"]])),
      ], hidden: ["Old"])
    let folder = InventedFolder()
    let path = folder.write("week.xlsx", book.bytes)
    let (dataset, problems) = try DatasetOpening.open(
      paths: [path], options: IntakeOptions(tables: InventedTables.tables))
    #expect(dataset.sources.map(\.name) == ["Monday", "Tuesday", "more"].map { "\(path) » \($0)" })
    #expect((0..<4).map { dataset.text(of: .title, at: $0) } == ["ring", "comb", "bead", "horn"])
    #expect(
      problems.kept.map(\.what) == [
        .leftOut(.tablesLeftOut(path: path, names: ["Old"], .hidden)),
        .leftOut(.tablesLeftOut(path: path, names: ["Notes"], .unknown)),
      ])
  }

  // MARK: Currencies

  @Test(
    arguments: [
      ("[$€-407] #,##0.00", "€ 12.5", "EUR"), ("#,##0.00\\ \"zł\"", "zł 12.5", "PLN"),
      ("\"$\"#,##0.00", "$ 12.5", "USD"),
      ("[$$-1009]#,##0.00", "CAD $ 12.5", "CAD"), ("[$$-en-AU]#,##0", "AUD $ 12.5", "AUD"),
      ("[$USD]\\ #,##0.00", "USD 12.5", "USD"), ("_-* #,##0.00\\ [$₽-419]_-", "₽ 12.5", "RUB"),
      ("£#,##0.00;[Red]-£#,##0.00", "£ 12.5", "GBP"), ("[$¥-411]#,##0", "JPY ¥ 12.5", "JPY"),
      ("[$kr-41D] #,##0", "SEK kr 12.5", "SEK"), ("0.00 \"kg\"", "12.5", nil), ("[$-409]#,##0", "12.5", nil),
      ("#,##0.00", "12.5", nil), ("0.0%", "12.5", nil), ("[$€-409]#,##0", "€ 12.5", "EUR"), ("0 \"ft\"", "12.5", nil),
      ("0 \"MT\"", "12.5", nil), ("#,##0.00\\ \"lei\"", "RON 12.5", "RON"),
    ] as [(String, String, String?)])
  func theCurrencyOfAFormatIsWrittenBeforeTheNumber(_ code: String, _ text: String, _ currency: String?) throws {
    let prefix = AmountFormat(code: code, ReadPrice.tables.currencies)?.prefix
    #expect((prefix.map { $0 + " " } ?? "") + "12.5" == text)
    let price = ReadPrice(text)
    #expect(price.amount == "12.5", "\(price)")
    #expect(price.currency == currency)
  }

  @Test func aNumberIsWrittenWithTheCurrencyThatItsCellShows() throws {
    let styles =
      "<numFmts><numFmt numFmtId=\"170\" formatCode=\"[$€-407]#,##0.00\"/></numFmts>"
      + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs>"
    let rows =
      "<row r=\"1\">\(cell("A1", "title"))\(cell("B1", "price"))</row>"
      + "<row r=\"2\">\(cell("A2", "ring"))<c r=\"B2\" s=\"1\"><v>12.5</v></c></row>"
    let told = try Workbook.told(InventedWorkbook([("S", rows)], styles: styles))
    #expect(told.records == [["title", "price"], ["ring", "€ 12.5"]])
  }
}
