import CPlatform
import SmallFormats

/// The folded spellings as keys in small trees, with a hash table over their first characters.
///
/// Shape:  equal keys are one, with all their owners. A key shorter than four characters has a tree of its own, which is one
///         node. Longer keys with the same first four characters share a tree. A node is a stretch of characters that all
///         keys below it have; it lies before its children, which are in the order of their first characters, so that a
///         lookup reads on from where it is.
/// Cost:   a key takes 4 bytes per character that it does not share, and about 30 more. A lookup that finds nothing mostly
///         ends at a `BitFilter`, else mostly in the first node of a tree.
struct KeyIndex: Sendable {
  /// How many characters a tree is found by, at most.
  static let bucketLength = 4

  /// All trees, one after the other. A node is its head (how many characters it has, how many owners, how many numbers it
  /// takes with its children, and with which characters these begin, a bit for the lower five bits of each), its
  /// characters, the owners of the key that ends with it, and its children.
  private let nodes: FixedTable<UInt32>
  /// An open-addressed hash table, its size a power of two.
  private let roots: FixedTable<Root>
  /// How far a hash is shifted right to give a slot.
  private let rootShift: UInt32

  /// A bit for the lower 16 bits of the first character of each key.
  private let firsts: FixedTable<UInt64>
  /// The same of keys that are shorter than `bucketLength`.
  private let shorts: FixedTable<UInt64>
  /// Filters per number of characters by which trees are found; empty where no tree is found by so many.
  private let ones: BitFilter
  private let twos: BitFilter
  private let threes: BitFilter
  private let fours: BitFilter

  /// Where a tree begins.
  struct Root: BitwiseCopyable {
    /// Of the characters by which it is found.
    var hash: UInt32 = 0
    /// Of its first node, plus 1; 0 for a free slot.
    var place: UInt32 = 0
  }

  /// The words of a bit set of 16-bit numbers.
  static let firstWords = 1024
  /// The numbers before a node's characters.
  static let headLength = 4

  /// Builds the index. Keys without characters are left out.
  init(_ keys: KeyList) {
    let trees = KeyTrees(keys.sorted())
    var bits: UInt32 = 4
    while 1 << bits < trees.roots.count * 2 { bits += 1 }
    var roots = Array(repeating: Root(), count: 1 << bits)
    var filters = trees.counts.map { BitFilterBits(count: $0) }
    for (root, length) in trees.roots {
      var slot = Int(root.hash >> (32 - bits))
      while roots[slot].place != 0 { slot = (slot + 1) & (roots.count - 1) }
      roots[slot] = root
      filters[length - 1].insert(root.hash)
    }
    rootShift = 32 - bits
    (firsts, shorts) = (FixedTable(trees.firsts), FixedTable(trees.shorts))
    nodes = FixedTable(trees.nodes)
    self.roots = FixedTable(roots)
    (ones, twos) = (BitFilter(filters[0]), BitFilter(filters[1]))
    (threes, fours) = (BitFilter(filters[2]), BitFilter(filters[3]))
  }

  /// Whether there are no keys.
  var isEmpty: Bool { nodes.count == 0 }

  /// Adds the index to an archive.
  func write(to archive: inout ArchiveWriter) {
    archive.put(Int(rootShift))
    nodes.write(to: &archive)
    roots.write(to: &archive)
    firsts.write(to: &archive)
    shorts.write(to: &archive)
    for filter in [ones, twos, threes, fours] { filter.write(to: &archive) }
  }

  /// The next index of an archive.
  init(from archive: inout ArchiveReader) throws(ArchiveError) {
    guard let shift = UInt32(exactly: try archive.number()), shift < 32 else { throw .damaged }
    rootShift = shift
    nodes = try FixedTable(from: &archive)
    roots = try FixedTable(from: &archive)
    (firsts, shorts) = (try FixedTable(from: &archive), try FixedTable(from: &archive))
    guard roots.count == 1 << (32 - shift), firsts.count == Self.firstWords, shorts.count == Self.firstWords
    else { throw .damaged }
    (ones, twos) = (try BitFilter(from: &archive), try BitFilter(from: &archive))
    (threes, fours) = (try BitFilter(from: &archive), try BitFilter(from: &archive))
  }

