/// What a character says for or against a text being of the languages of an encoding: 1 for it, below 0 against it.
struct LetterWorth {
  private let encoding: TextEncoding

  init(_ encoding: TextEncoding) { self.encoding = encoding }

  func worth(of scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    // Private use, controls: a text has none.
    if (0xE000...0xF8FF).contains(scalar) || scalar < 0xA0 || scalar > 0x2FFFF { return -2 }
    return switch encoding {
    case .gb18030, .big5: chinese(scalar)
    case .shiftJIS: japanese(scalar, before, after)
    case .korean: korean(scalar)
    case .windows1251: cyrillic(scalar, before, after)
    case .windows874: thai(scalar, before, after)
    case .windows1258: vietnamese(scalar, before, after)
    default: western(scalar, before, after)
    }
  }

  // MARK: East Asia

  private func chinese(_ scalar: UInt32) -> Double {
    if CommonCharacters.chinese.contains(scalar) { return 1 }
    if Self.isHan(scalar) { return -0.15 }
    if Self.isWide(scalar) || Self.isMark(scalar) { return 0.4 }
    return -0.7
  }

  private func japanese(_ scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    if (0x3041...0x30FE).contains(scalar) { return 1 }
    if CommonCharacters.japanese.contains(scalar) || CommonCharacters.chinese.contains(scalar) { return 1 }
    if Self.isHan(scalar) { return -0.15 }
    // Single bytes of other scripts all look like these.
    if (0xFF61...0xFF9F).contains(scalar) { return -0.3 }
    return Self.isWide(scalar) || Self.isMark(scalar) ? 0.4 : -0.7
  }

  private func korean(_ scalar: UInt32) -> Double {
    if CommonCharacters.korean.contains(scalar) { return 1 }
    if (0xAC00...0xD7A3).contains(scalar) { return 0 }
    if Self.isHan(scalar) { return -0.7 }
    return Self.isWide(scalar) || Self.isMark(scalar) ? 0.3 : -0.7
  }

  static func isHan(_ scalar: UInt32) -> Bool { (0x4E00...0x9FFF).contains(scalar) }
  private static func isWide(_ scalar: UInt32) -> Bool {
    (0x3000...0x301F).contains(scalar) || (0xFF01...0xFF5E).contains(scalar) || scalar == 0xFFE5
  }

  /// Quotes, dashes, dots, currency and degree signs, which all encodings have.
  private static func isMark(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2013...0x2026, 0x20AC, 0x2116, 0x2122, 0xA0, 0xA9, 0xAB, 0xAE, 0xB0, 0xB1, 0xB7, 0xBB: true
    default: false
    }
  }

  // MARK: Letters

  private static func isASCIILetter(_ scalar: UInt32) -> Bool { scalar < 0x80 && (scalar | 0x20) &- 0x61 < 26 }
  private static func isSmallASCII(_ scalar: UInt32) -> Bool { scalar &- 0x61 < 26 }
  private static func isCyrillic(_ scalar: UInt32) -> Bool { (0x400...0x45F).contains(scalar) || scalar | 1 == 0x491 }
  private static func isSmallCyrillic(_ scalar: UInt32) -> Bool { (0x430...0x45F).contains(scalar) }
  private static func isThai(_ scalar: UInt32) -> Bool { (0xE01...0xE5B).contains(scalar) }
  private static func isThaiVowelOrTone(_ scalar: UInt32) -> Bool { (0xE30...0xE4E).contains(scalar) }
  private static func isLatin(_ scalar: UInt32) -> Bool {
    (0xC0...0x17F).contains(scalar) && scalar != 0xD7 && scalar != 0xF7 || (0x1A0...0x1B0).contains(scalar)
      || (0x1EA0...0x1EF9).contains(scalar) || (0x300...0x323).contains(scalar)
  }

  private func cyrillic(_ scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    guard Self.isCyrillic(scalar) else { return Self.isMark(scalar) ? 0.4 : -0.7 }
    // Words do not change from one script to the other.
    if Self.isASCIILetter(before) || Self.isASCIILetter(after) { return -1 }
    if Self.isSmallCyrillic(scalar) {
      // Beside the letters of Russian, Ukrainian, Belarusian and Bulgarian: Serbian and Macedonian ones are rare.
      return scalar <= 0x44F || [0x451, 0x454, 0x456, 0x457, 0x45E].contains(scalar) ? 1 : -0.3
    }
    if Self.isSmallCyrillic(before) { return -1 }
    return scalar >= 0x410 || [0x401, 0x404, 0x406, 0x407, 0x490, 0x491].contains(scalar) ? 0.7 : -0.5
  }

  private func thai(_ scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    guard Self.isThai(scalar) else { return Self.isMark(scalar) ? 0.3 : -0.7 }
    let isConsonantBefore = (0xE01...0xE2E).contains(before)
    switch scalar {
    case 0xE31, 0xE34...0xE3A, 0xE47: return isConsonantBefore ? 1 : -2
    // Tones stand on a consonant or on a vowel above it.
    case 0xE48...0xE4E: return isConsonantBefore || (0xE31...0xE3A).contains(before) ? 1 : -2
    case 0xE40...0xE44: return (0xE01...0xE2E).contains(after) ? 1 : -2
    case 0xE30, 0xE32, 0xE33, 0xE45: return Self.isThai(before) ? 1 : -2
    default:
      // Hardly a consonant stands without a vowel or a tone beside it; other scripts show as rows of consonants.
      if Self.isThaiVowelOrTone(before) || Self.isThaiVowelOrTone(after) { return 0.9 }
      return Self.isThai(before) || Self.isThai(after) ? 0 : -0.7
    }
  }

  private func western(_ scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    if Self.isMark(scalar) || [0xA3, 0xBF, 0xA1, 0xBD, 0xBC, 0xB2, 0xBA, 0xAA].contains(scalar) { return 0.5 }
    guard CommonCharacters.western.contains(scalar) else { return Self.isLatin(scalar) ? -0.6 : -0.8 }
    // Other scripts show as long runs of these letters.
    if Self.isLatin(before), Self.isLatin(after) { return -1 }
    if Self.isLatin(before) || Self.isLatin(after) { return 0.2 }
    if scalar < 0xE0, scalar != 0xDF { return Self.isSmallASCII(before) ? -0.7 : 0.7 }
    return Self.isASCIILetter(before) || Self.isASCIILetter(after) ? 1 : 0.5
  }

  private func vietnamese(_ scalar: UInt32, _ before: UInt32, _ after: UInt32) -> Double {
    if Self.isMark(scalar) || scalar == 0x20AB { return 0.4 }
    switch scalar {
    // Letters with two marks are written in no other language.
    case 0x1EA0...0x1EF9: return 1
    case 0x110, 0x111, 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x102, 0x103: return 0.7
    case 0xE0...0xE3, 0xE8...0xEA, 0xEC, 0xED, 0xF2...0xF5, 0xF9, 0xFA, 0xFD, 0x129, 0x169: return 0.8
    case 0xC0...0xC3, 0xC8...0xCA, 0xCC, 0xCD, 0xD2...0xD5, 0xD9, 0xDA, 0xDD, 0x128, 0x168: return 0.4
    default: return -1
    }
  }
}
