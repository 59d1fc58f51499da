import Filters
import Foundation
import Intake
import Listings

/// Counts of a dataset, for people and for programs.
struct DatasetStats {
  private let dataset: Dataset
  private let rows: RowSet
  private let problems: IntakeProblems
  /// Whether each column's cells are counted too.
  private let countsColumns: Bool

  init(_ dataset: Dataset, _ rows: RowSet, _ problems: IntakeProblems, countsColumns: Bool = false) {
    self.dataset = dataset
    self.rows = rows
    self.problems = problems
    self.countsColumns = countsColumns
  }

  private static let fields: [Field] = [
    .platform, .species, .sellerAlias, .country, .language, .category, .flagReason, .intent,
  ]

  /// Stable JSON: keys sorted, values by falling count.
  func json() throws -> String {
    var facets: [String: JSONValue] = [:]
    for field in Self.fields {
      let facet = Facet(of: field, in: dataset, among: rows)
      facets[field.rawValue] = .list(
        facet.values.map { .map(["value": $0.name.isEmpty ? .null : .text($0.name), "count": .number($0.count)]) })
    }
    let prices = PriceHistogram(of: dataset, among: rows)
    let states = priceStates()
    let value = JSONValue.map([
      "rows": .number(rows.count), "rows_total": .number(dataset.rowCount), "problems": .number(problems.count),
      "problems_by_kind": .map(problemCounts()), "facets": .map(facets),
      "prices": .map([
        "read": .number(states[1]), "without_currency": .number(states[2]), "unreadable": .number(states[3]),
        "missing": .number(prices.missing),
      ]),
      "currencies": .map(currencyCounts()), "files": .list(files()),
    ])
    return value.text
  }

  private func problemCounts() -> [String: JSONValue] {
    var counts: [String: JSONValue] = [:]
    for kind in IntakeProblem.Kind.allCases where problems.count(of: kind) > 0 {
      counts["\(kind)"] = .number(problems.count(of: kind))
    }
    return counts
  }

  private func priceStates() -> [Int] {
    var counts = [0, 0, 0, 0]
    let states = dataset.priceStates
    rows.forEach { counts[Int(states[$0]) & 3] += 1 }
    return counts
  }

  private func currencyCounts() -> [String: JSONValue] {
    var counts = [Int](repeating: 0, count: dataset.currencyCodes.count)
    let currencies = dataset.currencies
    rows.forEach { counts[Int(currencies[$0])] += 1 }
    var named: [String: JSONValue] = [:]
    for (code, count) in counts.enumerated() where count > 0 && code > 0 {
      named[dataset.currencyCodes[code]] = .number(count)
    }
    return named
  }

  private func files() -> [JSONValue] {
    dataset.sources.map { source in
      let totals = countsColumns ? ColumnTotals(of: source, in: dataset, among: rows).totals : [:]
      let columns = columns(of: source, with: totals).map { name, field in
        var column: [String: JSONValue] = ["column": .text(name), "field": field.map { .text($0.rawValue) } ?? .null]
        if countsColumns {
          column["filled"] = .number(totals[name]?.filled ?? 0)
          column["characters"] = .number(totals[name]?.characters ?? 0)
        }
        return JSONValue.map(column)
      }
      return .map([
        "name": .text(source.name), "format": .text(source.reader.format), "rows": .number(source.rows.count),
        "bytes": .number(source.byteCount), "columns": .list(columns),
        "conversions": .list(source.reader.conversions.map { .text($0.sentence) }),
      ])
    }
  }

  /// The columns of a file in its order, then those that only some records have.
  private func columns(
    of source: SourceFile, with totals: [String: ColumnTotals.Total]
  ) -> [(name: String, field: Field?)] {
    let known = Set(source.reader.columns)
    return Array(zip(source.reader.columns, source.reader.fields))
      + totals.keys.filter { !known.contains($0) }.sorted().map { ($0, nil) }
  }

  private func columnLines(of source: SourceFile) -> [String] {
    let totals = ColumnTotals(of: source, in: dataset, among: rows).totals
    return columns(of: source, with: totals).map { name, field in
      let total = totals[name] ?? ColumnTotals.Total()
      let meaning = field.map { " = " + $0.rawValue } ?? ""
      return "\(String(total.filled).leftPadded(12))  \(name)\(meaning) (\(total.characters) characters)"
    }
  }

  func lines(top: Int) -> [String] {
    var lines = ["\(rows.count) listings of \(dataset.rowCount), \(problems.count) problems"]
    for source in dataset.sources {
      lines.append("  \(source.name): \(source.rows.count) rows, \(source.reader.format)")
      lines += source.reader.conversions.map { "    " + $0.sentence }
      if countsColumns { lines += columnLines(of: source) }
    }
    for field in Self.fields where dataset.valueCount(of: field) > 1 {
      let facet = Facet(of: field, in: dataset, among: rows)
      lines += ["", "\(field.rawValue) (\(facet.values.count) values)"]
      for value in facet.values.prefix(top) {
        lines.append("  \(String(value.count).leftPadded(8))  \(value.name.isEmpty ? "(none)" : value.name)")
      }
      if facet.values.count > top { lines.append("            … \(facet.values.count - top) more") }
    }
    let states = priceStates()
    lines += [
      "",
      "price: \(states[1]) read, \(states[2]) without a known currency, \(states[3]) unreadable, \(states[0]) not given",
    ]
    return lines
  }
}

extension String {
  func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
