import Listings

/// Files in which every line is one quoted cell that holds a whole record: `"title,price,seller"`.
///
/// Why:    spreadsheets write them when a column of text lines is saved as CSV; read as they stand they have one column.
enum QuotedLines {
  private static let sampleRecords = 100

  /// The delimiter between what is quoted and the empty cells that spreadsheets put behind it; nil: records are no
  /// quoted lines.
  ///
  /// Rules:  records that are one quoted cell hold the same number of cells, two or more, by one delimiter, in nine of ten
  ///         of them; and they are four of five records, or the other records have that many cells.
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

  /// Whether a record begins and ends with a quote, empty cells behind it aside, and all quotes within are doubled.
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

  private static func usual(_ counts: [Int]) -> Int {
    counts.max { one, other in counts.count { $0 == one } < counts.count { $0 == other } } ?? 0
  }

  private static func cellCount(of line: String, _ delimiter: UInt8) -> Int {
    var line = line
    return line.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return CollectedRecords.read(bytes, 0..<bytes.count, DelimitedDialect(delimiter: delimiter), limit: 1).first?
        .cells.count ?? 0
    }
  }

  /// Writes the records without the quotes around them; records that are several cells are written as they stand.
  static func write(
    _ bytes: UnsafeRawBufferPointer, from start: Int, delimiter: UInt8, to text: TemporaryText
  ) throws(IntakeError) {
    var lines = Lines(bytes: bytes, text: text)
    RecordScan.scan(bytes, start..<bytes.count, DelimitedDialect(delimiter: delimiter), into: &lines)
    if let error = lines.error { throw error }
  }

  private struct Lines: RecordScanSink {
    let bytes: UnsafeRawBufferPointer
    let text: TemporaryText
    private(set) var error: IntakeError?
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
