import Testing

@testable import TextCells

/// What is read as one letter is never cut, wherever a text is cut.
struct ClusterTests {
  /// Texts as an advert has them, letter by letter.
  private static let texts: [[String]] = [
    ["हा", "थी", " ", "दाँ", "त", " ", "क्ष", "त्रि", "य", " ", "स्त्री"],
    ["হা", "তি", "র", " ", "দাঁ", "ত", " ", "র", "ক্ষা"],
    ["યા", "ત્રા", " ", "હા", "થી"],
    ["யா", "னை", "த்", " ", "த", "ந்", "த", "ம்"],
    ["ఏ", "ను", "గు", " ", "దం", "తం", " ", "క్ష"],
    ["ಆ", "ನೆ", " ", "ದಂ", "ತ", " ", "ಕ್ಷ"],
    ["ആ", "ന", "ക്കൊ", "മ്പ്"],
    ["น้ำ", "ต", "า", "ล", " ", "ง", "า", "ช้", "า", "ง"],
    ["ນ້ຳ", " ", "ຊ້", "າ", "ງ"],
    ["ខ្មែ", "រ", " ", "ភ្លុ", "ក"],
    ["ဆ", "င်", "စွ", "ယ်", " ", "ဗု", "ဒ္ဓ"],
    ["v", "a\u{309}", "y", " ", "t", "e\u{302}", " ", "t", "e\u{302}\u{301}"],
    ["\u{1109}\u{1161}\u{11BC}", "\u{110B}\u{1161}", " ", "\u{1107}\u{1107}\u{1161}", "상", "아"],
    ["👨‍👩‍👧", "👍🏽", " ", "🇨🇮", "1️⃣", "a", "❤️", "🏳️‍🌈", "👩🏻‍❤️‍💋‍👨🏿", "🐘"],
    ["عَ", "ا", "ج", " ", "ש\u{5C1}\u{5B8}", "ן"],
  ]

  private func clipped(_ text: String, to width: Int) -> SafeText {
    Array(text.utf8).withUnsafeBytes { SafeText(utf8: $0, clippedTo: width) }
  }

  private func limited(_ text: String, to width: Int) -> SafeText {
    Array(text.utf8).withUnsafeBytes { SafeText(utf8: $0, limit: width) }
  }

  /// As many letters from the start as fit, added up one by one.
  private func fitting(_ letters: [String], _ width: Int) -> String {
    var kept = ""
    for letter in letters {
      if SafeText(kept + letter).width > width { break }
      kept += letter
    }
    return kept
  }

  @Test(arguments: texts) func everyCutLeavesWholeLettersAndAsManyAsFit(letters: [String]) {
    let text = letters.joined()
    let safe = SafeText(text)
    #expect(safe.text.unicodeScalars.elementsEqual(text.unicodeScalars))
    for width in 1...safe.width + 1 {
      let shown = safe.width <= width ? text : fitting(letters, width - 1) + "…"
      #expect(safe.clipped(to: width).text.unicodeScalars.elementsEqual(shown.unicodeScalars), "clipped to \(width)")
      #expect(clipped(text, to: width).text.unicodeScalars.elementsEqual(shown.unicodeScalars), "read to \(width)")
      let whole = fitting(letters, width)
      #expect(limited(text, to: width).text.unicodeScalars.elementsEqual(whole.unicodeScalars), "limit \(width)")
      var frame = Frame(Size(columns: width, rows: 1))
      #expect(frame.write(safe, at: Spot(column: 0, row: 0), as: .text) == SafeText(whole).width)
      #expect(safe.cells(fitting: width) == SafeText(whole).width)
      let drawn = frame.cells.map(\.text).joined().unicodeScalars
      #expect(drawn.starts(with: whole.unicodeScalars), "drawn in \(width)")
    }
  }

