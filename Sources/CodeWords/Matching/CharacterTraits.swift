/// What the matcher needs to know of a character as it stands in the text.
package struct CharacterTraits: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A letter, a digit or a mark of one: what a word consists of.
  package static let word = CharacterTraits(rawValue: 1 << 21)
  /// A character of a script that writes without blanks between words.
  package static let borderless = CharacterTraits(rawValue: 1 << 22)
  /// What a blank in a spelling matches.
  package static let separator = CharacterTraits(rawValue: 1 << 23)
  /// What may stand between the letters of a spaced-out word, separators included.
  package static let spacer = CharacterTraits(rawValue: 1 << 24)
  /// A character that shows nothing.
  package static let invisible = CharacterTraits(rawValue: 1 << 25)
  /// A mark, variation selector or skin tone that folds to nothing and belongs to the character before it.
  package static let attached = CharacterTraits(rawValue: 1 << 26)
  /// Folds to several characters.
  package static let expands = CharacterTraits(rawValue: 1 << 27)
  /// A digit or sign that may stand for a letter.
  package static let leet = CharacterTraits(rawValue: 1 << 28)
  /// A blank: tells spaced-out Chinese from punctuated.
  package static let blank = CharacterTraits(rawValue: 1 << 29)
  /// A letter of ASCII, or one that decomposes to it.
  package static let latin = CharacterTraits(rawValue: 1 << 30)
  /// A letter that looks like one of another script.
  package static let lookAlike = CharacterTraits(rawValue: 1 << 31)

  static func of(_ scalar: UInt32) -> CharacterTraits {
    scalar < CharacterTable.directCount
      ? CharacterTraits(rawValue: CharacterTable.entries[Int(scalar)] & ~CharacterTable.scalarMask)
      : CharacterTable.rareTraits(scalar)
  }
}

/// One look-up per character: what it folds to under all folds of a first reading, and its traits.
///
/// Shape:  an entry holds the folded character in its lower 21 bits and the traits above; of a character that expands
///         or is attached, the lower bits are the character itself.
/// Units:  planes 0 and 1 have an entry each (512 KB); planes 2 and 3 are Chinese characters throughout.
enum CharacterTable {
  static let directCount: UInt32 = 0x20000
  static let scalarMask: UInt32 = 0x1FFFFF

  static let entries: [UInt32] = {
    var entries = (0..<directCount).map { $0 | rawTraits($0).rawValue }
    var folded: [UInt32] = []
    let expanding = CharacterFolding.foldedScalars + Array(0x41...0x5A) + Array(0xAC00...0xD7A3)
    for scalar in expanding where scalar < directCount {
      folded.removeAll(keepingCapacity: true)
      CharacterFolding.append(scalar, under: firstReading, to: &folded)
      var traits = rawTraits(scalar)
      if let first = folded.first {
        let firstTraits = rawTraits(first)
        traits.formUnion(firstTraits.intersection([.word, .latin]))
        if firstTraits.contains(.borderless) { traits.insert(.borderless) }
      }
      if folded.count > 1 { traits.insert(.expands) }
      entries[Int(scalar)] = (folded.count == 1 ? folded[0] : scalar) | traits.rawValue
    }
    return entries
  }()

  /// The folds that the first reading of every text sees through.
  static let firstReading: Folds = [.letterCase, .compatibility, .accents, .chineseVariants, .invisible]

  /// The entry of any character.
  @inline(__always)
  static func entry(_ scalar: UInt32) -> UInt32 {
    scalar < directCount ? entries[Int(scalar)] : rareEntry(scalar)
  }

  static func rareEntry(_ scalar: UInt32) -> UInt32 {
    var folded: [UInt32] = []
    CharacterFolding.append(scalar, under: firstReading, to: &folded)
    return (folded.count == 1 ? folded[0] : scalar) | rareTraits(scalar).rawValue
  }

  static func rareTraits(_ scalar: UInt32) -> CharacterTraits {
    if scalar < 0x40000 { return [.word, .borderless] }
    if CharacterFolding.isVariationSelector(scalar) { return [.attached, .invisible] }
    return 0xE0000...0xE007F ~= scalar ? .invisible : []
  }

  private static func rawTraits(_ scalar: UInt32) -> CharacterTraits {
    if 0xD800...0xDFFF ~= scalar { return [] }
    var traits: CharacterTraits = []
    if CharacterFolding.isSeparator(scalar) { traits.formUnion([.separator, .spacer]) }
    if scalar < 0x21 || (scalar >= 0x80 && isBlank(scalar)) { traits.insert(.blank) }
    if isSpacer(scalar) { traits.insert(.spacer) }
    if isInvisible(scalar) { traits.insert(.invisible) }
    if CharacterFolding.isVariationSelector(scalar) || CharacterFolding.isDroppedMark(scalar)
      || CharacterFolding.isSkinTone(scalar)
    {
      return traits.union(.attached)
    }
    if LookAlikes.leetLetters(scalar) != nil { traits.insert(.leet) }
    if LookAlikes.likeness(scalar) != nil { traits.insert(.lookAlike) }
    if (scalar | 0x20) &- 0x61 < 26 { traits.insert(.latin) }
    if isBorderless(scalar) { traits.insert(.borderless) }
    if let scalar = Unicode.Scalar(scalar), isWord(scalar.properties.generalCategory) { traits.insert(.word) }
    if !traits.contains(.word) { traits.remove(.borderless) }
    return traits
  }

  private static func isWord(_ category: Unicode.GeneralCategory) -> Bool {
    switch category {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }

  private static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Thai, Lao, Burmese, Khmer, Chinese, Japanese and Bopomofo.
  private static func isBorderless(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x19E0...0x19FF, 0xA9E0...0xA9FF, 0xAA60...0xAA7F,
      0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x3029, 0x3031...0x3035, 0x3038...0x303C, 0x3040...0x312F,
      0x31A0...0x31BF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF, 0xFF66...0xFF9F,
      0x1B000...0x1B16F, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// Signs that are set between letters to hide a word; not those that Chinese lists and sentences are built with.
  private static func isSpacer(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x23, 0x27...0x2F, 0x3A...0x3E, 0x5B...0x60, 0x7B...0x7E, 0xA7, 0xAB, 0xAC, 0xAF, 0xB0, 0xB4,
      0xB6...0xB8,
      0xBB, 0xD7, 0xF7, 0x2010...0x2027, 0x2030...0x205E, 0x2190...0x21FF, 0x2200...0x22FF, 0x2500...0x27BF,
      0x30FB, 0xFF0A, 0xFF0B, 0xFF0D...0xFF0F, 0xFF3C...0xFF3F, 0xFF5C, 0xFF5E, 0xFF65:
      true
    default: false
    }
  }

  private static func isInvisible(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E,
      0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB:
      true
    default: false
    }
  }
}