  /// The filters for C.
  ///
  /// Limits: valid while the index lives.
  var filter: lp_key_filter {
    lp_key_filter(
      firsts: firsts.base, shorts: shorts.base, ones: ones.base, twos: twos.base, threes: threes.base,
      fours: fours.base, ones_shift: ones.shift,
      twos_shift: twos.shift, threes_shift: threes.shift, fours_shift: fours.shift)
  }

  /// Calls `body` with the length and the owners of every key at `symbols`, of which there are `count`.
  ///
  /// Shape:  the shortest key first. `owners` points into the index and is valid while the index lives.
  /// Units:  `length` and `count` in symbols; traits in the upper bits of a symbol are ignored.
  /// Cost:   a filter test per length; behind it mostly one node.
  @inline(__always)
  func forEachKey(
    at symbols: UnsafePointer<UInt32>, count: Int,
    _ body: (_ length: Int, _ owners: UnsafeBufferPointer<UInt32>) -> Void
  ) {
    view.forEachKey(at: symbols, count: count, body)
  }

  /// The index without its owners, for loops in which nothing may be retained.
  ///
  /// Limits: valid while the index lives.
  var view: View {
    View(
      nodes: nodes.base, roots: roots.base, rootMask: roots.count - 1, rootShift: rootShift, filter: filter)
  }

  struct View: BitwiseCopyable {
    fileprivate let nodes: UnsafePointer<UInt32>
    fileprivate let roots: UnsafePointer<Root>
    fileprivate let rootMask: Int
    fileprivate let rootShift: UInt32
    fileprivate let filter: lp_key_filter

    /// As `KeyIndex.forEachKey`.
    @inline(__always)
    func forEachKey(
      at symbols: UnsafePointer<UInt32>, count: Int, _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void
    ) {
      if let bits = filter.ones, count > 0 {
        let hash = lp_hash_one(symbols[0])
        if lp_may_contain(bits, filter.ones_shift, hash) != 0 { walk(hash, symbols, count, body) }
      }
      guard count > 1 else { return }
      if let bits = filter.twos {
        let hash = lp_hash_two(symbols[0], symbols[1])
        if lp_may_contain(bits, filter.twos_shift, hash) != 0 { walk(hash, symbols, count, body) }
      }
      guard count > 2 else { return }
      if let bits = filter.threes {
        let hash = lp_hash_three(symbols[0], symbols[1], symbols[2])
        if lp_may_contain(bits, filter.threes_shift, hash) != 0 { walk(hash, symbols, count, body) }
      }
      guard count > 3, let bits = filter.fours else { return }
      let hash = lp_hash_four(symbols[0], symbols[1], symbols[2], symbols[3])
      if lp_may_contain(bits, filter.fours_shift, hash) != 0 { walk(hash, symbols, count, body) }
    }

    /// Walks the trees that are found by a hash, as far as the symbols go along.
    @inline(__always)
    private func walk(
      _ hash: UInt32, _ symbols: UnsafePointer<UInt32>, _ count: Int,
      _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void
    ) {
      var slot = Int(hash >> rootShift)
      while roots[slot].place != 0 {
        if roots[slot].hash == hash { walk(nodes + Int(roots[slot].place &- 1), symbols, count, body) }
        slot = (slot &+ 1) & rootMask
      }
    }

    /// Asks for the memory in which a lookup at `symbols` will begin, so that it does not wait for it.
    ///
    /// Limits: four symbols can be read.
    @inline(__always)
    func prefetch(_ symbols: UnsafePointer<UInt32>) {
      lp_prefetch(roots + Int(lp_hash_four(symbols[0], symbols[1], symbols[2], symbols[3]) >> rootShift))
    }

