import Listings
import Sentences

extension Dimension {
  /// The country that the listing names. A new dimension of a field looks like this.
  static let country = Dimension(
    .country, title: Sentence("Country"), pane: .platform, order: (Sentence("country"), 100)
  )
  .with(Column(Sentence("country"), .field(.country), rank: 35, widths: [(140, 8)]))
}
