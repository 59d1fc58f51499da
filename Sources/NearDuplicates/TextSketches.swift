import Listings

/// A few numbers per text, of which two texts share about as large a part as of their shingles.
///
/// Shape:  `size` numbers of 16 bits a text: the smallest hash in each of as many bins; a bin that no shingle fell into takes
///         the number of another one. A shingle that weighs more falls into more bins. A text without shingles of any
///         weight has no sketch.
/// Cost:   80 bytes a text; a few multiplications a shingle.
/// Source: one permutation hashing (Li, Owen & Zhang 2012) with optimal densification (Shrivastava 2017); weights by
///         repetition, as in Chum, Philbin & Zisserman 2008.
struct TextSketches {
  static let size = 40

  /// The numbers of all texts.
  let base: UnsafeMutablePointer<UInt16>

  init(count: Int) {
    base = .allocate(capacity: max(1, count * Self.size))
    base.initialize(repeating: 0, count: count * Self.size)
  }

  func release() { base.deallocate() }

  @inline(__always)
  subscript(text: Int) -> UnsafeMutablePointer<UInt16> { base + text * Self.size }

  /// Whether a text has a sketch: the numbers of one are never 0.
  func has(_ text: Int) -> Bool { self[text][0] != 0 }

  /// In how many places two sketches agree.
  @inline(__always)
  func agreement(_ a: Int, _ b: Int) -> Int {
    let (x, y) = (self[a], self[b])
    var equal: UInt16 = 0
    for place in 0..<Self.size { equal &+= x[place] == y[place] ? 1 : 0 }
    return Int(equal)
  }
}

/// Makes sketches one after the other.
struct SketchMaking {
  private let minima = UnsafeMutablePointer<UInt32>.allocate(capacity: TextSketches.size)

  func release() { minima.deallocate() }

  /// A bin by the upper half of a hash.
  @inline(__always)
  private static func bin(_ hash: UInt64) -> Int { Int(((hash >> 32) * UInt64(TextSketches.size)) >> 32) }

  /// Writes the sketch of a text from its shingles.
  func write(_ shingling: ShingleReading, to sketch: UnsafeMutablePointer<UInt16>) {
    let minima = minima
    minima.initialize(repeating: .max, count: TextSketches.size)
    var isEmpty = true
    for index in 0..<shingling.count {
      let (hash, weight) = (shingling.hashes[index], Int(shingling.weights[index]))
      // One place for about three bits, at most four.
      let places = min(4, (weight + 6) / 12)
      for place in 0..<UInt64(places) {
        let value = WordReading.mix(hash &+ (place &+ 1) &* 0x9E37_79B9_7F4A_7C15)
        let bin = Self.bin(value)
        minima[bin] = min(minima[bin], UInt32(truncatingIfNeeded: value))
        isEmpty = false
      }
    }
    guard !isEmpty else { return }
    for bin in 0..<TextSketches.size {
      var source = bin
      var attempt: UInt64 = 0
      while minima[source] == .max {
        attempt += 1
        source = Self.bin(WordReading.mix(UInt64(bin) << 32 | attempt))
      }
      // The smallest of many hashes is small: its lower bits are as good as any.
      let number = UInt16(truncatingIfNeeded: WordReading.mix(UInt64(minima[source]) &+ UInt64(source) << 40))
      sketch[bin] = number == 0 ? 1 : number
    }
  }
}
