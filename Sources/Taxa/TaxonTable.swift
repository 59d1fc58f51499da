import Sentences
import SmallFormats
import Synchronization

/// The known taxa, their names and their protection.
///
/// Shape:  a tree: every taxon except the kingdoms has a parent of a higher rank. A listing holds for its taxon and for
///         everything below that has no row of its own (`Orchidaceae` is one row, not 25,000).
/// Units:  the appendices are those of the table's day, with the later changes for which there was a source (`warning`).
/// Cost:   see `NameIndex`; the tree takes 6 bytes a taxon.
/// Fails:  never: what is wrong in a table becomes a `TaxonProblem`; without tables there are no taxa.
package final class TaxonTable: Sendable {
  /// The files it was read from, in the order in which later ones override earlier ones.
  package let files: [String]
  /// In the order of the files.
  package let problems: [TaxonProblem]
  /// By id.
  package let sources: [String: TaxonSource]
  /// The names of all taxa.
  let names: NameIndex
  /// By taxon.
  let ranks: [TaxonRank]
  /// By taxon; `TaxonTable.noParent` for a kingdom.
  let parents: [UInt32]
  /// By list and taxon, in order of time.
  let listings: [ProtectionList: [TaxonID: [TaxonListing]]]
  /// The day up to which the whole of each list is known.
  private let baseDays: [ProtectionList: CalendarDay]
  /// By list and taxon, the current levels of the taxon, or of all the species in it.
  let levels: [ProtectionList: [ListingLevels]]
  /// Built on first use, since few names are misspelt.
  private let knownSpellings = Mutex<SpellingIndex?>(nil)

  /// Stands for the parent of a kingdom.
  static let noParent = UInt32.max

  /// No taxa, for when no table was found.
  package static let empty = TaxonTable(files: [])

  /// Reads tables from memory.
  ///
  /// Shape:  later files override earlier ones; `problems` come before those found in the rows.
  /// Cost:   O(bytes).
  package convenience init(files: [TaxonFile], problems: [TaxonProblem] = []) {
    self.init(TaxonTableBuilding.build(files, problems), files.map(\.path))
  }

  /// Reads the tables in the folder `taxa` of each `Lexicons` folder, from the shipped one to the user's.
  ///
  /// Fails:  never; a file that cannot be read becomes one of `problems`, a missing folder is no problem.
  package convenience init(lexicons folders: [String]) {
    let (files, problems) = TaxonFolder.files(inLexicons: folders)
    self.init(files: files, problems: problems)
  }

  /// Puts together what an archive holds: a table without problems.
  init(
    _ files: [String], _ names: NameIndex, _ ranks: [TaxonRank], _ parents: [UInt32],
    _ sources: [String: TaxonSource], listings: [TaxonListing], levels: [ProtectionList: [ListingLevels]]
  ) {
    (self.files, self.names, self.ranks, self.parents) = (files, names, ranks, parents)
    (self.sources, problems) = (sources, [])
    self.listings = Self.byTaxon(listings)
    baseDays = self.listings.compactMapValues { Self.baseDay(of: $0.values.joined(), sources) }
    self.levels = levels
  }

  /// Rows by list and taxon, in their order.
  private static func byTaxon(_ rows: [TaxonListing]) -> [ProtectionList: [TaxonID: [TaxonListing]]] {
    var listings: [ProtectionList: [TaxonID: [TaxonListing]]] = [:]
    for row in rows { listings[row.list, default: [:]][row.taxon, default: []].append(row) }
    return listings
  }

  private init(_ parts: TaxonTableBuilding, _ files: [String]) {
    self.files = files
    (ranks, parents, names) = (parts.ranks, parts.parents, parts.names)
    (sources, problems) = (parts.sources, parts.problems)
    let listings = Self.byTaxon(parts.listings)
    self.listings = listings
    baseDays = listings.compactMapValues { Self.baseDay(of: $0.values.joined(), parts.sources) }
    levels = Dictionary(
      uniqueKeysWithValues: ProtectionList.allCases.map { list in
        (list, Self.levels(listings[list] ?? [:], parts.ranks, parts.parents))
      })
  }

  /// Finds misspelt names. It is built when first needed, since most files have none.
  var spellingIndex: SpellingIndex {
    knownSpellings.withLock { known in
      let index = known ?? SpellingIndex(names)
      known = index
      return index
    }
  }

  // MARK: The tree

  /// How many taxa there are. Their numbers begin with 0.
  package var count: Int { ranks.count }
  /// Whether there are no taxa at all.
  package var isEmpty: Bool { ranks.isEmpty }
  /// Every taxon, by number.
  package var all: some Sequence<TaxonID> { (0..<count).lazy.map { TaxonID($0) } }

  /// The accepted name of a taxon.
  package func acceptedName(of taxon: TaxonID) -> String { names.text(taxon.index) }
  /// The rank of a taxon.
  package func rank(of taxon: TaxonID) -> TaxonRank { ranks[taxon.index] }

  /// The next wider taxon; nil for a kingdom.
  package func parent(of taxon: TaxonID) -> TaxonID? {
    let parent = parents[taxon.index]
    return parent == Self.noParent ? nil : TaxonID(Int(parent))
  }

  /// The taxon, its parent, and so on up to its kingdom.
  ///
  /// Shape:  the narrowest first: `Loxodonta africana`, `Loxodonta`, `Elephantidae`, and so on.
  package func lineage(of taxon: TaxonID) -> [TaxonID] { Array(sequence(first: taxon, next: parent(of:))) }

  /// The taxon of a rank that contains this one, or is it; nil for none.
  package func taxon(_ taxon: TaxonID, rolledUpTo rank: TaxonRank) -> TaxonID? {
    sequence(first: taxon, next: parent(of:)).first { self.rank(of: $0) == rank }
  }

  /// Whether it is `group` or within it.
  ///
  /// Cost:   O(depth of the tree).
  package func isWithin(_ taxon: TaxonID, _ group: TaxonID) -> Bool {
    sequence(first: taxon, next: parent(of:)).contains(group)
  }

  /// The lowest taxon that contains all of them; nil for none, and for taxa of different kingdoms.
  ///
  /// Shape:  for a single taxon that taxon itself.
  package func commonTaxon(of taxa: some Sequence<TaxonID>) -> TaxonID? {
    var common: [TaxonID]?
    for taxon in taxa {
      let lineage = lineage(of: taxon)
      common = common.map { $0.filter(lineage.contains) } ?? lineage
    }
    return common?.first
  }

  /// A taxon as it is shown, with its protection on a day, or as last known.
  package func taxon(_ id: TaxonID, on day: CalendarDay? = nil) -> Taxon { Taxon(id, in: self, on: day) }

  /// The day up to which the whole of a list is known: that of the source with the most rows.
  ///
  /// Fails:  nil for a list without rows, and where that source has no day.
  package func baseDay(of list: ProtectionList) -> CalendarDay? { baseDays[list] }

  private static func baseDay(of rows: some Sequence<TaxonListing>, _ sources: [String: TaxonSource]) -> CalendarDay? {
    var count: [String: Int] = [:]
    for row in rows { count[row.source, default: 0] += 1 }
    let largest = count.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return largest.flatMap { sources[$0.key]?.asOf }
  }

  /// The current levels of a taxon, or of all the species in it together; empty if unknown.
  ///
  /// Limits: `none` beside other levels is left out for groups above the species.
  /// Cost:   O(1); worked out when the table is read.
  package func levels(of taxon: TaxonID, in list: ProtectionList) -> ListingLevels { levels[list]![taxon.index] }
}

