import Listings

extension Dataset {
  /// A dataset of invented listings from one file, taken in at once or in batches of `batchSize` rows.
  package static func of(_ rows: [ListingRow], file: String = "listings.csv", batchSize: Int = .max) -> Dataset {
    of(files: [(file, rows)], batchSize: batchSize)
  }

  /// A dataset of several files, in order.
  package static func of(files: [(name: String, rows: [ListingRow])], batchSize: Int = .max) -> Dataset {
    let growing = GrowingDataset()
    for file in files { growing.add(file.rows, file: file.name, batchSize: batchSize) }
    return growing.look(isComplete: true)
  }
}

/// A dataset that is still being read: add rows, take a look, add more.
package final class GrowingDataset {
  /// The currencies that rows may name, by the codes of a batch.
  package static let currencies = ["USD", "CNY", "EUR", "VND", "THB"]

  private let builder = DatasetBuilder(currencyCodes: GrowingDataset.currencies)
  private var sources: [SourceFile] = []

  package init() {}

  /// Appends the rows of one more file.
  package func add(_ rows: [ListingRow], file: String = "listings.csv", batchSize: Int = .max) {
    let reader = InMemoryFile(rows)
    let first = builder.rowCount
    let source = SourceFile(
      name: file, path: "/invented/" + file, byteCount: reader.bytes.count, modified: 1_763_600_000,
      rows: first..<first + rows.count, reader: reader)
    var start = 0
    while start < rows.count {
      let end = batchSize < rows.count - start ? start + batchSize : rows.count
      let batch = RowBatch(expectedRows: end - start)
      for index in start..<end { batch.append(rows[index], record: reader.record(index), of: source, reader) }
      builder.append(batch)
      start = end
    }
    sources.append(source)
  }

  package func look(isComplete: Bool = false) -> Dataset { builder.dataset(sources: sources, isComplete: isComplete) }
}

extension RowBatch {
  /// Appends one row whose text stands in `record`.
  fileprivate func append(
    _ row: ListingRow, record: UnsafeRawBufferPointer, of source: SourceFile, _ reader: InMemoryFile
  ) {
    let slices = reader.slices(of: record)
    func bytes(_ field: Field) -> UnsafeRawBufferPointer {
      guard let place = reader.fields.firstIndex(of: field) else { return UnsafeRawBufferPointer(start: nil, count: 0) }
      return slices[place]
    }
    func address(_ bytes: UnsafeRawBufferPointer) -> UInt64 { UInt64(UInt(bitPattern: bytes.baseAddress)) }
    recordStarts.append(address(record))
    recordLengths.append(UInt32(record.count))
    titleStarts.append(address(bytes(.title)))
    titleLengths.append(UInt32(bytes(.title).count))
    descriptionStarts.append(address(bytes(.description)))
    descriptionLengths.append(UInt32(bytes(.description).count))
    for (index, field) in Field.dictionaryFields.enumerated() {
      codes[index].append(values[index].code(for: bytes(field)))
    }
    priceStates.append(row.priceState.rawValue)
    amounts.append(row.amount?.tenThousandths ?? Dataset.noAmount)
    currencies.append(row.currency.flatMap(GrowingDataset.currencies.firstIndex).map { UInt8($0 + 1) } ?? 0)
    currencyBases.append(row.currency == nil ? CurrencyBasis.none.rawValue : CurrencyBasis.besideAmount.rawValue)
    usDollars.append(row.usd?.tenThousandths ?? Dataset.noAmount)
    timeBases.append(row.timeBases.byte)
    postedAt.append(row.posted ?? Dataset.noTime)
    capturedAt.append(row.captured ?? Dataset.noTime)
    var form = ListingKeyForm(addresses: .empty)
    (form.platform, form.listingID, form.address) = (bytes(.platform), bytes(.listingID), AddressParts(bytes(.url)))
    (form.title, form.description, form.seller) = (bytes(.title), bytes(.description), bytes(.sellerAlias))
    form.signature = reader.keySignature
    var key: [UInt8] = []
    form.write(into: &key) { reader.digest(of: record, .empty) }
    keys.append(key.withUnsafeBytes { Fingerprint.of($0) })
  }
}
