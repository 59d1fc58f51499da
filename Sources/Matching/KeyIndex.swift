import CPlatform
import SmallFormats

/// The folded spellings as a sorted list of keys, with a hash table over their first characters.
///
/// Shape:  equal keys are one, with all their owners. A key shorter than four characters has a bucket of its own. Longer
///         keys with the same first four characters share a bucket and are told apart by narrowing the sorted list.
/// Cost:   a key takes 4 bytes per character and about 40 more. A lookup that finds nothing mostly ends at a `BitFilter`.
struct KeyIndex: Sendable {
  /// How many characters a bucket looks at, at most.
  static let bucketLength = 4

  /// The characters of all keys, one key after the other.
  private let characters: FixedTable<UInt32>
  /// Where each key begins in `characters`, and one end.
  private let keyStarts: FixedTable<UInt32>
  /// The owners of all keys, one key after the other.
  private let owners: FixedTable<UInt32>
  /// Where the owners of each key begin, and one end.
  private let ownerStarts: FixedTable<UInt32>
  /// An open-addressed hash table, its size a power of two.
  private let buckets: FixedTable<Bucket>
  /// How far a hash is shifted right to give a slot.
  private let bucketShift: UInt32
  /// The numbers of characters at which the existing buckets look.
  private let lengths: ClosedRange<Int>

  /// Filters per number of characters, for `lp_scan_spellings`; empty where no bucket looks at so many.
  let ones: BitFilter
  let twos: BitFilter
  let threes: BitFilter
  let fours: BitFilter

  /// Builds the index. Keys without characters are left out.
  init(_ keys: [(characters: [UInt32], owner: UInt32)]) {
    let list = SortedKeys(keys)
    let filled = list.buckets()
    var bits: UInt32 = 4
    while 1 << bits < filled.count * 2 { bits += 1 }
    var buckets = Array(repeating: Bucket(), count: 1 << bits)
    var ones = BitFilterBits(count: filled.count { $0.length == 1 })
    var twos = BitFilterBits(count: filled.count { $0.length == 2 })
    var threes = BitFilterBits(count: filled.count { $0.length == 3 })
    var fours = BitFilterBits(count: filled.count { $0.length == Self.bucketLength })
    for bucket in filled {
      var slot = Int(bucket.hash >> (32 - bits))
      while buckets[slot].length != 0 { slot = (slot + 1) & (buckets.count - 1) }
      buckets[slot] = bucket
      switch bucket.length {
      case 1: ones.insert(bucket.hash)
      case 2: twos.insert(bucket.hash)
      case 3: threes.insert(bucket.hash)
      default: fours.insert(bucket.hash)
      }
    }
    bucketShift = 32 - bits
    lengths = Int(filled.map(\.length).min() ?? 1)...Int(filled.map(\.length).max() ?? 1)
    characters = FixedTable(list.characters)
    keyStarts = FixedTable(list.keyStarts)
    owners = FixedTable(list.owners)
    ownerStarts = FixedTable(list.ownerStarts)
    self.buckets = FixedTable(buckets)
    (self.ones, self.twos) = (BitFilter(ones), BitFilter(twos))
    (self.threes, self.fours) = (BitFilter(threes), BitFilter(fours))
  }

  /// Whether there are no keys.
  var isEmpty: Bool { owners.count == 0 }

  /// Adds the index to an archive.
  func write(to archive: inout ArchiveWriter) {
    archive.put(Int(bucketShift))
    archive.put(lengths.lowerBound)
    archive.put(lengths.upperBound)
    characters.write(to: &archive)
    keyStarts.write(to: &archive)
    owners.write(to: &archive)
    ownerStarts.write(to: &archive)
    buckets.write(to: &archive)
    for filter in [ones, twos, threes, fours] { filter.write(to: &archive) }
  }

  /// The next index of an archive.
  init(from archive: inout ArchiveReader) throws(ArchiveError) {
    guard let shift = UInt32(exactly: try archive.number()) else { throw .damaged }
    bucketShift = shift
    let (first, last) = (try archive.number(), try archive.number())
    guard 1...Self.bucketLength ~= first, first <= last, last <= Self.bucketLength else { throw .damaged }
    lengths = first...last
    characters = try FixedTable(from: &archive)
    keyStarts = try FixedTable(from: &archive)
    owners = try FixedTable(from: &archive)
    ownerStarts = try FixedTable(from: &archive)
    buckets = try FixedTable(from: &archive)
    (ones, twos) = (try BitFilter(from: &archive), try BitFilter(from: &archive))
    (threes, fours) = (try BitFilter(from: &archive), try BitFilter(from: &archive))
  }

