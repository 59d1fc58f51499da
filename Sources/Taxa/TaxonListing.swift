import SmallFormats

/// A list of protected taxa.
package enum ProtectionList: String, CaseIterable, Sendable {
  /// The appendices of the Convention on International Trade in Endangered Species: I, II, III.
  case cites = "CITES"
  /// China's list of wild animals under special state protection: levels 1 and 2.
  case china = "China"
}

/// Where a taxon stands in a list: one level, or several where they differ by population.
///
/// Shape:  written as in the tables: `I`, `I/II` (one population in I, the others in II), `I/none` (the others not
///         listed), `none`.
package struct ListingLevels: OptionSet, Hashable, Sendable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Appendix I; China's first level.
  package static let first = ListingLevels(rawValue: 1)
  package static let second = ListingLevels(rawValue: 2)
  package static let third = ListingLevels(rawValue: 4)
  /// Expressly not listed.
  package static let none = ListingLevels(rawValue: 8)

  private static let all: [ListingLevels] = [.first, .second, .third, .none]

  /// The levels one by one.
  package var each: [ListingLevels] { Self.all.filter { contains($0) } }

  /// Reads `I/II` of CITES, `1/2` of China; nil where a part is no level of that list.
  package init?(_ text: some StringProtocol, in list: ProtectionList) {
    var levels = ListingLevels()
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      guard let level = Self.all.first(where: { $0.name(in: list) == String(part) }) else { return nil }
      levels.insert(level)
    }
    self = levels
  }

  private func name(in list: ProtectionList) -> String? {
    switch (self, list) {
    case (.none, _): "none"
    case (.first, .cites): "I"
    case (.second, .cites): "II"
    case (.third, .cites): "III"
    case (.first, .china): "1"
    case (.second, .china): "2"
    default: nil
    }
  }

  package func text(in list: ProtectionList) -> String {
    each.compactMap { $0.name(in: list) }.joined(separator: "/")
  }
}

/// One row of a list: this taxon, and what is below it without a row of its own, stood there during that time.
package struct TaxonListing: Equatable, Sendable {
  package let taxon: TaxonID
  package let list: ProtectionList
  package let levels: ListingLevels
  /// The first day in force; nil where the source does not tell.
  package let from: CalendarDay?
  /// The first day no longer in force; nil while it holds.
  package let until: CalendarDay?
  package let note: String
  /// An id of `sources.csv`.
  package let source: String

  /// Whether it is in force on the day; without a day, whether it still is.
  func holds(on day: CalendarDay?) -> Bool {
    guard let day else { return until == nil }
    return from.map { $0 <= day } ?? true && until.map { day < $0 } ?? true
  }
}

/// What the tables rest on.
package struct TaxonSource: Equatable, Sendable {
  package let id: String
  package let citation: String
  package let url: String
  /// The day for which it speaks; nil where none is given.
  package let asOf: CalendarDay?
  package let note: String

  /// The id of what no source was read for.
  package static let unverified = "unverified"
}
