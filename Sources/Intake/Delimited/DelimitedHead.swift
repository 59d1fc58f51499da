import Listings
import Sentences

/// What the beginning of a delimited file reveals: its dialect, whether and where it has a header, and its columns.
///
/// Shape:  the header may be larger than the sample; its record is always read whole.
/// Cost:   some 200 records of the first 64 kB as texts.
struct DelimitedHead {
  /// The dialect chosen or detected.
  private(set) var dialect: DelimitedDialect
  /// What is unusual about the dialect, and the evidence for it.
  private(set) var traits: [String]
  /// The names of the columns; made up where the file has none.
  private(set) var columns: [String] = []
  /// The bytes of the header without its line break; nil where the file does not name its columns.
  private(set) var header: Range<Int>?
  /// Whether there is a header, and why, in words.
  private(set) var why: Sentence = ""
  /// The corrections that its cells need.
  private(set) var adjustment: CellAdjustment
  /// The records above the header, which are not listings.
  private(set) var preamble: [Range<Int>] = []
  /// Where the first listing begins.
  private(set) var firstRecord: Int

  var hasHeader: Bool { header != nil }

  /// Records that are examined to find header and corrections.
  private static let sampleRecords = 200

  /// - Parameters:
  ///   - start: where the text begins, past any byte order mark.
  ///   - mapping: the known column names.
  init(bytes: UnsafeRawBufferPointer, start: Int, options: IntakeOptions, mapping: ColumnMapping) {
    firstRecord = start
    let end = min(bytes.count, start + FileFormat.sampleSize)
    let sample = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    var choice = options.dialect
    if let named = Self.delimiterLine(sample, &firstRecord) { choice.delimiter = choice.delimiter ?? named }
    let evidence = DialectEvidence(sample, from: firstRecord, choice: choice)
    (dialect, traits) = (evidence.dialect, evidence.traits)
    // The header may be larger than the sample, so read up to a border.
    let border = bytes.isEmpty ? 0 : DelimitedPieces.border(in: bytes, from: firstRecord, target: end, dialect: dialect)
    var records = CollectedRecords.read(bytes, firstRecord..<border, dialect, limit: Self.sampleRecords)
    adjustment = CellAdjustment([], width: 0, hasHeader: true, delimiter: dialect.delimiter, choice: choice)
    guard !records.isEmpty else { return }
    let decision = decision(on: records.map(\.cells), bytes, records.map(\.start), options, mapping)
    why = decision.why
    var width = HeaderEvidence.usualWidth(records.map(\.cells))
    if let index = decision.header, index < records.count {
      preamble = records[..<index].map { $0.start..<$0.next }
      let found = records[index]
      records.removeFirst(index + 1)
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

  /// Which record names the columns, as the user said or by evidence.
  ///
  /// Shape:  a line within a record means that record, as it may span several lines.
  private func decision(
    on records: [[String]], _ bytes: UnsafeRawBufferPointer, _ starts: [Int], _ options: IntakeOptions,
    _ mapping: ColumnMapping
  ) -> HeaderEvidence.Decision {
    switch options.header {
    case .first: return .init(header: 0, why: Sentence("the first record names the columns: told by --header"))
    case .missing: return .init(header: nil, why: Sentence("no record names the columns: told by --header"))
    case .line(let line):
      // The record that contains the line, or the last one where the file is shorter.
      let index = starts.lastIndex { Self.line(of: $0, in: bytes) <= line } ?? 0
      return .init(header: index, why: Sentence("line \(line) names the columns: told by --header"))
    case nil: return HeaderEvidence(mapping: mapping).decision(of: records)
    }
  }

  /// The line of a byte, from 1.
  ///
  /// Cost:   O(bytes before it).
  private static func line(of position: Int, in bytes: UnsafeRawBufferPointer) -> Int {
    1 + bytes[..<position].count { $0 == .lineFeed }
  }

  /// Where a record ends without its line break, of which there may be several as in CR CR LF.
  private static func withoutLineBreak(
    _ bytes: UnsafeRawBufferPointer, _ start: Int, _ next: Int, _ dialect: DelimitedDialect
  ) -> Int {
    var end = next
    if end > start, bytes[end - 1] == dialect.lineBreak { end -= 1 }
    while end > start, bytes[end - 1] == .carriageReturn { end -= 1 }
    return end
  }

  /// The delimiter in a first line such as `sep=;`, which spreadsheets write; `start` then moves past it.
  ///
  /// Shape:  in any quotes, and only with a single character after `=`.
  /// Source: Excel reads this line and does not show it.
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

  /// Whether a cell is an address, a number or a time, so that it cannot be a column's name.
  ///
  /// Shape:  an address, a plain number, or an unambiguous time.
  static func isValue(_ cell: String) -> Bool {
    var cell = cell
    return cell.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return WebAddress.host(of: bytes).count > 0 || PriceNumber.readPlain(bytes) != nil
        || TimeReading.read(bytes) != nil
    }
  }

  /// The names in a header; a column without one is named by its position.
  ///
  /// Shape:  `column3` for the third; positions count from 1.
  private static func names(_ cells: [String]) -> [String] {
    cells.enumerated().map { index, name in
      name.allSatisfy(\.isWhitespace) ? "column\(index + 1)" : name
    }
  }
}

/// Files in which every line is a single quoted cell that contains a whole record: `"title,price,seller"`.
///
/// Source: spreadsheets write them when a column of text lines is saved as CSV. Read literally they have one column.
enum QuotedLines {
  /// Records that are examined for quotes around whole lines.
  private static let sampleRecords = 100

