import Listings
import Matching
import SmallFormats

/// The kind of name that a taxon has.
package enum NameKind: UInt8, Comparable, Sendable, BitwiseCopyable {
  /// In order of precedence.
  case accepted, synonym, common

  package static func < (a: NameKind, b: NameKind) -> Bool { a.rawValue < b.rawValue }
}

/// A language by its two-letter code: `en`, `la`.
package struct NameLanguage: Hashable, Sendable, BitwiseCopyable {
  private let letters: UInt16

  /// Scientific names.
  package static let latin = NameLanguage("la")!
  package static let english = NameLanguage("en")!

  /// Nil unless the code is two lower-case letters.
  ///
  /// Limits: the form is checked, not whether ISO 639 has such a language.
  package init?(_ code: some StringProtocol) {
    let bytes = Array(code.utf8)
    guard bytes.count == 2, bytes.allSatisfy({ $0 &- 0x61 < 26 }) else { return nil }
    letters = UInt16(bytes[0]) << 8 | UInt16(bytes[1])
  }

  /// The two letters.
  package var code: String { String(decoding: [UInt8(letters >> 8), UInt8(letters & 0xFF)], as: UTF8.self) }
}

/// All names of all taxa, found by their keys.
///
/// Shape:  names and keys are each stored one after the other in one array of bytes. An entry has 24 bytes. An
///         open-addressed table leads from a key to its entries, which keep the order in which they were added.
/// Cost:   about 100 bytes a name in all, against 400 as strings in a dictionary.
struct NameIndex: Sendable {
  /// One name of one taxon; several entries may share a key.
  struct Entry: Sendable, BitwiseCopyable {
    /// The first byte of the name as written.
    var textStart: UInt32
    /// The first byte of the folded key.
    var keyStart: UInt32
    /// A hash of the key, compared before the key itself.
    var fingerprint: UInt32
    /// The number of the taxon.
    var taxon: UInt32
    var textLength: UInt16
    var keyLength: UInt16
    var language: NameLanguage
    var kind: NameKind
    /// Whether the name says little by itself.
    var isEveryday: Bool
  }

  /// In the order in which they were added.
  private(set) var entries: [Entry] = []
  /// The names as written, one after the other.
  private var text: [UInt8] = []
  /// The keys, one after the other.
  private var keys: [UInt8] = []
  /// Entry numbers from 1, at the slots of their fingerprints; 0 is free.
  private var slots: [UInt32] = Array(repeating: 0, count: 1 << 12)
  /// Scratch space for folding.
  private var folded: [UInt8] = []

  /// No names.
  init() {}

  /// Makes room for names with so many bytes in all.
  ///
  /// Limits: only saves growing; more names or bytes may be added all the same.
  mutating func reserve(names: Int, bytes: Int) {
    entries.reserveCapacity(names)
    text.reserveCapacity(bytes)
    keys.reserveCapacity(bytes)
    grow(to: names * 2)
  }

  /// The name as written in the tables.
  func text(_ entry: Int) -> String {
    let entry = entries[entry]
    let start = Int(entry.textStart)
    return String(decoding: text[start..<start + Int(entry.textLength)], as: UTF8.self)
  }

  /// The key under which the name is found.
  ///
  /// Cost:   O(1); a slice of the index, not a copy.
  func key(_ entry: Int) -> ArraySlice<UInt8> {
    let entry = entries[entry]
    let start = Int(entry.keyStart)
    return keys[start..<start + Int(entry.keyLength)]
  }

  /// Adds a name; false if its key is empty, or if it is too long for a name.
  ///
  /// Limits: a name must be shorter than 4096 bytes.
  /// Cost:   O(bytes) on average; the table is filled again when half full.
  mutating func add(_ name: UnsafeRawBufferPointer, taxon: Int, kind: NameKind, language: NameLanguage) -> Bool {
    let keyStart = keys.count
    guard name.count < Self.longest else { return false }
    TaxonKey.append(name, to: &keys, folded: &folded)
    guard keys.count > keyStart else { return false }
    add(name, keyStart: keyStart, fingerprint: fingerprint(from: keyStart), taxon, kind, language)
    return true
  }

  /// The outcome of adding an accepted name.
  enum Addition { case added, alreadyThere(Int), noName }

  /// Adds an accepted name, unless one with the same key exists.
  ///
  /// Limits: add all accepted names before any other, since `accepted` relies on it.
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

