import Listings
import Sightings
import SmallFormats

/// The counts of every platform in every scrape, as text, JSON and CSV.
struct WeeksSummary {
  private let sightings: Sightings
  private let summaries: [Sightings.Summary]
  /// What else the files were compared with.
  private let words: String?

  init(_ sightings: Sightings, words: String? = nil) {
    (self.sightings, self.words) = (sightings, words)
    // Scrapes that are only recorded are shown where nothing is open.
    summaries = sightings.summaries.filter { $0.isOpen || sightings.rows.scrapes.isEmpty }
  }

  // MARK: Text

  /// A line for each platform of each scrape, what the days are known by, and what the listings are known by.
  var lines: [String] {
    guard !summaries.isEmpty else { return ["no listings"] }
    var table = [Self.head]
    for (index, summary) in summaries.enumerated() {
      let isFirst = index == 0 || summaries[index - 1].scrape.name != summary.scrape.name
      table.append(Self.cells(summary, showsScrape: isFirst))
    }
    return Self.aligned(table) + [""] + basisLines + identityLines + (words.map { [$0] } ?? [])
  }

  private static let head = [
    "scrape", "platform", "listings", "new", "seen", "changed", "title", "price", "text", "seller", "back", "gone",
  ]

  private static func cells(_ summary: Sightings.Summary, showsScrape: Bool) -> [String] {
    let counts = summary.counts
    let changed = ComparedCell.allCases.map { counts.changed($0) }
    let numbers =
      [counts.listings, counts.new, counts.seen, counts.changed] + changed + [counts.reappeared, counts.gone]
    return [showsScrape ? summary.scrape.name : "", summary.platform.isEmpty ? "(none)" : summary.platform]
      + numbers.map { Digits.grouped($0) }
  }

  /// Names to the left, numbers to the right.
  private static func aligned(_ table: [[String]]) -> [String] {
    let widths = table[0].indices.map { column in table.map { $0[column].count }.max() ?? 0 }
    return table.map { row in
      row.indices.map { column in
        column < 2 ? row[column].rightPadded(widths[column] + 1) : row[column].leftPadded(widths[column] + 2)
      }.joined()
    }
  }

  /// How the days of scrapes are known, all scrapes of one basis on a line.
  private var basisLines: [String] {
    let scrapes = sightings.rows.scrapes
    return [Scrape.Basis.label, .capturedAt, .fileName, .fileTime].compactMap { basis in
      let names = scrapes.filter { $0.basis == basis }.map(\.name)
      guard !names.isEmpty else { return nil }
      let shown = names.count > 3 ? "\(names[0]) to \(names[names.count - 1])" : names.joined(separator: ", ")
      let count = names.count == 1 ? "1 scrape" : "\(names.count) scrapes"
      return "\(count) (\(shown)) \(Self.words(basis, isOne: names.count == 1))"
    }
  }

  private static func words(_ basis: Scrape.Basis, isOne: Bool) -> String {
    switch basis {
    case .label: isOne ? "is named with --scrape" : "are named with --scrape"
    case .capturedAt: "by the day on which the listings were captured"
    case .fileName: "by the day in the name of the file"
    case .fileTime: "by the time of the file, since neither the listings nor its name tell the day"
    }
  }

  /// What listings are known by.
  private var identityLines: [String] {
    let known = sightings.identities.tally(of: sightings.dataset).filter { $0.rows > 0 }
    let parts = known.map { "\(Digits.grouped($0.rows)) by \($0.basis.words)" }
    guard !parts.isEmpty else { return [] }
    return ["rows known " + parts.joined(separator: ", ")] + sightings.identities.numbers.rules.map { "  " + $0.words }
  }

  // MARK: JSON

  /// The document that `--json` prints.
  func json(with listings: WeeksListings) -> JSONValue {
    var map: [String: JSONValue] = ["scrapes": .list(summaries.map { json(of: $0) })]
    let tally = sightings.identities.tally(of: sightings.dataset)
    map["known_by"] = .map(Dictionary(uniqueKeysWithValues: tally.map { ($0.basis.rawValue, .number($0.rows)) }))
    map["address_numbers"] = .list(sightings.identities.numbers.rules.map { .text($0.words) })
    for (name, value) in listings.json { map[name] = value }
    return .map(map)
  }

  private func json(of summary: Sightings.Summary) -> JSONValue {
    let counts = summary.counts
    let changed = ComparedCell.allCases.map { ($0.rawValue, JSONValue.number(counts.changed($0))) }
    return .map([
      "scrape": .text(summary.scrape.name),
      "platform": summary.platform.isEmpty ? .null : .text(summary.platform),
      "listings": .number(counts.listings), "new": .number(counts.new), "seen": .number(counts.seen),
      "changed": .number(counts.changed), "changed_by": .map(Dictionary(uniqueKeysWithValues: changed)),
      "reappeared": .number(counts.reappeared), "gone": .number(counts.gone),
      "day": .text(summary.scrape.day.description), "basis": .text(summary.scrape.basis.rawValue),
      "previous": summary.previous.map { .text($0.name) } ?? .null,
      "files": .list(sightings.rows.files(of: summary.scrape).map { .text($0) }),
    ])
  }

  // MARK: CSV

  /// A line for each platform of each scrape.
  func writeCSV(_ output: Output) throws(OutputError) {
    try output.put(
      SpreadsheetCSV.line(
        ["scrape", "platform", "listings", "new", "seen", "changed"]
          + ComparedCell.allCases.map { "changed_\($0.rawValue)" } + ["reappeared", "gone", "day", "basis", "previous"])
    )
    for summary in summaries {
      let counts = summary.counts
      let numbers =
        [counts.listings, counts.new, counts.seen, counts.changed] + ComparedCell.allCases.map { counts.changed($0) }
        + [counts.reappeared, counts.gone]
      try output.put(
        SpreadsheetCSV.line(
          [summary.scrape.name, summary.platform] + numbers.map(String.init)
            + [summary.scrape.day.description, summary.scrape.basis.rawValue, summary.previous?.name ?? ""]))
    }
  }
}

extension IdentityBasis {
  fileprivate var words: String {
    switch self {
    case .siteNumber: "the number in the address of a known site"
    case .learnedNumber: "a number in the address that tells this site's listings apart"
    case .id: "platform and number"
    case .address: "address"
    case .columns: "a number or path without a platform"
    case .words: "their words"
    }
  }
}
