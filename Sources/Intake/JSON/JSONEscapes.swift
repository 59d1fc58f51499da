/// Escapes in JSON strings.
enum JSONEscapes {
  /// The bytes that the escape at a backslash takes; nil if it is none.
  static func length(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Int? {
    guard position + 1 < bytes.count else { return nil }
    switch bytes[position + 1] {
    case .quote, .backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"): return unit(bytes, at: position + 2) == nil ? nil : 6
    default: return nil
    }
  }

  /// Appends the text of a string, its escapes resolved. A lone half of a surrogate pair becomes U+FFFD.
  static func decode(_ bytes: UnsafeRawBufferPointer, into out: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == .backslash, index + 1 < bytes.count else {
        out.append(byte)
        index += 1
        continue
      }
      if bytes[index + 1] == UInt8(ascii: "u") {
        index = appendScalar(bytes, at: index, to: &out)
      } else {
        out.append(plain(bytes[index + 1]))
        index += 2
      }
    }
  }

  private static func plain(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "n"): .lineFeed
    case UInt8(ascii: "r"): .carriageReturn
    case UInt8(ascii: "t"): .tab
    default: letter
    }
  }

  private static func appendScalar(_ bytes: UnsafeRawBufferPointer, at start: Int, to out: inout [UInt8]) -> Int {
    var next = start + 6
    var value = unit(bytes, at: start + 2) ?? 0xFFFD
    if (0xD800..<0xDC00).contains(value), next + 1 < bytes.count, bytes[next] == .backslash,
      bytes[next + 1] == UInt8(ascii: "u"), let low = unit(bytes, at: next + 2), (0xDC00..<0xE000).contains(low)
    {
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      next += 6
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    out += UTF8.encode(scalar)!
    return min(next, bytes.count)
  }

  private static func unit(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      let byte = bytes[index]
      let letter = byte | 0x20
      if byte.isDigit {
        value = value << 4 | UInt32(byte &- 0x30)
      } else if letter >= 0x61, letter <= 0x66 {
        value = value << 4 | UInt32(letter - 0x61 + 10)
      } else {
        return nil
      }
    }
    return value
  }
}
