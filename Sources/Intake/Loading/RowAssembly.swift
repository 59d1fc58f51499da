import CPlatform
import Glibc
import Listings

/// Turns the cells of records into rows, for one worker.
///
/// Shape:  a reader puts the cells of a record with `set`, closes it with `finishRow`, and takes the whole piece away
///         with `takeBatch`.
/// Cost:   a few hundred nanoseconds per row; no text becomes a `String`.
final class RowAssembly {
  /// A cell as it stands in the file or, decoded, in the batch's slabs.
  struct Cell {
    var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
    var isNumber = false
  }

  /// The number of a field among all fields, and thus of its cell.
  static let slotCount = Field.allCases.count
  /// Fields that are only read again from the record have no cell, except those of the key.
  static let slots: [Field: Int] = Dictionary(
    uniqueKeysWithValues: Field.allCases.enumerated().compactMap { index, field in
      field.storage == .record && field != .listingID && field != .url ? nil : (field, index)
    })

  private struct Slots {
    let id = slots[.listingID]!, platform = slots[.platform]!, url = slots[.url]!, title = slots[.title]!
    let description = slots[.description]!, price = slots[.price]!, currency = slots[.currency]!
    let seller = slots[.sellerAlias]!, country = slots[.country]!, posted = slots[.postedAt]!
    let captured = slots[.capturedAt]!
    let dictionary = Field.dictionaryFields.map { slots[$0]! }
    let platformCode = Field.platform.dictionaryIndex!
  }

  private let slot = Slots()
  private let cells: UnsafeMutablePointer<Cell>
  private let values: UnsafeMutablePointer<BatchValues>
  private var columns = RowColumns()
  private(set) var rowCount = 0
  private var batch = RowBatch(expectedRows: 0)
  private(set) var problems: PieceProblems
  private let keepsEveryProblem: Bool

  private let platforms: Platforms
  private var prices: PriceReading
  private var key: ListingKeyForm
  private var keyText: [UInt8] = []
  /// What the rows show about ids and addresses, while only that is asked.
  private var survey: IdentitySurvey?
  private var lastHost: [UInt8] = []
  private var lastPlatform = UnsafeRawBufferPointer(start: nil, count: 0)
  private var decoded: [UInt8] = []

  // What holds for all rows of the file being read.
  private var reader: any RecordReading
  private var fileStart: UnsafeRawPointer
  /// The currency that the column's name gives; a reader whose columns differ from record to record sets it per row.
  var columnCurrency: UInt8 = 0
  /// The currency that a person gave to the prices of the file that name none; 0: none.
  private var statedCurrency: UInt8 = 0
  /// Whether the piece has a byte that is not UTF-8, so that every record must be looked at.
  private var textFlags: Int32 = 0
  /// The encoding of which some bytes in the file could not be read; their places have U+FFFD.
  private var replacedIn: TextEncoding?

