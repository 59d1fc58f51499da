/// A text as the second reading sees it: one letter for all that may be taken for one another, runs of one letter as
/// one, and nothing of what stands between letters.
///
/// Shape:  a kind per run, and the units it came from.
struct DisguisedReading {
  private(set) var kinds: [UInt32] = []
  /// For each kind, the place in `members` of its run's first unit.
  private(set) var runs: [Int32] = []
  private(set) var members: [Int32] = []

  mutating func read(_ units: [TextReading.Unit]) {
    kinds.removeAll(keepingCapacity: true)
    runs.removeAll(keepingCapacity: true)
    members.removeAll(keepingCapacity: true)
    let table = LookAlikes.kinds
    let expansions = CharacterTable.expansions
    for place in units.indices {
      let entry = units[place].entry
      if entry & Self.leftOut != 0 { continue }
      if entry & CharacterTraits.expands.rawValue != 0 {
        let expansion = expansions + Int(entry & CharacterTable.scalarMask)
        for part in 1...Int(expansion[0] & 0xFFFF) { append(expansion[part], of: place, table) }
      } else {
        append(entry & CharacterTable.scalarMask, of: place, table)
      }
    }
    // Behind the last, so that a door may look at four.
    runs.append(Int32(members.count))
    kinds.append(contentsOf: repeatElement(0, count: KeyIndex.doorLength))
  }

  var count: Int { runs.count - 1 }

  /// The units of a run that a match may begin with: the first of each letter, from where all of it is taken for one,
  /// and the last few, of which each may stand for itself.
  @inline(__always)
  func forEachStart(of run: Int, in units: UnsafeBufferPointer<TextReading.Unit>, _ body: (Int) -> Void) {
    let (first, end) = (Int(runs[run]), Int(runs[run + 1]))
    for place in first..<end {
      let unit = Int(members[place])
      let isNewLetter =
        place == first || (units[unit].entry ^ units[Int(members[place - 1])].entry) & CharacterTable.scalarMask != 0
      if isNewLetter || end - place <= Self.longestPlainRun { body(unit) }
    }
  }

  /// Of one letter in a spelling.
  private static let longestPlainRun = 16

  @inline(__always)
  private mutating func append(_ letter: UInt32, of unit: Int, _ table: FixedTable<UInt32>) {
    let kind = letter < table.count ? table.base[Int(letter)] : letter
    if kinds.last != kind {
      kinds.append(kind)
      runs.append(Int32(members.count))
    }
    if members.last != Int32(unit) || runs.last == Int32(members.count) { members.append(Int32(unit)) }
  }

  private static let leftOut = CharacterTraits([.attached, .invisible, .separator, .spacer]).rawValue

  /// The key by which a folded spelling is found.
  static func key(of characters: [UInt32]) -> [UInt32] {
    var key: [UInt32] = []
    for character in characters where character != SpellingPattern.blank {
      if CharacterTraits.of(character).rawValue & leftOut != 0 { continue }
      let kind = LookAlikes.kind(ofFolded: character)
      if key.last != kind { key.append(kind) }
    }
    return key
  }
}
