import Testing

@testable import TextCells

/// What each kind of text looks like on the screen, and how many cells it takes.
struct GlyphReaderTests {
  @Test(arguments: [
    ("elephant", "elephant", 8), ("象牙", "象牙", 4), ("ｶﾞ", "ｶﾞ", 2), ("ＡＢ", "ＡＢ", 4),
    ("한국", "한국", 4), ("\u{1112}\u{1161}\u{11AB}", "\u{1112}\u{1161}\u{11AB}", 2), ("งาช้าง", "งาช้าง", 5),
    ("น้ำ", "น้ำ", 2), ("عاج", "عاج", 3), ("عَاج", "عَاج", 3), ("vảy tê tê", "vảy tê tê", 9),
    ("e\u{301}", "e\u{301}", 1), ("𠀀", "𠀀", 2), ("हाथी", "हाथी", 4), ("│▇✓", "│▇✓", 3),
    ("🐘", "🐘", 2), ("🇨🇳", "🇨🇳", 2), ("¥3,000", "¥3,000", 6), ("\u{3000}", "\u{3000}", 2),
  ])
  func textOfEveryScriptKeepsItsCharactersAndItsWidth(text: String, shown: String, width: Int) {
    let safe = SafeText(text)
    #expect(safe.text.unicodeScalars.elementsEqual(shown.unicodeScalars))
    #expect(safe.width == width)
    #expect(safe.standIns.isEmpty)
  }

  @Test(arguments: [
    "👨‍👩‍👧", "👨‍👩‍👧‍👦", "👍🏽", "👩🏽‍🚀", "❤️", "1️⃣", "#️⃣", "🏳️‍🌈", "🏴‍☠️", "🏋🏽‍♀️", "☝🏽", "👩🏻‍❤️‍💋‍👨🏿", "🐈‍⬛", "❤️‍🔥", "👁️‍🗨️", "🧑🏿‍🤝‍🧑🏻",
  ])
  func anEmojiOfSeveralCharactersIsOneGlyphOfTwoCells(emoji: String) {
    let safe = SafeText("a" + emoji + "b")
    #expect(safe.text.unicodeScalars.elementsEqual(("a" + emoji + "b").unicodeScalars))
    #expect(safe.glyphs.map(\.width) == [1, 2, 1])
    #expect(safe.standIns.isEmpty)
    #expect(safe.glyphs[1].scalars.0 == emoji.unicodeScalars.first?.value)
  }

  @Test(arguments: [
    ("葛\u{E0100}", "葛", 2), ("🐘\u{FE0F}", "🐘", 2), ("❤\u{FE0E}", "❤", 1), ("1\u{20E3}", "1\u{20E3}", 1),
    ("❤\u{200D}🔥", "❤️‍🔥", 2),
  ])
  func aSelectorThatChangesNothingOnTheScreenIsDropped(text: String, shown: String, width: Int) {
    #expect(SafeText(text).text.unicodeScalars.elementsEqual(shown.unicodeScalars))
    #expect(SafeText(text).width == width)
    #expect(SafeText(text).standIns.isEmpty)
  }

  /// A terminal shows only the first of emoji that no font joins.
  @Test(
    arguments: [
      ("🐘\u{200D}🦏", "🐘¤🦏", [0x200D]), ("👍🏽🏽", "👍🏽¤", [0x1F3FD]), ("❤\u{FE0F}\u{FE0F}", "❤️¤", [0xFE0F]),
      ("🐘\u{FE0F}\u{E0100}\u{E0101}", "🐘¤¤", [0xE0100, 0xE0101]), ("象\u{E0100}\u{E0101}", "象¤", [0xE0101]),
      ("1\u{FE0F}x", "1¤x", [0xFE0F]), ("🐘\u{E0100}", "🐘¤", [0xE0100]),
      ("👨‍👩‍👧‍👦‍👧‍👦‍👧", "👨‍👩‍👧‍👦‍👧‍👦¤👧", [0x200D]),
    ] as [(String, String, [UInt32])])
  func nothingHidesInAnEmoji(text: String, shown: String, hidden: [UInt32]) {
    #expect(SafeText(text).text.unicodeScalars.elementsEqual(shown.unicodeScalars))
    #expect(SafeText(text).standIns == hidden)
  }

