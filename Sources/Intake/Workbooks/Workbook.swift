/// An Excel workbook (`.xlsx`, `.xlsm`): the sheets in it, and each of them as CSV.
///
/// Shape:  a sheet's header is looked for among its first rows (`HeaderSearch`); what stands above it is left out and
///         told. Rows and cells that are empty are left out, and each record keeps its row's number.
///         Links and merged cells stand behind the rows: a sheet that has some is read twice.
/// Cost:   shared texts are kept in memory; sheets are unpacked and read as they stream.
/// Fails:  where the archive, or a part that all sheets need, cannot be read. A sheet that breaks off keeps its rows.
/// Source: ECMA-376 part 1, Transitional and Strict.
final class Workbook: TableFile {
  let tables: [HeldTable]
  private let archive: WorkbookArchive
  private let around: SheetSurroundings
  private let headers: HeaderSearch
  private let sheets: [Sheet]

  private struct Sheet {
    let part: String
    var head: SheetHead?
  }

  /// Whether these parts are those of an Excel workbook.
  static func isWorkbook(_ names: [String]) -> Bool {
    names.contains { $0.lowercased() == "xl/workbook.xml" || $0.lowercased() == "xl/workbook.bin" }
  }

  init(
    bytes: UnsafeRawBufferPointer, headers: HeaderSearch, isCancelled: () -> Bool = { false }
  ) throws(TableFault) {
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
    // Charts and dialogs are sheets too, without cells.
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
        tellsListings: headers.tellListings(head?.names ?? []))
    }
  }

  /// A sheet without a header that has as many columns as the one before it goes on with its listings.
  private static func continued(_ sheets: [Sheet], _ names: [String]) -> [Sheet] {
    var sheets = sheets
    var source: (head: SheetHead, name: String)?
    for place in sheets.indices {
      guard let head = sheets[place].head else { continue }
      if head.hasHeader {
        source = head.hasKnownColumn ? (head, names[place]) : nil
      } else if let source, source.head.names.count == head.width, head.width > 2 {
        sheets[place].head = head.named(source.head.names, as: source.name)
      }
    }
    return sheets
  }

  private static func surroundings(
    _ archive: WorkbookArchive, _ relations: RelationsReading, _ countsFrom1904: Bool, _ currencies: Currencies,
    _ isCancelled: () -> Bool
  ) throws(TableFault) -> SheetSurroundings {
    var around = SheetSurroundings(countsFrom1904: countsFrom1904)
    let styles = StylesReading()
    if let part = relations.styles, try archive.read(part, into: styles, isCancelled: isCancelled) {
      around.shapes = styles.shapes(currencies)
    }
    // A workbook whose cells hold their own texts has none to share.
    if let part = relations.sharedTexts {
      _ = try archive.read(part, into: around.texts, isCancelled: isCancelled)
    }
    return around
  }

  func convert(_ index: Int, into text: CSVText, isCancelled: () -> Bool) throws(TableFault) -> TableConversion {
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

  private typealias Pass = (reading: SheetReading, writing: SheetWriting)

  private func pass(
    over part: String, _ head: SheetHead, _ overlay: SheetOverlay?, into text: CSVText, _ isCancelled: () -> Bool
  ) throws(TableFault) -> Pass {
    let writing = SheetWriting(head: head, overlay: overlay, text: text)
    let reading = SheetReading(around: around) { reading, row in
      writing.take(row)
      if let fault = text.fault { reading.fault = fault }
    }
    do throws(TableFault) {
      _ = try archive.read(part, into: reading, isCancelled: isCancelled)
    } catch .damaged {
      reading.noteBreak()
    }
    return (reading, writing)
  }

  private func conversion(_ head: SheetHead, _ pass: Pass, into text: CSVText) throws(TableFault) -> TableConversion {
    var conversion = TableConversion()
    if let last = head.lastTitleRow { conversion.notes.add(.titleRows(through: last), row: nil) }
    conversion.hasHeader = head.hasHeader
    conversion.headerBasis = head.why
    conversion.numbering = pass.writing.numbering
    conversion.notes.add(pass.reading.notes)
    let survey = pass.writing.survey
    if survey.filledCells > 0 {
      let columns = survey.filledColumns.sorted().map(CellPlace.letters).joined(separator: ", ")
      conversion.notes.add(.mergedOverRows(cells: survey.filledCells, columns: columns), row: nil)
    }
    try text.finish()
    return conversion
  }

  private func links(
    of part: String, _ reading: SheetReading, below row: Int, width: Int, _ isCancelled: () -> Bool
  ) throws(TableFault) -> SheetLinks {
    var links = SheetLinks()
    for column in reading.linkedColumns { links.expect(in: column, width: width) }
    guard !reading.links.isEmpty else { return links }
    let targets = LinkTargetsReading()
    do throws(TableFault) {
      _ = try archive.read(LinkTargetsReading.part(of: part), into: targets, isCancelled: isCancelled)
    } catch .damaged { reading.noteLinksLost() }
    for link in reading.links {
      guard let address = targets.targets[link.relation] else { continue }
      if !links.add(address + link.fragment, at: link.range, below: row, width: width) { reading.noteLinksLost() }
    }
    return links
  }
}
