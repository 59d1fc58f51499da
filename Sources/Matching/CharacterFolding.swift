/// Folds a single character. Every other part of the matcher builds on this.
///
/// Canonical decomposition always applies: two encodings of one character are no disguise. Then compatibility forms,
/// letter case, accents and Chinese variants follow in this order, each only if its fold is chosen.
/// Cost:   O(1), with one dictionary lookup per chosen fold.
/// Source: UAX #15 for decompositions; Unicode full case folding; UAX #38 for Chinese variants.
package enum CharacterFolding {
  /// Appends what `scalar` folds to: nothing for a dropped mark, several characters for a ligature.
  ///
  /// Shape:  in the order of the decomposition: `É` gives `e` under letter case and accents, `ﬁ` gives `f`, `i` under
  ///         compatibility forms.
  /// Limits: of invisible characters only variation selectors are dropped here; callers leave out the others.
  package static func append(_ scalar: UInt32, under folds: Folds, to out: inout [UInt32]) {
    if scalar < 0x80 {
      out.append(folds.contains(.letterCase) && scalar &- 0x41 < 26 ? scalar | 0x20 : scalar)
      return
    }
    if folds.contains(.invisible), isVariationSelector(scalar) { return }
    if folds.contains(.compatibility), isSkinTone(scalar) { return }
    if 0xAC00...0xD7A3 ~= scalar { return appendHangul(scalar, to: &out) }
    let tables = self.tables
    let decomposed =
      (folds.contains(.compatibility) ? tables.compatibility[scalar] : nil) ?? tables.canonical[scalar] ?? [scalar]
    for part in decomposed {
      let cased = folds.contains(.letterCase) ? tables.letterCase[part] : nil
      if let cased {
        for letter in cased { finish(letter, under: folds, to: &out) }
      } else {
        finish(part, under: folds, to: &out)
      }
    }
  }

  /// Whether a space in a spelling matches the character: spaces, dashes and low lines.
  ///
  /// Cost:   O(1), without a table.
  /// Limits: zero-width characters, such as U+200B, are not separators.
  package static func isSeparator(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09...0x0D, 0x20, 0x2D, 0x5F, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2010...0x2015, 0x2028, 0x2029, 0x202F,
      0x205F, 0x2212, 0x3000, 0xFE58, 0xFE63, 0xFF0D, 0xFF3F:
      true
    default: false
    }
  }

  /// Whether the character is a separator but not a dash or low line.
  ///
  /// Limits: tabs and line ends count as blanks.
  package static func isBlank(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2D, 0x5F, 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D, 0xFF3F: false
    default: isSeparator(scalar)
    }
  }

  /// VS1 to VS16, the supplementary selectors and the Mongolian ones.
  package static func isVariationSelector(_ scalar: UInt32) -> Bool {
    0xFE00...0xFE0F ~= scalar || 0xE0100...0xE01EF ~= scalar || 0x180B...0x180D ~= scalar
  }

  /// The Fitzpatrick modifiers of emoji.
  package static func isSkinTone(_ scalar: UInt32) -> Bool { 0x1F3FB...0x1F3FF ~= scalar }

  /// Marks that the accent fold drops: those of Latin, Greek, Cyrillic, Hebrew and Arabic, and tatweel. Vowel signs, as in
  /// Thai or Devanagari, and the voicing marks of kana stay.
  package static func isDroppedMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x300...0x36F, 0x483...0x489, 0x591...0x5BD, 0x5BF, 0x5C1, 0x5C2, 0x5C4, 0x5C5, 0x5C7, 0x610...0x61A, 0x640,
      0x64B...0x65F, 0x670, 0x6D6...0x6DC, 0x6DF...0x6E4, 0x6E7, 0x6E8, 0x6EA...0x6ED, 0x1AB0...0x1AFF,
      0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F:
      true
    default: false
    }
  }

  /// Applies the folds of accents and Chinese variants to a decomposed, case-folded character.
  private static func finish(_ scalar: UInt32, under folds: Folds, to out: inout [UInt32]) {
    var scalar = scalar
    if folds.contains(.accents) {
      if isDroppedMark(scalar) { return }
      scalar = plainLetters[scalar] ?? scalar
    }
    if folds.contains(.chineseVariants), scalar >= 0x2E80 { scalar = tables.chinese[scalar] ?? scalar }
    out.append(scalar)
  }

  /// Decomposes a Hangul syllable by computation.
  private static func appendHangul(_ scalar: UInt32, to out: inout [UInt32]) {
    // The Unicode Standard, section 3.12.
    let index = scalar - 0xAC00
    out.append(0x1100 + index / 588)
    out.append(0x1161 + index % 588 / 28)
    if index % 28 != 0 { out.append(0x11A7 + index % 28) }
  }

  /// Letters with a stroke or dot that does not decompose, and Arabic letters that are often typed for one another.
  private static let plainLetters: [UInt32: UInt32] = [
    0xD0: 0x44, 0xF0: 0x64, 0x110: 0x44, 0x111: 0x64, 0xD8: 0x4F, 0xF8: 0x6F, 0x141: 0x4C, 0x142: 0x6C, 0x126: 0x48,
    0x127: 0x68, 0x166: 0x54, 0x167: 0x74, 0x131: 0x69,
    // ة ى ک ی ٱ ہ ھ ە
    0x629: 0x647, 0x649: 0x64A, 0x6A9: 0x643, 0x6CC: 0x64A, 0x671: 0x627, 0x6C1: 0x647, 0x6BE: 0x647, 0x6D5: 0x647,
  ]

  /// The parsed tables, built on first use.
  private struct Tables {
    /// NFD.
    let canonical = CharacterFolding.parsed(canonicalDecompositions)
    /// NFKD, where it differs from NFD.
    let compatibility = CharacterFolding.parsed(compatibilityDecompositions)
    let letterCase = CharacterFolding.parsed(caseFoldings)
    /// Chinese variants, each with the character of its family.
    let chinese: [UInt32: UInt32] = {
      let scalars = chineseVariantPairs.unicodeScalars.map(\.value)
      let pairs = stride(from: 0, to: scalars.count - 1, by: 2).map { (scalars[$0], scalars[$0 + 1]) }
      return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
    }()
  }

  private static let tables = Tables()

  /// Every character that some table changes, so that other tables need not try all of Unicode.
  ///
  /// Shape:  in no order; a character that several tables change occurs several times.
  /// Limits: Hangul syllables and ASCII capitals need not be included, since `append` folds them without a table.
  package static let foldedScalars: [UInt32] = {
    Array(tables.canonical.keys) + Array(tables.compatibility.keys) + Array(tables.letterCase.keys)
      + Array(tables.chinese.keys) + Array(plainLetters.keys)
  }()

  /// Parses `SOURCE=TARGET+TARGET` and `FIRST-LAST=TARGET`, in hexadecimal.
  private static func parsed(_ table: String) -> [UInt32: [UInt32]] {
    var result: [UInt32: [UInt32]] = [:]
    result.reserveCapacity(table.utf8.count / 8)
    var (number, source, last, targets): (UInt32, UInt32, UInt32, [UInt32]) = (0, 0, 0, [])
    func finish() {
      targets.append(number)
      if last > source {
        for offset in 0...(last - source) { result[source + offset] = [number + offset] }
      } else {
        result[source] = targets
      }
      (number, source, last, targets) = (0, 0, 0, [])
    }
    var isRun = false
    for byte in table.utf8 {
      switch byte {
      case UInt8(ascii: "-"): (source, number, isRun) = (number, 0, true)
      case UInt8(ascii: "="):
        if isRun { last = number } else { source = number }
        (number, isRun) = (0, false)
      case UInt8(ascii: "+"):
        targets.append(number)
        number = 0
      case UInt8(ascii: " "): finish()
      case 0x30...0x39: number = number << 4 | UInt32(byte - 0x30)
      default: number = number << 4 | UInt32(byte - 0x41 + 10)
      }
    }
    if source != 0 { finish() }
    return result
  }
}

