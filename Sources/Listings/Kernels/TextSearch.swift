import CPlatform
import Glibc

/// A word to look for in text, without regard to case, width and accents.
///
/// Most rows are settled on their bytes as they stand: text is folded only where it holds characters that could
/// fold into the word.
package struct TextSearch: Sendable {
  /// The folded word; never empty.
  package let needle: [UInt8]
  private let scope: Scope
  /// A blank also stands for the full-width blank, U+3000.
  private let hasBlank: Bool

  private enum Scope {
    /// ASCII: bytes are compared without case; text with accented or full-width Latin is folded.
    case ascii
    /// Scripts without case (Chinese, Thai, Arabic …): bytes are compared as they stand.
    case unfolded
    /// Anything else (Cyrillic, Greek …): text beyond ASCII is folded.
    case folded
  }

  /// Nil when nothing is left of `word` after folding.
  package init?(_ word: String) {
    needle = Array(Folding.folded(word).utf8)
    guard !needle.isEmpty else { return nil }
    hasBlank = needle.contains(0x20)
    if needle.allSatisfy({ $0 < 0x80 }) {
      scope = .ascii
    } else {
      let text = String(decoding: needle, as: UTF8.self)
      scope = text.unicodeScalars.allSatisfy({ Self.foldsFromItselfOnly($0.value) }) ? .unfolded : .folded
    }
  }

  /// Whether the word stands in `text`. `scratch` is reused between calls.
  package func occurs(in text: UnsafeRawBufferPointer, scratch: inout [UInt8]) -> Bool {
    guard let start = text.baseAddress, text.count > 0 else { return false }
    return needle.withUnsafeBytes { needle in
      switch scope {
      case .ascii:
        let bytes = start.assumingMemoryBound(to: UInt8.self)
        let word = needle.baseAddress!.assumingMemoryBound(to: UInt8.self)
        if lp_contains_folded(bytes, text.count, word, needle.count) != 0 { return true }
        guard mayFoldToLatin(text) else { return false }
      case .unfolded:
        if memmem(start, text.count, needle.baseAddress!, needle.count) != nil { return true }
        guard mayHideMarks(text) else { return false }
      case .folded:
        if memmem(start, text.count, needle.baseAddress!, needle.count) != nil { return true }
      }
      scratch.removeAll(keepingCapacity: true)
      Folding.append(text, to: &scratch)
      return scratch.withUnsafeBytes { folded in
        folded.count > 0 && memmem(folded.baseAddress!, folded.count, needle.baseAddress!, needle.count) != nil
      }
    }
  }

  /// The byte ranges of `text` (unfolded, UTF-8) where the word stands, in order, not overlapping: for highlighting.
  package func ranges(in text: UnsafeRawBufferPointer) -> [Range<Int>] {
    var folded: [UInt8] = []
    var origins: [Int] = []
    var index = 0
    while index < text.count {
      let length = Folding.unitLength(text, index)
      Folding.append(UnsafeRawBufferPointer(rebasing: text[index..<index + length]), to: &folded)
      while origins.count < folded.count { origins.append(index) }
      index += length
    }
    origins.append(text.count)
    var ranges: [Range<Int>] = []
    var place = 0
    while place + needle.count <= folded.count {
      if folded[place..<place + needle.count].elementsEqual(needle) {
        ranges.append(origins[place]..<origins[place + needle.count])
        place += needle.count
      } else {
        place += 1
      }
    }
    return ranges
  }

  // Lead bytes of accented Latin (U+00C0…U+024F), combining marks, Latin Extended Additional and full-width forms.
  private func mayFoldToLatin(_ text: UnsafeRawBufferPointer) -> Bool {
    for byte in text where byte >= 0xC3 {
      if byte <= 0xC9 || byte == 0xCC || byte == 0xCD || byte == 0xE1 || byte == 0xE2 || byte == 0xEF { return true }
      if byte == 0xE3, hasBlank { return true }
    }
    return false
  }

  // Lead bytes of combining marks, which folding drops from between any two letters, and of U+3000.
  private func mayHideMarks(_ text: UnsafeRawBufferPointer) -> Bool {
    guard let start = text.baseAddress else { return false }
    return memchr(start, 0xCC, text.count) != nil || memchr(start, 0xCD, text.count) != nil
      || (hasBlank && memchr(start, 0xE3, text.count) != nil)
  }

  private static func foldsFromItselfOnly(_ scalar: UInt32) -> Bool {
    if scalar < 0x80 { return !(0x61...0x7A).contains(scalar) && !(0x30...0x39).contains(scalar) && scalar == 0x20 }
    // Arabic … Tibetan and the CJK blocks have no case, width or accent folding; kana and Hangul have a half width.
    return (0x590...0xFFF).contains(scalar) || (0x3400...0x9FFF).contains(scalar) || scalar >= 0x20000
  }
}

extension MatchingRows {
  /// Rows whose title, description, species or seller contains the word.
  package static func rows(
    of dataset: Dataset, containing word: TextSearch, in fields: [Field], _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    var result = RowSet(noneOf: dataset.rowCount)
    let texts = fields.filter { $0.storage == .text }.map { dataset.textColumns(of: $0) }
    if !texts.isEmpty {
      let found = rows(of: dataset, cancellation) { block, words, count in
        var scratch: [UInt8] = []
        let columns = texts.map { ($0.starts.block(block), $0.lengths.block(block)) }
        fill(words, count) { row in
          for (starts, lengths) in columns {
            let text = UnsafeRawBufferPointer(
              start: UnsafeRawPointer(bitPattern: UInt(starts[row])), count: Int(lengths[row]))
            if word.occurs(in: text, scratch: &scratch) { return true }
          }
          return false
        }
      }
      guard let found else { return nil }
      result = found
    }
    for field in fields where field.storage == .dictionary {
      let table = dataset.values(of: field)
      var scratch: [UInt8] = []
      let wanted = (0..<dataset.valueCount(of: field)).map {
        word.occurs(in: table.bytes(UInt32($0)), scratch: &scratch)
      }
      guard wanted.contains(true) else { continue }
      guard let found = rows(of: dataset, codes: dataset.codes(of: field), in: wanted, cancellation) else { return nil }
      result.formUnion(found)
    }
    return result
  }
}