  /// The filter for buckets that look at so many characters.
  @inline(__always)
  private func filter(_ length: Int) -> BitFilter {
    switch length {
    case 1: ones
    case 2: twos
    case 3: threes
    default: fours
    }
  }

  /// Calls `body` with the length and the owners of every key at `symbols`, of which there are `count`.
  ///
  /// Shape:  the shortest key first. `owners` points into the index and is valid while the index lives.
  /// Units:  `length` and `count` in symbols; traits in the upper bits of a symbol are ignored.
  /// Cost:   a filter test per length; behind it two binary searches for each further character of a bucket.
  @inline(__always)
  func forEachKey(
    at symbols: UnsafePointer<UInt32>, count: Int,
    _ body: (_ length: Int, _ owners: UnsafeBufferPointer<UInt32>) -> Void
  ) {
    let buckets = self.buckets.base
    for length in lengths where length <= count {
      let hash = Bucket.hash(symbols, length)
      // The filter fits into the nearest cache, the buckets do not.
      guard filter(length).mayContain(hash) else { continue }
      var slot = Int(hash >> bucketShift)
      while buckets[slot].length != 0 {
        let bucket = buckets[slot]
        if bucket.hash == hash, bucket.length == UInt32(length) { narrow(bucket, symbols, count, body) }
        slot = (slot + 1) & (self.buckets.count - 1)
      }
    }
  }

  /// Narrows a bucket's keys character by character, and calls `body` for each key that ends on the way.
  ///
  /// Cost:   two loads per character as long as all keys that are left go on alike, which most do.
  @inline(__always)
  private func narrow(
    _ bucket: Bucket, _ symbols: UnsafePointer<UInt32>, _ count: Int,
    _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void
  ) {
    let (characters, keyStarts, ownerStarts) = (self.characters.base, self.keyStarts.base, self.ownerStarts.base)
    var (first, end) = (Int(bucket.first), Int(bucket.end))
    let mask = UInt32(LP_FOLDED)
    var depth = Int(bucket.length)
    var place = 0
    while place < depth {
      if characters[Int(keyStarts[first]) + place] != symbols[place] & mask { return }
      place += 1
    }
    while true {
      let start = Int(keyStarts[first])
      if Int(keyStarts[first + 1]) - start == depth {
        let theirs = Int(ownerStarts[first])..<Int(ownerStarts[first + 1])
        body(depth, UnsafeBufferPointer(start: owners.base + theirs.lowerBound, count: theirs.count))
        first += 1
        if first == end { return }
        continue
      }
      guard depth < count else { return }
      let wanted = symbols[depth] & mask
      if end - first > 1, characters[start + depth] != characters[Int(keyStarts[end - 1]) + depth] {
        first = bound(first, end) { characters[Int(keyStarts[$0]) + depth] < wanted }
        end = bound(first, end) { characters[Int(keyStarts[$0]) + depth] == wanted }
        if first == end { return }
      } else if characters[start + depth] != wanted {
        return
      }
      depth += 1
    }
  }

