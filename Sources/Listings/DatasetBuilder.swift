/// The growing columns behind every look at a dataset.
package final class DatasetColumns: Sendable {
  let recordStarts = BlockColumn<UInt64>()
  let recordLengths = BlockColumn<UInt32>()
  let titleStarts = BlockColumn<UInt64>()
  let titleLengths = BlockColumn<UInt32>()
  let descriptionStarts = BlockColumn<UInt64>()
  let descriptionLengths = BlockColumn<UInt32>()
  let codes: [BlockColumn<UInt32>] = Field.dictionaryFields.map { _ in BlockColumn() }
  let values: [ValueTable] = Field.dictionaryFields.map { _ in ValueTable() }
  let priceStates = BlockColumn<UInt8>()
  let amounts = BlockColumn<Int64>()
  let currencies = BlockColumn<UInt8>()
  let currencyBases = BlockColumn<UInt8>()
  let usDollars = BlockColumn<Int64>()
  let postedAt = BlockColumn<Int64>()
  let capturedAt = BlockColumn<Int64>()
  let timeBases = BlockColumn<UInt8>()
  let keys = BlockColumn<UInt64>()
  let slabs = TextSlabs()
  /// ISO 4217 codes; place 0 is "unknown".
  let currencyCodes: [String]
  /// What keys were made with.
  let addresses: AddressTable

  init(currencyCodes: [String], addresses: AddressTable) {
    self.currencyCodes = currencyCodes
    self.addresses = addresses
  }
}

/// Takes batches of rows in, in order, and gives looks at what is there so far. Used by one thread.
package final class DatasetBuilder {
  private let columns: DatasetColumns
  private var speciesLists = ValueLists()
  package private(set) var rowCount = 0

  /// - Parameter currencyCodes: ISO 4217 codes that `RowBatch.currencies` counts from 1 (at most 255).
  package init(currencyCodes: [String] = [], addresses: AddressTable = .empty) {
    columns = DatasetColumns(currencyCodes: ["?"] + currencyCodes, addresses: addresses)
  }

  /// Appends a batch; it must not be used afterwards.
  package func append(_ batch: RowBatch) {
    append(batch.recordStarts, to: columns.recordStarts)
    append(batch.recordLengths, to: columns.recordLengths)
    append(batch.titleStarts, to: columns.titleStarts)
    append(batch.titleLengths, to: columns.titleLengths)
    append(batch.descriptionStarts, to: columns.descriptionStarts)
    append(batch.descriptionLengths, to: columns.descriptionLengths)
    append(batch.priceStates, to: columns.priceStates)
    append(batch.amounts, to: columns.amounts)
    append(batch.currencies, to: columns.currencies)
    append(batch.currencyBases, to: columns.currencyBases)
    append(batch.usDollars, to: columns.usDollars)
    append(batch.postedAt, to: columns.postedAt)
    append(batch.capturedAt, to: columns.capturedAt)
    append(batch.timeBases, to: columns.timeBases)
    append(batch.keys, to: columns.keys)
    for field in columns.codes.indices { appendCodes(batch, field) }
    columns.slabs.adopt(batch.slabs)
    rowCount += batch.count
  }

  /// A look at everything appended so far.
  package func dataset(sources: [SourceFile], isComplete: Bool) -> Dataset {
    if let species = Field.species.dictionaryIndex { speciesLists.extend(over: columns.values[species]) }
    return Dataset(
      columns: columns, rowCount: rowCount, sources: sources, isComplete: isComplete, speciesLists: speciesLists)
  }

  private func append<Value>(_ values: [Value], to column: BlockColumn<Value>) {
    precondition(column.count == rowCount, "a batch left a column short")
    values.withUnsafeBufferPointer { column.append($0) }
  }

  private func appendCodes(_ batch: RowBatch, _ field: Int) {
    let local = batch.values[field]
    if local.count == 1 {
      columns.codes[field].pad(to: rowCount + batch.count)
      return
    }
    let table = columns.values[field]
    let global = (0..<local.count).map { table.code(for: local.bytes($0)) }
    var codes = batch.codes[field]
    codes.withUnsafeMutableBufferPointer { codes in
      for index in codes.indices { codes[index] = global[Int(codes[index])] }
    }
    codes.withUnsafeBufferPointer { columns.codes[field].append($0) }
  }
}
