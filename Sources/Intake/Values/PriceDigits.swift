import Listings

/// Digits and marks of all scripts as ASCII.
enum PriceDigits {
  /// First characters of the runs of ten digits.
  ///
  /// Source: Unicode 14, general category Nd: Arabic, Persian, Devanagari, Bengali, Thai, Lao, Myanmar, Khmer, full width.
  private static let zeros: [UInt32] = [0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xED0, 0x1040, 0x17E0, 0xFF10]

  /// The same text with ASCII digits, points, commas, blanks and apostrophes.
  static func plain(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let (scalar, length) = Folding.decode(bytes, index)
      if length > 1, let byte = ascii(scalar) {
        out.append(byte)
      } else if length > 1 {
        if !isInvisible(scalar) { out += bytes[index..<index + length] }
      } else {
        let byte = bytes[index]
        out.append(byte == .tab || byte == .lineFeed || byte == .carriageReturn ? .blank : byte)
      }
      index += max(length, 1)
    }
    return out
  }

  /// Whether control characters other than tabs and line breaks stand in a text: escape sequences are no digits, and what
  /// they would show on a screen need not be what is written.
  static func hasControls(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var before: UInt8 = 0
    for byte in bytes {
      if byte < 0x20, byte != .tab, byte != .lineFeed, byte != .carriageReturn { return true }
      // U+0080 to U+009F.
      if byte == 0x7F || before == 0xC2 && byte < 0xA0 { return true }
      before = byte
    }
    return false
  }

  private static func ascii(_ scalar: UInt32) -> UInt8? {
    if let zero = zeros.first(where: { scalar >= $0 && scalar < $0 + 10 }) { return 0x30 + UInt8(scalar - zero) }
    switch scalar {
    case 0x66B, 0xFF0E: return UInt8(ascii: ".")
    case 0x66C, 0x60C, 0xFF0C: return .comma
    case 0xA0, 0x2007, 0x2009, 0x202F, 0x3000: return .blank
    case 0x2019, 0xFF07: return UInt8(ascii: "'")
    case 0x2010...0x2012, 0x2212, 0xFF0D: return UInt8(ascii: "-")
    default: return nil
    }
  }

  /// Direction marks and zero-width characters around Arabic and Persian amounts.
  private static func isInvisible(_ scalar: UInt32) -> Bool {
    (0x200B...0x200F).contains(scalar) || (0x202A...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar)
      || scalar == 0x61C || scalar == 0xFEFF
  }
}
