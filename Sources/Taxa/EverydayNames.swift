import Listings

/// Which names are everyday words, so that they say little by themselves.
///
/// Rule:   one word of a common name (`Orange`, `Tigre`, `Python`), one Chinese character, and one scientific word that
///         is not a family's or an order's; then what the tables of everyday names say of single names.
struct EverydayNames {
  private var said: [(name: String, language: NameLanguage, isEveryday: Bool)] = []

  mutating func say(_ name: String, _ language: NameLanguage, _ isEveryday: Bool) {
    said.append((name, language, isEveryday))
  }

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

  private static func isEveryday(_ key: ArraySlice<UInt8>, _ entry: NameIndex.Entry, _ rank: TaxonRank) -> Bool {
    guard !key.contains(0x20) else { return false }
    if entry.kind != .common { return rank != .family && rank != .subfamily && rank != .order }
    // A script without blanks has no single words: there a name of one character is everybody's.
    guard key.allSatisfy({ $0 < 0xE3 }) else {
      return key.count <= 4 && String(decoding: key, as: UTF8.self).count == 1
    }
    // Thai, Lao, Khmer and Burmese have no blanks either, but their names are compounds.
    return !key.contains(0xE0) && !key.contains(0xE1)
  }
}