  /// Our letters are never smaller than those of the standard library, which knows UAX #29 but not every script's stacks.
  @Test(arguments: texts) func noCutIsInsideOfACharacterOfUnicode(letters: [String]) {
    let text = letters.joined()
    var ends: Set<Int> = [0]
    for index in text.indices { ends.insert(text[...index].unicodeScalars.count) }
    var count = 0
    for letter in letters {
      count += letter.unicodeScalars.count
      #expect(ends.contains(count), "\(letter)")
    }
  }

  @Test(arguments: texts) func everyLineBeginsWithAWholeLetter(letters: [String]) {
    let safe = SafeText(letters.joined())
    for width in 1...safe.width {
      for line in safe.wrapped(to: width) {
        #expect(line.glyphs.first?.joinsLast != true)
        #expect(line.width <= width || line.glyphs.dropFirst().allSatisfy(\.joinsLast))
      }
      let lines = safe.wrapped(to: width).map(\.text).joined().filter { $0 != " " }
      #expect(lines.unicodeScalars.elementsEqual(safe.text.unicodeScalars.filter { $0 != " " }))
    }
  }

  @Test(arguments: texts) func aHitInHalfALetterMarksTheWholeLetter(letters: [String]) {
    let text = letters.joined()
    let mapped = Array(text.utf8).withUnsafeBytes { MappedText(utf8: $0) }
    var byte = 0
    for letter in letters {
      let bytes = byte..<byte + letter.utf8.count
      for part in bytes {
        let shown = mapped.glyphs(showing: part..<part + 1)
        #expect(
          SafeText(glyphs: Array(mapped.text.glyphs[shown])).text.unicodeScalars.elementsEqual(letter.unicodeScalars))
      }
      byte = bytes.upperBound
    }
  }

  @Test func joinersOfSinhalaMakeOneLetter() {
    #expect(SafeText("ශ්\u{200D}රීක").clipped(to: 2).text == "…")
    #expect(SafeText("ශ්රීක").clipped(to: 2).text.unicodeScalars.elementsEqual("ශ්…".unicodeScalars))
    // ZWNJ keeps consonants apart.
    #expect(SafeText("क्\u{200C}षक").clipped(to: 2).text.unicodeScalars.elementsEqual("क्…".unicodeScalars))
  }

  @Test func aLetterWithoutEndIsCutAllTheSame() {
    let endless = String(repeating: "क्", count: 100)
    #expect(SafeText(endless).clipped(to: 20).width == 17)
    #expect(SafeText(endless).wrapped(to: 20).allSatisfy { $0.width == 16 || $0.width == 20 })
    let vowels = SafeText("क" + String(repeating: "\u{93E}", count: 100))
    #expect(vowels.clipped(to: 20).width > 10)
  }

  @Test func aVowelWithoutAConsonantGetsADottedCircle() {
    #expect(SafeText("\u{93E}a").text.unicodeScalars.elementsEqual("◌\u{93E}a".unicodeScalars))
    #expect(SafeText("x \u{E33}").text.unicodeScalars.elementsEqual("x ◌\u{E33}".unicodeScalars))
  }

  @Test func whatIsDrawnOverAPartOfALetterTakesAllOfIt() {
    for column in 2...4 {
      var frame = Frame(Size(columns: 8, rows: 1))
      frame.write("abस्त्रीyz", at: Spot(column: 0, row: 0), as: .text)
      #expect(frame.text == "abस्त्रीyz")
      frame.write("│", at: Spot(column: column, row: 0), as: .border)
      let blanks = [" ", " ", " ", " "]
      var shown = blanks
      shown[column - 2] = "│"
      #expect(frame.text == "ab" + shown.joined() + "yz")
      #expect(frame.cells.allSatisfy { !$0.joinsLast })
    }
    var frame = Frame(Size(columns: 4, rows: 1))
    frame.write("a👨‍👩‍👧b", at: Spot(column: 0, row: 0), as: .text)
    frame.fill(Area(column: 2, row: 0, columns: 1, rows: 1))
    #expect(frame.text == "a  b")
  }
}
