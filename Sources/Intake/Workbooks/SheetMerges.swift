import Glibc

/// The merged cells of a sheet. Their value is stored in the first cell and shown over all of them.
struct SheetMerges {
  /// The blocks of more than one cell.
  private(set) var ranges: [CellRange] = []

  /// More than any sheet made by people has.
  static let maximumCount = 200_000

  /// Adds a block of merged cells.
  mutating func add(_ range: CellRange) {
    if !range.isOneCell, ranges.count < Self.maximumCount { ranges.append(range) }
  }

  var isEmpty: Bool { ranges.isEmpty }

  /// The blocks of several rows that are below `row`, by the row in which they begin.
  func overRows(below row: Int) -> [Int: [CellRange]] {
    Dictionary(grouping: ranges.filter { $0.rows.count > 1 && $0.rows.lowerBound > row }, by: \.rows.lowerBound)
  }
}

/// The rows of a header that spans several: group names above column names.
///
/// Shape:  cells merged over rows belong together, and so do a name merged over several columns and the names below it. A
///         cell merged over all columns is a title. A row with a number, price, time or address is a listing, whatever it
///         is merged with.
/// Limits: `maximumRows` rows.
struct HeaderBand {
  /// The numbers of its first and last row.
  private(set) var rows: ClosedRange<Int>

  /// No header has more rows.
  private static let maximumRows = 4

  /// - Parameters:
  ///   - row: the number of the row that was recognised as the header.
  ///   - rows: the first rows of the sheet.
  ///   - isKnown: whether a text is the name of a field.
  init(around row: Int, among rows: [SheetHead.Row], _ merges: SheetMerges, isKnown: (String) -> Bool) {
    self.rows = row...row
    let width = rows.map(\.texts.count).max() ?? 0
    let groups = merges.ranges.filter { $0.columns.count > 1 && $0.columns.count < width }
    func isFilled(_ number: Int, _ columns: ClosedRange<Int>) -> Bool {
      rows.first { $0.number == number }.map { found in
        columns.count { $0 < found.texts.count && !found.texts[$0].allSatisfy(\.isWhitespace) } > 1
      } ?? false
    }
    func areNames(_ numbers: Range<Int>) -> Bool {
      rows.filter { numbers.contains($0.number) }.allSatisfy { !$0.texts.contains { DelimitedHead.isValue($0) } }
    }
    func isNamed(_ number: Int) -> Bool { rows.first { $0.number == number }?.texts.contains(where: isKnown) ?? false }
    /// Whether all texts in the row are below names merged over several columns.
    func isUnderGroups(_ number: Int, _ last: Int) -> Bool {
      guard let row = rows.first(where: { $0.number == number }) else { return true }
      return row.texts.enumerated().allSatisfy { column, text in
        text.allSatisfy(\.isWhitespace) || groups.contains { $0.rows.contains(last) && $0.columns.contains(column) }
      }
    }
    var isWider = true
    while isWider, self.rows.count < Self.maximumRows {
      isWider = false
      let (first, last) = (self.rows.lowerBound, self.rows.upperBound)
      for range in merges.ranges where range.rows.count <= Self.maximumRows && range.rows.overlaps(self.rows) {
        let below = last + 1..<max(last, range.rows.upperBound) + 1
        guard below.isEmpty || areNames(below) && below.allSatisfy({ isNamed($0) || isUnderGroups($0, last) }) else {
          continue
        }
        include(range.rows, &isWider)
      }
      if groups.contains(where: { $0.rows.upperBound == first - 1 && isFilled(first, $0.columns) }) {
        include(first - 1...first, &isWider)
      }
      if groups.contains(where: { $0.rows.contains(last) && isFilled(last + 1, $0.columns) }),
        areNames(last + 1..<last + 2), isNamed(last + 1)
      {
        include(last...last + 1, &isWider)
      }
    }
  }

  /// Extends the header, unless it would become too large.
  private mutating func include(_ more: ClosedRange<Int>, _ isWider: inout Bool) {
    let all = min(rows.lowerBound, more.lowerBound)...max(rows.upperBound, more.upperBound)
    guard all != rows, all.count <= Self.maximumRows else { return }
    rows = all
    isWider = true
  }

