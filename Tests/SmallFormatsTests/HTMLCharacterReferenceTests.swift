import SmallFormats
import Testing

/// Two readers for one grammar: strict for what people read, lenient for what is searched.
struct HTMLCharacterReferenceTests {
  private func read(_ text: String) -> String? {
    var text = text
    return text.withUTF8 { bytes in
      HTMLCharacterReference.read(UnsafeRawBufferPointer(bytes), at: 0).map { "\($0.scalar) \($0.length)" }
    }
  }

  private func readLeniently(_ text: String) -> String? {
    var text = text
    return text.withUTF8 { bytes in
      HTMLCharacterReference.readLeniently(UnsafeRawBufferPointer(bytes), at: 0).map { "\($0.scalar) \($0.length)" }
    }
  }

  @Test(arguments: [
    ("&amp;", "& 5"), ("&eacute;x", "é 8"), ("&#39;", "' 5"), ("&#x4E2D;", "中 8"), ("&#X41;", "A 6"),
    ("&thetasym;", "ϑ 10"), ("&#0000065;", "A 10"),
  ])
  func bothReadersAgreeOnWhatIsWrittenProperly(_ text: String, _ expected: String) {
    #expect(read(text) == expected)
    #expect(readLeniently(text) == expected)
  }

  @Test(arguments: [
    "&", "&;", "&#;", "&#x;", "&copy=2", "& Chips", "&T;", "&nothing;", "&#xD800;", "&#1114112;", "&#99999999999;",
    "&#0;", "&amp",
  ])
  func whatIsNoReferenceStaysText(_ text: String) {
    #expect(read(text) == nil)
    #expect(readLeniently(text) == nil)
  }

  @Test func readersOfListingsSeeWhatBrowsersShow() {
    #expect(read("&AMP;") == "& 5")
    #expect(read("&nbsp;") == "  6")
    #expect(read("&#150;") == "– 6")
    #expect(read("&#55357;&#56842;") == "😊 16")
    #expect(read("&#105vory") == nil)
    #expect(read("&#7;") == nil)
  }

  @Test func searchSeesThroughBrokenReferencesAndChangesNoCharacter() {
    #expect(readLeniently("&#105vory") == "i 5")
    #expect(readLeniently("&#x69;vory") == "i 6")
    #expect(readLeniently("&AMP;") == nil)
    #expect(readLeniently("&nbsp;") == "\u{A0} 6")
    #expect(readLeniently("&#150;") == "\u{96} 6")
    #expect(readLeniently("&#55357;&#56842;") == nil)
  }
}
