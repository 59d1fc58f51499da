/// How close two words of scientific names are in spelling.
///
/// Rule:   1 is one letter inserted, deleted, changed or swapped with its neighbour, or the same sound, or another ending of
///         the same stem. 2 is the same sound except for one letter, in long words only: words that differ otherwise in two
///         letters are often different names (`Prunus americana`, `Prunus africana`).
/// Cost:   O(letters) per comparison; most words are excluded by `letters` and length first.
/// Source: the equivalent sounds are those in which Latin and latinised Greek names are misspelt: y/i, j/i, ph/f, ae/e, oe/e,
///         k/c, w/v, z/s, h or nothing, doubled letters. The endings are those of Latin adjectives and genitives, which
///         change with the gender of the genus.
struct LatinSpelling {
  /// The word.
  let word: [UInt8]
  /// The sound of the word.
  private let sound: [UInt8]
  /// The word without its ending.
  private let stem: ArraySlice<UInt8>
  /// The letters of the word, a bit each.
  let letters: UInt32
  /// The letters of its sound, a bit each.
  let soundLetters: UInt32
  /// Whether endings may vary: they do in epithets only.
  private let isEpithet: Bool
  /// Scratch space.
  private var otherSound: [UInt8] = []

  /// Prepares a word for comparisons with many others.
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

  /// The letters of a word, a bit each. Words that are close have nearly the same letters.
  static func letters(_ word: some Sequence<UInt8>) -> UInt32 {
    word.reduce(0) { letters, byte in letters | 1 << UInt32(byte & 31) }
  }

  /// How many bits one changed letter can change.
  static let lettersOfOneFault = 2
  /// How many bits the largest change of ending can change: `-orum` for `-us`, with a letter that sounds the same.
  static let maximumOtherLetters = 6
  /// How much the length of close words can differ.
  static let maximumOtherLength = 4

  /// The shortest word that may be at distance 2.
  private static let longForTwo = 9

  /// 0 for the same word, 1, or 2; nil if they are further apart.
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

  /// How a close word differs; nil if it is the same, or not close.
  mutating func difference(to other: ArraySlice<UInt8>) -> SpellingDifference? {
    guard let distance = distance(to: other), distance > 0 else { return nil }
    if let edit = Self.edit(word[...], other) { return edit }
    if distance == 2 { return .soundAndLetter }
    return sound == otherSound ? .sound : .ending
  }

  // MARK: One letter

  /// The one-letter difference between two words, as seen from the first; nil for the same word and for more.
  ///
  /// Source: Damerau 1964: a letter wrong, missing or extra, or two neighbours swapped.
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

  /// Appends what a word sounds like.
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

  /// Longest first, so that the first match is the longest.
  private static let endings: [[UInt8]] = [
    "orum", "arum", "iae", "ius", "ium", "rum", "ia", "us", "um", "is", "ii", "ae", "er", "ra", "os", "on", "a", "e",
    "i",
  ].map { Array($0.utf8) }

  private static let shortestStem = 3

  /// The word without its ending, if it has a known one.
  private static func stem(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    for ending in endings where word.count >= ending.count + shortestStem && word.suffix(ending.count) == ending[...] {
      return word.dropLast(ending.count)
    }
    return word
  }

  /// Whether the stems are equal and long enough to mean anything.
  private static func haveOneStem(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
    a.count >= shortestStem && a.elementsEqual(b)
  }
}

/// The scientific names of a table by genus, for finding names close to a misspelt one.
///
/// Shape:  genera, and for each its epithets with the letters that they contain. Names with anything but letters are left
///         out.
/// Cost:   built when a name is first not understood, in some milliseconds; 16 bytes a name.
struct SpellingIndex: Sendable {
  /// The part of a name behind its genus.
  struct Epithet: Sendable {
    /// The entry of the whole name.
    let entry: UInt32
    /// Where the epithet begins in the key.
    let start: UInt16
    let length: UInt16
    /// The letters it contains, a bit each.
    let letters: UInt32
  }

