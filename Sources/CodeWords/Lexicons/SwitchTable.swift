import Listings

/// Reads `switches.csv`: which lexicons a team does not want.
package enum SwitchTable {
  package static let columns = ["lexicon", "state", "note"]

  /// The names that are switched, and whether on; of two rows for one name the later counts.
  package static func read(
    _ rows: [TableRow], file: String
  ) -> (isOn: [String: Bool], problems: [LexiconProblem]) {
    guard let header = rows.first, header.cells.map(\.trimmed) == columns else {
      let found = rows.first.map { $0.cells.joined(separator: ",") } ?? ""
      let what = LexiconProblem.What.header(found: String(found.prefix(120)), expected: columns.joined(separator: ","))
      return ([:], [LexiconProblem(file: file, line: rows.first?.line, what: what)])
    }
    var isOn: [String: Bool] = [:]
    var problems: [LexiconProblem] = []
    for row in rows.dropFirst() {
      let cells = row.cells.map(\.trimmed)
      guard cells.count == columns.count else {
        problems.append(
          LexiconProblem(
            file: file, line: row.line, what: .columns(found: cells.count, expected: columns.count)))
        continue
      }
      guard ["on", "off"].contains(cells[1]) else {
        problems.append(LexiconProblem(file: file, line: row.line, term: cells[0], what: .badSwitch(cells[1])))
        continue
      }
      isOn[cells[0]] = cells[1] == "on"
    }
    return (isOn, problems)
  }
}
