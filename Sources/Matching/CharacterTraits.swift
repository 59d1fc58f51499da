import CPlatform
import SmallFormats
import Synchronization

/// What the matcher needs to know about a character.
///
/// Shape:  bits above those of a Unicode scalar, so that one `UInt32` holds a folded character and its traits.
package struct CharacterTraits: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// A letter, digit or combining mark: what words consist of.
  package static let word = CharacterTraits(rawValue: 1 << 21)
  /// A character of a script without spaces between words.
  package static let borderless = CharacterTraits(rawValue: 1 << 22)
  /// What a space in a spelling matches.
  package static let separator = CharacterTraits(rawValue: 1 << 23)
  /// What may stand between the letters of a spaced-out word, separators included.
  package static let spacer = CharacterTraits(rawValue: 1 << 24)
  /// A character without visible form.
  package static let invisible = CharacterTraits(rawValue: 1 << 25)
  /// A mark, variation selector or skin tone that folds away with the character before it.
  package static let attached = CharacterTraits(rawValue: 1 << 26)
  /// Folds to several characters.
  package static let expands = CharacterTraits(rawValue: 1 << 27)
  /// A digit or sign that may stand for a letter.
  package static let leet = CharacterTraits(rawValue: 1 << 28)
  /// A decimal digit.
  package static let digit = CharacterTraits(rawValue: 1 << 29)
  /// Two bits for scripts whose letters are mistaken for one another: Latin, Cyrillic, and both bits for Greek, Armenian,
  /// Cherokee, Coptic and Lisu.
  package static let latin = CharacterTraits(rawValue: 1 << 30)
  /// Cyrillic letters.
  package static let cyrillic = CharacterTraits(rawValue: 1 << 31)
  /// The mask of both script bits.
  package static let script: CharacterTraits = [.latin, .cyrillic]

  /// The traits of a character, without what it folds to.
  ///
  /// Limits: a character that folds to another also has the word and script traits of what it first folds to.
  /// Cost:   O(1), one lookup.
  package static func of(_ scalar: UInt32) -> CharacterTraits {
    CharacterTraits(rawValue: CharacterTable.entry(scalar) & ~CharacterTable.scalarMask)
  }
}