  /// A genus, with the range of its epithets.
  struct Genus: Sendable {
    let word: [UInt8]
    let letters: UInt32
    /// The letters of its sound, a bit each.
    let soundLetters: UInt32
    /// Its epithets, as a range of `SpellingIndex.epithets`.
    fileprivate(set) var epithets: Range<Int>
  }

  private(set) var genera: [Genus] = []
  /// Genus by genus.
  private(set) var epithets: [Epithet] = []
  private var generaByWord: [[UInt8]: Int] = [:]
  /// Accepted names and synonyms with only one word.
  private(set) var single: [Epithet] = []
  /// Common names of several words, by a hash of their letters without spaces.
  private var dividedNames: [Int: [UInt32]] = [:]

  /// Indexes the names of a table.
  init(_ names: NameIndex) {
    var found: [(genus: Int, epithet: Epithet)] = []
    var last: (word: ArraySlice<UInt8>, genus: Int) = ([], 0)
    for number in names.entries.indices {
      let key = names.key(number)
      let kind = names.entries[number].kind
      guard kind != .common else {
        if key.contains(0x20) { dividedNames[Self.hash(key), default: []].append(UInt32(number)) }
        continue
      }
      guard key.allSatisfy({ $0 &- 0x61 < 26 || $0 == 0x20 }) else { continue }
      let head = key.prefix { $0 != 0x20 }
      let rest = key.dropFirst(head.count + 1)
      if rest.isEmpty {
        single.append(Self.epithet(number, key, key))
        continue
      }
      if !head.elementsEqual(last.word) { last = (head, genus(of: head)) }
      found.append((last.genus, Self.epithet(number, key, rest)))
    }
    gather(found)
  }

  private static func epithet(_ number: Int, _ key: ArraySlice<UInt8>, _ rest: ArraySlice<UInt8>) -> Epithet {
    Epithet(
      entry: UInt32(number), start: UInt16(rest.startIndex - key.startIndex), length: UInt16(rest.count),
      letters: LatinSpelling.letters(rest))
  }

  /// The number of a genus, a new one if it was not met before.
  private mutating func genus(of word: ArraySlice<UInt8>) -> Int {
    let word = Array(word)
    if let known = generaByWord[word] { return known }
    generaByWord[word] = genera.count
    let spelling = LatinSpelling(word, isEpithet: false)
    genera.append(
      Genus(word: word, letters: spelling.letters, soundLetters: spelling.soundLetters, epithets: 0..<0))
    return genera.count - 1
  }

  /// Stores the epithets genus by genus, within a genus in the order of the tables.
  private mutating func gather(_ found: [(genus: Int, epithet: Epithet)]) {
    var ends = [Int](repeating: 0, count: genera.count)
    for name in found { ends[name.genus] += 1 }
    var start = 0
    for genus in genera.indices {
      genera[genus].epithets = start..<start
      start += ends[genus]
    }
    guard let filler = found.first?.epithet else { return }
    epithets = [Epithet](repeating: filler, count: found.count)
    for name in found {
      let index = genera[name.genus].epithets.upperBound
      epithets[index] = name.epithet
      genera[name.genus].epithets = genera[name.genus].epithets.lowerBound..<index + 1
    }
  }

  /// The letters of an epithet.
  func word(_ epithet: Epithet, _ names: NameIndex) -> ArraySlice<UInt8> {
    names.key(Int(epithet.entry)).dropFirst(Int(epithet.start))
  }

  // MARK: Common names

  private static func hash(_ key: some Sequence<UInt8>) -> Int {
    // FNV-1a, over the letters alone.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in key where byte != 0x20 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash)
  }

  /// The keys of common names of several words with these letters.
  func divided(_ joined: [UInt8], _ names: NameIndex) -> [ArraySlice<UInt8>] {
    (dividedNames[Self.hash(joined)] ?? []).map { names.key(Int($0)) }
      .filter { $0.lazy.filter { $0 != 0x20 }.elementsEqual(joined) }
  }
}
