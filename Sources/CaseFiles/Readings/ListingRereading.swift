import CodeWords
import Listings
import Workspace

/// Reads texts again with the lexicons at hand, so that what a packet says they say can be compared with it.
///
/// Cost:   a reading of each text; the lexicons are compiled before.
package struct ListingRereading: Sendable {
  private let lexicons: CompiledLexicons
  private let citation: ListingCitation
  /// The program and its version, as packets name what read them: `linsang 0.9.0`.
  package let program: String

  /// - Parameter citation: made of the same lexicons.
  package init(_ lexicons: CompiledLexicons, _ citation: ListingCitation, program: String) {
    self.lexicons = lexicons
    self.citation = citation
    self.program = program
  }

  package init(_ lexicons: LoadedLexicons, program: String) {
    self.init(
      lexicons.compiled,
      ListingCitation(lexicons.compiled, of: lexicons.set, taxa: lexicons.taxa, files: lexicons.files), program: program
    )
  }

  /// The lexicons and tables.
  package var basis: ReadingBasis { citation.basis(of: []) }

  /// What they say of a listing, as a packet cites it.
  ///
  /// - Parameter species: the names in its species cell.
  /// Limits: names are resolved by themselves; in a file, abbreviations are by the other names there.
  package func reading(title: String, description: String, species: [String]) -> CitedReading {
    var (title, description) = (title, description)
    return title.withUTF8 { title in
      description.withUTF8 { description in
        let text = ListingText(title: UnsafeRawBufferPointer(title), description: UnsafeRawBufferPointer(description))
        let taxa = species.flatMap { lexicons.taxa(named: $0) }
        return citation.reading(lexicons.reading(of: text, species: taxa), of: text, species: species)
      }
    }
  }
}
