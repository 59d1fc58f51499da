import ListingsTestSupport
import Testing

@testable import Listings

struct TextSearchTests {
  private func occurs(_ word: String, in text: [UInt8]) -> Bool? {
    var scratch: [UInt8] = [1, 2, 3]
    return TextSearch(word).map { search in text.withUnsafeBytes { search.occurs(in: $0, scratch: &scratch) } }
  }

  /// The naive answer: fold both whole, then try every place.
  private func oracle(_ word: String, _ text: [UInt8]) -> Bool {
    let needle = Array(Folding.folded(word).utf8)
    let folded = text.withUnsafeBytes { Folding.folded($0) }
    guard needle.count <= folded.count else { return false }
    return (0...folded.count - needle.count).contains { folded[$0..<$0 + needle.count].elementsEqual(needle) }
  }

  @Test(arguments: [
    ("ivory", "carved IVORY", true), ("ivory", "ivor", false), ("y", "ivory", true),
    ("ivory ring", "an Ívory ring", true),
    ("@", "a`b", false), ("`", "a@b", false), ("[", "{", false), ("{", "[", false),
    ("@", "16 bytes of text and @", true),
    ("te te", "vảy TÊ TÊ", true), ("tê", "te te", true), ("象牙", "老象牙手串", true), ("象牙", "象 牙", false),
    ("งา", "งาช้าง", true),
    ("слон", "СЛОНОВАЯ", true), ("Слоновая", "слоновая", true), ("елка", "Ёлка", true), ("ivory", "ＩＶＯＲＹ", true),
    ("ＩＶＯＲＹ", "ivory", true), ("象牙", "象\u{301}牙", true), ("象牙 手串", "象牙\u{3000}手串", true), ("a b", "a\u{3000}b", true),
    ("ゾウゲ", "ｿﾞｳｹﾞ", true), ("12", "１２", true), ("kg", "5 \u{212A}G", true), ("i", "İ", true), ("a", "", false),
  ])
  func aWordIsFoundWithoutCaseWidthAndAccents(word: String, text: String, isFound: Bool) {
    #expect(occurs(word, in: Array(text.utf8)) == isFound)
    #expect(oracle(word, Array(text.utf8)) == isFound)
  }

  @Test func nothingIsLeftOfAWordOfMarks() {
    #expect(TextSearch("") == nil)
    #expect(TextSearch("\u{301}\u{302}") == nil)
  }

  @Test(arguments: 0..<60)
  func aWordIsFoundAtEveryPlaceOfEveryLength(length: Int) {
    for word in ["q", "qz", "qyz"] where word.count <= length {
      for place in 0...(length - word.count) {
        var text = [UInt8](repeating: 0x61, count: length)
        text.replaceSubrange(place..<place + word.count, with: word.uppercased().utf8)
        #expect(occurs(word, in: text) == true)
        text[place] = 0x21
        #expect(occurs(word, in: text) == false)
      }
    }
  }

  @Test(arguments: 0..<1_000 as Range<UInt64>)
  func searchingAgreesWithFoldingEverythingFirst(seed: UInt64) {
    var dice = Dice(seed: seed)
    for _ in 0..<10 {
      var text = Array(dice.text(of: sampleScripts, upTo: 20).utf8)
      let word = dice.once(in: 2) ? dice.text(of: sampleScripts, upTo: 2) : pieceOf(text, &dice)
      if dice.once(in: 4), !text.isEmpty { text[dice.below(text.count)] = UInt8(truncatingIfNeeded: dice.next()) }
      guard let found = occurs(word, in: text) else { continue }
      #expect(found == oracle(word, text), "\(word.debugDescription) in \(text)")
    }
  }

  private func pieceOf(_ text: [UInt8], _ dice: inout Dice) -> String {
    let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
    guard !scalars.isEmpty else { return "x" }
    let start = dice.below(scalars.count)
    let end = min(scalars.count, start + 1 + dice.below(4))
    return String(String.UnicodeScalarView(scalars[start..<end]))
  }

  @Test(arguments: 0..<500 as Range<UInt64>)
  func everyRangeFoldsToTheWord(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let text = Array(dice.text(of: sampleScripts, upTo: 20).utf8)
    let word = pieceOf(text, &dice)
    guard let search = TextSearch(word) else { return }
    text.withUnsafeBytes { text in
      let ranges = search.ranges(in: text)
      #expect(ranges.isEmpty == !oracle(word, Array(text)))
      for range in ranges { #expect(Folding.folded(UnsafeRawBufferPointer(rebasing: text[range])) == search.needle) }
      for (range, next) in zip(ranges, ranges.dropFirst()) { #expect(range.upperBound <= next.lowerBound) }
    }
  }
}
