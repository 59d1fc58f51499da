import ArgumentParser
import CodeWords
import Listings
import TextCells
import SmallFormats

/// `linsang lexicon scan FILE…`
struct LexiconScan: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan", abstract: "Read listings with the lexicons: risk, hits and reasons.",
    discussion: """
      --jsonl prints an object per listing that has a hit or could not be read: key, listing_id, platform, source_file, \
      source_row, risk (null when not readable), readability (read, no-text, or the script that no lexicon covers), \
      points (points, why, hits), hits (field, start, end, text, folds, term, language, kind, denotes, taxon, product, \
      weight, standing, because, lexicon, line, source). start and end are bytes of the field's UTF-8 text; the points of \
      a listing add up to its risk; hits of a point are places in hits, from 0.
      --csv prints a row per hit with the same names. --summary prints one object with counts: listings, unreadable, hits, \
      risk by bands of ten, and how often each term counts.
      Exit status 1 where no listing has a hit.
      """)

  @Argument(help: "The files that hold the listings; - is standard input.")
  var files: [String]

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var lexicons: LexiconOptions

  @Flag(help: "How to print.")
  var form: Form = .jsonl

  @Option(help: "Only listings with at least this risk.")
  var minRisk: Int?

  enum Form: EnumerableFlag {
    case jsonl, csv, summary
  }

  func validate() throws {
    if let minRisk, !(0...100).contains(minRisk) { throw ValidationError("--min-risk is a number from 0 to 100") }
  }

  func run() throws {
    try Failure.reported { output in
      let compiled = try lexicons.compiled()
      let opened = try BatchReading(files, reading)
      let writer = HitWriter(opened.dataset, compiled)
      var summary = ScanSummary(compiled)
      var reader = ListingReader(compiled, opened.dataset)
      if form == .csv { try output.put(writer.sheetHead) }
      for row in 0..<opened.dataset.rowCount {
        let reading = reader.reading(of: row)
        if let minRisk, reading.risk?.value ?? -1 < minRisk { continue }
        summary.add(reading)
        switch form {
        case .jsonl:
          if !reading.hits.isEmpty || reading.risk == nil { try output.put(writer.line(row, reading) + "\n") }
        case .csv: try output.put(writer.sheetRows(row, reading))
        case .summary: break
        }
      }
      if form == .summary { try output.put(summary.json.text + "\n") }
      try output.flush()
      Failure.say(summary.sentence)
      try opened.finish(matched: summary.listingsWithHits > 0, nothing: "no listing has a hit")
    }
  }
}

/// What a scan came to.
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
