import Glibc

/// A row of a sheet: the cells that hold something, from left to right.
struct SheetRow {
  /// From 1, as the sheet numbers it.
  var number = 0
  var cells: [(column: Int, text: Range<Int>, style: Int)] = []
  /// The texts of all cells, one after the other.
  var bytes: [UInt8] = []
  /// The addresses that formulas link to, by column.
  var links: [Int: String] = [:]

  var isBlank: Bool { bytes.allSatisfy { $0 <= .blank } }
  var width: Int { (cells.last?.column ?? -1) + 1 }

  mutating func clear() {
    cells.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
    if !links.isEmpty { links = [:] }
  }

  /// Appends a cell; `order` puts it where it belongs.
  mutating func append(_ text: [UInt8], at column: Int) {
    cells.append((column, bytes.count..<bytes.count + text.count, 0))
    bytes += text
  }

  /// Cells may stand in any order, and twice: then the later one counts.
  mutating func order() {
    var isOrdered = true
    for place in cells.indices.dropFirst() where cells[place - 1].column >= cells[place].column { isOrdered = false }
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

  /// How the cells are formatted, by column.
  var styles: [Int] {
    var styles = Array(repeating: 0, count: width)
    for cell in cells { styles[cell.column] = cell.style }
    return styles
  }
}

/// What the other parts of a workbook tell about the cells of its sheets.
struct SheetSurroundings {
  var texts = SharedTextsReading()
  var shapes: [NumberShape] = []
  var countsFrom1904 = false
}

/// `xl/worksheets/sheet1.xml`: hands on the rows that are not blank, as they come.
///
/// Shape:  a row's and a cell's place is where it says, else after the one before. Formulas count by the value they had
///         when the workbook was saved; merged cells have theirs in the first.
/// Cost:   one row is kept, and the places of links and merged cells, which stand behind the rows.
/// Source: ECMA-376 part 1, 18.3.
final class SheetReading: PartReading {
  private let around: SheetSurroundings
  private let takeRow: (SheetReading, SheetRow) -> Void
  private(set) var notes = TableNotes()
  /// The last row of the sheet, as its beginning tells.
  private(set) var declaredLastRow: Int?
  private(set) var lastRow = 0
  /// How many rows stay where they are when the sheet is scrolled.
  private(set) var frozenRows = 0
  private(set) var merges = SheetMerges()
  /// Links of cells to what the sheet's relations tell.
  private(set) var links: [(range: CellRange, relation: String, fragment: String)] = []
  /// Columns with formulas that link to an address.
  private(set) var linkedColumns: Set<Int> = []

  private var row = SheetRow()
  private var column = -1
  private var kind = Kind.number
  private var style = 0
  private var hasFormula = false
  private var hasValue = false
  private var isInPhonetic = false
  private var isInText = false
  private var isInFormula = false
  private var isBehindRows = false
  private var hasLostLinks = false
  private var formula: [UInt8] = []
  /// The text of the cell as it stands in the part.
  private var written: [UInt8] = []

  private enum Kind { case number, shared, text, boolean, error }

  init(around: SheetSurroundings, takeRow: @escaping (SheetReading, SheetRow) -> Void) {
    self.around = around
    self.takeRow = takeRow
  }

  /// Addresses and formulas in front of them are no longer than a few thousand characters.
  private static let longestFormula = 1 << 14

  override func begin(_ name: ElementName, _ attributes: ElementAttributes) {
    if isBehindRows { return beginBehindRows(name, attributes) }
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

  /// The order of these elements is laid down: merged cells, then links.
  private func beginBehindRows(_ name: ElementName, _ attributes: ElementAttributes) {
    guard let range = attributes.text("ref").flatMap({ CellRange($0) }) else { return }
    switch name {
    case "mergeCell": merges.add(range)
    case "hyperlink":
      // Without a relation it leads to a place in the workbook.
      guard let relation = attributes.text("id") else { return }
      guard links.count < SheetLinks.most else { return noteLinksLost() }
      links.append((range, relation, attributes.text("location").map { "#" + $0 } ?? ""))
    default: break
    }
  }

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
    case "sheetData": isBehindRows = true
    default: break
    }
  }

  override func text(_ bytes: UnsafeRawBufferPointer) {
    if isInText { written.append(contentsOf: bytes) }
    if isInFormula, formula.count < Self.longestFormula { formula.append(contentsOf: bytes) }
  }

  private func readDimension(_ reference: String) {
    guard let corner = reference.split(separator: ":").last.map(String.init) else { return }
    declaredLastRow = CellPlace(corner)?.row
  }

  /// The sheet cannot be read beyond the last row.
  func noteBreak() {
    if isBehindRows { return noteLinksLost() }
    notes.add(.breaksOff, row: lastRow == 0 ? nil : lastRow)
  }

  /// Not all links can be told.
  func noteLinksLost() {
    if !hasLostLinks { notes.add(.linksLost, row: nil) }
    hasLostLinks = true
  }

  // MARK: Rows

  private func beginRow(_ attributes: ElementAttributes) {
    row.clear()
    column = -1
    let number = attributes.number("r") ?? lastRow + 1
    row.number = (1...CellPlace.mostRows).contains(number) ? number : lastRow + 1
    lastRow = row.number
  }

  private func endRow() {
    guard !row.isBlank else { return }
    row.order()
    takeRow(self, row)
  }

  // MARK: Cells

  private func beginCell(_ attributes: ElementAttributes) {
    written.removeAll(keepingCapacity: true)
    formula.removeAll(keepingCapacity: true)
    isInFormula = false
    kind = .number
    style = 0
    (hasFormula, hasValue, isInPhonetic) = (false, false, false)
    var isMisplaced = false
    column += 1
    var place = 0
    while let name = attributes.pair(place) {
      switch name.name {
      case "r":
        if let found = CellPlace(name.value) { column = found.column } else { isMisplaced = true }
      case "s": style = Int(atol(name.value))
      case "t": kind = Self.kind(name.value)
      default: break
      }
      place += 1
    }
    if isMisplaced || column >= CellPlace.mostColumns {
      column = min(column, CellPlace.mostColumns - 1)
      notes.add(.misplacedCell, row: row.number, column: column)
    }
  }

  private static func kind(_ value: UnsafePointer<CChar>) -> Kind {
    switch UInt8(bitPattern: value.pointee) {
    case UInt8(ascii: "s"): value[1] == 0 ? .shared : .text  // s, str
    case UInt8(ascii: "i"), UInt8(ascii: "d"): .text  // inlineStr, d
    case UInt8(ascii: "b"): .boolean
    case UInt8(ascii: "e"): .error
    default: .number
    }
  }

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

  private func appendShared() {
    let index = Int(String(decoding: written, as: UTF8.self).trimmingBlanks)
    guard let index, around.texts.append(index, to: &row.bytes) else {
      written.withUnsafeBytes { notes.add(.missingSharedText, row: row.number, column: column, excerpt: $0) }
      return
    }
  }

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
