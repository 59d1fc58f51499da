import CPlatform

/// The folded spellings as a sorted list of keys, entered through the hash of their first characters.
///
/// Shape:  equal keys are one, with all their owners; a key shorter than four characters has a door of its own, of the
///         longer ones all that begin alike share a door and are told apart by narrowing the sorted list.
/// Cost:   a key costs its characters (4 bytes each) and about 40 bytes.
struct KeyIndex: Sendable {
  /// The most characters a door looks at.
  static let doorLength = 4

  /// The characters of all keys in order, and where each key begins; likewise with owners.
  private let characters: FixedTable<UInt32>
  private let keyStarts: FixedTable<UInt32>
  private let owners: FixedTable<UInt32>
  private let ownerStarts: FixedTable<UInt32>
  private let doors: FixedTable<Door>
  private let doorShift: UInt32
  /// How many characters the doors that there are look at.
  private let lengths: ClosedRange<Int>

  /// Filters for `lp_scan_spellings`; empty where no key is so long.
  let ones: BitFilter
  let twos: BitFilter
  let threes: BitFilter
  let fours: BitFilter

  init(_ keys: [(characters: [UInt32], owner: UInt32)]) {
    let list = SortedKeys(keys)
    let open = list.doors()
    var bits: UInt32 = 4
    while 1 << bits < open.count * 2 { bits += 1 }
    var doors = Array(repeating: Door(), count: 1 << bits)
    var ones = BitFilterBits(count: open.count { $0.length == 1 })
    var twos = BitFilterBits(count: open.count { $0.length == 2 })
    var threes = BitFilterBits(count: open.count { $0.length == 3 })
    var fours = BitFilterBits(count: open.count { $0.length == Self.doorLength })
    for door in open {
      var slot = Int(door.hash >> (32 - bits))
      while doors[slot].length != 0 { slot = (slot + 1) & (doors.count - 1) }
      doors[slot] = door
      switch door.length {
      case 1: ones.insert(door.hash)
      case 2: twos.insert(door.hash)
      case 3: threes.insert(door.hash)
      default: fours.insert(door.hash)
      }
    }
    doorShift = 32 - bits
    lengths = Int(open.map(\.length).min() ?? 1)...Int(open.map(\.length).max() ?? 1)
    characters = FixedTable(list.characters)
    keyStarts = FixedTable(list.keyStarts)
    owners = FixedTable(list.owners)
    ownerStarts = FixedTable(list.ownerStarts)
    self.doors = FixedTable(doors)
    (self.ones, self.twos) = (BitFilter(ones), BitFilter(twos))
    (self.threes, self.fours) = (BitFilter(threes), BitFilter(fours))
  }

  /// Whether a key may stand at `symbols`, behind which three more are: yes a little too often, never no too often.
  @inline(__always)
  func mayBegin(at symbols: UnsafePointer<UInt32>) -> Bool {
    fours.mayContain(lp_hash_four(symbols[0], symbols[1], symbols[2], symbols[3]))
      || threes.mayContain(lp_hash_three(symbols[0], symbols[1], symbols[2]))
      || twos.mayContain(lp_hash_two(symbols[0], symbols[1])) || ones.mayContain(lp_hash_one(symbols[0]))
  }

  @inline(__always)
  private func filter(_ length: Int) -> BitFilter {
    switch length {
    case 1: ones
    case 2: twos
    case 3: threes
    default: fours
    }
  }

  /// Every key that stands at `symbols`, of which there are `count`: its length, and whose it is.
  @inline(__always)
  func forEachKey(
    at symbols: UnsafePointer<UInt32>, count: Int,
    _ body: (_ length: Int, _ owners: UnsafeBufferPointer<UInt32>) -> Void
  ) {
    let doors = self.doors.base
    for length in lengths where length <= count {
      let hash = Door.hash(symbols, length)
      // The filter is in the nearest cache, the doors are not.
      guard filter(length).mayContain(hash) else { continue }
      var slot = Int(hash >> doorShift)
      while doors[slot].length != 0 {
        let door = doors[slot]
        if door.hash == hash, door.length == UInt32(length) { narrow(door, symbols, count, body) }
        slot = (slot + 1) & (self.doors.count - 1)
      }
    }
  }

