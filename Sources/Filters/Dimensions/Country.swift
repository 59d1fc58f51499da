import Listings

extension Dimension {
  /// The country that the listing names. A new dimension of a field looks like this.
  static let country = Dimension(.country, title: "Country", pane: .platform, order: ("country", 100))
    .with(Column("country", .field(.country), rank: 35, widths: [(140, 8)]))
}
