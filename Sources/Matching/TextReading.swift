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
