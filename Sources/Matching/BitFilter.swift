import CPlatform

/// A set of hashes that may say yes too often, never no.
///
/// Shape:  each hash sets two bits of one 64-bit word, with 32 bits of memory per hash: two bits
///         of 32 let far fewer strangers through than one of 16, and each that passes is looked up in the doors.
struct BitFilter: Sendable {
  private let words: FixedTable<UInt64>
  let shift: UInt32

  init(_ bits: BitFilterBits) {
    words = FixedTable(bits.words)
    shift = bits.shift
  }

  /// Nothing for C where it holds nothing.
  var base: UnsafePointer<UInt64>? { words.count == 0 ? nil : words.base }

  var byteCount: Int { words.byteCount }

  @inline(__always)
  func mayContain(_ hash: UInt32) -> Bool {
    words.count != 0 && lp_may_contain(words.base, shift, hash) != 0
  }
}

/// A filter that is being filled.
struct BitFilterBits {
  private(set) var words: [UInt64] = []
  private(set) var shift: UInt32 = 26

  /// With room for so many.
  init(count: Int) {
    guard count > 0 else { return }
    var bits: UInt32 = 10
    while 1 << bits < count * 32 { bits += 1 }
    shift = 32 - bits
    words = Array(repeating: 0, count: 1 << (bits - 6))
  }

  mutating func insert(_ hash: UInt32) { words[Int((hash >> shift) >> 6)] |= lp_filter_bits(shift, hash) }
}

/// A table that is written once and read from everywhere: its address stays, and reading it counts no references.
final class FixedTable<Element: BitwiseCopyable>: @unchecked Sendable {
  // Nothing is written after `init`.
  let base: UnsafePointer<Element>
  let count: Int

  init(_ elements: [Element]) {
    let copy = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    copy.initialize(from: elements, count: elements.count)
    base = UnsafePointer(copy)
    count = elements.count
  }

  deinit { base.deallocate() }

  var byteCount: Int { count * MemoryLayout<Element>.stride }
}
