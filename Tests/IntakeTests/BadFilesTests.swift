import Glibc
@testable import Intake
import Listings
import ListingsTestSupport
import Testing

@Suite struct BadFilesTests {
  @Test func raggedRowsStayWithTheirExtraCells() throws {
    let (dataset, problems) = try DatasetOpening.open(text: "title,price,seller\na,1\nb,2,Bo,more,rest\nc,3,Cy\n")
    #expect(dataset.rowCount == 3)
    #expect(problems.kept.map(\.what) == [.tooFewCells(found: 2, expected: 3), .tooManyCells(found: 5, expected: 3)])
    #expect(problems.kept.map(\.line) == [2, 3])
    #expect(problems.kept.map(\.row) == [0, 1])
    #expect(dataset.cells(of: 1).map(\.name) == ["title", "price", "seller", "extra1", "extra2"])
    #expect(dataset.text(of: .sellerAlias, at: 0) == "")
  }

  @Test func anUnterminatedQuoteCostsNoOtherListing() throws {
    let text = "title,price\n\"tusk,5\nb,6\n\"c, d\",7\ne,8\n"
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(dataset.cellTexts == [["\"tusk", "5"], ["b", "6"], ["c, d", "7"], ["e", "8"]])
    #expect(problems.kept.map(\.what) == [.unterminatedQuote])
    #expect(problems.kept[0].line == 2)
  }

  @Test func anUnterminatedQuoteInTheLastRowsDoesNotSwallowThem() throws {
    let (dataset, problems) = try DatasetOpening.open(text: "title,price\na,5\nb,\"6\nc,7\nd,8")
    #expect(dataset.cellTexts == [["a", "5"], ["b", "\"6"], ["c", "7"], ["d", "8"]])
    #expect(problems.count(of: .unterminatedQuote) == 1)
  }

  @Test func strayQuotesInPlainCellsStandForThemselves() throws {
    let (dataset, problems) = try DatasetOpening.open(text: "title,price\n12\" tusk,5\n\"about 12\" long\",6\n")
    #expect(dataset.cellTexts == [["12\" tusk", "5"], ["about 12\" long", "6"]])
    #expect(problems.isEmpty)
  }

  @Test func aByteOrderMarkAnEmptyHeaderAndBlankLinesAreNoRows() throws {
    let (dataset, problems) = try DatasetOpening.open(text: "\u{FEFF}\"\",title,price\r\n\r\n1,a,5\r\n\r\n2,b,6\r\n")
    #expect(dataset.rowCount == 2)
    #expect(dataset.cells(of: 0).map(\.name) == ["column1", "title", "price"])
    #expect(dataset.text(of: .title, at: 1) == "b")
    #expect(problems.isEmpty)
  }

  @Test func aFileWithoutHeaderHasNumberedColumns() throws {
    let (dataset, problems) = try DatasetOpening.open(
      text: "手串,手机,640.00,http://a.example/1\n\n珠子,手机,12.00,http://a.example/2\n",
      chosen: [.title: "column1", .price: "column3"])
    #expect(dataset.rowCount == 2)
    #expect(dataset.text(of: .title, at: 0) == "手串")
    #expect(dataset.price(at: 1).amount == Amount(tenThousandths: 120_000))
    #expect(problems.isEmpty)
  }

  @Test func linesEndedByCarriageReturnsAloneAreRecords() throws {
    let (dataset, _) = try DatasetOpening.open(text: "title,price\ra,5\rb,6\r")
    #expect(dataset.cellTexts == [["a", "5"], ["b", "6"]])
  }

  @Test func theDelimiterLineOfSpreadsheetsIsBelieved() throws {
    let (dataset, _) = try DatasetOpening.open(text: "sep=;\ntitle;price\na, b;5\n")
    #expect(dataset.cellTexts == [["a, b", "5"]])
  }

  @Test func bytesThatAreNoTextAreCountedAndTheListingStays() throws {
    // Enough of the file is UTF-8 that it stays UTF-8.
    let bytes =
      Array("title,price,à à\ncaf".utf8) + [0xE9] + Array(" table,5,\nok,6,\nz".utf8) + [0] + Array("z,7,\n".utf8)
    let (dataset, problems) = try DatasetOpening.open(bytes)
    #expect(dataset.rowCount == 3)
    #expect(problems.kept.map(\.what) == [.invalidUTF8, .zeroBytes])
    #expect(problems.kept.map(\.line) == [2, 4])
    #expect(dataset.rowsWithAnotherKey.isEmpty)
    #expect(dataset.text(of: .title, at: 0) == "caf\u{FFFD} table")
  }

