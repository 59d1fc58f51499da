import ArgumentParser
import CodeWords
import Listings
import SmallFormats
import TextCells

/// `linsang lexicon scan FILE…`
struct LexiconScan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Read listings with the lexicons: risk, hits and reasons.",
    discussion: """
      --jsonl prints an object per listing that has a hit or could not be read: key, listing_id, platform, source_file, \
      source_row, risk (null if not readable), readability (read, no-text, or the script that no lexicon covers), \
      points (points, why, hits), hits (field, start, end, text, folds, term, language, kind, denotes, taxon, product, \
      weight, standing, because, lexicon, line, source). start and end are byte offsets in the field's UTF-8 text. The \
      points of a listing add up to its risk; the hits of a point are indices into hits, from 0.
      --csv prints a row per hit with the same names. --summary prints one object with counts: listings, unreadable, hits, \
      risk in bands of ten, and how often each term counts.
      Exit status 1 if no listing has a hit.
      """)

  @Argument(help: "The files that hold the listings; - is standard input.", completion: .file())
  var files: [String]

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var lexicons: LexiconOptions

  @Flag(help: "How to print.")
  var form: Form = .jsonl

  @Option(help: "Only listings with at least this risk.")
  var minRisk: Int?

  /// The output formats.
  enum Form: EnumerableFlag {
    case jsonl, csv, summary
  }

  func validate() throws {
    if let minRisk, !(0...100).contains(minRisk) { throw ValidationError("--min-risk is a number from 0 to 100") }
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let compiled = try lexicons.compiled()
      let opened = try BatchReading(files, reading)
      let writer = HitWriter(opened.dataset, compiled)
      var summary = ScanSummary(compiled)
      var reader = ListingReader(compiled, opened.dataset)
      if form == .csv { try output.put(writer.csvHeader) }
      for row in 0..<opened.dataset.rowCount {
        let reading = reader.reading(of: row)
        if let minRisk, reading.risk?.value ?? -1 < minRisk { continue }
        summary.add(reading)
        switch form {
        case .jsonl:
          if !reading.hits.isEmpty || reading.risk == nil { try output.put(writer.line(row, reading) + "\n") }
        case .csv: try output.put(writer.csvRows(row, reading))
        case .summary: break
        }
      }
      if form == .summary { try output.put(summary.json.text + "\n") }
      try output.flush()
      Diagnostics.report(summary.sentence)
      try opened.finish(matched: summary.listingsWithHits > 0, nothing: "no listing has a hit")
    }
  }
}

/// The counts of a scan.
struct ScanSummary {
  private let lexicons: CompiledLexicons
  private var listings = 0
  private var noText = 0
  private var notCovered: [String: Int] = [:]
  private var hits: [String: Int] = [:]
  private var bands = [Int](repeating: 0, count: 11)
  private var zero = 0
  private var terms: [TermID: Int] = [:]
  private(set) var listingsWithHits = 0

  init(_ lexicons: CompiledLexicons) { self.lexicons = lexicons }

  mutating func add(_ reading: ListingReading) {
    listings += 1
    if !reading.hits.isEmpty { listingsWithHits += 1 }
    switch reading.readability {
    case .read: break
    case .noText: noText += 1
    case .notCovered(let script): notCovered[script.name, default: 0] += 1
    }
    if let risk = reading.risk {
      bands[risk.value / 10] += 1
      if risk.value == 0 { zero += 1 }
    }
    for hit in reading.hits where lexicons[hit.term].kind.isEvidence { hits[hit.status.name, default: 0] += 1 }
    for term in Set(reading.hits.filter { $0.status.isCounted }.map(\.term)) { terms[term, default: 0] += 1 }
  }

  var json: JSONValue {
    let frequent = terms.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
    return .map([
      "listings": .number(listings), "listings_with_hits": .number(listingsWithHits),
      "unreadable": .map([
        "no_text": .number(noText), "script_not_covered": .map(notCovered.mapValues { .number($0) }),
      ]),
      "evidence_hits": .map(hits.mapValues { .number($0) }),
      "evidence_hits_per_1000_listings": .decimal(
        listings == 0 ? 0 : 1000 * Double(hits.values.reduce(0, +)) / Double(listings)),
      "risk_zero": .number(zero),
      "risk_bands": .map(
        Dictionary(uniqueKeysWithValues: bands.enumerated().map { ("\($0 * 10)", JSONValue.number($1)) })),
      "terms": .list(
        frequent.map { id, count in
          .map([
            "term": .text(lexicons[id].name), "language": .text(lexicons[id].language),
            "kind": .text(lexicons[id].kind.rawValue), "listings": .number(count),
          ])
        }),
    ])
  }

