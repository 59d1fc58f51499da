import ListingsTestSupport
import Testing

@testable import Listings

struct FoldingTests {
  @Test(arguments: [
    ("IVORY Ring", "ivory ring"), ("Crème Brûlée", "creme brulee"), ("ÅÄÖ ñ Ç", "aao n c"),
    ("Đồi mồi VẢY TÊ TÊ", "doi moi vay te te"),
    ("Sừng tê giác", "sung te giac"), ("ΕΛΕΦΆΝΤΑΣ", "ελεφαντασ"), ("ελέφαντας", "ελεφαντασ"),
    ("СЛОНОВАЯ кость", "слоновая кость"),
    ("ёлка Ёлка", "елка елка"), ("ЙОД", "йод"), ("ＩＶＯＲＹ　１２", "ivory 12"), ("İstanbul ışık", "istanbul isik"),
    ("łódź Ørsted þ", "lodz orsted þ"), ("e\u{301}le\u{301}phant", "elephant"), ("象牙 手串", "象牙 手串"), ("งาช้าง", "งาช้าง"),
    ("عاج", "عاج"), ("ｱｲﾎﾞﾘｰ", "アイボリー"), ("ｿﾞｳｹﾞ", "ゾウゲ"), ("ﾊﾟ", "パ"), ("\u{212A}g", "kg"), ("🐘 EMOJI", "🐘 emoji"),
    ("", ""),
  ])
  func textFoldsWithoutCaseWidthAndAccents(text: String, folded: String) {
    #expect(Array(Folding.folded(text).unicodeScalars) == Array(folded.unicodeScalars))
  }

  @Test func everyCharacterFoldsToWhatFoldsToItself() {
    for value in UInt32(0)..<0x11_0000 where Unicode.Scalar(value) != nil {
      let once = Folding.fold(value)
      if Folding.fold(once) != once { Issue.record("U+\(String(value, radix: 16))") }
    }
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func foldingTwiceIsFoldingOnce(seed: UInt64) {
    var dice = Dice(seed: seed)
    let text = dice.text(of: sampleScripts, upTo: 30)
    #expect(Folding.folded(Folding.folded(text)) == Folding.folded(text))
  }

  @Test func invalidBytesPassUnchanged() {
    for bytes: [UInt8] in [
      [0xFF], [0xC3], [0xE8, 0xB1], [0xF0, 0x9F, 0x90], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
    ] {
      let text = [0x41] + bytes + [0x42]
      #expect(text.withUnsafeBytes { Folding.folded($0) } == [0x61] + bytes + [0x62])
    }
  }

  @Test(arguments: 0..<100 as Range<UInt64>)
  func decodingAgreesWithTheStandardLibraryOnWhatIsValid(seed: UInt64) {
    var dice = Dice(seed: seed)
    let bytes = (0..<40).map { _ in
      dice.pick([0x41, 0x80, 0xBF, 0xC3, 0xE8, 0xED, 0xF0, 0xF4, 0x9F, 0xB1, 0xA1]) as UInt8
    }
    bytes.withUnsafeBytes { bytes in
      for index in bytes.indices {
        let (scalar, length) = Folding.decode(bytes, index)
        let expected = (1...4).first { length in
          index + length <= bytes.count && String(validating: bytes[index..<index + length], as: UTF8.self) != nil
        }
        #expect(length == expected ?? 0)
        if let expected {
          #expect(
            String(decoding: bytes[index..<index + expected], as: UTF8.self).unicodeScalars.first?.value == scalar)
        }
      }
    }
  }
}

/// Letters that fold, letters that do not, and what lies between.
let sampleScripts = [
  "a", "B", "ivory", "IVORY", " ", "e\u{301}", "é", "É", "Đ", "ồ", "象", "牙", "象牙", "งา", "ช้าง", "сло", "СЛО", "ё", "Ё",
  "ς", "Σ",
  "Ａ", "ｂ", "１", "İ", "ı", "@", "`", "[", "{", "🐘", "ﾞ", "ｿﾞ", "ソ", "ゾ", "ｶ", "\u{301}", "\u{3000}", "\u{0}", "عاج",
  "\n",
]