  @Test func theCheckOfTextAgreesWithSwift() {
    var random = Dice(seed: 3)
    let pieces: [[UInt8]] = [
      Array("a".utf8), Array("é".utf8), Array("象".utf8), Array("🐘".utf8), Array("ไ".utf8), [0xC0, 0x80],
      [0xE0, 0x80, 0x80],
      [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80], [0xFF], [0x80], [0xE8, 0xB1],
      Array(repeating: 0x20, count: 60),
    ]
    for _ in 0..<Trials.count(2_000) {
      var bytes: [UInt8] = []
      let wild = Int.random(in: 0..<4, using: &random) == 0
      for _ in 0..<Int.random(in: 0..<30, using: &random) {
        bytes += pieces[Int.random(in: 0..<(wild ? 14 : 5), using: &random)]
      }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect((TextCheck.flags(of: bytes) & 1 == 0) == isValid, "\(bytes)")
    }
  }

  @Test func emptyFilesAreOpenedAndHaveNoRows() throws {
    for text in ["", "\u{FEFF}", "\n\n", "title,price\n", "[]", "[\n]\n"] {
      let (dataset, _) = try DatasetOpening.open(text: text)
      #expect(dataset.rowCount == 0)
      #expect(dataset.isComplete)
      #expect(dataset.sources.count == 1)
    }
  }

  @Test func whatIsNoTextFileIsRefusedWithAReason() throws {
    let folder = InventedFolder()
    func refusal(_ bytes: [UInt8]) -> IntakeError? {
      do throws(IntakeError) {
        _ = try DatasetOpening.open(
          paths: [folder.write("a.csv", bytes)], options: IntakeOptions(tables: InventedTables.tables))
        return nil
      } catch { return error }
    }
    let path = "\(folder.path)/a.csv"
    #expect(
      refusal([0x50, 0x4B, 3, 4] + Array(repeating: 0, count: 22) + [9, 0, 0, 0] + Array("xl/a.xml ".utf8))
        == .notText(path: path, kind: "a spreadsheet or document"))
    #expect(refusal(Array("%PDF-1.7".utf8)) == .notText(path: path, kind: "a PDF document"))
    #expect(refusal(Array(repeating: 0, count: 40) + [1, 2]) == .notText(path: path, kind: "binary data"))
  }

  @Test func filesThatCannotBeOpenedAreToldApart() throws {
    let folder = InventedFolder()
    let pipe = "\(folder.path)/pipe"
    mkfifo(pipe, 0o600)
    let options = IntakeOptions(tables: InventedTables.tables)
    #expect(throws: IntakeError.missing(path: "\(folder.path)/none.csv")) {
      try DatasetOpening.open(paths: ["\(folder.path)/none.csv"], options: options)
    }
    #expect(throws: IntakeError.nothingReadable(path: folder.path, among: 0)) {
      try DatasetOpening.open(paths: [folder.path], options: options)
    }
    #expect(throws: IntakeError.notAFile(path: pipe)) { try DatasetOpening.open(paths: [pipe], options: options) }
    #expect(throws: IntakeError.nothingGiven) { try DatasetOpening.open(paths: [], options: options) }
    #expect(throws: IntakeError.notAFile(path: "/dev/null")) {
      try DatasetOpening.open(paths: ["/dev/null"], options: options)
    }
  }

  @Test func standardInputIsKeptUntilItsEnd() throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    let text = Array("title,price\na,5\n".utf8)
    #expect(text.withUnsafeBytes { write(ends[1], $0.baseAddress, $0.count) } == text.count)
    close(ends[1])
    let file = try StandardInput.spooled(from: ends[0])
    close(ends[0])
    #expect(lseek(file, 0, SEEK_END) == off_t(text.count))
    close(file)
  }

  @Test func everyProblemSaysWhereAndWhatIsUnharmed() {
    let problem = IntakeProblem(
      file: "week47.csv", line: 812, row: 810, field: .price, what: .priceUnreadable(.noAmount), excerpt: "ask")
    #expect(
      problem.description
        == "week47.csv, line 812: no amount in the price (it names none, and no word that says why); the listing is kept, "
        + "its price is shown as it stands: ask")
  }
}
