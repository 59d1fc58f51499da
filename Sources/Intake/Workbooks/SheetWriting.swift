/// Writes the rows of a sheet as records, the header first and without the titles above it.
///
/// Shape:  the addresses of links get columns of their own after the others. In a column that is known to hold addresses,
///         the words that were shown move there instead. Cells merged over rows have their value in each of these rows.
/// Cost:   one copy per cell.
final class SheetWriting {
  /// The row that each record came from.
  private(set) var numbering = RowNumbering()
  /// What the rows say about the columns.
  private(set) var survey = SheetSurvey()
  private var rowsSeen = 0
  private let head: SheetHead
  private let overlay: SheetOverlay?
  private let text: CSVText
  /// Values of merged cells that continue below, by column.
  private var continuedCells: [Int: (lastRow: Int, text: [UInt8])] = [:]

  /// Writes the header, if there is one.
  init(head: SheetHead, overlay: SheetOverlay?, text: CSVText) {
    self.head = head
    self.overlay = overlay
    self.text = text
    guard head.hasHeader else { return }
    for name in overlay?.names ?? head.names { text.cell(name) }
    text.endRecord()
  }

  /// Writes one row, unless it belongs to the head.
  ///
  /// Shape:  as many cells as the widest of header, row and links.
  func take(_ row: SheetRow) {
    rowsSeen += 1
    guard rowsSeen > head.headRows else { return }
    var row = row
    if let overlay {
      fill(&row, overlay)
    } else {
      survey.add(row)
    }
    let width = max(overlay?.width ?? head.width, row.width)
    let linked = overlay?.cells(of: row) ?? [:]
    row.bytes.withUnsafeBytes { bytes in
      var column = 0
      for cell in row.cells {
        while column < cell.column {
          write(linked[column], else: nil)
          column += 1
        }
        write(linked[column], else: UnsafeRawBufferPointer(rebasing: bytes[cell.text]))
        column += 1
      }
      while column < width {
        write(linked[column], else: nil)
        column += 1
      }
    }
    for column in overlay?.added ?? [] { write(linked[column.index], else: nil) }
    text.endRecord()
    numbering.append(row.number)
  }

  /// Writes the link if there is one, or else the text.
  private func write(_ linked: [UInt8]?, else bytes: UnsafeRawBufferPointer?) {
    if let linked {
      linked.withUnsafeBytes { text.cell($0) }
    } else if let bytes {
      text.cell(bytes)
    } else {
      text.emptyCell()
    }
  }

  /// Fills cells merged over rows with the value of the first one.
  ///
  /// Shape:  a cell with its own text keeps it.
  private func fill(_ row: inout SheetRow, _ overlay: SheetOverlay) {
    if !continuedCells.isEmpty {
      continuedCells = continuedCells.filter { $0.value.lastRow >= row.number }
      let empty = continuedCells.filter { column, _ in !row.cells.contains { $0.column == column } }
      for (column, continued) in empty.sorted(by: { $0.key < $1.key }) {
        row.append(continued.text, at: column)
        survey.filledCells += 1
      }
      if !empty.isEmpty { row.order() }
    }
    for range in overlay.blocks[row.number] ?? [] {
      let column = range.columns.lowerBound
      guard let cell = row.cells.first(where: { $0.column == column }) else { continue }
      continuedCells[column] = (range.rows.upperBound, Array(row.bytes[cell.text]))
      survey.filledColumns.insert(column)
    }
  }
}

/// Statistics on the columns of a sheet, from a pass over its rows.
struct SheetSurvey {
  /// How many columns the widest row has.
  private(set) var width = 0
  /// How many cells have a text that is not an address, by column.
  private var words: [Int] = []
  /// How many empty cells got the value of a merged one.
  var filledCells = 0
  /// Columns in which they were.
  var filledColumns: Set<Int> = []

  /// Takes in one row.
  mutating func add(_ row: SheetRow) {
    if row.width > width {
      width = row.width
      words += Array(repeating: 0, count: width - words.count)
    }
    for cell in row.cells where !SheetLinks.isAddress(row.bytes[cell.text]) { words[cell.column] += 1 }
  }

  /// Whether a column shows something other than addresses, or has no text at all.
  func showsWords(_ column: Int) -> Bool { column >= words.count || words[column] > 0 }
}

/// What follows the rows of a sheet and applies to them: its links and merged cells.
struct SheetOverlay {
  /// A column after those of the sheet.
  struct Added {
    let index: Int
    let name: String
    /// The column whose links or words it holds.
    let source: Int
    let holdsWords: Bool
  }

