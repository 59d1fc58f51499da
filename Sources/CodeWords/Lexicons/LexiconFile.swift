import Listings
import Matching

/// Reads the rows of a lexicon.
///
/// Shape:  `term,language,kind,denotes,taxon,product,weight,needs,unless,match,source,note,reviewed`; `term`, `needs` and
///         `unless` hold several parts separated by `|`. A row of kind `more` adds to the row whose language and first
///         surface form it repeats, wherever that row is in the file. `plural` under `match` adds the regular plurals of
///         the forms that the row lists.
/// Fails:  never: a row that cannot be understood becomes a `LexiconProblem`, and the rows around it are kept.
package enum LexiconFile {
  /// The header, which a file must repeat exactly.
  package static let columns = [
    "term", "language", "kind", "denotes", "taxon", "product", "weight", "needs", "unless", "match", "source", "note",
    "reviewed",
  ]

  /// The kind of a row that adds to another one.
  package static let more = "more"
  /// The word under `match` that adds regular plurals.
  package static let plural = "plural"

  /// The lexicon formed by a file's rows, the header row included.
  ///
  /// - Parameter name: the lexicon's name; nil takes it from the path.
  /// Shape:  terms in the order of their rows; problems of merging rows of kind `more` come last.
  /// Fails:  without the exact header the lexicon is empty, and one problem says so.
  package static func read(
    _ rows: [TableRow], file: String, name: String? = nil
  ) -> (lexicon: Lexicon, problems: [LexiconProblem]) {
    let name = name ?? Lexicon.name(ofFile: file)
    var lexicon = Lexicon(name: name, file: file, terms: [])
    guard let header = rows.first, header.cells.map(\.trimmed) == columns else {
      let found = rows.first.map { $0.cells.joined(separator: ",") } ?? ""
      let what = LexiconProblem.What.header(
        found: String(found.prefix(120)), expected: columns.joined(separator: ","))
      return (lexicon, [LexiconProblem(file: file, line: rows.first?.line, what: what)])
    }
    var problems: [LexiconProblem] = []
    var additions: [TermAddition] = []
    for row in rows.dropFirst() {
      var reading = TermReading(row, TermLocation(lexicon: name, file: file, line: row.line))
      do throws(RowError) {
        switch try reading.row() {
        case .term(let term, let addsPlurals):
          lexicon.rows.append(
            WrittenRow(
              line: row.line, term: lexicon.terms.count, surfaceForms: term.surfaceForms, addsPlurals: addsPlurals,
              characters: row.characters(above: LexiconLint.maximumRowLength)))
          lexicon.terms.append(term)
        case .addition(let addition): additions.append(addition)
        }
      } catch {
        reading.note(error.what)
      }
      problems += reading.problems
    }
    problems += lexicon.add(additions)
    lexicon.addPlurals()
    return (lexicon, problems)
  }
}

/// What a row of kind `more` adds to a term of the same file.
private struct TermAddition {
  let row: TableRow
  /// The first surface form of the term it adds to.
  let name: String
  let language: String
  /// Tells terms of one language and name apart; empty where there is only one.
  let denotes: String
  /// The forms it adds.
  let surfaceForms: [String]
  let needs: [Condition]
  let unless: [Condition]
  let addsPlurals: Bool
}

extension Lexicon {
  /// Merges rows of kind `more` into the terms that they name.
  ///
  /// Shape: returns a problem for each row that names no term, or several.
  /// Cost:  O(terms); nothing without such rows.
  fileprivate mutating func add(_ additions: [TermAddition]) -> [LexiconProblem] {
    guard !additions.isEmpty else { return [] }
    var positions: [String: [Int]] = [:]
    let languages = Set(additions.map(\.language))
    for (position, term) in terms.enumerated() where languages.contains(term.language) {
      positions[Self.key(term.name, term.language), default: []].append(position)
    }
    var problems: [LexiconProblem] = []
    for addition in additions {
      let named = (positions[Self.key(addition.name, addition.language)] ?? []).filter {
        addition.denotes.isEmpty || terms[$0].denotes == addition.denotes
      }
      guard let position = named.first, named.count == 1 else {
        problems.append(
          LexiconProblem(
            file: file, line: addition.row.line, term: String(addition.name.prefix(60)),
            what: named.isEmpty ? .nothingToAddTo(addition.language) : .severalToAddTo(named.count)))
        continue
      }
      terms[position].surfaceForms += addition.surfaceForms
      terms[position].needs += addition.needs
      terms[position].unless += addition.unless
      rows.append(
        WrittenRow(
          line: addition.row.line, term: position, surfaceForms: addition.surfaceForms,
          addsPlurals: addition.addsPlurals,
          characters: addition.row.characters(above: LexiconLint.maximumRowLength)))
    }
    return problems
  }

  /// The key under which rows of kind `more` find their term: letter case and accents do not matter.
  private static func key(_ name: String, _ language: String) -> String { language + "|" + Folding.folded(name) }

  /// Adds the regular plurals of the rows that ask for them; forms that are already listed are not repeated.
  ///
  /// Shape:  plurals come behind the listed forms, in the order of the rows.
  fileprivate mutating func addPlurals() {
    for row in rows where row.addsPlurals {
      let language = terms[row.term].language
      var known = Set(terms[row.term].surfaceForms)
      for form in row.surfaceForms {
        guard let plural = PluralRule.plural(of: form, language: language), known.insert(plural).inserted else {
          continue
        }
        terms[row.term].surfaceForms.append(plural)
      }
    }
  }
}

/// The problem for which a row is left out.
private struct RowError: Error {
  let what: LexiconProblem.What
}

/// Parses one row into a term, or into an addition to a term.
private struct TermReading {
  /// What a row turns out to be.
  enum Row {
    case term(Term, addsPlurals: Bool)
    case addition(TermAddition)
  }

