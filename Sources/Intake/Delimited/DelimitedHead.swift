import Listings

/// What the beginning of a delimited file tells: its dialect, whether it has a header and where, its columns.
struct DelimitedHead {
  private(set) var dialect: DelimitedDialect
  /// What is unusual about the dialect, and what spoke for it.
  private(set) var traits: [String]
  private(set) var columns: [String] = []
  /// The bytes of the header without its line break; nil: the file does not name its columns.
  private(set) var header: Range<Int>?
  /// Whether there is a header, and why, in words.
  private(set) var why = ""
  /// What is put right in the cells.
  private(set) var adjustment: CellAdjustment
  /// The records before the header, which are no listings.
  private(set) var preamble: [Range<Int>] = []
  private(set) var firstRecord: Int

  var hasHeader: Bool { header != nil }

  private static let sampleRecords = 200

  init(bytes: UnsafeRawBufferPointer, start: Int, options: IntakeOptions, mapping: ColumnMapping) {
    firstRecord = start
    let end = min(bytes.count, start + FileFormat.sampleSize)
    let sample = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    var choice = options.dialect
    if let told = Self.delimiterLine(sample, &firstRecord) { choice.delimiter = choice.delimiter ?? told }
    let evidence = DialectEvidence(sample, from: firstRecord, choice: choice)
    (dialect, traits) = (evidence.dialect, evidence.traits)
    // The header may be larger than the sample; its record is whole.
    let border = bytes.isEmpty ? 0 : DelimitedPieces.border(in: bytes, from: firstRecord, target: end, dialect: dialect)
    var records = CollectedRecords.read(bytes, firstRecord..<border, dialect, limit: Self.sampleRecords)
    adjustment = CellAdjustment([], width: 0, hasHeader: true, delimiter: dialect.delimiter, choice: choice)
    guard !records.isEmpty else { return }
    let decision = decision(on: records.map(\.cells), bytes, records.map(\.start), options, mapping)
    why = decision.why
    var width = HeaderEvidence.usualWidth(records.map(\.cells))
    if let place = decision.header, place < records.count {
      preamble = records[..<place].map { $0.start..<$0.next }
      let found = records[place]
      records.removeFirst(place + 1)
      columns = Self.names(found.cells)
      firstRecord = found.next
      header = found.start..<Self.withoutLineBreak(bytes, found.start, found.next, dialect)
      width = columns.count
    }
    adjustment = CellAdjustment(
      records.map(\.cells), width: width, hasHeader: hasHeader, delimiter: dialect.delimiter, choice: choice)
    traits += adjustment.traits
    if !hasHeader { columns = (0..<max(1, width - adjustment.joins.count { $0 })).map { "column\($0 + 1)" } }
  }

  private func decision(
    on records: [[String]], _ bytes: UnsafeRawBufferPointer, _ starts: [Int], _ options: IntakeOptions,
    _ mapping: ColumnMapping
  ) -> HeaderEvidence.Decision {
    switch options.header {
    case .first: return .init(header: 0, why: "the first record names the columns: told by --header")
    case .missing: return .init(header: nil, why: "no record names the columns: told by --header")
    case .line(let line):
      // The record that holds the line; the last one where the file is shorter.
      let place = starts.lastIndex { Self.line(of: $0, in: bytes) <= line } ?? 0
      return .init(header: place, why: "line \(line) names the columns: told by --header")
    case nil: return HeaderEvidence(mapping: mapping).decision(of: records)
    }
  }

  private static func line(of position: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    1 + bytes[..<position].count { $0 == .lineFeed }
  }

  private static func withoutLineBreak(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ next: Int, _ dialect: DelimitedDialect
  ) -> Int {
    var end = next
    if end > start, bytes[end - 1] == dialect.lineBreak { end -= 1 }
    while end > start, bytes[end - 1] == .carriageReturn { end -= 1 }
    return end
  }

  /// Spreadsheets write `sep=;` as the first line.
  private static func delimiterLine(_ sample: UnsafeRawBufferPointer, _ start: inout Int) -> UInt8? {
    let line = sample[start...].prefix { $0 != .lineFeed && $0 != .carriageReturn }
    var text = line[...]
    while let first = text.first, first == .quote { text = text.dropFirst() }
    while let last = text.last, last == .quote { text = text.dropLast() }
    guard text.count == 5, text.prefix(4).elementsEqual("sep=".utf8) || text.prefix(4).elementsEqual("SEP=".utf8),
      let delimiter = text.last
    else { return nil }
    start = line.endIndex
    while start < sample.count, sample[start] == .carriageReturn || sample[start] == .lineFeed { start += 1 }
    return delimiter
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
