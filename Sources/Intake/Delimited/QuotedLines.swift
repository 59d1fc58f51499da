import Listings

/// Files in which every line is one quoted cell that holds a whole record: `"title,price,seller"`.
///
/// Why:    spreadsheets write them when a column of text lines is saved as CSV; read as they stand they have one column.
enum QuotedLines {
  private static let sampleRecords = 100

  /// Whether the records of a text are lines within quotes.
  ///
  /// Rules:  four of five records are one quoted cell, and what these hold has the same number of cells, two or more, by
  ///         one delimiter, in nine of ten of them.
  static func stand(in bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    let end = min(bytes.count, start + FileFormat.sampleSize)
    guard start < end, bytes[start...].prefix(4096).contains(.quote) else { return false }
    let sample = UnsafeRawBufferPointer(rebasing: bytes[..<end])
    var records = CollectedRecords.read(sample, start..<end, DelimitedDialect(), limit: sampleRecords)
    if end < bytes.count, !records.isEmpty { records.removeLast() }
    guard records.count >= 2 else { return false }
    let quoted = records.filter { $0.cells.count == 1 && bytes[$0.start] == .quote }
    guard quoted.count * 5 >= records.count * 4 else { return false }
    return [UInt8.comma, .semicolon, .tab, .bar].contains { delimiter in
      let counts = quoted.map { cellCount(of: $0.cells[0], delimiter) }
      let usual = counts.max { one, other in counts.count { $0 == one } < counts.count { $0 == other } } ?? 0
      return usual >= 2 && counts.count { $0 == usual } * 10 >= counts.count * 9
    }
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
    _ bytes: UnsafeRawBufferPointer, from start: Int, to text: TemporaryText
  ) throws(IntakeError) {
    var lines = Lines(bytes: bytes, text: text)
    RecordScan.scan(bytes, start..<bytes.count, DelimitedDialect(), into: &lines)
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
      only = index == 0 ? (start, end, hasPairs) : nil
    }

    mutating func record(start: Int, end: Int, next: Int, cells: Int) {
      line.removeAll(keepingCapacity: true)
      if cells == 1, let only, only.start > start {
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
