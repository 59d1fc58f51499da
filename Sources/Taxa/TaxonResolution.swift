/// The meaning of each species name of a dataset.
///
/// Rule:   each name is resolved by itself. Abbreviated ones (`L. africana`) are resolved by the full names of the dataset,
///         including those that come later (`FullNames`).
/// Shape:  `matches[i]` is the meaning of `names[i]` of `Dataset.speciesLists`.
/// Cost:   a microsecond per name, and some tens for a misspelt one. There are as many as distinct names, not as rows.
package struct TaxonResolution: Sendable {
  /// What the meanings refer to.
  package let table: TaxonTable
  /// By index of the name.
  package private(set) var matches: [TaxonMatch] = []
  /// Indices of abbreviated names that a later name may resolve, or make ambiguous.
  private var abbreviations: [Int] = []
  /// The full names so far.
  private var fullNames = FullNames()

  /// The meaning of each name.
  ///
  /// Shape:  `matches` has as many elements as `names`, in the same order.
  package static func of(names: [String], in table: TaxonTable) -> TaxonResolution {
    var resolution = TaxonResolution(table: table)
    _ = resolution.extend(over: names)
    return resolution
  }

  private init(table: TaxonTable) { self.table = table }

  /// Resolves the names that came since the last call. Returns the indices of earlier names that now mean something else.
  ///
  /// Shape:  ascending indices below the earlier count. `names` holds all names, also those resolved before.
  /// Cost:   that of the new names, and a look-up for each abbreviated name so far.
  package mutating func extend(over names: [String]) -> [Int] {
    let known = matches.count
    guard names.count > known else { return [] }
    for name in names.dropFirst(known) {
      let match = table.match(name)
      if match == .unknown, FullNames.isAbbreviated(name) { abbreviations.append(matches.count) }
      matches.append(match)
      fullNames.add(name)
    }
    var changed: [Int] = []
    for place in abbreviations {
      let match = fullNames.match(names[place], in: table)
      guard match != matches[place] else { continue }
      matches[place] = match
      if place < known { changed.append(place) }
    }
    return changed
  }

  /// The taxon of a name; nil where it is not certain.
  ///
  /// Fails:  traps for an index outside `matches`.
  package subscript(place: Int) -> TaxonID? { matches[place].taxon }

  /// For each name, the genus, family … under which it counts; nil for unknown names, and for names of wider groups.
  ///
  /// Shape:  by index of the name.
  /// Cost:   O(names), with a walk up the tree for each.
  package func rolledUp(to rank: TaxonRank) -> [TaxonID?] {
    matches.map { match in match.nearest.flatMap { table.taxon($0, rolledUpTo: rank) } }
  }

  /// For each name, whether it belongs to the group (`taxon:Elephantidae`).
  ///
  /// Shape:  by index of the name. A cell with several names belongs if any of them does.
  package func places(within group: TaxonID) -> [Bool] {
    matches.map { match in match.each.contains { $0.nearest.map { table.isWithin($0, group) } ?? false } }
  }

  /// For each name, whether it has one of the levels (`appendix:I`); `I/II` has both.
  ///
  /// Shape:  by index of the name. A cell with several names counts if any of them has a level.
  package func places(at levels: ListingLevels, in list: ProtectionList) -> [Bool] {
    matches.map { match in
      match.each.contains { $0.nearest.map { !table.levels(of: $0, in: list).isDisjoint(with: levels) } ?? false }
    }
  }
}

/// The taxa that a listing's species cell and code words name, only the most precise of them.
///
/// Shape:  ascending. A taxon that contains another one of the set is left out: `Loxodonta africana` in the cell and "ivory"
///         (Elephantidae) in the title are one statement, not two.
package struct TaxonSet: Hashable, Sendable {
  /// Ascending, none within another.
  package private(set) var taxa: [TaxonID] = []
  /// Whether the species cell has any name, known or not.
  package let hasSpeciesName: Bool
  /// Whether the cell has a name that is close to a known one.
  package private(set) var hasSuggestion = false
  /// Genera among `taxa` that stand for species which no table has.
  private var generaOnly: [TaxonID] = []
  /// Genera among `taxa` that stand for misspelt species; nothing but the genus is certain.
  private var generaOfSuggestions: [TaxonID] = []

  /// A set without taxa.
  package init(hasSpeciesName: Bool) { self.hasSpeciesName = hasSpeciesName }

  /// The set with the meaning of a name; without a taxon it stays the same.
  package func adding(_ match: TaxonMatch, in table: TaxonTable) -> TaxonSet {
    match.each.reduce(self) { $0.adding(single: $1, in: table) }
  }

  /// Adds a single name's meaning.
  private func adding(single match: TaxonMatch, in table: TaxonTable) -> TaxonSet {
    var set = self
    if match.suggestion != nil { set.hasSuggestion = true }
    guard let taxon = match.nearest else { return set }
    if match.taxon != nil { return set.adding(taxon, in: table) }
    // A genus that is already there, for certain or not, adds nothing.
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

  /// The set with another taxon.
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

  /// The levels of all taxa together; empty if none is known. A misspelt name has no level, not even that of its genus.
  ///
  /// Limits: a genus that stands for a species which no table has counts only where the genus is listed as a whole.
  package func levels(in list: ProtectionList, of table: TaxonTable) -> ListingLevels {
    taxa.reduce(into: []) { levels, taxon in
      guard !generaOfSuggestions.contains(taxon) else { return }
      levels.formUnion(
        generaOnly.contains(taxon) ? table.levelsOfWhole(taxon, in: list) : table.levels(of: taxon, in: list))
    }
  }
}
