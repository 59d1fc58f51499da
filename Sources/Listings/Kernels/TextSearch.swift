import CPlatform
import Glibc

/// A word to search for in texts, regardless of case, width and accents.
///
/// Cost:   most texts are decided by their bytes as they are. A text is only folded if it contains a character that folds
///         to one of the word's characters, or that folding drops.
package struct TextSearch: Sendable {
  /// The folded word, never empty.
  package let needle: [UInt8]
  private let word: PreparedWord
  /// The word's rarest character alone: a text without it need not be folded.
  private let rarest: PreparedWord

  /// Nil if nothing of `word` remains after folding.
  package init?(_ word: String) {
    needle = Array(Folding.folded(word).utf8)
    guard !needle.isEmpty else { return nil }
    self.word = PreparedWord(needle)
    rarest = PreparedWord(PreparedWord.rarestCharacter(of: needle))
  }

  /// Whether every text that contains this word also contains `other`.
  package func implies(_ other: TextSearch) -> Bool {
    // Both are searched for in the same folded text.
    needle.withUnsafeBytes { mine in
      other.needle.withUnsafeBytes { memmem(mine.baseAddress!, mine.count, $0.baseAddress!, $0.count) != nil }
    }
  }

  /// Whether a text contains the word. `scratch` is reused between calls.
  @inline(__always)
  package func occurs(in text: UnsafeRawBufferPointer, scratch: inout [UInt8]) -> Bool {
    guard let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
    if lp_find_word(word.pointer, start, text.count, 0) >= 0 { return true }
    return mayOccurFolded(in: start, text.count) && occursFolded(in: text, &scratch)
  }

  /// Whether one of two texts contains the word. If the second directly follows the first, as a description follows its title
  /// in a CSV record, both are searched in one go.
  @inline(__always)
  func occurs(in first: UnsafeRawBufferPointer, or second: UnsafeRawBufferPointer, scratch: inout [UInt8]) -> Bool {
    guard let start = first.baseAddress, let next = second.baseAddress, next >= start + first.count,
      next - (start + first.count) <= 8
    else { return occurs(in: first, scratch: &scratch) || occurs(in: second, scratch: &scratch) }
    let bytes = start.assumingMemoryBound(to: UInt8.self)
    let length = next - start + second.count
    var from = 0
    while true {
      let position = lp_find_word(word.pointer, bytes, length, from)
      if position < 0 { break }
      if position + needle.count <= first.count || position >= next - start { return true }
      // A match across the border is in neither text.
      from = position + 1
    }
    guard mayOccurFolded(in: bytes, length) else { return false }
    return occursFolded(in: first, &scratch) || occursFolded(in: second, &scratch)
  }

  /// Whether folding could make the text contain the word.
  @inline(__always)
  private func mayOccurFolded(in text: UnsafePointer<UInt8>, _ length: Int) -> Bool {
    lp_is_foldable(word.pointer, text, length) != 0
      && (lp_find_word(rarest.pointer, text, length, 0) >= 0 || lp_is_foldable(rarest.pointer, text, length) != 0)
  }

  /// Whether the folded text contains the word.
  @inline(never)
  private func occursFolded(in text: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) -> Bool {
    if scratch.count < 2 * text.count { scratch = [UInt8](repeating: 0, count: 4 * text.count) }
    return scratch.withUnsafeMutableBufferPointer { scratch in
      guard let folded = scratch.baseAddress, text.count > 0 else { return false }
      return lp_find_word(word.pointer, folded, Folding.write(text, into: folded), 0) >= 0
    }
  }

  /// The byte ranges in `text` (UTF-8, not folded) where the word occurs, in order, without overlap: for highlighting.
  ///
  /// Cost:   folds the text character by character: for what is on screen.
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
    var position = 0
    while position + needle.count <= folded.count {
      if folded[position..<position + needle.count].elementsEqual(needle) {
        ranges.append(origins[position]..<origins[position + needle.count])
        position += needle.count
      } else {
        position += 1
      }
    }
    return ranges
  }
}

