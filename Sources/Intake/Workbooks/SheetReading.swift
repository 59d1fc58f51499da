import Glibc

/// A row of a sheet: its cells with content, from left to right.
struct SheetRow {
  /// The row number in the sheet, from 1.
  var number = 0
  /// The cells, with the range of their text in `bytes`.
  var cells: [(column: Int, text: Range<Int>, style: Int)] = []
  /// The texts of all cells in sequence.
  var bytes: [UInt8] = []
  /// The addresses in link formulas, by column.
  var links: [Int: String] = [:]

  var isBlank: Bool { bytes.allSatisfy { $0 <= .blank } }
  /// How many columns it has, up to its last cell.
  var width: Int { (cells.last?.column ?? -1) + 1 }

  /// Empties the row and keeps its memory.
  mutating func clear() {
    cells.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    if !links.isEmpty { links = [:] }
  }

  /// Appends a cell out of order; call `order` afterwards.
  mutating func append(_ text: [UInt8], at column: Int) {
    cells.append((column, bytes.count..<bytes.count + text.count, 0))
    bytes += text
  }

  /// Sorts the cells by column. Cells may come in any order and more than once; the last one counts.
  ///
  /// Cost:   one comparison per cell where they are in order.
  mutating func order() {
    var isOrdered = true
    for index in cells.indices.dropFirst() where cells[index - 1].column >= cells[index].column { isOrdered = false }
    if isOrdered { return }
    var last: [Int: (Range<Int>, Int)] = [:]
    for cell in cells { last[cell.column] = (cell.text, cell.style) }
    cells = last.sorted { $0.key < $1.key }.map { ($0.key, $0.value.0, $0.value.1) }
  }

  /// The texts by column, for the few rows that may be headers.
  var texts: [String] {
    var texts = Array(repeating: "", count: width)
    for cell in cells { texts[cell.column] = String(decoding: bytes[cell.text], as: UTF8.self) }
    return texts
  }

  /// The styles by column.
  var styles: [Int] {
    var styles = Array(repeating: 0, count: width)
    for cell in cells { styles[cell.column] = cell.style }
    return styles
  }
}

/// What other parts of a workbook contribute to the cells of its sheets: shared texts, formats, the calendar.
struct SheetSurroundings {
  /// Texts that several cells share.
  var texts = SharedTextsReading()
  /// The meaning of numbers, by style.
  var shapes: [NumberShape] = []
  /// Which of Excel's two calendars applies.
  var countsFrom1904 = false
}

/// Reads `xl/worksheets/sheet1.xml` and passes on the rows that are not blank.
///
/// Shape:  rows and cells are where they say, or else after the preceding one. A formula counts with the value it had when
///         the workbook was saved. Merged cells have their value in the first one.
/// Cost:   holds one row, and the positions of links and merged cells, which come after the rows.
/// Source: ECMA-376 part 1, 18.3.
final class SheetReading: PartReading {
  private let around: SheetSurroundings
  private let takeRow: (SheetReading, SheetRow) -> Void
  /// What the rows do not show.
  private(set) var notes = TableNotes()
  /// The last row, as declared at the beginning of the sheet.
  private(set) var declaredLastRow: Int?
  /// The number of the last row read.
  private(set) var lastRow = 0
  /// How many rows stay in view when the sheet is scrolled.
  private(set) var frozenRows = 0
  /// The merged cells, known after the rows.
  private(set) var merges = SheetMerges()
  /// The links of cells, by the relations of the sheet that hold their addresses.
  private(set) var links: [(range: CellRange, relation: String, fragment: String)] = []
  /// Columns with formulas that link to an address.
  private(set) var linkedColumns: Set<Int> = []

  // The row and cell being read.
  private var row = SheetRow()
  private var column = -1
  private var kind = Kind.number
  private var style = 0
  private var hasFormula = false
  private var hasValue = false
  private var isInPhonetic = false
  private var isInText = false
  private var isInFormula = false
  private var isPastRows = false
  private var hasLostLinks = false
  private var formula: [UInt8] = []
  /// The text of the cell as stored in the part.
  private var written: [UInt8] = []

