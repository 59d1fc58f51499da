/// A spelling made ready to be held against a text under a choice of folds.
package struct SpellingPattern {
  package static let blank: UInt32 = 0x20

  /// The folded characters; a run of separators is one blank, none stand at the ends.
  package let characters: [UInt32]
  package let folds: Folds
  package let borders: Spelling.Borders
  /// For each character, how many letters the word it belongs to has; 0 where it has signs too.
  package let wordLengths: [Int]
  package let letterCount: Int
  /// All of its letters are of scripts that write without blanks.
  package let isBorderless: Bool
  package let hasBlanks: Bool

  package init(_ spelling: Spelling, under folds: Folds) {
    self.init(spelling.text, borders: spelling.borders, under: folds)
  }

  package init(_ text: String, borders: Spelling.Borders, under folds: Folds) {
    self.folds = folds
    self.borders = borders
    let characters = Self.folded(text, under: folds)
    self.characters = characters
    let words = characters.split(separator: Self.blank, omittingEmptySubsequences: false)
    var wordLengths: [Int] = []
    for (place, word) in words.enumerated() {
      if place > 0 { wordLengths.append(0) }
      let traits = word.map { CharacterTraits.of($0) }
      let isPlain = traits.allSatisfy { $0.contains(.word) }
      let length = isPlain ? traits.count { !$0.contains(.digit) } : 0
      wordLengths.append(contentsOf: repeatElement(length, count: word.count))
    }
    self.wordLengths = wordLengths
    let letters = characters.filter { CharacterTraits.of($0).contains(.word) }
    letterCount = letters.count
    isBorderless = !letters.isEmpty && letters.allSatisfy { CharacterTraits.of($0).contains(.borderless) }
    hasBlanks = words.count > 1
  }

  package var byteCount: Int {
    MemoryLayout<Self>.stride + characters.count * (MemoryLayout<UInt32>.stride + MemoryLayout<Int>.stride)
  }

  /// The shortest words that digits, signs, repeats and gaps are seen through.
  package static let shortestDisguised = 4

  /// Whether it may be written with its letters apart.
  package var mayBeSpacedOut: Bool {
    folds.contains(.spacing) && letterCount >= (isBorderless ? 2 : Self.shortestDisguised)
  }

  /// Whether its words may be written as one.
  package var mayBeJoined: Bool { folds.contains(.spacing) && hasBlanks && letterCount >= Self.shortestDisguised }

  package static func folded(_ text: String, under folds: Folds) -> [UInt32] {
    var characters: [UInt32] = []
    var scalars: [UInt32] = []
    for scalar in text.unicodeScalars.map(\.value) {
      if scalar == 0x306, let last = scalars.last, last | 0x20 == 0x438 {
        scalars[scalars.count - 1] = last + 1
      } else {
        scalars.append(scalar)
      }
    }
    var isBlank = false
    for scalar in scalars {
      if CharacterFolding.isSeparator(scalar) {
        isBlank = !characters.isEmpty
        continue
      }
      if folds.contains(.invisible), CharacterTraits.of(scalar).contains(.invisible) { continue }
      let count = characters.count
      CharacterFolding.append(scalar, under: folds, to: &characters)
      if isBlank, characters.count > count {
        characters.insert(blank, at: count)
        isBlank = false
      }
    }
    return characters
  }
}
