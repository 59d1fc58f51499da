import CPlatform
import Glibc
import Listings

/// Turns the cells of records into rows, for one worker.
///
/// Shape:  a reader sets the cells of a record with `set`, completes it with `finishRow`, and takes the whole piece with
///         `takeBatch`.
/// Cost:   a few hundred nanoseconds per row; no text becomes a `String`.
/// Fails:  never; what cannot be read becomes a problem of the piece.
final class RowAssembly {
  /// A cell in the file or, if it had to be decoded, in the slabs of the batch.
  struct Cell {
    var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    var isNumber = false
  }

  /// One slot per field; a field's slot is its position among all fields.
  static let slotCount = Field.allCases.count
  /// The slots that readers fill. Fields that are only read from the record on demand have none, except those of the key.
  static let slots: [Field: Int] = Dictionary(
    uniqueKeysWithValues: Field.allCases.enumerated().compactMap { index, field in
      field.storage == .record && field != .listingID && field != .url ? nil : (field, index)
    })

  /// The slots that are used by name, looked up once.
  private struct Slots {
    let id = slots[.listingID]!, platform = slots[.platform]!, url = slots[.url]!, title = slots[.title]!
    let description = slots[.description]!, price = slots[.price]!, currency = slots[.currency]!
    let seller = slots[.sellerAlias]!, country = slots[.country]!, posted = slots[.postedAt]!
    let captured = slots[.capturedAt]!
    let dictionary = Field.dictionaryFields.map { slots[$0]! }
    let platformCode = Field.platform.dictionaryIndex!
  }

  private let slot = Slots()
  // One worker at a time calls an assembly, and no method calls back into it. Without `unchecked`, every access to these
  // would be recorded at run time, several times per row.
  private let cells: UnsafeMutablePointer<Cell>
  private let values: UnsafeMutablePointer<BatchValues>
  @exclusivity(unchecked) private var columns = RowColumns()
  private(set) var rowCount = 0
  @exclusivity(unchecked) private var batch = RowBatch(expectedRows: 0)
  private(set) var problems: PieceProblems
  private let keepsAllProblems: Bool

  private let platforms: Platforms
  private let addresses: AddressTable
  @exclusivity(unchecked) private var prices: PriceReading
  /// Whether rows get the fingerprints of their keys.
  private let makesKeys: Bool
  /// Whether rows get the fingerprints of their compared cells.
  private let makesCells: Bool
  @exclusivity(unchecked) private var key: ListingKeyForm
  @exclusivity(unchecked) private var keyText: [UInt8] = []
  /// Whether `key.address` is that of the current row.
  private var hasAddress = false
  /// Collects evidence on ids and addresses instead of rows; nil when rows are wanted.
  private var survey: IdentitySurvey?
  private var lastHost: [UInt8] = []
  private var lastPlatform = UnsafeRawBufferPointer(start: nil, count: 0)
  @exclusivity(unchecked) private var decoded: [UInt8] = []

  // The same for all rows of the file being read.
  private var reader: any RecordReading
  private var fileStart: UnsafeRawPointer
  /// The currency in the column's name. A reader whose columns differ between records sets it per row.
  var columnCurrency: UInt8 = 0
  /// The currency that the user gave to prices of this file that name none; 0: none.
  private var statedCurrency: UInt8 = 0
  /// What `TextCheck` found in the piece; 0 spares the check of every record.
  private var textFlags: Int32 = 0
  /// The encoding in which some bytes of the file were invalid; they are U+FFFD now.
  private var replacedIn: TextEncoding?

