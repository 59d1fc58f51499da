import SmallFormats
import Testing

/// Workbooks that are written. That others read them, `CountsCommandTests` shows.
@Suite struct WorkbookTests {
  private func parts(_ sheets: [Workbook.Sheet]) throws -> String {
    String(decoding: try Workbook(sheets).bytes(), as: UTF8.self)
  }

  private func cell(_ text: String) throws -> String {
    let all = try parts([.init(name: "a", columns: ["x"], rows: [[.text(text)]])])
    let row = try #require(all.range(of: "<row r=\"2\">"))
    let end = try #require(all.range(of: "</row>", range: row.upperBound..<all.endIndex))
    return String(all[row.upperBound..<end.lowerBound])
  }

  private func inline(_ xml: String) -> String {
    "<c r=\"A2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(xml)</t></is></c>"
  }

  @Test func aFormulaStaysText() throws {
    for text in ["=1+1", "@SUM(A1)", "+1", "-1", "=cmd|' /C calc'!A0"] {
      #expect(try cell(text) == inline(text))
    }
  }

  @Test func markupIsEscapedAndWhatCannotBeSeenIsNamed() throws {
    #expect(try cell("a<b>&\"") == inline("a&lt;b&gt;&amp;&quot;"))
    #expect(try cell("a\u{0}\u{1B}[31m\u{202E}b") == inline("a[U+0000][U+001B][31m[U+202E]b"))
    #expect(try cell("a\nb\tc") == inline("a\nb\tc"))
    #expect(try cell("\u{FFFE}") == inline("[U+FFFE]"))
  }

  @Test func theEscapesOfExcelAreNotReadInForeignText() throws {
    #expect(try cell("_x0041_ _x00411 __x0041_ _xZZZZ_") == inline("_x005F_x0041_ _x00411 __x005F_x0041_ _xZZZZ_"))
  }

  @Test func aTextThatIsTooLongForExcelIsCutAndSaysSo() throws {
    let long = String(repeating: "象", count: 40_000)
    let found = try cell(long)
    #expect(found.hasSuffix("… (cut)</t></is></c>") && found.contains(String(repeating: "象", count: 30_000)))
    #expect(try cell(String(repeating: "a", count: 32_767)).hasSuffix("aaa</t></is></c>"))
  }

  @Test func numbersAreNumbersAndColumnsBeyondZHaveTwoLetters() throws {
    let row: [Workbook.Cell] = (0..<28).map { .number("\($0).5") }
    let all = try parts([.init(name: "wide", columns: (0..<28).map { "c\($0)" }, rows: [row, [.empty, .text("b")]])])
    #expect(all.contains("<c r=\"Z2\"><v>25.5</v></c><c r=\"AA2\"><v>26.5</v></c><c r=\"AB2\"><v>27.5</v></c>"))
    #expect(all.contains("<row r=\"3\"><c r=\"B3\""))
  }

  @Test func theSameContentGivesTheSameBytes() throws {
    let sheets = [Workbook.Sheet(name: "a & b", columns: ["x"], rows: [[.number("1")]])]
    #expect(try parts(sheets) == parts(sheets))
    #expect(try parts(sheets).contains("<sheet name=\"a &amp; b\" sheetId=\"1\""))
  }
}
