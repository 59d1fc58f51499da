import Glibc
import Listings
import Sentences

/// A CSV or TSV file: its dialect, its columns, and how its records become rows and cells.
///
/// Shape:  also reads the CSV that tables of workbooks and databases are written out as, with their dialect known.
/// Cost:   opening examines a sample of 64 kB. Reading is one pass.
/// Fails:  never; whatever is doubtful becomes a problem.
// What `RecordReading` and `PieceReading` ask for.
final class DelimitedFile: PieceReading {
  let columns: [String]
  let fields: [Field?]
  let findings: [ColumnFinding]
  let header: HeaderSignature
  let currencyProposal: CurrencyProposal?
  let statedCurrency: String?
  let headerBasis: Sentence
  let firstRecord: Int
  let dialect: DelimitedDialect
  let conversions: [Conversion]
  let fileProblems: [IntakeProblem]
  let keySignature: UInt64
  let file: ReadableText
  /// The currency that the price column states, as a number; 0 for none.
  private let columnCurrency: UInt8
  /// The corrections that each record needs.
  private let adjustment: CellAdjustment
  /// The bytes of the header, to recognise it when it is repeated among the records.
  private let headerBytes: Range<Int>?
  /// The cell slot that each column fills; -1 where it fills none.
  private let slots: [Int]
  /// What columns say about the order of day and month, found once per field.
  private let dayOrders = DayOrderSearch()
  /// Platforms, currencies and the other tables that readers share.
  private let tables: ReferenceTables
  /// Whether ids or addresses identify rows, found once.
  private let identities = IdentitySearch()
  /// How each column contributes to the digest of a record.
  private let digests: [DigestColumn]

  var format: String { dialect.delimiter == .tab ? "tsv" : "csv" }
  var bytes: UnsafeRawBufferPointer { file.bytes }

  /// Detects the dialect, the header and the columns from the beginning of the file.
  ///
  /// Shape:  of a table that was written out, the dialect and header are known and not detected.
  init(file: ReadableText, options: IntakeOptions) {
    var options = options
    if let table = file.table {
      options.dialect = DialectChoice()
      options.dialect.delimiter = .comma
      options.header = table.hasHeader ? .first : .missing
    }
    let head = DelimitedHead(bytes: file.bytes, start: file.start, options: options, mapping: options.mapping)
    let names = head.columns
    let sample = ColumnSample(of: file.bytes, from: head, names: names)
    header =
      head.hasHeader ? HeaderSignature(names: names) : sample.signatureWithoutHeader(options.tables.values)
    let mapping = options.mapping.fitted(to: header, options.assignments, options.tables, sample)
    currencyProposal = mapping.currencyProposal
    statedCurrency = mapping.statedCurrency(options)
    let claims = mapping.columns(named: names)
    self.file = file
    dialect = head.dialect
    adjustment = head.adjustment
    headerBytes = file.table == nil ? head.header : nil
    headerBasis = file.table?.headerBasis ?? head.why
    conversions =
      file.conversions + (head.traits.isEmpty ? [] : [Conversion(.dialect, head.traits.joined(separator: "; "))])
    firstRecord = head.firstRecord
    columns = names
    fields = claims.map(\.field)
    findings = mapping.findings(named: names)
    slots = fields.map { $0.flatMap { RowAssembly.slots[$0] } ?? -1 }
    columnCurrency = claims.first { $0.field == .price }?.currency ?? 0
    keySignature = Fingerprint.ofSet(names)
    tables = options.tables
    digests = sample.digestColumns(claims, options.tables.changingColumns)
    fileProblems = Self.problems(file, head, findings)
  }

  /// The problems of the file as a whole: its columns, and what is above its header.
  ///
  /// Shape:  without a line for what is about the columns; line 1 for a preamble.
  private static func problems(
    _ file: ReadableText, _ head: DelimitedHead, _ findings: [ColumnFinding]
  ) -> [IntakeProblem] {
    var problems = ColumnProblems.of(findings, file: file.name)
    if let first = head.preamble.first {
      let text = String(decoding: file.bytes[first].prefix(200).prefix { $0 >= .blank }, as: UTF8.self)
      problems.append(
        IntakeProblem(
          file: file.name, line: 1, what: .preamble(records: head.preamble.count), excerpt: String(text.prefix(60))))
    }
    return problems
  }

  /// The beginning of the first record at or after `target`.
  ///
  /// Found ahead of the workers, by walking over the quotes.
  func border(from start: Int, target: Int) -> Int {
    DelimitedPieces.border(in: bytes, from: start, target: target, dialect: dialect)
  }

