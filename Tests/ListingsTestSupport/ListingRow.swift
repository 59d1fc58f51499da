import Listings

/// One invented listing, as plain values: what is not said is missing.
///
/// Shape:  `cells` are the bytes of the record, by field; the price as read stands beside its text.
/// Units:  `usd` and `amount` are whole units with decimals (`12.5`), `posted` and `captured` seconds since 1970 UTC.
package struct ListingRow: Sendable {
  package private(set) var cells: [Field: [UInt8]] = [:]
  /// Columns that are no canonical field.
  package private(set) var extra: [(name: String, text: String)] = []
  package let amount: Amount?
  package let currency: String?
  package let usd: Amount?
  package let posted: Int64?
  package let captured: Int64?

  package init(
    id: String = "", platform: String = "", url: String = "", title: String = "", description: String = "",
    species: String = "", seller: String = "", country: String = "", language: String = "", price: String = "",
    amount: Double? = nil, currency: String? = nil, usd: Double? = nil, posted: Int64? = nil, captured: Int64? = nil,
    extra: [(name: String, text: String)] = []
  ) {
    self.usd = usd.map(Self.exact)
    // A price in dollars alone is one that was advertised in dollars.
    self.amount = (amount ?? usd).map(Self.exact)
    self.currency = currency ?? (usd != nil && amount == nil ? "USD" : nil)
    self.posted = posted
    self.captured = captured
    self.extra = extra
    let price = price.isEmpty ? self.amount.map(\.description) ?? "" : price
    let texts: [(Field, String)] = [
      (.listingID, id), (.platform, platform), (.url, url), (.title, title), (.description, description),
      (.species, species), (.sellerAlias, seller), (.country, country), (.language, language), (.price, price),
    ]
    for (field, text) in texts where !text.isEmpty { cells[field] = Array(text.utf8) }
  }

  /// The same listing with other bytes in one field, which need not be valid UTF-8.
  package func with(_ field: Field, bytes: [UInt8]) -> ListingRow {
    var row = self
    row.cells[field] = bytes
    return row
  }

  package func text(_ field: Field) -> String { String(decoding: cells[field] ?? [], as: UTF8.self) }

  func extra(_ name: String) -> [UInt8] { Array((extra.first { $0.name == name }?.text ?? "").utf8) }

  package var priceState: PriceState {
    if amount != nil { return currency == nil ? .withoutCurrency : .read }
    return cells[.price] == nil ? .missing : .unreadable
  }

  var timeBases: TimeBases {
    TimeBases(posted: posted == nil ? .none : .asWritten, captured: captured == nil ? .none : .asWritten)
  }

  private static func exact(_ number: Double) -> Amount { Amount(tenThousandths: Int64((number * 10_000).rounded())) }
}
