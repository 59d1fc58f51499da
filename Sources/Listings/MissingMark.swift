/// How files write that a value is missing.
package enum MissingMark {
  /// Whether a cell says that there is no value: it is empty or blank, or reads `NA`, `N/A`, `[]`, `null`, `None`,
  /// `NaN` or a dash, in any case.
  ///
  /// Source: what R, pandas, Python and JSON write for a missing value.
  @inline(__always)
  package static func isMissing(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count <= longest && isShortMissing(bytes)
  }

  private static let longest = 8

  private static func isShortMissing(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var low = 0
    var high = bytes.count
    while low < high, bytes[low] <= 0x20 { low += 1 }
    while low < high, bytes[high - 1] <= 0x20 { high -= 1 }
    // The letters, folded, in one word: 5 bytes at most.
    guard high - low <= 5 else { return false }
    var word: UInt64 = 0
    for index in low..<high {
      let byte = bytes[index]
      word = word << 8 | UInt64(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
    switch word {
    case 0, 0x2D, 0x2D2D: return true  // nothing, -, --
    case 0x6E61, 0x6E2F61: return true  // na, n/a
    case 0x5B5D, 0x7B7D: return true  // [], {}
    case 0x6E75_6C6C, 0x6E6F_6E65, 0x6E61_6E: return true  // null, none, nan
    case 0xE28093, 0xE28094: return true  // en dash, em dash
    default: return false
    }
  }
}
