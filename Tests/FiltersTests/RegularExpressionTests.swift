import Testing

@testable import Filters

@Suite struct RegularExpressionTests {
  private func occurs(_ pattern: String, _ text: String) throws -> Bool {
    let matcher = try RegularExpression(pattern).matcher()
    return Array(text.utf8).withUnsafeBytes { matcher.occurs(in: $0) }
  }

  @Test func caseDoesNotMatterInAnyAlphabet() throws {
    #expect(try occurs("ivor(y|ies)", "Old IVORIES"))
    #expect(try occurs("бив(ень|ни)", "БИВНИ мамонта"))
    #expect(try !occurs("^ring", "a ring"))
    #expect(try occurs("象.手串", "老象牙手串"))
  }

  /// This pattern takes two to the power of the text's length in steps when it is left alone.
  @Test func anExpressionThatExplodesIsStoppedAndItsTextShown() throws {
    #expect(try occurs("(a|aa)+$", String(repeating: "a", count: 5000) + "b"))
  }

  @Test func invalidUTF8IsSearchedAroundItsInvalidBytes() throws {
    let matcher = try RegularExpression("ivory").matcher()
    let bytes: [UInt8] = [0xFF, 0xE8] + Array(" ivory ".utf8) + [0xC0]
    #expect(bytes.withUnsafeBytes { matcher.occurs(in: $0) })
  }

  @Test func whatCannotBeCompiledSaysWhy() {
    #expect(throws: RegularExpression.SyntaxError.self) { try RegularExpression("(a") }
    #expect(throws: RegularExpression.SyntaxError.self) { try RegularExpression("[z-a]") }
  }
}