  /// Copies an accepted name from another index.
  mutating func copyAccepted(_ entry: Int, of other: NameIndex, taxon: Int) {
    let entry = other.entries[entry]
    other.text.withUnsafeBytes { text in
      let start = Int(entry.textStart)
      _ = addAccepted(UnsafeRawBufferPointer(rebasing: text[start..<start + Int(entry.textLength)]), taxon: taxon)
    }
  }

  /// In bytes.
  private static let longest = 1 << 12

  /// The fingerprint of the last key.
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

  /// The entry of the accepted name with the same key; nil for none.
  mutating func accepted(_ name: UnsafeRawBufferPointer) -> Int? {
    let keyStart = keys.count
    TaxonKey.append(name, to: &keys, folded: &folded)
    defer { keys.removeLast(keys.count - keyStart) }
    // Accepted names are added before all synonyms and common names, so theirs is the first entry.
    let fingerprint = fingerprint(from: keyStart)
    let entry = keys.withUnsafeBytes { firstEntry(for: $0[keyStart...], fingerprint) }
    return entry.flatMap { entries[$0].kind == .accepted ? $0 : nil }
  }

  /// The first entry with a key.
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

  /// Whether an entry has a key.
  private func has(_ entry: Int, _ key: UnsafeRawBufferPointer) -> Bool {
    let entry = entries[entry]
    let start = Int(entry.keyStart)
    return keys.withUnsafeBytes {
      equal(UnsafeRawBufferPointer(rebasing: $0[start..<start + Int(entry.keyLength)]), key)
    }
  }

  /// Marks a name as an everyday word, or not.
  mutating func setEveryday(_ entry: Int, _ isEveryday: Bool) { entries[entry].isEveryday = isEveryday }

  /// The entries with a key, in the order in which they were added.
  ///
  /// Units:  `key` is a key of `TaxonKey`, not a name as written; entries are numbers of `entries`.
  /// Fails:  empty for an empty or unknown key.
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

  /// Puts an entry into the first free slot.
  private mutating func occupy(_ number: Int) {
    var slot = Int(entries[number - 1].fingerprint) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = UInt32(number)
  }

  /// Enlarges the table to at least `count` slots, and fills it again.
  private mutating func grow(to count: Int) {
    var size = slots.count
    while size < count { size *= 2 }
    slots = Array(repeating: 0, count: size)
    for number in 1..<entries.count + 1 { occupy(number) }
  }

  private static func fingerprint(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
    UInt32(truncatingIfNeeded: Fingerprint.of(bytes) >> 17)
  }

  /// Adds the index to an archive.
  func write(to archive: inout ArchiveWriter) {
    archive.put(table: entries)
    archive.put(table: text)
    archive.put(table: keys)
    archive.put(table: slots)
  }

  /// The next index of an archive.
  init(from archive: inout ArchiveReader) throws(ArchiveError) {
    entries = Array(try archive.table(of: Entry.self))
    text = Array(try archive.table(of: UInt8.self))
    keys = Array(try archive.table(of: UInt8.self))
    slots = Array(try archive.table(of: UInt32.self))
    let (text, keys, count) = (text.count, keys.count, entries.count)
    guard slots.count.nonzeroBitCount == 1, slots.allSatisfy({ Int($0) <= count }),
      entries.allSatisfy({
        Int($0.textStart) + Int($0.textLength) <= text && Int($0.keyStart) + Int($0.keyLength) <= keys
      })
    else { throw .damaged }
  }

  /// Frees what only building needed.
  mutating func finish() { folded = [] }
}

/// Decides which names are everyday words, which say little by themselves.
///
/// Rule:   one word of a common name (`Orange`, `Tigre`, `Python`), one Chinese character, and one scientific word that is
///         not a family or an order. The tables of everyday names make exceptions both ways.
/// Cost:   one pass over all names, when the table is built.
struct EverydayNames {
  /// What the tables say about single names.
  private var said: [(name: String, language: NameLanguage, isEveryday: Bool)] = []

  /// Adds what a table says about a name.
  ///
  /// Limits: of several rows for one name and language the last counts.
  mutating func say(_ name: String, _ language: NameLanguage, _ isEveryday: Bool) {
    said.append((name, language, isEveryday))
  }

  /// Marks the names of the index, by the rule and then by the tables.
  ///
  /// Limits: a row of the tables marks all entries with the key and language; a name without an entry is ignored.
  func mark(_ names: inout NameIndex, ranks: [TaxonRank]) {
    for number in names.entries.indices {
      let entry = names.entries[number]
      if Self.isEveryday(names.key(number), entry, ranks[Int(entry.taxon)]) { names.setEveryday(number, true) }
    }
    for (name, language, isEveryday) in said {
      for entry in names.entries(for: TaxonKey.of(name)) where names.entries[entry].language == language {
        names.setEveryday(entry, isEveryday)
      }
    }
  }

