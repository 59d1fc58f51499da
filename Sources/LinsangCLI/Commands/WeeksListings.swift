import Listings
import Sightings
import SmallFormats

/// The listings of some kinds, with what changed, as text, JSON and CSV.
struct WeeksListings {
  private let sightings: Sightings
  private let kinds: [SightingKind]
  private let wantsGone: Bool
  /// Rows whose key now leads to wholly other words.
  private let reused: [Int]

  init(_ sightings: Sightings, new: Bool, changed: Bool, reappeared: Bool, gone: Bool) {
    self.sightings = sightings
    let wanted: [(Bool, SightingKind)] = [(new, .new), (changed, .changed), (reappeared, .reappeared)]
    kinds = wanted.filter(\.0).map(\.1)
    wantsGone = gone
    reused = sightings.reused()
  }

  /// Whether none were asked for.
  var isEmpty: Bool { kinds.isEmpty && !wantsGone }

  /// The listings of a kind in the order of scrapes, then of rows.
  private func rows(of kind: SightingKind) -> [Int] { inOrder(sightings.rows(of: kind).rows.map { $0 }) }

  private func inOrder(_ rows: [Int]) -> [Int] {
    var order: [String: Int] = [:]
    for (index, summary) in sightings.summaries.enumerated() where order[summary.scrape.name] == nil {
      order[summary.scrape.name] = index
    }
    let places = rows.map { row in (sightings.slot(of: row).flatMap { order[$0.scrape.name] } ?? 0, row) }
    return places.sorted { $0 < $1 }.map(\.1)
  }

  // MARK: Text

  var lines: [String] {
    var lines = reusedLines
    for kind in kinds {
      let rows = rows(of: kind)
      lines += ["", "\(kind.rawValue): \(Digits.grouped(rows.count))"]
      for row in rows { lines += self.lines(of: row, kind) }
    }
    if wantsGone {
      let missing = sightings.missing
      lines += ["", "gone: \(Digits.grouped(missing.count))"]
      for gone in missing { lines += self.lines(of: gone) }
    }
    return lines
  }

  /// Numbers and addresses that lead to another advert now.
  private var reusedLines: [String] {
    guard !reused.isEmpty else { return [] }
    var lines = [
      "",
      "\(reused.count == 1 ? "1 changed listing" : "\(reused.count) changed listings") may be another advert "
        + "under the same number or address, by their words:",
    ]
    for row in inOrder(reused) {
      guard let slot = sightings.slot(of: row) else { continue }
      lines.append("  \(slot.scrape.name)  \(name(of: row))")
      lines.append("    title   \(self.change(.title, at: row))")
    }
    return lines
  }

  private func lines(of row: Int, _ kind: SightingKind) -> [String] {
    guard let slot = sightings.slot(of: row) else { return [] }
    var lines = ["  \(slot.scrape.name)  \(name(of: row))"]
    if kind == .reappeared, let last = lastSeen(row) { lines.append("    last seen \(last)") }
    for cell in sightings.state(at: row).changed.cells {
      lines.append("    \(cell.rawValue.rightPadded(7)) \(change(cell, at: row))")
    }
    return lines
  }

  private func lines(of gone: Sightings.Missing) -> [String] {
    switch gone.last {
    case .row(let row):
      let title = Self.excerpt(sightings.dataset.text(of: .title, at: row))
      return ["  \(gone.scrape.name)  \(name(of: row))", "    last seen \(scrape(of: gone.last)), “\(title)”"]
    case .recorded(let list, let index):
      let price = sightings.recorded[list].price(at: index).map { ", \(Self.text(of: $0))" } ?? ""
      return [
        "  \(gone.scrape.name)  a listing of which only the sighting is kept",
        "    last seen \(scrape(of: gone.last))\(price)",
      ]
    }
  }

  /// What a person finds the listing by: its address, or else its title.
  private func name(of row: Int) -> String {
    let address = sightings.dataset.text(of: .url, at: row)
    return address.isEmpty ? "“\(Self.excerpt(sightings.dataset.text(of: .title, at: row)))”" : address
  }

  private func scrape(of place: SightingPlace) -> String { sightings.scrape(of: place)?.name ?? "" }

  private func lastSeen(_ row: Int) -> String? { sightings.earlier(of: row).map { scrape(of: $0) } }

  /// Old and new value of a cell, shortened to where they differ.
  private func change(_ cell: ComparedCell, at row: Int) -> String {
    let (old, new) = values(cell, at: row)
    guard let old else { return "→ “\(Self.excerpt(new))”" }
    if old == new { return "differs in markup or blanks only" }
    let (before, after) = Self.difference(old, new)
    return "“\(before)” → “\(after)”"
  }

