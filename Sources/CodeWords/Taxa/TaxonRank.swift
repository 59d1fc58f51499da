/// The step of the classification that a taxon stands on, the widest first.
package enum TaxonRank: UInt8, CaseIterable, Comparable, Sendable {
  case kingdom, `class`, order, family, subfamily, genus, species, subspecies, variety

  /// As the taxon tables write it.
  package var name: String { "\(self)" }

  package init?(named name: some StringProtocol) {
    guard let rank = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = rank
  }

  package static func < (a: TaxonRank, b: TaxonRank) -> Bool { a.rawValue < b.rawValue }
}

/// A taxon of one table.
package struct TaxonID: Hashable, Comparable, Sendable {
  package let number: UInt32

  package init(_ number: Int) { self.number = UInt32(number) }

  var index: Int { Int(number) }

  package static func < (a: TaxonID, b: TaxonID) -> Bool { a.number < b.number }
}
