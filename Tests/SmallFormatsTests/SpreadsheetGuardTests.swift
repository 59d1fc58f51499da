import SmallFormats
import Testing

/// Text that would act in a spreadsheet, and text that must come back as it was.
@Suite struct SpreadsheetGuardTests {
  @Test(arguments: [
    ("=1+1", "'=1+1"), ("+41 79", "'+41 79"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"), ("＝1", "'＝1"),
    ("  =1", "  '=1"), ("\t=1", "'\t'=1"), ("a;=1", "a;'=1"), ("a\n@x", "a\n'@x"), ("a\r-1", "a\r'-1"),
    ("a;  +1", "a;  '+1"), ("\u{A0}=1", "\u{A0}'=1"), ("\u{0}x", "'\u{0}x"),
    ("plain", "plain"), ("a=1", "a=1"), ("a - b", "a - b"), ("", ""), ("5-6", "5-6"), ("'=1", "'=1"),
  ])
  func nothingBeginsAFormula(_ text: String, _ guarded: String) {
    #expect(SpreadsheetGuard.guarded(text) == guarded)
  }

  @Test(arguments: ["=1", "'=1", "''", "'", "plain", "", "-", "\ttab", "＝x", "a'b"])
  func whatIsMarkedComesBack(_ text: String) {
    let marked = SpreadsheetGuard.marked(text)
    #expect(SpreadsheetGuard.unmarked(marked) == text)
    #expect(marked.unicodeScalars.first.map { "=+-@\t＝".unicodeScalars.contains($0) } != true)
  }

  @Test func aQuotationMarkWithAnAccentIsDoubledToo() {
    #expect(Array(CSVLine.quoted("x\"\u{301},=1").unicodeScalars) == Array("\"x\"\"\u{301},=1\"".unicodeScalars))
  }

  @Test func cellsAreQuotedWhereTheyHaveTo() {
    #expect(
      CSVLine.text(["a", "b,c", "d\"e", "f\ng", "h;i", "", " j "]) == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\"h;i\",, j ")
  }
}
