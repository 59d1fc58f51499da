/// Terms of one subject: a file that is switched on and off by its name.
package struct Lexicon: Equatable, Sendable {
  /// The file's name without its ending: `elephant-ivory`.
  package let name: String
  package let file: String
  /// In the order of the file.
  package var terms: [Term]

  package init(name: String, file: String, terms: [Term]) {
    self.name = name
    self.file = file
    self.terms = terms
  }

  /// The name of the lexicon that a file is.
  package static func name(ofFile path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.hasSuffix(".csv") ? file.dropLast(4) : file)
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
