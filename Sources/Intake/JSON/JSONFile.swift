import Listings
import Synchronization

/// A JSON file: listings line by line, in arrays, as members of an object, or as rows of a list.
final class JSONFile: PieceReading {
  let signatureNames: [String]
  let keySignature: UInt64
  let header: HeaderSignature
  let fileProblems: [IntakeProblem]
  let conversions: [Conversion]
  let file: ReadableText
  let layout: JSONLayout
  let context: JSONContext
  let envelope: JSONEnvelope?
  let likeness: JSONLikeness
  let mapping: ColumnMapping
  private let dayOrders = DayOrderSearch()
  private let tables: ReferenceTables
  private let identities = IdentitySearch()
  /// What the values of a name add to a record's digest, by the name's fingerprint.
  private let digests = Mutex<[UInt64: DigestColumn]>([:])
  private let met: Mutex<(names: [String], known: Set<String>)>
  /// Hostile objects may all have names of their own.
  private static let mostNames = 10_000

  var format: String { layout.form == .lines ? "jsonl" : "json" }
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: file.bytes[..<layout.end]) }
  var firstRecord: Int { layout.start }
  /// The names met so far.
  var columns: [String] { met.withLock { $0.names } }
  var fields: [Field?] { findings.map(\.field) }
  var findings: [ColumnFinding] { mapping.findings(named: columns) }
  let currencyProposal: CurrencyProposal?
  let statedCurrency: String?

  init(file: ReadableText, layout: JSONLayout, options: IntakeOptions) {
    self.file = file
    self.layout = layout
    context = JSONContext(layout)
    conversions = file.conversions + layout.conversions.map { Conversion(.unwrapped, $0) }
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes[..<layout.end])
    let sample = JSONSample(bytes, layout, options.mapping)
    envelope = sample.envelope
    let names = sample.firstNames
    likeness = JSONLikeness(names: Set(names), header: layout.headerBytes, envelope: sample.envelope)
    met = Mutex((names, Set(names)))
    // Later objects may lack a name or have another: the first one stands for the file, whatever its order.
    signatureNames = names.sorted()
    keySignature = Fingerprint.ofSet(names)
    tables = options.tables
    header = HeaderSignature(names: signatureNames)
    let mapping = options.mapping.fitted(to: header, options.assignments, options.tables, sample.columns)
    self.mapping = mapping
    currencyProposal = mapping.currencyProposal
    statedCurrency = mapping.statedCurrency(options)
    fileProblems =
      FileProblems.ofColumns(mapping.findings(named: names), file: file.name)
      + layout.lacks.map { IntakeProblem(file: file.name, what: .jsonLack($0)) }
      + (layout.isCutOff ? [IntakeProblem(file: file.name, what: .endsEarly(why: "its list is not closed"))] : [])
  }

  /// Takes in a name that a record has.
  func meet(_ name: String) {
    met.withLock { met in
      guard met.names.count < Self.mostNames, met.known.insert(name).inserted else { return }
      met.names.append(name)
    }
  }

  func border(from start: Int, target: Int) -> Int {
    if layout.form == .lines {
      guard target < bytes.count else { return bytes.count }
      return (bytes[target...].firstIndex(of: .lineFeed) ?? bytes.count - 1) + 1
    }
    for record in JSONRecords(bytes, layout, start..<bytes.count, likeness: likeness)
    where record.range.upperBound >= target {
      return record.range.upperBound
    }
    return bytes.count
  }

  func read(_ piece: Range<Int>, into assembly: RowAssembly) {
    var reading = JSONPiece(self, assembly)
    reading.read(piece)
  }

  func dayOrder(of field: Field) -> DayOrder? {
    dayOrders.order(of: field) {
      let bytes = bytes
      var dates = DatesOfField(field: field, names: JSONNames(mapping: mapping))
      var json = JSONText(envelope: envelope, header: layout.headerBytes)
      JSONListings.visit(bytes, layout) { range in
        if dates.witness.isSettled(after: range.lowerBound - firstRecord) { return false }
        let text = UnsafeRawBufferPointer(rebasing: bytes[range])
        dates.begin()
        if json.readFirst(text, readable: bytes.count - range.lowerBound, into: &dates) == nil { dates.finish() }
        return true
      }
      return dates.witness
    }
  }

  var identity: RowIdentity { identities.identity(of: self, tables) }

  func digest(of record: UnsafeRawBufferPointer, _ addresses: AddressTable) -> RecordDigest {
    var values = DigestOfValues(file: self, addresses: addresses)
    var text = JSONText(envelope: envelope, header: layout.headerBytes)
    _ = text.readFirst(record, readable: record.count, into: &values)
    if values.digest.cellCount > 0 { return values.digest }
    return values.whole.cellCount > 0 ? values.whole : .ofBytes(record)
  }

  /// What the values of a name add to a record's digest.
  func digestColumn(_ path: UnsafeRawBufferPointer) -> DigestColumn {
    let fingerprint = Fingerprint.of(path)
    if let known = digests.withLock({ $0[fingerprint] }) { return known }
    let name = String(decoding: path, as: UTF8.self)
    let column = DigestColumn(name: name, field: mapping.claim(of: name).field, tables.changingColumns)
    digests.withLock { if $0.count < Self.mostNames { $0[fingerprint] = column } }
    return column
  }

  func cells(of record: UnsafeRawBufferPointer) -> [RecordCell] {
    var sink = JSONCells()
    if !context.isEmpty, let start = place(of: record) { context.tell(bytes, start, to: &sink) }
    var text = JSONText(envelope: envelope, header: layout.headerBytes)
    _ = text.readFirst(record, readable: record.count, into: &sink)
    let claims = sink.names.map { mapping.claim(of: $0) }
    var winners: [Field: Int] = [:]
    for (index, claim) in claims.enumerated() {
      guard let field = claim.field, !sink.texts[index].isEmpty else { continue }
      if let winner = winners[field], claims[winner].rank <= claim.rank { continue }
      winners[field] = index
    }
    if let id = winners[.listingID], claims[id].rank >= 3, winners[.url] != nil { winners[.listingID] = nil }
    return sink.names.indices.map { index in
      let field = claims[index].field
      return RecordCell(
        reading: sink.texts[index], name: sink.names[index], field: field.flatMap { winners[$0] == index ? $0 : nil })
    }
  }

  /// Where a record begins; nil: it is a copy.
  private func place(of record: UnsafeRawBufferPointer) -> Int? {
    guard let start = record.baseAddress, let base = bytes.baseAddress, start >= base, start < base + bytes.count
    else { return nil }
    return start - base
  }
}

/// Looks at the values of one field, object by object.
private struct DatesOfField: JSONSink {
  let field: Field
  var names: JSONNames
  var witness = DayOrderWitness()
  private var row = 1
  /// The place of the value of the best name so far, and that name's rank.
  private var best: (value: UnsafeRawBufferPointer?, rank: Int) = (nil, .max)

  init(field: Field, names: JSONNames) {
    self.field = field
    self.names = names
  }

  mutating func begin() {
    names.beginObject()
    best = (nil, .max)
  }

  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
    let (number, _) = names.number(of: path)
    let column = names.names[number].column
    guard column.field == field, column.rank < best.rank, kind == .string else { return }
    best = (text, column.rank)
  }

  mutating func finish() {
    if let value = best.value { witness.see(value, row: row) }
    row += 1
  }
}
