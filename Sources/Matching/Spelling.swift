/// One way a term, or a context of a term, is written: what the matcher looks for.
package struct Spelling: Hashable, Sendable {
  package let text: String
  package let borders: Borders
  /// The disguises through which it is still recognised.
  package let folds: Folds

  package init(_ text: String, borders: Borders = .byScript, folds: Folds = .all) {
    self.text = text
    self.borders = borders
    self.folds = folds
  }

  /// What may stand directly before and after a match.
  package enum Borders: String, Sendable, BitwiseCopyable, CaseIterable {
    /// Words of Latin, Cyrillic, Greek, Arabic and other spaced scripts as `word`; Chinese, Japanese, Thai, Lao, Khmer,
    /// Burmese and emoji as `inside`.
    case byScript = "by-script"
    /// No letter or digit on either side.
    case word
    /// A word begins with it: endings of up to six letters are let through (`ivor` + `ies`, `бивн` + `ями`), and in
    /// Arabic the prefixed article and particles.
    case stem
    /// Anywhere.
    case inside
  }
}

/// Differences between a text and a spelling that do not keep them from matching.
package struct Folds: OptionSet, Hashable, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  /// `Ivory`, `IVORY`.
  package static let letterCase = Folds(rawValue: 1 << 0)
  /// Full-width and other compatibility forms: `ｉｖｏｒｙ`, `𝓲𝓿𝓸𝓻𝔂`, `ﬁ` (UAX #15, NFKC).
  package static let compatibility = Folds(rawValue: 1 << 1)
  /// `nga voi` for `ngà voi`, `marfil` for `márfil`; Arabic vowel signs and letter variants.
  package static let accents = Folds(rawValue: 1 << 2)
  /// Traditional and simplified Chinese: `象牙製品` for `象牙制品`.
  package static let chineseVariants = Folds(rawValue: 1 << 3)
  /// Zero-width characters, soft hyphens, variation selectors and bidi controls inside a word.
  package static let invisible = Folds(rawValue: 1 << 4)
  /// Spaced-out and punctuated: `i v o r y`, `i.v.o.r.y`, `象 牙`.
  package static let spacing = Folds(rawValue: 1 << 5)
  /// Letters of other scripts that look alike: `іvоry` with Cyrillic `і` and `о`.
  package static let lookAlikes = Folds(rawValue: 1 << 6)
  /// Digits and signs for letters: `1v0ry`, `!v0ry`.
  package static let leet = Folds(rawValue: 1 << 7)
  /// `ivoooory`.
  package static let repeats = Folds(rawValue: 1 << 8)
  /// HTML character references: `&#105;vory`.
  package static let references = Folds(rawValue: 1 << 9)

  /// One by one, in the order in which they are declared.
  package static let each = (0..<10).map { Folds(rawValue: 1 << $0) }
  package static let all = Folds(rawValue: (1 << 10) - 1)
  /// What nearly every text differs by, and nobody hides behind.
  package static let plain: Folds = [.letterCase, .compatibility, .accents, .chineseVariants]
}
