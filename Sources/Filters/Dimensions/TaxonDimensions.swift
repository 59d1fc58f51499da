import CodeWords
import Listings
import Taxa

// What a listing is about: the taxa that its species cell and its code words mean, and where these are protected.

extension Dimension {
  /// The accepted species, and the ranks above it.
  static let taxonRanks: [Dimension] = [
    ("accepted-species", "Accepted species", .species), ("genus", "Genus", .genus), ("family", "Family", .family),
    ("order", "Order", .order), ("class", "Class", .class),
  ].map { (id: String, title: String, rank: TaxonRank) in
    var dimension = Dimension(id, title: title, filterName: "taxon") { table in
      table.map { .taxon(TaxonGrouping(rank, in: $0)) }
    }
    dimension.pane = .species
    dimension.needs = [.codeWords, .taxa]
    return dimension
  }

  static let appendix = protection(.cites, title: "CITES appendix", words: ["I", "II", "III", "none", "unknown"]) {
    $0.pane = .species
  }

  static let chinaLevel = protection(.china, title: "Level in China", words: ["1", "2", "none", "unknown"])

  private static func protection(
    _ list: ProtectionList, title: String, words: [String], _ further: (inout Dimension) -> Void = { _ in }
  ) -> Dimension {
    var dimension = Dimension(list.filterName, title: title) { table in table.map { _ in .protection(list) } }
    dimension.words = words
    dimension.needs = [.codeWords, .taxa]
    further(&dimension)
    return dimension
  }
}
