import Listings
import Synchronization

/// Pairs of texts that are one advert, found by their sketches and verified by their words.
///
/// Shape:  a pair that other pairs join already is not looked for; see `Clustering`.
/// Cost:   a sort of all texts for each band. Pairs are verified within bands, so that a large group costs as many
///         verifications as it has members, and no more.
/// Source: bands of minimum hashes (Broder 1997; Leskovec, Rajaraman & Ullman, Mining of Massive Datasets, chapter 3).
struct AlikeTexts {
  let texts: DistinctTexts
  let sketches: TextSketches
  let rarity: ShingleRarity
  let likeness: Likeness

  /// A band is two places of the sketch: of texts that have 0.45 in common 999 in 1,000 meet, of those with 0.3 in common 95
  /// in 100.
  static let bandCount = 32
  /// Sketches that agree in fewer places are not looked at further: less than a fifth in common.
  static let leastAgreement = 7
  /// A text that was refused so often is not tried again in buckets larger than this; in smaller ones a few times more.
  private static let smallBucket = 10
  private static let mostRefusals: (large: UInt8, small: UInt8) = (12, 60)

  /// The text under which each is joined with others.
  private(set) var parents: [UInt32]
  /// Verified pairs of each text.
  private(set) var degrees: [UInt16]
  /// The verified pairs, the smaller number above, and how alike they are.
  private(set) var pairs: [UInt64] = []
  private(set) var likenesses: [Float] = []
  private var refusals: [UInt8]
  private var refused: Set<UInt64> = []

  init(_ texts: DistinctTexts, _ sketches: TextSketches, _ rarity: ShingleRarity) {
    self.texts = texts
    self.sketches = sketches
    self.rarity = rarity
    likeness = Likeness(rarity)
    parents = (0..<UInt32(texts.count)).map { $0 }
    degrees = Array(repeating: 0, count: texts.count)
    refusals = Array(repeating: 0, count: texts.count)
  }

  /// Looks for pairs in one band after the other. False when cancelled.
  mutating func find(_ cancellation: Cancellation?, progress: (Double) -> Void) -> Bool {
    for band in 0..<Self.bandCount {
      var keys = bandKeys(band)
      guard RadixSort.sortByUpperHalf(&keys, cancellation) else { return false }
      var pairs = candidates(keys, band)
      pairs.sort()
      guard verify(pairs, cancellation) else { return false }
      progress(Double(band + 1) / Double(Self.bandCount))
    }
    return true
  }

  /// Two places of each sketch above, the number of the text below.
  private func bandKeys(_ band: Int) -> [UInt64] {
    let other = (band + 7) % TextSketches.size
    var keys: [UInt64] = []
    keys.reserveCapacity(texts.count)
    for text in 0..<texts.count where sketches.has(text) {
      let sketch = sketches[text]
      keys.append(UInt64(sketch[band]) << 48 | UInt64(sketch[other]) << 32 | UInt64(text))
    }
    return keys
  }

  /// Pairs in the same bucket whose sketches agree, the smaller number above: each text with the first of the bucket, or in
  /// every other band with its neighbour.
  private func candidates(_ keys: [UInt64], _ band: Int) -> [UInt64] {
    let found = Mutex([Int: [UInt64]]())
    keys.withUnsafeBufferPointer { keys in
      nonisolated(unsafe) let keys = keys  // read only
      Parallel.parts(keys.count, minimum: 4096) { part, range in
        var pairs: [UInt64] = []
        // A bucket belongs to the part in which it begins.
        var first = range.lowerBound
        if first > 0 { while first < range.upperBound, keys[first] >> 32 == keys[first - 1] >> 32 { first += 1 } }
        while first < range.upperBound {
          var end = first + 1
          while end < keys.count, keys[end] >> 32 == keys[first] >> 32 { end += 1 }
          if end - first > 1 { add(keys, first, end, band & 1 == 1, to: &pairs) }
          first = end
        }
        let done = pairs
        found.withLock { $0[part] = done }
      }
    }
    return found.withLock { parts in parts.keys.sorted().flatMap { parts[$0] ?? [] } }
  }

