/// A taxon that a listing's species cell or terms name, and what protects it.
package struct CitedTaxon: Equatable, Sendable {
  /// Accepted name.
  package var name: String
  /// As the taxon tables call it.
  package var rank: String
  package var order: String?
  package var family: String?
  package var origins: [TaxonOrigin]
  /// Nil where the table does not tell: unknown, not unlisted.
  package var cites: CitedProtection?
  package var china: CitedProtection?
  /// The day of the advert, where it is known.
  package var advertDay: String?
  /// Where it stood on that day, as far as the table tells that for certain.
  package var onDay: DayProtection?

  package init(name: String, rank: String, origins: [TaxonOrigin]) {
    self.name = name
    self.rank = rank
    self.origins = origins
  }
}

/// What says that a taxon is meant.
package enum TaxonOrigin: Equatable, Sendable {
  /// A name of the species cell, and what that name is to the taxon.
  case speciesCell(written: String, nameIs: String)
  /// Counted or weak hits, as places in `CitedReading.hits`.
  case terms([Int])

  /// What the name of a hybrid's parent is said to be of.
  package static let parent = "a parent of the hybrid that is named there"
}

/// A name of the species cell of which it is not certain what it means.
package struct UnresolvedName: Equatable, Sendable {
  package var written: String
  package var why: String

  package init(written: String, why: String) {
    self.written = written
    self.why = why
  }
}

/// Where a taxon stands in a list of protected taxa.
package struct CitedProtection: Equatable, Sendable {
  /// `I`, `I/II` where populations or members differ, `1` of China; `none`: expressly not listed.
  package var level: String
  /// The first day in force; nil where the table does not tell.
  package var since: String?
  /// The day for which it is known.
  package var asOf: String?
  /// The taxon that is listed: this one, or the group that it is listed with.
  package var listedAs: String
  /// An id of the tables' sources; nil where members differ and no one row says it.
  package var source: String?
  package var isVerified: Bool
  package var note: String
  /// All of it in words: `Appendix I since 2019-11-26`.
  package var words: String
}

/// Where a taxon stood on a day.
package struct DayProtection: Equatable, Sendable {
  package var day: String
  package var cites: CitedProtection
}