  /// The rule, without the tables.
  private static func isEveryday(_ key: ArraySlice<UInt8>, _ entry: NameIndex.Entry, _ rank: TaxonRank) -> Bool {
    guard !key.contains(0x20) else { return false }
    if entry.kind != .common { return rank != .family && rank != .subfamily && rank != .order }
    // A script without spaces has no single words; there, names of one character are everyday words.
    guard key.allSatisfy({ $0 < 0xE3 }) else {
      return key.count <= 4 && String(decoding: key, as: UTF8.self).count == 1
    }
    // Thai, Lao, Khmer and Burmese have no spaces either, but their names are compounds.
    return !key.contains(0xE0) && !key.contains(0xE1)
  }
}

/// A name of a taxon for the matcher.
package struct TaxonSpelling: Equatable, Sendable {
  /// What to search for; an everyday word matches as a whole word only.
  package let spelling: Spelling
  /// The taxon of the name; of several, the lowest that contains all of them.
  package let taxon: TaxonID
  /// The language of the first name with this spelling.
  package let language: NameLanguage
  /// The kind of the first name with this spelling.
  package let kind: NameKind
  /// Whether it is an everyday word (`Orange`, `Tiger`, `Python`), which says little by itself.
  package let isEveryday: Bool
}

extension TaxonTable {
  /// Latin, and every language in which there are common names.
  package var languages: Set<NameLanguage> { Set(names.entries.map(\.language)) }

  /// The names to search for, each once, with the plurals of English common names.
  ///
  /// Shape:  in the order of the tables; scientific names are included if `la` is among the languages.
  /// Limits: nil takes every language. Names with one key give the first spelling; none if their taxa have nothing in
  ///         common.
  /// Cost:   O(names), with a lookup for each; for building a matcher.
  package func spellings(for languages: Set<NameLanguage>? = nil) -> [TaxonSpelling] {
    var spellings: [TaxonSpelling] = []
    spellings.reserveCapacity(names.entries.count)
    for number in names.entries.indices {
      let entry = names.entries[number]
      guard languages?.contains(entry.language) ?? true, Self.isWorthFinding(entry) else { continue }
      let same = names.entries(for: names.key(number)).filter {
        languages?.contains(names.entries[$0].language) ?? true
      }
      guard same.first == number, let taxon = taxon(ofSame: same) else { continue }
      let isEveryday = same.contains { names.entries[$0].isEveryday }
      func add(_ text: String) {
        spellings.append(
          TaxonSpelling(
            spelling: Spelling(text, borders: isEveryday ? .word : .byScript, folds: .ofTaxonNames), taxon: taxon,
            language: entry.language, kind: entry.kind, isEveryday: isEveryday))
      }
      let text = names.text(number)
      add(text)
      if entry.language == .english, let plural = Self.plural(of: text), names.entries(for: TaxonKey.of(plural)).isEmpty
      {
        add(plural)
      }
    }
    return spellings
  }

  /// The taxon that entries with one key name together.
  private func taxon(ofSame entries: [Int]) -> TaxonID? {
    let best = entries.map { names.entries[$0].kind }.min()
    return commonTaxon(
      of: entries.filter { names.entries[$0].kind == best }.map { TaxonID(Int(names.entries[$0].taxon)) })
  }

  /// Informal species (`Naultinus "north cape"`) and names of two letters do not occur in adverts.
  private static func isWorthFinding(_ entry: NameIndex.Entry) -> Bool {
    entry.language != .latin || entry.keyLength >= 3
  }

  /// The English plural; nil where it is doubtful.
  private static func plural(of name: String) -> String? {
    guard let last = name.unicodeScalars.last, last.properties.isAlphabetic, last != "s" else { return nil }
    for ending in ["fish", "deer", "sheep"] where name.lowercased().hasSuffix(ending) { return nil }
    if name.hasSuffix("y"), let before = name.dropLast().last, !"aeiou".contains(before) {
      return name.dropLast() + "ies"
    }
    return name + (["ch", "sh", "x"].contains { name.hasSuffix($0) } ? "es" : "s")
  }
}

extension Folds {
  /// The folds for names of taxa. Nobody disguises a full name: people who hide use other words. With every fold, fifty
  /// thousand names would be found in anything.
  package static let ofTaxonNames: Folds = [.plain, .invisible, .references]
}
