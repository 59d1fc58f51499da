import Matching

/// A name of a taxon for the matcher to look for.
package struct TaxonSpelling: Equatable, Sendable {
  package let spelling: Spelling
  /// The taxon it names; the lowest that all have in common where it names several.
  package let taxon: TaxonID
  package let language: NameLanguage
  package let kind: NameKind
  /// Whether it is a word of everyday use (`Orange`, `Tiger`, `Python`), so that it says little by itself.
  package let isEveryday: Bool
}

extension TaxonTable {
  /// Latin, and every language of which the tables have common names.
  package var languages: Set<NameLanguage> { Set(names.entries.map(\.language)) }

  /// The names to look for in texts, each once; of English common names the plural too.
  ///
  /// Shape:  in the order of the tables; scientific names are there if `la` is among the languages.
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

  private func taxon(ofSame entries: [Int]) -> TaxonID? {
    let best = entries.map { names.entries[$0].kind }.min()
    return commonTaxon(
      of: entries.filter { names.entries[$0].kind == best }.map { TaxonID(Int(names.entries[$0].taxon)) })
  }

  /// Informal species (`Naultinus "north cape"`) and names of two letters are in no advert.
  private static func isWorthFinding(_ entry: NameIndex.Entry) -> Bool {
    entry.language != .latin || entry.keyLength >= 3
  }

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
  /// Nobody disguises a scientific or full common name; who hides uses other words. Looking through every disguise for
  /// fifty thousand names would find them in everything.
  package static let ofTaxonNames: Folds = [.plain, .invisible, .references]
}
