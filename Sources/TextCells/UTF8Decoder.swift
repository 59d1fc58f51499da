/// Scalars out of bytes that only claim to be UTF-8.
///
/// Shape:  a run of bytes that is no character gives one `invalid`, by the "maximal subpart" rule, so the count
///         agrees with `String(decoding:as:)`.
/// Cost:   O(bytes), a step at a time; allocates nothing and never reads past the end.
/// Source: Unicode 15, section 3.9, table 3-7 (well-formed byte sequences) and "U+FFFD substitution".
struct UTF8Decoder {
  /// Stands for bytes that are no character; no scalar has this value.
  static let invalid: UInt32 = .max

  private let bytes: UnsafeRawBufferPointer
  private(set) var offset = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  var isAtEnd: Bool { offset >= bytes.count }

  /// The next scalar, or `invalid`; nil at the end.
  mutating func next() -> UInt32? {
    guard offset < bytes.count else { return nil }
    let first = bytes[offset]
    offset += 1
    switch first {
    case 0x00...0x7F: return UInt32(first)
    case 0xC2...0xDF: return continued(UInt32(first & 0x1F), more: 1, first: 0x80...0xBF)
    case 0xE0: return continued(UInt32(first & 0x0F), more: 2, first: 0xA0...0xBF)
    case 0xED: return continued(UInt32(first & 0x0F), more: 2, first: 0x80...0x9F)
    case 0xE1...0xEF: return continued(UInt32(first & 0x0F), more: 2, first: 0x80...0xBF)
    case 0xF0: return continued(UInt32(first & 0x07), more: 3, first: 0x90...0xBF)
    case 0xF1...0xF3: return continued(UInt32(first & 0x07), more: 3, first: 0x80...0xBF)
    case 0xF4: return continued(UInt32(first & 0x07), more: 3, first: 0x80...0x8F)
    default: return Self.invalid
    }
  }

  /// The scalar after this place, which stays where it is.
  func peek() -> UInt32? {
    var ahead = self
    return ahead.next()
  }

  private mutating func continued(_ lead: UInt32, more: Int, first: ClosedRange<UInt8>) -> UInt32 {
    var value = lead
    var allowed = first
    for _ in 0..<more {
      guard offset < bytes.count, allowed.contains(bytes[offset]) else { return Self.invalid }
      value = value << 6 | UInt32(bytes[offset] & 0x3F)
      offset += 1
      allowed = 0x80...0xBF
    }
    return value
  }
}