/// A text folded as in the first reading, with the original position of each character.
///
/// Cost:   O(bytes); allocates both arrays.
package struct FoldedText: Equatable, Sendable {
  /// The folded characters.
  package let characters: [UInt32]
  /// For each of `characters`, the UTF-8 range of the original character.
  package let bytes: [Range<Int>]

  /// Folds a text. Bytes that are not UTF-8 are left out.
  ///
  /// Shape:  a character that folds to several has as many entries, all with its range; one that folds away has none.
  /// Limits: references are decoded and invisible characters left out only if `folds` says so.
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

  /// A hidden or look-alike character, with a name for it.
  package struct Disguise: Equatable, Sendable {
    /// The position of the character in the text, in UTF-8.
    package let bytes: Range<Int>
    /// `U+200B zero width space`, `Cyrillic і for Latin i`.
    package let name: String
  }

  /// The hidden and look-alike characters of a text, in order. A letter of another script counts only in a word that also
  /// has Latin letters.
  ///
  /// Units:  UTF-8 offsets in the text as it is; HTML character references are not decoded.
  /// Cost:   O(bytes), with a search of the look-alike table for each letter found; for showing a text, not for
  ///         scanning.
  /// Fails:  never; bytes that are not UTF-8 are skipped.
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

  /// The disguise that a look-alike letter is; nil for other letters.
  private static func lookAlike(_ unit: TextReading.Unit) -> Disguise? {
    guard let letter = LookAlikes.likeness(unit.scalar), let like = Unicode.Scalar(letter),
      let scalar = Unicode.Scalar(unit.scalar), let script = LookAlikes.script(unit.scalar)
    else { return nil }
    return Disguise(bytes: Int(unit.start)..<Int(unit.end), name: "\(script) \(scalar) for Latin \(like)")
  }

  /// `U+200B zero width space`; the code point alone for a character without a name.
  private static func name(ofInvisible scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    let code = "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    guard let name = Unicode.Scalar(scalar)?.properties.name else { return code }
    return code + " " + name.lowercased()
  }
}
