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
///         it. What is merged over all columns is a title and no name, and a row with a number, a price, a time or an
///         address in it is a listing, whatever is merged with it.
struct HeaderBand {
  /// The numbers of its first and last row.
  private(set) var rows: ClosedRange<Int>

  private static let most = 4

  /// - Parameters:
  ///   - row: the number of the row that was found to be the header.
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
    /// Whether all that the row holds stands under names that are merged over several columns.
    func isUnderGroups(_ number: Int, _ last: Int) -> Bool {
      guard let row = rows.first(where: { $0.number == number }) else { return true }
      return row.texts.enumerated().allSatisfy { column, text in
        text.allSatisfy(\.isWhitespace) || groups.contains { $0.rows.contains(last) && $0.columns.contains(column) }
      }
    }
    var isWider = true
    while isWider, self.rows.count < Self.most {
      isWider = false
      let (first, last) = (self.rows.lowerBound, self.rows.upperBound)
      for range in merges.ranges where range.rows.count <= Self.most && range.rows.overlaps(self.rows) {
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
    // A name merged over a thousand columns names those that have something.
    let merged = (inside.map(\.columns.upperBound).max() ?? -1) + 1
    let width = max(within.map(\.texts.count).max() ?? 0, min(merged, all.map(\.texts.count).max() ?? 0))
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
