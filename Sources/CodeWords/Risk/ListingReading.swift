import Listings
import Matching
import Taxa

/// What the lexicons say about one listing.
package struct ListingReading: Equatable, Sendable {
  /// By field, then by place.
  package let hits: [Hit]
  package let readability: Readability
  /// Nil where the text could not be read: that is not the same as 0.
  package let risk: Risk?
}

extension CompiledLexicons {
  /// Reads one listing.
  ///
  /// - Parameter species: the taxa that its species cell names.
  package func reading(of text: ListingText, species: [Taxon] = []) -> ListingReading {
    var scratch = SpellingMatcher.Scratch()
    return reading(of: text, species: species, using: &scratch)
  }

  func reading(
    of text: ListingText, species: [Taxon], using scratch: inout SpellingMatcher.Scratch
  ) -> ListingReading {
    var judging = HitJudging(self, text)
    let hits = judging.hits(using: &scratch)
    let hasEvidence = RiskFormula.hasEvidence(hits, self)
    // Whoever found a code word has read something, whatever the script around it.
    let readability = hasEvidence ? .read : Readability.of(text, covering: coveredScripts)
    guard readability == .read else { return ListingReading(hits: hits, readability: readability, risk: nil) }
    let risk = RiskFormula(self, hits, speciesCell: Self.strictest(species)).reckoned()
    return ListingReading(hits: hits, readability: .read, risk: risk)
  }

  /// Reads one listing of a dataset, its species cell included; for many, see `ListingReader`.
  package func reading(of row: Int, in dataset: Dataset) -> ListingReading {
    let members = dataset.speciesLists.members[Int(dataset.codes(of: .species)[row])]
    let species = members.flatMap { taxa(named: dataset.speciesLists.names[Int($0)]) }
    return reading(of: ListingText(of: row, in: dataset), species: species)
  }

  /// Of several taxa the one that moves a listing most; of equal ones the first.
  static func strictest(_ taxa: [Taxon]) -> Taxon? {
    var best: Taxon?
    for taxon in taxa
    where best.map({ RiskFormula.weight(ofSpeciesCell: $0) < RiskFormula.weight(ofSpeciesCell: taxon) }) ?? true {
      best = taxon
    }
    return best
  }
}
