import CPlatform

/// Whether bytes are UTF-8, and whether zero bytes are among them.
enum TextCheck {
  static let invalidUTF8 = Int32(LP_TEXT_INVALID_UTF8)
  static let hasZero = Int32(LP_TEXT_HAS_NUL)

  static func flags(of bytes: UnsafeRawBufferPointer) -> Int32 {
    lp_text_flags(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  static func flags(of bytes: [UInt8]) -> Int32 { bytes.withUnsafeBytes { flags(of: $0) } }

  /// Whether a byte has its high bit set.
  static func isBeyondASCII(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
    var index = 0
    while index + 64 <= bytes.count {
      if lp_high_mask64(start + index) != 0 { return true }
      index += 64
    }
    return bytes[index...].contains { $0 >= 0x80 }
  }
}
