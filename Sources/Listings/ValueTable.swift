import Glibc

/// The distinct values of a field, by code. Code 0 is the missing value.
///
/// Shape:  codes 0..<count in the order the values were first met.
/// Cost:   `code(for:)` is one probe of an open-addressed table; values are stored once.
/// One thread adds; readers use codes below a published count only (see `BlockColumn`).
package final class ValueTable: @unchecked Sendable {
  // Safe to share: entries below the published count are final; the probing index belongs to the adding thread.
  private let addresses = BlockColumn<UInt64>()
  private let lengths = BlockColumn<UInt32>()
  private let text = TextSlabs()
  private var index: [UInt32]
  private var fingerprints: [UInt64] = []

  package private(set) var count = 0

  package init() {
    index = Array(repeating: 0, count: 256)
    add(UnsafeRawBufferPointer(start: nil, count: 0), fingerprint: 0)
  }

  /// The bytes of a value: UTF-8, empty for code 0.
  @inline(__always)
  package func bytes(_ code: UInt32) -> UnsafeRawBufferPointer {
    let start = UnsafeRawPointer(bitPattern: UInt(addresses[Int(code)]))
    return UnsafeRawBufferPointer(start: start, count: Int(lengths[Int(code)]))
  }

  package func string(_ code: UInt32) -> String { String(decoding: bytes(code), as: UTF8.self) }

  /// The code of a value, a new one if it was never met. Empty bytes are code 0.
  package func code(for bytes: UnsafeRawBufferPointer) -> UInt32 {
    guard bytes.count > 0 else { return 0 }
    let fingerprint = Fingerprint.of(bytes)
    var slot = Int(truncatingIfNeeded: fingerprint) & (index.count - 1)
    while index[slot] != 0 {
      let code = index[slot]
      if fingerprints[Int(code)] == fingerprint, equal(self.bytes(code), bytes) { return code }
      slot = (slot + 1) & (index.count - 1)
    }
    let code = UInt32(count)
    add(bytes, fingerprint: fingerprint)
    index[slot] = code
    if count * 2 > index.count { growIndex() }
    return code
  }

  private func add(_ bytes: UnsafeRawBufferPointer, fingerprint: UInt64) {
    let address = UInt64(UInt(bitPattern: text.store(bytes)))
    withUnsafePointer(to: address) { addresses.append(UnsafeBufferPointer(start: $0, count: 1)) }
    withUnsafePointer(to: UInt32(bytes.count)) { lengths.append(UnsafeBufferPointer(start: $0, count: 1)) }
    fingerprints.append(fingerprint)
    count += 1
  }

  private func growIndex() {
    index = Array(repeating: 0, count: index.count * 4)
    for code in 1..<count {
      var slot = Int(truncatingIfNeeded: fingerprints[code]) & (index.count - 1)
      while index[slot] != 0 { slot = (slot + 1) & (index.count - 1) }
      index[slot] = UInt32(code)
    }
  }
}

/// Whether two byte runs are the same.
@inline(__always)
package func equal(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  guard a.count == b.count else { return false }
  guard a.count > 0 else { return true }
  return memcmp(a.baseAddress!, b.baseAddress!, a.count) == 0
}
