import Listings

/// A CSV or TSV file: its dialect, its columns, and how its records become rows and cells.
final class DelimitedFile: PieceReading {
  let columns: [String]
  let fields: [Field?]
  let findings: [ColumnFinding]
  let header: HeaderSignature
  let firstRecord: Int
  let dialect: DelimitedDialect
  let fileProblems: [IntakeProblem]
  let keySignature: UInt64
  let file: ReadableText
  private let columnCurrency: UInt8
  /// The cell that each column fills, -1 for none.
  private let slots: [Int]
  private let dayOrders = DayOrderSearch()
  private let tables: ReferenceTables
  private let identities = IdentitySearch()
  private let digests: [DigestColumn]

  var format: String { dialect.delimiter == .tab ? "tsv" : "csv" }
  var bytes: UnsafeRawBufferPointer { file.bytes }

  init(file: ReadableText, options: IntakeOptions) {
    var options = options
    if let table = file.table { (options.delimiter, options.hasHeader) = (.comma, table.hasHeader) }
    let head = DelimitedHead(bytes: file.bytes, start: file.start, options: options, mapping: options.mapping)
    let sample = ColumnSample(of: file.bytes, from: head.firstRecord, head.dialect, names: head.columns)
    header =
      head.hasHeader ? HeaderSignature(names: head.columns) : sample.signatureWithoutHeader(options.tables.currencies)
    let mapping = options.mapping.fitted(to: header, options.assignments, options.tables, sample)
    let claims = mapping.columns(named: head.columns)
    self.file = file
    dialect = head.dialect
    firstRecord = head.firstRecord
    columns = head.columns
    fields = claims.map(\.field)
    findings = mapping.findings(named: head.columns)
    slots = fields.map { $0.flatMap { RowAssembly.slots[$0] } ?? -1 }
    columnCurrency = claims.first { $0.field == .price }?.currency ?? 0
    keySignature = Fingerprint.ofSet(head.columns)
    tables = options.tables
    digests = zip(head.columns, claims).enumerated().map { place, column in
      sample.countsRows(place)
        ? DigestColumn(name: column.0, use: .leftOut)
        : DigestColumn(name: column.0, field: column.1.field, options.tables.changingColumns)
    }
    let isUnknown = !head.columns.isEmpty && fields.allSatisfy { $0 == nil }
    fileProblems = isUnknown ? [IntakeProblem(file: file.name, what: .noKnownColumn)] : []
  }

  func border(from start: Int, target: Int) -> Int {
    DelimitedPieces.border(in: bytes, from: start, target: target, dialect: dialect)
  }

  func read(_ piece: Range<Int>, into assembly: RowAssembly) {
    assembly.columnCurrency = columnCurrency
    slots.withUnsafeBufferPointer { slots in
      var sink = DelimitedRows(text: bytes, slots: slots, assembly: assembly)
      RecordScan.scan(bytes, piece, dialect, into: &sink)
    }
  }

  /// Where no column is taken for ids or addresses, there is nothing to find out.
  var identity: RowIdentity {
    let mayName = fields.contains { $0 == .listingID || $0 == .url }
    return mayName ? identities.identity(of: self, tables) : RowIdentity()
  }

  func digest(of record: UnsafeRawBufferPointer, _ addresses: AddressTable) -> RecordDigest {
    digests.withUnsafeBufferPointer { columns in
      var cells = DigestOfCells(text: record, columns: columns, addresses: addresses)
      RecordScan.scan(record, 0..<record.count, dialect, into: &cells)
      if cells.digest.cellCount > 0 { return cells.digest }
      cells.takesAll = true
      RecordScan.scan(record, 0..<record.count, dialect, into: &cells)
      return cells.digest.cellCount > 0 ? cells.digest : .ofBytes(record)
    }
  }

  func tableRow(ofRecord number: Int) -> Int? {
    guard let numbering = file.table?.numbering, number < numbering.count else { return nil }
    return numbering.number(of: number)
  }

