import Listings
import Synchronization

/// A JSON file: listings one per line, in arrays, as members of an object, or as rows of a list.
///
/// Shape:  columns are dotted names, in the order in which the reading threads meet them. Every object may have its own.
/// Cost:   opening samples the first listings. Reading is one pass to find where a listing ends, and one to parse it.
/// Fails:  never; what is not a listing becomes a problem, and reading resumes after it.
final class JSONFile: PieceReading {
  /// The names of the first listing, sorted. They stand for the file.
  let signatureNames: [String]
  // What `RecordReading` and `PieceReading` ask for.
  /// The fingerprint of `signatureNames`, which is part of keys without a platform.
  let keySignature: UInt64
  let header: HeaderSignature
  let fileProblems: [IntakeProblem]
  let conversions: [Conversion]
  let file: ReadableText
  let layout: JSONLayout
  /// The names around each listing, for files in which they are a value.
  let context: JSONContext
  /// Where in each object the listing is; nil where the object is the listing.
  let envelope: JSONEnvelope?
  /// What listings look like, to resume after malformed ones.
  let likeness: JSONLikeness
  /// Decides the column of each name.
  let mapping: ColumnMapping
  private let dayOrders = DayOrderSearch()
  private let tables: ReferenceTables
  private let identities = IdentitySearch()
  /// How the values of each name contribute to the digest, by the fingerprint of the name.
  private let digests = Mutex<[UInt64: DigestColumn]>([:])
  /// All names so far, in order of appearance.
  private let seen: Mutex<(names: [String], known: Set<String>)>
  /// Every object of a hostile file may have new names.
  private static let maximumNames = 10_000

  var format: String { layout.form == .lines ? "jsonl" : "json" }
  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: file.bytes[..<layout.end]) }
  var firstRecord: Int { layout.start }
  /// The names seen so far.
  var columns: [String] { seen.withLock { $0.names } }
  var fields: [Field?] { findings.map(\.field) }
  var findings: [ColumnFinding] { mapping.findings(named: columns) }
  let currencyProposal: CurrencyProposal?
  let statedCurrency: String?

  /// Samples the listings to recognise columns.
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
    seen = Mutex((names, Set(names)))
    // Later objects may lack names or have others. The first one stands for the file, whatever its order of names.
    signatureNames = names.sorted()
    keySignature = Fingerprint.ofSet(names)
    tables = options.tables
    header = HeaderSignature(names: signatureNames)
    let mapping = options.mapping.fitted(to: header, options.assignments, options.tables, sample.columns)
    self.mapping = mapping
    currencyProposal = mapping.currencyProposal
    statedCurrency = mapping.statedCurrency(options)
    fileProblems =
      ColumnProblems.of(mapping.findings(named: names), file: file.name)
      + layout.omissions.map { IntakeProblem(file: file.name, what: .jsonLack($0)) }
      + (layout.isCutOff ? [IntakeProblem(file: file.name, what: .endsEarly(why: "its list is not closed"))] : [])
  }

  /// Adds a name that occurs in a record, if it is new. Called from all reading threads.
  ///
  /// Limits: `maximumNames`; later ones are read but not listed.
  func addName(_ name: String) {
    seen.withLock { seen in
      guard seen.names.count < Self.maximumNames, seen.known.insert(name).inserted else { return }
      seen.names.append(name)
    }
  }

  /// The end of the line, or of the listing, that contains `target`.
  ///
  /// Cost:   in lines, a search for one byte. Otherwise a walk from listing to listing.
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

  /// Reads all listings of a piece into rows.
  func read(_ piece: Range<Int>, into assembly: RowAssembly) {
    var reading = JSONPiece(self, assembly)
    reading.read(piece)
  }

  /// Scans the values of the field for the order of day and month, at most once.
  ///
  /// Cost:   parses listings until the order is settled, once per field.
  func dayOrder(of field: Field) -> DayOrder? {
    dayOrders.order(of: field) {
      let bytes = bytes
      var dates = DatesOfField(field: field, names: JSONNames(mapping: mapping))
      var json = JSONText(envelope: envelope, header: layout.headerBytes)
      JSONListings.visit(bytes, layout) { range in
        if dates.evidence.isSettled(after: range.lowerBound - firstRecord) { return false }
        let text = UnsafeRawBufferPointer(rebasing: bytes[range])
        dates.begin()
        if json.readFirst(text, readable: bytes.count - range.lowerBound, into: &dates) == nil { dates.finish() }
        return true
      }
      return dates.evidence
    }
  }

  /// Whether ids or addresses identify rows, as one survey of the file finds.
  var identity: RowIdentity { identities.identity(of: self, tables) }

  /// The digest that identifies a record without id and address.
  ///
  /// Cost:   parses the record again.
  func digest(of record: UnsafeRawBufferPointer, _ addresses: AddressTable) -> RecordDigest {
    var values = DigestOfValues(file: self, addresses: addresses)
    var text = JSONText(envelope: envelope, header: layout.headerBytes)
    _ = text.readFirst(record, readable: record.count, into: &values)
    if values.digest.cellCount > 0 { return values.digest }
    return values.whole.cellCount > 0 ? values.whole : .ofBytes(record)
  }

  /// How the values of a name contribute to the digest of a record.
  ///
  /// Cost:   a lookup under a lock, after the name was seen once.
  func digestColumn(_ path: UnsafeRawBufferPointer) -> DigestColumn {
    let fingerprint = Fingerprint.of(path)
    if let known = digests.withLock({ $0[fingerprint] }) { return known }
    let name = String(decoding: path, as: UTF8.self)
    let column = DigestColumn(name: name, field: mapping.claim(of: name).field, tables.changingColumns)
    digests.withLock { if $0.count < Self.maximumNames { $0[fingerprint] = column } }
    return column
  }

  /// The cells of a record, each under its dotted name. A field goes to the best of the names that have a value.
  ///
  /// Shape:  a copy of a record lacks the names around it.
  func cells(of record: UnsafeRawBufferPointer) -> [RecordCell] {
    var sink = JSONCells()
    if !context.isEmpty, let start = offset(of: record) { context.pass(bytes, start, to: &sink) }
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

  /// The offset of a record in the text; nil where it is a copy.
  private func offset(of record: UnsafeRawBufferPointer) -> Int? {
    guard let start = record.baseAddress, let base = bytes.baseAddress, start >= base, start < base + bytes.count
    else { return nil }
    return start - base
  }
}

