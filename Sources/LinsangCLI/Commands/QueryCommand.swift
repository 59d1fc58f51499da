import ArgumentParser
import Casework
import CodeWords
import Filters
import Listings
import SmallFormats

/// `linsang query FILTER FILE… [--csv|--jsonl|--json|--count]`
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Print the listings that match a filter; is: asks the casebook.")

  @Argument(help: "A filter as in the dashboard, in quotes: 'platform:x price:>100 -replica'.")
  var filter: String

  @Argument(help: "CSV, TSV or JSON Lines files; - is standard input.", completion: .file())
  var files: [String]

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions
  @OptionGroup var lexicons: LexiconOptions

  @Flag(help: "How to print: JSON Lines (the default), a JSON array, CSV safe for spreadsheets, or the number alone.")
  var form: Form = .jsonl

  /// The output formats.
  enum Form: EnumerableFlag {
    case jsonl, json, csv, count
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      // Only decisions are found by keys.
      let hasCasebook = casebook.isPresent
      let lexicons = lexicons.onDemand
      // The lexicons are compiled while files are read, where the filter shows that they will be needed.
      if (try? FilterSyntax.read(filter, columns: []))?.asksAboutFlags == true { lexicons.begin() }
      let opened = try BatchReading(files, reading, makesKeys: hasCasebook)
      let statuses = hasCasebook ? try casebook.knownStatuses(in: opened.dataset) : [:]
      let rows = try opened.rows(of: filter, verdicts: casebook, lexicons: lexicons)
      if form == .count {
        try output.line(String(rows.count))
      } else {
        let compiled = rows.isEmpty ? .empty : try lexicons.compiled()
        try write(rows, of: opened.dataset, statuses, compiled, output)
      }
      try output.flush()
      try opened.finish(matched: rows.count > 0)
    }
  }

  private func write(
    _ rows: RowSet, of dataset: Dataset, _ statuses: [ListingKey: ReviewStatus], _ lexicons: CompiledLexicons,
    _ output: Output
  ) throws {
    let writer = ListingWriter(dataset: dataset, statuses: statuses, lexicons: lexicons, output: output)
    switch form {
    case .jsonl: try writer.writeLines(rows)
    case .json: try writer.writeArray(rows)
    case .csv: try writer.writeCSV(rows)
    case .count: break
    }
  }
}

extension FilterSubject {
  /// Adds the decision on a listing.
  mutating func add(_ status: ReviewStatus, at row: Int) {
    switch status.verdict {
    case .confirmed: confirmed.insert(row)
    case .falsePositive: falsePositive.insert(row)
    case .unsure: unsure.insert(row)
    case nil: break
    }
    if status.note != nil { noted.insert(row) }
    words.set(reason: status.reason?.rawValue, note: status.note, at: row, of: dataset.rowCount)
    if !status.description.isEmpty { described.set(status.description.values, at: row, of: dataset.rowCount) }
  }
}

/// Prints listings for other programs under canonical names; JSON has unknown columns under `extra`.
struct ListingWriter {
  let dataset: Dataset
  let statuses: [ListingKey: ReviewStatus]
  let lexicons: CompiledLexicons
  let output: Output

  func writeLines(_ rows: RowSet) throws(OutputError) {
    for row in rows.rows { try output.put(listing(row).text + "\n") }
  }

  func writeArray(_ rows: RowSet) throws(OutputError) {
    var isFirst = true
    try output.put("[")
    for row in rows.rows {
      try output.put((isFirst ? "\n" : ",\n") + listing(row).text)
      isFirst = false
    }
    try output.put("\n]\n")
  }

  func writeCSV(_ rows: RowSet) throws(OutputError) {
    try output.put(SpreadsheetCSV.line(Self.csvColumns))
    for row in rows.rows {
      let cells = Dictionary(uniqueKeysWithValues: plainValues(row))
      try output.put(SpreadsheetCSV.line(Self.csvColumns.map { cells[$0] ?? "" }))
    }
  }

  private static let textFields: [Field] = [
    .listingID, .platform, .url, .title, .description, .sellerAlias, .sellerID, .sellerURL, .country, .location,
    .quantity, .language, .intent, .image, .flagReason, .category,
  ]
  private static let csvColumns =
    textFields.map(\.rawValue) + [
      "species", "price_raw", "price_amount", "currency", "price_usd", "posted_at", "captured_at", "verdict", "reason",
      "note", "key", "source_file", "source_row", "risk",
    ]

  private func listing(_ row: Int) -> JSONValue {
    var map: [String: JSONValue] = [:]
    for (name, text) in plainValues(row) { map[name] = text.isEmpty ? .null : .text(text) }
    let members = dataset.speciesLists.members[Int(dataset.codes(of: .species)[row])]
    map["species"] = .list(members.filter { $0 != 0 }.map { .text(dataset.speciesLists.names[Int($0)]) })
    map["source_row"] = .number(dataset.sourceRow(of: row))
    if case .text(let risk)? = map["risk"], let value = Int(risk) { map["risk"] = .number(value) }
    var extra: [String: JSONValue] = [:]
    for cell in dataset.cells(of: row) where cell.field == nil && !cell.text.isEmpty {
      extra[cell.name] = .text(cell.text)
    }
    map["extra"] = .map(extra)
    return .map(map)
  }

  private func plainValues(_ row: Int) -> [(String, String)] {
    let price = dataset.price(at: row)
    let key = dataset.key(at: row)
    let status = statuses[key] ?? .none
    return Self.textFields.map { ($0.rawValue, dataset.text(of: $0, at: row)) } + [
      ("species", dataset.text(of: .species, at: row)), ("price_raw", dataset.text(of: .price, at: row)),
      ("price_amount", price.amount?.description ?? ""), ("currency", price.currency ?? ""),
      ("price_usd", price.usDollars?.description ?? ""), ("posted_at", time(.postedAt, row)),
      ("captured_at", time(.capturedAt, row)), ("verdict", status.verdict?.rawValue ?? ""),
      ("reason", status.reason?.rawValue ?? ""), ("note", status.note ?? ""), ("key", key.text),
      ("source_file", dataset.source(of: row).name), ("source_row", String(dataset.sourceRow(of: row))),
      ("risk", risk(row).map(String.init) ?? ""),
    ]
  }

  /// Nil if no lexicon could read the text.
  private func risk(_ row: Int) -> Int? { lexicons.reading(of: row, in: dataset).risk?.value }

  /// RFC 3339 in UTC.
  private func time(_ field: Field, _ row: Int) -> String {
    guard let seconds = dataset.time(of: field, at: row) else { return "" }
    let text = TimeSpan.text(seconds)
    return text.contains("T") ? text + "Z" : text + (seconds % 86_400 == 0 ? "T00:00:00Z" : "T23:59:59Z")
  }
}
