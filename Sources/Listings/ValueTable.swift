import Glibc

/// The distinct values of a field, by code. Code 0 is the missing value.
///
/// Shape:  codes 0..<count in order of first appearance.
/// Cost:   `code(for:)` is one probe of an open-addressed table; each value is stored once.
/// Limits: one thread adds. Readers only use codes below a published count (see `BlockColumn`).
package final class ValueTable: @unchecked Sendable {
  // Safe to share: entries below the published count are final; only the adding thread uses the index.

  /// Where a value is stored.
  private struct Place: BitwiseCopyable {
    var address: UInt64
    var length: UInt32
  }

  private let places = BlockColumn<Place>()
  private let text = TextSlabs()
  private var index = ValueIndex(slots: 256)

  /// How many values there are, including the missing one.
  package private(set) var count = 0

  package init() { add(UnsafeRawBufferPointer(start: nil, count: 0)) }

  /// The bytes of a value: UTF-8, empty for code 0.
  @inline(__always)
  package func bytes(_ code: UInt32) -> UnsafeRawBufferPointer {
    let place = places[Int(code)]
    return UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: UInt(place.address)), count: Int(place.length))
  }

  /// A value as text.
  package func string(_ code: UInt32) -> String { String(decoding: bytes(code), as: UTF8.self) }

  /// The code of a value, which is added if it is new; 0 for no bytes.
  ///
  /// Cost:   one fingerprint and a probe; a copy where the value is new.
  package func code(for bytes: UnsafeRawBufferPointer) -> UInt32 {
    bytes.count == 0 ? 0 : code(for: bytes, Fingerprint.of(bytes), &index)
  }

  /// The codes of the values of a batch, by their codes in the batch. New values are added in the batch's order.
  ///
  /// Cost:   a probe per value, with the fingerprint that the batch has made.
  func codes(of values: BatchValues) -> [UInt32] {
    // Out of the class, so that no access to it is checked for every value.
    var index = ValueIndex(slots: 0)
    swap(&index, &self.index)
    defer { swap(&index, &self.index) }
    return Array(unsafeUninitializedCapacity: values.count) { codes, written in
      codes.initializeElement(at: 0, to: 0)
      for code in 1..<max(1, values.count) {
        let global = self.code(for: values.bytes(code), values.fingerprint(code), &index)
        codes.initializeElement(at: code, to: global)
      }
      written = values.count
    }
  }

  @inline(__always)
  private func code(
    for bytes: UnsafeRawBufferPointer, _ fingerprint: UInt64, _ index: inout ValueIndex
  ) -> UInt32 {
    if let known = index.code(of: fingerprint, where: { equal(self.bytes($0), bytes) }) { return known }
    let code = UInt32(count)
    add(bytes)
    index.add(code, fingerprint)
    return code
  }

  /// Stores a value under the next code.
  private func add(_ bytes: UnsafeRawBufferPointer) {
    let place = Place(address: UInt64(UInt(bitPattern: text.store(bytes))), length: UInt32(bytes.count))
    withUnsafePointer(to: place) { places.append(UnsafeBufferPointer(start: $0, count: 1)) }
    count += 1
  }
}

/// Finds the codes of distinct values by their fingerprints: an open-addressed table, at most half full.
///
/// Shape:  code 0 stands for the missing value, which is not in the index.
package struct ValueIndex {
  /// A code with half of its fingerprint, so that a wrong value is seldom compared; 0 is free.
  private var slots: [UInt64]
  /// By code; the first is that of the missing value.
  package private(set) var fingerprints: [UInt64] = [0]

  /// - Parameter slots: a power of two; 0 where the index will not be used.
  package init(slots: Int) { self.slots = Array(repeating: 0, count: slots) }

  /// The code with this fingerprint for which `isSame` holds; nil where there is none.
  @inline(__always)
  package func code(of fingerprint: UInt64, where isSame: (UInt32) -> Bool) -> UInt32? {
    slots.withUnsafeBufferPointer { slots in
      guard slots.count > 0 else { return nil }
      var slot = Int(truncatingIfNeeded: fingerprint) & (slots.count - 1)
      while slots[slot] != 0 {
        let code = UInt32(truncatingIfNeeded: slots[slot])
        if (slots[slot] ^ fingerprint) >> 32 == 0, isSame(code) { return code }
        slot = (slot + 1) & (slots.count - 1)
      }
      return nil
    }
  }

  /// Adds the next code. No value with this fingerprint may be the same.
  ///
  /// Cost:   amortised O(1); the table grows to four times its size.
  package mutating func add(_ code: UInt32, _ fingerprint: UInt64) {
    precondition(Int(code) == fingerprints.count, "codes are added in their order")
    fingerprints.append(fingerprint)
    if fingerprints.count * 2 > slots.count {
      slots = Array(repeating: 0, count: max(64, slots.count * 4))
      for code in 1..<fingerprints.count { insert(UInt32(code)) }
    } else {
      insert(code)
    }
  }

  private mutating func insert(_ code: UInt32) {
    let fingerprint = fingerprints[Int(code)]
    slots.withUnsafeMutableBufferPointer { slots in
      var slot = Int(truncatingIfNeeded: fingerprint) & (slots.count - 1)
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = fingerprint & ~0xFFFF_FFFF | UInt64(code)
    }
  }
}

/// Whether two runs of bytes are the same.
///
/// Cost:   no call for up to 16 bytes, as most values have.
@inline(__always)
package func equal(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  let count = a.count
  guard count == b.count else { return false }
  guard count > 0, let a = a.baseAddress, let b = b.baseAddress else { return true }
  func agree<Word: FixedWidthInteger & BitwiseCopyable>(_ type: Word.Type, at offset: Int) -> Bool {
    a.loadUnaligned(fromByteOffset: offset, as: type) == b.loadUnaligned(fromByteOffset: offset, as: type)
  }
  if count > 16 { return memcmp(a, b, count) == 0 }
  // The two words overlap where the text is shorter than both.
  if count >= 8 { return agree(UInt64.self, at: 0) && agree(UInt64.self, at: count - 8) }
  if count >= 4 { return agree(UInt32.self, at: 0) && agree(UInt32.self, at: count - 4) }
  return agree(UInt8.self, at: 0) && agree(UInt8.self, at: count / 2) && agree(UInt8.self, at: count - 1)
}
