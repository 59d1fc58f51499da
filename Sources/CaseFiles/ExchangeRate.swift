/// What one US dollar bought of a currency on a day, as a table has it.
///
/// Limits: the table says where its rates are from. The shipped one has rounded levels, made for ordering prices.
package struct ExchangeRate: Equatable, Sendable {
  /// ISO 4217.
  package let currency: String
  /// A decimal with at most six decimals, above 0.
  package let unitsPerDollar: String
  /// The day of the rate, YYYY-MM-DD.
  package let day: String
  /// Where the rate is from, in words.
  package let source: String

  package init(currency: String, unitsPerDollar: String, day: String, source: String) {
    self.currency = currency
    self.unitsPerDollar = unitsPerDollar
    self.day = day
    self.source = source
  }
}
