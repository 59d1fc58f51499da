import CPlatform

/// A folded word as the search kernels take it.
final class PreparedWord: @unchecked Sendable {
  // Safe to share: everything is written in `init` and only read until `deinit`.
  private let bytes: UnsafeMutablePointer<UInt8>
  private let foldable: UnsafeMutablePointer<UInt64>
  private let word: UnsafeMutablePointer<lp_word>

  var pointer: UnsafePointer<lp_word> { UnsafePointer(word) }

  /// - Parameter needle: the folded word; not empty.
  init(_ needle: [UInt8]) {
    bytes = .allocate(capacity: needle.count)
    bytes.initialize(from: needle, count: needle.count)
    foldable = .allocate(capacity: 1024)
    foldable.initialize(repeating: 0, count: 1024)
    word = .allocate(capacity: 1)
    word.initialize(to: lp_word())
    word.pointee.needle = UnsafePointer(bytes)
    word.pointee.length = needle.count
    (word.pointee.rare, word.pointee.rarer) = Self.rarestPlaces(of: needle)
    word.pointee.foldable = UnsafePointer(foldable)
    for scalar in Self.foldableScalars(needle) { note(scalar) }
  }

  deinit {
    word.deallocate()
    foldable.deallocate()
    bytes.deallocate()
  }

  private func note(_ scalar: UInt32) {
    foldable[Int(scalar >> 6)] |= 1 << UInt64(scalar & 63)
    let lead = scalar < 0x800 ? 0xC0 | scalar >> 6 : 0xE0 | scalar >> 12
    let place = Int(lead & 0x0F)
    withUnsafeMutableBytes(of: &word.pointee.leads) {
      $0[place] |= UInt8(1) << UInt8(truncatingIfNeeded: (lead >> 4) - 0xC)
    }
  }

  /// Characters beyond ASCII without which a text holds the word exactly if it holds its bytes, but for ASCII case.
  private static func foldableScalars(_ needle: [UInt8]) -> [UInt32] {
    let wanted = Set(String(decoding: needle, as: UTF8.self).unicodeScalars.map(\.value))
    var scalars: [UInt32] = []
    for run in foldingRuns {
      for scalar in run.first..<run.first + run.count where wanted.contains(Folding.fold(scalar)) {
        scalars.append(scalar)
      }
    }
    // Marks are dropped from between any two bytes, valid or not.
    if needle.count > 1 { scalars += 0x300...0x36F }
    // A half-width kana and its voicing mark fold to one letter, which neither folds to alone.
    if wanted.contains(where: { (0x30A0...0x30FF).contains($0) }) { scalars += 0xFF66...0xFF9D }
    return scalars
  }

  /// The places of the word's two least frequent bytes.
  private static func rarestPlaces(of needle: [UInt8]) -> (Int, Int) {
    let ranked = needle.indices.sorted { (frequency(of: needle[$0]), $0) < (frequency(of: needle[$1]), $1) }
    return (ranked.count > 1 ? ranked[1] : ranked[0], ranked[0])
  }

  /// The bytes of the word's least frequent character.
  static func rarestCharacter(of needle: [UInt8]) -> [UInt8] {
    let characters = String(decoding: needle, as: UTF8.self).unicodeScalars
    let rarest = characters.min { frequency(of: $0) < frequency(of: $1) }
    return rarest.map { Array(String($0).utf8) } ?? needle
  }

  // The last byte of a character beyond ASCII tells most about it; such characters are rare in most texts.
  private static func frequency(of character: Unicode.Scalar) -> Int {
    character.isASCII ? frequency(of: UInt8(character.value)) : 0
  }

  /// How often text holds a byte, roughly: greater is oftener.
  private static func frequency(of byte: UInt8) -> Int {
    if byte == 0x20 { return 100 }
    if let place = letters.firstIndex(of: byte) { return letters.count - place }
    // Lead bytes say little: all characters of a script share a few.
    return byte >= 0xC0 ? 60 : byte >= 0x80 ? 12 : 0
  }

  // Source: Norvig 2013, "English Letter Frequency Counts: Mayzner Revisited".
  private static let letters = Array("etaoinsrhldcumfpgwybvkxjqz".utf8)
}
