/// What each species name of a dataset means.
///
/// Shape:  by place: `matches[i]` belongs to `names[i]` of `Dataset.speciesLists`.
/// Cost:   a microsecond a name; there are as many as distinct names in the files, not as rows.
package struct TaxonResolution: Sendable {
  package let table: TaxonTable
  package private(set) var matches: [TaxonMatch] = []

  /// The meaning of each name.
  package static func of(names: [String], in table: TaxonTable) -> TaxonResolution {
    var resolution = TaxonResolution(table: table)
    resolution.extend(over: names)
    return resolution
  }

  private init(table: TaxonTable) { self.table = table }

  /// Takes in the names that came since the last call.
  package mutating func extend(over names: [String]) {
    for name in names.dropFirst(matches.count) { matches.append(table.match(name)) }
  }

  /// The taxon of the name at a place; nil where it is not certain which is meant.
  package subscript(place: Int) -> TaxonID? { matches[place].taxon }

  /// By place, the genus, family … that the name is counted under; nil for names that are not understood, and for those
  /// that name a wider group.
  package func rolledUp(to rank: TaxonRank) -> [TaxonID?] {
    matches.map { match in match.nearest.flatMap { table.taxon($0, rolledUpTo: rank) } }
  }

  /// By place, whether the name belongs to the group (`taxon:Elephantidae`).
  package func places(within group: TaxonID) -> [Bool] {
    matches.map { match in match.nearest.map { table.isWithin($0, group) } ?? false }
  }

  /// By place, whether the name stands at one of the levels (`appendix:I`); one in `I/II` stands in both.
  package func places(at levels: ListingLevels, in list: ProtectionList) -> [Bool] {
    matches.map { match in
      match.nearest.map { !table.levels(of: $0, in: list).isDisjoint(with: levels) } ?? false
    }
  }
}
