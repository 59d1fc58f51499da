import CodeWords
import Listings
import Taxa

/// The rank under which listings are counted by taxon.
package struct TaxonGrouping: Hashable, Sendable {
  package let rank: TaxonRank
  package let table: TaxonTable

  package init(_ rank: TaxonRank, in table: TaxonTable) {
    self.rank = rank
    self.table = table
  }

  package static func == (a: TaxonGrouping, b: TaxonGrouping) -> Bool { a.rank == b.rank && a.table === b.table }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(rank)
    hasher.combine(ObjectIdentifier(table))
  }

  /// The names of the values beside those of taxa.
  package static let unknown = "unknown"
  package static let suggested = "suggested"

  /// The value that a test chooses; nil for one of another rank, which is no choice in this facet but a condition on it.
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

  static func test(of value: ValuePattern) -> TaxonTest? {
    switch value {
    case .missing: .missing
    case .exactly(unknown): .unknown
    case .exactly(suggested): .suggested
    case .exactly(let name): name.hasPrefix("=") ? .only(String(name.dropFirst())) : .within(name)
    case .containing, .glob: nil
    }
  }
}

extension ProtectionList {
  func value(of test: LevelTest) -> ValuePattern { .exactly(test.text(in: self)) }

  func test(of value: ValuePattern) -> LevelTest? {
    if case .exactly(let text) = value { LevelTest(typed: text, in: self) } else { nil }
  }
}

/// The values of a facet by taxon, and in which of them each set of taxa is counted.
///
/// Shape:  a set stands in at least one value. Of a taxon without a group of the rank (`Elephantidae` among genera) the
///         value is `=Elephantidae`: listings that name nothing more precise.
/// Cost:   a set is looked at once; when there are more sets, only the new ones.
struct TaxonFacetValues: Sendable {
  let subject: FacetSubject
  private(set) var names: [String] = []
  private var places: [Key: UInt32] = [:]
  /// The places of set `number` are `setPlaces[setEnds[number - 1]..<setEnds[number]]`.
  private var setPlaces: [UInt32] = []
  private var setEnds: [Int] = []

  private enum Key: Hashable { case missing, unknown, suggested, group(TaxonID), only(TaxonID), level(ListingLevels) }

  init(_ subject: FacetSubject) { self.subject = subject }

  mutating func extend(over taxa: RowTaxa) {
    for set in taxa.sets.dropFirst(setEnds.count) {
      let start = setPlaces.count
      for key in keys(of: set, taxa.table) {
        let place = place(of: key, taxa.table)
        if !setPlaces[start...].contains(place) { setPlaces.append(place) }
      }
      setEnds.append(setPlaces.count)
    }
  }

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
    case .field, .term, .risk, .verdict: preconditionFailure("\(subject) is no facet by taxon")
    }
  }

  private mutating func place(of key: Key, _ table: TaxonTable) -> UInt32 {
    if let place = places[key] { return place }
    let place = UInt32(names.count)
    places[key] = place
    names.append(name(of: key, table))
    return place
  }

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

  /// The facet, from listings per set.
  func facet(counts sets: [Int], total: Int) -> Facet {
    var counts = [Int](repeating: 0, count: names.count)
    var start = 0
    for (count, end) in zip(sets, setEnds) {
      if count > 0 { for place in setPlaces[start..<end] { counts[Int(place)] += count } }
      start = end
    }
    let values = names.indices.filter { counts[$0] > 0 }.map { FacetValue(name: names[$0], count: counts[$0]) }
    return Facet(
      subject, values: values.sorted { $0.count != $1.count ? $0.count > $1.count : $0.name < $1.name }, total: total)
  }
}
