import Matching

/// What the reader of words needs to know about a character, in one lookup.
///
/// Shape:  the lower 21 bits are the class of letters that pass for one another (`LookAlikes.kind`), the upper bits what the
///         character is. For one that expands, the lower bits are its place in `expansions`.
/// Cost:   768 KB, built on first use.
enum LetterTable {
  static let kindMask: UInt32 = 0x1FFFFF
  /// A part of a word.
  static let word: UInt32 = 1 << 21
  /// Of a script without blanks between words: a word by itself.
  static let borderless: UInt32 = 1 << 22
  /// Without a form of its own.
  static let skipped: UInt32 = 1 << 23
  /// A digit, whose value is in the upper four bits.
  static let digit: UInt32 = 1 << 24
  /// A sign that stands for a letter inside a word.
  static let sign: UInt32 = 1 << 25
  /// Folds to several letters.
  static let expands: UInt32 = 1 << 26
  /// Belongs to the borderless character before it: a vowel or mark of Thai, Lao, Khmer, Burmese.
  static let follows: UInt32 = 1 << 27
  /// Belongs to the borderless character behind it: a Thai or Lao vowel that is written first.
  static let leads: UInt32 = 1 << 28
  /// A sign of a currency.
  static let currency: UInt32 = 1 << 29

  /// Characters below this have an entry.
  static let count: UInt32 = 0x30000

  static var entries: UnsafePointer<UInt32> { tables.entries.base }
  /// A count, then as many kinds, for each character that expands.
  static var expansions: UnsafePointer<UInt32> { tables.expansions.base }

  /// The entry of a character above the table: ideographs count as words, all else as nothing.
  static func rare(_ scalar: UInt32) -> UInt32 { scalar < 0x40000 ? scalar | word | borderless : skipped }

  private static let tables: (entries: FixedTable<UInt32>, expansions: FixedTable<UInt32>) = {
    var expansions: [UInt32] = []
    let entries = (0..<count).map { entry($0, &expansions) }
    return (FixedTable(entries), FixedTable(expansions))
  }()

  private static func entry(_ scalar: UInt32, _ expansions: inout [UInt32]) -> UInt32 {
    let known = CharacterTable.entry(scalar)
    let traits = CharacterTraits(rawValue: known & ~CharacterTable.scalarMask)
    if traits.contains(.invisible) || traits.contains(.attached) { return skipped }
    if isCurrency(scalar) { return currency | (traits.contains(.leet) ? sign | LookAlikes.kind(ofFolded: scalar) : 0) }
    guard traits.contains(.word) else { return traits.contains(.leet) ? sign | LookAlikes.kind(ofFolded: scalar) : 0 }
    var entry = word
    if traits.contains(.borderless) { entry |= borderless | vowel(scalar) }
    let folded = known & CharacterTable.scalarMask
    if traits.contains(.expands) {
      let parts = CharacterTable.expansions + Int(folded)
      let count = parts[0] & 0xFFFF
      if count == 1 { return entry | LookAlikes.kind(ofFolded: parts[1]) }
      entry |= expands | UInt32(expansions.count)
      expansions.append(count)
      for part in 1...Int(count) {
        expansions.append(LookAlikes.kind(ofFolded: parts[part] & CharacterTable.scalarMask))
      }
      return entry
    }
    if folded &- 0x30 < 10 { entry |= digit | (folded - 0x30) << 28 }
    return entry | LookAlikes.kind(ofFolded: folded)
  }

  /// Where a character of South-East Asian scripts belongs. Source: the Unicode Standard, chapter 16.
  private static func vowel(_ scalar: UInt32) -> UInt32 {
    switch scalar {
    case 0x0E40...0x0E44, 0x0EC0...0x0EC4: return leads
    case 0x0E2F...0x0E3A, 0x0E45...0x0E4E, 0x0EAF...0x0EBC, 0x0EC6...0x0ECE, 0x102B...0x103E, 0x1056...0x1059,
      0x17B6...0x17D3:
      return follows
    default: return 0
    }
  }

  private static func isCurrency(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x24, 0xA2...0xA5, 0x0E3F, 0x17DB, 0x20A0...0x20C0, 0xFF04, 0xFFE0, 0xFFE1, 0xFFE5, 0xFFE6: true
    default: false
    }
  }
}