  func read(_ piece: Range<Int>, into assembly: RowAssembly) {
    assembly.columnCurrency = columnCurrency
    slots.withUnsafeBufferPointer { slots in
      let rows = DelimitedRows(
        text: bytes, slots: slots, assembly: assembly, dialect: dialect, header: headerBytes)
      scan(bytes, piece, into: rows)
    }
  }

  /// Without a column of ids or addresses there is nothing to survey.
  var identity: RowIdentity {
    let mayIdentify = fields.contains { $0 == .listingID || $0 == .url }
    return mayIdentify ? identities.identity(of: self, tables) : RowIdentity()
  }

  /// The digest that identifies a record without id and address, by the cells that do not change between exports.
  ///
  /// Shape:  if every such cell is empty, all cells count; if they are empty too, the bytes do.
  func digest(of record: UnsafeRawBufferPointer, _ addresses: AddressTable) -> RecordDigest {
    digests.withUnsafeBufferPointer { columns in
      func digest(_ takesAll: Bool) -> RecordDigest {
        let cells = DigestOfCells(
          text: record, columns: columns, addresses: addresses, dialect: dialect, takesAll: takesAll)
        return scan(record, 0..<record.count, into: cells).digest
      }
      let some = digest(false)
      if some.cellCount > 0 { return some }
      let whole = digest(true)
      return whole.cellCount > 0 ? whole : .ofBytes(record)
    }
  }

  /// Scans whole records, with cells corrected where that is needed. Returns the sink in its final state.
  ///
  /// Cost:   specialised for each sink, so that passing on a cell is no call.
  @inline(__always)
  @discardableResult
  private func scan<Sink: RecordScanSink>(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, into sink: Sink
  ) -> Sink {
    guard adjustment.isNeeded else {
      var sink = sink
      RecordScan.scan(text, range, dialect, into: &sink)
      return sink
    }
    var adjusted = AdjustedCells(sink, text: text, adjustment, width: columns.count)
    RecordScan.scan(text, range, dialect, into: &adjusted)
    return adjusted.sink
  }

  /// The row number in the table that this file was written from; nil where it is a file itself.
  func tableRow(ofRecord number: Int) -> Int? {
    guard let numbering = file.table?.numbering, number < numbering.count else { return nil }
    return numbering.number(of: number)
  }

  /// Whether day or month comes first in the column of `field`, with the row that proves it.
  ///
  /// Cost:   scans up to `DayOrderSearch.searchedBytes` of the file, a megabyte at a time.
  func dayOrder(of field: Field) -> DayOrder? {
    guard let column = fields.firstIndex(of: field) else { return nil }
    return dayOrders.order(of: field) {
      var dates = DatesOfColumn(text: bytes, column: column)
      var position = firstRecord
      while position < bytes.count, !dates.evidence.isSettled(after: position - firstRecord) {
        let end = min(border(from: position, target: min(position + (1 << 20), bytes.count)), bytes.count)
        dates = scan(bytes, position..<end, into: dates)
        position = end
      }
      return dates.evidence
    }.map { DayOrder(first: $0.first, row: tableRow(ofRecord: $0.row - 1) ?? $0.row, text: $0.text) }
  }

  /// The cells of a record, decoded; those beyond the header are named `extra1`, `extra2`, ….
  ///
  /// Cost:   parses a single record; called for what is on screen or exported.
  func cells(of record: UnsafeRawBufferPointer) -> [RecordCell] {
    var texts = CollectedRecords.read(record, 0..<record.count, dialect, limit: 1).first?.cells ?? []
    if adjustment.isNeeded { texts = adjustment.adjusted(texts, width: columns.count) }
    return texts.enumerated().map { index, text in
      index < columns.count
        ? RecordCell(reading: text, name: columns[index], field: fields[index])
        : RecordCell(name: "extra\(index - columns.count + 1)", field: nil, text: text)
    }
  }
}

/// Passes the cells of a delimited file to the row assembly.
///
/// Cost:   a comparison of lengths per record finds repeated headers.
private struct DelimitedRows: RecordScanSink {
  /// The first byte of the file; cells are offsets from it.
  private let text: UnsafeRawPointer
  /// The cell slot that each column fills.
  private let slots: UnsafeBufferPointer<Int>
  /// Takes rows and problems.
  private let assembly: RowAssembly
  private let dialect: DelimitedDialect
  /// The bytes of the header; empty for a file without one.
  private let header: UnsafeRawBufferPointer

