import Dashboard
import Filters
import Foundation
import Intake
import Listings
import SmallFormats
import Workspace

/// The counts that `linsang stats` prints, as text and as JSON.
struct DatasetSummary {
  private let dataset: Dataset
  private let rows: RowSet
  private let problems: IntakeProblems
  /// Whether the cells of each column are counted too.
  private let countsColumns: Bool
  /// Nil if no listing names a species.
  private let taxa: SpeciesNameSummary?

  init(
    _ dataset: Dataset, _ rows: RowSet, _ problems: IntakeProblems, taxa: SpeciesNameSummary? = nil,
    countsColumns: Bool = false
  ) {
    self.dataset = dataset
    self.taxa = taxa
    self.rows = rows
    self.problems = problems
    self.countsColumns = countsColumns
  }

  /// The fields that have a facet.
  private static let fields: [Field] = Dimension.all.compactMap(\.field)

  /// Stable JSON: keys sorted, values by descending count.
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
      "rows": .number(rows.count), "rows_total": .number(dataset.rowCount),
      "listings": .number(dataset.listingCount(of: rows)), "problems": .number(problems.count),
      "problems_by_kind": .map(problemCounts()), "problem_groups": .list(problemGroups()), "facets": .map(facets),
      "prices": .map([
        "read": .number(states[1]), "without_currency": .number(states[2]), "unreadable": .number(states[3]),
        "missing": .number(prices.missing), "placeholder": .number(states[4]), "free": .number(states[5]),
        "on_request": .number(states[6]), "exchange": .number(states[7]),
      ]),
      "times": .map(["posted_at": .map(timeBases(.postedAt)), "captured_at": .map(timeBases(.capturedAt))]),
      "currencies": .map(currencyCounts()), "files": .list(files()), "taxa": taxa?.json ?? .null,
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

  /// In the order of the files, each with its first problem.
  private func problemGroups() -> [JSONValue] {
    ProblemList(problems).groups.map { group in
      var map: [String: JSONValue] = [
        "kind": .text(group.kind), "file": .text(group.path), "field": group.field.map { .text($0) } ?? .null,
        "count": .number(group.count), "example": .null,
      ]
      if let first = group.problems.first {
        map["example"] = .map([
          "line": first.line.map { .number($0) } ?? .null, "row": first.sourceRow.map { .number($0) } ?? .null,
          "found": .text(first.foundText), "done": .text(first.done),
        ])
      }
      return .map(map)
    }
  }

  /// The groups for people, the largest first, each with its first problem as an example.
  private func problemLines() -> [String] {
    guard problems.count > 0 else { return [] }
    let groups = ProblemList(problems).groups.sorted { $0.count > $1.count }
    return ["", "problems (\(groups.count) groups)"]
      + groups.flatMap { group in
        let what = [group.words, group.field ?? "", group.file].filter { !$0.isEmpty }.joined(separator: " · ")
        let example = group.problems.first.map { problem in
          "            " + [problem.location, problem.foundText].filter { !$0.isEmpty }.joined(separator: ": ")
            + "; \(problem.done)"
        }
        return ["  \(String(group.count).leftPadded(8))  \(what)"] + (example.map { [$0] } ?? [])
      }
  }

  private func priceStates() -> [Int] {
    let bytes = ValueCounts.counts(of: dataset.priceStates, among: rows)
    return (0..<8).map { state in stride(from: state, to: 256, by: 8).reduce(0) { $0 + bytes[$1] } }
  }

  /// How many times were read on which basis, by the basis's name.
  private func timeBases(_ field: Field) -> [String: JSONValue] {
    timeBaseCounts(field).reduce(into: [:]) { $0["\($1.basis)"] = .number($1.count) }
  }

  private func timeBaseCounts(_ field: Field) -> [(basis: TimeBasis, count: Int)] {
    let counts = ValueCounts.counts(of: dataset.timeBases, among: rows)
    return TimeBasis.allCases.compactMap { basis in
      let count = counts.indices.reduce(0) { sum, byte in
        TimeBases(byte: UInt8(byte))[field] == basis ? sum + counts[byte] : sum
      }
      return count > 0 && basis != .none ? (basis, count) : nil
    }
  }

  private func currencyCounts() -> [String: JSONValue] {
    let counts = ValueCounts.counts(of: dataset.currencies, among: rows)
    var named: [String: JSONValue] = [:]
    for (code, currency) in dataset.currencyCodes.enumerated() where counts[code] > 0 && code > 0 {
      named[currency] = .number(counts[code])
    }
    return named
  }

  private func files() -> [JSONValue] {
    dataset.sources.map { source in
      let totals = countsColumns ? ColumnTotals(of: source, in: dataset, among: rows).totals : [:]
      let columns = columns(of: source, with: totals).map { finding in
        var column: [String: JSONValue] = [
          "column": .text(finding.name), "field": finding.field.map { .text($0.rawValue) } ?? .null,
          "why": finding.why.isEmpty ? .null : .text(finding.why),
        ]
        if countsColumns {
          column["filled"] = .number(totals[finding.name]?.filled ?? 0)
          column["characters"] = .number(totals[finding.name]?.characters ?? 0)
          column["html_cells"] = .number(totals[finding.name]?.markup ?? 0)
        }
        return JSONValue.map(column)
      }
      return .map([
        "name": .text(source.name), "format": .text(source.reader.format), "rows": .number(source.rows.count),
        "bytes": .number(source.byteCount), "columns": .list(columns),
        "header": .text(source.reader.header.id),
        "header_basis": source.reader.headerBasis.isEmpty ? .null : .text(source.reader.headerBasis.english),
        "conversions": .list(source.reader.conversions.map { .text($0.sentence) }),
        "html_cells": .number(source.markupCells),
      ])
    }
  }