  func dayOrder(of field: Field) -> DayOrder? {
    guard let column = fields.firstIndex(of: field) else { return nil }
    return dayOrders.order(of: field) {
      var dates = DatesOfColumn(text: bytes, column: column)
      var position = firstRecord
      while position < bytes.count, !dates.witness.isSettled(after: position - firstRecord) {
        let end = min(border(from: position, target: min(position + (1 << 20), bytes.count)), bytes.count)
        RecordScan.scan(bytes, position..<end, dialect, into: &dates)
        position = end
      }
      return dates.witness
    }.map { DayOrder(first: $0.first, row: tableRow(ofRecord: $0.row - 1) ?? $0.row, text: $0.text) }
  }

  /// The cells of a record; cells beyond the header are `extra1`, `extra2`, ….
  func cells(of record: UnsafeRawBufferPointer) -> [RecordCell] {
    let texts = CollectedRecords.read(record, 0..<record.count, dialect, limit: 1).first?.cells ?? []
    return texts.enumerated().map { index, text in
      index < columns.count
        ? RecordCell(reading: text, name: columns[index], field: fields[index])
        : RecordCell(name: "extra\(index - columns.count + 1)", field: nil, text: text)
    }
  }
}

/// Puts the cells of a delimited file into rows.
private struct DelimitedRows: RecordScanSink {
  private let text: UnsafeRawPointer
  private let slots: UnsafeBufferPointer<Int>
  private let assembly: RowAssembly

  init(text: UnsafeRawBufferPointer, slots: UnsafeBufferPointer<Int>, assembly: RowAssembly) {
    self.text = text.baseAddress!
    self.slots = slots
    self.assembly = assembly
  }

  @inline(__always)
  func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
    guard index < slots.count, slots[index] >= 0 else { return }
    let bytes = UnsafeRawBufferPointer(start: text + start, count: end - start)
    if hasPairs { assembly.setDecoded(slots[index], bytes) } else { assembly.set(slots[index], bytes) }
  }

  @inline(__always)
  func record(start: Int, end: Int, next: Int, cells: Int) {
    let record = UnsafeRawBufferPointer(start: text + start, count: end - start)
    if cells != slots.count { reportRagged(record, cells) }
    assembly.finishRow(record: record)
  }

  func strayQuote(at position: Int) {
    let rest = UnsafeRawBufferPointer(start: text + position, count: 1)
    assembly.report(.unterminatedQuote, at: text + position, hasRow: true, excerpt: rest)
  }

  private func reportRagged(_ record: UnsafeRawBufferPointer, _ cells: Int) {
    let what: IntakeProblem.What =
      cells < slots.count
      ? .tooFewCells(found: cells, expected: slots.count) : .tooManyCells(found: cells, expected: slots.count)
    assembly.report(what, at: record.baseAddress!, hasRow: true, excerpt: record)
  }
}

/// Looks at the dates of one column.
private struct DatesOfColumn: RecordScanSink {
  let text: UnsafeRawBufferPointer
  let column: Int
  var witness = DayOrderWitness()
  private var row = 1

  init(text: UnsafeRawBufferPointer, column: Int) {
    self.text = text
    self.column = column
  }

  @inline(__always)
  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
    if index == column { witness.see(UnsafeRawBufferPointer(rebasing: text[start..<end]), row: row) }
  }

  mutating func record(start: Int, end: Int, next: Int, cells: Int) { row += 1 }
  mutating func strayQuote(at position: Int) {}
}

/// Takes the cells of a record into its digest.
private struct DigestOfCells: RecordScanSink {
  let text: UnsafeRawBufferPointer
  let columns: UnsafeBufferPointer<DigestColumn>
  let addresses: AddressTable
  /// Whether cells count that otherwise would not.
  var takesAll = false
  var digest = RecordDigest()

  init(text: UnsafeRawBufferPointer, columns: UnsafeBufferPointer<DigestColumn>, addresses: AddressTable) {
    (self.text, self.columns, self.addresses) = (text, columns, addresses)
  }

  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
    let bytes = UnsafeRawBufferPointer(rebasing: text[start..<end])
    // Cells beyond the header are columns too, each by its place.
    let column = index < columns.count ? columns[index] : DigestColumn(name: "extra\(index)", use: .counts)
    if hasPairs {
      QuotePairs.decoded(bytes).withUnsafeBytes { add($0, column) }
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
