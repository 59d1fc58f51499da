import Matching
import CodeWords

/// Characters that show nothing or control what is shown: their names, and where they are ordinary.
///
/// Cost:   O(1).
/// Source: Unicode Standard, chapter 23 (special areas and format characters); UTS #51 for emoji sequences; UAX #31,
///         section 2.3, for joiners; the short names are those of the Unicode code charts.
package enum HiddenCharacters {
  /// An abbreviation: `ZWSP`, `RLO`, `TAG:i`, `U+2061`.
  ///
  /// Fails:  never: a character without a short name gives its code point.
  package static func shortName(_ scalar: UInt32) -> String {
    if let name = names[scalar] { return name }
    switch scalar {
    case 0xFE00...0xFE0F: return "VS\(scalar - 0xFE00 + 1)"
    case 0xE0100...0xE01EF: return "VS\(scalar - 0xE0100 + 17)"
    case 0x180B...0x180D: return "FVS\(scalar - 0x180B + 1)"
    case 0xE0021...0xE007E: return "TAG:" + letter(ofTag: scalar)
    case 0xE0020: return "TAG:SPACE"
    case 0xE007F: return "TAG:END"
    default: return codePoint(scalar)
    }
  }

  /// The code point: `U+200B`.
  package static func codePoint(_ scalar: UInt32) -> String {
    let digits = String(scalar, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
  }

  /// The Unicode name or alias in lower case: `zero width space`; empty for a character without one.
  package static func longName(_ scalar: UInt32) -> String {
    let properties = Unicode.Scalar(scalar)?.properties
    return (properties?.name ?? properties?.nameAlias ?? "").lowercased()
  }

  /// The visible character that a tag character repeats.
  ///
  /// Example: U+E0069 gives `i`.
  package static func letter(ofTag scalar: UInt32) -> String {
    Unicode.Scalar(scalar & 0x7F).map { String(Character($0)) } ?? ""
  }

  /// Whether the character repeats a visible one as a tag.
  package static func isTag(_ scalar: UInt32) -> Bool { 0xE0020...0xE007F ~= scalar }

  /// Whether the character shows nothing. Tabs and line ends do not count.
  static func isHidden(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x09, 0x0A, 0x0D: false
    case 0...0x1F, 0x7F...0x9F, 0x2028, 0x2029, 0x2800, 0xE0001, 0xE0020...0xE007F: true
    default: CharacterTraits.of(scalar).contains(.invisible)
    }
  }

  private static let names: [UInt32: String] = [
    0x00: "NUL", 0x07: "BEL", 0x08: "BS", 0x0B: "VT", 0x0C: "FF", 0x1B: "ESC", 0x7F: "DEL", 0x85: "NEL", 0x9B: "CSI",
    0xAD: "SHY", 0x34F: "CGJ", 0x61C: "ALM", 0x115F: "HCF", 0x1160: "HJF", 0x180E: "MVS", 0x180F: "FVS4",
    0x200B: "ZWSP", 0x200C: "ZWNJ", 0x200D: "ZWJ", 0x200E: "LRM", 0x200F: "RLM", 0x2028: "LSEP", 0x2029: "PSEP",
    0x202A: "LRE", 0x202B: "RLE", 0x202C: "PDF", 0x202D: "LRO", 0x202E: "RLO", 0x2060: "WJ", 0x2066: "LRI",
    0x2067: "RLI", 0x2068: "FSI", 0x2069: "PDI", 0x3164: "HF", 0xFEFF: "BOM", 0xFFA0: "HWHF", 0xFFF9: "IAA",
    0xFFFA: "IAS", 0xFFFB: "IAT", 0xE0001: "LANGTAG",
  ]
}

/// Judges whether a hidden character is ordinary where it is.
struct HiddenCharacterContext {
  let units: [TextReading.Unit]
  /// Whether the text has letters that are written from right to left.
  let hasRightToLeft: Bool