  /// The type of a cell's value.
  private enum Kind { case number, shared, text, boolean, error }

  /// - Parameter takeRow: receives each row once it is complete.
  init(around: SheetSurroundings, takeRow: @escaping (SheetReading, SheetRow) -> Void) {
    self.around = around
    self.takeRow = takeRow
  }

  /// An address and the formula around it have a few thousand characters at most.
  private static let maximumFormulaLength = 1 << 14

  override func begin(_ name: ElementName, _ attributes: ElementAttributes) {
    if isPastRows { return beginPastRows(name, attributes) }
    switch name {
    case "c": beginCell(attributes)
    case "v":
      isInText = true
      hasValue = true
    case "t":
      isInText = !isInPhonetic
      hasValue = true
    case "f":
      hasFormula = true
      isInFormula = true
    case "row": beginRow(attributes)
    case "pane": if attributes.text("state")?.hasPrefix("frozen") == true { readPane(attributes) }
    case "rPh": isInPhonetic = true
    case "dimension": if let corner = attributes.text("ref") { readDimension(corner) }
    default: break
    }
  }

  /// Reads what follows the rows, in the order that the standard requires: merged cells, then links.
  ///
  /// Source: ECMA-376 part 1, 18.3.1.99 (CT_Worksheet) gives the order.
  private func beginPastRows(_ name: ElementName, _ attributes: ElementAttributes) {
    guard let range = attributes.text("ref").flatMap({ CellRange($0) }) else { return }
    switch name {
    case "mergeCell": merges.add(range)
    case "hyperlink":
      // Without a relation, the link leads to a cell of the workbook itself.
      guard let relation = attributes.text("id") else { return }
      guard links.count < SheetLinks.maximumCount else { return noteLinksLost() }
      links.append((range, relation, attributes.text("location").map { "#" + $0 } ?? ""))
    default: break
    }
  }

  /// Reads how many rows stay in view.
  private func readPane(_ attributes: ElementAttributes) {
    frozenRows = attributes.text("ySplit").flatMap { Double($0) }.map { Int(max(0, min($0, 1000))) } ?? 0
  }

  override func end(_ name: ElementName) {
    switch name {
    case "v", "t": isInText = false
    case "f": isInFormula = false
    case "c": endCell()
    case "row": endRow()
    case "rPh": isInPhonetic = false
    case "sheetData": isPastRows = true
    default: break
    }
  }

  override func text(_ bytes: UnsafeRawBufferPointer) {
    if isInText { written.append(contentsOf: bytes) }
    if isInFormula, formula.count < Self.maximumFormulaLength { formula.append(contentsOf: bytes) }
  }

  /// Reads the declared size of the sheet.
  private func readDimension(_ reference: String) {
    guard let corner = reference.split(separator: ":").last.map(String.init) else { return }
    declaredLastRow = CellReference(corner)?.row
  }

  /// Notes that the sheet is damaged after the last row, or after all rows.
  func noteBreak() {
    if isPastRows { return noteLinksLost() }
    notes.add(.breaksOff, row: lastRow == 0 ? nil : lastRow)
  }

  /// Notes, once, that some links are unknown.
  func noteLinksLost() {
    if !hasLostLinks { notes.add(.linksLost, row: nil) }
    hasLostLinks = true
  }

  // MARK: Rows

  /// Starts a row at its number, or after the last one.
  private func beginRow(_ attributes: ElementAttributes) {
    row.clear()
    column = -1
    let number = attributes.number("r") ?? lastRow + 1
    row.number = (1...CellReference.maximumRows).contains(number) ? number : lastRow + 1
    lastRow = row.number
  }

  private func endRow() {
    guard !row.isBlank else { return }
    row.order()
    takeRow(self, row)
  }

  // MARK: Cells

