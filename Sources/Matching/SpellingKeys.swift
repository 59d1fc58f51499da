import Listings

/// Some of the spellings, as both readings look for them.
final class SpellingKeys: Sendable {
  /// Keys of the first reading: folded spellings, and those of several words also as one word.
  let plain: KeyIndex
  /// Keys of the second reading.
  let disguised: KeyIndex
  /// A bit set of the lower 16 bits of characters with which some spelling may begin inside a word.
  let anywhere: FixedTable<UInt64>
  /// The words of a bit set of 16-bit numbers.
  static let anywhereWords = 1024
  /// What the second reading looks up in. Its addresses live as long as the keys.
  let disguiseFilter: DisguiseFilter
  /// What the first reading looks up in. Its address lives as long as the keys.
  let filter: KeyFilter

  /// Puts together what an archive holds.
  init(_ plain: KeyIndex, _ disguised: KeyIndex, _ anywhere: FixedTable<UInt64>, _ disguiseFilter: DisguiseFilter) {
    (self.plain, self.disguised, self.anywhere) = (plain, disguised, anywhere)
    self.disguiseFilter = disguiseFilter
    filter = KeyFilter(plain)
  }

  /// The keys of all spellings, and of those that are chosen, with an index for each of both readings, built on all cores.
  ///
  /// - Parameter isChosen: by number of the spelling.
  static func all(of spellings: [FoldedSpellings], isChosen: [Bool]) -> (all: SpellingKeys, chosen: SpellingKeys) {
    let built = Parallel.map(4) { step in
      Part(of: spellings, isDisguised: step % 2 == 1, isChosen: step < 2 ? nil : isChosen)
    }
    return (SpellingKeys(built[0], built[1]), SpellingKeys(built[2], built[3]))
  }

  /// The keys of all spellings.
  static func all(of spellings: [FoldedSpellings]) -> SpellingKeys {
    let built = Parallel.map(2) { step in Part(of: spellings, isDisguised: step == 1, isChosen: nil) }
    return SpellingKeys(built[0], built[1])
  }

  private convenience init(_ plain: Part, _ disguised: Part) {
    self.init(
      plain.index, disguised.index, FixedTable(plain.anywhere),
      DisguiseFilter(
        disguised.index, anywhere: FixedTable(disguised.anywhere), reaches: FixedTable(disguised.reaches)))
  }

  /// The keys of one reading.
  private struct Part: Sendable {
    let index: KeyIndex
    /// A bit set of the lower 16 bits of characters with which some spelling may begin inside a word.
    private(set) var anywhere = [UInt64](repeating: 0, count: anywhereWords)
    /// In the second reading, the length of the longest key that begins with two kinds, by `DisguiseFilter.slot`.
    private(set) var reaches: [UInt8] = []

    init(of spellings: [FoldedSpellings], isDisguised: Bool, isChosen: [Bool]?) {
      var keys = KeyList()
      if isDisguised { reaches = [UInt8](repeating: 0, count: 1 << 16) }
      var key: [UInt32] = []
      for part in spellings {
        for index in 0..<part.count where isChosen?[part.first + index] != false {
          let characters = part[index]
          guard let first = characters.first else { continue }
          let owner = UInt32(part.first + index)
          key.removeAll(keepingCapacity: true)
          if isDisguised {
            DisguisedReading.append(keyOf: characters, to: &key)
            if key.count > 1 {
              let slot = DisguiseFilter.slot(key[0], key[1])
              reaches[slot] = max(reaches[slot], UInt8(clamping: key.count))
            }
          } else {
            key.append(contentsOf: characters)
            if part.mayBeJoined[index] {
              keys.add(characters.lazy.filter { $0 != SpellingPattern.blank }, owner: owner)
            }
          }
          keys.add(key, owner: owner)
          if WordBorders.mayBeginInside(part.facts[index].borders, first: first), let begin = key.first {
            anywhere[Int(begin & 0xFFFF) >> 6] |= 1 << UInt64(begin & 63)
          }
        }
      }
      index = KeyIndex(keys)
    }
  }

  /// The memory of all tables, in bytes.
  var byteCount: Int { plain.byteCount + disguised.byteCount + anywhere.byteCount + disguiseFilter.byteCount }
}
