import Listings

/// Reads the rows of a lexicon.
///
/// Shape:  `term,language,kind,denotes,taxon,product,weight,needs,unless,match,source,note,reviewed`; `term`, `needs` and
///         `unless` hold several parts separated by `|`.
/// Fails:  never: a row that cannot be understood is a `LexiconProblem`, and all others are taken.
package enum LexiconFile {
  package static let columns = [
    "term", "language", "kind", "denotes", "taxon", "product", "weight", "needs", "unless", "match", "source", "note",
    "reviewed",
  ]

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
    for row in rows.dropFirst() {
      var reading = TermReading(row, TermPlace(lexicon: name, file: file, line: row.line))
      do throws(TermFault) {
        lexicon.terms.append(try reading.term())
      } catch {
        reading.note(error.what)
      }
      problems += reading.problems
    }
    return (lexicon, problems)
  }
}

/// Why a row is left out.
private struct TermFault: Error {
  let what: LexiconProblem.What
}

/// One row on its way to a term.
private struct TermReading {
  private let row: TableRow
  private let place: TermPlace
  private(set) var problems: [LexiconProblem] = []

  init(_ row: TableRow, _ place: TermPlace) {
    self.row = row
    self.place = place
  }

  mutating func note(_ what: LexiconProblem.What) {
    let term = row.cells.first.map { String($0.prefix(60)) } ?? ""
    problems.append(LexiconProblem(file: place.file, line: place.line, term: term, what: what))
  }

  mutating func term() throws(TermFault) -> Term {
    let cells = row.cells.map(\.trimmed)
    let expected = LexiconFile.columns.count
    guard cells.count == expected else { throw TermFault(what: .columns(found: cells.count, expected: expected)) }
    // What was no UTF-8 has become U+FFFD on the way here, and no word holds that.
    guard !cells.contains(where: { $0.unicodeScalars.contains("\u{FFFD}") }) else { throw TermFault(what: .notUTF8) }
    let writings = Self.parts(of: cells[0])
    guard !writings.isEmpty else { throw TermFault(what: .noTerm) }
    guard Self.isLanguage(cells[1]) else { throw TermFault(what: .noLanguage(cells[1])) }
    guard let kind = TermKind(rawValue: cells[2]) else { throw TermFault(what: .unknownKind(cells[2])) }
    guard kind != .harmless && kind != .context || !cells[3].isEmpty else { throw TermFault(what: .noGroup) }
    let match = self.match(cells[9])
    return Term(
      writings, language: cells[1], kind: kind, denotes: cells[3], taxon: cells[4], product: cells[5],
      weight: try Self.weight(cells[6], kind), needs: Self.parts(of: cells[7]).map(Condition.init(written:)),
      unless: Self.parts(of: cells[8]).map(Condition.init(written:)), borders: match.borders, folds: match.folds,
      source: cells[10], note: cells[11], reviewed: cells[12], place: place)
  }

  private static func parts(of cell: String) -> [String] {
    cell.split(separator: "|").map { String($0).trimmed }.filter { !$0.isEmpty && $0 != "@" }
  }

  private static func isLanguage(_ code: String) -> Bool {
    (2...3).contains(code.utf8.count) && code.utf8.allSatisfy { $0 &- 0x61 < 26 }
  }

  private static func weight(_ cell: String, _ kind: TermKind) throws(TermFault) -> Int {
    if cell.isEmpty, kind == .context { return 0 }
    guard cell.utf8.count <= 3, cell.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let weight = Int(cell), weight <= 100 else {
      throw TermFault(what: .badWeight(cell))
    }
    return weight
  }

  private mutating func match(_ cell: String) -> (borders: Spelling.Borders, folds: Folds) {
    var borders = Spelling.Borders.byScript
    var folds = Folds.all
    for word in cell.split(separator: " ") {
      if let named = Spelling.Borders(rawValue: String(word)) {
        borders = named
      } else if word.hasPrefix("-"), let named = Folds.names.first(where: { $0.name == word.dropFirst() }) {
        folds.remove(named.fold)
      } else {
        note(.unknownMatchWord(String(word)))
      }
    }
    return (borders, folds)
  }
}

extension String {
  /// Without blanks, tabs and line breaks around it.
  var trimmed: String {
    func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r"
    }
    var view = Substring(self).unicodeScalars
    while let first = view.first, isBlank(first) { view.removeFirst() }
    while let last = view.last, isBlank(last) { view.removeLast() }
    return String(view)
  }
}
