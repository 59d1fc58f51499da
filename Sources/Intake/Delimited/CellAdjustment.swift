import Listings

/// What is put right in the cells of a file whose records are not what their delimiters say.
///
/// Rules:  amounts with a decimal comma that nothing encloses are two cells each in a file with commas between cells; they
///         are one again. An apostrophe before the text of a cell, by which spreadsheets keep it text, is no part of it.
struct CellAdjustment: Equatable {
  /// By column: whether its amounts may be torn apart.
  private(set) var joins: [Bool] = []
  /// By column: whether its values begin with an apostrophe that is none of theirs.
  private(set) var apostrophes: [Bool] = []
  /// What was found, in words.
  private(set) var traits: [String] = []

  var isNeeded: Bool { joins.contains(true) || apostrophes.contains(true) }

  /// - Parameter width: the columns that the header names; without one, those that most records have.
  init(_ records: [[String]], width: Int, hasHeader: Bool, delimiter: UInt8, choice: DialectChoice) {
    guard width > 0 else { return }
    if delimiter == .comma, choice.hasDecimalCommas != false {
      findJoins(records, width, hasHeader, isTold: choice.hasDecimalCommas == true)
    }
    let columns = hasHeader ? width : width - joins.count { $0 }
    if choice.hasLeadingApostrophes != false {
      findApostrophes(records.map { joined($0, width: columns) }, columns, choice.hasLeadingApostrophes == true)
    }
  }

  // MARK: Decimal commas

  private mutating func findJoins(_ records: [[String]], _ width: Int, _ hasHeader: Bool, isTold: Bool) {
    let long = hasHeader ? records.filter { $0.count > width } : records.filter { $0.count == width }
    guard let cells = long.first?.count, long.count * 10 >= records.count * (isTold ? 1 : 6), long.count >= 3 else {
      return
    }
    let usual = long.filter { $0.count == cells }
    var torn: [Int] = []
    for place in 0..<(cells - 1) where torn.last != place - 1 {
      let pairs = usual.map { ($0[place], $0[place + 1]) }
      let fitting = pairs.count { Self.isTorn($0, $1) }
      guard fitting * 100 >= pairs.count * 95 else { continue }
      // Where no header counts the columns, the second halves must end as prices do.
      if !hasHeader, !isTold, !Self.arePriceEndings(pairs.map(\.1)) { continue }
      torn.append(place)
    }
    if hasHeader { torn = Array(torn.prefix(cells - width)) }
    guard !torn.isEmpty, !hasHeader || torn.count == cells - width else { return }
    joins = Array(repeating: false, count: cells - torn.count)
    for (shift, place) in torn.enumerated() { joins[place - shift] = true }
    traits.append(
      "decimal commas between commas: \(usual.count) of \(records.count) sampled records, such as "
        + "\(usual[0][torn[0]]),\(usual[0][torn[0] + 1])")
  }

  /// `1200` and `50`, as of 1200,50; a mark of a currency may stand before or after.
  private static func isTorn(_ whole: String, _ part: String) -> Bool {
    let digits = part.prefix { $0.isNumber }
    guard digits.count == 2, part.dropFirst(2).allSatisfy({ !$0.isNumber }), part.count <= 6 else { return false }
    let mark = whole.prefix { !$0.isNumber }
    let rest = whole.dropFirst(mark.count)
    return mark.count <= 4 && mark.count(where: \.isLetter) <= 3 && (1...10).contains(rest.count)
      && rest.last?.isNumber == true && rest.allSatisfy { $0.isNumber || $0 == "." || $0 == " " || $0 == "'" }
  }

  private static func arePriceEndings(_ parts: [String]) -> Bool {
    let usual = parts.count { ["00", "50", "90", "95", "99", "49"].contains($0.prefix(2)) }
    return parts.count >= 8 && usual * 10 >= parts.count * 7
  }

