import Listings

// Dimensions whose values stand in a field of the listing.

extension Dimension {
  static let platform = Dimension(.platform, title: "Platform", pane: .platform, order: ("platform", 40))
    .with(Column("platform", .field(.platform), rank: 30, widths: [(46, 10), (110, 14)]))

  static let species = Dimension(.species, title: "Species", pane: .species, order: ("species", 50))
    .with(Column("species", .field(.species), rank: 40, widths: [(54, 13), (90, 18), (110, 22)]))

  static let seller = Dimension(.sellerAlias, title: "Seller", pane: .seller, order: ("seller alias", 60))
    .with(Column("seller", .field(.sellerAlias), rank: 60, widths: [(80, 12), (110, 16)]))

  static let language = Dimension(.language, title: "Language", pane: .platform)
  static let category = Dimension(.category, title: "Category", pane: .platform)
  static let flagReason = Dimension(.flagReason, title: "Flag reason", pane: .platform)
  static let intent = Dimension(.intent, title: "Intent", pane: .platform)

  init(_ field: Field, title: String, pane: PaneSlot, order: (label: String, rank: Int)? = nil) {
    self.init(field, title: title)
    self.pane = pane
    self.order = order.map { Order(.field(field), $0.label, rank: $0.rank) }
  }

  func with(_ column: Column) -> Dimension {
    var dimension = self
    dimension.column = column
    return dimension
  }
}
