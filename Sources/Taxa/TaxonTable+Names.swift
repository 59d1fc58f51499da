/// A name of a taxon as a table has it.
package struct TaxonName: Equatable, Sendable {
  package let text: String
  package let kind: NameKind
  package let language: NameLanguage
}

// What the tables hold, for whoever asks about one taxon or about the tables themselves.

extension TaxonTable {
  /// Synonyms and common names, in the order of the tables.
  ///
  /// Cost: a pass over all names.
  package func otherNames(of taxon: TaxonID) -> [TaxonName] {
    names.entries.indices.filter { names.entries[$0].taxon == taxon.number && names.entries[$0].kind != .accepted }
      .map { TaxonName(text: names.text($0), kind: names.entries[$0].kind, language: names.entries[$0].language) }
  }

  package var nameCount: Int { names.entries.count }

  package func listingCount(in list: ProtectionList) -> Int {
    (listings[list] ?? [:]).values.reduce(0) { $0 + $1.count }
  }

  /// The species that belong to a taxon, itself perhaps.
  ///
  /// Cost: a pass over all taxa.
  package func species(within group: TaxonID) -> [TaxonID] {
    all.filter { rank(of: $0) == .species && isWithin($0, group) }
  }
}
