/// The five tables that together say what is known of taxa. The first line of a file tells which it is.
package enum TaxonTableKind: CaseIterable, Sendable {
  case taxa, names, listings, everydayNames, sources

  package var columns: [String] {
    switch self {
    case .taxa: ["name", "rank", "parent"]
    case .names: ["taxon", "language", "kind", "names", "source"]
    case .listings: ["taxon", "annex", "level", "from", "until", "note", "source"]
    case .everydayNames: ["name", "language", "everyday", "note"]
    case .sources: ["id", "citation", "url", "as_of", "note"]
    }
  }
}

/// A file of a taxon table, read into memory.
package struct TaxonFile: Sendable {
  package let path: String
  /// All of it, as it was read.
  package let bytes: [UInt8]
  var rows: TaxonRows

  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    rows = TaxonRows(bytes)
  }

  package init(path: String, text: String) { self.init(path: path, bytes: Array(text.utf8)) }
}