/// One lookup per character: what it folds to in the first reading, and its traits.
///
/// Shape:  the lower 21 bits hold the folded character, the upper bits the traits. For a character that expands, the lower
///         bits are an index into `expansions`, which has a count and then the characters. A letter that looks like an
///         ASCII letter without being of another script (ɪ, ᴠ) expands to itself; the sign it gives is above the count.
/// Cost:   768 KB for planes 0 to 2, of which few pages are ever touched.
package enum CharacterTable {
  /// Characters below this have an entry of their own.
  package static let directCount: UInt32 = 0x30000
  /// The bits of an entry that hold a character or an index.
  package static let scalarMask: UInt32 = 0x1FFFFF

  /// `directCount` entries, valid for the life of the program.
  package static var entries: UnsafePointer<UInt32> { tables.entries.base }
  /// For each expanding character a count, then its characters.
  package static var expansions: UnsafePointer<UInt32> { tables.expansions.base }

  /// The folds of the first reading, which every text gets.
  package static let firstReading: Folds = [.letterCase, .compatibility, .accents, .chineseVariants, .invisible]

  /// Builds the tables of the matcher that depend on no spelling, where they are not built yet. To be called on a thread of
  /// its own, while what spellings are made from is being read.
  package static func prepare() {
    _ = tables
    _ = LookAlikes.kinds
  }

  /// The entry of any character.
  ///
  /// Fails:  never; `TextReading.invalid` and surrogates give an entry without traits.
  /// Cost:   O(1); the tables are built on first use.
  @inline(__always)
  package static func entry(_ scalar: UInt32) -> UInt32 {
    scalar < directCount ? tables.entries.base[Int(scalar)] : rareEntry(scalar)
  }

  /// The entry of a character above plane 2: ideographs, variation selectors and tags, else no traits.
  private static func rareEntry(_ scalar: UInt32) -> UInt32 {
    var traits: CharacterTraits = []
    if scalar < 0x40000 {
      traits = [.word, .borderless]
    } else if CharacterFolding.isVariationSelector(scalar) {
      traits = [.attached, .invisible]
    } else if 0xE0000...0xE007F ~= scalar {
      traits = .invisible
    }
    return scalar | traits.rawValue
  }

  /// The tables behind `entries` and `expansions`.
  private struct Tables: Sendable {
    let entries: FixedTable<UInt32>
    let expansions: FixedTable<UInt32>
  }

  /// Tables that an archive holds, for `tables` to use instead of building them.
  private static let archived = Mutex<Tables?>(nil)

  /// The next tables of an archive, which are used where none were needed before.
  ///
  /// Limits: they stay in memory as long as the program.
  static func take(from archive: inout ArchiveReader) throws(ArchiveError) {
    let tables = Tables(entries: try FixedTable(from: &archive), expansions: try FixedTable(from: &archive))
    guard tables.entries.count == Int(directCount) else { throw .damaged }
    archived.withLock { $0 = tables }
  }

  /// Adds the tables to an archive.
  static func write(to archive: inout ArchiveWriter) {
    tables.entries.write(to: &archive)
    tables.expansions.write(to: &archive)
  }

  /// From an archive, else built on first use, from the folding of every character that changes.
  private static let tables: Tables = archived.withLock { $0 } ?? built()

  private static func built() -> Tables {
    var entries = (0..<directCount).map { $0 | rawTraits($0).rawValue }
    var expansions: [UInt32] = []
    var folded: [UInt32] = []
    let changing = CharacterFolding.foldedScalars + Array(0x41...0x5A) + Array(0xAC00...0xD7A3)
    for scalar in changing where scalar < directCount {
      folded.removeAll(keepingCapacity: true)
      CharacterFolding.append(scalar, under: firstReading, to: &folded)
      guard let first = folded.first else { continue }
      var traits = rawTraits(scalar)
      traits.formUnion(rawTraits(first).intersection([.word, .borderless, .script]))
      if CharacterFolding.isSeparator(scalar) { traits = rawTraits(scalar) }
      if folded.count == 1 {
        entries[Int(scalar)] = (traits.contains(.separator) ? 0x20 : first) | traits.rawValue
      } else {
        entries[Int(scalar)] = UInt32(expansions.count) | traits.union(.expands).rawValue
        expansions.append(UInt32(folded.count))
        expansions.append(contentsOf: folded)
      }
    }
    for scalar in 0..<UInt32(0x10000) where CharacterFolding.isSeparator(scalar) {
      entries[Int(scalar)] = 0x20 | rawTraits(scalar).rawValue
    }
    for scalar in LookAlikes.latinForms {
      let entry = entries[Int(scalar)]
      guard entry & CharacterTraits.expands.rawValue == 0 else { continue }
      entries[Int(scalar)] = UInt32(expansions.count) | entry & ~scalarMask | CharacterTraits.expands.rawValue
      expansions.append(UInt32(LP_SIGN_SCRIPTS) << 16 | 1)
      expansions.append(entry & scalarMask)
    }
    return Tables(entries: FixedTable(entries), expansions: FixedTable(expansions))
  }

  /// The traits of the character itself, before those of what it folds to are added.
  private static func rawTraits(_ scalar: UInt32) -> CharacterTraits {
    if 0xD800...0xDFFF ~= scalar { return [] }
    var traits: CharacterTraits = []
    if CharacterFolding.isSeparator(scalar) { traits.formUnion([.separator, .spacer]) }
    if isSpacer(scalar) { traits.insert(.spacer) }
    if isInvisible(scalar) { traits.insert(.invisible) }
    if CharacterFolding.isVariationSelector(scalar) || CharacterFolding.isDroppedMark(scalar)
      || CharacterFolding.isSkinTone(scalar)
    {
      return traits.union(.attached)
    }
    if LookAlikes.leetLetters(scalar) != nil { traits.insert(.leet) }
    traits.formUnion(script(scalar))
    if isBorderless(scalar) { traits.insert(.borderless) }
    if scalar >= 0x20000 {
      traits.insert(.word)
    } else if let category = Unicode.Scalar(scalar)?.properties.generalCategory {
      if isWord(category) { traits.insert(.word) }
      if category == .decimalNumber { traits.insert(.digit) }
    }
    if !traits.contains(.word) { traits.subtract([.borderless, .latin, .cyrillic]) }
    return traits
  }

  /// Whether characters of a category are parts of words.
  private static func isWord(_ category: Unicode.GeneralCategory) -> Bool {
    switch category {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      true
    default: false
    }
  }

  /// The script bits of a character. Source: the blocks of the Unicode Standard.
  private static func script(_ scalar: UInt32) -> CharacterTraits {
    switch scalar {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x250...0x2AF, 0x1D00...0x1DBF, 0x1E00...0x1EFF, 0xA720...0xA7FF,
      0xAB30...0xAB6F:
      .latin
    case 0x400...0x52F, 0x1C80...0x1C8F, 0xA640...0xA69F: .cyrillic
    case 0x370...0x3FF, 0x1F00...0x1FFF, 0x530...0x58F, 0x13A0...0x13FF, 0xAB70...0xABBF, 0x2C80...0x2CFF,
      0xA4D0...0xA4FF:
      .script
    default: []
    }
  }

  /// Thai, Lao, Burmese, Khmer, Chinese, Japanese and Bopomofo.
  private static func isBorderless(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x19E0...0x19FF, 0xA9E0...0xA9FF, 0xAA60...0xAA7F,
      0x2E80...0x2FDF, 0x3005...0x3007, 0x3021...0x302D, 0x3031...0x3035, 0x3038...0x303C, 0x3040...0x312F,
      0x31A0...0x31BF, 0x31F0...0x31FF, 0x3220...0x3229, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0xFF66...0xFF9F,
      0x16FE2...0x16FE4, 0x16FF0...0x16FF1, 0x1AFF0...0x1AFFE, 0x1B000...0x1B16F, 0x1D360...0x1D371, 0x20000...0x3FFFF:
      true
    default: false
    }
  }

  /// Signs that people put between letters to hide a word. Signs that Chinese lists and sentences need are left out.
  private static func isSpacer(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x23, 0x27...0x2F, 0x3A...0x3E, 0x5B...0x60, 0x7B...0x7E, 0xA7, 0xAB, 0xAC, 0xAF, 0xB0, 0xB4,
      0xB6...0xB8,
      0xBB, 0xD7, 0xF7, 0x2010...0x2027, 0x2030...0x205E, 0x2190...0x21FF, 0x2200...0x22FF, 0x2500...0x25FF,
      0x30FB, 0xFF0A, 0xFF0B, 0xFF0D...0xFF0F, 0xFF3C...0xFF3F, 0xFF5C, 0xFF5E, 0xFF65:
      true
    default: false
    }
  }

  /// Zero-width and filler characters, bidi controls and variation selectors.
  private static func isInvisible(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x200B...0x200F, 0x202A...0x202E,
      0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A:
      true
    default: false
    }
  }
}