  /// The grade of a hidden character; nil where it belongs to the text, as a joiner in Persian or in an emoji.
  func grade(of place: Int) -> DisguiseGrade? {
    let scalar = units[place].scalar
    let (before, behind) = (neighbour(place, -1), neighbour(place, 1))
    switch scalar {
    case 0x200C, 0x200D: return gradeOfJoiner(scalar, before, behind)
    case _ where CharacterFolding.isVariationSelector(scalar): return gradeOfSelector(scalar, place)
    case _ where HiddenCharacters.isTag(scalar): return isInFlag(place) ? nil : .plain
    case 0x200B: return isUnspaced(before) || isUnspaced(behind) ? .ordinary : .plain
    case 0x200E, 0x200F, 0x61C, 0x202A...0x202C, 0x2066...0x2069: return hasRightToLeft ? .ordinary : .plain
    case 0x2028, 0x2029: return .ordinary
    case 0xFEFF: return units[place].start == 0 ? .ordinary : .plain
    case 0x17B4, 0x17B5: return isUnspaced(before) ? .ordinary : .plain
    case 0x115F, 0x1160: return isJamo(before) || isJamo(behind) ? .ordinary : .plain
    default: return .plain
    }
  }

  /// Joiners are part of some scripts and of emoji sequences.
  private func gradeOfJoiner(_ scalar: UInt32, _ before: UInt32, _ behind: UInt32) -> DisguiseGrade? {
    if usesJoiners(before), usesJoiners(behind) { return nil }
    if scalar == 0x200D, isPictograph(before), isPictograph(behind) { return nil }
    // Typed at the end of a Persian word, or left over from an emoji: it separates nothing.
    if usesJoiners(before) || usesJoiners(behind) || isPictograph(before) { return .ordinary }
    return .plain
  }

  /// A variation selector is ordinary directly behind an emoji or sign, behind the digit of a keycap, in Mongolian, and, if
  /// it is a supplementary one, behind a Chinese character.
  private func gradeOfSelector(_ scalar: UInt32, _ place: Int) -> DisguiseGrade? {
    guard place > 0 else { return .plain }
    let before = units[place - 1].scalar
    if isPictograph(before) || before == 0x23 || before == 0x2A || 0x30...0x39 ~= before { return nil }
    if 0x180B...0x180D ~= scalar, 0x1800...0x18AF ~= before { return nil }
    if scalar >= 0xE0100, Script.script(of: before) == .han { return nil }
    return .plain
  }

  /// Whether a tag is part of the flag of England, Scotland or Wales: a black flag followed by tags.
  ///
  /// Cost:   O(tags before it).
  private func isInFlag(_ place: Int) -> Bool {
    var place = place
    while place > 0, HiddenCharacters.isTag(units[place].scalar) { place -= 1 }
    return units[place].scalar == 0x1F3F4
  }

  /// The next character in a direction that is neither hidden nor a mark; 0 at the ends.
  ///
  /// Units:  a Unicode scalar value.
  private func neighbour(_ place: Int, _ step: Int) -> UInt32 {
    var place = place + step
    while units.indices.contains(place) {
      let unit = units[place]
      // The marks of joining scripts belong to their letters, skin tones and selectors to their emoji.
      if !unit.has(.attached), !HiddenCharacters.isHidden(unit.scalar) { return unit.scalar }
      place += step
    }
    return 0
  }

  /// Whether the script uses joiners: Arabic, the scripts of India, Burmese, Khmer and Mongolian.
  private func usesJoiners(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x600...0x8FF, 0x900...0xDFF, 0xF00...0x109F, 0x1780...0x18AF, 0xFB50...0xFDFF, 0xFE70...0xFEFC: true
    default: false
    }
  }

  /// Whether the script has no spaces between words.
  private func isUnspaced(_ scalar: UInt32) -> Bool {
    switch Script.script(of: scalar) {
    case .thai, .lao, .khmer, .burmese, .tibetan, .kana: true
    default: 0xE00...0xEFF ~= scalar || 0x1780...0x17FF ~= scalar || 0x1000...0x109F ~= scalar
    }
  }

  private func isJamo(_ scalar: UInt32) -> Bool { 0x1100...0x11FF ~= scalar || 0xA960...0xA97F ~= scalar }

  private func isPictograph(_ scalar: UInt32) -> Bool { PictographCharacters.contains(scalar) }
}

/// Emoji, and signs that are shown as emoji.
enum PictographCharacters {
  /// Whether a character is shown, or may be shown, as a picture.
  static func contains(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA9, 0xAE, 0x203C, 0x2049, 0x2122, 0x2139, 0x2190...0x21FF, 0x2300...0x23FF, 0x24C2, 0x25A0...0x27BF,
      0x2934, 0x2935, 0x2B00...0x2BFF, 0x3030, 0x303D, 0x3297, 0x3299, 0x1F000...0x1FAFF:
      true
    default: false
    }
  }
}
