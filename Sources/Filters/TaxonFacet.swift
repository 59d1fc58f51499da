import CodeWords
import Listings
import Taxa

/// A rank by which listings are counted, in the names of one table.
package struct TaxonGrouping: Hashable, Sendable {
  package let rank: TaxonRank
  package let table: TaxonTable

  package init(_ rank: TaxonRank, in table: TaxonTable) {
    self.rank = rank
    self.table = table
  }

  /// Tables are compared by identity.
  package static func == (a: TaxonGrouping, b: TaxonGrouping) -> Bool { a.rank == b.rank && a.table === b.table }

  /// Tables are hashed by identity.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    hasher.combine(ObjectIdentifier(table))
  }

  /// The name of the value for names that no table has.
  package static let unknown = "unknown"
  /// The name of the value for names that are close to a known one.
  package static let suggested = "suggested"

  /// The value that a test chooses; nil for a test of another rank, which is a condition on this facet and no choice in it.
  func value(of test: TaxonTest) -> ValuePattern? {
    switch test {
    case .missing: return .missing
    case .unknown: return .exactly(Self.unknown)
    case .suggested: return .exactly(Self.suggested)
    case .within(let name):
      guard let taxon = table.match(name).taxon, table.rank(of: taxon) == rank else { return nil }
      return .exactly(name)
    case .only(let name):
      guard let taxon = table.match(name).taxon, table.taxon(taxon, rolledUpTo: rank) == nil else { return nil }
      return .exactly("=" + name)
    }
  }

  /// The test that a value asks for; nil for patterns.
  ///
  /// Shape:  a name with `=` in front asks for the taxon itself.
  static func test(of value: ValuePattern) -> TaxonTest? {
    switch value {
    case .missing: .missing
    case .exactly(unknown): .unknown
    case .exactly(suggested): .suggested
    case .exactly(let name): name.hasPrefix("=") ? .only(String(name.dropFirst())) : .within(name)
    case .containing, .glob, .listed: nil
    }
  }
}

extension ProtectionList {
  /// The value that a test chooses.
  func value(of test: LevelTest) -> ValuePattern { .exactly(test.text(in: self)) }

  /// The test that a value asks for; nil for other values.
  func test(of value: ValuePattern) -> LevelTest? {
    if case .exactly(let text) = value { LevelTest(typed: text, in: self) } else { nil }
  }
}

/// The values of a facet by taxon, and the values that each set of taxa counts for.
///
/// Shape:  a set counts for at least one value. A taxon above the rank (`Elephantidae` among genera) counts for
///         `=Elephantidae`: listings that name nothing more precise.
/// Cost:   each set is examined once; when sets are added, only the new ones are.
struct TaxonFacetValues: Sendable {
  let subject: FacetSubject
  /// Names of the values, in the order in which they were met.
  private(set) var names: [String] = []
  /// Index in `names` by what identifies the value.
  private var indices: [Key: UInt32] = [:]
  /// Set `number` counts for the names `setNames[setEnds[number - 1]..<setEnds[number]]`.
  private var setNames: [UInt32] = []
  /// Where each set ends in `setNames`.
  private var setEnds: [Int] = []

  /// What identifies a value.
  private enum Key: Hashable { case missing, unknown, suggested, group(TaxonID), only(TaxonID), level(ListingLevels) }

  init(_ subject: FacetSubject) { self.subject = subject }

  /// Adds the sets that came since the last call.
  ///
  /// Cost:   O(sets added).
  mutating func extend(over taxa: RowTaxa) {
    for set in taxa.sets.dropFirst(setEnds.count) {
      let start = setNames.count
      for key in keys(of: set, taxa.table) {
        let index = index(of: key, taxa.table)
        if !setNames[start...].contains(index) { setNames.append(index) }
      }
      setEnds.append(setNames.count)
    }
  }

