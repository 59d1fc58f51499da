import Listings

/// Words that make hits of several terms void, under a name by which the terms' rows refer to them: `@ivory in name only`.
///
/// Shape:  a row that names the group is read as if it listed the group's words in that place.
package struct ExclusionGroup: Equatable, Sendable {
  package let name: String
  package let file: String
  /// In the order of the file.
  package var rows: [Row] = []

  /// A row of the table: words of one language.
  package struct Row: Equatable, Sendable {
    package let line: Int
    package let language: String
    package let words: [String]
    /// An id of the source table, or `unverified`.
    package let source: String
    package let note: String
    /// Its length as text; known only where it is above `LexiconLint.longestRow`.
    package let characters: Int
  }

  package init(name: String, file: String, rows: [Row] = []) {
    self.name = name
    self.file = file
    self.rows = rows
  }

  package var words: [String] { rows.flatMap(\.words) }
}

/// Reads `exclusions.csv`: the groups of exclusions.
///
/// Shape:  `group,language,words,source,note`; `words` holds several parts separated by `|`. All rows of one name make up
///         a group; a row without words makes a group that takes nothing away.
/// Fails:  never: a row that cannot be understood is a `LexiconProblem`, and all others are taken.
package enum ExclusionTable {
  package static let file = "exclusions.csv"
  package static let columns = ["group", "language", "words", "source", "note"]

  /// The groups by their names.
  package static func read(
    _ rows: [TableRow], file: String
  ) -> (groups: [String: ExclusionGroup], problems: [LexiconProblem]) {
    guard let header = rows.first, header.cells.map(\.trimmed) == columns else {
      let found = rows.first.map { $0.cells.joined(separator: ",") } ?? ""
      let what = LexiconProblem.What.header(found: String(found.prefix(120)), expected: columns.joined(separator: ","))
      return ([:], [LexiconProblem(file: file, line: rows.first?.line, what: what)])
    }
    var groups: [String: ExclusionGroup] = [:]
    var problems: [LexiconProblem] = []
    for row in rows.dropFirst() {
      let cells = row.cells.map(\.trimmed)
      func note(_ what: LexiconProblem.What) {
        problems.append(LexiconProblem(file: file, line: row.line, term: String(cells[0].prefix(60)), what: what))
      }
      if let what = fault(of: cells) {
        note(what)
        continue
      }
      let name = cells[0].hasPrefix("@") ? String(cells[0].dropFirst()) : cells[0]
      let words = cells[2].split(separator: "|").map { String($0).trimmed }.filter { !$0.isEmpty }
      for word in words where word.hasPrefix("@") { note(.groupWithinGroup(word)) }
      groups[name, default: ExclusionGroup(name: name, file: file)].rows.append(
        ExclusionGroup.Row(
          line: row.line, language: cells[1], words: words.filter { !$0.hasPrefix("@") }, source: cells[3],
          note: cells[4], characters: row.characters(above: LexiconLint.longestRow)))
    }
    return (groups, problems)
  }

  /// Why a row is left out.
  private static func fault(of cells: [String]) -> LexiconProblem.What? {
    if cells.count != columns.count { return .columns(found: cells.count, expected: columns.count) }
    if cells.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) { return .notUTF8 }
    if cells[0].isEmpty || cells[0] == "@" || cells[0].contains("|") { return .noGroupName }
    return TermLanguage.isCode(cells[1]) ? nil : .noLanguage(cells[1])
  }
}
