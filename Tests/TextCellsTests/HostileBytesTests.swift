import CPlatform
import Glibc
import Testing

@testable import TextCells

/// Bytes that are no text, and text that is far too long.
struct HostileBytesTests {
  private func safe(_ bytes: [UInt8], limit: Int = .max) -> SafeText {
    bytes.withUnsafeBytes { SafeText(utf8: $0, limit: limit) }
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "a�b"), ([0xE8, 0xB1], "�"), ([0xC0, 0x80], "��"), ([0xED, 0xA0, 0x80], "���"),
      ([0xF4, 0x90, 0x80, 0x80], "����"), ([0xF0, 0x9F, 0x90], "�"), ([], ""), ([0x80], "�"),
    ] as [([UInt8], String)])
  func brokenUTF8BecomesReplacementCharacters(bytes: [UInt8], shown: String) {
    #expect(safe(bytes).text == shown)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func theDecoderAgreesWithTheStandardLibraryOnNoise(seed: UInt64) {
    var noise = Noise(seed: seed)
    for length in 0..<60 {
      let bytes = noise.bytes(length)
      let expected = String(decoding: bytes, as: UTF8.self).unicodeScalars.map(\.value)
      let decoded = bytes.withUnsafeBytes { raw in
        var decoder = UTF8Decoder(raw)
        var values: [UInt32] = []
        while let value = decoder.next() { values.append(value == UTF8Decoder.invalid ? 0xFFFD : value) }
        return values
      }
      #expect(decoded == expected)
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func aLimitGivesABeginningOfTheWholeAndNeverMoreCells(seed: UInt64) {
    var noise = Noise(seed: seed)
    let bytes = noise.bytes(200)
    let whole = safe(bytes)
    for limit in 0...40 {
      let part = safe(bytes, limit: limit)
      #expect(part.width <= limit)
      #expect(part.glyphs.elementsEqual(whole.glyphs.prefix(part.glyphs.count)))
      #expect(whole.clipped(to: limit).width <= limit)
      #expect(whole.padded(to: limit).width == limit)
      #expect(whole.rightAligned(in: limit).width == limit)
    }
  }

  @Test func aMegabyteOfMarksEndsEarlyAndSaysSo() {
    let marks = Array(repeating: [0xCC, 0x81] as [UInt8], count: 500_000).joined()
    let text = safe([0x65] + marks, limit: 80)
    #expect(text.text == "e\u{301}\u{301}\u{301}…")
  }

  @Test func everyCharacterDrawnAsItselfHasTheWidthThatGlibcCounts() throws {
    try #require(setlocale(LC_CTYPE, "C.UTF-8") != nil)
    for value in UInt32(0x20)...0x3FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let glyphs = SafeText(String(Character(scalar))).glyphs
      guard let glyph = glyphs.first, glyph.scalars.0 == value, !glyph.isStandIn else { continue }
      #expect(Int(wcwidth(wchar_t(bitPattern: value))) == glyph.width, "U+\(String(value, radix: 16))")
    }
  }
}

/// Bytes that look enough like UTF-8 to be interesting, the same for the same seed.
struct Noise {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func bytes(_ count: Int) -> [UInt8] {
    let pieces: [[UInt8]] = [
      Array("象".utf8), Array("e\u{301}".utf8), Array("👩🏽‍🚀".utf8), Array("🇨🇳".utf8), [0xE2, 0x80], [0xF0], [0xFF],
      [0x1B, 0x5B], [0x0A], [0x0D, 0x0A], Array("می\u{200C}خ".utf8), Array("\u{202E}".utf8), [0x20],
      [0xED, 0xA0, 0x80],
    ]
    var bytes: [UInt8] = []
    while bytes.count < count {
      let roll = next()
      if roll % 3 == 0 { bytes.append(UInt8(truncatingIfNeeded: roll >> 8)) }
      if roll % 3 == 1 { bytes += pieces[Int(roll >> 8) % pieces.count] }
      if roll % 3 == 2 { bytes.append(UInt8(0x61 + (roll >> 8) % 26)) }
    }
    return bytes
  }
}