  /// The values that a set counts for.
  ///
  /// Fails:  traps where the subject is neither a rank nor a list of protected taxa.
  private func keys(of set: TaxonSet, _ table: TaxonTable) -> [Key] {
    switch subject {
    case .taxon(let grouping):
      let suggested: [Key] = set.hasSuggestion ? [.suggested] : []
      if set.taxa.isEmpty { return set.hasSuggestion ? suggested : [set.hasSpeciesName ? .unknown : .missing] }
      return suggested
        + set.taxa.map { taxon in
          table.taxon(taxon, rolledUpTo: grouping.rank).map { .group($0) } ?? .only(taxon)
        }
    case .protection(let list):
      let levels = set.levels(in: list, of: table)
      return levels.isEmpty ? [.unknown] : levels.each.map { .level($0) }
    case .field, .term, .listed, .coded: preconditionFailure("\(subject) is no facet by taxon")
    }
  }

  /// The index of a value, a new one if it was not met before.
  private mutating func index(of key: Key, _ table: TaxonTable) -> UInt32 {
    if let index = indices[key] { return index }
    let index = UInt32(names.count)
    indices[key] = index
    names.append(name(of: key, table))
    return index
  }

  /// The name by which a filter asks for the value.
  private func name(of key: Key, _ table: TaxonTable) -> String {
    switch key {
    case .missing: return ""
    case .unknown: return TaxonGrouping.unknown
    case .suggested: return TaxonGrouping.suggested
    case .group(let taxon): return table.acceptedName(of: taxon)
    case .only(let taxon): return "=" + table.acceptedName(of: taxon)
    case .level(let level):
      guard case .protection(let list) = subject else { preconditionFailure("a level is of a list") }
      return level.text(in: list)
    }
  }

  /// By name, how often listings with several rows are counted too often; nil when cancelled.
  func surplus(
    of listings: ListingRows, _ taxa: RowTaxa, among rows: RowSet, _ cancellation: Cancellation?
  ) -> [Int]? {
    listings.surplus(ofValues: names.count, among: rows, cancellation) { row, body in
      let set = Int(taxa.codes[row])
      for name in setNames[(set == 0 ? 0 : setEnds[set - 1])..<setEnds[set]] { body(Int(name)) }
    }
  }

  /// The newest date of each value, from that of each set.
  func newest(_ sets: [Int64]) -> [String: Int64] {
    var dates: [String: Int64] = [:]
    var start = 0
    for (time, end) in zip(sets, setEnds) {
      if time != .min {
        for index in setNames[start..<end] { dates[names[Int(index)]] = max(dates[names[Int(index)]] ?? .min, time) }
      }
      start = end
    }
    return dates
  }

  /// The facet, from the number of listings per set.
  ///
  /// - Parameter surplus: by name, how many rows of a listing were counted beside its first; nil: each row is counted.
  /// Shape:  by falling count, then by name. The counts add up to more than `total` where listings name several taxa.
  /// Cost:   O(sets + values log values).
  func facet(counts sets: [Int], surplus: [Int]?, total: Int) -> Facet {
    var counts = [Int](repeating: 0, count: names.count)
    var start = 0
    for (count, end) in zip(sets, setEnds) {
      if count > 0 { for index in setNames[start..<end] { counts[Int(index)] += count } }
      start = end
    }
    for (index, surplus) in (surplus ?? []).enumerated() { counts[index] -= surplus }
    let values = names.indices.filter { counts[$0] > 0 }.map { FacetValue(name: names[$0], count: counts[$0]) }
    return Facet(
      subject, values: values.sorted { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }, total: total)
  }
}

/// The taxa of rows and the counts over them, as an evaluation caches them.
///
/// Cost:   4 bytes a row for the codes; a facet is one count over them.
struct TaxonRows: Sendable {
  /// The taxa as last computed.
  private var rows: RowTaxa?
  /// Values by facet, with the sets they were made of.
  private var values: [FacetSubject: TaxonFacetValues] = [:]
  /// How many rows of a row set have each set of taxa, for the current rows.
  private var counted: [(rows: RowSet, counts: [Int])] = []

  /// Enough to make a choice and take it back.
  private static let maximumCounts = 4