  /// Which cells of a record of so many belong together: for each that is kept, the last of its parts.
  func parts<Cell>(_ cells: [Cell], width: Int, isTorn: (Cell, Cell) -> Bool) -> [Range<Int>] {
    var surplus = cells.count - width
    var parts: [Range<Int>] = []
    var index = 0
    while index < cells.count {
      let column = parts.count
      let isJoined =
        surplus > 0 && column < joins.count && joins[column] && index + 1 < cells.count
        && isTorn(cells[index], cells[index + 1])
      parts.append(index..<(index + (isJoined ? 2 : 1)))
      if isJoined { surplus -= 1 }
      index = parts[column].upperBound
    }
    return parts
  }

  /// The cells of a record as texts, put together; apostrophes stay.
  func joined(_ cells: [String], width: Int) -> [String] {
    guard joins.contains(true) else { return cells }
    return parts(cells, width: width, isTorn: Self.isTorn).map { cells[$0].joined(separator: ",") }
  }

  // MARK: Apostrophes

  private mutating func findApostrophes(_ records: [[String]], _ columns: Int, _ isTold: Bool) {
    var found = Array(repeating: false, count: columns)
    for column in 0..<columns {
      let values = records.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
      let led = values.count { $0.hasPrefix("'") && $0.count > 1 }
      let enclosed = values.count { $0.hasPrefix("'") && $0.hasSuffix("'") }
      guard values.count >= 3 || isTold, led > 0, led * 10 >= values.count * (isTold ? 1 : 9), enclosed * 2 < led else {
        continue
      }
      found[column] = true
      traits.append("an apostrophe before the values of column \(column + 1): \(led) of \(values.count) sampled ones")
    }
    if found.contains(true) { apostrophes = found }
  }

  func hasApostrophe(_ column: Int) -> Bool { column < apostrophes.count && apostrophes[column] }

  /// The cells of a record as texts, put right.
  func adjusted(_ cells: [String], width: Int) -> [String] {
    joined(cells, width: width).enumerated().map { column, text in
      hasApostrophe(column) && text.hasPrefix("'") ? String(text.dropFirst()) : text
    }
  }
}

/// Puts the cells of each record right before they are handed on.
struct AdjustedCells<Sink: RecordScanSink>: RecordScanSink {
  private let text: UnsafeRawBufferPointer
  private let adjustment: CellAdjustment
  private let width: Int
  private(set) var sink: Sink
  private var cells: [(start: Int, end: Int, hasPairs: Bool)] = []

  init(_ sink: Sink, text: UnsafeRawBufferPointer, _ adjustment: CellAdjustment, width: Int) {
    self.sink = sink
    self.text = text
    self.adjustment = adjustment
    self.width = width
  }

  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) { cells.append((start, end, hasPairs)) }

  mutating func record(start: Int, end: Int, next: Int, cells count: Int) {
    let parts = adjustment.parts(cells, width: width) { isTorn($0, $1) }
    for (column, part) in parts.enumerated() {
      var first = cells[part.lowerBound].start
      let last = cells[part.upperBound - 1]
      if adjustment.hasApostrophe(column), first < last.end, text[first] == .apostrophe { first += 1 }
      sink.cell(column, start: first, end: last.end, hasPairs: cells[part.lowerBound].hasPairs || last.hasPairs)
    }
    sink.record(start: start, end: end, next: next, cells: parts.count)
    cells.removeAll(keepingCapacity: true)
  }

  mutating func strayQuote(at position: Int) { sink.strayQuote(at: position) }

  /// The two stand side by side in the file, with a comma between them, and are one amount.
  private func isTorn(_ whole: (start: Int, end: Int, hasPairs: Bool), _ part: (start: Int, end: Int, hasPairs: Bool))
    -> Bool
  {
    guard whole.end + 1 == part.start, part.end - part.start >= 2, whole.end > whole.start else { return false }
    return text[whole.end - 1].isDigit && text[part.start].isDigit && text[part.start + 1].isDigit
      && (part.end == part.start + 2 || !text[part.start + 2].isDigit)
  }
}
