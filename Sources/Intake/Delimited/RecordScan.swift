import CPlatform

/// Takes what a scan finds.
protocol RecordScanSink {
  /// A cell of the current record: its text without the enclosing quotes.
  ///
  /// - Parameter hasPairs: whether quotes within it are written otherwise than they read, see `QuotePairs`.
  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool)
  /// A record is over: `end` is without its line break, `next` after it.
  mutating func record(start: Int, end: Int, next: Int, cells: Int)
  /// The quote here opens a cell that nothing closes; it is taken for plain text.
  mutating func strayQuote(at position: Int)
}

/// Splits delimited text into records and cells, 64 bytes at a time.
///
/// Shape:  records that are wholly empty (blank lines) are passed over; see `QuoteRules` for quotes.
/// Cost:   one pass; a step per quote, delimiter and line break, found as bits of a mask. After a stray quote the text
///         up to the next quoted cell is looked at twice.
/// Source: RFC 4180; the masks after Langdale & Lemire 2019, "Parsing Gigabytes of JSON per Second".
struct RecordScan<Sink: RecordScanSink> {
  private let bytes: UnsafePointer<UInt8>
  /// Bytes that may be touched, which reaches beyond `end` within a file.
  private let readable: Int
  private let end: Int
  private let dialect: DelimitedDialect
  private let rules: QuoteRules
  private var recordStart: Int
  private var cellStart: Int
  private var cellIndex = 0
  /// Where the quoted content of the current cell ends, once it is closed.
  private var contentEnd = -1
  private var hasPairs = false

  /// Scans `range` of `text`; a record must begin at its start, and one must end at its end.
  @inline(__always)
  static func scan(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ dialect: DelimitedDialect, into sink: inout Sink
  ) {
    guard let start = text.baseAddress, !range.isEmpty else { return }
    var scan = RecordScan(
      bytes: start.assumingMemoryBound(to: UInt8.self), readable: text.count, range: range, dialect: dialect)
    scan.run(&sink)
  }

  private init(bytes: UnsafePointer<UInt8>, readable: Int, range: Range<Int>, dialect: DelimitedDialect) {
    self.bytes = bytes
    self.readable = readable
    self.dialect = dialect
    end = range.upperBound
    rules = QuoteRules(bytes: bytes, end: range.upperBound, dialect: dialect)
    recordStart = range.lowerBound
    cellStart = range.lowerBound
  }

  @inline(__always)
  private mutating func run(_ sink: inout Sink) {
    var base = recordStart
    while true {
      guard let stray = scanBlocks(from: base, &sink) else { break }
      // What followed the stray quote is read again, as plain text this time.
      sink.strayQuote(at: stray)
      hasPairs = false
      base = stray + 1
    }
    if recordStart < end { closeRecord(at: end, next: end, &sink) }
  }

  /// Scans to the end, or to where the quote at the returned place proves to be a stray.
  @inline(__always)
  private mutating func scanBlocks(from start: Int, _ sink: inout Sink) -> Int? {
    let (quote, delimiter, lineBreak) = (dialect.quote, dialect.delimiter, dialect.lineBreak)
    let hasEscapes = dialect.hasBackslashEscapes
    var opened = -1
    var passed = start
    var base = start
    while base < end {
      var mask = structure(at: base)
      while mask != 0 {
        let position = base + mask.trailingZeroBitCount
        mask &= mask - 1
        let byte = bytes[position]
        if opened >= 0 {
          if byte != quote || position < passed { continue }
          switch rules.inside(at: position) {
          case .pairs(let next):
            hasPairs = true
            passed = next
          case .text(let next):
            if next > position + 1 { hasPairs = true }
            passed = next
          case .closes(let content, let next):
            if next > position + 1 { hasPairs = true }
            contentEnd = content
            opened = -1
            passed = next
          case .stray: return opened
          }
        } else if hasEscapes, rules.isEscaped(position) {
          continue
        } else if byte == delimiter {
          closeCell(at: position, &sink)
        } else if byte == lineBreak {
          closeRecord(at: position, next: position + 1, &sink)
        } else if position == cellStart {
          switch rules.opening(at: position) {
          case .opens(let next):
            opened = position
            if next > position + 1 { hasPairs = true }
            passed = next
          case .whole(let content, let next):
            contentEnd = content
            hasPairs = next > position + 2
          case .text: if dialect.hasPairsInPlainCells { hasPairs = true }
          }
        } else if dialect.hasPairsInPlainCells {
          hasPairs = true
        }
      }
      base += 64
    }
    return opened >= 0 ? opened : nil
  }

  @inline(__always)
  private func structure(at base: Int) -> UInt64 {
    if base + 64 <= readable {
      let mask = lp_any_mask64(bytes + base, dialect.quote, dialect.delimiter, dialect.lineBreak)
      return base + 64 <= end ? mask : mask & (1 << UInt64(end - base) &- 1)
    }
    // The last bytes of a file may be the last of a page.
    var mask: UInt64 = 0
    for position in base..<end {
      let byte = bytes[position]
      if byte == dialect.quote || byte == dialect.delimiter || byte == dialect.lineBreak {
        mask |= 1 << UInt64(position - base)
      }
    }
    return mask
  }

  @inline(__always)
  private mutating func closeCell(at position: Int, _ sink: inout Sink) {
    let isDecoded = hasPairs || dialect.hasBackslashEscapes
    if contentEnd >= 0 {
      sink.cell(cellIndex, start: cellStart + 1, end: contentEnd, hasPairs: isDecoded)
      contentEnd = -1
    } else {
      sink.cell(cellIndex, start: cellStart, end: position, hasPairs: isDecoded)
    }
    hasPairs = false
    cellIndex += 1
    cellStart = position + 1
  }

  @inline(__always)
  private mutating func closeRecord(at position: Int, next: Int, _ sink: inout Sink) {
    // All of them, as in CR CR LF, so that a record read again is the same record.
    var last = position
    while last > recordStart, bytes[last - 1] == .carriageReturn { last -= 1 }
    if last > recordStart {
      closeCell(at: max(last, cellStart), &sink)
      sink.record(start: recordStart, end: last, next: next, cells: cellIndex)
    }
    recordStart = next
    cellStart = next
    cellIndex = 0
  }
}
