import Listings
import SmallFormats

/// Reads `switches.csv`, which lexicons a team does not want, and says how it reads after a change.
package enum SwitchTable {
  package static let columns = ["lexicon", "state", "note"]

  /// The names that are switched, and whether on; of two rows for one name the later counts.
  package static func read(
    _ rows: [TableRow], file: String
  ) -> (isOn: [String: Bool], problems: [LexiconProblem]) {
    if let problem = headerProblem(rows, file: file) { return ([:], [problem]) }
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

  /// What keeps the rows from being a switch table at all; nil where they are one.
  package static func headerProblem(_ rows: [TableRow], file: String) -> LexiconProblem? {
    if let header = rows.first, header.cells.map(\.trimmed) == columns { return nil }
    let found = rows.first.map { $0.cells.joined(separator: ",") } ?? ""
    let what = LexiconProblem.What.header(found: String(found.prefix(120)), expected: columns.joined(separator: ","))
    return LexiconProblem(file: file, line: rows.first?.line, what: what)
  }

  /// The table with some lexicons switched: their rows keep their place and note, new names come at the end, and every
  /// other row stays as it is, also one that could not be understood.
  ///
  /// - Parameter rows: the table as it is, its header first; empty where there is none yet.
  package static func text(of rows: [TableRow], switching isOn: [String: Bool]) -> String {
    var lines = [columns]
    var isNamed: Set<String> = []
    for var cells in rows.dropFirst().map(\.cells) {
      let name = cells.first?.trimmed ?? ""
      if let state = isOn[name], cells.count == columns.count {
        isNamed.insert(name)
        cells[1] = state ? "on" : "off"
      }
      lines.append(cells)
    }
    for (name, state) in isOn.sorted(by: { $0.key < $1.key }) where !isNamed.contains(name) {
      lines.append([name, state ? "on" : "off", ""])
    }
    return lines.map { CSVLine.text($0) + "\n" }.joined()
  }
}
