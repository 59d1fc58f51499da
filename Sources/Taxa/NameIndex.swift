import Listings

/// What a name is to its taxon.
package enum NameKind: UInt8, Comparable, Sendable {
  case accepted, synonym, common

  package static func < (a: NameKind, b: NameKind) -> Bool { a.rawValue < b.rawValue }
}

/// A language by its code, `en`, `la`.
package struct NameLanguage: Hashable, Sendable {
  private let letters: UInt16

  package static let latin = NameLanguage("la")!
  package static let english = NameLanguage("en")!

  /// Nil unless the code is two small letters.
  package init?(_ code: some StringProtocol) {
    let bytes = Array(code.utf8)
    guard bytes.count == 2, bytes.allSatisfy({ $0 &- 0x61 < 26 }) else { return nil }
    letters = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
  }

  package var code: String { String(decoding: [UInt8(letters >> 8), UInt8(letters & 0xFF)], as: UTF8.self) }
}

/// All names of all taxa, found by their keys.
///
/// Shape:  names and keys lie one behind the other in two runs of bytes; an entry has 24 bytes; an open-addressed table
///         leads from a key to the entries that have it, in the order in which they were added.
/// Cost:   about 100 bytes a name, all told, against 400 as strings in a dictionary.
struct NameIndex: Sendable {
  struct Entry: Sendable {
    var textStart: UInt32
    var keyStart: UInt32
    var fingerprint: UInt32
    var taxon: UInt32
    var textLength: UInt16
    var keyLength: UInt16
    var language: NameLanguage
    var kind: NameKind
    var isEveryday: Bool
  }