  /// How many columns the sheet has, with those that only have links.
  private(set) var width: Int
  /// The names of all columns, with those that are added.
  private(set) var names: [String]
  /// The columns that are added for links, or for the words of links.
  private(set) var added: [Added] = []
  /// Cells merged over several rows, by their first row.
  private(set) var blocks: [Int: [CellRange]]
  private let links: SheetLinks

  /// Nil where the rows are complete by themselves.
  ///
  /// Shape:  a column of links is added only where the cells show words.
  init?(
    _ head: SheetHead, _ survey: SheetSurvey, _ links: SheetLinks, _ merges: SheetMerges, mapping: ColumnMapping
  ) {
    self.links = links
    width = max(head.width, survey.width)
    names = head.names
    blocks = merges.overRows(below: head.lastHeadRow)
    for column in links.columns.sorted() where survey.showsWords(column) {
      let field = column < head.names.count ? mapping.claim(of: head.names[column]).field : nil
      let holdsWords = field == .url || field == .sellerURL || field == .image
      let shown = column < head.names.count ? head.names[column] : ""
      let name = shown.isEmpty ? "" : "\(shown) \(holdsWords ? "text" : "link")"
      width = max(width, column + 1)
      added.append(Added(index: 0, name: name, source: column, holdsWords: holdsWords))
    }
    added = added.enumerated().map { number, column in
      Added(index: width + number, name: column.name, source: column.source, holdsWords: column.holdsWords)
    }
    if head.hasHeader {
      names += Array(repeating: "", count: width - names.count)
      names = JSONRowNames.unique(names + added.map(\.name))
    }
    if added.isEmpty, blocks.isEmpty, merges.isEmpty { return nil }
  }

  /// The cells of a row that differ from what the sheet shows, by column.
  ///
  /// Shape:  a link from a formula comes before one from the sheet's list.
  func cells(of row: SheetRow) -> [Int: [UInt8]] {
    var cells: [Int: [UInt8]] = [:]
    for column in added {
      let shown = row.cells.first { $0.column == column.source }.map { Array(row.bytes[$0.text]) } ?? []
      let isAddress = SheetLinks.isAddress(shown)
      let link = row.links[column.source] ?? links.address(row: row.number, column: column.source)
      let address = link.map { Array($0.utf8) } ?? []
      if !column.holdsWords {
        cells[column.index] = address.isEmpty && isAddress ? shown : address
      } else if !address.isEmpty, !isAddress {
        // A cell that shows an address keeps it, wherever its link leads.
        cells[column.source] = address
        cells[column.index] = shown
      }
    }
    return cells
  }

  /// For people: which column the addresses went to.
  var sentences: [String] {
    added.map { column in
      let source = column.source < names.count ? names[column.source] : CellReference.letters(column.source)
      let name = column.index < names.count ? names[column.index] : "column\(column.index + 1)"
      return column.holdsWords
        ? "“\(source)” holds the addresses of its links, and the words that are shown stand in “\(name)”"
        : "the addresses that “\(source)” links to stand in “\(name)”"
    }
  }
}

/// The links of a sheet's cells, where the address is not what the cell shows.
///
/// Cost:   a dictionary for links of single cells, and a list of blocks that is searched for every cell of its columns.
struct SheetLinks {
  /// The addresses of single cells, by position.
  private var single: [UInt64: String] = [:]
  /// The addresses of blocks of cells.
  private var blocks: [(range: CellRange, address: String)] = []
  /// The columns with any link.
  private(set) var columns: Set<Int> = []

  /// Excel allows 65,530 per sheet.
  static let maximumCount = 200_000
  /// Links on blocks of cells; each costs a comparison per cell.
  private static let maximumBlocks = 1000

  /// How far beyond the columns with texts a link may be. A link on a whole row must not create a thousand columns.
  private static let maximumSurplusColumns = 16

  /// Adds a link.
  ///
  /// - Parameters:
  ///   - row: the last row of the header, whose links belong to no listing.
  ///   - width: the number of columns with texts.
  /// - Returns: false where there is no room left for it.
  mutating func add(_ address: String, at range: CellRange, below row: Int, width: Int) -> Bool {
    if range.rows.upperBound <= row { return true }
    let columns = range.columns.filter { $0 < (range.isOneCell ? width + Self.maximumSurplusColumns : width) }
    if columns.isEmpty { return !range.isOneCell }
    if range.isOneCell {
      guard single.count < Self.maximumCount else { return false }
      single[Self.key(range.rows.lowerBound, range.columns.lowerBound)] = address
    } else {
      guard blocks.count < Self.maximumBlocks else { return false }
      blocks.append((range, address))
    }
    self.columns.formUnion(columns)
    return true
  }

