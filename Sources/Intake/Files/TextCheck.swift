import CPlatform

/// Whether bytes are UTF-8, and whether zero bytes are among them.
enum TextCheck {
  static let invalidUTF8 = Int32(LP_TEXT_INVALID_UTF8)
  static let hasZero = Int32(LP_TEXT_HAS_NUL)

  static func flags(of bytes: UnsafeRawBufferPointer) -> Int32 {
    lp_text_flags(bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
  }

  static func flags(of bytes: [UInt8]) -> Int32 { bytes.withUnsafeBytes { flags(of: $0) } }
}
