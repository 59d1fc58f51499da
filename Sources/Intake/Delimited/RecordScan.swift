import CPlatform

/// Receives what a scan finds.
///
/// Shape:  for each record, its cells from left to right and then `record`. After `strayQuote`, cells continue where the
///         quote was.
protocol RecordScanSink {
  /// A cell of the current record, as the bytes between its enclosing quotes.
  ///
  /// - Parameter hasPairs: whether it contains doubled quotes or escapes, so that `QuotePairs` must decode it.
  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool)
  /// The record is complete. `end` is before its line break, `next` after it.
  mutating func record(start: Int, end: Int, next: Int, cells: Int)
  /// The quote here opens a cell that nothing closes. It is taken as plain text.
  mutating func strayQuote(at position: Int)
}

/// Splits delimited text into records and cells, 64 bytes at a time.
///
/// Shape:  empty records (blank lines) are skipped. `QuoteRules` decides about quotes.
/// Cost:   one pass, with a step per quote, delimiter and line break, found as bits of a mask. After a stray quote, the
///         text up to the next quoted cell is scanned twice.
/// Source: RFC 4180; the masks after Langdale & Lemire 2019, "Parsing Gigabytes of JSON per Second".
struct RecordScan<Sink: RecordScanSink> {
  private let bytes: UnsafePointer<UInt8>
  /// Bytes that may be loaded, which within a file reaches beyond `end`.
  private let readable: Int
  private let end: Int
  private let dialect: DelimitedDialect
  private let rules: QuoteRules
  /// Where the current record began.
  private var recordStart: Int
  /// Where the current cell began, its quote included.
  private var cellStart: Int
  /// How many cells of the current record are complete.
  private var cellIndex = 0
  /// Where the quoted content of the current cell ends; -1 while none is closed.
  private var contentEnd = -1
  /// Whether the current cell has to be decoded.
  private var hasPairs = false

  /// Scans `range` of `text`, which must consist of whole records.
  ///
  /// Cost:   see `RecordScan`; inlined into every caller, together with its sink.
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
  /// Scans to the end, again from every stray quote.
  ///
  /// Shape:  the last record may lack a line break.
  private mutating func run(_ sink: inout Sink) {
    var base = recordStart
    while true {
      guard let stray = scanBlocks(from: base, &sink) else { break }
      // What followed the stray quote is read again, this time as plain text.
      sink.strayQuote(at: stray)
      hasPairs = false
      base = stray + 1
    }
    if recordStart < end { closeRecord(at: end, next: end, &sink) }
  }

  /// Scans to the end, or until the quote at the returned position turns out to be a stray.
  ///
  /// Shape:  `opened` is the quote of the open cell or -1, and `passed` the position before which quotes are decided.
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

  /// The quotes, delimiters and line breaks among the 64 bytes at `base`, as bits.
  @inline(__always)
  private func structure(at base: Int) -> UInt64 {
    if base + 64 <= readable {
      let mask = lp_any_mask64(bytes + base, dialect.quote, dialect.delimiter, dialect.lineBreak)
      return base + 64 <= end ? mask : mask & (1 << UInt64(end - base) &- 1)
    }
    // The last bytes of a file may be at the end of a page, beyond which nothing may be loaded.
    var mask: UInt64 = 0
    for position in base..<end {
      let byte = bytes[position]
      if byte == dialect.quote || byte == dialect.delimiter || byte == dialect.lineBreak {
        mask |= 1 << UInt64(position - base)
      }
    }
    return mask
  }

  /// Passes on the cell that ends at `position`.
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

  /// Passes on the record that ends at `position`, unless it is blank.
  @inline(__always)
  private mutating func closeRecord(at position: Int, next: Int, _ sink: inout Sink) {
    // Drop all of them, as in CR CR LF, so that a record read again is the same record.
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

/// Records as texts, for samples and single records. Whole files never go through here.
///
/// Cost:   one `String` per cell.
struct CollectedRecords: RecordScanSink {
  private let text: UnsafeRawBufferPointer
  private let dialect: DelimitedDialect
  private var cells: [String] = []
  private(set) var records: [(start: Int, next: Int, cells: [String])] = []
  private let limit: Int

  /// The records in `range`, at most `limit`, each with where it starts and where the next one does.
  ///
  /// Cost:   one `String` per cell.
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

/// Decodes doubled quotes and backslash escapes within cells.
enum QuotePairs {
  /// The text with one quote for each pair and, in a dialect with backslash escapes, without those backslashes.
  static func decoded(_ bytes: UnsafeRawBufferPointer, _ dialect: DelimitedDialect) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    decode(bytes, dialect, into: &out)
    return out
  }

  /// Appends the decoded text to `out`, which is reused from cell to cell.
  ///
  /// Shape:  a quote that is not doubled stays, as a stray one does.
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

  /// Whether a backslash before this byte is an escape. Before anything else, as in `C:\new`, it is a plain character.
  private static func isEscapable(_ byte: UInt8, _ dialect: DelimitedDialect) -> Bool {
    byte == dialect.quote || byte == .backslash || byte == dialect.delimiter || byte == dialect.lineBreak
  }
}