    private func walk(
      _ root: UnsafePointer<UInt32>, _ symbols: UnsafePointer<UInt32>, _ count: Int,
      _ body: (Int, UnsafeBufferPointer<UInt32>) -> Void
    ) {
      let mask = UInt32(LP_FOLDED)
      var (node, depth) = (root, 0)
      while true {
        let (length, owners, size) = (Int(node[0]), Int(node[1]), Int(node[2]))
        guard length <= count &- depth else { return }
        let label = node + KeyIndex.headLength
        var place = 0
        while place < length {
          if label[place] != symbols[depth &+ place] & mask { return }
          place &+= 1
        }
        depth &+= length
        let behind = label + length
        if owners > 0 { body(depth, UnsafeBufferPointer(start: behind, count: owners)) }
        guard depth < count else { return }
        let wanted = symbols[depth] & mask
        // Most texts end here: `bear` and `ing`.
        guard node[3] >> (wanted & 31) & 1 == 1 else { return }
        let end = node + size
        var child = behind + owners
        while child < end, child[KeyIndex.headLength] < wanted { child += Int(child[2]) }
        guard child < end, child[KeyIndex.headLength] == wanted else { return }
        node = child
      }
    }
  }

  /// The memory of all tables.
  var byteCount: Int {
    nodes.byteCount + roots.byteCount + firsts.byteCount + shorts.byteCount + ones.byteCount + twos.byteCount
      + threes.byteCount + fours.byteCount
  }
}

/// Keys with their owners, on their way into an index.
struct KeyList: Sendable {
  /// The characters of all keys, one key after the other.
  private(set) var characters: [UInt32] = []
  fileprivate private(set) var keys: [Key] = []

  fileprivate struct Key: BitwiseCopyable, Sendable {
    /// The first three characters, or as many as there are: what most keys are told apart by.
    let prefix: UInt64
    let start: UInt32
    let count: UInt32
    let owner: UInt32
  }

  /// Adds a key; one without characters is left out.
  mutating func add(_ key: some Sequence<UInt32>, owner: UInt32) {
    let start = characters.count
    characters.append(contentsOf: key)
    guard characters.count > start else { return }
    var prefix: UInt64 = 0
    for place in start..<start + 3 {
      prefix = prefix << 21 | (place < characters.count ? UInt64(characters[place]) : 0)
    }
    keys.append(
      Key(prefix: prefix, start: UInt32(start), count: UInt32(characters.count - start), owner: owner))
  }

  /// The keys in order of their characters, equal ones by owner.
  ///
  /// Cost:   O(n log n), without an allocation per key.
  fileprivate consuming func sorted() -> KeyList {
    let count = keys.count
    characters.withUnsafeBufferPointer { characters in
      keys.withUnsafeMutableBufferPointer { keys in
        keys[0..<count].sort { a, b in
          if a.prefix != b.prefix { return a.prefix < b.prefix }
          let (first, second) = (Int(a.start), Int(b.start))
          for place in 0..<Int(min(a.count, b.count)) where characters[first + place] != characters[second + place] {
            return characters[first + place] < characters[second + place]
          }
          return a.count == b.count ? a.owner < b.owner : a.count < b.count
        }
      }
    }
    return self
  }
}

/// The trees of an index on their way.
private struct KeyTrees {
  private(set) var nodes: [UInt32] = []
  /// Where trees begin, and how many characters each is found by.
  private(set) var roots: [(root: KeyIndex.Root, length: Int)] = []
  /// How many trees are found by one character, by two and so on.
  private(set) var counts = [Int](repeating: 0, count: KeyIndex.bucketLength)
  private(set) var firsts = [UInt64](repeating: 0, count: KeyIndex.firstWords)
  private(set) var shorts = [UInt64](repeating: 0, count: KeyIndex.firstWords)

  private let list: KeyList

  /// A node whose children are being added.
  private struct Open {
    /// Where the node begins in `nodes`.
    let node: Int
    /// The keys that are left for its children.
    var keys: Range<Int>
    /// How many characters are above its children.
    let depth: Int
  }

