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

  struct Building: Sendable {
    fileprivate var plain = KeyList()
    fileprivate var disguised = KeyList()
    /// The length of the longest key that begins with two kinds, by `DisguiseFilter.slot`.
    fileprivate var reaches = [UInt8](repeating: 0, count: 1 << 16)
    fileprivate var anywhere = [UInt64](repeating: 0, count: anywhereWords)
    fileprivate var anywhereDisguised = [UInt64](repeating: 0, count: anywhereWords)

    mutating func add(_ spelling: Spelling, _ pattern: SpellingPattern, _ owner: UInt32) {
      guard let first = pattern.characters.first else { return }
      plain.add(pattern.characters, owner: owner)
      if pattern.mayBeJoined {
        plain.add(pattern.characters.lazy.filter { $0 != SpellingPattern.blank }, owner: owner)
      }
      let key = DisguisedReading.key(of: pattern.characters)
      disguised.add(key, owner: owner)
      if key.count > 1 {
        let slot = DisguiseFilter.slot(key[0], key[1])
        reaches[slot] = max(reaches[slot], UInt8(clamping: key.count))
      }
      if WordBorders.mayBeginInside(spelling.borders, first: first) {
        anywhere[Int(first & 0xFFFF) >> 6] |= 1 << UInt64(first & 63)
        if let kind = key.first { anywhereDisguised[Int(kind & 0xFFFF) >> 6] |= 1 << UInt64(kind & 63) }
      }
    }
  }

  /// Puts together what an archive holds.
  init(_ plain: KeyIndex, _ disguised: KeyIndex, _ anywhere: FixedTable<UInt64>, _ disguiseFilter: DisguiseFilter) {
    (self.plain, self.disguised, self.anywhere) = (plain, disguised, anywhere)
    self.disguiseFilter = disguiseFilter
    filter = KeyFilter(plain)
  }

  /// The keys of several choices of spellings, with an index for each of both readings, built on all cores.
  static func all(of buildings: [Building]) -> [SpellingKeys] {
    let indexes = Parallel.map(buildings.count * 2) { step in
      KeyIndex(step % 2 == 0 ? buildings[step / 2].plain : buildings[step / 2].disguised)
    }
    return buildings.enumerated().map { number, building in
      SpellingKeys(building, plain: indexes[number * 2], disguised: indexes[number * 2 + 1])
    }
  }

  private convenience init(_ building: Building, plain: KeyIndex, disguised: KeyIndex) {
    let filter = DisguiseFilter(
      disguised, anywhere: FixedTable(building.anywhereDisguised), reaches: FixedTable(building.reaches))
    self.init(plain, disguised, FixedTable(building.anywhere), filter)
  }

  /// The memory of all tables, in bytes.
  var byteCount: Int { plain.byteCount + disguised.byteCount + anywhere.byteCount + disguiseFilter.byteCount }
}
