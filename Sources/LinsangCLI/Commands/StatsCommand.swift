import ArgumentParser
import CodeWords
import Filters
import Intake
import Listings
import SmallFormats
import Taxa

/// `linsang stats FILE… [--json]`
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats", abstract: "Count listings, problems and the values of each facet.")

  @Argument(help: "CSV, TSV or JSON Lines files; - is standard input.", completion: .file())
  var files: [String]

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions

  @Option(help: "Count only the listings of this filter.")
  var filter = ""

  @Flag(help: "Print JSON: every value of every facet.")
  var json = false

  @Flag(help: "Count the filled cells and characters of every column, which reads all rows again.")
  var columns = false

  @Option(help: "How many values of a facet to print as text.")
  var top = 10

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let opened = try BatchReading(files, reading)
      let rows = try opened.rows(of: filter, verdicts: casebook)
      let tables = TaxaOnDemand(DataFolders())
      let taxa = SpeciesNameSummary(opened.dataset, rows) { tables.table }
      let stats = DatasetSummary(opened.dataset, rows, opened.problems, taxa: taxa, countsColumns: columns)
      if json { try output.put(try stats.json() + "\n") } else { try output.lines(stats.lines(top: top)) }
      try output.flush()
      // The text already lists the groups, each with an example.
      try opened.finish(matched: rows.count > 0 || filter.isEmpty, listing: json ? 20 : 0)
    }
  }
}

/// How the taxon tables resolve the species column: how many listings name a taxon for certain, and how many do not.
///
/// Shape:  a listing counts under everything that applies to one of its names. Suggestions are listed apart, each with
///         what it is near, so that they are not taken for species.
/// Cost:   each distinct name is resolved once.
struct SpeciesNameSummary {
  /// How certain a name is. The raw value is a JSON key.
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
      case .genusOnly: "name a species that no table has, of a genus that is known"
      case .ambiguous: "have a name shared by several taxa"
      case .suggested: "have a name close to a known one: suggestions, not certain"
      case .unknown: "have a name that no table has"
      case .none: "name no species"
      }
    }
  }

  private let table: TaxonTable
  private(set) var listings: [Certainty: Int] = [:]
  /// Misspelt names with what they are near, the most frequent first.
  private(set) var suggested: [(written: String, suggestion: TaxonSuggestion, count: Int)] = []

  /// Nil if no listing names a species, or if there are no tables.
  init?(_ dataset: Dataset, _ rows: RowSet, in tables: () -> TaxonTable) {
    guard dataset.valueCount(of: .species) > 1 else { return nil }
    table = tables()
    guard !table.isEmpty else { return nil }
    let lists = dataset.speciesLists
    let matches = TaxonResolution.of(names: lists.names, in: table).matches
    var counts = [Int](repeating: 0, count: lists.members.count)
    let codes = dataset.codes(of: .species)
    rows.forEach { counts[Int(codes[$0])] += 1 }
    var indices: [String: Int] = [:]
    for (members, count) in zip(lists.members, counts) where count > 0 {
      let parts = members.filter { $0 != 0 }.flatMap { matches[Int($0)].parts(of: lists.names[Int($0)]) }
      let kinds: Set<Certainty> = parts.isEmpty ? [.none] : Set(parts.map { Certainty($0.match) })
      for kind in kinds { listings[kind, default: 0] += count }
      for part in parts {
        guard let suggestion = part.match.suggestion else { continue }
        let index = indices[part.written] ?? suggested.count
        if index == suggested.count { suggested.append((part.written, suggestion, 0)) }
        indices[part.written] = index
        suggested[index].count += count
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
            "difference": .text(suggestion.difference.words()),
          ])
        }),
    ])
  }
}
