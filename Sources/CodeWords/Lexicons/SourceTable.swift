import Listings

/// Reads `sources.csv`: where the meanings of terms were published.
package enum SourceTable {
  package static let columns = ["id", "citation", "url", "accessed", "note"]

  /// The sources by their ids; of two with one id the later counts.
  package static func read(
    _ rows: [TableRow], file: String
  ) -> (sources: [String: LexiconSource], problems: [LexiconProblem]) {
    guard let header = rows.first, header.cells.map(\.trimmed) == columns else {
      let found = rows.first.map { $0.cells.joined(separator: ",") } ?? ""
      let what = LexiconProblem.What.header(found: String(found.prefix(120)), expected: columns.joined(separator: ","))
      return ([:], [LexiconProblem(file: file, line: rows.first?.line, what: what)])
    }
    var sources: [String: LexiconSource] = [:]
    var problems: [LexiconProblem] = []
    for row in rows.dropFirst() {
      let cells = row.cells.map(\.trimmed)
      func fault(_ what: LexiconProblem.What) {
        problems.append(LexiconProblem(file: file, line: row.line, term: String(cells[0].prefix(60)), what: what))
      }
      guard cells.count == columns.count else {
        fault(.columns(found: cells.count, expected: columns.count))
        continue
      }
      guard !cells.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else {
        fault(.notUTF8)
        continue
      }
      sources[cells[0]] = LexiconSource(
        id: cells[0], citation: cells[1], url: cells[2], accessed: cells[3], note: cells[4])
    }
    return (sources, problems)
  }
}
