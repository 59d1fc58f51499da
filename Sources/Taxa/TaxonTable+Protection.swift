import SmallFormats

extension TaxonTable {
  /// Where a taxon stands in a list on a day, or by what is known last; nil where the table does not tell.
  ///
  /// Rule:   its own row, else that of the nearest group above it. Above the species the levels are those of all the
  ///         species in it, taken together, as long as no day is asked for.
  package func status(of taxon: TaxonID, in list: ProtectionList, on day: CalendarDay? = nil) -> ProtectionStatus? {
    let row = sequence(first: taxon, next: parent(of:)).lazy.compactMap { self.row(of: $0, in: list, on: day) }.first
    if day == nil, rank(of: taxon) < .species {
      let gathered = levels(of: taxon, in: list)
      guard !gathered.isEmpty else { return nil }
      let row = row?.levels == gathered ? row : nil
      return ProtectionStatus(
        list: list, levels: gathered, listing: row, holder: row?.taxon ?? taxon,
        asOf: row.map { self.asOf($0) } ?? baseDay(of: list))
    }
    return row.map {
      ProtectionStatus(list: list, levels: $0.levels, listing: $0, holder: $0.taxon, asOf: asOf($0))
    }
  }

  /// Where a group is listed as a whole, by its own row or one above it: there a species stands that no table has. Empty
  /// where the members are listed one by one, or not at all.
  package func levelsOfWhole(_ group: TaxonID, in list: ProtectionList) -> ListingLevels {
    sequence(first: group, next: parent(of:)).lazy.compactMap { self.row(of: $0, in: list, on: nil) }.first?.levels
      ?? []
  }

  /// Where a name stands, as far as it is certain what it means.
  package func levels(of match: TaxonMatch, in list: ProtectionList) -> ListingLevels {
    switch match {
    case .taxon(let taxon, _), .group(let taxon, _): levels(of: taxon, in: list)
    case .within(let genus): levelsOfWhole(genus, in: list)
    case .several(let parts, _): parts.reduce(into: []) { $0.formUnion(levels(of: $1.match, in: list)) }
    case .ambiguous, .suggested, .unknown: []
    }
  }

  /// All rows that the tables have about the taxon itself, the earliest first.
  package func listings(of taxon: TaxonID, in list: ProtectionList) -> [TaxonListing] { listings[list]?[taxon] ?? [] }

  private func row(of taxon: TaxonID, in list: ProtectionList, on day: CalendarDay?) -> TaxonListing? {
    listings[list]?[taxon]?.last { $0.holds(on: day) }
  }

  private func asOf(_ row: TaxonListing) -> CalendarDay? { row.from ?? sources[row.source]?.asOf }

  /// The listings that came into force after the day up to which a list is known as a whole.
  package func laterListings(in list: ProtectionList) -> [TaxonListing] {
    guard let base = baseDay(of: list) else { return [] }
    return (listings[list] ?? [:]).values.joined().filter { $0.from.map { $0 > base } ?? false }
  }

  /// What everybody who reads an appendix off this table must know; nil where it has no appendices.
  package var warning: String? {
    guard let base = baseDay(of: .cites) else {
      return listings[.cites] == nil ? nil : "The CITES appendices in the table are of an unknown day."
    }
    let later = laterListings(in: .cites).compactMap(\.from)
    let table = "The CITES table ends on \(base)"
    guard let last = later.max() else { return table + "; later changes are not in it." }
    let changes = later.count == 1 ? "1 later change" : "\(later.count) later changes"
    return table + "; \(changes) up to \(last) are added, others are not. Check an appendix before relying on it."
  }
}
