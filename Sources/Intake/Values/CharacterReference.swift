import Listings

/// A character written as HTML writes it where it must not stand by itself: `&amp;`, `&#39;`, `&#x4E2D;`.
///
/// Shape:  only with its closing `;`: `Fish & Chips`, `?a=1&copy=2` and `AT&T;` are text. A no-break space becomes a blank,
///         so that words are found. Two numbers that are the halves of a surrogate pair, as some scrapers write emoji, are
///         one character. Numbers 128 to 159 mean Windows-1252, as in every browser.
/// Fails:  nil for names that HTML does not know, control characters and numbers that are no character: they stay text.
/// Source: WHATWG HTML, 13.2.5.80, "Numeric character reference end state".
enum CharacterReference {
  private static let longestName = 8
  private static let mostDigits = 7

  /// The reference that begins with the `&` at `start`, and the bytes it takes.
  static func read(_ bytes: UnsafeRawBufferPointer, at start: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    guard start + 2 < bytes.count else { return nil }
    if bytes[start + 1] != UInt8(ascii: "#") { return named(bytes, start) }
    guard let (value, length) = number(bytes, at: start) else { return nil }
    if (0xD800..<0xDC00).contains(value) {
      guard let (low, more) = number(bytes, at: start + length), (0xDC00..<0xE000).contains(low) else { return nil }
      return Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)).map { ($0, length + more) }
    }
    return scalar(value).map { ($0, length) }
  }

  private static func named(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    var end = start + 1
    while end < bytes.count, end - start <= longestName + 1, bytes[end].isASCIILetter || bytes[end].isDigit { end += 1 }
    guard end < bytes.count, bytes[end] == UInt8(ascii: ";") else { return nil }
    let name = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start + 1..<end]), as: UTF8.self)
    // `&AMP;` and `&NBSP;` are common enough to be meant, but `&Dagger;` is not `&dagger;`.
    guard let value = characterReferenceNames[name] ?? characterReferenceNames[name.lowercased()] else { return nil }
    return scalar(value).map { ($0, end + 1 - start) }
  }

  /// The number that the reference at `start` gives.
  private static func number(_ bytes: UnsafeRawBufferPointer, at start: Int) -> (value: UInt32, length: Int)? {
    guard start + 3 < bytes.count, bytes[start] == UInt8(ascii: "&"), bytes[start + 1] == UInt8(ascii: "#") else {
      return nil
    }
    let isHexadecimal = bytes[start + 2] | 0x20 == UInt8(ascii: "x")
    let first = start + (isHexadecimal ? 3 : 2)
    var value: UInt32 = 0
    var index = first
    while index < bytes.count, index - first < mostDigits, let digit = digit(bytes[index], isHexadecimal) {
      value = value * (isHexadecimal ? 16 : 10) + digit
      index += 1
    }
    guard index > first, index < bytes.count, bytes[index] == UInt8(ascii: ";") else { return nil }
    return (value, index + 1 - start)
  }

  private static func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> UInt32? {
    if byte.isDigit { return UInt32(byte &- 0x30) }
    let letter = byte | 0x20
    return isHexadecimal && letter >= 0x61 && letter <= 0x66 ? UInt32(letter - 0x61 + 10) : nil
  }

  private static func scalar(_ value: UInt32) -> Unicode.Scalar? {
    switch value {
    case 0xA0: return " "
    case 9, 10, 13: return Unicode.Scalar(value)
    case 0..<32, 127: return nil
    case 128..<160: return windows1252[Int(value - 128)]
    default: return Unicode.Scalar(value)
    }
  }

  /// The characters 128 to 159 of Windows-1252, nil where it has none.
  private static let windows1252: [Unicode.Scalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil, nil, "‘", "’", "“", "”", "•", "–",
    "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]
}
