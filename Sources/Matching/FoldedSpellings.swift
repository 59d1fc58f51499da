import Listings

/// Spellings as the first reading sees them: what keys and facts are made of.
///
/// Shape:  the folded characters of all spellings, one after the other.
/// Cost:   nothing is allocated for each spelling.
struct FoldedSpellings: Sendable {
  /// The number of the first spelling.
  let first: Int
  private(set) var characters: [UInt32] = []
  /// Where the characters of each spelling begin, and one end.
  private(set) var starts: [UInt32] = [0]
  /// By spelling, whether its words may be written as one.
  private(set) var mayBeJoined: [Bool] = []
  private(set) var facts: [SpellingFacts] = []
  /// The UTF-8 of the spellings; `facts` count from its beginning.
  private(set) var texts: [UInt8] = []

  /// Folds spellings on all cores.
  ///
  /// Shape:  in parts, which follow one another.
  static func parts(of spellings: [Spelling]) -> [FoldedSpellings] {
    let step = 1024
    return Parallel.map((spellings.count + step - 1) / step) { part in
      var folded = FoldedSpellings(from: part * step)
      for spelling in spellings[part * step..<min(spellings.count, (part + 1) * step)] { folded.add(spelling) }
      return folded
    }
  }

  init(from first: Int) { self.first = first }

  /// How many spellings there are.
  var count: Int { mayBeJoined.count }

  /// The folded characters of a spelling, from 0 on.
  subscript(index: Int) -> ArraySlice<UInt32> { characters[Int(starts[index])..<Int(starts[index + 1])] }

  /// Adds a spelling, folded as `SpellingPattern` does under all folds of the first reading.
  mutating func add(_ spelling: Spelling) {
    let start = characters.count
    var isAfterSeparator = false
    var last: UInt32?
    for scalar in spelling.text.unicodeScalars {
      // A breve makes й of и, as in `TextReading`.
      if scalar.value == 0x306, let letter = last, letter | 0x20 == 0x438 {
        last = letter + 1
        continue
      }
      if let last { add(last, from: start, &isAfterSeparator) }
      last = scalar.value
    }
    if let last { add(last, from: start, &isAfterSeparator) }
    var (letters, hasBlanks) = (0, false)
    for character in characters[start...] {
      if CharacterTraits.of(character).contains(.word) { letters += 1 }
      if character == SpellingPattern.blank { hasBlanks = true }
    }
    mayBeJoined.append(
      spelling.folds.contains(.spacing) && hasBlanks && letters >= SpellingPattern.shortestDisguised)
    facts.append(
      SpellingFacts(
        spelling, first: start < characters.count ? characters[start] : 0,
        last: start < characters.count ? characters[characters.count - 1] : 0, at: texts.count))
    texts.append(contentsOf: spelling.text.utf8)
    starts.append(UInt32(characters.count))
  }

  /// Adds what a character folds to, and the blank before it.
  private mutating func add(_ scalar: UInt32, from start: Int, _ isAfterSeparator: inout Bool) {
    let entry = CharacterTable.entry(scalar)
    if entry & CharacterTraits.separator.rawValue != 0 {
      isAfterSeparator = characters.count > start
      return
    }
    if entry & CharacterTraits.invisible.rawValue != 0 { return }
    if entry & CharacterTraits.attached.rawValue != 0 || Self.isMarkAlone(scalar) {
      let count = characters.count
      CharacterFolding.append(scalar, under: CharacterTable.firstReading, to: &characters)
      if isAfterSeparator, characters.count > count {
        characters.insert(SpellingPattern.blank, at: count)
        isAfterSeparator = false
      }
      return
    }
    if isAfterSeparator {
      characters.append(SpellingPattern.blank)
      isAfterSeparator = false
    }
    if entry & CharacterTraits.expands.rawValue == 0 {
      characters.append(entry & CharacterTable.scalarMask)
    } else {
      let expansion = CharacterTable.expansions + Int(entry & CharacterTable.scalarMask)
      // Above the count is the sign that the character gives.
      for part in 1...Int(expansion[0] & 0xFFFF) { characters.append(expansion[part] & CharacterTable.scalarMask) }
    }
  }

  /// Whether a character is an Arabic mark that stands by itself, without a letter: it folds to nothing, for which the table
  /// has no room.
  private static func isMarkAlone(_ scalar: UInt32) -> Bool {
    0xFC5E...0xFC63 ~= scalar || 0xFCF2...0xFCF4 ~= scalar || 0xFE70...0xFE7F ~= scalar
  }
}
