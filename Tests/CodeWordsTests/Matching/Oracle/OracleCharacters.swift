import Foundation

@testable import CodeWords
@testable import Matching
@testable import Taxa
@testable import LexiconWork

/// What characters are to the rules of matching, asked of Foundation's normalisation and of Swift's own Unicode tables.
///
/// Nothing of the matcher's code is used; of its data only what Unicode does not say: which letters look alike in
/// Linsang's eyes, Chinese variants and HTML's names.
enum OracleCharacters {
  /// `й` is a letter of its own and does not fall apart.
  private static let whole: Set<UInt32> = [0x419, 0x439]

  static func folded(_ scalar: UInt32, _ folds: Folds) -> [UInt32] {
    guard let character = Unicode.Scalar(scalar) else { return [scalar] }
    if isVariationSelector(scalar), folds.contains(.invisible) { return [] }
    if isSkinTone(scalar), folds.contains(.compatibility) { return [] }
    var scalars = [character]
    if !whole.contains(scalar) {
      let text = String(character)
      let apart =
        folds.contains(.compatibility)
        ? text.decomposedStringWithCompatibilityMapping : text.decomposedStringWithCanonicalMapping
      scalars = Array(apart.unicodeScalars)
    }
    if folds.contains(.letterCase) { scalars = scalars.flatMap(caseFolded) }
    if folds.contains(.accents) {
      scalars = scalars.filter { !isDroppedMark($0.value) }.map { strokes[$0] ?? $0 }
    }
    var values = scalars.map(\.value)
    if folds.contains(.chineseVariants) { values = values.map { chinese[$0] ?? $0 } }
    return values
  }

  /// Full case folding by way of the capital: ß as SS as ss. Cherokee folds to its capitals.
  private static func caseFolded(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    guard scalar.properties.changesWhenCaseFolded else { return [scalar] }
    func each(_ text: String, _ map: (Unicode.Scalar) -> String) -> String {
      text.unicodeScalars.map(map).joined()
    }
    let capital = each(scalar.properties.lowercaseMapping) { $0.properties.uppercaseMapping }
    let small = each(capital) { $0.properties.lowercaseMapping }
    return Array((small == String(scalar) ? capital : small).unicodeScalars)
  }

  private static let strokes: [Unicode.Scalar: Unicode.Scalar] = {
    let letters = "ðd đd øo łl ħh ŧt ÐD ĐD ØO ŁL ĦH ŦT ıi ةه ىي کك یي ٱا ہه ھه ەه"
    return Dictionary(
      uniqueKeysWithValues: letters.split(separator: " ").map {
        let pair = Array($0.unicodeScalars)
        return (pair[0], pair[1])
      })
  }()

  private static let chinese: [UInt32: UInt32] = {
    let scalars = chineseVariantPairs.unicodeScalars.map(\.value)
    return Dictionary(
      stride(from: 0, to: scalars.count - 1, by: 2).map { (scalars[$0], scalars[$0 + 1]) },
      uniquingKeysWith: { first, _ in first })
  }()

  // MARK: classes

  static func isVariationSelector(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isVariationSelector == true && scalar != 0x180F
  }

  static func isSkinTone(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isEmojiModifier == true
  }

  /// Marks of Latin, Greek, Cyrillic, Hebrew and Arabic, those of no script, and tatweel.
  static func isDroppedMark(_ scalar: UInt32) -> Bool {
    if scalar == 0x640 { return true }
    let blocks: [ClosedRange<UInt32>] = [
      0x300...0x36F, 0x483...0x489, 0x591...0x5C7, 0x610...0x6ED, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF,
      0xFE20...0xFE2F,
    ]
    guard blocks.contains(where: { $0.contains(scalar) }) else { return false }
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .unassigned: return true
    default: return false
    }
  }

  static func isAttached(_ scalar: UInt32) -> Bool {
    isVariationSelector(scalar) || isSkinTone(scalar) || isDroppedMark(scalar)
  }

  static func isBlank(_ scalar: UInt32) -> Bool { Unicode.Scalar(scalar)?.properties.isWhitespace == true }

  private static let dashes = Set("-_‐‑‒–—―−﹘﹣－＿".unicodeScalars.map(\.value))

  static func isSeparator(_ scalar: UInt32) -> Bool { isBlank(scalar) || dashes.contains(scalar) }

  private static let signs = Set("\"#'()*+,-./:;<=>[\\]^_`{|}~§«¬¯°´¶·¸»×÷・＊＋－．／＼］＾＿｜～･".unicodeScalars.map(\.value))

  static func isSpacer(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2010...0x2027, 0x2030...0x205E, 0x2190...0x22FF, 0x2500...0x25FF: true
    default: signs.contains(scalar) || isSeparator(scalar)
    }
  }

  static func isInvisible(_ scalar: UInt32) -> Bool {
    0xFFF9...0xFFFB ~= scalar || Unicode.Scalar(scalar)?.properties.isDefaultIgnorableCodePoint == true
  }

  static func isDigit(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.generalCategory == .decimalNumber
  }

  /// A letter, digit or mark by itself; a compatibility form also when what it stands for is one.
  static func isWord(_ scalar: UInt32) -> Bool {
    if isAttached(scalar) || isSeparator(scalar) { return false }
    return isWordItself(scalar) || folded(scalar, plainFolds).first.map(isWordItself) == true
  }

  private static func isWordItself(_ scalar: UInt32) -> Bool {
    if isAttached(scalar) { return false }
    switch Unicode.Scalar(scalar)?.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
      .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
      return true
    default: return false
    }
  }

  static let plainFolds: Folds = [.letterCase, .compatibility, .accents, .chineseVariants, .invisible]

  private static func written(_ scalar: UInt32) -> String { Unicode.Scalar(scalar).map { String($0) } ?? "" }

  /// Of a script that writes without blanks; not what others write too, as the apostrophe ʼ of Latin and Thai.
  static func isBorderless(_ scalar: UInt32) -> Bool {
    guard isWord(scalar) else { return false }
    return ([scalar] + folded(scalar, plainFolds).prefix(1)).contains {
      isWordItself($0)
        && !written($0).contains(/\p{scx=Latn}/)
        && written($0).contains(
          /[\p{scx=Thai}\p{scx=Lao}\p{scx=Mymr}\p{scx=Khmr}\p{scx=Hani}\p{scx=Hira}\p{scx=Kana}\p{scx=Bopo}]/)
    }
  }

  enum Script { case latin, cyrillic, other }

  /// The script of a letter that others may be mistaken for.
  static func script(_ scalar: UInt32) -> Script? {
    guard isWord(scalar) else { return nil }
    for letter in [scalar] + folded(scalar, plainFolds).prefix(1) where isWordItself(letter) {
      let text = written(letter)
      if text.contains(/\p{sc=Latn}/) { return .latin }
      if text.contains(/\p{sc=Cyrl}/) { return .cyrillic }
      if text.contains(/[\p{sc=Grek}\p{sc=Armn}\p{sc=Cher}\p{sc=Copt}\p{sc=Lisu}]/) { return .other }
    }
    return nil
  }
}
