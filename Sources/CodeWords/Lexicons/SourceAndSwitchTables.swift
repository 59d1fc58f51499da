import Listings
import SmallFormats

/// Reads `sources.csv`: where the meanings of terms were published.
///
/// Shape: `id,citation,url,accessed,note`.
/// Fails: never: a row that cannot be understood becomes a `LexiconProblem`.
package enum SourceTable {
  /// The header, which a file must repeat exactly.
  package static let columns = ["id", "citation", "url", "accessed", "note"]

  /// The sources by id; of two rows with one id the later wins.
  ///
  /// Fails:  without the exact header no row is read, and one problem says so.
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
      func note(_ what: LexiconProblem.What) {
        problems.append(LexiconProblem(file: file, line: row.line, term: String(cells[0].prefix(60)), what: what))
      }
      guard cells.count == columns.count else {
        note(.columns(found: cells.count, expected: columns.count))
        continue
      }
      guard !cells.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else {
        note(.notUTF8)
        continue
      }
      sources[cells[0]] = LexiconSource(
        id: cells[0], citation: cells[1], url: cells[2], accessed: cells[3], note: cells[4])
    }
    return (sources, problems)
  }
}

/// Reads `switches.csv`, which switches lexicons off and on for a team, and writes it back with a change.
///
/// Shape: `lexicon,state,note`; `state` is `on` or `off`.
package enum SwitchTable {
  /// The header, which a file must repeat exactly.
  package static let columns = ["lexicon", "state", "note"]

  /// The state of each lexicon named; of two rows for one name the later wins.
  ///
  /// Fails:  without the exact header no row is read, and one problem says so.
  /// Limits: whether a lexicon of the name exists is not checked.
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

  /// The problem that makes the rows no switch table at all; nil where the header is right.
  package static func headerProblem(_ rows: [TableRow], file: String) -> LexiconProblem? {
    if let header = rows.first, header.cells.map(\.trimmed) == columns { return nil }
    let found = rows.first.map { $0.cells.joined(separator: ",") } ?? ""
    let what = LexiconProblem.What.header(found: String(found.prefix(120)), expected: columns.joined(separator: ","))
    return LexiconProblem(file: file, line: rows.first?.line, what: what)
  }

  /// The text of the table with some lexicons switched. Their rows keep position and note, new names come at the end,
  /// and every other row stays as it is, even one that could not be understood.
  ///
  /// - Parameter rows: the table so far, its header first; empty for a new table.
  /// Shape:  CSV with the header first; each line ends with a line feed. New names are in alphabetical order.
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