  /// The columns of a file in order, then those that only some records have.
  private func columns(
    of source: SourceFile, with totals: [String: ColumnTotals.Total]
  ) -> [ColumnFinding] {
    let known = Set(source.reader.columns)
    return source.reader.findings
      + totals.keys.filter { !known.contains($0) }.sorted().map {
        ColumnFinding(name: $0, field: nil, basis: .nothing)
      }
  }

  private func columnLines(of source: SourceFile) -> [String] {
    let totals = ColumnTotals(of: source, in: dataset, among: rows).totals
    return columns(of: source, with: totals).map { finding in
      let total = totals[finding.name] ?? ColumnTotals.Total()
      let meaning = finding.field.map { " = " + $0.rawValue } ?? ""
      return "\(String(total.filled).leftPadded(12))  \(finding.name)\(meaning) (\(total.characters) characters)"
    }
  }

  func lines(top: Int) -> [String] {
    var lines = ["\(total), \(problems.count) problem\(problems.count == 1 ? "" : "s")"]
    for source in dataset.sources {
      let rows = "\(source.rows.count) row\(source.rows.count == 1 ? "" : "s")"
      // Standard input has no size.
      let isEmpty = source.rows.isEmpty && source.byteCount == 0 && source.reader.columns.isEmpty
      lines.append("  \(source.name): \(isEmpty ? "empty" : "\(rows), \(source.reader.format)")")
      lines += source.reader.conversions.map { "    " + $0.sentence }
      if !source.reader.headerBasis.isEmpty { lines.append("    " + source.reader.headerBasis.english) }
      lines += source.reader.findings.compactMap { finding in finding.sentence.map { "    " + $0 } }
      if source.markupCells > 0 { lines.append("    HTML decoded for reading in \(source.markupCells) cells") }
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
    lines += taxa?.lines(top: top) ?? []
    let states = priceStates()
    lines += [
      "",
      "price: \(states[1]) read, \(states[2]) without a known currency, \(states[3]) unreadable, \(states[0]) not given",
      "       \(states[4]) placeholders, \(states[5]) given away, \(states[6]) on request, \(states[7]) in exchange",
    ]
    for (name, field) in [("posted", Field.postedAt), ("captured", .capturedAt)] { lines += timeLines(name, field) }
    return lines + problemLines()
  }

  /// How many listings, and in how many rows if that differs.
  private var total: String {
    let listings = dataset.listingCount(of: rows)
    return listings == rows.count
      ? "\(rows.count) listings of \(dataset.rowCount)"
      : "\(listings) listings in \(rows.count) rows of \(dataset.rowCount)"
  }

  /// How times were read that do not say so themselves.
  private func timeLines(_ name: String, _ field: Field) -> [String] {
    timeBaseCounts(field).filter { $0.basis != .asWritten }.map { basis, count in
      "\(name): \(count) \(basis.sentence(nil) ?? "")"
    } + columnOrderLines(field)
  }

  /// The rows that prove which of day and month comes first, for files in which other dates depend on it.
  private func columnOrderLines(_ field: Field) -> [String] {
    let isByColumn = (0...255).map { byte in
      let basis = TimeBases(byte: UInt8(byte))[field]
      return basis == .dayFirstByColumn || basis == .monthFirstByColumn
    }
    let bases = dataset.timeBases
    // Hardly any dataset has such dates, and counting bytes is faster than looking at rows.
    let counts = ValueCounts.counts(of: bases, among: RowSet(allOf: dataset.rowCount))
    guard zip(counts, isByColumn).contains(where: { $0 > 0 && $1 }) else { return [] }
    return dataset.sources.compactMap { source in
      guard source.rows.contains(where: { isByColumn[Int(bases[$0])] }), let order = source.reader.dayOrder(of: field)
      else { return nil }
      return "  \(source.name): row \(order.row) says \(order.text)"
    }
  }
}

/// How many cells of each column of a file are filled, and with how many characters.
///
/// Cost:   reads every row again, so it is counted only on request.
struct ColumnTotals {
  /// The counts of one column.
  struct Total: Equatable {
    var filled = 0
    /// In Unicode scalars, as other programs count too.
    var characters = 0
    /// Cells in which HTML was decoded.
    var markup = 0
  }

  /// By column name as in the file, including columns that only some records have.
  private(set) var totals: [String: Total] = [:]

  init(of source: SourceFile, in dataset: Dataset, among rows: RowSet) {
    for row in source.rows where rows.contains(row) {
      for cell in dataset.cells(of: row) where !cell.text.isEmpty {
        totals[cell.name, default: Total()].filled += 1
        if cell.hadMarkup { totals[cell.name, default: Total()].markup += 1 }
        totals[cell.name, default: Total()].characters += cell.text.unicodeScalars.count
      }
    }
  }
}