  private(set) var entries: [Entry] = []
  private var text: [UInt8] = []
  private var keys: [UInt8] = []
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 12)
  private var folded: [UInt8] = []

  /// Room for names of so many bytes.
  mutating func reserve(names: Int, bytes: Int) {
    entries.reserveCapacity(names)
    text.reserveCapacity(bytes)
    keys.reserveCapacity(bytes)
    grow(to: names * 2)
  }

  func text(_ entry: Int) -> String {
    let entry = entries[entry]
    let start = Int(entry.textStart)
    return String(decoding: text[start..<start + Int(entry.textLength)], as: UTF8.self)
  }

  func key(_ entry: Int) -> ArraySlice<UInt8> {
    let entry = entries[entry]
    let start = Int(entry.keyStart)
    return keys[start..<start + Int(entry.keyLength)]
  }

  /// Adds a name; false if its key is empty or it is longer than any name can be.
  mutating func add(_ name: UnsafeRawBufferPointer, taxon: Int, kind: NameKind, language: NameLanguage) -> Bool {
    let keyStart = keys.count
    guard name.count < Self.longest else { return false }
    TaxonKey.append(name, to: &keys, folded: &folded)
    guard keys.count > keyStart else { return false }
    add(name, keyStart: keyStart, fingerprint: fingerprint(from: keyStart), taxon, kind, language)
    return true
  }

  /// What became of an accepted name.
  enum Addition { case added, alreadyThere(Int), noName }

  /// Adds an accepted name, unless one with the same key is there.
  mutating func addAccepted(_ name: UnsafeRawBufferPointer, taxon: Int) -> Addition {
    let keyStart = keys.count
    guard name.count < Self.longest else { return .noName }
    TaxonKey.append(name, to: &keys, folded: &folded)
    guard keys.count > keyStart else { return .noName }
    let fingerprint = fingerprint(from: keyStart)
    if let entry = keys.withUnsafeBytes({ firstEntry(for: $0[keyStart...], fingerprint) }) {
      keys.removeLast(keys.count - keyStart)
      return .alreadyThere(entry)
    }
    add(name, keyStart: keyStart, fingerprint: fingerprint, taxon, .accepted, .latin)
    return .added
  }

  /// Takes over an accepted name of another index.
  mutating func copyAccepted(_ entry: Int, of other: NameIndex, taxon: Int) {
    let entry = other.entries[entry]
    other.text.withUnsafeBytes { text in
      let start = Int(entry.textStart)
      _ = addAccepted(UnsafeRawBufferPointer(rebasing: text[start..<start + Int(entry.textLength)]), taxon: taxon)
    }
  }

  private static let longest = 1 << 12

  private func fingerprint(from keyStart: Int) -> UInt32 {
    keys.withUnsafeBytes { Self.fingerprint(UnsafeRawBufferPointer(rebasing: $0[keyStart...])) }
  }

  private mutating func add(
    _ name: UnsafeRawBufferPointer, keyStart: Int, fingerprint: UInt32, _ taxon: Int, _ kind: NameKind,
    _ language: NameLanguage
  ) {
    entries.append(
      Entry(
        textStart: UInt32(text.count), keyStart: UInt32(keyStart), fingerprint: fingerprint, taxon: UInt32(taxon),
        textLength: UInt16(name.count), keyLength: UInt16(keys.count - keyStart), language: language, kind: kind,
        isEveryday: false))
    text += name
    if entries.count * 2 > slots.count { grow(to: slots.count * 2) }
    occupy(entries.count)
  }

  /// The entry of the accepted name with the same key; nil where there is none.
  mutating func accepted(_ name: UnsafeRawBufferPointer) -> Int? {
    let keyStart = keys.count
    TaxonKey.append(name, to: &keys, folded: &folded)
    defer { keys.removeLast(keys.count - keyStart) }
    // An accepted name comes before every synonym and common name, and so does its entry.
    let fingerprint = fingerprint(from: keyStart)
    let entry = keys.withUnsafeBytes { firstEntry(for: $0[keyStart...], fingerprint) }
    return entry.flatMap { entries[$0].kind == .accepted ? $0 : nil }
  }

  private func firstEntry(for key: Slice<UnsafeRawBufferPointer>, _ fingerprint: UInt32) -> Int? {
    let key = UnsafeRawBufferPointer(rebasing: key)
    var first: Int?
    var slot = Int(fingerprint) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = Int(slots[slot]) - 1
      if entries[entry].fingerprint == fingerprint, has(entry, key), first.map({ entry < $0 }) ?? true { first = entry }
      slot = (slot + 1) & (slots.count - 1)
    }
    return first
  }

  private func has(_ entry: Int, _ key: UnsafeRawBufferPointer) -> Bool {
    let entry = entries[entry]
    let start = Int(entry.keyStart)
    return keys.withUnsafeBytes {
      equal(UnsafeRawBufferPointer(rebasing: $0[start..<start + Int(entry.keyLength)]), key)
    }
  }

  mutating func setEveryday(_ entry: Int, _ isEveryday: Bool) { entries[entry].isEveryday = isEveryday }

  /// The entries with the key, the first added first.
  func entries(for key: some Collection<UInt8>) -> [Int] {
    if let found = key.withContiguousStorageIfAvailable({ entries(for: UnsafeRawBufferPointer($0)) }) { return found }
    return Array(key).withUnsafeBytes { entries(for: $0) }
  }

  private func entries(for key: UnsafeRawBufferPointer) -> [Int] {
    guard key.count > 0 else { return [] }
    let fingerprint = Self.fingerprint(key)
    var found: [Int] = []
    var slot = Int(fingerprint) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = Int(slots[slot]) - 1
      if entries[entry].fingerprint == fingerprint, has(entry, key) { found.append(entry) }
      slot = (slot + 1) & (slots.count - 1)
    }
    return found.count > 1 ? found.sorted() : found
  }

  private mutating func occupy(_ number: Int) {
    var slot = Int(entries[number - 1].fingerprint) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(number)
  }

  private mutating func grow(to count: Int) {
    var size = slots.count
    while size < count { size *= 2 }
    slots = Array(repeating: 0, count: size)
    for number in 1..<entries.count + 1 { occupy(number) }
  }

  private static func fingerprint(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(truncatingIfNeeded: Fingerprint.of(bytes) >> 17)
  }

  /// Gives back what building alone needed.
  mutating func finish() { folded = [] }
}
