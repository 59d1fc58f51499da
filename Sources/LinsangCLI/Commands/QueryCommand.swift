import ArgumentParser
import Casework
import CodeWords
import Filters
import Listings

/// `linsang query FILTER FILE… [--csv|--jsonl|--json|--count]`
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Print the listings of a filter; is: asks the casebook.")

  @Argument(help: "A filter as in the dashboard, in quotes: 'platform:x price:>100 -replica'.")
  var filter: String

  @Argument(help: "CSV, TSV or JSON Lines files; - is standard input.")
  var files: [String]

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions
  @OptionGroup var lexicons: LexiconOptions

  @Flag(help: "How to print: JSON Lines (the default), a JSON array, CSV safe for spreadsheets, or the number alone.")
  var form: Form = .jsonl

  enum Form: EnumerableFlag {
    case jsonl, json, csv, count
  }

  func run() throws {
    try Failure.reported { output in
      let opened = try BatchReading(files, reading)
      let statuses = try casebook.knownStatuses(in: opened.dataset)
      var subject = FilterSubject(opened.dataset)
      for (row, key) in opened.dataset.rows(of: statuses.keys) { subject.add(statuses[key] ?? .none, at: row) }
      let lexicons = lexicons.onDemand
      let rows = try opened.rows(of: filter, subject: subject, lexicons: lexicons)
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
    case .csv: try writer.writeSheet(rows)
    case .count: break
    }
  }
}

extension FilterSubject {
  /// Takes a listing's decision in.
  mutating func add(_ status: ReviewStatus, at row: Int) {
    switch status.verdict {
    case .confirmed: confirmed.insert(row)
    case .falsePositive: falsePositive.insert(row)
    case .unsure: unsure.insert(row)
    case nil: break
    }
    if status.note != nil { noted.insert(row) }
  }
}
