import CPlatform
import Glibc

/// A word to look for in text, without regard to case, width and accents.
///
/// Most texts are settled on their bytes as they stand: a text is folded only where it holds a character that folds
/// into one of the word's from another one, or that folding drops.
package struct TextSearch: Sendable {
  /// The folded word; never empty.
  package let needle: [UInt8]
  private let word: PreparedWord
  /// The word's rarest character by itself: a text without it need not be folded.
  private let rarest: PreparedWord

  /// Nil when nothing is left of `word` after folding.
  package init?(_ word: String) {
    needle = Array(Folding.folded(word).utf8)
    guard !needle.isEmpty else { return nil }
    self.word = PreparedWord(needle)
    rarest = PreparedWord(PreparedWord.rarestCharacter(of: needle))
  }

  /// Whether every text that holds this word holds `other` too.
  package func implies(_ other: TextSearch) -> Bool {
    // Both are looked for in the same folded text.
    needle.withUnsafeBytes { mine in
      other.needle.withUnsafeBytes { memmem(mine.baseAddress!, mine.count, $0.baseAddress!, $0.count) != nil }
    }
  }

  /// Whether the word stands in `text`. `scratch` is reused between calls.
  @inline(__always)
  package func occurs(in text: UnsafeRawBufferPointer, scratch: inout [UInt8]) -> Bool {
    guard let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
    if lp_find_word(word.pointer, start, text.count, 0) >= 0 { return true }
    return mayOccurFolded(in: start, text.count) && occursFolded(in: text, &scratch)
  }

  /// Whether the word stands in one of two texts, of which the second lies shortly behind the first: both are passed
  /// in one go, as a title and the description behind it in a CSV record.
  @inline(__always)
  func occurs(in first: UnsafeRawBufferPointer, or second: UnsafeRawBufferPointer, scratch: inout [UInt8]) -> Bool {
    guard let start = first.baseAddress, let next = second.baseAddress, next >= start + first.count,
      next - (start + first.count) <= 8
    else { return occurs(in: first, scratch: &scratch) || occurs(in: second, scratch: &scratch) }
    let bytes = start.assumingMemoryBound(to: UInt8.self)
    let length = next - start + second.count
    var from = 0
    while true {
      let place = lp_find_word(word.pointer, bytes, length, from)
      if place < 0 { break }
      if place + needle.count <= first.count || place >= next - start { return true }
      // What reaches over the border stands in neither.
      from = place + 1
    }
    guard mayOccurFolded(in: bytes, length) else { return false }
    return occursFolded(in: first, &scratch) || occursFolded(in: second, &scratch)
  }

  @inline(__always)
  private func mayOccurFolded(in text: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    lp_is_foldable(word.pointer, text, length) != 0
      && (lp_find_word(rarest.pointer, text, length, 0) >= 0 || lp_is_foldable(rarest.pointer, text, length) != 0)
  }

  @inline(never)
  private func occursFolded(in text: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) -> Bool {
    if scratch.count < 2 * text.count { scratch = [UInt8](repeating: 0, count: 4 * text.count) }
    return scratch.withUnsafeMutableBufferPointer { scratch in
      guard let folded = scratch.baseAddress, text.count > 0 else { return false }
      return lp_find_word(word.pointer, folded, Folding.write(text, into: folded), 0) >= 0
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
}