  @Test(arguments: [
    ("i\u{200B}vory", "i¤vory", 0x200B), ("\u{202E}yrovi", "¤yrovi", 0x202E), ("iv\u{AD}ory", "iv¤ory", 0xAD),
    ("a\u{2066}b", "a¤b", 0x2066), ("a\u{200F}b", "a¤b", 0x200F), ("a\u{61C}b", "a¤b", 0x61C),
    ("a\u{2028}b", "a¤b", 0x2028), ("a\u{FEFF}b", "a¤b", 0xFEFF), ("a\u{E0041}b", "a¤b", 0xE0041),
    ("a\u{3164}b", "a¤b", 0x3164), ("a\u{2800}b", "a¤b", 0x2800), ("a\u{FE0F}b", "a¤b", 0xFE0F),
    ("i\u{200D}v", "i¤v", 0x200D), ("a\u{9B}31m", "a¤31m", 0x9B), ("\u{1B}[31m", "␛[31m", 0x1B),
    ("a\u{0}b", "a␀b", 0), ("a\u{7F}b", "a␡b", 0x7F), ("a\u{E000}b", "a�b", 0xE000),
    ("a\u{1FAE0}b", "a�b", 0x1FAE0), ("a\u{378}b", "a�b", 0x378), ("a🇨 b", "a¤ b", 0x1F1E8),
    ("a\u{10FFFF}b", "a�b", 0x10FFFF), ("🐘\u{200D}", "🐘¤", 0x200D),
  ])
  func whatHidesOrCommandsIsShownAsAMarkThatKnowsWhatItStandsFor(text: String, shown: String, codePoint: UInt32) {
    let safe = SafeText(text)
    #expect(safe.text == shown)
    #expect(safe.standIns == [codePoint].filter { $0 != 0 })
  }

  @Test func joinersOfPersianAndHindiAreOrthographyAndNotAHidingPlace() {
    #expect(SafeText("می\u{200C}خواهم").standIns.isEmpty)
    #expect(SafeText("می\u{200C}خواهم").width == 7)
    #expect(SafeText("क्\u{200D}ष").standIns.isEmpty)
    #expect(SafeText("می\u{200C}x").standIns == [0x200C])
  }

  @Test func tabsAndLineBreaksAreOneBlankEach() {
    #expect(SafeText("a\tb\nc\r\nd\u{A0}e").text == "a b c d e")
  }

  @Test func marksBeyondThreeAreDroppedAndALoneMarkGetsABase() {
    #expect(
      SafeText("e\u{301}\u{302}\u{303}\u{304}\u{305}").glyphs == [
        Glyph(scalars: (0x65, 0x301, 0x302, 0x303), width: 1)
      ])
    #expect(SafeText("\u{301}a").text == "◌\u{301}a")
    #expect(SafeText("a \u{301}").text == "a ◌\u{301}")
  }

  @Test func noCellOfAnyScalarIsAControlOrOfNoWidth() {
    for value in [Array(UInt32(0)...0x323FF), Array(0xE0000...0xE0200), [0x10FFFF]].joined() {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let unsound = SafeText("a" + String(Character(scalar)) + "b").glyphs.filter { glyph in
        let first = glyph.scalars.0
        return glyph.width != 1 && glyph.width != 2 || first < 0x20 || first >= 0x7F && first < 0xA0
      }
      // Said only where it is so: an expectation costs more than the text, and there are 200,000.
      if !unsound.isEmpty { Issue.record("U+\(String(value, radix: 16)): \(unsound)") }
    }
  }
}