  /// The taxa of the current rows; nil when cancelled.
  ///
  /// Cost:   nothing for the same rows; only the new rows where the dataset grew; all rows for another table.
  mutating func taxa(of subject: FilterSubject, _ cancellation: Cancellation?) -> RowTaxa? {
    if let rows, rows.table === subject.taxa, rows.isCurrent(for: subject.dataset, subject.flags) { return rows }
    // Taken out while it grows, so that it is not copied.
    var taxa = rows ?? RowTaxa(in: subject.taxa)
    rows = nil
    counted = []
    if taxa.table !== subject.taxa || !taxa.isBeginning(of: subject.dataset, subject.flags) {
      taxa = RowTaxa(in: subject.taxa)
      values = [:]
    }
    let isDone = taxa.turn(to: subject.dataset, subject.flags, cancellation)
    rows = taxa
    return isDone ? taxa : nil
  }

  /// Rows for `taxon:`; nil when cancelled.
  mutating func rows(with tests: [TaxonTest], of subject: FilterSubject, _ cancellation: Cancellation?) -> RowSet? {
    let tests = tests.map { $0.holds(in: subject.taxa) }
    return rows(of: subject, cancellation) { set in tests.contains { $0(set) } }
  }

  /// Rows for `appendix:` and `china:`; nil when cancelled.
  mutating func rows(
    with tests: [LevelTest], in list: ProtectionList, of subject: FilterSubject, _ cancellation: Cancellation?
  ) -> RowSet? {
    rows(of: subject, cancellation) { set in tests.contains { $0.holds(for: set, in: list, of: subject.taxa) } }
  }

  /// Rows whose set of taxa satisfies a predicate, which is asked once per set.
  private mutating func rows(
    of subject: FilterSubject, _ cancellation: Cancellation?, where holds: (TaxonSet) -> Bool
  ) -> RowSet? {
    guard let taxa = taxa(of: subject, cancellation) else { return nil }
    let wanted = taxa.sets.map(holds)
    guard wanted.contains(true) else { return RowSet(noneOf: subject.dataset.rowCount) }
    return MatchingRows.rows(of: subject.dataset, codes: taxa.codes, in: wanted, cancellation)
  }

  /// The facet of a rank or list over rows; nil when cancelled.
  mutating func facet(
    _ about: FacetSubject, of subject: FilterSubject, among rows: RowSet, keeps: Bool, _ cancellation: Cancellation?
  ) -> Facet? {
    guard let (taxa, named) = named(about, of: subject, cancellation),
      let counts = counts(of: taxa, among: rows, keeps: keeps, cancellation)
    else { return nil }
    var surplus: [Int]?
    if let listings = subject.listingsCounted {
      surplus = named.surplus(of: listings, taxa, among: rows, cancellation)
      if surplus == nil { return nil }
    }
    return named.facet(counts: counts, surplus: surplus, total: subject.count(of: rows))
  }

  /// The newest date among the rows with each value; nil when cancelled.
  mutating func newestDates(
    _ about: FacetSubject, of subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?
  ) -> [String: Int64]? {
    guard let (taxa, named) = named(about, of: subject, cancellation) else { return nil }
    var newest = [Int64](repeating: .min, count: taxa.sets.count)
    rows.forEach { row in
      guard let time = subject.dataset.time(at: row) else { return }
      newest[Int(taxa.codes[row])] = max(newest[Int(taxa.codes[row])], time)
    }
    return cancellation?.isCancelled == true ? nil : named.newest(newest)
  }

  /// The taxa of the rows, and the values of a facet with all their sets; nil when cancelled.
  private mutating func named(
    _ about: FacetSubject, of subject: FilterSubject, _ cancellation: Cancellation?
  ) -> (RowTaxa, TaxonFacetValues)? {
    guard let taxa = taxa(of: subject, cancellation) else { return nil }
    var named = values.removeValue(forKey: about) ?? TaxonFacetValues(about)
    named.extend(over: taxa)
    values[about] = named
    return (taxa, named)
  }

  /// How many of the rows have each set of taxa.
  private mutating func counts(
    of taxa: RowTaxa, among rows: RowSet, keeps: Bool, _ cancellation: Cancellation?
  ) -> [Int]? {
    if let known = counted.first(where: { $0.rows == rows }) { return known.counts }
    let counts = ValueCounts.counts(of: taxa.codes, valueCount: taxa.sets.count, among: rows, cancellation)
    guard cancellation?.isCancelled != true else { return nil }
    if keeps { counted = [(rows, counts)] + counted.prefix(Self.maximumCounts - 1) }
    return counts
  }
}
