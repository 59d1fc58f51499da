/// What a listing is about: the taxa that its species cell and its code words name, only the most precise of them.
///
/// Shape:  ascending; a taxon to which another one in the set belongs is left out: `Loxodonta africana` in the cell and
///         "ivory" (Elephantidae) in the title are one statement, not two.
package struct TaxonSet: Hashable, Sendable {
  package private(set) var taxa: [TaxonID] = []
  /// Whether the species cell names anything, a taxon or not.
  package let hasSpeciesName: Bool
  /// Whether a name of the cell is near one of the tables without being it.
  package private(set) var hasSuggestion = false
  /// Those of `taxa` that are genera of a species that no table has.
  private var generaOnly: [TaxonID] = []
  /// Those of `taxa` that are genera of a misspelt species, of which nothing else is certain.
  private var generaOfSuggestions: [TaxonID] = []

  package init(hasSpeciesName: Bool) { self.hasSpeciesName = hasSpeciesName }

  /// The set with what a name means; without a taxon it stays as it is.
  package func adding(_ match: TaxonMatch, in table: TaxonTable) -> TaxonSet {
    match.each.reduce(self) { $0.adding(single: $1, in: table) }
  }

  private func adding(single match: TaxonMatch, in table: TaxonTable) -> TaxonSet {
    var set = self
    if match.suggestion != nil { set.hasSuggestion = true }
    guard let taxon = match.nearest else { return set }
    if match.taxon != nil { return set.adding(taxon, in: table) }
    // A genus that is there already, for certain or not, says no less.
    let isNew = !set.taxa.contains { table.isWithin($0, taxon) }
    switch match {
    case .suggested:
      guard isNew else { return set }
      set = set.adding(taxon, in: table)
      set.generaOfSuggestions.append(taxon)
    default:
      let wasSuggested = set.generaOfSuggestions.contains(taxon)
      set = set.adding(taxon, in: table)
      if isNew || wasSuggested { set.generaOnly.append(taxon) }
    }
    return set
  }

  /// The set with one more taxon.
  package func adding(_ taxon: TaxonID, in table: TaxonTable) -> TaxonSet {
    var larger = self
    larger.generaOfSuggestions.removeAll { $0 == taxon }
    guard !taxa.contains(where: { table.isWithin($0, taxon) }) else { return larger }
    larger.taxa.removeAll { table.isWithin(taxon, $0) }
    larger.taxa.append(taxon)
    larger.taxa.sort()
    larger.generaOnly.removeAll { !larger.taxa.contains($0) }
    larger.generaOfSuggestions.removeAll { !larger.taxa.contains($0) }
    return larger
  }

  /// Where the listing stands: the levels of all its taxa together; empty where none is known. From a misspelt name
  /// none follows, not even those of its genus.
  package func levels(in list: ProtectionList, of table: TaxonTable) -> ListingLevels {
    taxa.reduce(into: []) { levels, taxon in
      guard !generaOfSuggestions.contains(taxon) else { return }
      levels.formUnion(
        generaOnly.contains(taxon) ? table.levelsOfWhole(taxon, in: list) : table.levels(of: taxon, in: list))
    }
  }
}
