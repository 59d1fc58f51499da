import CodeWords
import Cues
import Hashing
import Taxa

/// Lexicons and taxon tables as read at one moment, together with the files they came from, so that a packet cites exactly
/// what the screen showed.
///
/// Shape:  immutable and shared by reference; two readings are never equal, not even of the same files.
package final class LoadedLexicons: Sendable {
  /// The lexicons and which of them are on.
  package let set: LexiconSet
  /// What the lexicon sheet lists, problems included.
  package let overview: LexiconOverview
  /// The terms in force, compiled for matching.
  package let compiled: CompiledLexicons
  package let taxa: TaxonTable
  /// The words by which cues are found.
  package let cues: CueWords
  /// Every file that was read, with its path.
  package let files: [(path: String, file: CitedFile)]

  package init(
    _ set: LexiconSet, overview: LexiconOverview, compiled: CompiledLexicons, taxa: TaxonTable = .empty,
    cues: CueWords = .none, files: [(path: String, file: CitedFile)] = []
  ) {
    self.set = set
    self.overview = overview
    self.compiled = compiled
    self.taxa = taxa
    self.cues = cues
    self.files = files
  }
}

extension LoadedLexicons: Equatable {
  /// Whether both are the same object.
  package static func == (a: LoadedLexicons, b: LoadedLexicons) -> Bool { a === b }
}

/// A lexicon or table that was read, identified by its content.
package struct CitedFile: Hashable, Sendable {
  /// What it is for. The raw value is written into packets.
  package enum Role: String, Sendable {
    case lexicon
    case exclusions = "groups of exclusions"
    case lexiconSources = "sources of lexicons"
    case switches
    case taxonTable = "taxon table"
  }

  /// Where it came from. The raw value is written into packets.
  package enum Layer: String, Sendable {
    /// It came with the program.
    case shipped
    /// The user's own, which overrides the shipped ones.
    case own
    /// Named on the command line, for one run.
    case named
  }

  package var role: Role
  /// The file's name without its folder: where analysts keep their files stays private.
  package var name: String
  package var layer: Layer
  package var digest: SHA256Digest
  package var byteCount: Int
  /// How many terms of a lexicon could be read; nil for other tables.
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
