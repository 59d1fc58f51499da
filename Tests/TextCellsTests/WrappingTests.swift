import Testing

@testable import TextCells

struct WrappingTests {
  private func lines(_ text: String, _ width: Int) -> [String] { SafeText(text).wrapped(to: width).map(\.text) }

  @Test func linesBreakAtBlanksWhichAreDropped() {
    #expect(lines("ivory ring made of bone", 10) == ["ivory ring", "made of", "bone"])
    #expect(lines("ivory", 10) == ["ivory"])
    #expect(lines("", 10) == [""])
    #expect(lines("   ", 2) == [""])
  }

  @Test func hanCharactersBreakAnywhereExceptBeforeClosingPunctuation() {
    #expect(lines("象牙手串果冻", 4) == ["象牙", "手串", "果冻"])
    #expect(lines("象牙。手串", 4) == ["象", "牙。", "手串"])
    #expect(lines("象牙「手串」", 6) == ["象牙", "「手", "串」"])
  }

  @Test func aLongWordBreaksAtTheEndOfTheLine() {
    #expect(lines("go abcdefghij", 4) == ["go", "abcd", "efgh", "ij"])
    #expect(lines("象", 1) == ["象"])
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func noGlyphIsLostAndNoLineIsTooWide(seed: UInt64) {
    var noise = Noise(seed: seed)
    let bytes = noise.bytes(150)
    let whole = bytes.withUnsafeBytes { SafeText(utf8: $0) }
    for width in 2...20 {
      let lines = whole.wrapped(to: width)
      #expect(lines.allSatisfy { $0.width <= width })
      let ink = whole.glyphs.filter { !$0.isBlank }
      #expect(lines.flatMap { $0.glyphs.filter { !$0.isBlank } } == ink)
    }
  }

  @Test func lineFeedsInTheTextAreKept() {
    var text = "first line\r\n\nthird is longer\nend"
    let lines = text.withUTF8 { SafeText.lines(utf8: UnsafeRawBufferPointer($0), width: 10) }
    #expect(lines.map(\.text) == ["first line", "", "third is", "longer", "end"])
  }

  @Test func aMegabyteOfLineFeedsEnds() {
    let feeds = [UInt8](repeating: 0x0A, count: 1_000_000)
    #expect(feeds.withUnsafeBytes { SafeText.lines(utf8: $0, width: 80, limit: 500) }.count == 500)
  }
}

struct MappedTextTests {
  private func mapped(_ text: String) -> MappedText {
    var text = text
    return text.withUTF8 { MappedText(utf8: UnsafeRawBufferPointer($0)) }
  }

  @Test func aHitInTheBytesIsFoundInTheCells() {
    let text = mapped("a 象牙 ring")
    #expect(text.offsets == [0, 1, 2, 5, 8, 9, 10, 11, 12, 13].map { Int32($0) }.dropLast() + [13])
    #expect(text.columns(showing: 2..<8) == 2..<6)
    #expect(text.columns(showing: 9..<13) == 7..<11)
    #expect(text.columns(showing: 3..<4) == 2..<4)
    #expect(text.columns(showing: 40..<50).isEmpty)
    #expect(text.columns(showing: 4..<4).isEmpty)
  }

  @Test func linesKeepTheirOffsetsIntoTheWholeText() {
    var text = "ivory\r\n象牙 ring"
    let lines = text.withUTF8 { MappedText.lines(utf8: UnsafeRawBufferPointer($0), width: 5) }
    #expect(lines.map(\.text.text) == ["ivory", "象牙", "ring"])
    #expect(lines[1].columns(showing: 10..<13) == 2..<4)
    #expect(lines[2].columns(showing: 14..<18) == 0..<4)
    #expect(lines[2].columns(showing: 0..<5).isEmpty)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func theGlyphsAreThoseOfSafeTextAndTheOffsetsIncrease(seed: UInt64) {
    var noise = Noise(seed: seed)
    let bytes = noise.bytes(100)
    for limit in [0, 1, 7, 50, Int.max] {
      let mapped = bytes.withUnsafeBytes { MappedText(utf8: $0, limit: limit) }
      #expect(mapped.text == bytes.withUnsafeBytes { SafeText(utf8: $0, limit: limit) })
      #expect(mapped.offsets.count == mapped.text.glyphs.count + 1)
      #expect(zip(mapped.offsets, mapped.offsets.dropFirst()).allSatisfy { $0 <= $1 })
    }
  }
}

struct VisibleFormTests {
  @Test func invisibleCharactersAreNamedAndTheRestStays() {
    #expect(VisibleForm.visible("iv\u{200B}ory\u{202E}") == "iv[U+200B]ory[U+202E]")
    #expect(
      VisibleForm.visible("a\u{1B}[31m\tb\u{2028}\u{E000}\u{E0041}")
        == "a[U+001B][31m[U+0009]b[U+2028][U+E000][U+E0041]")
    #expect(VisibleForm.visible("象牙 👍🏽 e\u{301}") == "象牙 👍🏽 e\u{301}")
    #expect(VisibleForm.visible("a\r\nb\u{0}", keepingLines: true) == "a\r\nb[U+0000]")
  }
}

struct FrameTests {
  @Test func aStandInHasTheRoleOfHiddenCharactersWhateverTheTextHas() {
    var frame = Frame(Size(columns: 8, rows: 1))
    frame.write(SafeText("a\u{202E}b"), at: Spot(column: 0, row: 0), as: .title)
    #expect((0..<3).map { frame[$0, 0].role } == [.title, .hiddenCharacter, .title])
  }

  @Test func overwritingHalfAWideCharacterBlanksTheOther() {
    var frame = Frame(Size(columns: 4, rows: 1))
    frame.write("象牙", at: Spot(column: 0, row: 0), as: .title)
    frame.write("x", at: Spot(column: 1, row: 0), as: .title)
    #expect(frame.text(ofRow: 0) == " x牙")
    frame.write("y", at: Spot(column: 2, row: 0), as: .title)
    #expect(frame.text(ofRow: 0) == " xy")
  }

  @Test func writingOutsideTheGridDoesNothing() {
    var frame = Frame(Size(columns: 2, rows: 1))
    #expect(frame.write("象", at: Spot(column: 1, row: 0), as: .text) == 0)
    #expect(frame.write("x", at: Spot(column: 5, row: 0), as: .text) == 0)
    #expect(frame.write("x", at: Spot(column: 0, row: -1), as: .text) == 0)
    #expect(frame.write("x", at: Spot(column: 0, row: 0), width: -3, as: .text) == 0)
  }
}

@Suite struct WritingDirectionTests {
  @Test(arguments: [
    ("שלום abc", WritingDirection.rightToLeft), ("abc שלום", .leftToRight), ("12 – عاج", .rightToLeft),
    ("“شاهين” falcon", .leftToRight), ("120", .byFirstLetter), ("“עולם”", .byFirstLetter), ("象牙 שלום", .leftToRight),
  ]) func aTextRunsAsItsFirstLetterOutsideOfQuotationMarks(text: String, direction: WritingDirection) {
    #expect(WritingDirection(of: SafeText(text).glyphs) == direction)
  }

  @Test func everyLineOfAParagraphRunsAsTheParagraph() {
    let text = "عاج قديم ivory carving\nplain text عاج"
    let lines = Array(text.utf8).withUnsafeBytes { MappedText.lines(utf8: $0, width: 10) }
    #expect(lines.map(\.direction) == [.rightToLeft, .rightToLeft, .rightToLeft, .leftToRight, .leftToRight])
  }
}
