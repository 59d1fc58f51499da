import Hashing
import Testing

@Suite struct SHA256DigestTests {
  /// Examples of FIPS 180-4 (NIST's "SHA256.pdf").
  @Test func theStandardsExamplesHold() {
    #expect(SHA256Digest(of: "abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(SHA256Digest(of: "").hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func piecesGiveTheDigestOfTheWhole() {
    let whole = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    var hasher = SHA256Hasher()
    for start in stride(from: 0, to: whole.count, by: 613) {
      whole[start..<min(start + 613, whole.count)].withUnsafeBytes { hasher.update($0) }
    }
    #expect(hasher.finish() == SHA256Digest(of: whole))
  }
}