  /// - Parameters:
  ///   - makesKeys: whether anybody asks for the fingerprints of keys.
  ///   - makesCells: whether anybody asks for the fingerprints of cells.
  ///   - survey: if given, rows only feed the survey and are discarded.
  init(
    tables: ReferenceTables, reader: any RecordReading, keepsAllProblems: Bool = false, makesKeys: Bool = true,
    makesCells: Bool = false, survey: IdentitySurvey? = nil
  ) {
    self.makesKeys = makesKeys
    self.makesCells = makesCells
    self.keepsAllProblems = keepsAllProblems
    self.survey = survey
    key = ListingKeyForm(addresses: tables.addresses)
    problems = PieceProblems(keepsAll: keepsAllProblems)
    platforms = tables.platforms
    addresses = tables.addresses
    prices = PriceReading(currencies: tables.currencies, platforms: tables.platforms)
    cells = .allocate(capacity: Self.slotCount)
    cells.initialize(repeating: Cell(), count: Self.slotCount)
    values = .allocate(capacity: RowColumns.fieldCount)
    values.initialize(from: batch.values, count: RowColumns.fieldCount)
    self.reader = reader
    fileStart = reader.bytes.baseAddress ?? TextSlabs.empty
  }

  deinit {
    columns.free()
    cells.deinitialize(count: Self.slotCount)
    cells.deallocate()
    values.deinitialize(count: RowColumns.fieldCount)
    values.deallocate()
  }

  // MARK: A piece

  /// Begins a piece of a file.
  ///
  /// Cost:   one SIMD pass over the piece, so that clean text is not checked record by record.
  func begin(_ reader: any PieceReading, piece: UnsafeRawBufferPointer) {
    self.reader = reader
    fileStart = reader.bytes.baseAddress ?? TextSlabs.empty
    key.signature = reader.keySignature
    if survey == nil, makesKeys { key.identity = reader.identity }
    replacedIn = reader.file.replacedIn
    columnCurrency = 0
    statedCurrency = reader.statedCurrency.map { prices.currencies.number(ofCode: $0) } ?? 0
    textFlags = TextCheck.flags(of: piece)
  }

  /// Returns the rows read since `begin`, and starts an empty batch.
  ///
  /// Shape:  problems are those of the same rows.
  func takeBatch() -> (RowBatch, PieceProblems) {
    let full = batch
    columns.fill(full, count: rowCount, hasKeys: makesKeys, hasCells: makesCells)
    batch = RowBatch(expectedRows: 0)
    for field in 0..<RowColumns.fieldCount { swap(&full.values[field], &values[field]) }
    for field in 0..<RowColumns.fieldCount { values[field] = batch.values[field] }
    rowCount = 0
    // The last platform may point into the slabs that leave with the batch.
    lastHost = []
    defer { problems = PieceProblems(keepsAll: keepsAllProblems) }
    return (full, problems)
  }

  /// Adds a problem of the piece. With `hasRow`, it belongs to the current row.
  func report(
    _ what: IntakeProblem.What, at address: UnsafeRawPointer, hasRow: Bool, field: Field? = nil,
    excerpt: UnsafeRawBufferPointer
  ) {
    problems.add(at: address - fileStart, row: hasRow ? rowCount : nil, field: field, what, excerpt: excerpt)
  }

  // MARK: A row

  /// Sets a cell of the current record.
  @inline(__always)
  func set(_ slot: Int, _ bytes: UnsafeRawBufferPointer, isNumber: Bool = false) {
    cells[slot] = Cell(bytes: bytes, isNumber: isNumber)
  }

  @inline(__always)
  func bytes(_ slot: Int) -> UnsafeRawBufferPointer { cells[slot].bytes }

  /// Copies bytes to memory that lives as long as the dataset.
  func store(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
    bytes.withUnsafeBytes { UnsafeRawBufferPointer(start: batch.slabs.store($0), count: $0.count) }
  }

  /// Sets a cell whose quotes or escapes have to be decoded.
  func setDecoded(_ slot: Int, _ bytes: UnsafeRawBufferPointer, _ dialect: DelimitedDialect) {
    decoded.removeAll(keepingCapacity: true)
    QuotePairs.decode(bytes, dialect, into: &decoded)
    set(slot, store(decoded))
  }

  /// Clears the cells set since the last row.
  func discardRow() {
    for index in 0..<Self.slotCount { cells[index] = Cell() }
  }

