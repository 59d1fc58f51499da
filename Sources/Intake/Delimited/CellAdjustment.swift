import Listings

/// Corrections to the cells of a file whose delimiters do not mean what they seem to.
///
/// Shape:  an unquoted amount with a decimal comma in a comma-separated file is split over two cells, which are joined
///         again. An apostrophe by which spreadsheets keep a cell text is dropped.
/// Cost:   none for files that need neither. Otherwise one small array per record.
struct CellAdjustment: Equatable {
  /// By column: whether its amounts may be split in two.
  private(set) var joins: [Bool] = []
  /// By column: whether its values carry an apostrophe that is not part of them.
  private(set) var apostrophes: [Bool] = []
  /// What was detected, in words.
  private(set) var traits: [String] = []

  /// Whether any record has to be corrected.
  var isNeeded: Bool { joins.contains(true) || apostrophes.contains(true) }

  /// Detects what needs correcting in the sampled records.
  ///
  /// - Parameter width: the columns in the header; without one, the number of cells that most records have.
  init(_ records: [[String]], width: Int, hasHeader: Bool, delimiter: UInt8, choice: DialectChoice) {
    guard width > 0 else { return }
    if delimiter == .comma, choice.hasDecimalCommas != false {
      findJoins(records, width, hasHeader, isChosen: choice.hasDecimalCommas == true)
    }
    let columns = hasHeader ? width : width - joins.count { $0 }
    if choice.hasLeadingApostrophes != false {
      findApostrophes(records.map { joined($0, width: columns) }, columns, choice.hasLeadingApostrophes == true)
    }
  }

  // MARK: Decimal commas

  /// Finds columns whose amounts were split at their decimal comma.
  ///
  /// Shape:  records have surplus cells, and in 95 % of them the same neighbours look like the halves of an amount.
  private mutating func findJoins(_ records: [[String]], _ width: Int, _ hasHeader: Bool, isChosen: Bool) {
    let long = hasHeader ? records.filter { $0.count > width } : records.filter { $0.count == width }
    guard let cells = long.first?.count, long.count * 10 >= records.count * (isChosen ? 1 : 6), long.count >= 3 else {
      return
    }
    let usual = long.filter { $0.count == cells }
    var torn: [Int] = []
    for index in 0..<(cells - 1) where torn.last != index - 1 {
      let pairs = usual.map { ($0[index], $0[index + 1]) }
      let fitting = pairs.count { Self.isTorn($0, $1) }
      guard fitting * 100 >= pairs.count * 95 else { continue }
      // Without a header to count the columns, the second halves must also end as prices do.
      if !hasHeader, !isChosen, !Self.looksLikePriceEndings(pairs.map(\.1)) { continue }
      torn.append(index)
    }
    if hasHeader { torn = Array(torn.prefix(cells - width)) }
    guard !torn.isEmpty, !hasHeader || torn.count == cells - width else { return }
    joins = Array(repeating: false, count: cells - torn.count)
    for (shift, index) in torn.enumerated() { joins[index - shift] = true }
    traits.append(
      "decimal commas between commas: \(usual.count) of \(records.count) sampled records, such as "
        + "\(usual[0][torn[0]]),\(usual[0][torn[0] + 1])")
  }

  /// Whether two cells look like 1200,50 split into `1200` and `50`; a currency mark may come before or after.
  ///
  /// Shape:  `part` begins with exactly two digits and is short; `whole` is a number with a short mark at most.
  private static func isTorn(_ whole: String, _ part: String) -> Bool {
    let digits = part.prefix { $0.isNumber }
    guard digits.count == 2, part.dropFirst(2).allSatisfy({ !$0.isNumber }), part.count <= 6 else { return false }
    let mark = whole.prefix { !$0.isNumber }
    let rest = whole.dropFirst(mark.count)
    return mark.count <= 4 && mark.count(where: \.isLetter) <= 3 && (1...10).contains(rest.count)
      && rest.last?.isNumber == true && rest.allSatisfy { $0.isNumber || $0 == "." || $0 == " " || $0 == "'" }
  }

