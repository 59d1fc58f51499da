import Foundation
import Hashing
import Testing

/// RFC 3161 timestamps: what is asked, and which answers count.
@Suite struct TimestampTests {
  private let digest = SHA256Digest(of: InventedAuthority.data)
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("linsang-\(UUID())")

  private func bytes(_ text: String) throws -> [UInt8] { Array(try #require(Data(base64Encoded: text))) }

  private func certificates(_ text: String) throws -> String {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appendingPathComponent("authority.pem")
    try Data(text.utf8).write(to: path)
    return path.path
  }

  private func removeFolder() { try? FileManager.default.removeItem(at: folder) }

  @Test func theQuestionIsThatOfOpenSSL() {
    // openssl ts -query -data FILE -sha256 -cert -no_nonce, over the text in `InventedAuthority.data`.
    let expected =
      "30390201013031300d060960864801650304020105000420665a6658056289c1c32f47efd4cb9adcf71f1fd4467159bd9c522b02249330570101ff"
    let query = Timestamp.query(for: digest).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }
    #expect(query.joined() == expected)
  }

  @Test func aReplyOverTheDigestTellsItsTimeAndWhoVouchesForIt() throws {
    defer { removeFolder() }
    let timestamp = try Timestamp(bytes(InventedAuthority.reply), of: digest)
    #expect(timestamp.time == "2026-11-30T14:28:37Z")
    #expect(timestamp.serial == "02")
    try timestamp.checkSignature(withCertificatesIn: certificates(InventedAuthority.root))
  }

  @Test func certificatesOfOthersVouchForNothing() throws {
    defer { removeFolder() }
    let timestamp = try Timestamp(bytes(InventedAuthority.reply), of: digest)
    let stranger = try certificates(InventedAuthority.stranger)
    #expect { try timestamp.checkSignature(withCertificatesIn: stranger) } throws: {
      if case Timestamp.Failure.notSigned? = $0 as? Timestamp.Failure { true } else { false }
    }
    for nothing in [try certificates("no certificate"), folder.path + "/missing.pem"] {
      #expect(throws: Timestamp.Failure.noCertificates) {
        try timestamp.checkSignature(withCertificatesIn: nothing)
      }
    }
  }

  @Test func aReplyOverOtherBytesIsRefused() throws {
    let reply = try bytes(InventedAuthority.reply)
    #expect(throws: Timestamp.Failure.ofAnotherDigest(digest.hex)) {
      try Timestamp(reply, of: SHA256Digest(of: "another packet"))
    }
    let overSHA1 = try bytes(InventedAuthority.overSHA1)
    #expect(throws: Timestamp.Failure.ofAnotherKind) { try Timestamp(overSHA1, of: digest) }
    let refusal = try bytes(InventedAuthority.refusal)
    #expect(throws: Timestamp.Failure.notGranted("status 2")) { try Timestamp(refusal, of: digest) }
  }

  @Test func noChangedByteKeepsTheSignatureGood() throws {
    defer { removeFolder() }
    let reply = try bytes(InventedAuthority.reply)
    let root = try certificates(InventedAuthority.root)
    var accepted: [Int] = []
    for place in reply.indices {
      var changed = reply
      changed[place] ^= 0x01
      // The certificates in the reply are signed by the root, and all else by the clock: whatever is accepted must tell the
      // same time, with the same number.
      guard let timestamp = try? Timestamp(changed, of: digest),
        (try? timestamp.checkSignature(withCertificatesIn: root)) != nil
      else { continue }
      accepted.append(place)
      #expect(timestamp.time == "2026-11-30T14:28:37Z" && timestamp.serial == "02", "byte \(place)")
    }
    #expect(accepted.count < reply.count / 2)
  }

  @Test func whatIsNoReplyIsRefused() throws {
    let reply = try bytes(InventedAuthority.reply)
    for cut in stride(from: 0, to: reply.count, by: 7) {
      #expect(throws: Timestamp.Failure.self) { try Timestamp(Array(reply.prefix(cut)), of: digest) }
    }
    #expect(throws: Timestamp.Failure.notAReply) { try Timestamp(reply + [0], of: digest) }
    #expect(throws: Timestamp.Failure.notAReply) { try Timestamp(Array("no reply".utf8), of: digest) }
  }
}
