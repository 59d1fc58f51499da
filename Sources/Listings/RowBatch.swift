/// Rows read from one piece of a file, on their way into a dataset.
///
/// Shape:  every array has a place per row; `codes[i]` belongs to `Field.dictionaryFields[i]`, codes are local to
///         the batch until `DatasetBuilder` takes it in.
/// A worker fills a batch and hands it over whole; nobody touches it afterwards.
package final class RowBatch: @unchecked Sendable {
  // Safe to hand over: exactly one thread holds a batch at any time.
  package var recordStarts: [UInt64] = []
  package var recordLengths: [UInt32] = []
  package var titleStarts: [UInt64] = []
  package var titleLengths: [UInt32] = []
  package var descriptionStarts: [UInt64] = []
  package var descriptionLengths: [UInt32] = []
  package var codes: [[UInt32]]
  package var values: [BatchValues]
  package var priceStates: [UInt8] = []
  package var amounts: [Int64] = []
  /// Index of the ISO 4217 code among the builder's currencies, 0 for none.
  package var currencies: [UInt8] = []
  package var currencyBases: [UInt8] = []
  /// Ten-thousandths of a US dollar; `Dataset.noAmount` where there is none.
  package var usDollars: [Int64] = []
  /// Seconds since 1970 UTC; `Dataset.noTime` where there is none.
  package var postedAt: [Int64] = []
  package var capturedAt: [Int64] = []
  /// `TimeBases` bytes.
  package var timeBases: [UInt8] = []
  package var keys: [UInt64] = []
  /// Cells with HTML that was decoded for reading.
  package var markupCells = 0
  /// Text that had to be decoded.
  package let slabs = TextSlabs()

  package var count: Int { recordStarts.count }

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

/// The distinct values of one field within a batch; they stand where they were read, nothing is copied.
package struct BatchValues {
  package private(set) var starts: [UInt64] = [0]
  package private(set) var lengths: [UInt32] = [0]
  private var fingerprints: [UInt64] = [0]
  private var index: [UInt32] = []
  private var lastCode: UInt32 = 0

  init() {}

  package var count: Int { starts.count }

  package func bytes(_ code: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: UInt(starts[code])), count: Int(lengths[code]))
  }

  /// The code of a value within this batch; empty bytes are 0. The bytes must outlive the batch.
  package mutating func code(for bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard bytes.count > 0 else { return 0 }
    // Neighbouring rows often share a value: platform, country, language.
    if lastCode != 0, equal(self.bytes(Int(lastCode)), bytes) { return lastCode }
    if index.isEmpty { index = Array(repeating: 0, count: 64) }
    let fingerprint = Fingerprint.of(bytes)
    var slot = Int(truncatingIfNeeded: fingerprint) & (index.count - 1)
    while index[slot] != 0 {
      let code = index[slot]
      if fingerprints[Int(code)] == fingerprint, equal(self.bytes(Int(code)), bytes) {
        lastCode = code
        return code
      }
      slot = (slot + 1) & (index.count - 1)
    }
    let code = UInt32(starts.count)
    index[slot] = code
    starts.append(UInt64(UInt(bitPattern: bytes.baseAddress!)))
    lengths.append(UInt32(bytes.count))
    fingerprints.append(fingerprint)
    if starts.count * 2 > index.count { growIndex() }
    lastCode = code
    return code
  }

  private mutating func growIndex() {
    index = Array(repeating: 0, count: index.count * 4)
    for code in 1..<starts.count {
      var slot = Int(truncatingIfNeeded: fingerprints[code]) & (index.count - 1)
      while index[slot] != 0 { slot = (slot + 1) & (index.count - 1) }
      index[slot] = UInt32(code)
    }
  }
}
