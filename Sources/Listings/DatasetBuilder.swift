/// The growing columns behind all datasets of one load.
///
/// Shape:  one column per stored value, see `RowBatch`.
/// Limits: the builder appends; datasets read the rows that were published to them.
package final class DatasetColumns: Sendable {
  // A column for each array of `RowBatch`, or for the two of a text.
  let recordStarts: RecordStarts
  let recordLengths = BlockColumn<UInt32>()
  let titles: TextColumn
  let descriptions: TextColumn
  let codes: [BlockColumn<UInt32>] = Field.dictionaryFields.map { _ in BlockColumn() }
  let values: [ValueTable] = Field.dictionaryFields.map { _ in ValueTable() }
  let priceStates = BlockColumn<UInt8>()
  let amounts = CompactColumn()
  let currencies = BlockColumn<UInt8>()
  let currencyBases = BlockColumn<UInt8>()
  let usDollars = CompactColumn()
  let postedAt = CompactColumn()
  let capturedAt = CompactColumn()
  let timeBases = BlockColumn<UInt8>()
  let keys = BlockColumn<UInt64>()
  let keyBases = BlockColumn<UInt8>()
  let cells = BlockColumn<CellFingerprints>()
  let addressStarts = BlockColumn<UInt64>()
  let addressLengths = BlockColumn<UInt32>()
  /// Text that had to be decoded, from all batches.
  let slabs = TextSlabs()
  /// ISO 4217 codes; index 0 is "unknown".
  let currencyCodes: [String]
  /// The patterns by which keys were made.
  let addresses: AddressTable

  init(currencyCodes: [String], addresses: AddressTable) {
    self.currencyCodes = currencyCodes
    self.addresses = addresses
    recordStarts = RecordStarts()
    titles = TextColumn(in: recordStarts)
    descriptions = TextColumn(in: recordStarts)
  }
}

/// Appends batches of rows in order, and makes datasets of what is there so far.
///
/// Limits: for one thread.
package final class DatasetBuilder {
  private let columns: DatasetColumns
  private var speciesLists = ValueLists()
  private var hasCellFingerprints = true
  /// How many rows were appended.
  package private(set) var rowCount = 0

  /// - Parameter currencyCodes: the ISO 4217 codes that `RowBatch.currencies` numbers from 1 (at most 255).
  package init(currencyCodes: [String] = [], addresses: AddressTable = .empty) {
    columns = DatasetColumns(currencyCodes: ["?"] + currencyCodes, addresses: addresses)
  }

  /// Appends a batch, which must not be used afterwards.
  ///
  /// Cost:   copies the numbers of each column. Texts stay where they are, and slabs change their owner.
  package func append(_ batch: RowBatch) {
    columns.recordStarts.append(batch.recordStarts)
    append(batch.recordLengths, to: columns.recordLengths)
    columns.titles.append(batch.titleStarts, lengths: batch.titleLengths, records: batch.recordStarts)
    columns.descriptions.append(
      batch.descriptionStarts, lengths: batch.descriptionLengths, records: batch.recordStarts)
    append(batch.priceStates, to: columns.priceStates)
    append(batch.amounts, to: columns.amounts)
    append(batch.currencies, to: columns.currencies)
    append(batch.currencyBases, to: columns.currencyBases)
    append(batch.usDollars, to: columns.usDollars)
    append(batch.postedAt, to: columns.postedAt)
    append(batch.capturedAt, to: columns.capturedAt)
    append(batch.timeBases, to: columns.timeBases)
    appendWanted(batch.keys, batch.count, to: columns.keys)
    appendWanted(batch.keyBases, batch.count, to: columns.keyBases)
    appendWanted(batch.cells, batch.count, to: columns.cells)
    appendWanted(batch.addressStarts, batch.count, to: columns.addressStarts)
    appendWanted(batch.addressLengths, batch.count, to: columns.addressLengths)
    hasCellFingerprints = hasCellFingerprints && (!batch.cells.isEmpty || batch.count == 0)
    for field in columns.codes.indices { appendCodes(batch, field) }
    columns.slabs.adopt(batch.slabs)
    rowCount += batch.count
  }

  /// A dataset of all rows appended so far.
  ///
  /// Cost:   copies nothing.
  package func dataset(sources: [SourceFile], isComplete: Bool) -> Dataset {
    if let species = Field.species.dictionaryIndex { speciesLists.extend(over: columns.values[species]) }
    return Dataset(
      columns: columns, rowCount: rowCount, sources: sources, isComplete: isComplete, speciesLists: speciesLists,
      hasCellFingerprints: hasCellFingerprints)
  }

  /// Appends one value per row of the batch, or zeros where nobody asked for them.
  private func appendWanted<Value>(_ values: [Value], _ count: Int, to column: BlockColumn<Value>) {
    if values.isEmpty { column.pad(to: rowCount + count) } else { append(values, to: column) }
  }

  /// Appends one value per row of the batch.
  private func append<Value>(_ values: [Value], to column: BlockColumn<Value>) {
    precondition(column.count == rowCount, "a batch left a column short")
    values.withUnsafeBufferPointer { column.append($0) }
  }

  private func append(_ numbers: [Int64], to column: CompactColumn) {
    precondition(column.count == rowCount, "a batch left a column short")
    column.append(numbers)
  }

  /// Appends codes, translated from those of the batch to those of the dataset.
  ///
  /// Cost:   one lookup per distinct value of the batch, and one per row in an array.
  private func appendCodes(_ batch: RowBatch, _ field: Int) {
    let local = batch.values[field]
    if local.count == 1 {
      columns.codes[field].pad(to: rowCount + batch.count)
      return
    }
    let global = columns.values[field].codes(of: local)
    batch.codes[field].withUnsafeMutableBufferPointer { codes in
      global.withUnsafeBufferPointer { global in
        for index in codes.indices { codes[index] = global[Int(codes[index])] }
      }
      columns.codes[field].append(UnsafeBufferPointer(codes))
    }
  }
}