  /// The delimiter between the quoted records and the empty cells that spreadsheets append; nil where the file is not
  /// written this way.
  ///
  /// Shape:  records of one quoted cell, in nine of ten of which one delimiter gives the same number of cells, two or
  ///         more. They make up four fifths of all records, or the other records have that many cells.
  static func delimiter(in bytes: UnsafeRawBufferPointer, from start: Int) -> UInt8? {
    let end = min(bytes.count, start + FileFormat.sampleSize)
    guard start < end, bytes[start..<min(end, start + 4096)].contains(.quote) else { return nil }
    let sample = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    return [UInt8.comma, .semicolon].first { outer in
      var records = CollectedRecords.read(
        sample, start..<end, DelimitedDialect(delimiter: outer), limit: sampleRecords)
      if end < bytes.count, !records.isEmpty { records.removeLast() }
      return records.count >= 2 && areLines(records.map { ($0.cells, isEnclosed(bytes[$0.start..<$0.next])) })
    }
  }

  /// Whether enough of the records are quoted lines.
  ///
  /// Shape:  nine of ten quoted lines have equally many cells, and the others agree with them or are few.
  private static func areLines(_ records: [(cells: [String], isQuoted: Bool)]) -> Bool {
    let lines = records.filter { $0.isQuoted && $0.cells.dropFirst().allSatisfy(\.isEmpty) }.map { $0.cells[0] }
    let others = records.filter { !$0.cells.dropFirst().allSatisfy(\.isEmpty) }.map(\.cells.count)
    guard lines.count >= 2 else { return false }
    return [UInt8.comma, .semicolon, .tab, .bar].contains { inner in
      let counts = lines.map { cellCount(of: $0, inner) }
      let usual = usual(counts)
      guard usual >= 2, counts.count(where: { $0 == usual }) * 10 >= counts.count * 9 else { return false }
      if lines.count * 5 >= records.count * 4 { return true }
      return others.count >= 2 && others.count { $0 == usual } * 10 >= others.count * 9
    }
  }

  /// Whether a record begins and ends with a quote, apart from empty cells after it, and all quotes within are doubled.
  ///
  /// Cost:   one pass over the record.
  private static func isEnclosed(_ record: Slice<UnsafeRawBufferPointer>) -> Bool {
    let behind: [UInt8] = [.lineFeed, .carriageReturn, .comma, .semicolon]
    guard record.first == .quote, let last = record.lastIndex(where: { !behind.contains($0) }),
      last > record.startIndex, record[last] == .quote
    else { return false }
    var index = record.startIndex + 1
    while index < last {
      var next = index
      while next < last, record[next] == .quote { next += 1 }
      if (next - index) & 1 == 1 { return false }
      index = max(next, index + 1)
    }
    return true
  }

  /// The most frequent number.
  ///
  /// Shape:  0 for no numbers.
  /// Cost:   O(numbers squared), for up to `sampleRecords` of them.
  private static func usual(_ counts: [Int]) -> Int {
    counts.max { one, other in counts.count { $0 == one } < counts.count { $0 == other } } ?? 0
  }

  /// How many cells a line has with this delimiter.
  ///
  /// Cost:   parses the line.
  private static func cellCount(of line: String, _ delimiter: UInt8) -> Int {
    var line = line
    return line.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return CollectedRecords.read(bytes, 0..<bytes.count, DelimitedDialect(delimiter: delimiter), limit: 1).first?
        .cells.count ?? 0
    }
  }

  /// Writes the records without the quotes around them. Records of several cells are written unchanged.
  ///
  /// Fails:  where the temporary file cannot be written.
  static func write(
    _ bytes: UnsafeRawBufferPointer, from start: Int, delimiter: UInt8, to text: TemporaryText
  ) throws(IntakeError) {
    var lines = Lines(bytes: bytes, text: text)
    RecordScan.scan(bytes, start..<bytes.count, DelimitedDialect(delimiter: delimiter), into: &lines)
    if let error = lines.error { throw error }
  }

  /// Writes one line per record.
  ///
  /// Shape:  a record whose only cell with text is quoted loses its quotes; any other is copied.
  private struct Lines: RecordScanSink {
    let bytes: UnsafeRawBufferPointer
    let text: TemporaryText
    private(set) var error: IntakeError?
    /// The first cell, while no other cell of the record has text.
    private var only: (start: Int, end: Int, hasPairs: Bool)?
    private var line: [UInt8] = []

    init(bytes: UnsafeRawBufferPointer, text: TemporaryText) {
      self.bytes = bytes
      self.text = text
    }

    mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
      if index == 0 { only = (start, end, hasPairs) } else if start < end { only = nil }
    }

    mutating func record(start: Int, end: Int, next: Int, cells: Int) {
      line.removeAll(keepingCapacity: true)
      if let only, only.start > start {
        let cell = UnsafeRawBufferPointer(rebasing: bytes[only.start..<only.end])
        if only.hasPairs { QuotePairs.decode(cell, DelimitedDialect(), into: &line) } else { line += cell }
      } else {
        line += bytes[start..<end]
      }
      line.append(.lineFeed)
      do throws(IntakeError) { try text.append(line) } catch { self.error = self.error ?? error }
    }

    mutating func strayQuote(at position: Int) {}
  }
}
