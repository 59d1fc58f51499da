import Listings

/// Digits and marks of all scripts as ASCII.
enum PriceDigits {
  /// First characters of the runs of ten digits.
  ///
  /// Source: Unicode 14, general category Nd: Arabic, Persian, N'Ko, the scripts of India, Thai, Lao, Tibetan, Myanmar and
  /// Shan, Khmer, Mongolian, full width.
  private static let zeros: [UInt32] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x1090, 0x17E0, 0x1810, 0xFF10,
  ]

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

  /// The ASCII digit or mark that a character stands for in amounts; nil for others.
  static func ascii(_ scalar: UInt32) -> UInt8? {
    if scalar >= 0x660, let zero = zeros.first(where: { scalar >= $0 && scalar < $0 + 10 }) {
      return 0x30 + UInt8(scalar - zero)
    }
    switch scalar {
    case 0x66B, 0xFF0E: return UInt8(ascii: ".")
    case 0x66C, 0x60C, 0xFF0C: return .comma
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return .blank
    case 0x60, 0xB4, 0x2018, 0x2019, 0x2032, 0xFF07: return UInt8(ascii: "'")
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: return UInt8(ascii: "-")
    case 0x223C, 0x301C: return UInt8(ascii: "~")
    case 0xFE69: return UInt8(ascii: "$")
    // Signs of multiplication.
    case 0xD7, 0x2715, 0x2A2F: return UInt8(ascii: "x")
    default: return nil
    }
  }

  /// Direction marks and zero-width characters around Arabic and Persian amounts, vowel marks and lengthened lines within
  /// Arabic words.
  static func isInvisible(_ scalar: UInt32) -> Bool {
    (0x200B...0x200F).contains(scalar) || (0x202A...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar)
      || (0x64B...0x652).contains(scalar) || scalar == 0x640 || scalar == 0x61C || scalar == 0xFEFF || scalar == 0xFE0F
  }
}