  private let tableRow: TableRow
  private let location: TermLocation
  /// Problems that do not cost the row.
  private(set) var problems: [LexiconProblem] = []

  /// Starts on a row of a lexicon.
  init(_ row: TableRow, _ location: TermLocation) {
    tableRow = row
    self.location = location
  }

  /// Adds a problem at this row.
  mutating func note(_ what: LexiconProblem.What) {
    let term = tableRow.cells.first.map { String($0.prefix(60)) } ?? ""
    problems.append(LexiconProblem(file: location.file, line: location.line, term: term, what: what))
  }

  /// The row as a term or an addition.
  ///
  /// Fails:  throws the first problem that costs the row; lesser ones are added to `problems`.
  mutating func row() throws(RowError) -> Row {
    let cells = tableRow.cells.map(\.trimmed)
    let expected = LexiconFile.columns.count
    guard cells.count == expected else { throw RowError(what: .columns(found: cells.count, expected: expected)) }
    // The reader has replaced invalid UTF-8 by U+FFFD, which no real word contains.
    guard !cells.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else { throw RowError(what: .notUTF8) }
    let surfaceForms = Self.parts(of: cells[0])
    guard !surfaceForms.isEmpty else { throw RowError(what: .noTerm) }
    guard TermLanguage.isCode(cells[1]) else { throw RowError(what: .noLanguage(cells[1])) }
    if cells[2] == LexiconFile.more { return .addition(addition(cells, surfaceForms)) }
    guard let kind = TermKind(rawValue: cells[2]) else { throw RowError(what: .unknownKind(cells[2])) }
    guard kind != .benign && kind != .context || !cells[3].isEmpty else { throw RowError(what: .noGroup) }
    let match = self.match(cells[9], cells[1])
    let term = Term(
      surfaceForms, language: cells[1], kind: kind, denotes: cells[3], taxon: cells[4], product: cells[5],
      weight: try Self.weight(cells[6], kind), needs: Self.conditions(cells[7]), unless: Self.conditions(cells[8]),
      borders: match.borders, folds: match.folds, source: cells[10], note: cells[11], reviewed: cells[12],
      location: location)
    return .term(term, addsPlurals: match.addsPlurals)
  }

  /// A row of kind `more`. Its other columns belong to the row it adds to, so filled ones are a problem.
  private mutating func addition(_ cells: [String], _ surfaceForms: [String]) -> TermAddition {
    let match = self.match(cells[9], cells[1])
    var ignored = [4, 5, 6, 10].filter { !cells[$0].isEmpty }.map { LexiconFile.columns[$0] }
    if match.borders != .byScript || match.folds != .all { ignored.append(LexiconFile.columns[9]) }
    if !ignored.isEmpty { note(.setByFirstRow(ignored)) }
    return TermAddition(
      row: tableRow, name: surfaceForms[0], language: cells[1], denotes: cells[3],
      surfaceForms: Array(surfaceForms.dropFirst()),
      needs: Self.conditions(cells[7]), unless: Self.conditions(cells[8]), addsPlurals: match.addsPlurals)
  }

  /// The conditions in a cell.
  private static func conditions(_ cell: String) -> [Condition] { parts(of: cell).map(Condition.init(written:)) }

  /// The parts of a cell, without empty ones.
  ///
  /// Example: `a | | b` gives `a` and `b`. A lone `@` names nothing and is left out.
  private static func parts(of cell: String) -> [String] {
    cell.split(separator: "|").map { String($0).trimmed }.filter { !$0.isEmpty && $0 != "@" }
  }

  /// A whole number from 0 to 100; an empty cell is allowed for context terms only.
  ///
  /// Fails:  throws `.badWeight` for signs, decimals and more than three digits.
  private static func weight(_ cell: String, _ kind: TermKind) throws(RowError) -> Int {
    if cell.isEmpty, kind == .context { return 0 }
    guard cell.utf8.count <= 3, cell.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let weight = Int(cell), weight <= 100 else {
      throw RowError(what: .badWeight(cell))
    }
    return weight
  }

  /// What the `match` column says.
  private typealias Match = (borders: Spelling.Borders, folds: Folds, addsPlurals: Bool)

  /// Reads the `match` column; words that mean nothing there are reported and ignored.
  ///
  /// Shape:  of two words for borders the later wins.
  /// Example: `stem plural -leet` sets the borders, asks for plurals and takes one fold away.
  private mutating func match(_ cell: String, _ language: String) -> Match {
    var match: Match = (.byScript, .all, false)
    for word in cell.split(separator: " ") {
      if let named = Spelling.Borders(rawValue: String(word)) {
        match.borders = named
      } else if word == LexiconFile.plural {
        match.addsPlurals = true
        if !PluralRule.languages.contains(language) { note(.noPluralRule(language)) }
      } else if word.hasPrefix("-"), let named = Folds.names.first(where: { $0.name == word.dropFirst() }) {
        match.folds.remove(named.fold)
      } else {
        note(.unknownMatchWord(String(word)))
      }
    }
    return match
  }
}

/// Language codes as lexicons write them.
enum TermLanguage {
  /// Whether the text is two or three lower-case ASCII letters.
  ///
  /// Limits: whether there is such a language is not checked.
  static func isCode(_ text: String) -> Bool {
    (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { $0 &- 0x61 < 26 }
  }
}

extension String {
  /// The text without leading and trailing spaces, tabs and line breaks.
  ///
  /// Limits: other blanks, such as the no-break space, stay.
  package var trimmed: String {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }
    var view = Substring(self).unicodeScalars
    while let first = view.first, isBlank(first) { view.removeFirst() }
    while let last = view.last, isBlank(last) { view.removeLast() }
    return String(view)
  }
}
