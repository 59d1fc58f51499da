/// Records as texts, for small tables and single records; large files never go through here.
struct CollectedRecords: RecordScanSink {
  private let text: UnsafeRawBufferPointer
  private let dialect: DelimitedDialect
  private var cells: [String] = []
  private(set) var records: [(start: Int, next: Int, cells: [String])] = []
  private let limit: Int

  /// The records of `range`, at most `limit`.
  static func read(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ dialect: DelimitedDialect, limit: Int = .max
  ) -> [(start: Int, next: Int, cells: [String])] {
    var sink = CollectedRecords(text: text, dialect: dialect, limit: limit)
    RecordScan.scan(text, range, dialect, into: &sink)
    return sink.records
  }

  private init(text: UnsafeRawBufferPointer, dialect: DelimitedDialect, limit: Int) {
    self.text = text
    self.dialect = dialect
    self.limit = limit
  }

  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
    guard records.count < limit else { return }
    let bytes = UnsafeRawBufferPointer(rebasing: text[start..<end])
    cells.append(
      hasPairs
        ? String(decoding: QuotePairs.decoded(bytes, dialect), as: UTF8.self) : String(decoding: bytes, as: UTF8.self))
  }

  mutating func record(start: Int, end: Int, next: Int, cells count: Int) {
    guard records.count < limit else { return }
    records.append((start, next, cells))
    cells.removeAll(keepingCapacity: true)
  }

  mutating func strayQuote(at position: Int) {}
}

/// Quotes within cells, and what backslashes keep from being read.
enum QuotePairs {
  /// The text with one quote for each pair; in a dialect with backslash escapes also without those backslashes.
  static func decoded(_ bytes: UnsafeRawBufferPointer, _ dialect: DelimitedDialect) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    decode(bytes, dialect, into: &out)
    return out
  }

  static func decode(_ bytes: UnsafeRawBufferPointer, _ dialect: DelimitedDialect, into out: inout [UInt8]) {
    let quote = dialect.quote
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      let next = index + 1 < bytes.count ? bytes[index + 1] : 0
      if byte == .backslash, dialect.hasBackslashEscapes, isEscapable(next, dialect) {
        out.append(next)
        index += 2
      } else {
        out.append(byte)
        index += byte == quote && next == quote ? 2 : 1
      }
    }
  }

  /// Other letters behind a backslash, as in `C:\new`, leave it what it is.
  private static func isEscapable(_ byte: UInt8, _ dialect: DelimitedDialect) -> Bool {
    byte == dialect.quote || byte == .backslash || byte == dialect.delimiter || byte == dialect.lineBreak
  }
}
