import Listings

/// A named list of words that suppress hits. Terms refer to it under `unless`: `@ivory in name only`.
///
/// Shape:  a row that names the group reads as if it listed the group's words itself.
package struct ExclusionGroup: Equatable, Sendable {
  /// The name without its `@`.
  package let name: String
  /// The file that defines it, as shown in problems.
  package let file: String
  /// In the order of the file.
  package var rows: [Row] = []

  /// One row of the table: words of one language, with the source they rest on.
  ///
  /// Limits: words only; the name of another group in the cell is reported and left out.
  package struct Row: Equatable, Sendable {
    /// The line on which the row begins.
    package let line: Int
    /// ISO 639-1, `la` or `mul`.
    package let language: String
    /// In the order of the cell.
    package let words: [String]
    /// An id of the source table, or `unverified`.
    package let source: String
    /// Free text of the editor.
    package let note: String
    /// Length of the row as text; 0 unless it exceeds `LexiconLint.maximumRowLength`.
    package let characters: Int
  }

  package init(name: String, file: String, rows: [Row] = []) {
    self.name = name
    self.file = file
    self.rows = rows
  }

  /// The words of all rows, in the order of the file.
  ///
  /// Shape:  a word that two rows list appears twice.
  /// Cost:   O(words); builds a new array on each call.
  package var words: [String] { rows.flatMap(\.words) }
}

/// Reads `exclusions.csv`: the groups of exclusions.
///
/// Shape:  `group,language,words,source,note`; `words` holds several parts separated by `|`. All rows of one name form a
///         group. A row without words forms a group that suppresses nothing.
/// Fails:  never: a row that cannot be understood becomes a `LexiconProblem`, and the rows around it are kept.
package enum ExclusionTable {
  /// The name of the file, in every folder of lexicons.
  package static let file = "exclusions.csv"
  /// The header, which a file must repeat exactly.
  package static let columns = ["group", "language", "words", "source", "note"]

  /// The groups by name, and the problems of their rows.
  ///
  /// Shape:  rows in the order of the file; the `@` before a name is dropped.
  /// Fails:  without the exact header no row is read, and one problem says so.
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
      if let what = problem(in: cells) {
        note(what)
        continue
      }
      let name = cells[0].hasPrefix("@") ? String(cells[0].dropFirst()) : cells[0]
      let words = cells[2].split(separator: "|").map { String($0).trimmed }.filter { !$0.isEmpty }
      for word in words where word.hasPrefix("@") { note(.groupWithinGroup(word)) }
      groups[name, default: ExclusionGroup(name: name, file: file)].rows.append(
        ExclusionGroup.Row(
          line: row.line, language: cells[1], words: words.filter { !$0.hasPrefix("@") }, source: cells[3],
          note: cells[4], characters: row.characters(above: LexiconLint.maximumRowLength)))
    }
    return (groups, problems)
  }

  /// The problem for which a row is left out; nil for a usable row.
  private static func problem(in cells: [String]) -> LexiconProblem.What? {
    if cells.count != columns.count { return .columns(found: cells.count, expected: columns.count) }
    if cells.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) { return .notUTF8 }
    if cells[0].isEmpty || cells[0] == "@" || cells[0].contains("|") { return .noGroupName }
    return TermLanguage.isCode(cells[1]) ? nil : .noLanguage(cells[1])
  }
}

/// Resolves `@name` in the conditions of terms. A name means the `harmless` and `context` terms of that group, and the
/// group of exclusions of that name. Under `unless` both count, under `needs` only the terms.
///
/// Why: groups of exclusions become plain words before lexicons are compiled. Hits, reasons, citations and the reach of
/// a change are then the same as for rows that list the words themselves.
/// Cost:   O(conditions of the term).
struct TermGroups {
  /// The words of each group, as conditions.
  private let exclusions: [String: [Condition]]
  /// The groups that terms form.
  private let ofTerms: Set<String>

  init(_ terms: some Sequence<Term>, _ exclusions: [String: ExclusionGroup]) {
    self.exclusions = exclusions.mapValues { $0.words.map(Condition.word) }
    ofTerms = Set(terms.compactMap(\.group))
  }

  /// The term with groups of exclusions replaced by their words.
  ///
  /// Shape:  a group's words take the place of its name; the name stays if terms form that group too.
  /// Cost:   a term that names no group of exclusions is returned as it is.
  func resolved(_ term: Term) -> Term {
    guard term.unless.contains(where: { words(of: $0) != nil }) else { return term }
    var resolved = term
    resolved.unless = term.unless.flatMap { condition -> [Condition] in
      guard let words = words(of: condition) else { return [condition] }
      return isOfTerms(condition) ? [condition] + words : words
    }
    return resolved
  }