  var sentence: String {
    let unread = noText + notCovered.values.reduce(0, +)
    let high = bands[6...].reduce(0, +)
    return "\(listings) listings: \(high) with risk 60 or more, \(listingsWithHits) with hits, \(unread) not readable"
  }
}

/// Prints the hits and reasons of listings for other programs.
struct HitWriter {
  private let dataset: Dataset
  private let lexicons: CompiledLexicons

  init(_ dataset: Dataset, _ lexicons: CompiledLexicons) {
    self.dataset = dataset
    self.lexicons = lexicons
  }

  // MARK: JSON

  func line(_ row: Int, _ reading: ListingReading) -> String {
    let text = ListingText(of: row, in: dataset)
    var map = listing(row)
    map["source_row"] = .number(dataset.sourceRow(of: row))
    map["risk"] = reading.risk.map { .number($0.value) } ?? .null
    map["readability"] = .text(reading.readability.name)
    map["points"] = points(row, reading)
    map["hits"] = .list(reading.hits.map { .map(hit($0, text)) })
    return JSONValue.map(map).text
  }

  /// The reasons of a risk.
  func points(_ row: Int, _ reading: ListingReading) -> JSONValue {
    .list(
      reading.why(lexicons, ListingText(of: row, in: dataset)).map { line in
        .map([
          "points": .number(line.points), "why": .text(line.text), "hits": .list(line.hits.map { .number($0) }),
        ])
      })
  }

  private func listing(_ row: Int) -> [String: JSONValue] {
    func known(_ text: String) -> JSONValue { text.isEmpty ? .null : .text(text) }
    return [
      "key": .text(dataset.key(at: row).text), "listing_id": known(dataset.text(of: .listingID, at: row)),
      "platform": known(dataset.text(of: .platform, at: row)), "source_file": .text(dataset.source(of: row).name),
    ]
  }

  private func hit(_ hit: Hit, _ text: ListingText) -> [String: JSONValue] {
    let term = lexicons[hit.term]
    func known(_ text: String) -> JSONValue { text.isEmpty ? .null : .text(text) }
    return [
      "field": .text(hit.field.rawValue), "start": .number(hit.bytes.lowerBound), "end": .number(hit.bytes.upperBound),
      "text": .text(text.words(of: hit.field, hit.bytes)), "folds": .list(hit.folds.names.map { .text($0) }),
      "term": .text(term.name), "language": .text(term.language), "kind": .text(term.kind.rawValue),
      "denotes": known(term.denotes), "taxon": known(lexicons.taxon(of: hit.term)?.acceptedName ?? term.taxon),
      "product": known(term.product), "weight": .number(term.weight), "standing": .text(hit.status.name),
      "because": known(because(hit, text)), "lexicon": .text(term.location.lexicon),
      "line": .number(term.location.line),
      "source": known(term.source),
    ]
  }

  /// What decided whether the hit counts.
  private func because(_ hit: Hit, _ text: ListingText) -> String {
    switch hit.status {
    case .counted(let nearby?), .suppressed(.near(let nearby)), .suppressed(.guarded(let nearby)):
      "\(nearby.condition): \(text.words(of: nearby.field, nearby.bytes))"
    case .counted(nil), .weak: ""
    case .suppressed(.part(_, let bytes)): "part of: \(text.words(of: hit.field, bytes))"
    }
  }

  // MARK: CSV

  private static let csvColumns = [
    "key", "listing_id", "platform", "source_file", "source_row", "risk", "field", "start", "end", "text", "folds",
    "term", "language", "kind", "denotes", "taxon", "product", "weight", "standing", "because", "lexicon", "line",
    "source",
  ]

  var csvHeader: String { SpreadsheetCSV.line(Self.csvColumns) }

  func csvRows(_ row: Int, _ reading: ListingReading) -> String {
    guard !reading.hits.isEmpty else { return "" }
    let text = ListingText(of: row, in: dataset)
    var listing = listing(row)
    listing["source_row"] = .number(dataset.sourceRow(of: row))
    listing["risk"] = reading.risk.map { .number($0.value) } ?? .null
    return reading.hits.map { hit in
      let cells = listing.merging(self.hit(hit, text)) { $1 }
      return SpreadsheetCSV.line(Self.csvColumns.map { Self.plain(cells[$0] ?? .null) })
    }.joined()
  }

  private static func plain(_ value: JSONValue) -> String {
    switch value {
    case .text(let text): text
    case .null: ""
    case .list(let values): values.map(plain).joined(separator: " ")
    default: value.text
    }
  }
}

extension Readability {
  /// Its name in machine-readable output.
  var name: String {
    switch self {
    case .read: "read"
    case .noText: "no-text"
    case .notCovered(let script): "\(script)"
    }
  }
}