  /// - Parameter survey: where it is given, rows are shown to it and not kept.
  init(
    tables: ReferenceTables, reader: any RecordReading, keepsEveryProblem: Bool = false, survey: IdentitySurvey? = nil
  ) {
    self.keepsEveryProblem = keepsEveryProblem
    self.survey = survey
    key = ListingKeyForm(addresses: tables.addresses)
    problems = PieceProblems(keepsAll: keepsEveryProblem)
    platforms = tables.platforms
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
  func begin(_ reader: any PieceReading, piece: UnsafeRawBufferPointer) {
    self.reader = reader
    fileStart = reader.bytes.baseAddress ?? TextSlabs.empty
    key.signature = reader.keySignature
    if survey == nil { key.identity = reader.identity }
    replacedIn = reader.file.replacedIn
    columnCurrency = 0
    statedCurrency = reader.statedCurrency.map { prices.currencies.number(ofCode: $0) } ?? 0
    textFlags = TextCheck.flags(of: piece)
  }

  /// Hands the rows read since `begin` over.
  func takeBatch() -> (RowBatch, PieceProblems) {
    let full = batch
    columns.fill(full, count: rowCount)
    batch = RowBatch(expectedRows: 0)
    for field in 0..<RowColumns.fieldCount { swap(&full.values[field], &values[field]) }
    for field in 0..<RowColumns.fieldCount { values[field] = batch.values[field] }
    rowCount = 0
    // The last platform may lie in the slabs that leave with the batch.
    lastHost = []
    defer { problems = PieceProblems(keepsAll: keepsEveryProblem) }
    return (full, problems)
  }

  /// A fault of the piece, with or without a row.
  func report(
    _ what: IntakeProblem.What, at address: UnsafeRawPointer, hasRow: Bool, field: Field? = nil,
    excerpt: UnsafeRawBufferPointer
  ) {
    problems.add(at: address - fileStart, row: hasRow ? rowCount : nil, field: field, what, excerpt: excerpt)
  }

  // MARK: A row

  /// Puts a cell of the current record.
  @inline(__always)
  func set(_ slot: Int, _ bytes: UnsafeRawBufferPointer, isNumber: Bool = false) {
    cells[slot] = Cell(bytes: bytes, isNumber: isNumber)
  }

  @inline(__always)
  func bytes(_ slot: Int) -> UnsafeRawBufferPointer { cells[slot].bytes }

  /// Keeps bytes as long as the dataset lives.
  func store(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
    bytes.withUnsafeBytes { UnsafeRawBufferPointer(start: batch.slabs.store($0), count: $0.count) }
  }

  /// Puts a cell in which quotes are written otherwise than they read.
  func setDecoded(_ slot: Int, _ bytes: UnsafeRawBufferPointer, _ dialect: DelimitedDialect) {
    decoded.removeAll(keepingCapacity: true)
    QuotePairs.decode(bytes, dialect, into: &decoded)
    set(slot, store(decoded))
  }

  /// Forgets the cells put since the last row.
  func discardRow() {
    for index in 0..<Self.slotCount { cells[index] = Cell() }
  }

  /// Makes a row of the cells put since the last one.
  func finishRow(record: UnsafeRawBufferPointer) {
    if ReadableMarkup.mayStand(in: record) { decodeMarkup() }
    key.address = cells[slot.url].bytes.count > 0 ? AddressParts(cells[slot.url].bytes) : nil
    if survey != nil { return show(record) }
    if rowCount == columns.capacity { columns.grow(keeping: rowCount) }
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
    columns.keys[row] = fingerprint(platform: platform, record: record)
    if let replacedIn, hasReplacement(record) {
      report(.undecodable(replacedIn), at: record.baseAddress!, hasRow: true, excerpt: record)
    }
    discardRow()
    rowCount += 1
  }

  private func hasReplacement(_ record: UnsafeRawBufferPointer) -> Bool {
    memmem(record.baseAddress!, record.count, [0xEF, 0xBF, 0xBD] as [UInt8], 3) != nil
  }

  @inline(__always)
  private static func address(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    UInt64(UInt(bitPattern: bytes.baseAddress ?? TextSlabs.empty))
  }

  /// The codes of the counted fields. What says that a value is missing counts as missing, except in the country:
  /// there `NA` is Namibia.
  private func encode(_ platform: UnsafeRawBufferPointer) {
    let codes = columns.codes + rowCount * RowColumns.fieldCount
    for field in 0..<RowColumns.fieldCount {
      let place = slot.dictionary[field]
      var bytes = field == slot.platformCode ? platform : BlankTrimming.trimmed(cells[place].bytes)
      if bytes.count > 0, MissingMark.isMissing(bytes), place != slot.country || !isNamibia(bytes) {
        bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      }
      codes[field] = values[field].code(for: bytes)
    }
  }

  private func isNamibia(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count == 2 && bytes[0] == UInt8(ascii: "N") && bytes[1] == UInt8(ascii: "A")
  }

  // MARK: HTML

  /// Puts the readable text in place of cells with HTML.
  private func decodeMarkup() {
    for place in Self.markupSlots where cells[place].bytes.count > 0 {
      decoded.removeAll(keepingCapacity: true)
      guard ReadableMarkup.decode(cells[place].bytes, into: &decoded) else { continue }
      cells[place].bytes = store(decoded)
      batch.markupCells += 1
    }
  }

  private static let markupSlots: [Int] = slots.filter(\.key.mayHoldMarkup).map(\.value).sorted()

  // MARK: Platform

  private func host() -> UnsafeRawBufferPointer {
    key.address.map(WebAddress.host) ?? UnsafeRawBufferPointer(start: nil, count: 0)
  }

  /// The platform that the row names, else the one its address tells.
  private func platform() -> UnsafeRawBufferPointer {
    let named = BlankTrimming.trimmed(cells[slot.platform].bytes)
    if named.count > 0, !MissingMark.isMissing(named) { return named }
    let host = host()
    guard host.count > 0 else { return host }
    if lastHost.count == host.count, lastHost.withUnsafeBytes({ equal($0, host) }) { return lastPlatform }
    lastHost = Array(host)
    let folded = Folding.folded(host)
    let isFolded = folded.withUnsafeBytes { equal($0, host) }
    lastPlatform = platforms.place(ofHost: folded)?.name?.bytes ?? (isFolded ? host : store(folded))
    return lastPlatform
  }

  // MARK: Price and times

  private func readPrice(platform: UnsafeRawBufferPointer) {
    let row = rowCount
    let cell = cells[slot.price]
    var around = PriceReading.Surroundings()
    around.currencyField = cells[slot.currency].bytes
    around.columnCurrency = columnCurrency
    around.platform = platform
    // A named currency spares the look at the address.
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
    if let fault = price.fault {
      report(.priceUnreadable(fault), at: address(of: cell.bytes), hasRow: true, field: .price, excerpt: cell.bytes)
    }
    if let field = price.unknownCurrency {
      let text = field == .price ? cell.bytes : cells[slot.currency].bytes
      report(.currencyUnknown, at: address(of: text), hasRow: true, field: field, excerpt: text)
    }
  }

  private func readTimes(platform: UnsafeRawBufferPointer) {
    let (captured, capturedBasis) = readTime(slot.captured, .capturedAt, platform, capturedAt: Dataset.noTime)
    let (posted, postedBasis) = readTime(slot.posted, .postedAt, platform, capturedAt: captured)
    columns.capturedAt[rowCount] = captured
    columns.postedAt[rowCount] = posted
    columns.timeBases[rowCount] = TimeBases(posted: postedBasis, captured: capturedBasis).byte
  }

  @inline(__always)
  private func readTime(
    _ place: Int, _ field: Field, _ platform: UnsafeRawBufferPointer, capturedAt: Int64
  ) -> (Int64, TimeBasis) {
    let bytes = cells[place].bytes
    if bytes.count == 0 { return (Dataset.noTime, .none) }
    if let time = TimeReading.readUsual(bytes) { return (time, .asWritten) }
    return readUnusualTime(bytes, field, platform, capturedAt: capturedAt)
  }

  private func readUnusualTime(
    _ bytes: UnsafeRawBufferPointer, _ field: Field, _ platform: UnsafeRawBufferPointer, capturedAt: Int64
  ) -> (Int64, TimeBasis) {
    var around = TimeReading.Surroundings(capturedAt: capturedAt)
    around.columnOrder = { [reader] in reader.dayOrder(of: field)?.first }
    around.placeOrder = { [self] in
      platforms.dayOrder(ofHost: host(), platform: platform)
        ?? platforms.dayOrder(ofCountry: Folding.folded(BlankTrimming.trimmed(cells[slot.country].bytes)))
    }
    let reading = TimeReading.read(bytes, around)
    if let fault = reading.fault {
      report(.timeUnreadable(fault), at: address(of: bytes), hasRow: true, field: field, excerpt: bytes)
    }
    return (reading.time, reading.basis)
  }

  /// Where a cell stands in the file; for decoded cells, where its record begins.
  private func address(of bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer {
    let record = UnsafeRawPointer(bitPattern: UInt(columns.recordStarts[rowCount])) ?? fileStart
    guard let start = bytes.baseAddress, start >= record, start < record + Int(columns.recordLengths[rowCount])
    else { return record }
    return start
  }

  // MARK: Key

  private func fingerprint(platform: UnsafeRawBufferPointer, record: UnsafeRawBufferPointer) -> UInt64 {
    if textFlags != 0, let repaired = repairedFingerprint(platform, record) { return repaired }
    if GiantRecord.isGiant(byteCount: record.count) { return giantFingerprint(record, platform) }
    fillKey(platform: platform)
    key.write(into: &keyText) { reader.digest(of: record, key.addresses) }
    return keyText.withUnsafeBytes { Fingerprint.of($0) }
  }

  private func fillKey(platform: UnsafeRawBufferPointer) {
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

  /// Shows the row to the survey instead of keeping it.
  private func show(_ record: UnsafeRawBufferPointer) {
    fillKey(platform: platform())
    let candidates = key.candidates(&keyText)
    let words = [key.title, key.description].first { !MissingMark.isMissing($0) }
    var wording = FoldedFingerprint()
    if let words { wording.append(words) } else { wording.first = reader.digest(of: record, key.addresses).first }
    survey?.see(key, candidates, wording: wording.first)
    discardRow()
  }

  /// What the rows read so far show.
  func takeSurvey() -> IdentitySurvey { survey ?? IdentitySurvey() }

  /// The fingerprint of a record with bytes that are not UTF-8: of the key as text, in which they are replaced.
  private func repairedFingerprint(_ platform: UnsafeRawBufferPointer, _ record: UnsafeRawBufferPointer) -> UInt64? {
    let flags = TextCheck.flags(of: record)
    if flags & TextCheck.hasZero != 0 {
      report(.zeroBytes, at: record.baseAddress!, hasRow: true, excerpt: record)
    }
    guard flags & TextCheck.invalidUTF8 != 0 else { return nil }
    report(.invalidUTF8, at: record.baseAddress!, hasRow: true, excerpt: record)
    if GiantRecord.isGiant(byteCount: record.count) { return nil }
    return key.key(of: reader.cells(of: record), platform: String(decoding: platform, as: UTF8.self)) {
      reader.digest(of: record, key.addresses)
    }.fingerprint
  }
}
