import Listings

/// The columns of the piece being read, as plain memory. One worker reuses them for piece after piece.
///
/// Cost:   a store per value. Appending to thirty arrays in a class would cost more per row than reading the row.
/// Limits: not a class, so `free` must be called exactly once.
struct RowColumns {
  /// How many rows fit.
  private(set) var capacity = 0
  // One value per row, as in `RowBatch`.
  private(set) var recordStarts: UnsafeMutablePointer<UInt64>
  private(set) var recordLengths: UnsafeMutablePointer<UInt32>
  private(set) var titleStarts: UnsafeMutablePointer<UInt64>
  private(set) var titleLengths: UnsafeMutablePointer<UInt32>
  private(set) var descriptionStarts: UnsafeMutablePointer<UInt64>
  private(set) var descriptionLengths: UnsafeMutablePointer<UInt32>
  private(set) var priceStates: UnsafeMutablePointer<UInt8>
  private(set) var amounts: UnsafeMutablePointer<Int64>
  private(set) var currencies: UnsafeMutablePointer<UInt8>
  private(set) var currencyBases: UnsafeMutablePointer<UInt8>
  private(set) var usDollars: UnsafeMutablePointer<Int64>
  private(set) var postedAt: UnsafeMutablePointer<Int64>
  private(set) var capturedAt: UnsafeMutablePointer<Int64>
  private(set) var timeBases: UnsafeMutablePointer<UInt8>
  private(set) var keys: UnsafeMutablePointer<UInt64>
  private(set) var keyBases: UnsafeMutablePointer<UInt8>
  private(set) var cells: UnsafeMutablePointer<CellFingerprints>
  private(set) var addressStarts: UnsafeMutablePointer<UInt64>
  private(set) var addressLengths: UnsafeMutablePointer<UInt32>
  /// One code per row and dictionary field, row by row, so that a row is one contiguous run.
  private(set) var codes: UnsafeMutablePointer<UInt32>

  static let fieldCount = Field.dictionaryFields.count

  init() {
    (recordStarts, recordLengths) = (.allocate(capacity: 0), .allocate(capacity: 0))
    (titleStarts, titleLengths) = (.allocate(capacity: 0), .allocate(capacity: 0))
    (descriptionStarts, descriptionLengths) = (.allocate(capacity: 0), .allocate(capacity: 0))
    (priceStates, amounts, currencies) = (.allocate(capacity: 0), .allocate(capacity: 0), .allocate(capacity: 0))
    (currencyBases, usDollars) = (.allocate(capacity: 0), .allocate(capacity: 0))
    (postedAt, capturedAt, keys) = (.allocate(capacity: 0), .allocate(capacity: 0), .allocate(capacity: 0))
    (timeBases, codes) = (.allocate(capacity: 0), .allocate(capacity: 0))
    (keyBases, cells) = (.allocate(capacity: 0), .allocate(capacity: 0))
    (addressStarts, addressLengths) = (.allocate(capacity: 0), .allocate(capacity: 0))
    grow(keeping: 0)
  }

  /// Doubles the capacity and keeps the first `count` rows.
  mutating func grow(keeping count: Int) {
    let newCapacity = max(1024, capacity * 2)
    Self.grow(&recordStarts, count, newCapacity)
    Self.grow(&recordLengths, count, newCapacity)
    Self.grow(&titleStarts, count, newCapacity)
    Self.grow(&titleLengths, count, newCapacity)
    Self.grow(&descriptionStarts, count, newCapacity)
    Self.grow(&descriptionLengths, count, newCapacity)
    Self.grow(&priceStates, count, newCapacity)
    Self.grow(&amounts, count, newCapacity)
    Self.grow(&currencies, count, newCapacity)
    Self.grow(&currencyBases, count, newCapacity)
    Self.grow(&usDollars, count, newCapacity)
    Self.grow(&postedAt, count, newCapacity)
    Self.grow(&capturedAt, count, newCapacity)
    Self.grow(&timeBases, count, newCapacity)
    Self.grow(&keys, count, newCapacity)
    Self.grow(&keyBases, count, newCapacity)
    Self.grow(&cells, count, newCapacity)
    Self.grow(&addressStarts, count, newCapacity)
    Self.grow(&addressLengths, count, newCapacity)
    Self.grow(&codes, count * Self.fieldCount, newCapacity * Self.fieldCount)
    capacity = newCapacity
  }

  /// Moves one column to larger memory.
  private static func grow<Value>(_ column: inout UnsafeMutablePointer<Value>, _ count: Int, _ newCapacity: Int) {
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: newCapacity)
    larger.update(from: column, count: count)
    column.deallocate()
    column = larger
  }

  /// Releases the memory.
  func free() {
    recordStarts.deallocate()
    recordLengths.deallocate()
    titleStarts.deallocate()
    titleLengths.deallocate()
    descriptionStarts.deallocate()
    descriptionLengths.deallocate()
    priceStates.deallocate()
    amounts.deallocate()
    currencies.deallocate()
    currencyBases.deallocate()
    usDollars.deallocate()
    postedAt.deallocate()
    capturedAt.deallocate()
    timeBases.deallocate()
    keys.deallocate()
    keyBases.deallocate()
    cells.deallocate()
    addressStarts.deallocate()
    addressLengths.deallocate()
    codes.deallocate()
  }

  /// Copies the first `count` rows into a batch, with arrays of exactly that size.
  ///
  /// Shape:  codes are transposed from rows to columns. Without keys or compared cells, the batch has none.
  func fill(_ batch: RowBatch, count: Int, hasKeys: Bool, hasCells: Bool) {
    func copy<Value>(_ column: UnsafeMutablePointer<Value>) -> [Value] {
      Array(UnsafeBufferPointer(start: column, count: count))
    }
    batch.recordStarts = copy(recordStarts)
    batch.recordLengths = copy(recordLengths)
    batch.titleStarts = copy(titleStarts)
    batch.titleLengths = copy(titleLengths)
    batch.descriptionStarts = copy(descriptionStarts)
    batch.descriptionLengths = copy(descriptionLengths)
    batch.priceStates = copy(priceStates)
    batch.amounts = copy(amounts)
    batch.currencies = copy(currencies)
    batch.currencyBases = copy(currencyBases)
    batch.usDollars = copy(usDollars)
    batch.postedAt = copy(postedAt)
    batch.capturedAt = copy(capturedAt)
    batch.timeBases = copy(timeBases)
    if hasKeys { (batch.keys, batch.keyBases) = (copy(keys), copy(keyBases)) }
    if hasCells {
      batch.cells = copy(cells)
      (batch.addressStarts, batch.addressLengths) = (copy(addressStarts), copy(addressLengths))
    }
    for field in 0..<Self.fieldCount {
      batch.codes[field] = Array(unsafeUninitializedCapacity: count) { out, written in
        for row in 0..<count { out.initializeElement(at: row, to: codes[row * Self.fieldCount + field]) }
        written = count
      }
    }
  }
}