  private func add(
    _ keys: UnsafeBufferPointer<UInt64>, _ first: Int, _ end: Int, _ withNeighbours: Bool, to pairs: inout [UInt64]
  ) {
    let most = end - first <= Self.smallBucket ? Self.mostRefusals.small : Self.mostRefusals.large
    for place in first + 1..<end {
      let b = UInt32(truncatingIfNeeded: keys[place])
      let a = UInt32(truncatingIfNeeded: keys[withNeighbours ? place - 1 : first])
      if parents[Int(a)] == parents[Int(b)] || refusals[Int(b)] >= most { continue }
      if sketches.agreement(Int(a), Int(b)) < Self.leastAgreement { continue }
      let pair = UInt64(min(a, b)) << 32 | UInt64(max(a, b))
      if !refused.contains(pair) { pairs.append(pair) }
    }
  }

  /// Compares the words of the pairs, ascending, and joins those that are one advert. False when cancelled.
  private mutating func verify(_ pairs: [UInt64], _ cancellation: Cancellation?) -> Bool {
    guard !pairs.isEmpty else { return true }
    var verdicts = [Float](repeating: -1, count: pairs.count)
    verdicts.withUnsafeMutableBufferPointer { verdicts in
      nonisolated(unsafe) let verdicts = verdicts  // each part writes its own stretch
      Parallel.parts(pairs.count, minimum: 64) { _, range in
        let comparison = TextComparison(texts, rarity, likeness)
        for index in range {
          if index & 255 == 0, cancellation?.isCancelled == true { return }
          let pair = pairs[index]
          verdicts[index] = comparison.alike(Int(pair >> 32), Int(pair & 0xFFFF_FFFF)).map { Float($0) } ?? -1
        }
      }
    }
    if cancellation?.isCancelled == true { return false }
    for (pair, verdict) in zip(pairs, verdicts) {
      let (a, b) = (Int(pair >> 32), Int(pair & 0xFFFF_FFFF))
      if verdict >= 0 {
        join(a, b)
        self.pairs.append(pair)
        likenesses.append(verdict)
        if degrees[a] < .max { degrees[a] += 1 }
        if degrees[b] < .max { degrees[b] += 1 }
      } else {
        refused.insert(pair)
        if refusals[a] < .max { refusals[a] += 1 }
        if refusals[b] < .max { refusals[b] += 1 }
      }
    }
    // Candidates look at parents without walking up.
    for text in parents.indices { parents[text] = parents[Int(parents[text])] }
    for text in parents.indices where parents[Int(parents[text])] != parents[text] {
      parents[text] = UInt32(root(text))
    }
    return true
  }

  private mutating func join(_ a: Int, _ b: Int) {
    let (a, b) = (root(a), root(b))
    if a != b { parents[max(a, b)] = UInt32(min(a, b)) }
  }

  private mutating func root(_ text: Int) -> Int {
    var text = text
    while parents[text] != text {
      parents[text] = parents[Int(parents[text])]
      text = Int(parents[text])
    }
    return text
  }
}

/// Compares texts by their words; for one thread.
final class TextComparison {
  private let texts: DistinctTexts
  private let shingling: ShingleReading
  private let likeness: Likeness
  private let text: AdvertText
  private let reading = WordReading()
  private let first = TextProfile()
  private let second = TextProfile()
  private var firstText = -1

  init(_ texts: DistinctTexts, _ rarity: ShingleRarity, _ likeness: Likeness) {
    self.texts = texts
    shingling = ShingleReading(rarity)
    self.likeness = likeness
    text = AdvertText(texts.dataset)
  }

  /// How alike two texts are; nil if they are two adverts.
  ///
  /// Cost:   half where the first text is that of the call before.
  func alike(_ a: Int, _ b: Int) -> Double? {
    fillFirst(a)
    text.move(to: texts.row(of: b))
    second.fill(from: text, reading, shingling)
    return likeness.alike(first, second)
  }

  /// Whether a text tells enough for equal ones to be one advert.
  func tellsEnough(_ a: Int) -> Bool {
    fillFirst(a)
    return likeness.tellsEnough(first)
  }

  private func fillFirst(_ a: Int) {
    guard a != firstText else { return }
    firstText = a
    text.move(to: texts.row(of: a))
    first.fill(from: text, reading, shingling)
  }
}