/// Collects evidence on the order of day and month from the values of one field.
private struct DatesOfField: JSONSink {
  let field: Field
  var names: JSONNames
  var evidence = DayOrderEvidence()
  /// The object being read, counted from 1 for the evidence.
  private var row = 1
  /// The value under the best name so far, and the rank of that name.
  private var best: (value: UnsafeRawBufferPointer?, rank: Int) = (nil, .max)

  init(field: Field, names: JSONNames) {
    self.field = field
    self.names = names
  }

  /// Starts an object.
  ///
  /// Shape:  forgets the value of the object before.
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

  /// Takes in the best value of the object.
  mutating func finish() {
    if let value = best.value { evidence.add(value, row: row) }
    row += 1
  }
}

/// Adds the values of an object to its digest.
///
/// Shape:  two digests at once, since only the end of the object shows whether any value counts.
struct DigestOfValues: JSONSink {
  /// Knows how each name contributes.
  let file: JSONFile
  let addresses: AddressTable
  var digest = RecordDigest()
  /// The digest with all values, for objects in which none counts.
  var whole = RecordDigest()
  /// Texts with escapes are decoded here; reused from value to value.
  private var decoded: [UInt8] = []

  init(file: JSONFile, addresses: AddressTable) { (self.file, self.addresses) = (file, addresses) }

  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {
    let column = file.digestColumn(path)
    guard kind == .escapedString else { return add(text, column) }
    decoded.removeAll(keepingCapacity: true)
    JSONEscapes.decode(text, into: &decoded)
    let bytes = decoded
    bytes.withUnsafeBytes { add($0, column) }
  }

  private mutating func add(_ text: UnsafeRawBufferPointer, _ column: DigestColumn) {
    column.reading(text) { text in
      digest.add(text, column, addresses)
      whole.add(text, name: column.name)
    }
  }
}

/// What the text around a listing says about it: its name as a member, and the name of its list.
///
/// Cost:   nothing for files without such names.
struct JSONContext: Sendable {
  private let layout: JSONLayout
  private let member: [UInt8]
  private let part: [UInt8]
  /// Whether the file has no such names.
  let isEmpty: Bool

  init(_ layout: JSONLayout) {
    self.layout = layout
    member = Array((layout.memberColumn ?? "").utf8)
    part = Array((layout.partColumn ?? "").utf8)
    isEmpty = member.isEmpty && part.isEmpty
  }

  /// Passes on the names around the listing that begins at `start`.
  func pass<Sink: JSONSink>(_ text: UnsafeRawBufferPointer, _ start: Int, to sink: inout Sink) {
    if !part.isEmpty {
      let content = layout.content(at: start)
      if content < layout.contents.count, let name = layout.contents[content].name { pass(text, name, part, to: &sink) }
    }
    if !member.isEmpty, let name = Self.name(before: start, in: text) { pass(text, name, member, to: &sink) }
  }

  private func pass<Sink: JSONSink>(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ column: [UInt8], to sink: inout Sink
  ) {
    let name = UnsafeRawBufferPointer(rebasing: text[range])
    let kind = name.contains(.backslash) ? JSONKind.escapedString : .string
    column.withUnsafeBytes { sink.value(path: $0, name, kind) }
  }

  /// The name of the member whose value begins at `start`, found backwards.
  ///
  /// Shape:  nil at the top level, and where the text before is no member name.
  private static func name(before start: Int, in text: UnsafeRawBufferPointer) -> Range<Int>? {
    var position = start - 1
    while position > 0, text[position] <= .blank || text[position] == UInt8(ascii: ":") { position -= 1 }
    guard position > 0, text[position] == .quote,
      let first = JSONStrings.start(in: text, endingAt: position, from: 0)
    else { return nil }
    return first + 1..<position
  }
}
