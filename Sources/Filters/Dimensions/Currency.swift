import Listings
import Sentences

extension Dimension {
  /// The currency in which the price was read, wherever it was stated.
  static let currency = {
    var dimension = Dimension("currency", title: Sentence("Currency")) { _ in .listed(.currencies) }
    dimension.pane = .platform
    return dimension
  }()
}

extension ListedValues {
  /// ISO 4217 codes, and prices without a known currency; none where no file has prices.
  fileprivate static let currencies = ListedValues(
    "currency", isOrdered: false,
    values: { dataset in
      let hasPrices = dataset.sources.contains { $0.reader.fields.contains(.price) }
      return hasPrices ? [""] + dataset.currencyCodes.dropFirst() : []
    },
    clause: { .currency($0) },
    asked: { if case .currency(let values) = $0 { values } else { nil } })
}
