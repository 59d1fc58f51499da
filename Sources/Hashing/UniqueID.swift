import CCrypto

/// A UUID, written in the usual groups of small hexadecimal digits.
///
/// Shape:  16 bytes, whose version and variant bits are set.
/// Source: RFC 9562 (formerly RFC 4122).
package struct UniqueID: Hashable, Sendable, CustomStringConvertible {
  private let bytes: [UInt8]

  /// A UUID of version 5: the same namespace and name always give the same one, to anybody.
  ///
  /// Source: RFC 9562 section 5.5. It is made with SHA-1, which is no weakness here: it hides and proves nothing.
  package init(namespace: UniqueID, name: some Sequence<UInt8>) {
    let input = namespace.bytes + Array(name)
    var digest = [UInt8](repeating: 0, count: 20)
    precondition(EVP_Digest(input, input.count, &digest, nil, EVP_sha1(), nil) == 1, "libcrypto has no SHA-1")
    self.init(digest, version: 5)
  }

  /// A UUID in the form of version 4 that only the holder of the key can make, and makes again for the same name.
  ///
  /// Shape:  the first 16 bytes of HMAC-SHA-256. To anybody without the key it looks random, and cannot be found by trying
  ///         names.
  /// Source: RFC 2104; FIPS 198-1.
  package init(key: [UInt8], name: some Sequence<UInt8>) {
    let name = Array(name)
    var code = [UInt8](repeating: 0, count: 32)
    precondition(
      HMAC(EVP_sha256(), key, Int32(key.count), name, name.count, &code, nil) != nil, "libcrypto refused an HMAC")
    self.init(code, version: 4)
  }

  /// Parses the written form; nil for anything else, such as capital letters.
  package init?(_ text: String) {
    let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard groups.map(\.count) == [8, 4, 4, 4, 12] else { return nil }
    var bytes: [UInt8] = []
    var high: UInt8?
    for digit in groups.joined() {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let first = high {
        bytes.append(first << 4 | value)
        high = nil
      } else {
        high = value
      }
    }
    self.bytes = bytes
  }

  private init(_ digest: [UInt8], version: UInt8) {
    var bytes = Array(digest.prefix(16))
    bytes[6] = bytes[6] & 0x0f | version << 4
    bytes[8] = bytes[8] & 0x3f | 0x80
    self.bytes = bytes
  }

  /// From 1 to 15, as written.
  package var version: Int { Int(bytes[6] >> 4) }

  package var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
