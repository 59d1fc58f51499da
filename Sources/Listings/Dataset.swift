/// All listings of the opened files, stored by column and immutable. While files are still being read, each progress report
/// carries a new, longer `Dataset` over the same growing columns.
///
/// Shape:  rows 0..<rowCount. Text stays in the mapped files. Counted fields are codes into a `ValueTable`. Prices and times
///         are parsed once.
/// Cost:   about 65 bytes per row beside the mapped files.
/// Limits: 2^32 rows.
package final class Dataset: Sendable {
  /// How many rows there are; row numbers are below it.
  package let rowCount: Int
  /// The files, in the order of their rows.
  package let sources: [SourceFile]
  /// Whether every file has been read to its end.
  package let isComplete: Bool
  /// Shared with every other dataset of the same load.
  private let columns: DatasetColumns
  /// How many values each dictionary field had when this dataset was made. Later codes are not for it.
  private let valueCounts: [Int]
  /// The single species that each species cell names.
  package let speciesLists: ValueLists
  /// Whether the rows have `cellFingerprints` and `addressBytes`.
  package let hasCellFingerprints: Bool

  /// The value for "no amount" in columns of amounts.
  package static let noAmount = CompactColumn.missing
  /// The value for "no time" in columns of times.
  package static let noTime = CompactColumn.missing

  init(
    columns: DatasetColumns, rowCount: Int, sources: [SourceFile], isComplete: Bool, speciesLists: ValueLists,
    hasCellFingerprints: Bool
  ) {
    self.columns = columns
    self.rowCount = rowCount
    self.sources = sources
    self.isComplete = isComplete
    self.speciesLists = speciesLists
    self.hasCellFingerprints = hasCellFingerprints
    valueCounts = columns.values.map(\.count)
  }

  /// A dataset without listings, for before anything is opened.
  package static let empty = DatasetBuilder().dataset(sources: [], isComplete: true)

  /// Whether this is a later state of the same load, whose first rows are those of `earlier`.
  package func continues(_ earlier: Dataset) -> Bool {
    columns === earlier.columns && rowCount >= earlier.rowCount
  }
  /// Whether both are states of the same load.
  package func hasSameColumns(as other: Dataset) -> Bool { columns === other.columns }

  // MARK: Columns, for kernels

  /// The codes of a dictionary field.
  package func codes(of field: Field) -> BlockColumn<UInt32> { columns.codes[dictionaryIndex(field)] }

  /// The distinct values of a dictionary field; only codes below `valueCount` are for this dataset.
  package func values(of field: Field) -> ValueTable { columns.values[dictionaryIndex(field)] }

  /// How many distinct values a dictionary field has, including the missing one (code 0).
  package func valueCount(of field: Field) -> Int { valueCounts[dictionaryIndex(field)] }

  /// The texts of title or description.
  ///
  /// Fails:  with a precondition for any other field.
  package func texts(of field: Field) -> TextColumn {
    switch field {
    case .title: columns.titles
    case .description: columns.descriptions
    default: preconditionFailure("\(field) is not kept as text")
    }
  }

  /// Amounts in ten-thousandths of a US dollar; `noAmount` where unknown.
  package var usDollars: CompactColumn { columns.usDollars }
  /// The raw value of a `PriceState` per row.
  package var priceStates: BlockColumn<UInt8> { columns.priceStates }
  /// Amounts in ten-thousandths of their own currency; `noAmount` where there is none.
  package var amounts: CompactColumn { columns.amounts }
  /// Codes into `currencyCodes`.
  package var currencies: BlockColumn<UInt8> { columns.currencies }
  /// ISO 4217 codes; index 0 is "unknown".
  package var currencyCodes: [String] { columns.currencyCodes }
  /// Seconds since 1970 UTC; `noTime` where unknown.
  package func times(of field: Field) -> CompactColumn {
    field == .capturedAt ? columns.capturedAt : columns.postedAt
  }
  /// A `TimeBases` byte per row.
  package var timeBases: BlockColumn<UInt8> { columns.timeBases }
  /// The `fingerprint` of each row's `ListingKey`.
  package var keyFingerprints: BlockColumn<UInt64> { columns.keys }
  /// The raw value of a `KeyBasis` per row.
  package var keyBases: BlockColumn<UInt8> { columns.keyBases }
  /// The fingerprints of each row's compared cells; zeros without `hasCellFingerprints`.
  package var cellFingerprints: BlockColumn<CellFingerprints> { columns.cells }

  private func dictionaryIndex(_ field: Field) -> Int {
    guard let index = field.dictionaryIndex else { preconditionFailure("\(field) is not kept as a dictionary") }
    return index
  }

  // MARK: One row

  /// The bytes of a text or dictionary field: UTF-8, perhaps invalid; empty where missing.
  ///
  /// Cost:   O(1); the bytes are those in the file.
  package func bytes(of field: Field, at row: Int) -> UnsafeRawBufferPointer {
    precondition(row >= 0 && row < rowCount, "row \(row) outside \(rowCount) rows")
    if field.storage == .text {
      return texts(of: field)[row]
    }
    return values(of: field).bytes(codes(of: field)[row])
  }

  /// The cell with the address of a row; empty where there is none, and without `hasCellFingerprints`.
  ///
  /// Cost:   O(1); no record is parsed.
  package func addressBytes(at row: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(
      start: UnsafeRawPointer(bitPattern: UInt(columns.addressStarts[row])), count: Int(columns.addressLengths[row]))
  }

  /// Any field of a row as text; empty where missing. Fields that are not stored are read from the record.
  package func text(of field: Field, at row: Int) -> String {
    switch field.storage {
    case .text, .dictionary: String(decoding: bytes(of: field, at: row), as: UTF8.self)
    case .price, .time, .record: cells(of: row).first { $0.field == field && !$0.text.isEmpty }?.text ?? ""
    }
  }

  /// The parsed price of a row.
  ///
  /// Cost:   O(1); no text is parsed.
  package func price(at row: Int) -> Price {
    let state = PriceState(rawValue: columns.priceStates[row]) ?? .missing
    let amount = columns.amounts[row]
    let dollars = columns.usDollars[row]
    let currency = Int(columns.currencies[row])
    return Price(
      state: state, amount: amount == Self.noAmount ? nil : Amount(tenThousandths: amount),
      currency: currency == 0 ? nil : columns.currencyCodes[currency],
      basis: CurrencyBasis(rawValue: columns.currencyBases[row]) ?? .none,
      usDollars: dollars == Self.noAmount ? nil : Amount(tenThousandths: dollars))
  }

  /// A parsed time in seconds since 1970 UTC; nil where missing or unreadable.
  package func time(of field: Field, at row: Int) -> Int64? {
    let time = times(of: field)[row]
    return time == Self.noTime ? nil : time
  }

  /// The record of a row: its bytes exactly as in the source file, without the closing line break.
  package func record(at row: Int) -> UnsafeRawBufferPointer {
    precondition(row >= 0 && row < rowCount, "row \(row) outside \(rowCount) rows")
    return UnsafeRawBufferPointer(
      start: UnsafeRawPointer(bitPattern: UInt(columns.recordStarts[row])), count: Int(columns.recordLengths[row]))
  }

  /// The file a row came from.
  package func source(of row: Int) -> SourceFile { sources[sourceIndex(of: row)] }

  /// The index among `sources` of the file that a row came from.
  ///
  /// Cost:   O(log sources).
  package func sourceIndex(of row: Int) -> Int {
    var low = 0
    var high = sources.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if sources[middle].rows.lowerBound <= row { low = middle } else { high = middle - 1 }
    }
    return low
  }

  /// The number of a row among the records of its file, from 1; in workbooks and databases, their own number.
  package func sourceRow(of row: Int) -> Int {
    let source = source(of: row)
    let number = row - source.rows.lowerBound
    return source.reader.tableRow(ofRecord: number) ?? number + 1
  }

  /// The line on which a row's record begins, from 1.
  ///
  /// Cost:   counts all line feeds before it: for reports, not for loops.
  package func sourceLine(of row: Int) -> Int {
    let file = source(of: row).reader.bytes
    guard let start = file.baseAddress else { return 0 }
    let offset = Int(columns.recordStarts[row]) - Int(UInt(bitPattern: start))
    return LineCounting.lineFeeds(in: UnsafeRawBufferPointer(start: start, count: offset)) + 1
  }

  /// The names of all columns in all files.
  package var columnNames: Set<String> {
    var names: Set<String> = []
    for source in sources { names.formUnion(source.reader.columns) }
    names.remove("")
    return names
  }

  /// All cells of a row as in its record, including unknown columns.
  package func cells(of row: Int) -> [RecordCell] { source(of: row).reader.cells(of: record(at: row)) }

  /// The identity of a row's listing across files and weeks.
  ///
  /// Cost:   parses the record again.
  package func key(at row: Int) -> ListingKey {
    let record = record(at: row)
    if isGiant(row) {
      return GiantRecord.key(
        platform: bytes(of: .platform, at: row), seller: bytes(of: .sellerAlias, at: row),
        title: bytes(of: .title, at: row), description: bytes(of: .description, at: row), record: record)
    }
    let source = source(of: row)
    var form = ListingKeyForm(addresses: columns.addresses)
    (form.identity, form.signature) = (source.reader.identity, source.reader.keySignature)
    return form.key(of: source.reader.cells(of: record), platform: text(of: .platform, at: row)) {
      source.reader.digest(of: record, columns.addresses)
    }
  }

  /// The patterns by which keys were made.
  package var addresses: AddressTable { columns.addresses }

  /// The rows whose listing has one of `keys`.
  ///
  /// Cost:   O(rows), a probe each. The text of a key is only compared where the fingerprint agrees.
  package func rows(of keys: some Sequence<ListingKey>) -> [(row: Int, key: ListingKey)] {
    var byFingerprint: [UInt64: [ListingKey]] = [:]
    for key in keys { byFingerprint[key.fingerprint, default: []].append(key) }
    guard !byFingerprint.isEmpty else { return [] }
    var found: [(row: Int, key: ListingKey)] = []
    let fingerprints = columns.keys
    // Often there is only one verdict: comparing a million numbers takes a tenth of the time of a million probes.
    let only = byFingerprint.count == 1 ? byFingerprint.first?.key : nil
    for row in 0..<rowCount {
      let fingerprint = fingerprints[row]
      if let only, fingerprint != only { continue }
      guard let candidates = byFingerprint[fingerprint] else { continue }
      let key = key(at: row)
      if candidates.contains(key) { found.append((row, key)) }
    }
    return found
  }
}
