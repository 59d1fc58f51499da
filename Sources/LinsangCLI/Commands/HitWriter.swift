import CodeWords
import Listings
import TextCells
import SmallFormats

/// Prints what the lexicons say about listings, for other programs.
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

  /// What decided the hit's standing.
  private func because(_ hit: Hit, _ text: ListingText) -> String {
    switch hit.status {
    case .counted(let nearby?), .suppressed(.near(let nearby)), .suppressed(.guarded(let nearby)):
      "\(nearby.condition): \(text.words(of: nearby.field, nearby.bytes))"
    case .counted(nil), .weak: ""
    case .suppressed(.part(_, let bytes)): "part of: \(text.words(of: hit.field, bytes))"
    }
  }

  // MARK: CSV

  private static let sheetColumns = [
    "key", "listing_id", "platform", "source_file", "source_row", "risk", "field", "start", "end", "text", "folds",
    "term", "language", "kind", "denotes", "taxon", "product", "weight", "standing", "because", "lexicon", "line",
    "source",
  ]

  var sheetHead: String { SheetCell.line(Self.sheetColumns) }

  func sheetRows(_ row: Int, _ reading: ListingReading) -> String {
    guard !reading.hits.isEmpty else { return "" }
    let text = ListingText(of: row, in: dataset)
    var listing = listing(row)
    listing["source_row"] = .number(dataset.sourceRow(of: row))
    listing["risk"] = reading.risk.map { .number($0.value) } ?? .null
    return reading.hits.map { hit in
      let cells = listing.merging(self.hit(hit, text)) { $1 }
      return SheetCell.line(Self.sheetColumns.map { Self.plain(cells[$0] ?? .null) })
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
  /// How machine output names it.
  var name: String {
    switch self {
    case .read: "read"
    case .noText: "no-text"
    case .notCovered(let script): "\(script)"
    }
  }
}
