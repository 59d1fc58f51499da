import Sentences
import SmallFormats

/// A taxon as it is shown: its accepted name, its classification and its protection.
package struct Taxon: Equatable, Sendable {
  /// Its number in the table; nil for a taxon without a table.
  package let id: TaxonID?
  package let acceptedName: String
  package let rank: TaxonRank
  package let kingdom: String?
  package let taxonClass: String?
  package let order: String?
  package let family: String?
  package let genus: String?
  /// Nil if the table does not say: unknown, not unlisted.
  package let cites: ProtectionStatus?
  /// Likewise for China's list.
  package let china: ProtectionStatus?

  /// Its CITES appendix: `I`; `I/II` where populations, or members of a higher taxon, differ; `none` where it is expressly
  /// not listed; nil if unknown.
  package let appendix: String?
  /// The day for which the appendix is known; "unknown" if there is none.
  package let asOf: String

  /// A taxon without a table, as for tests.
  package init(acceptedName: String, appendix: String?, asOf: String, rank: TaxonRank = .species) {
    id = nil
    self.acceptedName = acceptedName
    self.rank = rank
    self.appendix = appendix
    self.asOf = asOf
    (kingdom, taxonClass, order, family, genus, cites, china) = (nil, nil, nil, nil, nil, nil, nil)
  }

  /// Reads a taxon from a table, with its protection on a day.
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

  /// The appendix and what it rests on, in words: `Appendix I since 2019-11-26`, `Appendix II as of 2017-04-21; later
  /// changes not checked`, `appendix unknown`.
  package var appendixInWords: String { cites?.inWords() ?? "appendix unknown" }

  /// China's level in words. A taxon that the list lacks is unknown, since the list may use another name.
  package var chinaLevelInWords: String { china?.inWords() ?? "level unknown" }
}

/// The protection of a taxon by a list: the level, since when, and the source.
///
/// Limits: it says what the tables say; they may end before the day of an advert (`asOf`).
package struct ProtectionStatus: Equatable, Sendable {
  package let list: ProtectionList
  /// The levels that apply.
  package let levels: ListingLevels
  /// The row that decides; nil above the species, where the rows of the members decide.
  package let listing: TaxonListing?
  /// The taxon of that row: this taxon, or the group with which it is listed.
  package let holder: TaxonID
  /// The day for which it is known: the day it came into force, else that of the source.
  package let asOf: CalendarDay?

  /// The levels as in the tables: `I/II`.
  package var text: String { levels.text(in: list) }
  /// Whether it rests on a source.
  package var isVerified: Bool { listing.map { $0.source != TaxonSource.unverified } ?? true }

  /// The levels in words, without a day: `Appendix I/II`.
  package func levelInWords(_ say: Wording = .files) -> String {
    switch (list, levels) {
    case (.cites, .none): say(Sentence("not in the CITES appendices"))
    case (.china, .none): say(Sentence("not in China's list"))
    case (.cites, _): say(Sentence("Appendix \(text)"))
    case (.china, _): say(Sentence("China level \(text)"))
    }
  }

  /// The levels in words, with the day: `Appendix I since 2019-11-26`.
  package func inWords(_ say: Wording = .files) -> String {
    let level = levelInWords(say)
    let words =
      switch asOf {
      case nil: say(Sentence("\(level), day unknown"))
      case let day? where listing?.from == nil: say(Sentence("\(level) as of \(day); later changes not checked"))
      case let day?: say(Sentence("\(level) since \(day)"))
      }
    return isVerified ? words : words + " (" + say(Sentence("unverified")) + ")"
  }
}

/// A list of protected taxa.
package enum ProtectionList: String, CaseIterable, Sendable {
  /// The appendices of the Convention on International Trade in Endangered Species: I, II, III.
  case cites = "CITES"
  /// China's list of wild animals under special state protection: levels 1 and 2.
  case china = "China"
}