  /// The names of the columns: the texts above each other joined from the top, without repetition.
  ///
  /// Shape:  a name that repeats the one above it, and continues it, replaces it.
  func names(_ all: [SheetHead.Row], _ merges: SheetMerges) -> [String] {
    let within = all.filter { rows.contains($0.number) }
    let inside = merges.ranges.filter { $0.rows.overlaps(rows) }
    // A name merged over a thousand columns only applies to those with content.
    let merged = (inside.map(\.columns.upperBound).max() ?? -1) + 1
    let width = max(within.map(\.texts.count).max() ?? 0, min(merged, all.map(\.texts.count).max() ?? 0))
    func text(_ row: Int, _ column: Int) -> String {
      let block = inside.first { $0.contains(row: row, column: column) }
      let (row, column) = block.map { ($0.rows.lowerBound, $0.columns.lowerBound) } ?? (row, column)
      guard let found = within.first(where: { $0.number == row }), column < found.texts.count else { return "" }
      return found.texts[column].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    return (0..<width).map { column in
      var parts: [String] = []
      for row in within.map(\.number) {
        let part = text(row, column)
        guard !part.isEmpty, parts.last != part else { continue }
        // `Listing` above `Listing no.`
        if let last = parts.last, part.lowercased().hasPrefix(last.lowercased() + " ") { parts.removeLast() }
        parts.append(part)
      }
      return parts.joined(separator: " ")
    }
  }
}

/// The position of a cell as sheets write it: `BC12`.
///
/// Source: ECMA-376 part 1, 18.18.7 (ST_CellRef); the limits are those of Excel.
struct CellReference: Equatable {
  /// From 0.
  let column: Int
  /// From 1.
  let row: Int

  /// The columns of a sheet in Excel.
  static let maximumColumns = 16_384
  /// The rows of a sheet in Excel.
  static let maximumRows = 1_048_576

  /// Nil for anything that is not a position within the limits of a sheet.
  init?(_ text: UnsafePointer<CChar>) {
    var cursor = text
    var column = 0
    while true {
      let letter = UInt8(bitPattern: cursor.pointee) & 0xDF
      guard letter &- 0x41 < 26, column <= Self.maximumColumns else { break }
      column = column * 26 + Int(letter - 0x40)
      cursor += 1
    }
    var row = 0
    while UInt8(bitPattern: cursor.pointee).isDigit, row <= Self.maximumRows {
      row = row * 10 + Int(cursor.pointee - 0x30)
      cursor += 1
    }
    guard cursor.pointee == 0, (1...Self.maximumColumns).contains(column), (1...Self.maximumRows).contains(row) else {
      return nil
    }
    self.column = column - 1
    self.row = row
  }

  /// The letters of a column, from 0: `A`, `Z`, `AA`.
  ///
  /// Units:  `column` counts from 0.
  static func letters(_ column: Int) -> String {
    var rest = column + 1
    var letters: [Character] = []
    while rest > 0 {
      letters.append(Character(Unicode.Scalar(UInt8(0x41 + (rest - 1) % 26))))
      rest = (rest - 1) / 26
    }
    return String(letters.reversed())
  }
}

/// A block of cells as sheets write it: `A1:C3`, or `B7` for a single cell.
struct CellRange: Equatable, Sendable {
  /// From 0.
  let columns: ClosedRange<Int>
  /// From 1.
  let rows: ClosedRange<Int>

  /// Nil for anything else; `$` and the order of the corners do not matter.
  init?(_ text: String) {
    let corners = text.split(separator: ":", maxSplits: 1).map { CellReference(String($0.filter { $0 != "$" })) }
    guard let first = corners.first ?? nil, let last = corners.last ?? nil else { return nil }
    columns = min(first.column, last.column)...max(first.column, last.column)
    rows = min(first.row, last.row)...max(first.row, last.row)
  }

  var isOneCell: Bool { columns.count == 1 && rows.count == 1 }

  func contains(row: Int, column: Int) -> Bool { rows.contains(row) && columns.contains(column) }
}
