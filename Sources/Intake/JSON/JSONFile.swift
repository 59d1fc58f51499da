import Listings
import Synchronization

/// A JSON file: an object per line, an array of objects, or objects spread over lines.
final class JSONFile: PieceReading {
  enum Shape { case lines, array, objects }

  let firstRecord: Int
  let signatureNames: [String]
  let keySignature: UInt64
  let fileProblems: [IntakeProblem]
  let file: ReadableText
  private let shape: Shape
  private let mapping: ColumnMapping
  private let dayOrders = DayOrderSearch()
  private let tables: ReferenceTables
  private let identities = IdentitySearch()
  /// What the values of a name add to a record's digest, by the name's fingerprint.
  private let digests = Mutex<[UInt64: DigestColumn]>([:])
  private let met: Mutex<(names: [String], known: Set<String>)>
  /// Hostile objects may all have names of their own.
  private static let mostNames = 10_000

  var format: String { shape == .lines ? "jsonl" : "json" }
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: file.bytes[..<end]) }
  /// The names met so far.
  var columns: [String] { met.withLock { $0.names } }
  var fields: [Field?] { findings.map(\.field) }
  var findings: [ColumnFinding] { mapping.findings(named: columns) }
  let header: HeaderSignature
  let currencyProposal: CurrencyProposal?
  let statedCurrency: String?

  /// Where the records end; what follows is no listing.
  private let end: Int
  let conversions: [Conversion]

  /// - Parameter wrapper: the array in which the listings stand, if they do not fill the file.
  init(file: ReadableText, shape: Shape, start: Int, wrapper: JSONWrapper? = nil, options: IntakeOptions) {
    self.file = file
    end = wrapper?.content.upperBound ?? file.bytes.count
    conversions = file.conversions + (wrapper.map { [Self.conversion($0)] } ?? [])
    self.shape = shape
    firstRecord = start
    let sample = JSONSample(UnsafeRawBufferPointer(rebasing: file.bytes[..<end]), start, shape)
    let names = sample.firstNames
    met = Mutex((names, Set(names)))
    // Later objects may lack a name or have another: the first one stands for the file, whatever its order.
    signatureNames = names.sorted()
    keySignature = Fingerprint.ofSet(names)
    tables = options.tables
    header = HeaderSignature(names: names.sorted())
    let mapping = options.mapping.fitted(to: header, options.assignments, options.tables, sample.columns)
    self.mapping = mapping
    currencyProposal = mapping.currencyProposal
    statedCurrency = mapping.statedCurrency(options)
    fileProblems = FileProblems.ofColumns(mapping.findings(named: names), file: file.name)
  }

  private static func conversion(_ wrapper: JSONWrapper) -> Conversion {
    let others = wrapper.others.isEmpty ? "" : "; what stands beside it belongs to no listing: "
    let named = wrapper.others.prefix(8).joined(separator: ", ") + (wrapper.others.count > 8 ? ", …" : "")
    return Conversion(.unwrapped, "listings taken from the array `\(wrapper.name)` of one object\(others)\(named)")
  }

  /// Takes in a name that a record has.
  func meet(_ name: String) {
    met.withLock { met in
      guard met.names.count < Self.mostNames, met.known.insert(name).inserted else { return }
      met.names.append(name)
    }
  }

  func border(from start: Int, target: Int) -> Int {
    if shape == .lines {
      guard target < bytes.count else { return bytes.count }
      return (bytes[target...].firstIndex(of: .lineFeed) ?? bytes.count - 1) + 1
    }
    for record in JSONRecords(bytes, shape, start..<bytes.count) where record.range.upperBound >= target {
      return record.range.upperBound
    }
    return bytes.count
  }

  func read(_ piece: Range<Int>, into assembly: RowAssembly) {
    var rows = JSONRows(assembly: assembly, file: self, mapping: mapping)
    let bytes = bytes
    for record in JSONRecords(bytes, shape, piece) {
      let text = UnsafeRawBufferPointer(rebasing: bytes[record.range])
      rows.begin()
      var json = JSONText(text, readable: bytes.count - record.range.lowerBound)
      if let failure = json.read(into: &rows) {
        rows.discard()
        let column = failure.position + 1 + record.range.lowerBound - record.lineStart
        assembly.report(
          .malformedJSON(failure.fault, column: column), at: text.baseAddress!, hasRow: false,
          excerpt: UnsafeRawBufferPointer(rebasing: text.dropFirst(max(0, failure.position - 20))))
      } else {
        rows.finish(record: text)
      }
    }
  }

  func dayOrder(of field: Field) -> DayOrder? {
    dayOrders.order(of: field) {
      let bytes = bytes
      var dates = DatesOfField(field: field, names: JSONNames(mapping: mapping))
      for record in JSONRecords(bytes, shape, firstRecord..<bytes.count) {
        if dates.witness.isSettled(after: record.range.lowerBound - firstRecord) { break }
        let text = UnsafeRawBufferPointer(rebasing: bytes[record.range])
        var json = JSONText(text, readable: bytes.count - record.range.lowerBound)
        dates.begin()
        if json.read(into: &dates) == nil { dates.finish() }
      }
      return dates.witness
    }
  }

  var identity: RowIdentity { identities.identity(of: self, tables) }

  func digest(of record: UnsafeRawBufferPointer, _ addresses: AddressTable) -> RecordDigest {
    var values = DigestOfValues(file: self, addresses: addresses)
    var text = JSONText(record, readable: record.count)
    _ = text.read(into: &values)
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
    var text = JSONText(record, readable: record.count)
    _ = text.read(into: &sink)
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
