import Listings

/// Terms of one subject: a file that is switched on and off by its name.
package struct Lexicon: Equatable, Sendable {
  /// The file's name without its ending: `elephant-ivory`.
  package let name: String
  package let file: String
  /// In the order of the file.
  package var terms: [Term]
  /// The rows as they are written; empty where the lexicon was not read from one file.
  package var rows: [WrittenRow]

  package init(name: String, file: String, terms: [Term], rows: [WrittenRow] = []) {
    self.name = name
    self.file = file
    self.terms = terms
    self.rows = rows
  }

  /// The name of the lexicon that a file is.
  package static func name(ofFile path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.hasSuffix(".csv") ? file.dropLast(4) : file)
  }
}

/// A row as it stands in the file, for whoever checks how the file is written.
package struct WrittenRow: Equatable, Sendable {
  package let line: Int
  /// Its term's place in `Lexicon.terms`: several rows may make up one term.
  package var term: Int
  /// What is listed; of a row that adds to another one, without the name that says to which.
  package let writings: [String]
  /// Whether the regular plurals of what is listed count too.
  package let addsPlurals: Bool
  /// Its length as text, separators included and quotation marks not; known only where it is above
  /// `LexiconLint.longestRow`.
  package let characters: Int

  package init(line: Int, term: Int, writings: [String], addsPlurals: Bool, characters: Int = 0) {
    self.line = line
    self.term = term
    self.writings = writings
    self.addsPlurals = addsPlurals
    self.characters = characters
  }
}

extension TableRow {
  /// How many characters the row has, its separators included; 0 where it cannot be more than `limit`.
  func characters(above limit: Int) -> Int {
    let separators = cells.count - 1
    guard cells.reduce(separators, { $0 + $1.utf8.count }) > limit else { return 0 }
    return cells.reduce(separators) { $0 + $1.unicodeScalars.count }
  }
}

/// Where a term's meaning was published.
package struct LexiconSource: Equatable, Sendable {
  package let id: String
  package let citation: String
  package let url: String
  package let accessed: String
  package let note: String

  package init(id: String, citation: String, url: String, accessed: String, note: String) {
    self.id = id
    self.citation = citation
    self.url = url
    self.accessed = accessed
    self.note = note
  }
}
