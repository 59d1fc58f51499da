/// An Excel workbook (`.xlsx`, `.xlsm`): its sheets, each of which can be written out as CSV.
///
/// Shape:  the header of a sheet is searched for among its first rows (`HeaderSearch`). What is above it is left out, with
///         a note. Empty rows and cells are left out, and each record keeps the number of its row.
/// Cost:   shared texts are held in memory; sheets are parsed while being unpacked. A sheet with links or merged cells is
///         read twice, because they follow its rows.
/// Fails:  where the archive cannot be read, or a part that all sheets need. A sheet that breaks off keeps its rows.
/// Source: ECMA-376 part 1, Transitional and Strict.
final class Workbook: TableFile {
  let tables: [HeldTable]
  private let archive: WorkbookArchive
  private let around: SheetSurroundings
  private let headers: HeaderSearch
  private let sheets: [Sheet]

  /// A sheet by its part, with what its first rows say.
  private struct Sheet {
    let part: String
    var head: SheetHead?
  }

  /// Whether an archive with these parts is an Excel workbook.
  static func isWorkbook(_ names: [String]) -> Bool {
    names.contains { $0.lowercased() == "xl/workbook.xml" || $0.lowercased() == "xl/workbook.bin" }
  }

  /// Reads the list of sheets and the first rows of each.
  ///
  /// Cost:   one pass over the first rows of each sheet, and over shared texts and styles.
  /// Fails:  where a part is missing or malformed, and for binary workbooks.
  init(
    bytes: UnsafeRawBufferPointer, headers: HeaderSearch, isCancelled: () -> Bool = { false }
  ) throws(TableError) {
    archive = WorkbookArchive(bytes: bytes)
    self.headers = headers
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
    around = try Self.surroundings(
      archive, relations, names.countsFrom1904, headers.mapping.currencies, isCancelled)
    // Charts and dialogs are sheets too, but without cells.
    let named = names.sheets.compactMap { sheet in relations.targets[sheet.relation].map { (sheet, $0) } }
    var sheets: [Sheet] = []
    for (_, part) in named {
      let first = try FirstRows(part, of: archive, around, isCancelled: isCancelled)
      sheets.append(Sheet(part: part, head: SheetHead(first, headers)))
    }
    self.sheets = Self.continued(sheets, named.map(\.0.name))
    tables = zip(named, self.sheets).map { named, sheet in
      let head = sheet.head
      let columns = head.map { $0.hasHeader ? $0.names : (0..<$0.width).map { "column\($0 + 1)" } }
      return HeldTable(
        name: named.0.name, columns: columns ?? [], rowCount: head?.rowCount, hasRows: head?.hasRows ?? false,
        isHidden: named.0.isHidden, hasKnownColumn: head?.hasKnownColumn ?? false,
        suggestsListings: headers.suggestListings(head?.names ?? []))
    }
  }

  /// Lets a sheet without a header continue the one before it, if it has as many columns.
  ///
  /// Limits: three columns or more, below a header with a known name.
  private static func continued(_ sheets: [Sheet], _ names: [String]) -> [Sheet] {
    var sheets = sheets
    var source: (head: SheetHead, name: String)?
    for index in sheets.indices {
      guard let head = sheets[index].head else { continue }
      if head.hasHeader {
        source = head.hasKnownColumn ? (head, names[index]) : nil
      } else if let source, source.head.names.count == head.width, head.width > 2 {
        sheets[index].head = head.named(source.head.names, as: source.name)
      }
    }
    return sheets
  }

  /// Reads the formats and shared texts.
  private static func surroundings(
    _ archive: WorkbookArchive, _ relations: RelationsReading, _ countsFrom1904: Bool, _ currencies: Currencies,
    _ isCancelled: () -> Bool
  ) throws(TableError) -> SheetSurroundings {
    var around = SheetSurroundings(countsFrom1904: countsFrom1904)
    let styles = StylesReading()
    if let part = relations.styles, try archive.read(part, into: styles, isCancelled: isCancelled) {
      around.shapes = styles.shapes(currencies)
    }
    // A workbook whose cells contain their own texts has none to share.
    if let part = relations.sharedTexts {
      _ = try archive.read(part, into: around.texts, isCancelled: isCancelled)
    }
    return around
  }

