import Casework
import Hashing
import ListingsTestSupport
import Testing
import SmallFormats

@Suite struct AuditLineTests {
  static let line = AuditLine(
    action: "verdict.file", actor: "rk",
    data: ["verdict": .text("confirmed"), "act": .number(2), "before": .map(["verdict": .null, "reason": .null])],
    object: "id:Xianyu/771001", previous: AuditLine.noPrevious, sequence: 1, time: "2026-11-18T11:06:40Z")

  @Test func aLineHasOneByteForm() {
    #expect(
      Self.line.json
        == #"{"action":"verdict.file","actor":"rk","data":{"act":2,"before":{"reason":null,"verdict":null},"verdict":"confirmed"},"object":"id:Xianyu/771001","prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"ts":"2026-11-18T11:06:40Z"}"#
    )
    #expect(Self.line.hash == SHA256Digest(of: Self.line.json).hex)
  }

  @Test func everyTextIsWrittenAsPlainASCIIAndReadBack() throws {
    for text in ["", "莲心阁", "\u{1b}[2J", "\u{202e}gpj", "\"\\/\n\0\u{7f}", "🐘👨‍👩‍👧", "e\u{301}", "é", "\u{10FFFF}", "=1+1"]
    {
      let line = AuditLine(
        action: "note.write", actor: text, data: ["note": .text(text), text: .number(-5)], object: text,
        previous: AuditLine.noPrevious, sequence: 9, time: "2026-11-18T11:06:40Z")
      #expect(line.json.utf8.allSatisfy { (0x20...0x7e).contains($0) })
      let read = try #require(AuditLine(canonical: line.json))
      #expect(read == line)
      #expect(Array(read.object.unicodeScalars) == Array(text.unicodeScalars))
    }
  }

  @Test func randomLinesAreReadBackAsTheyWere() throws {
    for seed in 0..<300 {
      var random = Dice(seed: UInt64(seed))
      let line = AuditLine(
        action: Self.text(&random), actor: Self.text(&random), data: ["v": Self.value(&random, depth: 0)],
        object: Self.text(&random), previous: AuditLine.noPrevious,
        sequence: Int.random(in: 1...1 << 53, using: &random),
        time: "2026-11-18T11:06:40Z")
      #expect(AuditLine(canonical: line.json) == line)
    }
  }

  @Test func anyOtherSpellingIsNoAuditLine() {
    let json = Self.line.json
    let others = [
      "", "{", json + " ", json + "\n", " " + json, json.replacing(":2,", with: ":02,"),
      json.replacing(":2,", with: ":2.0,"),
      json.replacing("rk", with: #"r\u006b"#), json.replacing("rk", with: #"r\/k"#), json.replacing("rk", with: "莲"),
      json.replacing("rk", with: #"\ud800"#), json.replacing(#""act":2,"#, with: #""act":2,"act":2,"#),
      json.replacing(#""seq":1"#, with: #""seq":99999999999999999999"#), json.replacing(#""prev""#, with: #""preb""#),
      #"{"actor":"rk"}"#, "[]", "null", String(repeating: "[", count: 100_000),
      String(repeating: #"{"a":"#, count: 100_000),
    ]
    for other in others { #expect(AuditLine(canonical: other) == nil, "\(other.prefix(80))") }
  }

  @Test func bytesChangedAtRandomAreNeverReadAsTheSameLine() {
    let original = Array(Self.line.json.utf8)
    for seed in 0..<2000 {
      var random = Dice(seed: UInt64(seed))
      var bytes = original
      switch Int.random(in: 0..<3, using: &random) {
      case 0: bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
      case 1: bytes.remove(at: Int.random(in: bytes.indices, using: &random))
      default:
        bytes.insert(UInt8.random(in: .min ... .max, using: &random), at: Int.random(in: bytes.indices, using: &random))
      }
      if bytes == original { continue }
      let read = AuditLine(canonical: String(decoding: bytes, as: UTF8.self))
      #expect(read == nil || (read != Self.line && read?.hash != Self.line.hash))
    }
  }

  private static func text(_ random: inout Dice) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 0..<8, using: &random) {
      let value = UInt32.random(in: 0...(Bool.random(using: &random) ? 0x7f : 0x10FFFF), using: &random)
      if let scalar = Unicode.Scalar(value) { text.append(scalar) }
    }
    return String(text)
  }

  private static func value(_ random: inout Dice, depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth < 4 ? 6 : 4), using: &random) {
    case 0: .null
    case 1: .truth(Bool.random(using: &random))
    case 2: .number(Int.random(in: -1_000_000...1_000_000, using: &random))
    case 3: .text(text(&random))
    case 4: .list((0..<Int.random(in: 0..<4, using: &random)).map { _ in value(&random, depth: depth + 1) })
    default:
      .map(
        Dictionary(
          (0..<Int.random(in: 0..<4, using: &random)).map { _ in (text(&random), value(&random, depth: depth + 1)) },
          uniquingKeysWith: { a, _ in a }))
    }
  }
}
