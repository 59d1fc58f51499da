import CodeWords
import Listings
import Taxa
import SmallFormats

/// What the taxon tables make of the species column: how many listings name a taxon for certain, and how many do not.
///
/// Shape:  a listing is counted under everything that holds for one of its names; suggestions stand apart, each with
///         what it is near to, so that nobody takes them for species.
/// Cost:   each distinct name is understood once.
struct TaxonStats {
  enum Certainty: String, CaseIterable {
    case certain, genusOnly = "genus_only", ambiguous, suggested, unknown, none

    fileprivate init(_ match: TaxonMatch) {
      switch match {
      case .taxon, .group: self = .certain
      case .within: self = .genusOnly
      case .ambiguous: self = .ambiguous
      case .suggested: self = .suggested
      case .several, .unknown: self = .unknown
      }
    }

    fileprivate var words: String {
      switch self {
      case .certain: "name a taxon"
      case .genusOnly: "name a species that is in no table, of a genus that is"
      case .ambiguous: "have a name of several taxa"
      case .suggested: "have a name that is near one of the tables: suggestions, not certain"
      case .unknown: "have a name that is in no table"
      case .none: "name no species"
      }
    }
  }

  private let table: TaxonTable
  private(set) var listings: [Certainty: Int] = [:]
  /// Misspelt names with what they are near to, the most frequent first.
  private(set) var suggested: [(written: String, suggestion: TaxonSuggestion, count: Int)] = []

  /// Nil where no listing names a species, or no table is there.
  init?(_ dataset: Dataset, _ rows: RowSet, in tables: () -> TaxonTable) {
    guard dataset.valueCount(of: .species) > 1 else { return nil }
    table = tables()
    guard !table.isEmpty else { return nil }
    let lists = dataset.speciesLists
    let matches = TaxonResolution.of(names: lists.names, in: table).matches
    var counts = [Int](repeating: 0, count: lists.members.count)
    let codes = dataset.codes(of: .species)
    rows.forEach { counts[Int(codes[$0])] += 1 }
    var places: [String: Int] = [:]
    for (members, count) in zip(lists.members, counts) where count > 0 {
      let parts = members.filter { $0 != 0 }.flatMap { matches[Int($0)].parts(of: lists.names[Int($0)]) }
      let kinds: Set<Certainty> = parts.isEmpty ? [.none] : Set(parts.map { Certainty($0.match) })
      for kind in kinds { listings[kind, default: 0] += count }
      for part in parts {
        guard let suggestion = part.match.suggestion else { continue }
        let place = places[part.written] ?? suggested.count
        if place == suggested.count { suggested.append((part.written, suggestion, 0)) }
        places[part.written] = place
        suggested[place].count += count
      }
    }
    suggested.sort { ($1.count, $0.written) < ($0.count, $1.written) }
  }

  func lines(top: Int) -> [String] {
    var lines = ["", "species by the taxon tables"]
    for kind in Certainty.allCases {
      if let count = listings[kind] { lines.append("  \(String(count).leftPadded(8))  \(kind.words)") }
      guard kind == .suggested else { continue }
      for (written, suggestion, count) in suggested.prefix(top) {
        lines.append("            \(count) × \(written): \(table.words(for: suggestion))")
      }
      if suggested.count > top { lines.append("            … \(suggested.count - top) more names") }
    }
    return lines
  }

  var json: JSONValue {
    let counts = Certainty.allCases.map { ($0.rawValue, JSONValue.number(listings[$0] ?? 0)) }
    return .map([
      "listings": .map(Dictionary(uniqueKeysWithValues: counts)),
      "suggested": .list(
        suggested.map { written, suggestion, count in
          .map([
            "written": .text(written), "count": .number(count),
            "suggested": suggestion.taxon.map { .text(table.acceptedName(of: $0)) } ?? .null,
            "candidates": .list(suggestion.candidates.map { .text(table.acceptedName(of: $0.taxon)) }),
            "difference": .text(suggestion.difference.words),
          ])
        }),
    ])
  }
}
