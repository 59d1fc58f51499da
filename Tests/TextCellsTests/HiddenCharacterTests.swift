import Testing

@testable import TextCells

/// What takes no room, turns text round, or is no character at all, is visible or harmless, whatever stands before it.
struct HiddenCharacterTests {
  /// All code points that could hide something, by the standard library's Unicode data. Of the planes that hold nothing, and of
  /// those for private use, some.
  private static let hiding: [Unicode.Scalar] = (UInt32(0)...0x10FFFF).compactMap(Unicode.Scalar.init).filter {
    scalar in
    if scalar.value >= 0x32000, !(0xE0000...0xE01FF).contains(scalar.value), scalar.value % 251 > 0,
      (1..<0xFFFE).contains(scalar.value & 0xFFFF)
    {
      return false
    }
    if scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.isNoncharacterCodePoint { return true }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: return true
    default: return [0x2800, 0x3164, 0x115F, 0x1160, 0xFFA0, 0x34F].contains(scalar.value)
    }
  }

  /// Those that have a meaning somewhere, and some of those that have none.
  private static let assigned = hiding.filter { $0.properties.generalCategory != .unassigned || $0.value % 251 == 0 }
    .filter { $0.properties.generalCategory != .privateUse || $0.value % 251 == 0 }

  @Test func theListHasWhatItIsAbout() {
    for value: UInt32 in [
      0xAD, 0x34F, 0x61C, 0x115F, 0x180E, 0x200B, 0x200D, 0x202E, 0x2060, 0x2066, 0x2800, 0x3164, 0xE000, 0xFE0F,
      0xFEFF,
      0xFFF9, 0xFFFB, 0xFFFF, 0xE0001, 0xE0041, 0xE007F, 0xE0100, 0xF0000, 0x10FFFF,
    ] {
      #expect(Self.hiding.contains { $0.value == value }, "U+\(String(value, radix: 16))")
    }
  }

  @Test func betweenLettersEachOfThemIsAMarkOfItsOwnOrABlank() {
    for scalar in Self.hiding {
      let glyphs = SafeText("a" + String(scalar) + "b").glyphs
      let middle = glyphs.dropFirst().dropLast()
      let isMark = middle.count == 1 && middle.allSatisfy { $0.width == 1 && ($0.isStandIn || $0.scalars.0 == 0x2400) }
      let isBlank = ["\t", "\n", "\r"].contains(scalar) && middle.allSatisfy(\.isBlank) && middle.count == 1
      if glyphs.count != 3 || !(isMark || isBlank) { Issue.record("U+\(String(scalar.value, radix: 16)): \(glyphs)") }
    }
  }

  /// Behind letters of other scripts and emoji the selectors and joiners of their spelling are dropped: one, not a row of them.
  @Test(arguments: ["象", "م", "क", "क्", "က", "\u{1820}", "🐘", "❤", "👍🏽", "👨‍👩‍👧", "1", "é", "\u{1112}", "น", " ", "🇨🇮"])
  func noneOfThemReachesTheTerminalAndARowOfThemIsSeen(base: String) {
    for scalar in Self.assigned {
      let one = SafeText(base + String(scalar) + "x")
      for glyph in one.glyphs where !EmojiSequence.isOne(glyph.scalars) {
        EmojiSequence.forEachCharacter(of: glyph.scalars) {
          if $0 == scalar { Issue.record("\(base) U+\(String(scalar.value, radix: 16))") }
        }
      }
      let three = SafeText(base + String(repeating: String(scalar), count: 3) + "x")
      let blanks = SafeText(base + "   x").glyphs
      if three.standIns.count < 2, three.glyphs.count < blanks.count {
        Issue.record("\(base), three of U+\(String(scalar.value, radix: 16)): \(three.text)")
      }
    }
  }

  /// Whatever a cell holds, its characters are drawn, or parts of an emoji that is drawn.
  @Test func whatIsWrittenOfASequenceIsWhatFontsJoin() {
    for first: UInt32 in [0x1F468, 0x2764, 0x1F3F3, 0x31] {
      for scalar in Self.assigned where scalar.value != 0x200D && scalar.value != 0xFE0F {
        let text = SafeText(String(Unicode.Scalar(first)!) + "\u{FE0F}" + String(scalar) + "\u{20E3}")
        for glyph in text.glyphs where EmojiSequence.isOne(glyph.scalars) {
          if EmojiSequence.characters(of: glyph.scalars).contains(scalar.value) {
            Issue.record("U+\(String(scalar.value, radix: 16))")
          }
        }
      }
    }
  }
}