extension TaxonTable {
  /// The current levels, handed down from groups to members, then collected from species to groups.
  private static func levels(
    _ listings: [TaxonID: [TaxonListing]], _ ranks: [TaxonRank], _ parents: [UInt32]
  ) -> [ListingLevels] {
    var own = [ListingLevels](repeating: [], count: ranks.count)
    for (taxon, rows) in listings {
      if let row = rows.last(where: { $0.holds(on: nil) }) { own[taxon.index] = row.levels }
    }
    // Parents have higher ranks, so going rank by rank meets them before their members.
    var byRank = [[Int]](repeating: [], count: TaxonRank.allCases.count)
    for taxon in ranks.indices { byRank[Int(ranks[taxon].rawValue)].append(taxon) }
    for taxon in byRank.joined() where own[taxon].isEmpty && parents[taxon] != noParent {
      own[taxon] = own[Int(parents[taxon])]
    }
    var gathered = [ListingLevels](repeating: [], count: ranks.count)
    for taxon in byRank.reversed().joined() {
      // A species has the level of its own row or its group's, whatever its subspecies; a group those of its species.
      if ranks[taxon] == .species && !own[taxon].isEmpty || gathered[taxon].isEmpty { gathered[taxon] = own[taxon] }
      if parents[taxon] != noParent { gathered[Int(parents[taxon])].formUnion(gathered[taxon]) }
    }
    for taxon in ranks.indices where ranks[taxon] < .species && gathered[taxon] != .none {
      gathered[taxon].remove(.none)
    }
    return gathered
  }
}

/// A name of a taxon, as listed in a table.
package struct TaxonName: Equatable, Sendable {
  /// As the table writes it.
  package let text: String
  /// Synonym or common name.
  package let kind: NameKind
  /// The language that the table gives.
  package let language: NameLanguage
}

// Questions about one taxon, and about the tables themselves.

extension TaxonTable {
  /// Synonyms and common names, in the order of the tables.
  ///
  /// Cost: a pass over all names.
  package func otherNames(of taxon: TaxonID) -> [TaxonName] {
    names.entries.indices.filter { names.entries[$0].taxon == taxon.number && names.entries[$0].kind != .accepted }
      .map { TaxonName(text: names.text($0), kind: names.entries[$0].kind, language: names.entries[$0].language) }
  }

  /// How many names the tables have.
  package var nameCount: Int { names.entries.count }

  /// How many rows a list has.
  ///
  /// Units:  rows that are used, past ones included; not taxa.
  package func listingCount(in list: ProtectionList) -> Int {
    (listings[list] ?? [:]).values.reduce(0) { $0 + $1.count }
  }

