/// What is kept of a spelling to tell quickly that it stands in a text exactly, or but for the case of its letters.
struct SpellingText: Sendable {
  let bytes: [UInt8]
  let isASCII: Bool
  /// Its first and last folded letters, by which borders are judged; 0 where nothing of it is left to look for.
  let first: UInt32
  let last: UInt32

  init(_ spelling: Spelling, _ pattern: SpellingPattern) {
    bytes = Array(spelling.text.utf8)
    isASCII = bytes.allSatisfy { $0 < 0x80 }
    first = pattern.characters.first ?? 0
    last = pattern.characters.last ?? 0
  }

  var byteCount: Int { MemoryLayout<Self>.stride + bytes.count }

  /// The folds needed for a stretch of text to be this spelling; nil where that is not told so easily.
  func foldsNeeded(for stretch: UnsafeRawBufferPointer) -> Folds? {
    guard stretch.count == bytes.count else { return nil }
    return bytes.withUnsafeBytes { bytes in
      var isSame = true
      for place in 0..<bytes.count where bytes[place] != stretch[place] {
        guard isASCII, bytes[place] ^ stretch[place] == 0x20, (bytes[place] | 0x20) &- 0x61 < 26 else { return nil }
        isSame = false
      }
      return isSame ? [] : .letterCase
    }
  }
}

/// How a spelling wants its borders, in a few bytes: every candidate of the first reading is asked for it.
struct SpellingEdges: BitwiseCopyable {
  let borders: Spelling.Borders
  let isBorderedAtStart: Bool
  let isBorderedAtEnd: Bool
  let mayHavePrefix: Bool

  init(_ spelling: Spelling, _ text: SpellingText) {
    borders = spelling.borders
    isBorderedAtStart = WordBorders.isBordered(text.first)
    isBorderedAtEnd = WordBorders.isBordered(text.last)
    mayHavePrefix = WordBorders.isArabic(text.first)
  }
}
