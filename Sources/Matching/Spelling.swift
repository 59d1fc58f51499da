/// A written form of a term or condition: what the matcher looks for.
///
/// Limits: a spelling without letters, digits or signs that survive folding matches nothing.
package struct Spelling: Hashable, Sendable {
  /// As the lexicon writes it.
  package let text: String
  /// What may be next to a match.
  package let borders: Borders
  /// The disguises through which the spelling is still recognised.
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

/// Differences between text and spelling through which the matcher sees.
package struct Folds: OptionSet, Hashable, Sendable, BitwiseCopyable {
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

  /// Each fold by itself, in the order of declaration.
  package static let each = (0..<10).map { Folds(rawValue: 1 << $0) }
  /// Every fold.
  package static let all = Folds(rawValue: (1 << 10) - 1)
  /// Differences that occur in nearly every text, and hide nothing.
  package static let plain: Folds = [.letterCase, .compatibility, .accents, .chineseVariants]
}

/// A spelling prepared for comparison with text under a choice of folds.
///
/// Cost:   O(scalars) to build; allocates two arrays.
package struct SpellingPattern {
  /// The one character that stands for any run of separators.
  package static let blank: UInt32 = 0x20

  /// The folded characters. A run of separators is one space; there is none at either end.
  package let characters: [UInt32]
  package let folds: Folds
  package let borders: Spelling.Borders
  /// For each character, the number of letters in its word; 0 where the word also has signs.
  package let wordLengths: [Int]
  /// Letters of the whole spelling, digits included.
  package let letterCount: Int
  /// Whether all its letters are of scripts without spaces between words.
  package let isBorderless: Bool
  /// Whether it consists of several words.
  package let hasBlanks: Bool

  /// Folds a spelling.
  package init(_ spelling: Spelling, under folds: Folds) {
    self.init(spelling.text, borders: spelling.borders, under: folds)
  }

  /// Folds a text.
  ///
  /// Fails:  never; a text of which nothing survives folding gives a pattern without characters, which matches nothing.
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

  /// Words shorter than this are not recognised through leet, repeats and gaps: too much would match by chance.
  package static let shortestDisguised = 4

  /// Whether its letters may be spaced out.
  ///
  /// Limits: at least two letters in scripts without spaces, four in others.
  package var mayBeSpacedOut: Bool {
    folds.contains(.spacing) && letterCount >= (isBorderless ? 2 : Self.shortestDisguised)
  }

  /// Whether its words may be written as one.
  package var mayBeJoined: Bool { folds.contains(.spacing) && hasBlanks && letterCount >= Self.shortestDisguised }

  /// A spelling's characters after folding. й typed as и with a breve becomes one letter, as in `TextReading`.
  ///
  /// Shape:  `African - Ivory` under `.plain` gives the characters of `african ivory`.
  /// Cost:   O(scalars); allocates.
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

/// What a candidate of the first reading is checked by, in a few bytes.
struct SpellingFacts: BitwiseCopyable {
  /// The disguises through which the spelling is recognised.
  let folds: Folds
  /// The rule to apply at both ends.
  let borders: Spelling.Borders
  /// Whether the first letter is of a script with spaces, so that the rule applies there.
  let isBorderedAtStart: Bool
  /// Whether the last letter is of a script with spaces.
  let isBorderedAtEnd: Bool
  /// Whether Arabic particles may be joined in front.
  let mayHavePrefix: Bool
  let isASCII: Bool
  /// The first and last folded letters, by which borders are judged; 0 for an empty pattern.
  let first: UInt32
  let last: UInt32
  /// Where its UTF-8 lies among that of all spellings.
  private(set) var start: UInt32
  let count: UInt32

  /// - Parameters:
  ///   - first: its first folded letter.
  ///   - last: its last folded letter.
  ///   - start: where `spelling.text` will lie among the texts of all spellings.
  init(_ spelling: Spelling, first: UInt32, last: UInt32, at start: Int) {
    let text = spelling.text.utf8
    folds = spelling.folds
    borders = spelling.borders
    self.first = first
    self.last = last
    isBorderedAtStart = WordBorders.isBordered(first)
    isBorderedAtEnd = WordBorders.isBordered(last)
    mayHavePrefix = WordBorders.isArabic(first)
    isASCII = text.allSatisfy { $0 < 0x80 }
    self.start = UInt32(start)
    count = UInt32(text.count)
  }

  /// The same where other texts have been put before.
  func moved(by bytes: Int) -> SpellingFacts {
    var moved = self
    moved.start += UInt32(bytes)
    return moved
  }

  /// The folds by which a stretch of text equals the spelling: none, or letter case in ASCII. Nil where that test does
  /// not decide.
  ///
  /// - Parameter texts: the texts of all spellings.
  /// Cost:   a comparison of bytes; most matches in real text need nothing else.
  /// Fails:  nil for a stretch of another length, and for other differences than letter case in an ASCII spelling.
  @inline(__always)
  func foldsNeeded(for stretch: UnsafeRawBufferPointer, _ texts: UnsafePointer<UInt8>) -> Folds? {
    guard stretch.count == Int(count) else { return nil }
    let bytes = texts + Int(start)
    var isSame = true
    for place in 0..<stretch.count where bytes[place] != stretch[place] {
      guard isASCII, bytes[place] ^ stretch[place] == 0x20, (bytes[place] | 0x20) &- 0x61 < 26 else { return nil }
      isSame = false
    }
    return isSame ? [] : .letterCase
  }
}
