@testable import Intake
import ListingsTestSupport
import Testing

@Suite struct WorkbooksCellsTests {
  private func table(_ rows: String, shared: String? = nil, styles: String? = nil, properties: String = "") throws
    -> ToldTable
  {
    try Workbook.told(
      InventedWorkbook([("Sheet1", rows)], shared: shared, styles: styles, properties: properties))
  }

  private let header = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>title</v></c><c r=\"B1\" t=\"str\"><v>price</v></c></row>"

  @Test func sharedTextsAreJoinedFromTheirRunsWithoutTheirReadings() throws {
    let shared = """
      <si><t>title</t></si><si><t>price</t></si>\
      <si><r><t xml:space="preserve">ivory </t></r><r><rPr><b/></rPr><t>ring &amp; 手串</t></r></si>\
      <si><t>象牙</t><rPh sb="0" eb="2"><t>ゾウゲ</t></rPh></si><si><t>a_x000D_b_x005F_x_xD800_</t></si>
      """
    let rows = """
      <row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row><c t="s"><v>2</v></c><c><v>5</v></c></row>\
      <row><c t="s"><v>3</v></c></row><row><c t="s"><v>4</v></c></row>
      """
    let told = try table(rows, shared: shared)
    #expect(
      told.records == [
        ["title", "price"], ["ivory ring & 手串", "5"], ["象牙", ""], ["a\rb_x_xD800_", ""],
      ])
    #expect(told.numbers == [2, 3, 4])
    #expect(told.notes == [])
  }

  @Test func cellsStandWhereTheySayInAnyOrder() throws {
    let rows = """
      <row r="1"><c r="A1" t="str"><v>title</v></c><c r="C1" t="str"><v>price</v></c></row>\
      <row r="4"><c r="C4"><v>7</v></c><c r="A4" t="str"><v>a "tusk", large</v></c></row>\
      <row r="9"><c r="B9" t="str"><v>between</v></c><c r="E9"><v>1</v></c></row><row r="10"><c r="A10"/></row>
      """
    let told = try table(rows)
    #expect(
      told.records == [["title", "", "price"], ["a \"tusk\", large", "", "7"], ["", "between", "", "", "1"]])
    #expect(told.numbers == [4, 9])
  }

  @Test func booleansErrorsAndFormulasAreTheValuesThatWereShown() throws {
    let rows =
      header + """
        <row r="2"><c r="A2" t="b"><v>1</v></c><c r="B2" t="e"><v>#N/A</v></c></row>\
        <row r="3"><c r="A3" t="str"><f>B2&amp;"x"</f><v>calculated</v></c><c r="B3"><f>1+1</f></c></row>\
        <row r="4"><c r="A4" t="b"><v>0</v></c><c r="B4" t="s"><v>99</v></c></row>\
        <row r="5"><c r="A5" t="d"><v>2026-11-20T08:00:00</v></c><c r="B5"><f>2*21</f><v>42</v></c></row>
        """
    let told = try table(rows)
    #expect(
      told.records.dropFirst() == [["TRUE", ""], ["calculated", ""], ["FALSE", ""], ["2026-11-20T08:00:00", "42"]])
    #expect(
      told.notes == [
        TableNote(row: 2, column: "B", what: .errorValue, excerpt: "#N/A"),
        TableNote(row: 3, column: "B", what: .formulaWithoutValue),
        TableNote(row: 4, column: "B", what: .missingSharedText, excerpt: "99"),
      ])
  }

  @Test(arguments: [
    ("5", "5"), ("5.0", "5"), ("-12.50", "-12.5"), ("0.1", "0.1"), ("1234.5699999999999", "1234.57"),
    ("19.989999999999998", "19.99"), ("0.30000000000000004", "0.30000000000000004"),
    ("1.23456789012E+15", "1234567890120000"),
    ("1.5E3", "1500"), ("1E-3", "0.001"), ("1.0000000000000001E-2", "0.01"), ("1E+300", "1E+300"),
    ("12345678901234567890", "12345678901234567890"), ("-0", "0"), ("1e-9", "1e-9"), ("nonsense", "nonsense"),
    ("1.2.3", "1.2.3"), (".5", "0.5"), ("7.", "7"), ("1E", "1E"),
  ])
  func numbersAreTheDigitsThatPeopleSee(written: String, expected: String) {
    var out: [UInt8] = []
    Array(written.utf8).withUnsafeBytes { SheetNumber.append($0, to: &out) }
    #expect(String(decoding: out, as: UTF8.self) == expected)
  }

  @Test func everyNumberKeepsItsValue() {
    var random = Dice(seed: 7)
    for _ in 0..<Trials.count(2_000) {
      let value = Double(bitPattern: UInt64.random(in: .min ... .max, using: &random))
      guard value.isFinite else { continue }
      var out: [UInt8] = []
      Array("\(value)".utf8).withUnsafeBytes { SheetNumber.append($0, to: &out) }
      #expect(Double(String(decoding: out, as: UTF8.self)) == value)
    }
  }

  @Test(arguments: [
    (45_981.0, "2025-11-20"), (45_981.354166666664, "2025-11-20T08:30:00"), (0.5, "12:00:00"), (1, "1900-01-01"),
    (59, "1900-02-28"), (60, "1900-02-29"), (61, "1900-03-01"), (2_958_465, "9999-12-31"),
    (45_981.999999999, "2025-11-21"), (45_981.000005787, "2025-11-20T00:00:00.500"),
  ])
  func daysAreCountedAsSpreadsheetsDo(value: Double, expected: String) {
    #expect(SheetTime.text(value, shape: .time, countsFrom1904: false) == expected)
  }

  @Test func daysFrom1904AndDurationsAndDaysThatAreNone() {
    #expect(SheetTime.text(0, shape: .time, countsFrom1904: true) == "1904-01-01")
    #expect(SheetTime.text(44_519.25, shape: .time, countsFrom1904: true) == "2025-11-20T06:00:00")
    #expect(SheetTime.text(1.5, shape: .elapsed, countsFrom1904: false) == "36:00:00")
    #expect(SheetTime.text(-1, shape: .time, countsFrom1904: false) == nil)
    #expect(SheetTime.text(2_958_466, shape: .time, countsFrom1904: false) == nil)
  }

  @Test(arguments: [
    ("yyyy-mm-dd", NumberShape.time), ("[$-409]d-mmm-yy;@", .time), ("[h]:mm:ss", .elapsed), ("0.00", .number),
    ("#,##0.00 \"days\"", .number), ("[Red]#,##0;(#,##0)", .number), ("General", .number), ("0.00E+00", .number),
    ("yyyy\"年\"m\"月\"d\"日\"", .time), ("\\d0", .number), ("@", .number), ("[$-411]ggge\"年\"", .time),
    ("_-* #,##0_-", .number), ("h:mm AM/PM", .time), ("[Blue]\"d\"0", .number), ("", .number), ("[", .number),
  ])
  func aFormatTellsWhetherItShowsADay(code: String, expected: NumberShape) {
    #expect(NumberShape(formatID: 164, code: code, InventedTables.tables.currencies) == expected)
  }

  @Test func datesAreFoundByTheStyleOfTheirCells() throws {
    let styles = """
      <numFmts><numFmt numFmtId="170" formatCode="dd/mm/yyyy hh:mm"/></numFmts>\
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="46"/></cellXfs>
      """
    let rows =
      header + """
        <row r="2"><c r="A2" s="1"><v>45981</v></c><c r="B2" s="0"><v>45981</v></c></row>\
        <row r="3"><c r="A3" s="2"><v>45981.25</v></c><c r="B3" s="3"><v>2.25</v></c></row>\
        <row r="4"><c r="A4" s="1"><v>-3</v></c><c r="B4" s="77"><v>8</v></c></row>
        """
    let told = try table(rows, styles: styles)
    #expect(told.records.dropFirst() == [["2025-11-20", "45981"], ["2025-11-20T06:00:00", "54:00:00"], ["-3", "8"]])
    #expect(told.notes == [TableNote(row: 4, column: "A", what: .noSuchDay, excerpt: "-3")])
    let since1904 = try table(rows, styles: styles, properties: "<workbookPr date1904=\"1\"/>")
    #expect(since1904.records[1] == ["2029-11-21", "45981"])
  }

  @Test func strictAndPrefixedWorkbooksAreReadAlike() throws {
    var strict = InventedWorkbook(
      [("S", InventedWorkbook.sheetData([["title", "price"], ["a", "5"]]))],
      namespace: "http://purl.oclc.org/ooxml/spreadsheetml/main")
    #expect(try Workbook.told(strict).records == [["title", "price"], ["a", "5"]])
    strict.parts[2].text = """
      <x:worksheet xmlns:x="\(InventedWorkbook.main)"><x:sheetData><x:row r="1"><x:c r="A1" t="str"><x:v>title</x:v>\
      </x:c></x:row><x:row r="2"><x:c r="A2" t="inlineStr"><x:is><x:t>b</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>
      """
    #expect(try Workbook.told(strict).records == [["title"], ["b"]])
  }
}
