import CPlatform
import SmallFormats

/// A Bloom filter of hashes: it may report a hash that is not in it, and never misses one that is.
///
/// Shape:  each hash sets two bits of one 64-bit word. With 32 bits of memory per hash, two bits let far fewer strangers
///         through than one bit of 16 would. Hashes that pass are looked up in the buckets.
/// Cost:   one load per test, mostly from the nearest cache.
struct BitFilter: Sendable {
  /// The bits.
  private let words: FixedTable<UInt64>
  /// How far a hash is shifted right to give its bit position.
  let shift: UInt32

  init(_ bits: BitFilterBits) {
    words = FixedTable(bits.words)
    shift = bits.shift
  }

  /// The next filter of an archive.
  init(from archive: inout ArchiveReader) throws(ArchiveError) {
    guard let shift = UInt32(exactly: try archive.number()) else { throw .damaged }
    self.shift = shift
    words = try FixedTable(from: &archive)
  }

  /// Adds the filter to an archive.
  func write(to archive: inout ArchiveWriter) {
    archive.put(Int(shift))
    words.write(to: &archive)
  }

  /// The address for C; nil where the filter is empty.
  ///
  /// Limits: valid while the filter lives.
  var base: UnsafePointer<UInt64>? { words.count == 0 ? nil : words.base }

  /// The memory of the bits, in bytes.
  var byteCount: Int { words.byteCount }

  /// False: certainly not in the set.
  @inline(__always)
  func mayContain(_ hash: UInt32) -> Bool {
    words.count != 0 && lp_may_contain(words.base, shift, hash) != 0
  }
}

/// A `BitFilter` under construction.
struct BitFilterBits {
  /// The bits; none if the filter has no room for a hash.
  private(set) var words: [UInt64] = []
  /// How far a hash is shifted right to give its bit position.
  private(set) var shift: UInt32 = 26

  /// An empty filter with room for `count` hashes.
  ///
  /// Shape:  a power of two of bits: at least 1024, and at least 32 for each hash.
  /// Limits: a filter for 0 hashes has no bits, and takes no hash.
  init(count: Int) {
    guard count > 0 else { return }
    var bits: UInt32 = 10
    while 1 << bits < count * 32 { bits += 1 }
    shift = 32 - bits
    words = Array(repeating: 0, count: 1 << (bits - 6))
  }

  /// Adds a hash.
  mutating func insert(_ hash: UInt32) { words[Int((hash >> shift) >> 6)] |= lp_filter_bits(shift, hash) }
}