  /// Writes a sheet: once as it is, and again where links or merged cells were found after its rows.
  ///
  /// Cost:   twice that of reading the sheet, in the second case.
  func convert(_ index: Int, into text: CSVText, isCancelled: () -> Bool) throws(TableError) -> TableConversion {
    guard let head = sheets[index].head else { return TableConversion() }
    let part = sheets[index].part
    let plain = try pass(over: part, head, nil, into: text, isCancelled)
    let merges = plain.reading.merges
    let whole = merges.isEmpty || !head.hasHeader ? head : head.with(merges, headers)
    let width = max(whole.width, plain.writing.survey.width)
    let links = try links(of: part, plain.reading, below: whole.lastHeadRow, width: width, isCancelled)
    guard
      let overlay = SheetOverlay(whole, plain.writing.survey, links, merges, mapping: headers.mapping)
    else { return try conversion(whole, plain, into: text) }
    try text.restart()
    let full = try pass(over: part, whole, overlay, into: text, isCancelled)
    var conversion = try conversion(whole, full, into: text)
    conversion.sentences += overlay.sentences
    return conversion
  }

  /// One reading of a sheet, and what was written from it.
  private typealias Pass = (reading: SheetReading, writing: SheetWriting)

  /// Reads a sheet and writes its rows. Damage ends it with a note.
  ///
  /// Fails:  where the text has grown too large, or the disk is full.
  private func pass(
    over part: String, _ head: SheetHead, _ overlay: SheetOverlay?, into text: CSVText, _ isCancelled: () -> Bool
  ) throws(TableError) -> Pass {
    let writing = SheetWriting(head: head, overlay: overlay, text: text)
    let reading = SheetReading(around: around) { reading, row in
      writing.take(row)
      if let error = text.error { reading.error = error }
    }
    do throws(TableError) {
      _ = try archive.read(part, into: reading, isCancelled: isCancelled)
    } catch .damaged {
      reading.noteBreak()
    }
    return (reading, writing)
  }

  /// Sums up what the last pass wrote.
  private func conversion(_ head: SheetHead, _ pass: Pass, into text: CSVText) throws(TableError) -> TableConversion {
    var conversion = TableConversion()
    if let last = head.lastTitleRow { conversion.notes.add(.titleRows(through: last), row: nil) }
    conversion.hasHeader = head.hasHeader
    conversion.headerBasis = head.why
    conversion.numbering = pass.writing.numbering
    conversion.notes.add(pass.reading.notes)
    let survey = pass.writing.survey
    if survey.filledCells > 0 {
      let columns = survey.filledColumns.sorted().map(CellReference.letters).joined(separator: ", ")
      conversion.notes.add(.mergedOverRows(cells: survey.filledCells, columns: columns), row: nil)
    }
    try text.finish()
    return conversion
  }

  /// The links of a sheet, with the addresses from its relations.
  ///
  /// Fails:  never for damage, which is noted.
  private func links(
    of part: String, _ reading: SheetReading, below row: Int, width: Int, _ isCancelled: () -> Bool
  ) throws(TableError) -> SheetLinks {
    var links = SheetLinks()
    for column in reading.linkedColumns { links.expect(in: column, width: width) }
    guard !reading.links.isEmpty else { return links }
    let targets = LinkTargetsReading()
    do throws(TableError) {
      _ = try archive.read(LinkTargetsReading.part(of: part), into: targets, isCancelled: isCancelled)
    } catch .damaged { reading.noteLinksLost() }
    for link in reading.links {
      guard let address = targets.targets[link.relation] else { continue }
      if !links.add(address + link.fragment, at: link.range, below: row, width: width) { reading.noteLinksLost() }
    }
    return links
  }
}
