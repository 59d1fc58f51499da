import Foundation
import ListingsTestSupport
import Testing

@testable import Packets

@Suite struct DisplayTextTests {
  /// The short cut must agree with the tables it spares: for every character alone, and for texts of them.
  @Test func ordinaryCharactersAreLeftAloneByNFCAndHideNothing() {
    let ordinary = (0...0x10FFFF as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init).filter(DisplayText.isOrdinary)
    let hidden: Set<Unicode.GeneralCategory> = [.control, .format, .lineSeparator, .paragraphSeparator, .privateUse]
    for scalar in ordinary where scalar.value > 0xad {
      #expect(!hidden.contains(scalar.properties.generalCategory) && !scalar.properties.isNoncharacterCodePoint)
    }
    var numbers = Dice(seed: 9)
    let shuffled = ordinary.shuffled(using: &numbers)
    for texts in [ordinary, shuffled] {
      let text = String(String.UnicodeScalarView(texts))
      #expect(Array(text.precomposedStringWithCanonicalMapping.unicodeScalars) == Array(text.unicodeScalars))
    }
  }

  @Test func everyCharacterIsWrittenAsTheStandardLibraryWritesIt() {
    for value in 0...0x10FFFF as ClosedRange<UInt32> {
      guard let scalar = Unicode.Scalar(value) else { continue }
      var out: [UInt8] = []
      DisplayText.append(scalar, to: &out)
      if !out.elementsEqual(UTF8.encode(scalar)!) { Issue.record("U+\(String(value, radix: 16))") }
    }
  }

  @Test func whatHidesOrSteersIsShownAndTheRestIsComposed() {
    #expect(
      DisplayText.visible("a\u{202E}b\u{1B}[0m\u{7F}\u{AD}\u{E0041}\u{E000}\u{FFFE}")
        == "a[U+202E]b[U+001B][0m[U+007F][U+00AD][U+E0041][U+E000][U+FFFE]")
    #expect(Array(DisplayText.visible("e\u{301}").unicodeScalars) == ["\u{E9}"])
    #expect(DisplayText.visible("abcdef", limit: 3) == "abc… [cut]")
    #expect(DisplayText.visible("abc", limit: 3) == "abc")
    #expect(DisplayText.visible("象牙x", limit: 2) == "象牙… [cut]")
  }
}
