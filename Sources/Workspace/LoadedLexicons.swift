import CodeWords
import Hashing
import Taxa

/// Lexicons and taxon tables as they were read at one moment: what is in force, what there is, and the very files it was
/// read from, so that a packet cites what the screen showed.
package final class LoadedLexicons: Sendable {
  package let set: LexiconSet
  package let overview: LexiconOverview
  /// The terms in force, ready to read listings with.
  package let compiled: CompiledLexicons
  package let taxa: TaxonTable
  /// Every file that was read, by its path.
  package let files: [(path: String, file: CitedFile)]

  package init(
    _ set: LexiconSet, overview: LexiconOverview, compiled: CompiledLexicons, taxa: TaxonTable = .empty,
    files: [(path: String, file: CitedFile)] = []
  ) {
    self.set = set
    self.overview = overview
    self.compiled = compiled
    self.taxa = taxa
    self.files = files
  }
}

extension LoadedLexicons: Equatable {
  /// Whether both are the same reading; two readings of the same files are not.
  package static func == (a: LoadedLexicons, b: LoadedLexicons) -> Bool { a === b }
}

/// A lexicon or table that was read, by its content.
package struct CitedFile: Hashable, Sendable {
  package enum Role: String, Sendable {
    case lexicon
    case exclusions = "groups of exclusions"
    case lexiconSources = "sources of lexicons"
    case switches
    case taxonTable = "taxon table"
  }

  /// Whose it is.
  package enum Layer: String, Sendable {
    /// It came with the program.
    case shipped
    /// The user's own, laid over the shipped ones.
    case own
    /// Named for this one packet.
    case named
  }

  package var role: Role
  /// The file's name without folders: where an analyst keeps files is nobody else's business.
  package var name: String
  package var layer: Layer
  package var digest: SHA256Digest
  package var byteCount: Int
  /// The terms in a lexicon that could be read; nil of other tables.
  package var rows: Int?

  package init(role: Role, name: String, layer: Layer, digest: SHA256Digest, byteCount: Int, rows: Int? = nil) {
    self.role = role
    self.name = name
    self.layer = layer
    self.digest = digest
    self.byteCount = byteCount
    self.rows = rows
  }
}
