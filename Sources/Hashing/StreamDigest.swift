import CCrypto

/// Hashes bytes that arrive in pieces by SHA-1 or SHA-256, whichever a file names for itself.
///
/// SHA-1 proves nothing here: it only says whether a web archive still holds what its own record says.
/// Fails:  with a precondition where libcrypto refuses, which it has no reason to.
/// Source: FIPS 180-4; computed by OpenSSL's libcrypto.
package final class StreamDigest {
  package enum Algorithm: Sendable {
    case sha1, sha256

    var length: Int { self == .sha1 ? 20 : 32 }
  }

  private let context: OpaquePointer
  private let algorithm: Algorithm

  package init(_ algorithm: Algorithm) {
    self.algorithm = algorithm
    guard let context = EVP_MD_CTX_new(),
      EVP_DigestInit_ex(context, algorithm == .sha1 ? EVP_sha1() : EVP_sha256(), nil) == 1
    else { preconditionFailure("libcrypto has no SHA-1 or SHA-256") }
    self.context = context
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Hashes the next bytes.
  package func update(_ bytes: UnsafeRawBufferPointer) {
    guard bytes.count > 0 else { return }
    precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "libcrypto refused to hash")
  }

  /// The digest of all bytes so far. It must not be used afterwards.
  package func finish() -> [UInt8] {
    var raw = [UInt8](repeating: 0, count: algorithm.length)
    precondition(EVP_DigestFinal_ex(context, &raw, nil) == 1, "libcrypto refused to finish")
    return raw
  }

  /// Bytes as lower-case hexadecimal digits.
  package static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
