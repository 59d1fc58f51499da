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

  init(hasSpeciesName: Bool) { self.hasSpeciesName = hasSpeciesName }

  /// The set with what a name means; without a taxon it stays as it is.
  func adding(_ match: TaxonMatch, in table: TaxonTable) -> TaxonSet {
    match.each.reduce(self) { $0.adding(single: $1, in: table) }
  }

  private func adding(single match: TaxonMatch, in table: TaxonTable) -> TaxonSet {
    var set = self
    if match.suggestion != nil { set.hasSuggestion = true }
    guard let taxon = match.nearest else { return set }
    let before = set.taxa
    set = set.adding(taxon, in: table)
    if match.taxon == nil, set.taxa != before { set.generaOnly.append(taxon) }
    return set
  }

  /// The set with one more taxon.
  func adding(_ taxon: TaxonID, in table: TaxonTable) -> TaxonSet {
    guard !taxa.contains(where: { table.isWithin($0, taxon) }) else { return self }
    var larger = self
    larger.taxa.removeAll { table.isWithin(taxon, $0) }
    larger.taxa.append(taxon)
    larger.taxa.sort()
    larger.generaOnly.removeAll { !larger.taxa.contains($0) }
    return larger
  }

  /// Where the listing stands: the levels of all its taxa together; empty where none is known.
  package func levels(in list: ProtectionList, of table: TaxonTable) -> ListingLevels {
    taxa.reduce(into: []) { levels, taxon in
      levels.formUnion(
        generaOnly.contains(taxon) ? table.levelsOfWhole(taxon, in: list) : table.levels(of: taxon, in: list))
    }
  }
}
