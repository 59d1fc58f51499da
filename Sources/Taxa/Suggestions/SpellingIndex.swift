/// The scientific names of a table by genus, for finding those that are near a misspelt one.
///
/// Shape:  genera one behind the other, and of each its epithets, with the letters that they have; names with anything
///         but letters in them are left out.
/// Cost:   built when a name is first not understood, in some milliseconds; 16 bytes a name.
struct SpellingIndex: Sendable {
  struct Epithet: Sendable {
    let entry: UInt32
    let start: UInt16
    let length: UInt16
    let letters: UInt32
  }

  struct Genus: Sendable {
    let word: [UInt8]
    let letters: UInt32
    let soundLetters: UInt32
    fileprivate(set) var epithets: Range<Int>
  }

  private(set) var genera: [Genus] = []
  private(set) var epithets: [Epithet] = []
  private var generaByWord: [[UInt8]: Int] = [:]
  /// Accepted names and synonyms of one word.
  private(set) var single: [Epithet] = []
  /// Common names of several words, by a hash of their letters without the blanks.
  private var dividedNames: [Int: [UInt32]] = [:]

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

  private mutating func genus(of word: ArraySlice<UInt8>) -> Int {
    let word = Array(word)
    if let known = generaByWord[word] { return known }
    generaByWord[word] = genera.count
    let spelling = LatinSpelling(word, isEpithet: false)
    genera.append(
      Genus(word: word, letters: spelling.letters, soundLetters: spelling.soundLetters, epithets: 0..<0))
    return genera.count - 1
  }

  /// Lays the epithets genus by genus, each genus in the order of the tables.
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
      let place = genera[name.genus].epithets.upperBound
      epithets[place] = name.epithet
      genera[name.genus].epithets = genera[name.genus].epithets.lowerBound..<place + 1
    }
  }

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

  /// The keys of common names of several words that have these letters.
  func divided(_ joined: [UInt8], _ names: NameIndex) -> [ArraySlice<UInt8>] {
    (dividedNames[Self.hash(joined)] ?? []).map { names.key(Int($0)) }
      .filter { $0.lazy.filter { $0 != 0x20 }.elementsEqual(joined) }
  }
}
