import CPlatform
import Listings
import SmallFormats

/// A text as a sequence of characters, each with its range in the original bytes.
///
/// Shape:  one unit per character, per invalid byte, and, if references are decoded, per HTML character reference. и with
///         a combining breve is the one letter й.
/// Cost:   16 bytes per unit.
package struct TextReading {
  /// A character and its range of bytes.
  package struct Unit: BitwiseCopyable {
    /// The character; `TextReading.invalid` for a byte that belongs to none.
    package var scalar: UInt32
    /// The character's entry in `CharacterTable`.
    package var entry: UInt32
    /// UTF-8 offset in the text.
    package let start: Int32
    /// UTF-8 offset behind the character, or behind the reference that stands for it.
    package var end: Int32

    /// The traits of the character.
    package var traits: CharacterTraits { CharacterTraits(rawValue: entry & ~CharacterTable.scalarMask) }

    /// Whether the character has any of the traits.
    package func has(_ trait: CharacterTraits) -> Bool { entry & trait.rawValue != 0 }
  }

  /// Stands for a byte that is not UTF-8. It is no Unicode scalar.
  package static let invalid: UInt32 = 0x1FFFFF

  /// In order of the text.
  package private(set) var units: [Unit] = []
  /// Whether a reference was decoded.
  package private(set) var hasReferences = false
  /// Whether references are decoded at all.
  package let readsReferences: Bool

  /// Holds no text yet; `read` fills it.
  package init(readingReferences: Bool) {
    readsReferences = readingReferences
  }

  /// Reads a text.
  package init(_ bytes: UnsafeRawBufferPointer, readingReferences: Bool) {
    self.init(readingReferences: readingReferences)
    read(bytes)
  }

  /// Reads a text in place of the last one.
  ///
  /// Units:  offsets are 32-bit, so a text must be shorter than 2 GB.
  /// Cost:   O(bytes); one allocation.
  /// Fails:  never; each byte that is not UTF-8 becomes a unit with `invalid`.
  package mutating func read(_ bytes: UnsafeRawBufferPointer) {
    var hasReferences = false
    units = [Unit](unsafeUninitializedCapacity: bytes.count) { units, count in
      let entries = CharacterTable.entries
      var index = 0
      while index < bytes.count {
        if bytes[index] < 0x80 {
          if readsReferences, bytes[index] == UInt8(ascii: "&"),
            let reference = HTMLCharacterReference.readLeniently(bytes, at: index)
          {
            Self.add(reference.scalar.value, index, index + reference.length, to: units, &count)
            index += reference.length
            hasReferences = true
            continue
          }
          let scalar = UInt32(bytes[index])
          (units.baseAddress! + count).initialize(
            to: Unit(scalar: scalar, entry: entries[Int(scalar)], start: Int32(index), end: Int32(index + 1)))
          count += 1
          index += 1
          continue
        }
        let (scalar, length) = Folding.decode(bytes, index)
        Self.add(length > 0 ? scalar : Self.invalid, index, index + max(1, length), to: units, &count)
        index += max(1, length)
      }
    }
    self.hasReferences = hasReferences
  }

  /// Adds a character, or joins a breve to the и before it.
  private static func add(
    _ scalar: UInt32, _ start: Int, _ end: Int, to units: UnsafeMutableBufferPointer<Unit>, _ count: inout Int
  ) {
    if scalar == 0x306, count > 0, units[count - 1].scalar | 0x20 == 0x438 {
      let short = units[count - 1].scalar + 1
      units[count - 1].scalar = short
      units[count - 1].entry = CharacterTable.entry(short)
      units[count - 1].end = Int32(end)
      return
    }
    (units.baseAddress! + count).initialize(
      to: Unit(scalar: scalar, entry: CharacterTable.entry(scalar), start: Int32(start), end: Int32(end)))
    count += 1
  }

  /// The unit that begins at a byte; nil where none does.
  ///
  /// Units:  takes a UTF-8 offset, returns an index into `units`.
  /// Cost:   O(log units).
  package func unit(at byte: Int) -> Int? {
    var (low, high) = (0, units.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(units[middle].start) < byte { low = middle + 1 } else { high = middle }
    }
    return low < units.count && Int(units[low].start) == byte ? low : nil
  }
}

