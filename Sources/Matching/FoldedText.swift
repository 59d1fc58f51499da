/// A text folded as the first reading folds it, with the way back to the original bytes, and what is hidden in it.
package struct FoldedText: Equatable, Sendable {
  package let characters: [UInt32]
  /// For each of `characters`, the UTF-8 range of the original character it came from.
  package let bytes: [Range<Int>]

  package init(_ text: UnsafeRawBufferPointer, under folds: Folds = .plain) {
    var characters: [UInt32] = []
    var bytes: [Range<Int>] = []
    for unit in TextReading(text, readingReferences: folds.contains(.references)).units
    where unit.scalar != TextReading.invalid {
      if folds.contains(.invisible), unit.has(.invisible) { continue }
      CharacterFolding.append(unit.scalar, under: folds, to: &characters)
      while bytes.count < characters.count { bytes.append(Int(unit.start)..<Int(unit.end)) }
    }
    self.characters = characters
    self.bytes = bytes
  }

  /// A character that hides or pretends, and what to call it.
  package struct Disguise: Equatable, Sendable {
    package let bytes: Range<Int>
    /// `U+200B zero width space`, `Cyrillic і for Latin i`.
    package let name: String
  }

  /// The hidden and look-alike characters of a text, in order. A letter of another script counts only in a word that has
  /// letters of Latin too.
  package static func disguises(in text: UnsafeRawBufferPointer) -> [Disguise] {
    let units = TextReading(text, readingReferences: false).units
    var disguises: [Disguise] = []
    var word: [TextReading.Unit] = []
    func endWord() {
      if word.contains(where: { $0.has(.latin) && !$0.has(.cyrillic) }) {
        disguises += word.compactMap { lookAlike($0).map { Disguise(bytes: $0.bytes, name: $0.name) } }
      }
      word.removeAll(keepingCapacity: true)
    }
    for unit in units where unit.scalar != TextReading.invalid {
      if unit.has(.invisible) {
        disguises.append(Disguise(bytes: Int(unit.start)..<Int(unit.end), name: name(ofInvisible: unit.scalar)))
      } else if unit.has(.word) {
        word.append(unit)
      } else if !unit.has(.attached) {
        endWord()
      }
    }
    endWord()
    return disguises.sorted { $0.bytes.lowerBound < $1.bytes.lowerBound }
  }

  private static func lookAlike(_ unit: TextReading.Unit) -> Disguise? {
    guard let letter = LookAlikes.likeness(unit.scalar), let like = Unicode.Scalar(letter),
      let scalar = Unicode.Scalar(unit.scalar), let script = LookAlikes.script(unit.scalar)
    else { return nil }
    return Disguise(bytes: Int(unit.start)..<Int(unit.end), name: "\(script) \(scalar) for Latin \(like)")
  }

  private static func name(ofInvisible scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    guard let name = Unicode.Scalar(scalar)?.properties.name else { return code }
    return code + " " + name.lowercased()
  }
}
