import Glibc
import Listings

/// How rare words and runs of words are among the texts of a dataset.
///
/// Shape:  a table by hash, of quarter bits of information: -4 log2 of the share of texts that hold the run. Counted in a
///         sample, since only common runs must be told from rare ones. A run that two hashes share counts as more common.
/// Units:  quarter bits; see `perBit`.
/// Cost:   a table of at most 32 MB while counting, for each of at most two parts, and of half as much afterwards.
struct ShingleRarity {
  static let perBit = 4
  /// Texts in the sample at most. What stands in none of so many tells a text from the others.
  static let sampleSize = 1 << 15
  /// Of a long text so many words are counted.
  private static let countedWords = 512
  /// A dataset is looked at as if it were part of so many texts: what is rare among a hundred may be common elsewhere.
  private static let outsideTexts = 4096.0

  private let table: FixedBytes
  private let base: UnsafeMutablePointer<UInt8>
  private let shift: UInt64
  /// The most that one run can tell: log2 of the number of texts.
  let maximum: Int

  /// Counts the words and runs in every text of a sample.
  ///
  /// - Parameter read: reads the text with this number in the sample; false leaves it out.
  init?(
    sample count: Int, words: Int, _ cancellation: Cancellation?, read: (_ text: Int, _ reading: WordReading) -> Bool
  ) {
    // Two or three runs a word, and as much room again, so that few of them share a place.
    var bits = 14
    while bits < 24, 1 << bits < 3 * words { bits += 1 }
    shift = UInt64(64 - bits)
    let size = 1 << bits
    let parts = min(2, Parallel.partCount(count, minimum: 1024))
    let counts = UnsafeMutablePointer<UInt16>.allocate(capacity: size * max(1, parts))
    counts.initialize(repeating: 0, count: size * max(1, parts))
    defer { counts.deallocate() }
    let shift = self.shift
    nonisolated(unsafe) let counted = counts  // each part has its own stretch
    Parallel.each(parts) { part in
      let mine = counted + part * size
      let reading = WordReading()
      for text in count * part / parts..<count * (part + 1) / parts {
        if text & 255 == 0, cancellation?.isCancelled == true { return }
        reading.clear()
        guard read(text, reading) else { continue }
        Self.count(reading, in: mine, shift)
      }
    }
    if cancellation?.isCancelled == true { return nil }
    let texts =
      count < Int(Self.outsideTexts) ? (Self.outsideTexts * Double(max(1, count))).squareRoot() : Double(count)
    var quarters = [UInt8](repeating: 0, count: 1 << 16)
    for number in quarters.indices {
      let information = log2(texts / Double(max(1, number)))
      quarters[number] = UInt8(max(0, (Double(Self.perBit) * information).rounded()))
    }
    maximum = Int(quarters[1])
    table = FixedBytes(count: size)
    base = table.base
    for place in 0..<size {
      var number = Int(counts[place])
      if parts > 1 { number = min(65_535, number + Int(counts[size + place])) }
      table.base[place] = quarters[number]
    }
  }

  private static func count(_ reading: WordReading, in counts: UnsafeMutablePointer<UInt16>, _ shift: UInt64) {
    var recent = RecentWords()
    for index in 0..<min(reading.count, countedWords) {
      let word = reading.words[index]
      if word.has(Word.number) { continue }
      recent.take(word)
      var run = Run()
      for back in 0..<recent.longest {
        run.extend(by: recent[back])
        let place = Int(run.hash >> shift)
        if counts[place] < 65_535 { counts[place] += 1 }
      }
    }
  }

  /// How much it tells that a text holds the run: quarter bits.
  @inline(__always)
  func information(of hash: UInt64) -> UInt8 { base[Int(hash >> shift)] }
}

/// Bytes at a fixed address.
final class FixedBytes: @unchecked Sendable {
  // Written by the one who makes it, before anyone else reads.
  let base: UnsafeMutablePointer<UInt8>
  init(count: Int) {
    var memory: UnsafeMutableRawPointer?
    // Probes are all over it: large pages spare looking up addresses. Where there are none, small ones do.
    let size = (count + 0x1F_FFFF) & ~0x1F_FFFF
    guard posix_memalign(&memory, 0x20_0000, size) == 0, let memory else { fatalError("out of memory for words") }
    _ = madvise(memory, size, MADV_HUGEPAGE)
    base = memory.bindMemory(to: UInt8.self, capacity: count)
  }
  deinit { free(base) }
}

/// A run of words, from its last word backwards.
struct Run {
  private(set) var hash: UInt64

  init(_ hash: UInt64 = 0) { self.hash = hash }

  @inline(__always)
  mutating func extend(by word: Word) {
    hash = WordReading.mix(hash &* 0x9E37_79B9_7F4A_7C15 &+ (word.identity &+ 0x632B_E59B_D9B4_E019))
  }
}

/// The last words of a text, the newest first.
struct RecentWords {
  // Those that are not there yet are zero; `longest` says how many count.
  private var words = (Word(bits: 0), Word(bits: 0), Word(bits: 0), Word(bits: 0), Word(bits: 0))
  private var count = 0

  @inline(__always)
  mutating func take(_ word: Word) {
    words = (word, words.0, words.1, words.2, words.3)
    if count < 5 { count += 1 }
  }

  /// The longest run that ends with the newest word: four words, or five characters of a script without blanks.
  @inline(__always)
  var longest: Int { min(count, words.0.has(Word.borderless) ? 5 : 4) }

  @inline(__always)
  subscript(back: Int) -> Word {
    switch back {
    case 0: words.0
    case 1: words.1
    case 2: words.2
    case 3: words.3
    default: words.4
    }
  }
}
