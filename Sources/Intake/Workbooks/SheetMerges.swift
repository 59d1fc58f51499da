/// The merged cells of a sheet: their value stands in the first of them and is shown over all.
struct SheetMerges {
  /// Blocks of more than one cell.
  private(set) var ranges: [CellRange] = []

  /// More than any sheet that people made has.
  static let most = 200_000

  mutating func add(_ range: CellRange) {
    if !range.isOneCell, ranges.count < Self.most { ranges.append(range) }
  }

  var isEmpty: Bool { ranges.isEmpty }

  /// The blocks that go over several rows, all of them below `row`, by the row they begin in.
  func overRows(below row: Int) -> [Int: [CellRange]] {
    Dictionary(grouping: ranges.filter { $0.rows.count > 1 && $0.rows.lowerBound > row }, by: \.rows.lowerBound)
  }
}

/// The rows of a header that has more than one: groups of names above the names.
///
/// Rules:  cells that are merged over rows belong together, so do a name merged over several columns and the names under
///         it. What is merged over all columns is a title and no name.
struct HeaderBand {
  /// The numbers of its first and last row.
  private(set) var rows: ClosedRange<Int>

  private static let most = 4

  /// - Parameters:
  ///   - row: the number of the row that was found to be the header.
  ///   - rows: the first rows of the sheet.
  init(around row: Int, among rows: [SheetHead.Row], _ merges: SheetMerges) {
    self.rows = row...row
    let width = rows.map(\.texts.count).max() ?? 0
    let groups = merges.ranges.filter { $0.columns.count > 1 && $0.columns.count < width }
    func isFilled(_ number: Int, _ columns: ClosedRange<Int>) -> Bool {
      rows.first { $0.number == number }.map { found in
        columns.count { $0 < found.texts.count && !found.texts[$0].allSatisfy(\.isWhitespace) } > 1
      } ?? false
    }
    var isWider = true
    while isWider, self.rows.count < Self.most {
      isWider = false
      let (first, last) = (self.rows.lowerBound, self.rows.upperBound)
      for range in merges.ranges where range.rows.count <= Self.most && range.rows.overlaps(self.rows) {
        include(range.rows, &isWider)
      }
      if groups.contains(where: { $0.rows.upperBound == first - 1 && isFilled(first, $0.columns) }) {
        include(first - 1...first, &isWider)
      }
      if groups.contains(where: { $0.rows.contains(last) && isFilled(last + 1, $0.columns) }) {
        include(last...last + 1, &isWider)
      }
    }
  }

  private mutating func include(_ more: ClosedRange<Int>, _ isWider: inout Bool) {
    let all = min(rows.lowerBound, more.lowerBound)...max(rows.upperBound, more.upperBound)
    guard all != rows, all.count <= Self.most else { return }
    rows = all
    isWider = true
  }

  /// The names of the columns: what stands over each, from above, and nothing twice.
  func names(_ all: [SheetHead.Row], _ merges: SheetMerges) -> [String] {
    let within = all.filter { rows.contains($0.number) }
    let inside = merges.ranges.filter { $0.rows.overlaps(rows) }
    let width = max(within.map(\.texts.count).max() ?? 0, (inside.map(\.columns.upperBound).max() ?? -1) + 1)
    func text(_ row: Int, _ column: Int) -> String {
      let place = inside.first { $0.contains(row: row, column: column) }
      let (row, column) = place.map { ($0.rows.lowerBound, $0.columns.lowerBound) } ?? (row, column)
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