  /// Announces links from formulas in a column.
  mutating func expect(in column: Int, width: Int) {
    if column < width + Self.maximumSurplusColumns { columns.insert(column) }
  }

  /// The address that a cell links to.
  func address(row: Int, column: Int) -> String? {
    single[Self.key(row, column)] ?? blocks.first { $0.range.contains(row: row, column: column) }?.address
  }

  /// A position as one number.
  private static func key(_ row: Int, _ column: Int) -> UInt64 { UInt64(row) << 16 | UInt64(column) }

  /// Whether a text is itself an address.
  ///
  /// Shape:  with a scheme of the web or of mail, or `www.`, in any case.
  static func isAddress(_ text: some Collection<UInt8>) -> Bool {
    guard let first = text.first, first | 0x20 == 0x68 || first | 0x20 == 0x77 || first | 0x20 == 0x6D else {
      return false
    }
    func begins(_ start: StaticString) -> Bool {
      text.count > start.utf8CodeUnitCount
        && zip(text, UnsafeBufferPointer(start: start.utf8Start, count: start.utf8CodeUnitCount))
          .allSatisfy { $0 == $1 || ($0.isASCIILetter && $0 | 0x20 == $1) }
    }
    return begins("http://") || begins("https://") || begins("www.") || begins("mailto:")
  }

  /// The link in a formula such as `HYPERLINK("https://a.example/1","open")`.
  enum OfFormula: Equatable {
    case address(String)
    /// The address is computed, and only the text that is shown was saved.
    case calculated
  }

  /// Nil where the formula is not a link, or links to what another cell shows.
  ///
  /// Source: the function HYPERLINK of Excel, OpenDocument and Google Sheets.
  static func ofFormula(_ formula: [UInt8]) -> OfFormula? {
    let name = Array("HYPERLINK(".utf8)
    var rest = formula.drop { $0 <= .blank || $0 == UInt8(ascii: "=") }
    guard rest.count > name.count, zip(rest, name).allSatisfy({ $0 == $1 || $0.isASCIILetter && $0 & 0xDF == $1 })
    else { return nil }
    rest = rest.dropFirst(name.count).drop { $0 <= .blank }
    // `"#Sheet2!A5"` links to a cell of the workbook itself.
    if rest.first == .quote {
      return rest.dropFirst().first == UInt8(ascii: "#") ? nil : literal(rest.dropFirst())
    }
    let argument = rest.prefix { $0 != .comma && $0 != UInt8(ascii: ")") && $0 != UInt8(ascii: ";") }
    let isReference = argument.allSatisfy { $0.isASCIILetter || $0.isDigit || $0 == UInt8(ascii: "$") }
    return isReference ? nil : .calculated
  }

  /// The address in a string literal, provided that it is the whole argument.
  private static func literal(_ text: ArraySlice<UInt8>) -> OfFormula {
    var address: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex {
      if text[index] == .quote {
        guard index + 1 < text.endIndex, text[index + 1] == .quote else { break }
        index += 1
      }
      address.append(text[index])
      index += 1
    }
    let after = text[min(text.endIndex, index + 1)...].first { $0 > .blank }
    guard index < text.endIndex, after == .comma || after == UInt8(ascii: ")") || after == UInt8(ascii: ";") else {
      return .calculated
    }
    return .address(String(decoding: address, as: UTF8.self))
  }
}

/// `xl/worksheets/_rels/sheet1.xml.rels`: the addresses behind the links of a sheet.
final class LinkTargetsReading: PartReading {
  /// The address of each relation.
  private(set) var targets: [String: String] = [:]

  override func begin(_ name: ElementName, _ attributes: ElementAttributes) {
    guard name == "Relationship", let id = attributes.text("Id"), let target = attributes.text("Target"),
      attributes.text("Type")?.hasSuffix("/hyperlink") == true, targets.count < SheetLinks.maximumCount
    else { return }
    targets[id] = target
  }

  /// The name of the part with the link targets of a sheet.
  static func part(of sheet: String) -> String {
    let cut = sheet.lastIndex(of: "/").map { sheet.index(after: $0) } ?? sheet.startIndex
    return "\(sheet[..<cut])_rels/\(sheet[cut...]).rels"
  }
}
