/// Records as texts, for small tables and single records; large files never go through here.
struct CollectedRecords: RecordScanSink {
  private let text: UnsafeRawBufferPointer
  private var cells: [String] = []
  private(set) var records: [(start: Int, next: Int, cells: [String])] = []
  private let limit: Int

  /// The records of `range`, at most `limit`.
  static func read(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ dialect: DelimitedDialect, limit: Int = .max
  ) -> [(start: Int, next: Int, cells: [String])] {
    var sink = CollectedRecords(text: text, limit: limit)
    RecordScan.scan(text, range, dialect, into: &sink)
    return sink.records
  }

  private init(text: UnsafeRawBufferPointer, limit: Int) {
    self.text = text
    self.limit = limit
  }

  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
    guard records.count < limit else { return }
    let bytes = UnsafeRawBufferPointer(rebasing: text[start..<end])
    cells.append(
      hasPairs ? String(decoding: QuotePairs.decoded(bytes), as: UTF8.self) : String(decoding: bytes, as: UTF8.self))
  }

  mutating func record(start: Int, end: Int, next: Int, cells count: Int) {
    guard records.count < limit else { return }
    records.append((start, next, cells))
    cells.removeAll(keepingCapacity: true)
  }

  mutating func strayQuote(at position: Int) {}
}

/// Quotes within quoted cells.
enum QuotePairs {
  /// The text with one quote for each pair.
  static func decoded(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    decode(bytes, into: &out)
    return out
  }

  static func decode(_ bytes: UnsafeRawBufferPointer, into out: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      out.append(byte)
      index += byte == .quote && index + 1 < bytes.count && bytes[index + 1] == .quote ? 2 : 1
    }
  }
}
