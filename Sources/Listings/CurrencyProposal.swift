/// The currency that a file's prices are likely in where they do not say it: for a person to accept, never taken by itself.
package struct CurrencyProposal: Equatable, Sendable {
  /// ISO 4217 code.
  package let currency: String
  /// What speaks for it, in words: "places such as İstanbul in 24 of 24 listings; columns named in Turkish".
  package let why: String

  package init(currency: String, why: String) {
    self.currency = currency
    self.why = why
  }
}
