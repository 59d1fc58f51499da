import Casework
import Foundation
import ListingsTestSupport
import Testing

@testable import Packets
import SmallFormats

@Suite struct JSONTests {
  private func randomValue(_ numbers: inout Dice, depth: Int = 0) -> JSONValue {
    switch Int.random(in: 0...(depth < 4 ? 6 : 3), using: &numbers) {
    case 0: .null
    case 1: .truth(Bool.random(using: &numbers))
    case 2: .number(Int.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &numbers))
    case 3: .text(HostileTextTests.hostileText(&numbers))
    case 4, 5: .list((0..<Int.random(in: 0...3, using: &numbers)).map { _ in randomValue(&numbers, depth: depth + 1) })
    default:
      .map(
        Dictionary(
          (0..<Int.random(in: 0...3, using: &numbers)).map { ("k\($0)\"", randomValue(&numbers, depth: depth + 1)) },
          uniquingKeysWith: { a, _ in a }))
    }
  }

  @Test func whatIsWrittenIsReadBackTheSame() throws {
    var numbers = Dice(seed: 11)
    for _ in 0..<500 {
      let value = randomValue(&numbers)
      #expect(try JSONReading.value(of: value.indentedJSON()) == value)
      #expect(try JSONReading.value(of: Array(value.json.utf8)) == value)
    }
  }

  @Test func theFormIsThatOfTwoBlanksALevel() {
    let value = JSONValue.map([
      "b": .list([.number(1), .map([:])]), "a": .list([]), "c": .text("a/\"\\\u{1F}\u{E0001}é"),
    ])
    #expect(
      String(decoding: value.indentedJSON(), as: UTF8.self) == """
        {
          "a": [],
          "b": [
            1,
            {}
          ],
          "c": "a/\\"\\\\\\u001f\\udb40\\udc01é"
        }

        """)
  }

  @Test(arguments: [
    "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "1.5", "1e3", "-0", "01", "-", "\"\\ud800\"",
    "\"\\udc00\\ud800\"",
    "\"\\u12\"", "\"\\x\"", "\"\n\"", "\"open", "nul", "1 2", "\u{FEFF}1", "99999999999999999999", "\"\\u+123\"",
  ])
  func whatIsNotThisJSONIsRefused(text: String) {
    #expect(throws: JSONReading.ParseError.self) { try JSONReading.value(of: Array(text.utf8)) }
  }

  @Test func deepNestingIsRefusedRatherThanFollowed() {
    #expect(throws: JSONReading.ParseError.self) {
      try JSONReading.value(of: [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000))
    }
  }

  @Test func brokenBytesAreReadOrRefusedAtAByteOfTheirs() {
    var numbers = Dice(seed: 5)
    let good = Invented.text(of: "data/packet.json", in: try! PacketAssembly(Invented.threeListings))
    for _ in 0..<300 {
      var bytes = Array(good.utf8.prefix(3000))
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<bytes.count, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      }
      do throws(JSONReading.ParseError) {
        // What is left of the bytes is never a value: they break off.
        Issue.record("read as \(try JSONReading.value(of: bytes))")
      } catch {
        #expect((0...bytes.count).contains(error.byte))
        #expect(!error.why.isEmpty)
      }
    }
  }
}
