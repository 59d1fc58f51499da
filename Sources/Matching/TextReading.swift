import Listings

/// A text as the characters that a spelling is held against, each with its place in the original bytes.
///
/// Shape:  one unit per character, per invalid byte, and, where references are read, per HTML character reference; и
///         with a combining breve is the one letter й.
package struct TextReading {
  package struct Unit {
    /// The character, `TextReading.invalid` for a byte that is none.
    package var scalar: UInt32
    package var entry: UInt32
    package let start: Int32
    package var end: Int32

    package var traits: CharacterTraits { CharacterTraits(rawValue: entry & ~CharacterTable.scalarMask) }

    package func has(_ trait: CharacterTraits) -> Bool { entry & trait.rawValue != 0 }
  }

  package static let invalid: UInt32 = 0x1FFFFF

  package private(set) var units: [Unit] = []
  package private(set) var hasReferences = false
  package let readsReferences: Bool

  package init(readingReferences: Bool) {
    readsReferences = readingReferences
  }

  package init(_ bytes: UnsafeRawBufferPointer, readingReferences: Bool) {
    self.init(readingReferences: readingReferences)
    read(bytes)
  }

  package mutating func read(_ bytes: UnsafeRawBufferPointer) {
    units.removeAll(keepingCapacity: true)
    hasReferences = false
    units.reserveCapacity(bytes.count)
    let entries = CharacterTable.entries
    var index = 0
    while index < bytes.count {
      if readsReferences, bytes[index] == UInt8(ascii: "&"), let (scalar, end) = CharacterReference.read(bytes, index) {
        append(scalar, index, end)
        index = end
        hasReferences = true
        continue
      }
      if bytes[index] < 0x80 {
        let scalar = UInt32(bytes[index])
        units.append(
          Unit(scalar: scalar, entry: entries[Int(scalar)], start: Int32(index), end: Int32(index + 1)))
        index += 1
        continue
      }
      let (scalar, length) = Folding.decode(bytes, index)
      append(length > 0 ? scalar : Self.invalid, index, index + max(1, length))
      index += max(1, length)
    }
  }

  /// The unit that begins at a byte.
  package func unit(at byte: Int) -> Int? {
    var (low, high) = (0, units.count)
    while low < high {
      let middle = (low + high) / 2
      if Int(units[middle].start) < byte { low = middle + 1 } else { high = middle }
    }
    return low < units.count && Int(units[low].start) == byte ? low : nil
  }

  private mutating func append(_ scalar: UInt32, _ start: Int, _ end: Int) {
    if scalar == 0x306, let last = units.last, last.scalar | 0x20 == 0x438 {
      let short = last.scalar + 1
      units[units.count - 1].scalar = short
      units[units.count - 1].entry = CharacterTable.entry(short)
      units[units.count - 1].end = Int32(end)
      return
    }
    units.append(Unit(scalar: scalar, entry: CharacterTable.entry(scalar), start: Int32(start), end: Int32(end)))
  }
}

/// HTML character references: `&#105;`, `&#x69;`, `&eacute;`.
package enum CharacterReference {
  /// The character that the reference at `index` stands for, and where it ends. Browsers read a numeric reference
  /// without its semicolon too; a named one needs it here.
  package static func read(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> (scalar: UInt32, end: Int)? {
    guard index + 2 < bytes.count else { return nil }
    return bytes[index + 1] == UInt8(ascii: "#") ? numeric(bytes, index + 2) : named(bytes, index + 1)
  }

  private static func numeric(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> (scalar: UInt32, end: Int)? {
    let isHexadecimal = bytes[index] | 0x20 == UInt8(ascii: "x")
    let first = isHexadecimal ? index + 1 : index
    var (place, number) = (first, UInt32(0))
    while place < bytes.count, let digit = digit(bytes[place], isHexadecimal) {
      guard number <= 0x10FFFF else { return nil }
      number = number * (isHexadecimal ? 16 : 10) + digit
      place += 1
    }
    guard place > first, number > 0, Unicode.Scalar(number) != nil else { return nil }
    return (number, place < bytes.count && bytes[place] == UInt8(ascii: ";") ? place + 1 : place)
  }

  private static func digit(_ byte: UInt8, _ isHexadecimal: Bool) -> UInt32? {
    if byte &- 0x30 < 10 { return UInt32(byte - 0x30) }
    let letter = (byte | 0x20) &- 0x61
    return isHexadecimal && letter < 6 ? UInt32(letter + 10) : nil
  }

  private static func named(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> (scalar: UInt32, end: Int)? {
    var end = index
    while end < bytes.count, end - index < longestName, isNameByte(bytes[end]) { end += 1 }
    guard end > index, end < bytes.count, bytes[end] == UInt8(ascii: ";") else { return nil }
    let name = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[index..<end]), as: UTF8.self)
    return names[name].map { ($0, end + 1) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 }

  private static let names: [String: UInt32] = {
    let pairs = namedReferences.split(separator: " ").compactMap { line -> (String, UInt32)? in
      let parts = line.split(separator: "=")
      return UInt32(parts[1], radix: 16).map { (String(parts[0]), $0) }
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }()

  private static let longestName = names.keys.map(\.utf8.count).max() ?? 0
}
