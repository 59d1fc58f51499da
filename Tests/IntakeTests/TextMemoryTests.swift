import Foundation
import Listings
import ListingsTestSupport
import Testing

@testable import Intake

/// Findings about texts that are kept, and the check of long texts.
@Suite struct TextMemoryTests {
  @Test func aTextIsExaminedOnce() {
    let memory = TextMemory<Int>()
    var asked = 0
    for _ in 0..<3 {
      for length in 0..<20 {
        let found = memory.finding(of: String(repeating: "x", count: length)) {
          asked += 1
          return length
        }
        #expect(found == length)
      }
    }
    #expect(asked == 20)
  }

  @Test func equalStringsOfOtherBytesAreOtherTexts() {
    let memory = TextMemory<String>()
    #expect("é" == "e\u{301}")
    #expect(memory.finding(of: "é") { "one" } == "one")
    #expect(memory.finding(of: "e\u{301}") { "other" } == "other")
    #expect(memory.finding(of: "é") { "a third" } == "one")
  }

  @Test func longTextsAreExaminedEachTime() {
    let memory = TextMemory<Int>()
    let long = String(repeating: "x", count: 161)
    #expect(memory.finding(of: long) { 1 } == 1)
    #expect(memory.finding(of: long) { 2 } == 2)
  }

  @Test func theMemoryIsBoundedAndStaysRight() {
    let memory = TextMemory<Int>()
    for round in 0..<2 {
      for number in 0..<60_000 {
        let text = "\(number)" + String(repeating: "x", count: 120)
        #expect(memory.finding(of: text) { number } == number, "round \(round)")
      }
    }
  }

  @Test func nilIsAFindingToo() {
    let memory = TextMemory<Int?>()
    #expect(memory.finding(of: "a") { nil } == nil)
    #expect(memory.finding(of: "a") { 1 } == nil)
    memory.forget()
    #expect(memory.finding(of: "a") { 1 } == 1)
  }

  @Test func severalThreadsMayAskAtOnce() {
    let memory = TextMemory<Int>()
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for number in 0..<20_000 { #expect(memory.finding(of: "\(number % 3_000)") { number % 3_000 } == number % 3_000) }
    }
  }

  /// Every byte and every cut of a character at every place of a block, among valid text of all lengths of characters.
  @Test(arguments: 0..<20) func aLongTextIsValidWhereSwiftSaysSo(seed: UInt64) {
    var dice = Dice(seed: seed)
    let parts: [[UInt8]] = ["plain text ", "é", "象", "🦜", "\u{7FF}\u{800}\u{FFFF}\u{10FFFF}", "0"].map {
      Array($0.utf8)
    }
    for round in 0..<60 {
      var bytes: [UInt8] = []
      while bytes.count < 600 { bytes += parts.randomElement(using: &dice)! }
      if round % 3 != 0 {
        let place = Int.random(in: bytes.indices, using: &dice)
        bytes[place] = UInt8.random(in: 0...255, using: &dice)
      }
      if round % 4 == 0 { bytes.removeLast(Int.random(in: 0...3, using: &dice)) }
      let isValid = String(validating: bytes, as: UTF8.self) != nil
      #expect((TextCheck.flags(of: bytes) & TextCheck.invalidUTF8 == 0) == isValid)
      #expect((TextCheck.flags(of: bytes) & TextCheck.hasZero != 0) == bytes.contains(0))
    }
  }
}
