import Testing

@testable import TextCells

struct ByteLabelTests {
  private func lines(_ text: String, _ labels: [ByteLabel], width: Int = 40, limit: Int = .max) -> [MappedText] {
    var text = text
    return text.withUTF8 {
      MappedText.lines(utf8: UnsafeRawBufferPointer($0), width: width, limit: limit, labels: labels)
    }
  }

  private let space = ByteLabel(bytes: 1..<4, name: "ZWSP", codePoint: 0x200B)

  @Test func aNameReplacesItsBytes() {
    let line = lines("i\u{200B}vory", [space])[0]
    #expect(line.text.text == "i[ZWSP]vory")
    #expect(line.text.standIns == Array(repeating: 0x200B, count: 6))
    #expect(line.glyphs(showing: 4..<8) == 7..<11)
    #expect(line.glyphs(showing: 0..<8) == 0..<11)
  }

  @Test func aNameSpelledOutByAListingIsPlainText() {
    let line = lines("i[ZWSP]vory", [])[0]
    #expect(line.text.standIns.isEmpty)
  }

  @Test func namesAreOnTheLineOfTheirBytes() {
    let text = "one\ntw\u{202E}o\nthree\u{200B}"
    let found = lines(
      text,
      [
        ByteLabel(bytes: 6..<9, name: "RLO", codePoint: 0x202E),
        ByteLabel(bytes: 16..<19, name: "ZWSP", codePoint: 0x200B),
      ])
    #expect(found.map(\.text.text) == ["one", "tw[RLO]o", "three[ZWSP]"])
  }

  @Test func theTextEndsBeforeANameThatDoesNotFit() {
    #expect(lines("i\u{200B}vory", [space], limit: 6)[0].text.text == "i")
    #expect(lines("i\u{200B}vory", [space], limit: 7)[0].text.text == "i[ZWSP]")
    #expect(lines("i\u{200B}vory", [space], limit: 9)[0].text.text == "i[ZWSP]vo")
  }

  @Test(arguments: 0..<30 as Range<UInt64>)
  func bytesOutsideTheNamesAreShownAsBefore(seed: UInt64) {
    var noise = Noise(seed: seed)
    let bytes = noise.bytes(60).filter { $0 < 0x80 && $0 > 0x20 }
    guard bytes.count > 8 else { return }
    let label = ByteLabel(bytes: 3..<5, name: "X", codePoint: 1)
    bytes.withUnsafeBytes { bytes in
      let plain = MappedText.lines(utf8: bytes, width: 500)
      let named = MappedText.lines(utf8: bytes, width: 500, labels: [label])
      let rest = named.flatMap { line in line.text.glyphs.filter { !$0.isStandIn } }
      let expected = plain.flatMap(\.text.glyphs)
      #expect(rest == Array(expected[..<3] + expected[5...]))
      #expect(named[0].offsets.first == 0 && named.last?.offsets.last == Int32(bytes.count))
    }
  }
}