  /// The values of a cell in the sighting before and in this one; nil where only its fingerprint is known.
  private func values(_ cell: ComparedCell, at row: Int) -> (old: String?, new: String) {
    let new = sightings.dataset.text(of: cell.field, at: row)
    switch sightings.earlier(of: row) {
    case .row(let earlier)?: return (sightings.dataset.text(of: cell.field, at: earlier), new)
    case .recorded(let list, let index)? where cell == .price:
      return (sightings.recorded[list].price(at: index).map { Self.text(of: $0) }, new)
    default: return (nil, new)
    }
  }

  private static func text(of price: (amount: Amount, currency: String?)) -> String {
    price.amount.description + (price.currency.map { " " + $0 } ?? "")
  }

  private static let shownLength = 60

  private static func excerpt(_ text: String) -> String {
    text.count <= shownLength ? text : text.prefix(shownLength) + "…"
  }

  /// Both texts around their first difference.
  private static func difference(_ old: String, _ new: String) -> (String, String) {
    guard max(old.count, new.count) > shownLength else { return (old, new) }
    let common = zip(old, new).prefix { $0 == $1 }.count
    let start = max(0, common - 12)
    func part(_ text: String) -> String {
      (start > 0 ? "…" : "") + excerpt(String(text.dropFirst(start)))
    }
    return (part(old), part(new))
  }

  // MARK: JSON

  /// Lists by name: those asked for, and numbers and addresses that lead to another advert now.
  var json: [String: JSONValue] {
    var map: [String: JSONValue] = ["reused": .list(inOrder(reused).map { json(of: $0, .changed) })]
    for kind in kinds { map[kind.rawValue] = .list(rows(of: kind).map { json(of: $0, kind) }) }
    if wantsGone { map["gone"] = .list(sightings.missing.map { json(of: $0) }) }
    return map
  }

  private func json(of row: Int, _ kind: SightingKind) -> JSONValue {
    var map = identity(of: row)
    if let slot = sightings.slot(of: row) {
      map["scrape"] = .text(slot.scrape.name)
      map["platform"] = slot.platform.isEmpty ? .null : .text(slot.platform)
    }
    guard kind != .new else { return .map(map) }
    map["last_seen"] = lastSeen(row).map { .text($0) } ?? .null
    var changes: [String: JSONValue] = [:]
    for cell in sightings.state(at: row).changed.cells {
      let (old, new) = values(cell, at: row)
      changes[cell.rawValue] = .map(["old": old.map { .text($0) } ?? .null, "new": .text(new)])
    }
    map["changes"] = .map(changes)
    return .map(map)
  }

  private func json(of gone: Sightings.Missing) -> JSONValue {
    var map: [String: JSONValue] = [:]
    if case .row(let row) = gone.last { map = identity(of: row) }
    map["scrape"] = .text(gone.scrape.name)
    map["platform"] = gone.platform.isEmpty ? .null : .text(gone.platform)
    map["last_seen"] = .text(scrape(of: gone.last))
    return .map(map)
  }

  private func identity(of row: Int) -> [String: JSONValue] {
    let dataset = sightings.dataset
    return [
      "key": .text(dataset.key(at: row).text), "url": .text(dataset.text(of: .url, at: row)),
      "title": .text(dataset.text(of: .title, at: row)), "source_file": .text(dataset.source(of: row).name),
      "source_row": .number(dataset.sourceRow(of: row)),
    ]
  }

  // MARK: CSV

  /// A line for each changed cell, and one for each listing without any.
  func writeCSV(_ output: Output) throws(OutputError) {
    try output.put(
      SpreadsheetCSV.line([
        "scrape", "platform", "state", "cell", "old", "new", "last_seen", "url", "title", "key", "source_file",
        "source_row",
      ]))
    for kind in kinds { for row in rows(of: kind) { try writeCSV(row, kind, output) } }
    guard wantsGone else { return }
    for gone in sightings.missing {
      var cells = [gone.scrape.name, gone.platform, "gone", "", "", "", scrape(of: gone.last)]
      if case .row(let row) = gone.last { cells += names(of: row) } else { cells += Array(repeating: "", count: 5) }
      try output.put(SpreadsheetCSV.line(cells))
    }
  }

  private func writeCSV(_ row: Int, _ kind: SightingKind, _ output: Output) throws(OutputError) {
    guard let slot = sightings.slot(of: row) else { return }
    let first = [slot.scrape.name, slot.platform, kind.rawValue]
    let last = [kind == .new ? "" : lastSeen(row) ?? ""] + names(of: row)
    let cells = kind == .new ? [] : sightings.state(at: row).changed.cells
    if cells.isEmpty { try output.put(SpreadsheetCSV.line(first + ["", "", ""] + last)) }
    for cell in cells {
      let (old, new) = values(cell, at: row)
      try output.put(SpreadsheetCSV.line(first + [cell.rawValue, old ?? "", new] + last))
    }
  }

  private func names(of row: Int) -> [String] {
    let dataset = sightings.dataset
    return [
      dataset.text(of: .url, at: row), dataset.text(of: .title, at: row), dataset.key(at: row).text,
      dataset.source(of: row).name, String(dataset.sourceRow(of: row)),
    ]
  }
}