  /// Makes a row of the cells set since the last one.
  ///
  /// Shape:  HTML is decoded first, since everything else is read from what it says.
  func finishRow(record: UnsafeRawBufferPointer) {
    if rowCount == columns.capacity { columns.grow(keeping: rowCount) }
    // Before HTML is decoded: what stands in the file is compared.
    if makesCells { columns.cells[rowCount] = cellFingerprints }
    if ReadableMarkup.mayOccur(in: record) { decodeMarkup() }
    hasAddress = false
    if survey != nil { return survey(record) }
    let row = rowCount
    columns.recordStarts[row] = Self.address(record)
    columns.recordLengths[row] = UInt32(clamping: record.count)
    let (title, description) = (cells[slot.title].bytes, cells[slot.description].bytes)
    columns.titleStarts[row] = Self.address(title)
    columns.titleLengths[row] = UInt32(clamping: title.count)
    columns.descriptionStarts[row] = Self.address(description)
    columns.descriptionLengths[row] = UInt32(clamping: description.count)
    let platform = platform()
    encode(platform)
    readPrice(platform: platform)
    readTimes(platform: platform)
    if makesCells {
      let address = cells[slot.url].bytes
      columns.addressStarts[row] = Self.address(address)
      columns.addressLengths[row] = UInt32(clamping: address.count)
    }
    if makesKeys {
      columns.keyBases[row] = KeyBasis.words.rawValue
      columns.keys[row] = fingerprint(platform: platform, record: record)
    } else if textFlags != 0 {
      reportDamage(to: record)
    }
    if let replacedIn, hasReplacement(record) {
      report(.undecodable(replacedIn), at: record.baseAddress!, hasRow: true, excerpt: record)
    }
    discardRow()
    rowCount += 1
  }

  /// Whether decoding left a replacement character in the record.
  private func hasReplacement(_ record: UnsafeRawBufferPointer) -> Bool {
    memmem(record.baseAddress!, record.count, [0xEF, 0xBF, 0xBD] as [UInt8], 3) != nil
  }

  /// Fingerprints of the cells that are compared from scrape to scrape.
  @inline(__always)
  private var cellFingerprints: CellFingerprints {
    CellFingerprints(
      title: Fingerprint.of(cells[slot.title].bytes), price: Fingerprint.of(cells[slot.price].bytes),
      text: Fingerprint.of(cells[slot.description].bytes), seller: Fingerprint.of(cells[slot.seller].bytes))
  }

  @inline(__always)
  private static func address(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    UInt64(UInt(bitPattern: bytes.baseAddress ?? TextSlabs.empty))
  }

  /// Stores the codes of the counted fields. A value such as `n/a` counts as missing, except `NA` as a country, which is
  /// Namibia.
  private func encode(_ platform: UnsafeRawBufferPointer) {
    let codes = columns.codes + rowCount * RowColumns.fieldCount
    for field in 0..<RowColumns.fieldCount {
      let index = slot.dictionary[field]
      var bytes = field == slot.platformCode ? platform : BlankTrimming.trimmed(cells[index].bytes)
      if bytes.count > 0, MissingMark.isMissing(bytes), index != slot.country || !isNamibia(bytes) {
        bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      }
      codes[field] = values[field].code(for: bytes)
    }
  }

  private func isNamibia(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count == 2 && bytes[0] == UInt8(ascii: "N") && bytes[1] == UInt8(ascii: "A")
  }

  // MARK: HTML

  /// Replaces cells that contain HTML by their readable text.
  private func decodeMarkup() {
    for index in Self.markupSlots where cells[index].bytes.count > 0 {
      decoded.removeAll(keepingCapacity: true)
      guard ReadableMarkup.decode(cells[index].bytes, into: &decoded) else { continue }
      cells[index].bytes = store(decoded)
      batch.markupCells += 1
    }
  }

  private static let markupSlots: [Int] = slots.filter(\.key.mayHoldMarkup).map(\.value).sorted()

  // MARK: Platform

  /// Splits the address of the row, once per row and only if something depends on it: platform, price or key.
  @inline(__always)
  private func parseAddress() {
    guard !hasAddress else { return }
    hasAddress = true
    let cell = cells[slot.url].bytes
    key.address = cell.count > 0 ? AddressParts(cell) : nil
  }

