import CodeWords
import Filters

/// What the species pane counts: the names as the files have them, the taxa that they and the code words mean, or where
/// those stand in the appendices of CITES.
package enum SpeciesGrouping: CaseIterable, Sendable {
  case asWritten, species, genus, family, order, `class`, appendix

  /// The next one, and behind the last the first.
  var next: SpeciesGrouping {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  private var rank: TaxonRank? {
    switch self {
    case .asWritten, .appendix: nil
    case .species: .species
    case .genus: .genus
    case .family: .family
    case .order: .order
    case .class: .class
    }
  }

  /// What the facet is about; without tables there are only names.
  func subject(in table: TaxonTable?) -> FacetSubject {
    guard let table else { return .species }
    if let rank { return .taxon(TaxonGrouping(rank, in: table)) }
    return self == .appendix ? .protection(.cites) : .species
  }

  /// The pane's title.
  var title: String {
    switch self {
    case .asWritten: "Species"
    case .species: "Accepted species"
    case .genus: "Genus"
    case .family: "Family"
    case .order: "Order"
    case .class: "Class"
    case .appendix: "CITES appendix"
    }
  }
}

extension State {
  /// What a facet pane breaks the listings into; nil for panes that are none.
  package func facetSubject(of pane: Pane) -> FacetSubject? {
    switch pane {
    case .platform: .platform
    case .species: speciesGrouping.subject(in: taxa)
    case .seller: .sellerAlias
    case .term: .term
    case .risk: .risk
    case .price, .listings, .detail: nil
    }
  }

  /// The facets that have a pane.
  var facetSubjects: [FacetSubject] { FilterAnswer.subjects(species: speciesGrouping.subject(in: taxa)) }
}
