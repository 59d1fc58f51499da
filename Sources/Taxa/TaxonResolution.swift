/// What each species name of a dataset means.
///
/// Shape:  by place: `matches[i]` belongs to `names[i]` of `Dataset.speciesLists`.
/// Rule:   a name is understood by itself; an abbreviated one (`L. africana`) by the full names of the dataset, also by
///         those that come later (`FullNames`).
/// Cost:   a microsecond a name, some tens for one that is misspelt; there are as many as distinct names in the files,
///         not as rows.
package struct TaxonResolution: Sendable {
  package let table: TaxonTable
  package private(set) var matches: [TaxonMatch] = []
  /// Places of abbreviated names that a later name may explain, or make ambiguous.
  private var abbreviations: [Int] = []
  private var fullNames = FullNames()

  /// The meaning of each name.
  package static func of(names: [String], in table: TaxonTable) -> TaxonResolution {
    var resolution = TaxonResolution(table: table)
    _ = resolution.extend(over: names)
    return resolution
  }

  private init(table: TaxonTable) { self.table = table }

  /// Takes in the names that came since the last call, and gives the earlier places that now mean something else.
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

  /// The taxon of the name at a place; nil where it is not certain which is meant.
  package subscript(place: Int) -> TaxonID? { matches[place].taxon }

  /// By place, the genus, family … that the name is counted under; nil for names that are not understood, and for those
  /// that name a wider group.
  package func rolledUp(to rank: TaxonRank) -> [TaxonID?] {
    matches.map { match in match.nearest.flatMap { table.taxon($0, rolledUpTo: rank) } }
  }

  /// By place, whether the name belongs to the group (`taxon:Elephantidae`).
  package func places(within group: TaxonID) -> [Bool] {
    matches.map { match in match.each.contains { $0.nearest.map { table.isWithin($0, group) } ?? false } }
  }

  /// By place, whether the name stands at one of the levels (`appendix:I`); one in `I/II` stands in both.
  package func places(at levels: ListingLevels, in list: ProtectionList) -> [Bool] {
    matches.map { match in
      match.each.contains { $0.nearest.map { !table.levels(of: $0, in: list).isDisjoint(with: levels) } ?? false }
    }
  }
}
