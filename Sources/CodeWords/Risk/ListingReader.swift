import Listings
import Matching
import Taxa

/// Reads many listings of a dataset one after the other, and keeps between them what can be kept.
///
/// Cost: one pass over the text of each; a species cell is looked up once, however many rows have it.
package struct ListingReader {
  private let lexicons: CompiledLexicons
  private let dataset: Dataset
  private var cells = SpeciesCells()
  private var scratch = SpellingMatcher.Scratch()

  package init(_ lexicons: CompiledLexicons, _ dataset: Dataset) {
    self.lexicons = lexicons
    self.dataset = dataset
    cells.extend(over: dataset, lexicons)
  }

  /// What `CompiledLexicons.reading(of:in:)` says.
  package mutating func reading(of row: Int) -> ListingReading {
    let taxon = cells.taxon(dataset.codes(of: .species)[row])
    return lexicons.reading(
      of: ListingText(of: row, in: dataset), species: taxon.map { [$0] } ?? [], using: &scratch)
  }
}

/// The taxon that each distinct species cell comes to.
package struct SpeciesCells: Equatable, Sendable {
  private var byCode: [Taxon?] = []
  private var byName: [Taxon?] = []

  mutating func extend(over dataset: Dataset, _ lexicons: CompiledLexicons) {
    let lists = dataset.speciesLists
    for name in lists.names.dropFirst(byName.count) {
      byName.append(CompiledLexicons.strictest(lexicons.taxa(named: name)))
    }
    for members in lists.members.dropFirst(byCode.count) {
      byCode.append(CompiledLexicons.strictest(members.compactMap { byName[Int($0)] }))
    }
  }

  package func taxon(_ code: UInt32) -> Taxon? { byCode[Int(code)] }
}
