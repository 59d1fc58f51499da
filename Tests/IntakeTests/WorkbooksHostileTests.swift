@testable import Intake
import ListingsTestSupport
import Testing

/// Workbooks that are broken, or made to do harm.
@Suite struct WorkbooksHostileTests {
  private static let rows = [["title", "price"], ["a", "5"], ["b", "6"], ["c", "7"]]

  private func fault(_ bytes: [UInt8]) -> TableError? {
    do throws(TableError) {
      _ = try Workbook.told(bytes)
      return nil
    } catch { return error }
  }

  @Test func entitiesAreRefused() {
    var book = InventedWorkbook(rows: Self.rows)
    book.parts[2].text = """
      <!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>\
      <worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>
      """
    #expect(fault(book.bytes) == .documentType(part: "xl/worksheets/sheet1.xml"))
    book.parts[0].text = "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">" + "<workbook/>"
    #expect(fault(book.bytes) == .documentType(part: "xl/workbook.xml"))
  }

  @Test func whatUnpacksToTooMuchIsRefused() {
    var book = InventedWorkbook(rows: Self.rows)
    let zeros = [UInt8](repeating: UInt8(ascii: " "), count: 300 << 20)
    let parts = book.parts.map { ($0.name, Array($0.text.utf8)) }
    // Blanks between rows are honest XML; only their number is not.
    let bomb = Array("<worksheet><sheetData>".utf8) + zeros
    #expect(fault(InventedWorkbook.pack([parts[0], parts[1], (parts[2].0, bomb)])) == .tooLarge(limit: 256 << 20))
    // A tag that does not end is looked at again with every piece.
    book.parts[2].text = "<worksheet><row a=\"" + String(repeating: "x", count: 8 << 20)
    #expect(fault(book.bytes) == .damaged(part: "xl/worksheets/sheet1.xml"))
    book.parts[2].text = String(repeating: "<a>", count: 100_000)
    #expect(fault(book.bytes) == .damaged(part: "xl/worksheets/sheet1.xml"))
  }

  @Test func oneLongTextInEveryCellIsStoppedAtTheLimit() throws {
    let shared = "<si><t>title</t></si><si><t>\(String(repeating: "x", count: 10_000))</t></si>"
    let rows =
      "<row><c t=\"s\"><v>0</v></c></row>" + String(repeating: "<row><c t=\"s\"><v>1</v></c></row>", count: 1000)
    try InventedWorkbook([("S", rows)], shared: shared).bytes.withUnsafeBytes { bytes in
      let book = try Workbook(bytes: bytes, headers: .invented())
      #expect(throws: TableError.tooLarge(limit: 1 << 20)) { try book.told(limit: 1 << 20) }
      #expect(try book.told(limit: 1 << 24).records.count == 1001)
    }
  }

  @Test func aSheetThatBreaksOffKeepsItsRows() throws {
    var book = InventedWorkbook(rows: Self.rows)
    let text = book.parts[2].text
    book.parts[2].text = String(text[..<text.firstRange(of: "<row r=\"4\">")!.lowerBound])
    let told = try Workbook.told(book)
    #expect(told.records == [["title", "price"], ["a", "5"], ["b", "6"]])
    #expect(told.notes == [TableNote(row: 3, what: .breaksOff)])
  }

  @Test func aWorkbookWithoutItsPartsIsDamaged() {
    let book = InventedWorkbook(rows: Self.rows)
    #expect(fault(Array(book.bytes.dropLast(40))) == .damaged(part: "the archive"))
    #expect(fault([]) == .damaged(part: "the archive"))
    for (index, part) in book.parts.enumerated() {
      var less = book
      less.parts.remove(at: index)
      #expect(fault(less.bytes) == .damaged(part: part.name))
    }
    #expect(fault(InventedWorkbook.pack([("xl/workbook.bin", [1])])) == .binaryWorkbook)
  }

  @Test func placesOutsideAnySheetAreTakenAsTheNext() throws {
    let rows = """
      <row r="1"><c r="A1" t="str"><v>title</v></c><c r="ZZZZ1" t="str"><v>price</v></c></row>\
      <row r="99999999999"><c r="" t="str"><v>a</v></c><c r="B0"><v>1</v></c></row>
      """
    let told = try Workbook.told(InventedWorkbook([("S", rows)]))
    #expect(told.records == [["title", "price"], ["a", "1"]])
    #expect(told.numbers == [2])
    #expect(told.notes.map(\.what) == [.misplacedCell, .misplacedCell, .misplacedCell])
  }

  @Test func changedPartsAreToldSoundlyOrRefused() {
    let styles = "<cellXfs><xf numFmtId=\"14\"/><xf numFmtId=\"165\"/></cellXfs>"
    let sheet = """
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><v>price</v></c></row>\
      <row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2" s="1"><v>1.5E3</v></c><c r="C2" t="e"><v>#N/A</v></c></row>\
      <row r="3"><c r="A3" t="inlineStr"><is><t>x_x000D_</t></is></c><c r="B3" s="0"><v>45981.5</v></c></row>
      """
    let book = InventedWorkbook(
      [("S", sheet)], shared: "<si><t>title</t></si><si><r><t>a</t></r><rPh><t>b</t></rPh></si>", styles: styles)
    let parts = book.parts.map { (name: $0.name, bytes: Array($0.text.utf8)) }
    let letters = Array("<>/\"=&0919ABZrstcv _x".utf8)
    var random = Dice(seed: 11)
    var (told, refused) = (0, 0)
    func open(_ bytes: [UInt8], _ label: String) {
      do throws(TableError) {
        for table in try Workbook.told(bytes) { #expect(table.isSound, "\(label): \(table)") }
        told += 1
      } catch {
        refused += 1
      }
    }
    for number in 0..<Trials.count(250) {
      var changed = parts
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let part = Int.random(in: 0..<changed.count, using: &random)
        guard !changed[part].bytes.isEmpty else { continue }
        let place = Int.random(in: 0..<changed[part].bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: changed[part].bytes[place] = letters.randomElement(using: &random)!
        case 1: changed[part].bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: changed[part].bytes.removeSubrange(place..<min(place + 20, changed[part].bytes.count))
        default: changed[part].bytes.insert(contentsOf: changed[part].bytes[place...].prefix(30), at: place)
        }
      }
      open(InventedWorkbook.pack(changed), "part \(number)")
    }
    #expect(told > 0 && refused > 0)
    // The archive itself.
    (told, refused) = (0, 0)
    let whole = book.bytes
    for number in 0..<Trials.count(250) {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random)) }
      open(bytes, "archive \(number)")
    }
    #expect(told > 0 && refused > 0)
  }

  @Test func whatIsWrittenIsReadAgainWhateverIsInIt() throws {
    let letters = Array("ab\",\n\r;= \t'象😀=+-@&<_x0041_")
    var random = Dice(seed: 5)
    for _ in 0..<200 {
      var rows: [[String?]] = [["title", "price", "seller"]]
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        rows.append(
          (0..<3).map { _ in
            // A carriage return in XML text is a line feed; blank texts are no cells of a row.
            let text = String(
              (0..<Int.random(in: 0...6, using: &random)).map { _ in letters.randomElement(using: &random)! })
            return text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
          })
        rows[rows.count - 1][0]! += "x"
      }
      let told = try Workbook.told(InventedWorkbook(rows: rows))
      #expect(told.records == rows.map { $0.map { ($0 ?? "").replacing("_x0041_", with: "A") } })
    }
  }
}
