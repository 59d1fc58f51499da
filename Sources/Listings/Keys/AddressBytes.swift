/// Bytes of web addresses, and the one way in which each is written when addresses are compared.
///
/// Source: RFC 3986, sections 2.1 to 2.4 and 6.2.2: escapes of unreserved characters are undone, others have capital
///         digits; what an address must not hold is escaped.
package enum AddressBytes {
  /// Whether a byte of a path stands as it is: no escape, no parameter of a segment, nothing that must be escaped.
  @inline(__always)
  static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"),
      UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "@"):
      true
    default: false
    }
  }

  /// Appends a path, query or fragment in its one form.
  static func appendEscaped(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.count, let high = hexDigit(bytes[index + 1]),
        let low = hexDigit(bytes[index + 2])
      {
        append(high << 4 | low, isEscaped: true, to: &out)
        index += 3
      } else {
        append(byte, isEscaped: false, to: &out)
        index += 1
      }
    }
  }

  /// The bytes that escapes stand for.
  static func unescaped(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = hexDigit(bytes[index + 1]),
        let low = hexDigit(bytes[index + 2])
      {
        out.append(high << 4 | low)
        index += 3
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return out
  }

  private static func append(_ byte: UInt8, isEscaped: Bool, to out: inout [UInt8]) {
    if isUnreserved(byte) || !isEscaped && mayStand(byte) { return out.append(byte) }
    out.append(UInt8(ascii: "%"))
    out.append(capitalDigit(byte >> 4))
    out.append(capitalDigit(byte & 15))
  }

  /// Where the parameters of a path's last segment begin in which servers put the visit: `;jsessionid=…`, `;sid=…`.
  static func endWithoutSession(_ path: UnsafeRawBufferPointer) -> Int {
    guard let start = path.firstIndex(of: UInt8(ascii: ";")) else { return path.count }
    let rest = UnsafeRawBufferPointer(rebasing: path[(start + 1)...])
    let isSession = ["jsessionid=", "phpsessid=", "sessionid=", "sid="].contains { begins(rest, with: $0) }
    return isSession ? start : path.count
  }

  /// Whether `bytes` begin with `prefix` (lower case), whatever the case of their letters.
  static func begins(_ bytes: UnsafeRawBufferPointer, with prefix: String) -> Bool {
    var index = 0
    for byte in prefix.utf8 {
      guard index < bytes.count, lowered(bytes[index]) == byte else { return false }
      index += 1
    }
    return true
  }

  static func isUnreserved(_ byte: UInt8) -> Bool { isWord(byte) || isAny(byte, "-_.~") }

  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  @inline(__always)
  static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
  @inline(__always)
  static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
  @inline(__always)
  static func raised(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xDF : byte }

  @inline(__always)
  static func isAny(_ byte: UInt8, _ set: StaticString) -> Bool {
    for index in 0..<set.utf8CodeUnitCount where set.utf8Start[index] == byte { return true }
    return false
  }

  /// What an address may hold as it is; of `;` nothing is known, so that it stays.
  private static func mayStand(_ byte: UInt8) -> Bool { isPlain(byte) || isAny(byte, ";?%[]#") }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte &- 0x30 }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }

  private static func capitalDigit(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x37 + digit }
}
