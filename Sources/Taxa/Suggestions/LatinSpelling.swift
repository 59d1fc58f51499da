/// How near two words of scientific names are in spelling.
///
/// Rule:   1 is one letter put in, left out, changed or swapped with its neighbour, or the same sound, or another ending
///         of the same stem. 2 is the same sound but for one letter, in long words only: two letters that differ
///         otherwise are as often another name (`Prunus americana`, `Prunus africana`).
/// Source: the pairs that sound alike are those in which Latin and latinised Greek names are misspelt: y/i, j/i, ph/f,
///         ae/e, oe/e, k/c, w/v, z/s, an h, a doubled letter; the endings are those of Latin adjectives and genitives,
///         which change with the gender of the genus.
struct LatinSpelling {
  /// A word, and what it sounds like.
  let word: [UInt8]
  private let sound: [UInt8]
  private let stem: ArraySlice<UInt8>
  let letters: UInt32
  /// The letters of its sound.
  let soundLetters: UInt32
  private let isEpithet: Bool
  private var otherSound: [UInt8] = []

  init(_ word: some Sequence<UInt8>, isEpithet: Bool) {
    self.word = Array(word)
    self.isEpithet = isEpithet
    var sound: [UInt8] = []
    Self.append(soundOf: self.word[...], to: &sound)
    self.sound = sound
    stem = Self.stem(self.word[...])
    letters = Self.letters(self.word)
    soundLetters = Self.letters(sound)
  }

  /// Which letters a word has, a bit each: two words that are near have nearly the same.
  static func letters(_ word: some Sequence<UInt8>) -> UInt32 {
    word.reduce(0) { letters, byte in letters | 1 << UInt32(byte & 31) }
  }

  /// A letter for another: what that changes, in the word or in its sound.
  static let lettersOfOneFault = 2
  /// `-orum` for `-us`, with a letter that sounds the same.
  static let mostOtherLetters = 6
  static let mostOtherLength = 4

  private static let longForTwo = 9

  /// 0 for the same word, 1, or 2; nil where they are further apart.
  mutating func distance(to other: ArraySlice<UInt8>) -> Int? {
    if word.elementsEqual(other) { return 0 }
    if Self.edit(word[...], other) != nil { return 1 }
    otherSound.removeAll(keepingCapacity: true)
    Self.append(soundOf: other, to: &otherSound)
    if sound == otherSound { return 1 }
    if isEpithet, Self.haveOneStem(stem, Self.stem(other)) { return 1 }
    guard word.count >= Self.longForTwo, Self.edit(sound[...], otherSound[...]) != nil else { return nil }
    return 2
  }

  /// In what a near word differs; nil where it is the same, or not near.
  mutating func difference(to other: ArraySlice<UInt8>) -> SpellingDifference? {
    guard let distance = distance(to: other), distance > 0 else { return nil }
    if let edit = Self.edit(word[...], other) { return edit }
    if distance == 2 { return .soundAndLetter }
    return sound == otherSound ? .sound : .ending
  }

  // MARK: One letter

  /// The one letter in which two words differ, as it looks in the first; nil for the same word and for more.
  ///
  /// Source: Damerau 1964: a letter wrong, missing, too many, or two neighbours swapped.
  static func edit(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> SpellingDifference? {
    guard abs(a.count - b.count) <= 1 else { return nil }
    var (a, b) = (a, b)
    while let first = a.first, first == b.first { (a, b) = (a.dropFirst(), b.dropFirst()) }
    while let last = a.last, last == b.last { (a, b) = (a.dropLast(), b.dropLast()) }
    let isBlank = a.first == 0x20 || b.first == 0x20
    switch (a.count, b.count) {
    case (1, 1): return .otherLetter
    case (1, 0): return isBlank ? .blank : .extraLetter
    case (0, 1): return isBlank ? .blank : .missingLetter
    case (2, 2): return a.first == b.last && a.last == b.first ? .swappedLetters : nil
    default: return nil
    }
  }

  // MARK: Sound

  private static func append(soundOf word: ArraySlice<UInt8>, to sound: inout [UInt8]) {
    let start = sound.count
    var place = word.startIndex
    while place < word.endIndex {
      var letter = word[place]
      let next = place + 1 < word.endIndex ? word[place + 1] : 0
      place += 1
      switch letter {
      case UInt8(ascii: "p") where next == UInt8(ascii: "h"): letter = UInt8(ascii: "f")
      case UInt8(ascii: "h"): continue
      case UInt8(ascii: "a") where next == UInt8(ascii: "e"), UInt8(ascii: "o") where next == UInt8(ascii: "e"):
        continue
      case UInt8(ascii: "y"), UInt8(ascii: "j"): letter = UInt8(ascii: "i")
      case UInt8(ascii: "k"): letter = UInt8(ascii: "c")
      case UInt8(ascii: "w"): letter = UInt8(ascii: "v")
      case UInt8(ascii: "z"): letter = UInt8(ascii: "s")
      default: break
      }
      if sound.count == start || sound.last != letter { sound.append(letter) }
    }
  }

  // MARK: Endings

  private static let endings: [[UInt8]] = [
    "orum", "arum", "iae", "ius", "ium", "rum", "ia", "us", "um", "is", "ii", "ae", "er", "ra", "os", "on", "a", "e",
    "i",
  ].map { Array($0.utf8) }

  private static let shortestStem = 3

  private static func stem(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    for ending in endings where word.count >= ending.count + shortestStem && word.suffix(ending.count) == ending[...] {
      return word.dropLast(ending.count)
    }
    return word
  }

  private static func haveOneStem(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
    a.count >= shortestStem && a.elementsEqual(b)
  }
}