/// The level of a taxon in a list, or several where populations differ.
///
/// Shape:  written as in the tables: `I`, `I/II` (one population in I, the others in II), `I/none` (the others not listed),
///         `none`.
package struct ListingLevels: OptionSet, Hashable, Sendable, BitwiseCopyable {
  package let rawValue: UInt8
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Appendix I; level 1 in China.
  package static let first = ListingLevels(rawValue: 1)
  /// Appendix II; level 2 in China.
  package static let second = ListingLevels(rawValue: 2)
  /// Appendix III.
  package static let third = ListingLevels(rawValue: 4)
  /// Expressly not listed.
  package static let none = ListingLevels(rawValue: 8)

  /// From the strictest.
  private static let all: [ListingLevels] = [.first, .second, .third, .none]

  /// Each level by itself, the strictest first.
  package var each: [ListingLevels] { Self.all.filter { contains($0) } }

  /// Parses `I/II` for CITES, `1/2` for China; nil if a part is not a level of the list.
  package init?(_ text: some StringProtocol, in list: ProtectionList) {
    var levels = ListingLevels()
    for part in text.split(separator: "/", omittingEmptySubsequences: false) {
      guard let level = Self.all.first(where: { $0.name(in: list) == String(part) }) else { return nil }
      levels.insert(level)
    }
    self = levels
  }

  /// A single level as the tables write it.
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

  /// The levels as the tables write them.
  package func text(in list: ProtectionList) -> String {
    each.compactMap { $0.name(in: list) }.joined(separator: "/")
  }
}

/// One row of a list: a taxon, with everything below it that has no row of its own, had this level during a time.
///
/// Source: `source` names a row of `sources.csv`.
package struct TaxonListing: Equatable, Sendable {
  package let taxon: TaxonID
  package let list: ProtectionList
  package let levels: ListingLevels
  /// The first day in force; nil if the source does not say.
  package let from: CalendarDay?
  /// The first day no longer in force; nil while it is in force.
  package let until: CalendarDay?
  /// What the source says beside the level.
  package let note: String
  /// An id of `sources.csv`.
  package let source: String

  /// Whether it is in force on a day; without a day, whether it still is.
  func holds(on day: CalendarDay?) -> Bool {
    guard let day else { return until == nil }
    return from.map { $0 <= day } ?? true && until.map { day < $0 } ?? true
  }
}

/// A publication on which the tables rest.
package struct TaxonSource: Equatable, Sendable {
  /// The id by which rows cite it.
  package let id: String
  package let citation: String
  package let url: String
  /// The day for which it speaks; nil if none is given.
  package let asOf: CalendarDay?
  package let note: String

  /// The id of rows without a source.
  package static let unverified = "unverified"
}

/// A rank of the classification, the widest first.
package enum TaxonRank: UInt8, CaseIterable, Comparable, Sendable, BitwiseCopyable {
  case kingdom, `class`, order, family, subfamily, genus, species, subspecies, variety

  /// The rank as the taxon tables write it.
  package var name: String { Self.names[Int(rawValue)] }

  /// The rank for the screen.
  package var screenName: String {
    switch self {
    case .kingdom: localized("kingdom", context: "a rank of taxa")
    case .class: localized("class", context: "a rank of taxa")
    case .order: localized("order", context: "a rank of taxa")
    case .family: localized("family", context: "a rank of taxa")
    case .subfamily: localized("subfamily", context: "a rank of taxa")
    case .genus: localized("genus", context: "a rank of taxa")
    case .species: localized("species", context: "a rank of taxa")
    case .subspecies: localized("subspecies", context: "a rank of taxa")
    case .variety: localized("variety", context: "a rank of taxa")
    }
  }

  /// The rank of a name in the tables; nil for an unknown one.
  package init?(named name: String) {
    guard let number = Self.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: UInt8(number))
  }

  /// By raw value.
  private static let names = [
    "kingdom", "class", "order", "family", "subfamily", "genus", "species", "subspecies", "variety",
  ]

  package static func < (a: TaxonRank, b: TaxonRank) -> Bool { a.rawValue < b.rawValue }
}

/// The number of a taxon in one table. It means nothing in another.
package struct TaxonID: Hashable, Comparable, Sendable {
  /// Index into the table's taxa.
  package let number: UInt32

  package init(_ number: Int) { self.number = UInt32(number) }

  var index: Int { Int(number) }

  package static func < (a: TaxonID, b: TaxonID) -> Bool { a.number < b.number }
}