  /// Starts a cell at its position, or after the last one.
  ///
  /// Fails:  with a note where the position is outside a sheet; the cell then follows the last one.
  private func beginCell(_ attributes: ElementAttributes) {
    written.removeAll(keepingCapacity: true)
    formula.removeAll(keepingCapacity: true)
    isInFormula = false
    kind = .number
    style = 0
    (hasFormula, hasValue, isInPhonetic) = (false, false, false)
    var isMisplaced = false
    column += 1
    var index = 0
    while let name = attributes.pair(index) {
      switch name.name {
      case "r":
        if let found = CellReference(name.value) { column = found.column } else { isMisplaced = true }
      case "s": style = Int(atol(name.value))
      case "t": kind = Self.kind(name.value)
      default: break
      }
      index += 1
    }
    if isMisplaced || column >= CellReference.maximumColumns {
      column = min(column, CellReference.maximumColumns - 1)
      notes.add(.misplacedCell, row: row.number, column: column)
    }
  }

  /// The type in the attribute `t` of a cell.
  private static func kind(_ value: UnsafePointer<CChar>) -> Kind {
    switch UInt8(bitPattern: value.pointee) {
    case UInt8(ascii: "s"): value[1] == 0 ? .shared : .text  // s, str
    case UInt8(ascii: "i"), UInt8(ascii: "d"): .text  // inlineStr, d
    case UInt8(ascii: "b"): .boolean
    case UInt8(ascii: "e"): .error
    default: .number
    }
  }

  /// Appends the value of the cell to its row, or notes why there is none.
  ///
  /// Shape:  errors and formulas without a value leave the cell empty, with a note.
  private func endCell() {
    if !formula.isEmpty { readLink() }
    guard hasValue, !written.isEmpty else {
      if hasFormula, !hasValue { notes.add(.formulaWithoutValue, row: row.number, column: column) }
      return
    }
    let start = row.bytes.count
    switch kind {
    case .number: appendNumber()
    case .text:
      EscapedText.unescape(&written, from: 0)
      row.bytes.append(contentsOf: written)
    case .shared: appendShared()
    case .boolean:
      let isTrue = written.first == UInt8(ascii: "1") || written.first == UInt8(ascii: "t")
      row.bytes.append(contentsOf: (isTrue ? "TRUE" : "FALSE").utf8)
    case .error:
      written.withUnsafeBytes { notes.add(.errorValue, row: row.number, column: column, excerpt: $0) }
    }
    if row.bytes.count > start { row.cells.append((column, start..<row.bytes.count, style)) }
  }

  /// Takes the link out of the formula of the cell.
  ///
  /// Shape:  a computed address is noted, and the text that is shown stays.
  private func readLink() {
    switch SheetLinks.ofFormula(formula) {
    case .address(let address):
      row.links[column] = address
      linkedColumns.insert(column)
    case .calculated:
      formula.withUnsafeBytes { notes.add(.calculatedLink, row: row.number, column: column, excerpt: $0) }
    case nil: break
    }
  }

  /// Appends a text that several cells may share.
  private func appendShared() {
    let index = Int(String(decoding: written, as: UTF8.self).trimmingBlanks)
    guard let index, around.texts.append(index, to: &row.bytes) else {
      written.withUnsafeBytes { notes.add(.missingSharedText, row: row.number, column: column, excerpt: $0) }
      return
    }
  }

  /// Appends a number in the way that its format shows it.
  ///
  /// Shape:  money with its currency, dates in ISO 8601; a number that is no date is kept, with a note.
  private func appendNumber() {
    switch around.shapes.indices.contains(style) ? around.shapes[style] : .number {
    case .number: break
    case .amount(let format): row.bytes.append(contentsOf: (format.prefix + " ").utf8)
    case .time, .elapsed:
      guard let value = Double(String(decoding: written, as: UTF8.self).trimmingBlanks) else { break }
      if let text = SheetTime.text(value, shape: around.shapes[style], countsFrom1904: around.countsFrom1904) {
        row.bytes.append(contentsOf: text.utf8)
        return
      }
      written.withUnsafeBytes { notes.add(.noSuchDay, row: row.number, column: column, excerpt: $0) }
    }
    written.withUnsafeBytes { SheetNumber.append($0, to: &row.bytes) }
  }
}

extension String {
  fileprivate var trimmingBlanks: Substring {
    guard let first = utf8.firstIndex(where: { $0 > .blank }), let last = utf8.lastIndex(where: { $0 > .blank }) else {
      return ""
    }
    return self[first...last]
  }
}