/// The output of the first reading: folded characters, the byte where each begins, and where a spelling may begin.
///
/// Cost:   three arrays that grow to the longest text and are reused.
final class ScanBuffers {
  /// Folded characters with their traits.
  private(set) var symbols = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  /// The byte at which each symbol's character begins in the text.
  private(set) var starts = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  /// Indices of symbols at which a spelling may begin.
  private(set) var candidates = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  /// How many symbols the last scan wrote.
  private(set) var symbolCount = 0
  /// How many candidates the last scan found.
  private(set) var candidateCount = 0
  /// The capacity of each array.
  private var room = 0

  deinit { release() }

  private func release() {
    symbols.deallocate()
    starts.deallocate()
    candidates.deallocate()
  }

  /// Grows the arrays, whose old contents are lost.
  private func makeRoom(_ wanted: Int) {
    guard wanted > room else { return }
    release()
    room = max(wanted, 4096)
    symbols = .allocate(capacity: room)
    starts = .allocate(capacity: room)
    candidates = .allocate(capacity: room)
  }

  /// The most characters that one byte of text folds to, rounded up (U+FDFA: 18 from 3 bytes).
  private static let maximumExpansion = 6
  /// Room that the scan may write beyond the last symbol.
  private static let slack = 64

  /// Scans a text, and returns the signs of disguise in it (`LP_SIGN_…`).
  ///
  /// Limits: the arrays hold the result until the next scan; one scan at a time.
  /// Cost:   O(bytes); scanned twice where the first scan runs out of room.
  func scan(_ text: UnsafeRawBufferPointer, _ filter: ScanFilter) -> UInt32 {
    makeRoom(text.count + Self.slack)
    if let signs = run(text, filter) { return signs }
    makeRoom(text.count * Self.maximumExpansion + Self.slack)
    return run(text, filter) ?? 0
  }

  /// Nil where the buffers are too small.
  private func run(_ text: UnsafeRawBufferPointer, _ filter: ScanFilter) -> UInt32? {
    var scan = lp_spelling_scan(
      symbols: symbols, starts: starts, candidates: candidates, symbol_count: 0, candidate_count: 0, signs: 0)
    let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
    guard lp_scan_spellings(filter.address, bytes, text.count, room, &scan) == 0 else { return nil }
    (symbolCount, candidateCount) = (scan.symbol_count, scan.candidate_count)
    return scan.signs
  }
}

/// The tables of a matcher in the form that the C scan takes, assembled once per matcher.
final class ScanFilter: @unchecked Sendable {
  // Written in `init` only. Without keys there are no tables either, and nothing may be scanned.
  let address: UnsafePointer<lp_spelling_filter>
  /// Retained, since `address` points into its tables.
  private let keys: KeyIndex
  private let anywhere: FixedTable<UInt64>

  init(_ keys: KeyIndex, anywhere: FixedTable<UInt64>) {
    self.keys = keys
    self.anywhere = anywhere
    let copy = UnsafeMutablePointer<lp_spelling_filter>.allocate(capacity: 1)
    copy.initialize(
      to: lp_spelling_filter(
        entries: keys.isEmpty ? nil : CharacterTable.entries, direct: CharacterTable.directCount,
        expansions: keys.isEmpty ? nil : CharacterTable.expansions,
        anywhere: anywhere.base, ones: keys.ones.base, twos: keys.twos.base,
        threes: keys.threes.base, fours: keys.fours.base, ones_shift: keys.ones.shift, twos_shift: keys.twos.shift,
        threes_shift: keys.threes.shift, fours_shift: keys.fours.shift))
    address = UnsafePointer(copy)
  }

  deinit { address.deallocate() }
}
