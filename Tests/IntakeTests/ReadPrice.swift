import Listings

@testable import Intake

/// A price cell read with the shipped tables, and nothing around it but what is given.
struct ReadPrice: CustomStringConvertible {
  static let tables = ReferenceTables(folders: [RealFiles.lexicons])

  let outcome: PriceReading.Outcome

  init(_ cell: String, currency: String = "", country: String = "") {
    var reading = PriceReading(currencies: Self.tables.currencies, platforms: Self.tables.platforms)
    outcome = withBytes([cell, currency, country]) { bytes in
      var around = PriceReading.Surroundings()
      (around.currencyField, around.country) = (bytes[1], bytes[2])
      return reading.read(bytes[0], around)
    }
  }

  var amount: String? {
    outcome.amount == Dataset.noAmount ? nil : Amount(tenThousandths: outcome.amount).description
  }
  var currency: String? { outcome.currency == 0 ? nil : Self.tables.currencies.codes[Int(outcome.currency) - 1] }
  var basis: CurrencyBasis { outcome.basis }
  var state: PriceState { outcome.state }
  var problem: PriceProblem? { outcome.problem }

  /// `25 AUD`, `25 USD assumed`, `25`, `on request`, or why it is unread.
  var description: String {
    guard let amount else { return problem.map { "unread: \($0)" } ?? "\(state)" }
    return amount + (currency.map { " " + $0 } ?? "") + (basis == .assumed ? " assumed" : "")
      + (outcome.unknownCurrency == nil ? "" : " unknown")
  }
}
