import Casework
import CodeWords
import Filters
import Listings
import SmallFormats

/// Prints listings for other programs, with canonical names; unknown columns stand under `extra`.
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

  func writeSheet(_ rows: RowSet) throws(OutputError) {
    try output.put(SheetCell.line(Self.sheetColumns))
    for row in rows.rows {
      let cells = Dictionary(uniqueKeysWithValues: plainValues(row))
      try output.put(SheetCell.line(Self.sheetColumns.map { cells[$0] ?? "" }))
    }
  }

  private static let textFields: [Field] = [
    .listingID, .platform, .url, .title, .description, .sellerAlias, .sellerID, .sellerURL, .country, .location,
    .quantity, .language, .intent, .image, .flagReason, .category,
  ]
  private static let sheetColumns =
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

  /// Nil where the text could not be read.
  private func risk(_ row: Int) -> Int? { lexicons.reading(of: row, in: dataset).risk?.value }

  /// RFC 3339 in UTC.
  private func time(_ field: Field, _ row: Int) -> String {
    guard let seconds = dataset.time(of: field, at: row) else { return "" }
    let text = TimeSpan.text(seconds)
    return text.contains("T") ? text + "Z" : text + (seconds % 86_400 == 0 ? "T00:00:00Z" : "T23:59:59Z")
  }
}
