/// An Excel workbook (`.xlsx`, `.xlsm`): the sheets in it, and each of them as CSV.
///
/// Shape:  a sheet's header is looked for among its first rows (`HeaderSearch`); what stands above it is left out and
///         told. Rows and cells that are empty are left out, and each record keeps its row's number.
/// Cost:   shared texts are kept in memory; sheets are unpacked and read as they stream.
/// Fails:  where the archive, or a part that all sheets need, cannot be read. A sheet that breaks off keeps its rows.
/// Source: ECMA-376 part 1, Transitional and Strict.
final class Workbook: TableFile {
  let tables: [HeldTable]
  private let archive: WorkbookArchive
  private let around: SheetSurroundings
  private let sheets: [Sheet]

  private struct Sheet {
    let part: String
    let head: SheetHead?
  }

  /// Whether these parts are those of an Excel workbook.
  static func isWorkbook(_ names: [String]) -> Bool {
    names.contains { $0.lowercased() == "xl/workbook.xml" || $0.lowercased() == "xl/workbook.bin" }
  }

  init(
    bytes: UnsafeRawBufferPointer, headers: HeaderSearch, isCancelled: () -> Bool = { false }
  ) throws(TableFault) {
    archive = WorkbookArchive(bytes: bytes)
    let names = SheetNamesReading()
    guard try archive.read("xl/workbook.xml", into: names, isCancelled: isCancelled) else {
      let parts = WorkbookArchive.names(in: bytes) ?? []
      throw parts.contains("xl/workbook.bin") ? .binaryWorkbook : .damaged(part: "xl/workbook.xml")
    }
    let relations = RelationsReading()
    let relationsPart = "xl/_rels/workbook.xml.rels"
    guard try archive.read(relationsPart, into: relations, isCancelled: isCancelled) else {
      throw .damaged(part: relationsPart)
    }
    around = try Self.surroundings(archive, relations, names.countsFrom1904, isCancelled)
    var sheets: [Sheet] = []
    var tables: [HeldTable] = []
    for sheet in names.sheets {
      // Charts and dialogs are sheets too, without cells.
      guard let part = relations.targets[sheet.relation] else { continue }
      let head = try SheetHead.read(part, of: archive, around, headers, isCancelled)
      sheets.append(Sheet(part: part, head: head))
      tables.append(
        HeldTable(
          name: sheet.name, columns: head?.columns ?? [], rowCount: head?.rowCount, hasRows: head?.hasRows ?? false,
          isHidden: sheet.isHidden, hasKnownColumn: head?.hasKnownColumn ?? false))
    }
    self.sheets = sheets
    self.tables = tables
  }

  private static func surroundings(
    _ archive: WorkbookArchive, _ relations: RelationsReading, _ countsFrom1904: Bool, _ isCancelled: () -> Bool
  ) throws(TableFault) -> SheetSurroundings {
    var around = SheetSurroundings(countsFrom1904: countsFrom1904)
    let styles = StylesReading()
    if let part = relations.styles, try archive.read(part, into: styles, isCancelled: isCancelled) {
      around.shapes = styles.shapes
    }
    // A workbook whose cells hold their own texts has none to share.
    if let part = relations.sharedTexts {
      _ = try archive.read(part, into: around.texts, isCancelled: isCancelled)
    }
    return around
  }

  func convert(_ index: Int, into text: CSVText, isCancelled: () -> Bool) throws(TableFault) -> TableConversion {
    var conversion = TableConversion()
    guard let head = sheets[index].head else { return conversion }
    if let last = head.lastTitleRow { conversion.notes.add(.titleRows(through: last), row: nil) }
    conversion.hasHeader = head.hasHeader
    let writing = SheetWriting(head: head, text: text)
    let reading = SheetReading(around: around) { reading, row in
      writing.take(row)
      if let fault = text.fault { reading.fault = fault }
    }
    do throws(TableFault) {
      _ = try archive.read(sheets[index].part, into: reading, isCancelled: isCancelled)
    } catch .damaged {
      reading.noteBreak()
    }
    conversion.numbering = writing.numbering
    conversion.notes.add(reading.notes)
    try text.finish()
    return conversion
  }
}

/// What the first rows of a sheet tell.
struct SheetHead {
  private(set) var columns: [String] = []
  private(set) var hasKnownColumn = false
  /// Whether the first of the rows written names the columns.
  private(set) var hasHeader = true
  /// Rows before the header that are not blank.
  private(set) var rowsAbove = 0
  private(set) var lastTitleRow: Int?
  private(set) var hasRows = false
  /// Rows below the header, as the sheet declares them.
  private(set) var rowCount: Int?

  /// nil: the sheet has no rows that are not blank.
  static func read(
    _ part: String, of archive: WorkbookArchive, _ around: SheetSurroundings, _ headers: HeaderSearch,
    _ isCancelled: () -> Bool
  ) throws(TableFault) -> SheetHead? {
    var rows: [(number: Int, texts: [String])] = []
    let reading = SheetReading(around: around) { reading, row in
      rows.append((row.number, row.texts))
      // One more than may stand above a header, so that it is known whether a row follows it.
      if rows.count > HeaderSearch.looked { reading.isDone = true }
    }
    do throws(TableFault) {
      guard try archive.read(part, into: reading, isCancelled: isCancelled) else { throw .damaged(part: part) }
    } catch .damaged where !rows.isEmpty {
      // The rows that are there are told; where it breaks off is told when they are written.
    }
    guard let header = headers.header(among: rows.prefix(HeaderSearch.looked).map(\.texts)) else { return nil }
    var head = SheetHead()
    head.columns = rows[header.place].texts
    head.hasKnownColumn = header.knownNames > 0
    head.hasHeader = header.namesColumns
    head.rowsAbove = header.place
    head.lastTitleRow = header.place > 0 ? rows[header.place - 1].number : nil
    let first = header.place + (header.namesColumns ? 1 : 0)
    head.hasRows = rows.count > first
    head.rowCount =
      rows.count <= HeaderSearch.looked
      ? rows.count - first : reading.declaredLastRow.map { max(0, $0 - rows[first].number + 1) }
    return head
  }
}

/// Writes the rows of a sheet as records, from its header on.
private final class SheetWriting {
  private(set) var numbering = RowNumbering()
  private let head: SheetHead
  private let text: CSVText
  private var rowsPassed = 0

  init(head: SheetHead, text: CSVText) {
    self.head = head
    self.text = text
  }

  func take(_ row: SheetRow) {
    rowsPassed += 1
    if rowsPassed <= head.rowsAbove { return }
    let width = max(head.columns.count, row.width)
    row.bytes.withUnsafeBytes { bytes in
      var column = 0
      for cell in row.cells {
        while column < cell.column {
          text.emptyCell()
          column += 1
        }
        text.cell(UnsafeRawBufferPointer(rebasing: bytes[cell.text]))
        column += 1
      }
      while column < width {
        text.emptyCell()
        column += 1
      }
    }
    text.endRecord()
    if rowsPassed > head.rowsAbove + 1 || !head.hasHeader { numbering.append(row.number) }
  }
}