  /// The host in the row's address; empty without one.
  private func host() -> UnsafeRawBufferPointer {
    parseAddress()
    return key.address.map(WebAddress.host) ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// The platform that the row names, or else the one its address belongs to.
  ///
  /// Cost:   neighbouring rows with the same host are looked up once.
  private func platform() -> UnsafeRawBufferPointer {
    let named = BlankTrimming.trimmed(cells[slot.platform].bytes)
    if named.count > 0, !MissingMark.isMissing(named) { return named }
    let host = host()
    guard host.count > 0 else { return host }
    if lastHost.count == host.count, lastHost.withUnsafeBytes({ equal($0, host) }) { return lastPlatform }
    lastHost = Array(host)
    let folded = Folding.folded(host)
    let isFolded = folded.withUnsafeBytes { equal($0, host) }
    lastPlatform = platforms.facts(ofHost: folded)?.name?.bytes ?? (isFolded ? host : store(folded))
    return lastPlatform
  }

  // MARK: Price and times

  /// Stores the price of the row.
  ///
  /// Shape:  an unreadable price or unknown currency becomes a problem at its cell.
  private func readPrice(platform: UnsafeRawBufferPointer) {
    let row = rowCount
    let cell = cells[slot.price]
    var around = PriceReading.Surroundings()
    around.currencyField = cells[slot.currency].bytes
    around.columnCurrency = columnCurrency
    around.platform = platform
    // With a named currency there is no need to look at the address.
    if around.currencyField.count < 3 || MissingMark.isMissing(around.currencyField) { around.host = host() }
    around.country = cells[slot.country].bytes
    around.stated = statedCurrency
    around.isNumber = cell.isNumber
    let price = prices.read(cell.bytes, around)
    columns.priceStates[row] = price.state.rawValue
    columns.amounts[row] = price.amount
    columns.currencies[row] = price.currency
    columns.currencyBases[row] = price.basis.rawValue
    columns.usDollars[row] = price.usDollars
    if let problem = price.problem {
      report(.priceUnreadable(problem), at: address(of: cell.bytes), hasRow: true, field: .price, excerpt: cell.bytes)
    }
    if let field = price.unknownCurrency {
      let text = field == .price ? cell.bytes : cells[slot.currency].bytes
      report(.currencyUnknown, at: address(of: text), hasRow: true, field: field, excerpt: text)
    }
  }

  /// Stores both times of the row. The time of capture comes first, since "3 days ago" counts from it.
  private func readTimes(platform: UnsafeRawBufferPointer) {
    let (captured, capturedBasis) = readTime(slot.captured, .capturedAt, platform, capturedAt: Dataset.noTime)
    let (posted, postedBasis) = readTime(slot.posted, .postedAt, platform, capturedAt: captured)
    columns.capturedAt[rowCount] = captured
    columns.postedAt[rowCount] = posted
    columns.timeBases[rowCount] = TimeBases(posted: postedBasis, captured: capturedBasis).byte
  }

  @inline(__always)
  /// Reads one time, the usual notation without any call.
  private func readTime(
    _ index: Int, _ field: Field, _ platform: UnsafeRawBufferPointer, capturedAt: Int64
  ) -> (Int64, TimeBasis) {
    let bytes = cells[index].bytes
    if bytes.count == 0 { return (Dataset.noTime, .none) }
    if let time = TimeReading.readUsual(bytes) { return (time, .asWritten) }
    return readUnusualTime(bytes, field, platform, capturedAt: capturedAt)
  }

  /// Reads a time in any but the usual notation, which may need the order of the column or the country.
  ///
  /// Shape:  an unreadable time becomes a problem at its cell.
  private func readUnusualTime(
    _ bytes: UnsafeRawBufferPointer, _ field: Field, _ platform: UnsafeRawBufferPointer, capturedAt: Int64
  ) -> (Int64, TimeBasis) {
    var around = TimeReading.Surroundings(capturedAt: capturedAt)
    around.columnOrder = { [reader] in reader.dayOrder(of: field)?.first }
    around.localOrder = { [self] in
      platforms.dayOrder(ofHost: host(), platform: platform)
        ?? platforms.dayOrder(ofCountry: Folding.folded(BlankTrimming.trimmed(cells[slot.country].bytes)))
    }
    let reading = TimeReading.read(bytes, around)
    if let problem = reading.problem {
      report(.timeUnreadable(problem), at: address(of: bytes), hasRow: true, field: field, excerpt: bytes)
    }
    return (reading.time, reading.basis)
  }

  /// Where a cell is in the file; for decoded cells, where its record begins.
  private func address(of bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer {
    let record = UnsafeRawPointer(bitPattern: UInt(columns.recordStarts[rowCount])) ?? fileStart
    guard let start = bytes.baseAddress, start >= record, start < record + Int(columns.recordLengths[rowCount])
    else { return record }
    return start
  }

  // MARK: Key

  /// The fingerprint of the listing's key.
  ///
  /// Shape:  the same as that of `Dataset.key(at:)`, without making the text of giant records.
  private func fingerprint(platform: UnsafeRawBufferPointer, record: UnsafeRawBufferPointer) -> UInt64 {
    if textFlags != 0, let repaired = repairedFingerprint(platform, record) { return repaired }
    if GiantRecord.isGiant(byteCount: record.count) { return giantFingerprint(record, platform) }
    fillKey(platform: platform)
    let basis = key.write(into: &keyText) { reader.digest(of: record, addresses) }
    columns.keyBases[rowCount] = basis.rawValue
    return keyText.withUnsafeBytes { Fingerprint.of($0) }
  }

  private func fillKey(platform: UnsafeRawBufferPointer) {
    parseAddress()
    key.platform = platform
    key.listingID = cells[slot.id].bytes
    key.title = cells[slot.title].bytes
    key.description = cells[slot.description].bytes
    key.seller = cells[slot.seller].bytes
  }

  private func giantFingerprint(_ record: UnsafeRawBufferPointer, _ platform: UnsafeRawBufferPointer) -> UInt64 {
    var seller = BlankTrimming.trimmed(cells[slot.seller].bytes)
    if MissingMark.isMissing(seller) { seller = UnsafeRawBufferPointer(start: nil, count: 0) }
    return GiantRecord.key(
      platform: platform, seller: seller, title: cells[slot.title].bytes, description: cells[slot.description].bytes,
      record: record
    ).fingerprint
  }

  /// Feeds the row to the survey and discards it.
  ///
  /// Shape:  without title and description, a digest of the record stands for its words.
  private func survey(_ record: UnsafeRawBufferPointer) {
    fillKey(platform: platform())
    let candidates = key.candidates(&keyText)
    let words = [key.title, key.description].first { !MissingMark.isMissing($0) }
    var wording = FoldedFingerprint()
    if let words { wording.append(words) } else { wording.first = reader.digest(of: record, addresses).first }
    survey?.add(key, candidates, wording: wording.first)
    discardRow()
  }

  /// What the rows so far say about ids and addresses.
  func takeSurvey() -> IdentitySurvey { survey ?? IdentitySurvey() }

  /// The fingerprint of a record with invalid UTF-8: that of the key as text, with replacement characters.
  ///
  /// Shape:  nil where the record is valid after all; zero bytes are reported either way.
  private func repairedFingerprint(_ platform: UnsafeRawBufferPointer, _ record: UnsafeRawBufferPointer) -> UInt64? {
    guard reportDamage(to: record) else { return nil }
    if GiantRecord.isGiant(byteCount: record.count) { return nil }
    return key.key(of: reader.cells(of: record), platform: String(decoding: platform, as: UTF8.self)) {
      reader.digest(of: record, addresses)
    }.fingerprint
  }
  /// Reports zero bytes and invalid UTF-8 in the current record; true where there is invalid UTF-8.
  @discardableResult
  private func reportDamage(to record: UnsafeRawBufferPointer) -> Bool {
    let flags = TextCheck.flags(of: record)
    if flags & TextCheck.hasZero != 0 {
      report(.zeroBytes, at: record.baseAddress!, hasRow: true, excerpt: record)
    }
    guard flags & TextCheck.invalidUTF8 != 0 else { return false }
    report(.invalidUTF8, at: record.baseAddress!, hasRow: true, excerpt: record)
    return true
  }
}
