/// The step of the classification that a taxon stands on, the widest first.
package enum TaxonRank: UInt8, CaseIterable, Comparable, Sendable {
  case kingdom, `class`, order, family, subfamily, genus, species, subspecies, variety

  /// As the taxon tables write it.
  package var name: String { Self.names[Int(rawValue)] }

  package init?(named name: String) {
    guard let number = Self.names.firstIndex(of: name) else { return nil }
    self.init(rawValue: UInt8(number))
  }

  private static let names = [
    "kingdom", "class", "order", "family", "subfamily", "genus", "species", "subspecies", "variety",
  ]

  package static func < (a: TaxonRank, b: TaxonRank) -> Bool { a.rawValue < b.rawValue }
}

/// A taxon of one table.
package struct TaxonID: Hashable, Comparable, Sendable {
  package let number: UInt32

  package init(_ number: Int) { self.number = UInt32(number) }

  var index: Int { Int(number) }

  package static func < (a: TaxonID, b: TaxonID) -> Bool { a.number < b.number }
}
