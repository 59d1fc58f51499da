import Listings
import Matching

/// Reads the rows of a lexicon.
///
/// Shape:  `term,language,kind,denotes,taxon,product,weight,needs,unless,match,source,note,reviewed`; `term`, `needs` and
///         `unless` hold several parts separated by `|`. A row of the kind `more` adds to the row whose language and first
///         writing it repeats, wherever in the file that stands; `plural` under `match` adds the regular plurals of what
///         the row lists.
/// Fails:  never: a row that cannot be understood is a `LexiconProblem`, and all others are taken.
package enum LexiconFile {
  package static let columns = [
    "term", "language", "kind", "denotes", "taxon", "product", "weight", "needs", "unless", "match", "source", "note",
    "reviewed",
  ]

  /// The kind of a row that adds to another one.
  package static let more = "more"
  /// The word under `match` by which the regular plurals count too.
  package static let plural = "plural"

  /// The lexicon that a file's rows, its header among them, make up.
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
      var reading = TermReading(row, TermPlace(lexicon: name, file: file, line: row.line))
      do throws(TermFault) {
        switch try reading.row() {
        case .term(let term, let addsPlurals):
          lexicon.rows.append(
            WrittenRow(
              line: row.line, term: lexicon.terms.count, writings: term.writings, addsPlurals: addsPlurals,
              characters: row.characters(above: LexiconLint.longestRow)))
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

/// What a row adds to a term of the same file.
private struct TermAddition {
  let row: TableRow
  let name: String
  let language: String
  /// Empty where only one term has that language and name.
  let denotes: String
  let writings: [String]
  let needs: [Condition]
  let unless: [Condition]
  let addsPlurals: Bool
}

extension Lexicon {
  /// Adds what further rows say to the terms that they name, and says which name none.
  ///
  /// Cost: O(terms), and nothing where there are no such rows.
  fileprivate mutating func add(_ additions: [TermAddition]) -> [LexiconProblem] {
    guard !additions.isEmpty else { return [] }
    var places: [String: [Int]] = [:]
    let languages = Set(additions.map(\.language))
    for (place, term) in terms.enumerated() where languages.contains(term.language) {
      places[Self.key(term.name, term.language), default: []].append(place)
    }
    var problems: [LexiconProblem] = []
    for addition in additions {
      let named = (places[Self.key(addition.name, addition.language)] ?? []).filter {
        addition.denotes.isEmpty || terms[$0].denotes == addition.denotes
      }
      guard let place = named.first, named.count == 1 else {
        problems.append(
          LexiconProblem(
            file: file, line: addition.row.line, term: String(addition.name.prefix(60)),
            what: named.isEmpty ? .nothingToAddTo(addition.language) : .severalToAddTo(named.count)))
        continue
      }
      terms[place].writings += addition.writings
      terms[place].needs += addition.needs
      terms[place].unless += addition.unless
      rows.append(
        WrittenRow(
          line: addition.row.line, term: place, writings: addition.writings, addsPlurals: addition.addsPlurals,
          characters: addition.row.characters(above: LexiconLint.longestRow)))
    }
    return problems
  }

  private static func key(_ name: String, _ language: String) -> String { language + "|" + Folding.folded(name) }

  /// Adds the regular plurals of the rows that ask for them, each writing once.
  fileprivate mutating func addPlurals() {
    for row in rows where row.addsPlurals {
      let language = terms[row.term].language
      var known = Set(terms[row.term].writings)
      for writing in row.writings {
        guard let plural = PluralRule.plural(of: writing, language: language), known.insert(plural).inserted else {
          continue
        }
        terms[row.term].writings.append(plural)
      }
    }
  }
}

/// Why a row is left out.
private struct TermFault: Error {
  let what: LexiconProblem.What
}

/// One row on its way to a term, or to what it adds to one.
private struct TermReading {
  enum Row {
    case term(Term, addsPlurals: Bool)
    case addition(TermAddition)
  }

  private let tableRow: TableRow
  private let place: TermPlace
  private(set) var problems: [LexiconProblem] = []

  init(_ row: TableRow, _ place: TermPlace) {
    tableRow = row
    self.place = place
  }

  mutating func note(_ what: LexiconProblem.What) {
    let term = tableRow.cells.first.map { String($0.prefix(60)) } ?? ""
    problems.append(LexiconProblem(file: place.file, line: place.line, term: term, what: what))
  }

  mutating func row() throws(TermFault) -> Row {
    let cells = tableRow.cells.map(\.trimmed)
    let expected = LexiconFile.columns.count
    guard cells.count == expected else { throw TermFault(what: .columns(found: cells.count, expected: expected)) }
    // What was no UTF-8 has become U+FFFD on the way here, and no word holds that.
    guard !cells.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else { throw TermFault(what: .notUTF8) }
    let writings = Self.parts(of: cells[0])
    guard !writings.isEmpty else { throw TermFault(what: .noTerm) }
    guard TermLanguage.isCode(cells[1]) else { throw TermFault(what: .noLanguage(cells[1])) }
    if cells[2] == LexiconFile.more { return .addition(addition(cells, writings)) }
    guard let kind = TermKind(rawValue: cells[2]) else { throw TermFault(what: .unknownKind(cells[2])) }
    guard kind != .harmless && kind != .context || !cells[3].isEmpty else { throw TermFault(what: .noGroup) }
    let match = self.match(cells[9], cells[1])
    let term = Term(
      writings, language: cells[1], kind: kind, denotes: cells[3], taxon: cells[4], product: cells[5],
      weight: try Self.weight(cells[6], kind), needs: Self.conditions(cells[7]), unless: Self.conditions(cells[8]),
      borders: match.borders, folds: match.folds, source: cells[10], note: cells[11], reviewed: cells[12], place: place)
    return .term(term, addsPlurals: match.addsPlurals)
  }

  private mutating func addition(_ cells: [String], _ writings: [String]) -> TermAddition {
    let match = self.match(cells[9], cells[1])
    var said = [4, 5, 6, 10].filter { !cells[$0].isEmpty }.map { LexiconFile.columns[$0] }
    if match.borders != .byScript || match.folds != .all { said.append(LexiconFile.columns[9]) }
    if !said.isEmpty { note(.saidByTheFirstRow(said)) }
    return TermAddition(
      row: tableRow, name: writings[0], language: cells[1], denotes: cells[3], writings: Array(writings.dropFirst()),
      needs: Self.conditions(cells[7]), unless: Self.conditions(cells[8]), addsPlurals: match.addsPlurals)
  }

  private static func conditions(_ cell: String) -> [Condition] { parts(of: cell).map(Condition.init(written:)) }

  private static func parts(of cell: String) -> [String] {
    cell.split(separator: "|").map { String($0).trimmed }.filter { !$0.isEmpty && $0 != "@" }
  }

  private static func weight(_ cell: String, _ kind: TermKind) throws(TermFault) -> Int {
    if cell.isEmpty, kind == .context { return 0 }
    guard cell.utf8.count <= 3, cell.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let weight = Int(cell), weight <= 100 else {
      throw TermFault(what: .badWeight(cell))
    }
    return weight
  }

  private typealias Match = (borders: Spelling.Borders, folds: Folds, addsPlurals: Bool)

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

/// Languages as lexicons name them.
enum TermLanguage {
  /// Two or three small letters.
  static func isCode(_ text: String) -> Bool {
    (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { $0 &- 0x61 < 26 }
  }
}

extension String {
  /// Without blanks, tabs and line breaks around it.
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