  /// - Parameter header: where the header is, to drop its repetitions.
  init(
    text: UnsafeRawBufferPointer, slots: UnsafeBufferPointer<Int>, assembly: RowAssembly, dialect: DelimitedDialect,
    header: Range<Int>?
  ) {
    self.text = text.baseAddress!
    self.slots = slots
    self.assembly = assembly
    self.dialect = dialect
    self.header =
      header.map { UnsafeRawBufferPointer(rebasing: text[$0]) } ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  @inline(__always)
  /// Passes a cell on, if a field takes its column.
  func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
    guard index < slots.count, slots[index] >= 0 else { return }
    let bytes = UnsafeRawBufferPointer(start: text + start, count: end - start)
    if hasPairs { assembly.setDecoded(slots[index], bytes, dialect) } else { assembly.set(slots[index], bytes) }
  }

  @inline(__always)
  /// Completes the row, unless the record is a repeated header.
  func record(start: Int, end: Int, next: Int, cells: Int) {
    let record = UnsafeRawBufferPointer(start: text + start, count: end - start)
    if isHeader(record) {
      assembly.discardRow()
      return assembly.report(.headerRepeated, at: record.baseAddress!, hasRow: false, excerpt: record)
    }
    if cells != slots.count { reportRagged(record, cells) }
    assembly.finishRow(record: record)
  }

  /// Whether the record repeats the header, as where files were concatenated; a byte order mark may precede it.
  @inline(__always)
  private func isHeader(_ record: UnsafeRawBufferPointer) -> Bool {
    let surplus = record.count - header.count
    guard surplus == 0 || surplus == 3, header.count > 0 else { return false }
    if surplus == 3, record[0] != 0xEF { return false }
    return memcmp(record.baseAddress! + surplus, header.baseAddress!, header.count) == 0
  }

  /// Reports a quote that neither opens nor closes a cell.
  func strayQuote(at position: Int) {
    let rest = UnsafeRawBufferPointer(start: text + position, count: 1)
    assembly.report(.unterminatedQuote, at: text + position, hasRow: true, excerpt: rest)
  }

  /// Reports a record with fewer or more cells than the header.
  ///
  /// Shape:  the row is kept; missing cells are empty.
  private func reportRagged(_ record: UnsafeRawBufferPointer, _ cells: Int) {
    let what: IntakeProblem.What =
      cells < slots.count
      ? .tooFewCells(found: cells, expected: slots.count) : .tooManyCells(found: cells, expected: slots.count)
    assembly.report(what, at: record.baseAddress!, hasRow: true, excerpt: record)
  }
}

/// Collects evidence on the order of day and month from the dates of one column.
private struct DatesOfColumn: RecordScanSink {
  let text: UnsafeRawBufferPointer
  let column: Int
  var evidence = DayOrderEvidence()
  /// The number of the record, for the evidence.
  private var row = 1

  init(text: UnsafeRawBufferPointer, column: Int) {
    self.text = text
    self.column = column
  }

  @inline(__always)
  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
    if index == column { evidence.add(UnsafeRawBufferPointer(rebasing: text[start..<end]), row: row) }
  }

  mutating func record(start: Int, end: Int, next: Int, cells: Int) { row += 1 }
  mutating func strayQuote(at position: Int) {}
}

/// Adds the cells of a record to its digest.
struct DigestOfCells: RecordScanSink {
  let text: UnsafeRawBufferPointer
  let columns: UnsafeBufferPointer<DigestColumn>
  let addresses: AddressTable
  let dialect: DelimitedDialect
  /// Whether to include cells that normally do not count, such as those that change between exports.
  let takesAll: Bool
  /// The digest of the cells so far.
  var digest = RecordDigest()

  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
    let bytes = UnsafeRawBufferPointer(rebasing: text[start..<end])
    // Cells beyond the header are columns too, each named by its position.
    let column = index < columns.count ? columns[index] : DigestColumn(name: "extra\(index)", use: .counts)
    if hasPairs {
      QuotePairs.decoded(bytes, dialect).withUnsafeBytes { add($0, column) }
    } else {
      add(bytes, column)
    }
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer, _ column: DigestColumn) {
    column.reading(bytes) { bytes in
      if takesAll { digest.add(bytes, name: column.name) } else { digest.add(bytes, column, addresses) }
    }
  }

  mutating func record(start: Int, end: Int, next: Int, cells: Int) {}
  mutating func strayQuote(at position: Int) {}
}
