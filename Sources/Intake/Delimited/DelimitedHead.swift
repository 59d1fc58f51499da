import Listings

/// What the beginning of a delimited file tells: delimiter, line break, column names.
struct DelimitedHead {
  private(set) var dialect = DelimitedDialect()
  private(set) var columns: [String] = []
  /// Whether the file itself names the columns.
  private(set) var hasHeader = true
  private(set) var firstRecord: Int

  private static let sampleRecords = 40

  init(bytes: UnsafeRawBufferPointer, start: Int, options: IntakeOptions, mapping: ColumnMapping) {
    firstRecord = start
    let end = min(bytes.count, start + FileFormat.sampleSize)
    let sample = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    if !sample.contains(.lineFeed), sample.contains(.carriageReturn) { dialect.lineBreak = .carriageReturn }
    if let delimiter = options.delimiter {
      dialect.delimiter = delimiter
    } else if let delimiter = skipDelimiterLine(sample) {
      dialect.delimiter = delimiter
    } else {
      dialect.delimiter = Self.delimiter(in: sample, from: start, dialect.lineBreak)
    }
    // The header may be larger than the sample; its record is whole.
    let border = bytes.isEmpty ? 0 : DelimitedPieces.border(in: bytes, from: firstRecord, target: end, dialect: dialect)
    guard let first = CollectedRecords.read(bytes, firstRecord..<border, dialect, limit: 1).first else { return }
    hasHeader = options.hasHeader ?? Self.isHeader(first.cells, mapping)
    if hasHeader {
      columns = Self.names(first.cells)
      firstRecord = first.next
    } else {
      columns = first.cells.indices.map { "column\($0 + 1)" }
    }
  }

  /// Spreadsheets write `sep=;` as the first line.
  private mutating func skipDelimiterLine(_ sample: UnsafeRawBufferPointer) -> UInt8? {
    let line = sample[firstRecord...].prefix { $0 != .lineFeed && $0 != .carriageReturn }
    guard line.count == 5, line.prefix(4).elementsEqual("sep=".utf8), let delimiter = line.last else { return nil }
    firstRecord = line.endIndex
    while firstRecord < sample.count, sample[firstRecord] == .carriageReturn || sample[firstRecord] == .lineFeed {
      firstRecord += 1
    }
    return delimiter
  }

  /// The delimiter by which most of the first records have the same number of cells, the larger number winning ties.
  private static func delimiter(in sample: UnsafeRawBufferPointer, from start: Int, _ lineBreak: UInt8) -> UInt8 {
    var best = (delimiter: UInt8.comma, agreeing: 0.0, cells: 1)
    for delimiter in [UInt8.comma, UInt8(ascii: ";"), .tab, UInt8(ascii: "|")] {
      let dialect = DelimitedDialect(delimiter: delimiter, lineBreak: lineBreak)
      var counts = CollectedRecords.read(sample, start..<sample.count, dialect, limit: sampleRecords).map(\.cells.count)
      if counts.count > 1, counts.count < sampleRecords { counts.removeLast() }
      var tally: [Int: Int] = [:]
      for count in counts where count > 1 { tally[count, default: 0] += 1 }
      guard let usual = tally.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { continue }
      let agreeing = Double(usual.value) / Double(counts.count)
      // Records that mostly agree are as good as records that all agree; then more cells are the better sign.
      let isBetter =
        agreeing > best.agreeing + 0.1 || agreeing > best.agreeing - 0.1 && usual.key > best.cells
      if isBetter { best = (delimiter, agreeing, usual.key) }
    }
    return best.delimiter
  }

  /// Whether a first record names columns: two known names are enough; otherwise no cell may be a number, a web address
  /// or a time, as values are.
  private static func isHeader(_ cells: [String], _ mapping: ColumnMapping) -> Bool {
    if cells.count(where: { mapping.claim(of: $0).field != nil }) >= 2 { return true }
    return !cells.contains { isValue($0) }
  }

  static func isValue(_ cell: String) -> Bool {
    var cell = cell
    return cell.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return WebAddress.host(of: bytes).count > 0 || PriceNumber.readPlain(bytes) != nil
        || TimeReading.read(bytes) != nil
    }
  }

  /// The names of a header; a column without one is called after its place.
  private static func names(_ cells: [String]) -> [String] {
    cells.enumerated().map { index, name in
      name.allSatisfy(\.isWhitespace) ? "column\(index + 1)" : name
    }
  }
}
