import CCrypto

/// A SHA-256 digest, written as 64 lower-case hexadecimal digits.
///
/// Shape:  32 bytes.
/// Source: FIPS 180-4; computed by OpenSSL's libcrypto.
package struct SHA256Digest: Hashable, Sendable, CustomStringConvertible {
  package let bytes: [UInt8]

  /// The digits, as `sha256sum` prints them.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  package var description: String { hex }

  /// Hashes bytes that are all in memory.
  package init(of bytes: some Sequence<UInt8>) {
    var hasher = SHA256Hasher()
    if bytes.withContiguousStorageIfAvailable({ hasher.update(UnsafeRawBufferPointer($0)) }) == nil {
      Array(bytes).withUnsafeBytes { hasher.update($0) }
    }
    self = hasher.finish()
  }

  /// Hashes the UTF-8 bytes of a text.
  package init(of text: String) { self.init(of: text.utf8) }

  /// Parses the digits; nil for anything but 64 lower-case ones.
  package init?(hex: String) {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    func value(_ digit: UInt8) -> UInt8? {
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
      default: nil
      }
    }
    var bytes: [UInt8] = []
    for place in stride(from: 0, to: digits.count, by: 2) {
      guard let high = value(digits[place]), let low = value(digits[place + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  fileprivate init(raw: [UInt8]) { bytes = raw }
}

/// Hashes bytes that arrive in pieces, such as those of a file larger than memory.
///
/// Fails:  with a precondition where libcrypto refuses, which it has no reason to.
package struct SHA256Hasher: ~Copyable {
  private let context: OpaquePointer

  /// Keeps libcrypto usable until the process ends. By default it frees its locks at exit, and a thread that is still hashing
  /// then, as that of the casebook may be, would crash.
  private static let outlivesExit = OPENSSL_init_crypto(UInt64(OPENSSL_INIT_NO_ATEXIT), nil) == 1

  package init() {
    precondition(Self.outlivesExit, "libcrypto cannot be started")
    guard let context = EVP_MD_CTX_new(), EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
      preconditionFailure("libcrypto has no SHA-256")
    }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Hashes the next bytes.
  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count > 0 else { return }
    precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "libcrypto refused to hash")
  }

  /// The digest of all bytes so far. The hasher must not be used afterwards.
  package mutating func finish() -> SHA256Digest {
    var raw = [UInt8](repeating: 0, count: 32)
    precondition(EVP_DigestFinal_ex(context, &raw, nil) == 1, "libcrypto refused to finish")
    return SHA256Digest(raw: raw)
  }
}
