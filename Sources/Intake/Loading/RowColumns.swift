import Listings

/// The columns of the piece being read, as plain memory: one worker fills them piece after piece.
///
/// Why:    appending to thirty arrays of a class costs more per row than reading the row.
struct RowColumns {
  private(set) var capacity = 0
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
  /// A code per row and dictionary field: row by row, so that a row is one run.
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
    grow(keeping: 0)
  }

  /// Makes room for more rows.
  mutating func grow(keeping count: Int) {
    let room = max(1024, capacity * 2)
    Self.grow(&recordStarts, count, room)
    Self.grow(&recordLengths, count, room)
    Self.grow(&titleStarts, count, room)
    Self.grow(&titleLengths, count, room)
    Self.grow(&descriptionStarts, count, room)
    Self.grow(&descriptionLengths, count, room)
    Self.grow(&priceStates, count, room)
    Self.grow(&amounts, count, room)
    Self.grow(&currencies, count, room)
    Self.grow(&currencyBases, count, room)
    Self.grow(&usDollars, count, room)
    Self.grow(&postedAt, count, room)
    Self.grow(&capturedAt, count, room)
    Self.grow(&timeBases, count, room)
    Self.grow(&keys, count, room)
    Self.grow(&codes, count * Self.fieldCount, room * Self.fieldCount)
    capacity = room
  }

  private static func grow<Value>(_ column: inout UnsafeMutablePointer<Value>, _ count: Int, _ room: Int) {
    let larger = UnsafeMutablePointer<Value>.allocate(capacity: room)
    larger.update(from: column, count: count)
    column.deallocate()
    column = larger
  }

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
    codes.deallocate()
  }

  /// Copies the first `count` rows into a batch, which is then as large as its rows.
  func fill(_ batch: RowBatch, count: Int) {
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
    batch.keys = copy(keys)
    for field in 0..<Self.fieldCount {
      batch.codes[field] = Array(unsafeUninitializedCapacity: count) { out, written in
        for row in 0..<count { out.initializeElement(at: row, to: codes[row * Self.fieldCount + field]) }
        written = count
      }
    }
  }
}
