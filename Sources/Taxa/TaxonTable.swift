import Synchronization
import SmallFormats

/// The taxa that are known, what they are called, and what protects them.
///
/// Shape:  a tree: every taxon but the kingdoms has a parent of a higher rank. A listing holds for its taxon and for what
///         is below it, until a taxon below has a row of its own (`Orchidaceae` is one row, not 25,000).
/// Units:  the appendices are those of the table's day, with the later changes that could be sourced (`warning`).
/// Cost:   see `NameIndex`; the tree is 6 bytes a taxon.
/// Fails:  never: what is wrong in a table is a `TaxonProblem`; without tables there are no taxa.
package final class TaxonTable: Sendable {
  /// The files it was read from, the strongest last.
  package let files: [String]
  package let problems: [TaxonProblem]
  package let sources: [String: TaxonSource]
  let names: NameIndex
  private let ranks: [TaxonRank]
  /// `TaxonTable.noParent` for a kingdom.
  private let parents: [UInt32]
  let listings: [ProtectionList: [TaxonID: [TaxonListing]]]
  /// The day up to which each list is known as a whole.
  private let baseDays: [ProtectionList: CalendarDay]
  /// Per list and taxon, the levels of the taxon, or of all the species in it, that hold now.
  private let levels: [ProtectionList: [ListingLevels]]
  private let knownSpellings = Mutex<SpellingIndex?>(nil)

  static let noParent = UInt32.max

  /// No taxa: what is left where no table was found.
  package static let empty = TaxonTable(files: [])

  package convenience init(files: [TaxonFile], problems: [TaxonProblem] = []) {
    self.init(TaxonTableBuilding.build(files, problems), files.map(\.path))
  }

  /// Reads the tables in the folder `taxa` of each `Lexicons` folder, the shipped one first and the user's last.
  package convenience init(lexicons folders: [String]) {
    let (files, problems) = TaxonFolder.files(inLexicons: folders)
    self.init(files: files, problems: problems)
  }

  private init(_ parts: TaxonTableBuilding, _ files: [String]) {
    self.files = files
    (ranks, parents, names) = (parts.ranks, parts.parents, parts.names)
    (sources, problems) = (parts.sources, parts.problems)
    var listings: [ProtectionList: [TaxonID: [TaxonListing]]] = [:]
    for listing in parts.listings { listings[listing.list, default: [:]][listing.taxon, default: []].append(listing) }
    self.listings = listings
    baseDays = listings.compactMapValues { Self.baseDay(of: $0.values.joined(), parts.sources) }
    levels = Dictionary(
      uniqueKeysWithValues: ProtectionList.allCases.map { list in
        (list, Self.levels(listings[list] ?? [:], parts.ranks, parts.parents))
      })
  }

  /// By what misspelt names are found; made when it is first asked for, since most files need none.
  var spellingIndex: SpellingIndex {
    knownSpellings.withLock { known in
      let index = known ?? SpellingIndex(names)
      known = index
      return index
    }
  }

  // MARK: The tree

  /// How many taxa there are; their numbers are 0 up to it.
  package var count: Int { ranks.count }
  package var isEmpty: Bool { ranks.isEmpty }
  package var all: some Sequence<TaxonID> { (0..<count).lazy.map { TaxonID($0) } }

  package func acceptedName(of taxon: TaxonID) -> String { names.text(taxon.index) }
  package func rank(of taxon: TaxonID) -> TaxonRank { ranks[taxon.index] }

  package func parent(of taxon: TaxonID) -> TaxonID? {
    let parent = parents[taxon.index]
    return parent == Self.noParent ? nil : TaxonID(Int(parent))
  }

  /// The taxon, its parent, and so on up to its kingdom.
  package func lineage(of taxon: TaxonID) -> [TaxonID] { Array(sequence(first: taxon, next: parent(of:))) }

  /// The taxon of that rank to which it belongs, itself perhaps; nil where there is none.
  package func taxon(_ taxon: TaxonID, rolledUpTo rank: TaxonRank) -> TaxonID? {
    sequence(first: taxon, next: parent(of:)).first { self.rank(of: $0) == rank }
  }

  /// Whether it is `group` or belongs to it.
  package func isWithin(_ taxon: TaxonID, _ group: TaxonID) -> Bool {
    sequence(first: taxon, next: parent(of:)).contains(group)
  }

  /// The lowest taxon to which all of them belong; nil for none, and for taxa of different kingdoms.
  package func commonTaxon(of taxa: some Sequence<TaxonID>) -> TaxonID? {
    var common: [TaxonID]?
    for taxon in taxa {
      let lineage = lineage(of: taxon)
      common = common.map { $0.filter(lineage.contains) } ?? lineage
    }
    return common?.first
  }

  /// A taxon as it is shown; `day` is that on which its protection is asked for, nil for what is known last.
  package func taxon(_ id: TaxonID, on day: CalendarDay? = nil) -> Taxon { Taxon(id, in: self, on: day) }

  /// The day up to which a list is known as a whole: that of the source with the most rows.
  package func baseDay(of list: ProtectionList) -> CalendarDay? { baseDays[list] }

  private static func baseDay(of rows: some Sequence<TaxonListing>, _ sources: [String: TaxonSource]) -> CalendarDay? {
    var count: [String: Int] = [:]
    for row in rows { count[row.source, default: 0] += 1 }
    let largest = count.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return largest.flatMap { sources[$0.key]?.asOf }
  }

  /// Where it stands in the list now, or where the species in it stand, all taken together; empty where unknown.
  package func levels(of taxon: TaxonID, in list: ProtectionList) -> ListingLevels { levels[list]![taxon.index] }
}

extension TaxonTable {
  /// The levels that hold now, handed down from groups to members, then gathered from species to groups.
  private static func levels(
    _ listings: [TaxonID: [TaxonListing]], _ ranks: [TaxonRank], _ parents: [UInt32]
  ) -> [ListingLevels] {
    var own = [ListingLevels](repeating: [], count: ranks.count)
    for (taxon, rows) in listings {
      if let row = rows.last(where: { $0.holds(on: nil) }) { own[taxon.index] = row.levels }
    }
    // A parent has a smaller rank, so that going rank by rank meets it before its members.
    var byRank = [[Int]](repeating: [], count: TaxonRank.allCases.count)
    for taxon in ranks.indices { byRank[Int(ranks[taxon].rawValue)].append(taxon) }
    for taxon in byRank.joined() where own[taxon].isEmpty && parents[taxon] != noParent {
      own[taxon] = own[Int(parents[taxon])]
    }
    var gathered = [ListingLevels](repeating: [], count: ranks.count)
    for taxon in byRank.reversed().joined() {
      // A species stands where its own row or its group's says, whatever its subspecies; a group where its species do.
      if ranks[taxon] == .species && !own[taxon].isEmpty || gathered[taxon].isEmpty { gathered[taxon] = own[taxon] }
      if parents[taxon] != noParent { gathered[Int(parents[taxon])].formUnion(gathered[taxon]) }
    }
    for taxon in ranks.indices where ranks[taxon] < .species && gathered[taxon] != .none {
      gathered[taxon].remove(.none)
    }
    return gathered
  }
}