  /// - Parameter list: sorted.
  init(_ list: KeyList) {
    self.list = list
    nodes.reserveCapacity(list.characters.count + list.keys.count * 2)
    var key = 0
    while key < list.keys.count {
      let length = min(Int(list.keys[key].count), KeyIndex.bucketLength)
      // Keys that are shorter are found by all their characters, and only equal ones with them.
      let limit = length < KeyIndex.bucketLength ? length : Int.max
      var end = key + 1
      while end < list.keys.count, Int(list.keys[end].count) <= limit, isAlike(key, end, length) { end += 1 }
      addTree(key..<end, length)
      key = end
    }
  }

  /// A character of a key.
  private func character(_ key: Int, _ place: Int) -> UInt32 { list.characters[Int(list.keys[key].start) + place] }

  /// Whether two keys begin alike.
  private func isAlike(_ a: Int, _ b: Int, _ length: Int) -> Bool {
    guard Int(list.keys[b].count) >= length else { return false }
    for place in 0..<length where character(a, place) != character(b, place) { return false }
    return true
  }

  private mutating func addTree(_ keys: Range<Int>, _ length: Int) {
    let hash = list.characters.withUnsafeBufferPointer {
      KeyTrees.hash($0.baseAddress! + Int(list.keys[keys.lowerBound].start), length)
    }
    roots.append((KeyIndex.Root(hash: hash, place: UInt32(nodes.count + 1)), length))
    counts[length - 1] += 1
    let first = Int(character(keys.lowerBound, 0) & 0xFFFF)
    firsts[first >> 6] |= 1 << UInt64(first & 63)
    if length < KeyIndex.bucketLength { shorts[first >> 6] |= 1 << UInt64(first & 63) }
    // Not by recursion: keys may be long, each the beginning of the next.
    var open = [addNode(keys, 0)]
    while let last = open.last {
      guard let first = last.keys.first else {
        nodes[last.node + 2] = UInt32(nodes.count - last.node)
        open.removeLast()
        continue
      }
      let wanted = character(first, last.depth)
      var (low, high) = (first + 1, last.keys.upperBound)
      while low < high {
        let middle = (low + high) / 2
        if character(middle, last.depth) == wanted { low = middle + 1 } else { high = middle }
      }
      open[open.count - 1].keys = low..<last.keys.upperBound
      nodes[last.node + 3] |= 1 << (wanted & 31)
      open.append(addNode(first..<low, last.depth))
    }
  }

  /// Adds the node of some keys that are alike before `depth`, and at it.
  private mutating func addNode(_ keys: Range<Int>, _ depth: Int) -> Open {
    // Sorted, so that what the first and the last have in common, all have.
    let (first, last) = (keys.lowerBound, keys.upperBound - 1)
    let shortest = Int(list.keys[first].count)
    var end = depth
    while end < shortest, character(first, end) == character(last, end) { end += 1 }
    let node = nodes.count
    nodes.append(UInt32(end - depth))
    for _ in 1..<KeyIndex.headLength { nodes.append(0) }
    for place in depth..<end { nodes.append(character(first, place)) }
    var rest = first
    while rest < keys.upperBound, Int(list.keys[rest].count) == end {
      let owner = list.keys[rest].owner
      if nodes[node + 1] == 0 || nodes.last != owner {
        nodes.append(owner)
        nodes[node + 1] += 1
      }
      rest += 1
    }
    return Open(node: node, keys: rest..<keys.upperBound, depth: end)
  }

  /// The hash of the first symbols of a key, as the C scan computes it.
  private static func hash(_ symbols: UnsafePointer<UInt32>, _ length: Int) -> UInt32 {
    switch length {
    case 1: lp_hash_one(symbols[0])
    case 2: lp_hash_two(symbols[0], symbols[1])
    case 3: lp_hash_three(symbols[0], symbols[1], symbols[2])
    default: lp_hash_four(symbols[0], symbols[1], symbols[2], symbols[3])
    }
  }
}