  private func narrow(
    _ door: Door, _ symbols: UnsafePointer<UInt32>, _ count: Int, _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void
  ) {
    let (characters, keyStarts, ownerStarts) = (self.characters.base, self.keyStarts.base, self.ownerStarts.base)
    var (first, end) = (Int(door.first), Int(door.end))
    let mask = UInt32(LP_FOLDED)
    let start = Int(keyStarts[first])
    for place in 0..<Int(door.length) where characters[start + place] != symbols[place] & mask { return }
    var depth = Int(door.length)
    while first < end {
      if Int(keyStarts[first + 1] - keyStarts[first]) == depth {
        let theirs = Int(ownerStarts[first])..<Int(ownerStarts[first + 1])
        body(depth, UnsafeBufferPointer(start: owners.base + theirs.lowerBound, count: theirs.count))
        first += 1
      }
      guard first < end, depth < count else { return }
      let wanted = symbols[depth] & mask
      first = bound(first, end) { characters[Int(keyStarts[$0]) + depth] < wanted }
      end = bound(first, end) { characters[Int(keyStarts[$0]) + depth] == wanted }
      depth += 1
    }
  }

  /// The first key from `first` up to `end` that is not `before`.
  @inline(__always)
  private func bound(_ first: Int, _ end: Int, _ before: (Int) -> Bool) -> Int {
    var (low, high) = (first, end)
    while low < high {
      let middle = (low + high) / 2
      if before(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  var byteCount: Int {
    characters.byteCount + keyStarts.byteCount + owners.byteCount + ownerStarts.byteCount + doors.byteCount
      + ones.byteCount + twos.byteCount + threes.byteCount + fours.byteCount
  }
}

/// The way to the keys that begin alike: neighbours in the sorted list.
private struct Door {
  var hash: UInt32 = 0
  var length: UInt32 = 0
  var first: UInt32 = 0
  var end: UInt32 = 0

  static func hash(_ symbols: UnsafePointer<UInt32>, _ length: Int) -> UInt32 {
    switch length {
    case 1: lp_hash_one(symbols[0])
    case 2: lp_hash_two(symbols[0], symbols[1])
    case 3: lp_hash_three(symbols[0], symbols[1], symbols[2])
    default: lp_hash_four(symbols[0], symbols[1], symbols[2], symbols[3])
    }
  }
}

/// Keys on their way into an index: sorted, equal ones joined.
private struct SortedKeys {
  private(set) var characters: [UInt32] = []
  private(set) var keyStarts: [UInt32] = [0]
  private(set) var owners: [UInt32] = []
  private(set) var ownerStarts: [UInt32] = [0]

  init(_ keys: [(characters: [UInt32], owner: UInt32)]) {
    let sorted = keys.filter { !$0.characters.isEmpty }.sorted {
      let (a, b) = ($0.characters, $1.characters)
      let count = min(a.count, b.count)
      for place in 0..<count where a[place] != b[place] { return a[place] < b[place] }
      return a.count == b.count ? $0.owner < $1.owner : a.count < b.count
    }
    var last: [UInt32] = []
    for (key, owner) in sorted {
      if key != last {
        if !last.isEmpty { ownerStarts.append(UInt32(owners.count)) }
        characters.append(contentsOf: key)
        keyStarts.append(UInt32(characters.count))
        last = key
      }
      if owners.count == Int(ownerStarts.last ?? 0) || owners.last != owner { owners.append(owner) }
    }
    if !last.isEmpty { ownerStarts.append(UInt32(owners.count)) }
  }

  private func length(_ key: Int) -> Int { Int(keyStarts[key + 1] - keyStarts[key]) }

  /// The keys behind one door are neighbours in the list, except that a short key stands alone before the longer ones.
  func doors() -> [Door] {
    var open: [Door] = []
    for key in 0..<keyStarts.count - 1 {
      let length = min(self.length(key), KeyIndex.doorLength)
      let hash = characters.withUnsafeBufferPointer { Door.hash($0.baseAddress! + Int(keyStarts[key]), length) }
      if length == KeyIndex.doorLength, let last = open.last, last.length == UInt32(length), last.end == UInt32(key),
        beginAlike(Int(last.first), key)
      {
        open[open.count - 1].end += 1
      } else {
        open.append(Door(hash: hash, length: UInt32(length), first: UInt32(key), end: UInt32(key) + 1))
      }
    }
    return open
  }

  private func beginAlike(_ a: Int, _ b: Int) -> Bool {
    (0..<KeyIndex.doorLength).allSatisfy {
      characters[Int(keyStarts[a]) + $0] == characters[Int(keyStarts[b]) + $0]
    }
  }
}