  /// The species within a taxon, which may be one itself.
  ///
  /// Cost: a pass over all taxa.
  /// Shape:  by number.
  package func species(within group: TaxonID) -> [TaxonID] {
    all.filter { rank(of: $0) == .species && isWithin($0, group) }
  }
}

extension TaxonTable {
  /// The protection of a taxon by a list, on a day or as last known; nil if the table does not say.
  ///
  /// Rule:   the taxon's own row, else that of the nearest group above it. Above the species and without a day, the levels
  ///         of all its species together.
  /// Units:  `asOf` is the first day of the row, else the day of its source; where the members decide, the day of the
  ///         list. Nil where it is not known.
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

  /// The levels at which a group is listed as a whole, by its own row or one above it. They hold for a species that no table
  /// has. Empty if the members are listed one by one, or not at all.
  package func levelsOfWhole(_ group: TaxonID, in list: ProtectionList) -> ListingLevels {
    sequence(first: group, next: parent(of:)).lazy.compactMap { self.row(of: $0, in: list, on: nil) }.first?.levels
      ?? []
  }

  /// The levels of a name, as far as its meaning is certain.
  package func levels(of match: TaxonMatch, in list: ProtectionList) -> ListingLevels {
    switch match {
    case .taxon(let taxon, _), .group(let taxon, _): levels(of: taxon, in: list)
    case .within(let genus): levelsOfWhole(genus, in: list)
    case .several(let parts, _): parts.reduce(into: []) { $0.formUnion(levels(of: $1.match, in: list)) }
    case .ambiguous, .suggested, .unknown: []
    }
  }

  /// All rows about the taxon itself, the earliest first.
  package func listings(of taxon: TaxonID, in list: ProtectionList) -> [TaxonListing] { listings[list]?[taxon] ?? [] }

  /// The taxon's own row in force.
  private func row(of taxon: TaxonID, in list: ProtectionList, on day: CalendarDay?) -> TaxonListing? {
    listings[list]?[taxon]?.last { $0.holds(on: day) }
  }

  /// The day for which a row is known: its first day, else that of its source.
  private func asOf(_ row: TaxonListing) -> CalendarDay? { row.from ?? sources[row.source]?.asOf }

  /// The listings that came into force after the day up to which the whole list is known.
  ///
  /// Shape:  in no order. Empty where the day of the list is unknown.
  package func laterListings(in list: ProtectionList) -> [TaxonListing] {
    guard let base = baseDay(of: list) else { return [] }
    return (listings[list] ?? [:]).values.joined().filter { $0.from.map { $0 > base } ?? false }
  }

  /// What anyone who reads an appendix from this table must know; nil if it has no appendices.
  ///
  /// Shape:  one or two English sentences, each with its full stop.
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

// A taxon's protection in words: with its days and its doubts, and never more than the tables say.

extension TaxonTable {
  /// `Appendix I since 2017-01-02`, `Appendix II as of 2017-04-21; later changes not checked`, `appendix unknown`; for a
  /// group whose members decide, `its species: Appendix I/II (table of 2017-04-21, some later changes)`.
  ///
  /// Limits: speaks of the table as last known, never of a chosen day.
  ///
  /// - Parameter say: for whom; packets and commands are in English.
  package func words(for taxon: TaxonID, in list: ProtectionList, _ say: Wording = .files) -> String {
    guard let status = status(of: taxon, in: list) else {
      return list == .cites ? say(Sentence("appendix unknown")) : say(Sentence("China level unknown"))
    }
    guard let listing = status.listing else {
      let table =
        baseDay(of: list).map { say(Sentence("table of \($0)")) } ?? say(Sentence("table of an unknown day"))
      let later = laterListings(in: list).isEmpty ? "" : ", " + say(Sentence("some later changes"))
      return say(Sentence("its species: \(status.levelInWords(say)) (\(table + later))"))
    }
    let source = sources[listing.source]?.asOf
    let day = source.map { $0 == status.asOf ? "" : " (" + say(Sentence("source of \($0)")) + ")" } ?? ""
    let holder =
      status.holder == taxon ? "" : " (" + say(Sentence("listed with \(acceptedName(of: status.holder))")) + ")"
    return status.inWords(say) + day + holder
  }

  /// Whether a status rests on nothing later than the main source of its list.
  package func restsOnIndexAlone(_ status: ProtectionStatus) -> Bool {
    guard let listing = status.listing else { return true }
    return listing.from == nil && sources[listing.source]?.asOf == baseDay(of: status.list)
  }

  /// The warning to print beside statements that rest on the CITES index alone; nil if none of them does.
  ///
  /// Fails:  nil also where the day of the CITES index is unknown; `warning` says so.
  package func indexWarning(for taxa: some Sequence<TaxonID>, _ say: Wording = .files) -> String? {
    guard let base = baseDay(of: .cites) else { return nil }
    let isNeeded = taxa.contains { taxon in status(of: taxon, in: .cites).map(restsOnIndexAlone) ?? false }
    return isNeeded ? say(Sentence("table ends \(base); check checklist.cites.org")) : nil
  }
}
