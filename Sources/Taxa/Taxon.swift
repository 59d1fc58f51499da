import SmallFormats

/// A taxon as it is shown and weighed: its accepted name, where it belongs, and what protects it.
package struct Taxon: Equatable, Sendable {
  /// Its place in the table; nil for one that was made up.
  package let id: TaxonID?
  package let acceptedName: String
  package let rank: TaxonRank
  package let kingdom: String?
  package let taxonClass: String?
  package let order: String?
  package let family: String?
  package let genus: String?
  /// Nil where the table does not tell: this is unknown, not unlisted.
  package let cites: ProtectionStatus?
  package let china: ProtectionStatus?

  /// Its appendix of CITES: `I`, `I/II` where populations or, above the species, members differ, `none` where it is
  /// expressly not listed; nil where unknown.
  package let appendix: String?
  /// The day for which the appendix is known; "unknown" where no day is.
  package let asOf: String

  package init(acceptedName: String, appendix: String?, asOf: String, rank: TaxonRank = .species) {
    id = nil
    self.acceptedName = acceptedName
    self.rank = rank
    self.appendix = appendix
    self.asOf = asOf
    (kingdom, taxonClass, order, family, genus, cites, china) = (nil, nil, nil, nil, nil, nil, nil)
  }

  init(_ id: TaxonID, in table: TaxonTable, on day: CalendarDay?) {
    self.id = id
    acceptedName = table.acceptedName(of: id)
    rank = table.rank(of: id)
    var names: [TaxonRank: String] = [:]
    for step in table.lineage(of: id) { names[table.rank(of: step)] = table.acceptedName(of: step) }
    (kingdom, taxonClass, order) = (names[.kingdom], names[.class], names[.order])
    (family, genus) = (names[.family], names[.genus])
    cites = table.status(of: id, in: .cites, on: day)
    china = table.status(of: id, in: .china, on: day)
    appendix = cites?.text
    asOf = cites?.asOf?.description ?? "unknown"
  }

  /// The appendix and what it rests on, in words: `Appendix I since 2019-11-26`,
  /// `Appendix II as of 2017-04-21; later changes not checked`, `appendix unknown`.
  package var appendixInWords: String { cites?.inWords ?? "appendix unknown" }

  /// China's level in words; `not in China's list of 2021` is not said, since its names may differ: it is unknown.
  package var chinaLevelInWords: String { china?.inWords ?? "level unknown" }
}

/// Where a taxon stands in a list, since when, and who says so.
package struct ProtectionStatus: Equatable, Sendable {
  package let list: ProtectionList
  package let levels: ListingLevels
  /// The row that decides; above the species, where the members' rows decide, the earliest known of them is not told.
  package let listing: TaxonListing?
  /// The taxon whose row it is: the taxon itself, or the group that it is listed with.
  package let holder: TaxonID
  /// The day for which it is known: that of its coming into force, else that of the source.
  package let asOf: CalendarDay?

  package var text: String { levels.text(in: list) }
  /// Whether a source was read for it.
  package var isVerified: Bool { listing.map { $0.source != TaxonSource.unverified } ?? true }

  /// The levels without their day: `Appendix I/II`.
  package var place: String {
    switch (list, levels) {
    case (_, .none): list == .cites ? "not in the CITES appendices" : "not in China's list"
    case (.cites, _): "Appendix \(text)"
    case (.china, _): "China level \(text)"
    }
  }

  package var inWords: String {
    guard let asOf else { return place + ", day unknown" + (isVerified ? "" : " (unverified)") }
    let rest = listing?.from == nil ? " as of \(asOf); later changes not checked" : " since \(asOf)"
    return place + rest + (isVerified ? "" : " (unverified)")
  }
}
