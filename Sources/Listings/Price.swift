/// An exact amount of money: ten-thousandths of one currency unit. No floating point touches it.
///
/// Units:  `tenThousandths`: 12.50 is 125,000. Four decimals hold every ISO 4217 minor unit; further digits of a
///         source are cut off, and the amount as advertised is kept beside it.
package struct Amount: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let tenThousandths: Int64

  package init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

  package static func < (a: Amount, b: Amount) -> Bool { a.tenThousandths < b.tenThousandths }

  /// The decimal number, without needless zeros: `1200.5`, `3000`, `0.0001`.
  package var description: String {
    let magnitude = tenThousandths.magnitude
    let sign = tenThousandths < 0 ? "-" : ""
    let fraction = magnitude % 10_000
    guard fraction != 0 else { return "\(sign)\(magnitude / 10_000)" }
    var digits = String(fraction + 10_000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(sign)\(magnitude / 10_000).\(digits)"
  }
}

/// How a price cell was read.
package enum PriceState: UInt8, Sendable {
  /// The cell is empty, or says that there is none (`NA`, `[]`, `-`).
  case missing = 0
  /// An amount and its currency.
  case read = 1
  /// An amount whose currency nothing tells.
  case withoutCurrency = 2
  /// There is text, but no amount in it (`ask`, `negotiable`): shown as it stands, never taken for 0.
  case unreadable = 3
  /// A number that stands for no price because a form demands one (`0`, `1`, `1234`, `9999`): shown as it stands, never
  /// taken for an amount.
  case placeholder = 4
  /// It is given away (`free`, `免费`): shown as it stands; no amount, since nobody asks for 0.
  case free = 5
  /// The price is told when asked for (`negotiable`, `面议`, `inbox`).
  case onRequest = 6
  /// It is offered for something else (`swap`, `trao đổi`).
  case exchange = 7

  /// What is said of a price that is no amount, beside its text as it stands; nil for amounts and missing prices.
  package var remark: String? {
    switch self {
    case .missing, .read, .withoutCurrency: nil
    case .unreadable: "could not be read as an amount"
    case .placeholder:
      "a placeholder, not a price: 0, 1, counting (123, 1234 …) and repeated digits (111, 9999 …), "
        + "and 11 or 12 worth less than a dollar, are what people enter where a form wants a number"
    case .free: "given away"
    case .onRequest: "on request, no amount is named"
    case .exchange: "offered in exchange, no amount is named"
    }
  }
}

/// What told the currency of a price.
package enum CurrencyBasis: UInt8, Sendable, CaseIterable {
  case none = 0
  /// A currency code or symbol beside the amount.
  case besideAmount = 1
  /// The listing's own currency field.
  case currencyField = 2
  /// The platform's usual currency.
  case platform = 3
  /// The listing's country.
  case country = 4
  /// The name of the price's column.
  case columnName = 5
  /// What a person said of the whole file.
  case stated = 6
}

extension CurrencyBasis {
  /// What told the currency, as a phrase.
  package var witness: String {
    switch self {
    case .none: "nothing"
    case .besideAmount: "a mark beside the amount"
    case .currencyField: "the listing's own currency field"
    case .platform: "what is usual on the platform"
    case .country: "the listing's country"
    case .columnName: "the name of the column"
    case .stated: "what was said of the whole file"
    }
  }
}

/// A price as read, beside the text it was read from.
package struct Price: Equatable, Sendable {
  package var state: PriceState
  /// Nil where the state says that there is none.
  package var amount: Amount?
  /// ISO 4217 code; nil when unknown.
  package var currency: String?
  package var basis: CurrencyBasis
  /// The amount in US dollars at the shipped, dated rate: for ordering and bands, not a valuation.
  package var usDollars: Amount?

  package init(
    state: PriceState, amount: Amount?, currency: String?, basis: CurrencyBasis, usDollars: Amount?
  ) {
    self.state = state
    self.amount = amount
    self.currency = currency
    self.basis = basis
    self.usDollars = usDollars
  }
}
