@testable import Intake
import ListingsTestSupport
import Testing

@Suite struct WorkbooksSheetsTests {
  private static let listings = InventedWorkbook.sheetData([["title", "price"], ["a", "5"]])

  private func tables(_ workbook: InventedWorkbook) throws -> [HeldTable] {
    try workbook.bytes.withUnsafeBytes { try Workbook(bytes: $0, headers: .invented()).tables }
  }

  private func chosen(_ workbook: InventedWorkbook, wanted: String? = nil) throws -> [String] {
    let tables = try tables(workbook)
    return try TableChoice.chosen(of: tables, wanted: wanted).map { tables[$0].name }
  }

  @Test func aTitleAboveTheHeaderIsLeftOutAndTold() throws {
    let told = try Workbook.told(
      InventedWorkbook(rows: [
        ["Week 47, north"], [nil, nil], ["prepared by", "Kim"], ["Title", "Price"], ["a", "5"], [" "], ["b", "6"],
      ]))
    #expect(told.records == [["Title", "Price"], ["a", "5"], ["b", "6"]])
    #expect(told.numbers == [5, 7])
    #expect(told.notes == [TableNote(row: nil, what: .titleRows(through: 3))])
  }

  @Test func aHeaderWithoutAKnownNameIsTheFirstWideRow() throws {
    let told = try Workbook.told(
      InventedWorkbook(rows: [["Week 47"], ["foo", "bar", "baz"], ["a", "5", "6"], ["b", "7", "8"]]))
    #expect(told.records == [["foo", "bar", "baz"], ["a", "5", "6"], ["b", "7", "8"]])
    #expect(told.numbers == [3, 4])
  }

  @Test func aSheetOfValuesHasNoHeader() throws {
    let told = try Workbook.told(InventedWorkbook(rows: [["https://gumtree.example/1", "5"], ["x", "6"]]))
    #expect(!told.hasHeader)
    #expect(told.numbers == [1, 2])
    let asked = try Workbook.told(InventedWorkbook(rows: [["title", "price"], ["x", "6"]]).bytes, hasHeader: false)
    #expect(asked[0].records.count == 2 && asked[0].numbers == [1, 2] && !asked[0].hasHeader)
  }

  @Test func sheetsAreToldWithTheirRowsAndColumns() throws {
    let book = InventedWorkbook(
      [
        ("Notes", InventedWorkbook.sheetData([["hello"]])), ("Listings", Self.listings), ("Old", Self.listings),
        ("Empty", ""),
      ],
      hidden: ["Old"])
    let tables = try tables(book)
    #expect(tables.map(\.name) == ["Notes", "Listings", "Old", "Empty"])
    #expect(tables.map(\.rowCount) == [0, 1, 1, nil])
    #expect(tables.map(\.columns) == [["hello"], ["title", "price"], ["title", "price"], []])
    #expect(tables.map(\.isHidden) == [false, false, true, false])
    #expect(try chosen(book) == ["Listings"])
    #expect(try chosen(book, wanted: "old") == ["Old"])
    #expect(throws: TableError.noSuchTable("x", among: ["Notes", "Listings", "Old", "Empty"])) {
      try chosen(book, wanted: "x")
    }
  }

  @Test func ofSeveralSheetsThoseWithKnownColumnsAreOpened() throws {
    let other = InventedWorkbook.sheetData([["foo", "bar"], ["a", "5"]])
    #expect(try chosen(InventedWorkbook([("A", Self.listings), ("B", other), ("C", Self.listings)])) == ["A", "C"])
    #expect(try chosen(InventedWorkbook([("B", other)])) == ["B"])
    #expect(try chosen(InventedWorkbook([("A", other), ("B", other)])) == ["A", "B"])
    let third = InventedWorkbook.sheetData([["oof", "rab", "zab"], ["a", "5", "6"]])
    #expect(throws: TableError.severalTables(["A", "B"])) {
      try chosen(InventedWorkbook([("A", other), ("B", third)]))
    }
    #expect(throws: TableError.noTables) { try chosen(InventedWorkbook([("A", ""), ("B", "")])) }
  }

  @Test func rowNumbersAreKeptInRuns() {
    var random = Dice(seed: 3)
    var numbering = RowNumbering()
    var expected: [Int] = []
    var number = 0
    for _ in 0..<500 {
      number += Int.random(in: 0..<6, using: &random) == 0 ? Int.random(in: -3...9, using: &random) : 1
      numbering.append(number)
      expected.append(number)
    }
    #expect((0..<500).map { numbering.number(of: $0) } == expected)
  }
}
