import CCrypto

/// An RFC 3161 timestamp: an authority's signed statement that a digest was shown to it at a time.
///
/// Shape:  made from the authority's reply, DER, as `openssl ts -reply` and web services give it.
/// Limits: SHA-256 only. Until `checkSignature` has passed, the time is only what the reply says.
/// Source: RFC 3161; checked by OpenSSL's libcrypto.
package struct Timestamp: Equatable, Sendable {
  /// When, in UTC, whole seconds: `2026-11-18T11:06:40Z`.
  package let time: String
  /// The number the authority gave it, in hexadecimal digits.
  package let serial: String
  private let reply: [UInt8]
  private let digest: SHA256Digest

  /// Why a reply is no timestamp of the digest.
  package enum Failure: Error, Equatable, Sendable {
    /// Not DER, or no timestamp reply.
    case notAReply
    /// The authority refused, for this reason.
    case notGranted(String)
    /// It is over something else: the digest in it, in hexadecimal digits.
    case ofAnotherDigest(String)
    /// It is over a digest that is no SHA-256.
    case ofAnotherKind
    /// The file has no certificate that can be read.
    case noCertificates
    /// The signature is not good, or none of the certificates vouches for it: libcrypto's reason.
    case notSigned(String)
  }

  /// What to send to an authority, as `application/timestamp-query`.
  ///
  /// Shape:  59 bytes of DER: version 1, the digest, and the wish that the reply has the authority's certificate. Nothing
  ///         but the digest leaves, and the same digest gives the same bytes.
  /// Source: RFC 3161 section 2.4.1.
  package static func query(for digest: SHA256Digest) -> [UInt8] {
    let version: [UInt8] = [0x02, 0x01, 0x01]
    let sha256: [UInt8] = [0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00]
    let wantsCertificate: [UInt8] = [0x01, 0x01, 0xff]
    let imprint = [0x30, 0x31] + sha256 + [0x04, 0x20] + digest.bytes
    let content = version + imprint + wantsCertificate
    return [0x30, UInt8(content.count)] + content
  }

  /// Reads a reply, which must be over the digest.
  ///
  /// Fails:  with every case of `Failure` but those about certificates. The bytes may be hostile.
  package init(_ reply: [UInt8], of digest: SHA256Digest) throws(Failure) {
    guard let response = Self.parse(reply) else { throw .notAReply }
    defer { TS_RESP_free(response) }
    guard let info = TS_RESP_get_tst_info(response) else { throw .notGranted(Self.refusal(of: response)) }
    guard let imprint = TS_TST_INFO_get_msg_imprint(info), let found = TS_MSG_IMPRINT_get_msg(imprint),
      let algorithm = TS_MSG_IMPRINT_get_algo(imprint)
    else { throw .notAReply }
    guard OBJ_obj2nid(algorithm.pointee.algorithm) == NID_sha256 else { throw .ofAnotherKind }
    let bytes = Self.bytes(of: found)
    guard bytes == digest.bytes else { throw .ofAnotherDigest(Self.hex(bytes)) }
    guard let stamp = TS_TST_INFO_get_time(info), let time = Self.time(Self.bytes(of: stamp)) else { throw .notAReply }
    self.time = time
    serial = TS_TST_INFO_get_serial(info).map { Self.hex(Self.bytes(of: UnsafePointer($0))) } ?? ""
    (self.reply, self.digest) = (reply, digest)
  }

  /// Checks who signed it: one of the authorities in a file of certificates, whose certificates were valid at the time.
  ///
  /// - Parameter path: of certificates in PEM: the authority's root, and those between where the reply lacks them.
  /// Fails:  with `noCertificates` or `notSigned`.
  package func checkSignature(withCertificatesIn path: String) throws(Failure) {
    guard let response = Self.parse(reply), let store = X509_STORE_new() else { throw .notAReply }
    defer { TS_RESP_free(response) }
    ERR_clear_error()
    guard X509_STORE_load_locations(store, path, nil) == 1, let settings = X509_STORE_get0_param(store),
      let context = TS_VERIFY_CTX_new()
    else {
      X509_STORE_free(store)
      throw .noCertificates
    }
    defer { TS_VERIFY_CTX_free(context) }
    // A certificate that has expired since then was good when it signed.
    if let moment = Self.secondsSince1970(time) { X509_VERIFY_PARAM_set_time(settings, moment) }
    let imprint = Self.ownedCopy(of: digest.bytes)
    // The context takes the store and the imprint, and frees them.
    TS_VERIFY_CTX_set_store(context, store)
    TS_VERIFY_CTX_set_imprint(context, imprint, digest.bytes.count)
    TS_VERIFY_CTX_set_flags(context, Int32(TS_VFY_VERSION | TS_VFY_SIGNATURE | TS_VFY_IMPRINT))
    ERR_clear_error()
    guard TS_RESP_verify_response(context, response) == 1 else { throw .notSigned(Self.lastErrors()) }
  }

  // MARK: libcrypto

  private static func parse(_ bytes: [UInt8]) -> OpaquePointer? {
    bytes.withUnsafeBufferPointer { buffer in
      var place = buffer.baseAddress
      guard let response = d2i_TS_RESP(nil, &place, buffer.count) else { return nil }
      // No signature covers bytes behind the reply.
      guard place == buffer.baseAddress.map({ $0 + buffer.count }) else {
        TS_RESP_free(response)
        return nil
      }
      return response
    }
  }

  private static func ownedCopy(of bytes: [UInt8]) -> UnsafeMutablePointer<UInt8>? {
    bytes.withUnsafeBytes { CRYPTO_memdup($0.baseAddress, $0.count, "", 0) }?
      .assumingMemoryBound(to: UInt8.self)
  }

  /// The authority's words for why it gave no timestamp, or its status as a number.
  private static func refusal(of response: OpaquePointer) -> String {
    guard let info = TS_RESP_get_status_info(response), let status = TS_STATUS_INFO_get0_status(info) else {
      return "without a status"
    }
    return "status \(ASN1_INTEGER_get(status))"
  }

  private static func bytes(of text: UnsafePointer<ASN1_STRING>) -> [UInt8] {
    Array(UnsafeBufferPointer(start: ASN1_STRING_get0_data(text), count: Int(max(ASN1_STRING_length(text), 0))))
  }

  private static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// `20261118110640Z`, also with parts of a second, in the form of RFC 3339.
  private static func time(_ bytes: [UInt8]) -> String? {
    let digits = bytes.prefix { (0x30...0x39).contains($0) }
    guard digits.count == 14, bytes.last == UInt8(ascii: "Z") else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: digits[range], as: UTF8.self) }
    return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T\(part(8..<10)):\(part(10..<12)):\(part(12..<14))Z"
  }

  private static func secondsSince1970(_ time: String) -> Int? {
    guard let value = ASN1_TIME_new() else { return nil }
    defer { ASN1_TIME_free(value) }
    let digits = String(time.filter { $0.isNumber }) + "Z"
    var parts = tm()
    guard ASN1_TIME_set_string(value, digits) == 1, ASN1_TIME_to_tm(value, &parts) == 1 else { return nil }
    return timegm(&parts)
  }

  /// What libcrypto says of its last failure, the cause first.
  private static func lastErrors() -> String {
    var reasons: [String] = []
    while true {
      var data: UnsafePointer<CChar>?
      let code = ERR_get_error_all(nil, nil, nil, &data, nil)
      if code == 0 { break }
      let reason = ERR_reason_error_string(code).map { String(cString: $0) } ?? "error \(code)"
      let detail = data.map { String(cString: $0) } ?? ""
      reasons.append(detail.isEmpty ? reason : "\(reason) (\(detail))")
    }
    return reasons.isEmpty ? "no reason given" : reasons.joined(separator: ", ")
  }
}