  /// Whether the cells are the decimals of prices: 00, 50, 99 and the like in seven of ten.
  ///
  /// Limits: eight cells at least.
  private static func looksLikePriceEndings(_ parts: [String]) -> Bool {
    let usual = parts.count { ["00", "50", "90", "95", "99", "49"].contains($0.prefix(2)) }
    return parts.count >= 8 && usual * 10 >= parts.count * 7
  }

  /// The cells of a record, grouped into the columns they form: a range of one or two cells per column.
  ///
  /// Cost:   one array per record, only in files that need it.
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

  /// The cells of a record as texts, with split amounts joined; apostrophes stay.
  ///
  /// Cost:   copies nothing in files without split amounts.
  func joined(_ cells: [String], width: Int) -> [String] {
    guard joins.contains(true) else { return cells }
    return parts(cells, width: width, isTorn: Self.isTorn).map { cells[$0].joined(separator: ",") }
  }

  // MARK: Apostrophes

  /// Finds columns in which nine of ten values begin with an apostrophe and few also end with one.
  ///
  /// Limits: three values at least, unless the user said so.
  private mutating func findApostrophes(_ records: [[String]], _ columns: Int, _ isChosen: Bool) {
    var found = Array(repeating: false, count: columns)
    for column in 0..<columns {
      let values = records.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
      let led = values.count { $0.hasPrefix("'") && $0.count > 1 }
      let enclosed = values.count { $0.hasPrefix("'") && $0.hasSuffix("'") }
      guard values.count >= 3 || isChosen, led > 0, led * 10 >= values.count * (isChosen ? 1 : 9), enclosed * 2 < led
      else {
        continue
      }
      found[column] = true
      traits.append("an apostrophe before the values of column \(column + 1): \(led) of \(values.count) sampled ones")
    }
    if found.contains(true) { apostrophes = found }
  }

  /// Whether a leading apostrophe is dropped in this column.
  func hasApostrophe(_ column: Int) -> Bool { column < apostrophes.count && apostrophes[column] }

  /// The cells of a record as texts, fully corrected.
  ///
  /// Shape:  for samples and the record on screen; rows are corrected by `AdjustedCells`.
  func adjusted(_ cells: [String], width: Int) -> [String] {
    joined(cells, width: width).enumerated().map { column, text in
      hasApostrophe(column) && text.hasPrefix("'") ? String(text.dropFirst()) : text
    }
  }
}

/// Corrects the cells of each record before passing them on to another sink.
///
/// Shape:  a record whose cells were joined has as many as the header, so that it does not count as ragged.
struct AdjustedCells<Sink: RecordScanSink>: RecordScanSink {
  /// The whole file; cells are ranges in it.
  private let text: UnsafeRawBufferPointer
  private let adjustment: CellAdjustment
  /// The columns of the header.
  private let width: Int
  /// Receives the corrected cells.
  private(set) var sink: Sink
  /// The cells of the current record, until it is complete.
  private var cells: [(start: Int, end: Int, hasPairs: Bool)] = []

  init(_ sink: Sink, text: UnsafeRawBufferPointer, _ adjustment: CellAdjustment, width: Int) {
    self.sink = sink
    self.text = text
    self.adjustment = adjustment
    self.width = width
  }

  /// Collects a cell.
  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) { cells.append((start, end, hasPairs)) }

  /// Corrects the collected cells and passes the record on.
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

  /// Passes it on unchanged.
  mutating func strayQuote(at position: Int) { sink.strayQuote(at: position) }

  /// Whether two cells are adjacent in the file, with only a comma between them, and form one amount.
  ///
  /// Shape:  a digit on either side, and exactly two after the comma.
  private func isTorn(_ whole: (start: Int, end: Int, hasPairs: Bool), _ part: (start: Int, end: Int, hasPairs: Bool))
    -> Bool
  {
    guard whole.end + 1 == part.start, part.end - part.start >= 2, whole.end > whole.start else { return false }
    return text[whole.end - 1].isDigit && text[part.start].isDigit && text[part.start + 1].isDigit
      && (part.end == part.start + 2 || !text[part.start + 2].isDigit)
  }
}