  /// Binary search: the first key from `first` up to `end` that is not `before`.
  ///
  /// Cost:   O(log(`end` - `first`)).
  /// Fails:  never; gives `end` where all keys are `before`.
  @inline(__always)
  private func bound(_ first: Int, _ end: Int, _ before: (Int) -> Bool) -> Int {
    var (low, high) = (first, end)
    while low < high {
      let middle = (low + high) / 2
      if before(middle) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The memory of all tables.
  var byteCount: Int {
    characters.byteCount + keyStarts.byteCount + owners.byteCount + ownerStarts.byteCount + buckets.byteCount
      + ones.byteCount + twos.byteCount + threes.byteCount + fours.byteCount
  }
}

/// A range of neighbouring keys that begin alike.
private struct Bucket {
  /// Of the first `length` characters.
  var hash: UInt32 = 0
  /// How many characters the bucket looks at; 0 for a free slot.
  var length: UInt32 = 0
  /// The first key of the bucket, in the sorted list.
  var first: UInt32 = 0
  /// Behind its last key.
  var end: UInt32 = 0

  /// The hash of the first `length` symbols, as the C scan computes it.
  static func hash(_ symbols: UnsafePointer<UInt32>, _ length: Int) -> UInt32 {
    switch length {
    case 1: lp_hash_one(symbols[0])
    case 2: lp_hash_two(symbols[0], symbols[1])
    case 3: lp_hash_three(symbols[0], symbols[1], symbols[2])
    default: lp_hash_four(symbols[0], symbols[1], symbols[2], symbols[3])
    }
  }
}

/// Keys on their way into an index: sorted, equal ones merged.
private struct SortedKeys {
  private(set) var characters: [UInt32] = []
  private(set) var keyStarts: [UInt32] = [0]
  private(set) var owners: [UInt32] = []
  private(set) var ownerStarts: [UInt32] = [0]

  /// Sorts and merges keys; empty ones are left out.
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

  /// The buckets. Keys of one bucket are neighbours in the list; a short key has a bucket of its own before them.
  func buckets() -> [Bucket] {
    var filled: [Bucket] = []
    for key in 0..<keyStarts.count - 1 {
      let length = min(self.length(key), KeyIndex.bucketLength)
      let hash = characters.withUnsafeBufferPointer { Bucket.hash($0.baseAddress! + Int(keyStarts[key]), length) }
      if length == KeyIndex.bucketLength, let last = filled.last, last.length == UInt32(length),
        last.end == UInt32(key),
        beginAlike(Int(last.first), key)
      {
        filled[filled.count - 1].end += 1
      } else {
        filled.append(Bucket(hash: hash, length: UInt32(length), first: UInt32(key), end: UInt32(key) + 1))
      }
    }
    return filled
  }

  /// Whether two keys share a bucket.
  private func beginAlike(_ a: Int, _ b: Int) -> Bool {
    (0..<KeyIndex.bucketLength).allSatisfy {
      characters[Int(keyStarts[a]) + $0] == characters[Int(keyStarts[b]) + $0]
    }
  }
}

/// A Bloom filter of hashes: it may report a hash that is not in it, and never misses one that is.
///
/// Shape:  each hash sets two bits of one 64-bit word. With 32 bits of memory per hash, two bits let far fewer strangers
///         through than one bit of 16 would. Hashes that pass are looked up in the buckets.
/// Cost:   one load per test, mostly from the nearest cache.
struct BitFilter: Sendable {
  /// The bits.
  private let words: FixedTable<UInt64>
  /// How far a hash is shifted right to give its bit position.
  let shift: UInt32

  init(_ bits: BitFilterBits) {
    words = FixedTable(bits.words)
    shift = bits.shift
  }

  /// The next filter of an archive.
  init(from archive: inout ArchiveReader) throws(ArchiveError) {
    guard let shift = UInt32(exactly: try archive.number()) else { throw .damaged }
    self.shift = shift
    words = try FixedTable(from: &archive)
  }

  /// Adds the filter to an archive.
  func write(to archive: inout ArchiveWriter) {
    archive.put(Int(shift))
    words.write(to: &archive)
  }

  /// The address for C; nil where the filter is empty.
  ///
  /// Limits: valid while the filter lives.
  var base: UnsafePointer<UInt64>? { words.count == 0 ? nil : words.base }

  /// The memory of the bits, in bytes.
  var byteCount: Int { words.byteCount }

  /// False: certainly not in the set.
  @inline(__always)
  func mayContain(_ hash: UInt32) -> Bool {
    words.count != 0 && lp_may_contain(words.base, shift, hash) != 0
  }
}

/// A `BitFilter` under construction.
struct BitFilterBits {
  /// The bits; none if the filter has no room for a hash.
  private(set) var words: [UInt64] = []
  /// How far a hash is shifted right to give its bit position.
  private(set) var shift: UInt32 = 26

  /// An empty filter with room for `count` hashes.
  ///
  /// Shape:  a power of two of bits: at least 1024, and at least 32 for each hash.
  /// Limits: a filter for 0 hashes has no bits, and takes no hash.
  init(count: Int) {
    guard count > 0 else { return }
    var bits: UInt32 = 10
    while 1 << bits < count * 32 { bits += 1 }
    shift = 32 - bits
    words = Array(repeating: 0, count: 1 << (bits - 6))
  }

  /// Adds a hash.
  mutating func insert(_ hash: UInt32) { words[Int((hash >> shift) >> 6)] |= lp_filter_bits(shift, hash) }
}
