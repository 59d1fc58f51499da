import CPlatform

/// The folded spellings as a sorted list of keys, entered through the hash of their first characters.
///
/// Shape:  equal keys are one, with all their owners; a key shorter than four characters has a door of its own, of the
///         longer ones all that begin alike share a door and are told apart by narrowing the sorted list.
/// Cost:   a key costs its characters (4 bytes each) and about 40 bytes.
struct KeyIndex: Sendable {
  /// The most characters a door looks at.
  static let doorLength = 4

  private var characters: [UInt32] = []
  private var keyStarts: [UInt32] = [0]
  private var owners: [UInt32] = []
  private var ownerStarts: [UInt32] = [0]
  private var doors: [Door] = []
  private var doorShift: UInt32 = 31
  private var hasLength = [Bool](repeating: false, count: doorLength + 1)

  /// Filters for `lp_scan_spellings`; empty where no key is so long.
  private(set) var ones = BitFilter()
  private(set) var twos = BitFilter()
  private(set) var fours = BitFilter()
  private(set) var longestKey = 0

  private struct Door {
    var hash: UInt32 = 0
    var length: UInt32 = 0
    var first: UInt32 = 0
    var end: UInt32 = 0
  }

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
        longestKey = max(longestKey, key.count)
        last = key
      }
      if owners.count == Int(ownerStarts.last ?? 0) || owners.last != owner { owners.append(owner) }
    }
    if !last.isEmpty { ownerStarts.append(UInt32(owners.count)) }
    openDoors()
  }

  var keyCount: Int { keyStarts.count - 1 }

  private func length(_ key: Int) -> Int { Int(keyStarts[key + 1] - keyStarts[key]) }

  private mutating func openDoors() {
    // The keys behind one door: neighbours in the list, except that a short key stands alone before the longer ones.
    var open: [Door] = []
    for key in 0..<keyCount {
      let length = min(self.length(key), Self.doorLength)
      hasLength[length] = true
      let hash = characters.withUnsafeBufferPointer { Self.hash($0.baseAddress! + Int(keyStarts[key]), length) }
      if length == Self.doorLength, let last = open.last, last.length == UInt32(length), last.end == UInt32(key),
        beginAlike(Int(last.first), key)
      {
        open[open.count - 1].end += 1
      } else {
        open.append(Door(hash: hash, length: UInt32(length), first: UInt32(key), end: UInt32(key) + 1))
      }
    }
    var bits: UInt32 = 4
    while 1 << bits < open.count * 2 { bits += 1 }
    doorShift = 32 - bits
    doors = Array(repeating: Door(), count: 1 << bits)
    ones = BitFilter(count: open.count { $0.length == 1 })
    twos = BitFilter(count: open.count { $0.length == 2 || $0.length == 3 })
    fours = BitFilter(count: open.count { $0.length == Self.doorLength })
    for door in open {
      var slot = Int(door.hash >> doorShift)
      while doors[slot].length != 0 { slot = (slot + 1) & (doors.count - 1) }
      doors[slot] = door
      let start = Int(keyStarts[Int(door.first)])
      switch door.length {
      case 1: ones.insert(lp_hash_one(characters[start]))
      case 2, 3: twos.insert(lp_hash_two(characters[start], characters[start + 1]))
      default: fours.insert(door.hash)
      }
    }
  }

  private func beginAlike(_ a: Int, _ b: Int) -> Bool {
    (0..<Self.doorLength).allSatisfy { characters[Int(keyStarts[a]) + $0] == characters[Int(keyStarts[b]) + $0] }
  }

  private static func hash(_ symbols: UnsafePointer<UInt32>, _ length: Int) -> UInt32 {
    switch length {
    case 1: lp_hash_one(symbols[0])
    case 2: lp_hash_two(symbols[0], symbols[1])
    case 3: lp_hash_four(symbols[0], symbols[1], symbols[2], 0)
    default: lp_hash_four(symbols[0], symbols[1], symbols[2], symbols[3])
    }
  }

  /// Every key that stands at `symbols`, of which there are `count`: its length, and whose it is.
  @inline(__always)
  func forEachKey(
    at symbols: UnsafePointer<UInt32>, count: Int, _ body: (_ length: Int, _ owners: ArraySlice<UInt32>) -> Void
  ) {
    for length in 1...Self.doorLength where length <= count && hasLength[length] {
      let hash = Self.hash(symbols, length)
      var slot = Int(hash >> doorShift)
      while doors[slot].length != 0 {
        let door = doors[slot]
        if door.hash == hash, door.length == UInt32(length) { narrow(door, symbols, count, body) }
        slot = (slot + 1) & (doors.count - 1)
      }
    }
  }

  private func narrow(
    _ door: Door, _ symbols: UnsafePointer<UInt32>, _ count: Int, _ body: (Int, ArraySlice<UInt32>) -> Void
  ) {
    var (first, end) = (Int(door.first), Int(door.end))
    let mask = UInt32(LP_FOLDED)
    characters.withUnsafeBufferPointer { characters in
      let start = Int(keyStarts[first])
      for place in 0..<Int(door.length) where characters[start + place] != symbols[place] & mask { return }
      var depth = Int(door.length)
      while first < end {
        if length(first) == depth {
          body(depth, owners[Int(ownerStarts[first])..<Int(ownerStarts[first + 1])])
          first += 1
        }
        guard first < end, depth < count else { return }
        let wanted = symbols[depth] & mask
        first = bound(first, end) { characters[Int(keyStarts[$0]) + depth] < wanted }
        end = bound(first, end) { characters[Int(keyStarts[$0]) + depth] == wanted }
        depth += 1
      }
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
    4 * (characters.count + keyStarts.count + owners.count + ownerStarts.count) + 16 * doors.count
      + 8 * (ones.words.count + twos.words.count + fours.words.count)
  }
}

/// A set of hashes that may say yes too often, never no.
struct BitFilter: Sendable {
  private(set) var words: [UInt64] = []
  private(set) var shift: UInt32 = 26

  init() {}

  /// With room for so many: 16 bits each.
  init(count: Int) {
    guard count > 0 else { return }
    var bits: UInt32 = 10
    while 1 << bits < count * 16 { bits += 1 }
    shift = 32 - bits
    words = Array(repeating: 0, count: 1 << (bits - 6))
  }

  mutating func insert(_ hash: UInt32) {
    let place = Int(hash >> shift)
    words[place >> 6] |= 1 << UInt64(place & 63)
  }

  func mayContain(_ hash: UInt32) -> Bool {
    guard !words.isEmpty else { return false }
    let place = Int(hash >> shift)
    return words[place >> 6] >> UInt64(place & 63) & 1 != 0
  }
}
