import Testing

@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

struct FoldedTextTests {
  private func disguises(_ text: String) -> [FoldedText.Disguise] {
    var text = text
    return text.withUTF8 { FoldedText.disguises(in: UnsafeRawBufferPointer($0)) }
  }

  @Test func hiddenAndPretendingCharactersAreNamedInPlace() {
    #expect(
      disguises("a\u{200B} іvory слон") == [
        .init(bytes: 1..<4, name: "U+200B zero width space"), .init(bytes: 5..<7, name: "Cyrillic і for Latin i"),
      ])
    #expect(disguises("plain слон 象牙").isEmpty)
  }

  @Test func everyFoldedCharacterLeadsBackToItsBytes() {
    var text = "Àﬁ象"
    let folded = text.withUTF8 { FoldedText(UnsafeRawBufferPointer($0)) }
    #expect(folded.characters == [0x61, 0x66, 0x69, 0x8C61])
    #expect(folded.bytes == [0..<2, 2..<5, 2..<5, 5..<8])
  }
}