  /// Problems for the groups that a term names and nothing defines.
  ///
  /// Shape:  those under `needs` first, then those under `unless`, in the order of the row.
  func problems(of term: Term) -> [LexiconProblem] {
    var unknown: [LexiconProblem.What] = []
    for case .group(let group) in term.needs where !ofTerms.contains(group) {
      unknown.append(exclusions[group] == nil ? .unknownGroup(group) : .neededGroupExcludes(group))
    }
    for case .group(let group) in term.unless where !ofTerms.contains(group) && exclusions[group] == nil {
      unknown.append(.unknownGroup(group))
    }
    return unknown.map {
      LexiconProblem(file: term.location.file, line: term.location.line, term: String(term.name.prefix(60)), what: $0)
    }
  }

  /// The words of a group of exclusions; nil for other conditions.
  private func words(of condition: Condition) -> [Condition]? {
    if case .group(let group) = condition { exclusions[group] } else { nil }
  }

  /// Whether terms form the group as well.
  private func isOfTerms(_ condition: Condition) -> Bool {
    if case .group(let group) = condition { ofTerms.contains(group) } else { false }
  }
}

/// Checks groups of exclusions, and proposes groups where rows repeat the same exclusions.
///
/// Cost: O(words of all groups and terms).
package enum ExclusionLint {
  /// Problems of the groups in force: unused, named like a group of terms, repetitive, or without a source.
  ///
  /// Shape: ordered by file, line and group.
  /// - Parameter all: the lexicons together with the groups that are in force.
  package static func problems(of all: LexiconSet) -> [LexiconProblem] {
    let terms = all.lexicons.flatMap(\.terms)
    var used: Set<String> = []
    for case .group(let group) in terms.lazy.flatMap(\.unless) { used.insert(group) }
    let ofTerms = Set(terms.compactMap(\.group))
    let problems = all.exclusions.values.flatMap { group -> [LexiconProblem] in
      let line = group.rows.first?.line
      var problems = self.problems(in: group, all.sources)
      func note(_ what: LexiconProblem.What) {
        problems.append(LexiconProblem(file: group.file, line: line, term: group.name, what: what))
      }
      if !used.contains(group.name) { note(.unusedGroup) }
      if ofTerms.contains(group.name) { note(.groupOfTermsToo) }
      return problems
    }
    return problems.sorted { ($0.file, $0.line ?? 0, $0.term) < ($1.file, $1.line ?? 0, $1.term) }
  }

  /// Problems of one group's rows: too long, a word listed twice, no usable source.
  private static func problems(in group: ExclusionGroup, _ sources: [String: LexiconSource]) -> [LexiconProblem] {
    var problems: [LexiconProblem] = []
    var seen: Set<String> = []
    for row in group.rows {
      func note(_ what: LexiconProblem.What) {
        problems.append(LexiconProblem(file: group.file, line: row.line, term: group.name, what: what))
      }
      if row.characters > LexiconLint.maximumRowLength {
        note(.longRow(characters: row.characters, limit: LexiconLint.maximumRowLength))
      }
      for word in row.words where !seen.insert(word).inserted { note(.excludedTwice(word)) }
      if let what = LexiconLint.problem(ofSource: row.source, note: row.note, sources) { note(what) }
    }
    return problems
  }
}

/// Finds words under `unless` that several rows repeat, so that a group of exclusions would save typing them.
///
/// Shape:  one problem per set of rows that list the same words, reported at the first of these rows.
/// Cost:   O(words under `unless`).
struct RepeatedExclusions {
  private let terms: [Term]

  init(_ terms: [Term]) { self.terms = terms }

  /// A group is proposed where it saves at least this many repeated words.
  private static let minimumSaved = 12
  /// Fewer shared words than this are not worth a group.
  private static let minimumWords = 3

  /// One problem per set of rows worth a group, in the order of the words.
  var problems: [LexiconProblem] {
    var users: [String: [Int]] = [:]
    var order: [String] = []
    for (number, term) in terms.enumerated() {
      for case .word(let word) in term.unless where users[word]?.last != number {
        if users[word] == nil { order.append(word) }
        users[word, default: []].append(number)
      }
    }
    var words: [[Int]: [String]] = [:]
    var lists: [[Int]] = []
    for word in order {
      guard let terms = users[word], terms.count > 1 else { continue }
      if words[terms] == nil { lists.append(terms) }
      words[terms, default: []].append(word)
    }
    return lists.compactMap { numbers in problem(numbers, words[numbers] ?? []) }
  }

  /// The proposal for one set of rows; nil where a group would save too little.
  ///
  /// Example: 4 words that 4 rows share save 12, which is enough; 3 words that 4 rows share save 9.
  private func problem(_ numbers: [Int], _ words: [String]) -> LexiconProblem? {
    guard words.count >= Self.minimumWords, (numbers.count - 1) * words.count >= Self.minimumSaved else { return nil }
    let first = terms[numbers[0]]
    let others = numbers.dropFirst().map { terms[$0].location }
    return LexiconProblem(
      file: first.location.file, line: first.location.line, term: String(first.name.prefix(60)),
      what: .repeatedExclusions(words.count, first: words[0], others: others))
  }
}