/// Rows read from one piece of a file, on their way into a dataset.
///
/// Shape:  every array has one value per row. `codes[i]` belongs to `Field.dictionaryFields[i]`, with codes that are local to
///         the batch until `DatasetBuilder` translates them.
/// Limits: one worker fills a batch and hands it over whole; no one else touches it.
package final class RowBatch: @unchecked Sendable {
  // Safe to hand over: exactly one thread holds a batch at any time.
  package var recordStarts: [UInt64] = []
  // Bytes of the records, and where the texts are.
  package var recordLengths: [UInt32] = []
  package var titleStarts: [UInt64] = []
  package var titleLengths: [UInt32] = []
  package var descriptionStarts: [UInt64] = []
  package var descriptionLengths: [UInt32] = []
  /// Codes into `values`, by dictionary field and row.
  package var codes: [[UInt32]]
  /// The distinct values of each dictionary field.
  package var values: [BatchValues]
  /// Raw values of `PriceState`.
  package var priceStates: [UInt8] = []
  /// Ten-thousandths of the own currency; `Dataset.noAmount` where there is none.
  package var amounts: [Int64] = []
  /// Indices of ISO 4217 codes among the builder's currencies; 0 for none.
  package var currencies: [UInt8] = []
  /// Raw values of `CurrencyBasis`.
  package var currencyBases: [UInt8] = []
  /// Ten-thousandths of a US dollar; `Dataset.noAmount` where there is none.
  package var usDollars: [Int64] = []
  /// Seconds since 1970 UTC; `Dataset.noTime` where there is none.
  package var postedAt: [Int64] = []
  package var capturedAt: [Int64] = []
  /// `TimeBases` bytes.
  package var timeBases: [UInt8] = []
  /// The fingerprints of keys; empty where nobody asks for them.
  package var keys: [UInt64] = []
  /// Raw values of `KeyBasis`; empty like `keys`.
  package var keyBases: [UInt8] = []
  /// Fingerprints of the compared cells; empty where nobody asks for them, as the two below.
  package var cells: [CellFingerprints] = []
  /// Where the cells of addresses are, and how many bytes they have.
  package var addressStarts: [UInt64] = []
  package var addressLengths: [UInt32] = []
  /// How many cells had HTML that was decoded.
  package var markupCells = 0
  /// Text that had to be decoded.
  package let slabs = TextSlabs()

  /// How many rows the batch has.
  package var count: Int { recordStarts.count }

  /// - Parameter expectedRows: how many rows to reserve room for.
  package init(expectedRows: Int) {
    codes = Array(repeating: [], count: Field.dictionaryFields.count)
    values = (0..<Field.dictionaryFields.count).map { _ in BatchValues() }
    recordStarts.reserveCapacity(expectedRows)
    recordLengths.reserveCapacity(expectedRows)
    titleStarts.reserveCapacity(expectedRows)
    titleLengths.reserveCapacity(expectedRows)
    descriptionStarts.reserveCapacity(expectedRows)
    descriptionLengths.reserveCapacity(expectedRows)
  }
}

/// The distinct values of one field within a batch.
///
/// Cost:   no value is copied; code lookup is one probe, or one comparison where neighbouring rows agree.
package struct BatchValues {
  /// The bytes of each value, by code.
  private var values = [UnsafeRawBufferPointer(start: nil, count: 0)]
  private var index = ValueIndex(slots: 0)
  /// The code of the last row.
  private var lastCode: UInt32 = 0

  init() {}

  /// How many there are, including the missing one (code 0).
  package var count: Int { values.count }

  /// The bytes of a value.
  package func bytes(_ code: Int) -> UnsafeRawBufferPointer { values[code] }

  /// The fingerprint of a value's bytes; 0 for the missing one.
  func fingerprint(_ code: Int) -> UInt64 { index.fingerprints[code] }

  /// The code of a value within this batch; 0 for no bytes. The bytes must outlive the batch.
  ///
  /// Cost:   one comparison where the last row had the same value; otherwise a fingerprint and a probe.
  package mutating func code(for bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard bytes.count > 0 else { return 0 }
    // Neighbouring rows often share a value: platform, country, language.
    if lastCode != 0, equal(values[Int(lastCode)], bytes) { return lastCode }
    let fingerprint = Fingerprint.of(bytes)
    if let known = index.code(of: fingerprint, where: { equal(values[Int($0)], bytes) }) {
      lastCode = known
      return known
    }
    let code = UInt32(values.count)
    values.append(bytes)
    index.add(code, fingerprint)
    lastCode = code
    return code
  }
}
