/// Writes the rows of a sheet as records: its header first, the titles above it left out.
///
/// Shape:  the addresses of links stand in columns of their own behind the others; of a column that is known to hold
///         addresses, the shown words do. Cells that are merged over rows have their value in each of them.
final class SheetWriting {
  private(set) var numbering = RowNumbering()
  private(set) var survey = SheetSurvey()
  private var rowsPassed = 0
  private let head: SheetHead
  private let overlay: SheetOverlay?
  private let text: CSVText
  /// The values of merged cells that go on below, by column.
  private var goingOn: [Int: (lastRow: Int, text: [UInt8])] = [:]

  init(head: SheetHead, overlay: SheetOverlay?, text: CSVText) {
    self.head = head
    self.overlay = overlay
    self.text = text
    guard head.hasHeader else { return }
    for name in overlay?.names ?? head.names { text.cell(name) }
    text.endRecord()
  }

  func take(_ row: SheetRow) {
    rowsPassed += 1
    guard rowsPassed > head.headRows else { return }
    var row = row
    if let overlay {
      fill(&row, overlay)
    } else {
      survey.look(at: row)
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
    for column in overlay?.added ?? [] { write(linked[column.place], else: nil) }
    text.endRecord()
    numbering.append(row.number)
  }

  private func write(_ linked: [UInt8]?, else bytes: UnsafeRawBufferPointer?) {
    if let linked {
      linked.withUnsafeBytes { text.cell($0) }
    } else if let bytes {
      text.cell(bytes)
    } else {
      text.emptyCell()
    }
  }

  /// Puts the values of cells that are merged over rows into those below the first.
  private func fill(_ row: inout SheetRow, _ overlay: SheetOverlay) {
    if !goingOn.isEmpty {
      goingOn = goingOn.filter { $0.value.lastRow >= row.number }
      let empty = goingOn.filter { column, _ in !row.cells.contains { $0.column == column } }
      for (column, going) in empty.sorted(by: { $0.key < $1.key }) {
        row.append(going.text, at: column)
        survey.filledCells += 1
      }
      if !empty.isEmpty { row.order() }
    }
    for range in overlay.blocks[row.number] ?? [] {
      let column = range.columns.lowerBound
      guard let cell = row.cells.first(where: { $0.column == column }) else { continue }
      goingOn[column] = (range.rows.upperBound, Array(row.bytes[cell.text]))
      survey.filledColumns.insert(column)
    }
  }
}

/// What the rows of a sheet tell about its columns.
struct SheetSurvey {
  /// Columns that any row has.
  private(set) var width = 0
  /// Cells with a text that is no address, by column.
  private var words: [Int] = []
  /// Cells that were empty and got the value of a merged one.
  var filledCells = 0
  var filledColumns: Set<Int> = []

  mutating func look(at row: SheetRow) {
    if row.width > width {
      width = row.width
      words += Array(repeating: 0, count: width - words.count)
    }
    for cell in row.cells where !SheetLinks.isAddress(row.bytes[cell.text]) { words[cell.column] += 1 }
  }

  /// Whether a column has cells that show something else than an address, or none with a text at all.
  func showsWords(_ column: Int) -> Bool { column >= words.count || words[column] > 0 }
}

/// What stands behind the rows of a sheet and belongs to them: its links and its merged cells.
struct SheetOverlay {
  /// A column behind those of the sheet.
  struct Added {
    let place: Int
    let name: String
    /// The column whose links it holds, or whose words.
    let source: Int
    let holdsWords: Bool
  }

  private(set) var width: Int
  private(set) var names: [String]
  private(set) var added: [Added] = []
  private(set) var blocks: [Int: [CellRange]]
  private let links: SheetLinks

  /// nil: the rows say all.
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
      added.append(Added(place: 0, name: name, source: column, holdsWords: holdsWords))
    }
    added = added.enumerated().map { number, column in
      Added(place: width + number, name: column.name, source: column.source, holdsWords: column.holdsWords)
    }
    if head.hasHeader {
      names += Array(repeating: "", count: width - names.count)
      names = JSONRowNames.unique(names + added.map(\.name))
    }
    if added.isEmpty, blocks.isEmpty, merges.isEmpty { return nil }
  }

  /// The cells of a row that are other than the sheet shows them, by column.
  func cells(of row: SheetRow) -> [Int: [UInt8]] {
    var cells: [Int: [UInt8]] = [:]
    for column in added {
      let shown = row.cells.first { $0.column == column.source }.map { Array(row.bytes[$0.text]) } ?? []
      let isAddress = SheetLinks.isAddress(shown)
      let link = row.links[column.source] ?? links.address(row: row.number, column: column.source)
      let address = link.map { Array($0.utf8) } ?? []
      if !column.holdsWords {
        cells[column.place] = address.isEmpty && isAddress ? shown : address
      } else if !address.isEmpty, !isAddress {
        // What a cell shows as its address stays it, wherever its link leads.
        cells[column.source] = address
        cells[column.place] = shown
      }
    }
    return cells
  }

  /// For people: "the addresses of links of the column “Title” stand in “Title link”".
  var sentences: [String] {
    added.map { column in
      let source = column.source < names.count ? names[column.source] : CellPlace.letters(column.source)
      let name = column.place < names.count ? names[column.place] : "column\(column.place + 1)"
      return column.holdsWords
        ? "“\(source)” holds the addresses of its links, and the words that are shown stand in “\(name)”"
        : "the addresses that “\(source)” links to stand in “\(name)”"
    }
  }
}