/// A folded word in the form that the search kernels expect.
///
/// Cost:   8 kB for the set of characters that call for folding.
final class PreparedWord: @unchecked Sendable {
  // Safe to share: everything is written in `init` and only read until `deinit`.
  private let bytes: UnsafeMutablePointer<UInt8>
  private let foldable: UnsafeMutablePointer<UInt64>
  private let word: UnsafeMutablePointer<lp_word>

  /// The word for the C kernels; valid as long as this object lives.
  var pointer: UnsafePointer<lp_word> { UnsafePointer(word) }

  /// - Parameter needle: the folded word, not empty.
  ///
  /// Cost:   one pass over the table of foldings.
  init(_ needle: [UInt8]) {
    bytes = .allocate(capacity: needle.count)
    bytes.initialize(from: needle, count: needle.count)
    foldable = .allocate(capacity: 1024)
    foldable.initialize(repeating: 0, count: 1024)
    word = .allocate(capacity: 1)
    word.initialize(to: lp_word())
    word.pointee.needle = UnsafePointer(bytes)
    word.pointee.length = needle.count
    (word.pointee.rare, word.pointee.rarer) = Self.rarestIndices(of: needle)
    word.pointee.foldable = UnsafePointer(foldable)
    for scalar in Self.foldableScalars(needle) { add(scalar) }
  }

  deinit {
    word.deallocate()
    foldable.deallocate()
    bytes.deallocate()
  }

  /// Marks a character that calls for folding.
  private func add(_ scalar: UInt32) {
    foldable[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63)
    let lead = scalar < 0x800 ? 0xC0 | scalar >> 6 : 0xE0 | scalar >> 12
    let index = Int(lead & 0x0F)
    withUnsafeMutableBytes(of: &word.pointee.leads) {
      $0[index] |= UInt8(1) << UInt8(truncatingIfNeeded: (lead >> 4) - 0xC)
    }
  }

  /// The characters beyond ASCII without which a text contains the folded word exactly where it contains its bytes, apart
  /// from ASCII case.
  private static func foldableScalars(_ needle: [UInt8]) -> [UInt32] {
    let wanted = Set(String(decoding: needle, as: UTF8.self).unicodeScalars.map(\.value))
    var scalars: [UInt32] = []
    for run in foldingRuns {
      for scalar in run.first..<run.first + run.count where wanted.contains(Folding.fold(scalar)) {
        scalars.append(scalar)
      }
    }
    // Combining marks are dropped from between any two bytes, valid or not.
    if needle.count > 1 { scalars += 0x300...0x36F }
    // A half-width kana and its voicing mark fold to a letter that neither folds to alone.
    if wanted.contains(where: { (0x30A0...0x30FF).contains($0) }) { scalars += 0xFF66...0xFF9D }
    return scalars
  }

  /// The positions of the word's two least frequent bytes.
  private static func rarestIndices(of needle: [UInt8]) -> (Int, Int) {
    let ranked = needle.indices.sorted { (frequency(of: needle[$0]), $0) < (frequency(of: needle[$1]), $1) }
    return (ranked.count > 1 ? ranked[1] : ranked[0], ranked[0])
  }

  /// The bytes of the word's least frequent character.
  static func rarestCharacter(of needle: [UInt8]) -> [UInt8] {
    let characters = String(decoding: needle, as: UTF8.self).unicodeScalars
    let rarest = characters.min { frequency(of: $0) < frequency(of: $1) }
    return rarest.map { Array(String($0).utf8) } ?? needle
  }

  /// Characters beyond ASCII are rare in most texts, and their last byte is the most distinctive.
  private static func frequency(of character: Unicode.Scalar) -> Int {
    character.isASCII ? frequency(of: UInt8(character.value)) : 0
  }

  /// The approximate frequency of a byte in texts; only the order matters.
  private static func frequency(of byte: UInt8) -> Int {
    if byte == 0x20 { return 100 }
    if let rank = letters.firstIndex(of: byte) { return letters.count - rank }
    // Lead bytes are not distinctive: all characters of a script share a few.
    return byte >= 0xC0 ? 60 : byte >= 0x80 ? 12 : 0
  }

  // Source: Norvig 2013, "English Letter Frequency Counts: Mayzner Revisited".
  private static let letters = Array("etaoinsrhldcumfpgwybvkxjqz".utf8)
}
