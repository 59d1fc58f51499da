import Listings
import Matching
import Taxa

/// What the lexicons say about one listing.
package struct ListingReading: Equatable, Sendable {
  /// By field, then by position.
  package let hits: [Hit]
  package let readability: Readability
  /// Nil where the text could not be read, which is not the same as a risk of 0.
  package let risk: Risk?
}

extension CompiledLexicons {
  /// Reads one listing.
  ///
  /// - Parameter species: the taxa that its species cell names.
  /// Cost:   one pass over both fields, with new buffers for each call.
  package func reading(of text: ListingText, species: [Taxon] = []) -> ListingReading {
    var scratch = SpellingMatcher.Scratch()
    return reading(of: text, species: species, using: &scratch)
  }

  /// The same with reused buffers.
  func reading(
    of text: ListingText, species: [Taxon], using scratch: inout SpellingMatcher.Scratch
  ) -> ListingReading {
    var judging = HitJudging(self, text)
    let hits = judging.hits(using: &scratch)
    let hasEvidence = RiskFormula.hasEvidence(hits, self)
    // A code word in it means that the text was read, whatever script surrounds the word.
    let readability = hasEvidence ? .read : Readability.of(text, covering: coveredScripts)
    guard readability == .read else { return ListingReading(hits: hits, readability: readability, risk: nil) }
    let risk = RiskFormula(self, hits, speciesCell: Self.strictest(species)).computedRisk()
    return ListingReading(hits: hits, readability: .read, risk: risk)
  }

  /// Reads one row of a dataset, its species cell included. For many rows use `ListingReader`.
  package func reading(of row: Int, in dataset: Dataset) -> ListingReading {
    let members = dataset.speciesLists.members[Int(dataset.codes(of: .species)[row])]
    let species = members.flatMap { taxa(named: dataset.speciesLists.names[Int($0)]) }
    return reading(of: ListingText(of: row, in: dataset), species: species)
  }

  /// The taxon that raises the risk most; of equal ones the first.
  ///
  /// Fails:  nil where there are none.
  static func strictest(_ taxa: [Taxon]) -> Taxon? {
    var best: Taxon?
    for taxon in taxa
    where best.map({ RiskFormula.weight(ofSpeciesCell: $0) < RiskFormula.weight(ofSpeciesCell: taxon) }) ?? true {
      best = taxon
    }
    return best
  }
}

/// Reads many listings of one dataset in turn, reusing buffers and species cells.
///
/// Cost: one pass over each text; a species cell is looked up once, however many rows share it.
package struct ListingReader {
  private let lexicons: CompiledLexicons
  private let dataset: Dataset
  private var cells = SpeciesCells()
  private var scratch = SpellingMatcher.Scratch()

  /// A reader for the rows of one dataset.
  package init(_ lexicons: CompiledLexicons, _ dataset: Dataset) {
    self.lexicons = lexicons
    self.dataset = dataset
    cells.extend(over: dataset, lexicons)
  }

  /// The same as `CompiledLexicons.reading(of:in:)`.
  package mutating func reading(of row: Int) -> ListingReading {
    let taxon = cells.taxon(dataset.codes(of: .species)[row])
    return lexicons.reading(
      of: ListingText(of: row, in: dataset), species: taxon.map { [$0] } ?? [], using: &scratch)
  }
}

/// The taxon that each distinct species cell amounts to: of several, the one that raises the risk most.
package struct SpeciesCells: Equatable, Sendable {
  private var byCode: [Taxon?] = []
  private var byName: [Taxon?] = []

  /// Looks up the cells and names that came since the last call.
  mutating func extend(over dataset: Dataset, _ lexicons: CompiledLexicons) {
    let lists = dataset.speciesLists
    for name in lists.names.dropFirst(byName.count) {
      byName.append(CompiledLexicons.strictest(lexicons.taxa(named: name)))
    }
    for members in lists.members.dropFirst(byCode.count) {
      byCode.append(CompiledLexicons.strictest(members.compactMap { byName[Int($0)] }))
    }
  }

  /// The taxon of a cell, by the column's code; nil where the cell names none that is known.
  package func taxon(_ code: UInt32) -> Taxon? { byCode[Int(code)] }
}
