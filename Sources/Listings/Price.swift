/// An exact amount of money, never touched by floating point.
///
/// Units:  `tenThousandths` of one currency unit: 12.50 is 125,000. Four decimals suffice for every ISO 4217 minor unit.
///         Further digits in a source are cut off, and the amount as advertised is kept beside it.
package struct Amount: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let tenThousandths: Int64

  package init(tenThousandths: Int64) { self.tenThousandths = tenThousandths }

  /// Reads what `description` writes; nil for anything else.
  package init?(_ description: String) {
    let parts = description.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    guard fraction.utf8.count <= 4, fraction.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let whole = Int64(parts[0])
    else { return nil }
    let scaled = whole.magnitude.multipliedReportingOverflow(by: 10_000)
    let rest = UInt64(fraction + String(repeating: "0", count: 4 - fraction.utf8.count)) ?? 0
    guard !scaled.overflow, scaled.partialValue <= UInt64(Int64.max) - rest else { return nil }
    let magnitude = Int64(scaled.partialValue + rest)
    tenThousandths = parts[0].first == "-" ? -magnitude : magnitude
  }

  package static func < (a: Amount, b: Amount) -> Bool { a.tenThousandths < b.tenThousandths }

  /// The decimal number without superfluous zeros: `1200.5`, `3000`, `0.0001`.
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

/// What reading a price led to. Raw values are stored in columns.
package enum PriceState: UInt8, Sendable {
  /// The cell is empty, or says that there is no price (`NA`, `[]`, `-`).
  case missing = 0
  /// An amount with its currency.
  case read = 1
  /// An amount whose currency is unknown.
  case withoutCurrency = 2
  /// Text without an amount in it (`ask`, `negotiable`): shown unchanged, never taken for 0.
  case unreadable = 3
  /// A number that means no price, because a form requires one (`0`, `1`, `1234`, `9999`): shown unchanged, never taken for
  /// an amount.
  case placeholder = 4
  /// It is given away (`free`, `免费`): shown unchanged, without an amount, since no one asks for 0.
  case free = 5
  /// The price is available on request (`negotiable`, `面议`, `inbox`).
  case onRequest = 6
  /// It is offered in exchange (`swap`, `trao đổi`).
  case exchange = 7

  /// A remark for a price that is not an amount, to go with its text; nil for amounts and missing prices.
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

/// How the currency of a price is known. Raw values are stored in columns.
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
  /// What a person said about the whole file.
  case stated = 7
  /// The most common currency of a sign or word that several share (`$`, `kr`), without further evidence.
  case assumed = 6
}

extension CurrencyBasis {
  /// The source of the currency as a phrase.
  package var explanation: String {
    switch self {
    case .none: "nothing"
    case .besideAmount: "a mark beside the amount"
    case .currencyField: "the listing's own currency field"
    case .platform: "what is usual on the platform"
    case .country: "the listing's country"
    case .columnName: "the name of the column"
    case .stated: "what was said of the whole file"
    case .assumed: "an assumption: several currencies share the sign or word, and this is the most usual of them"
    }
  }
}

/// A parsed price, without the text it was parsed from.
///
/// Shape:  amount and currency are independent: either may be missing.
package struct Price: Equatable, Sendable {
  /// What reading it led to.
  package var state: PriceState
  /// Nil where the state says that there is none.
  package var amount: Amount?
  /// ISO 4217 code; nil when unknown.
  package var currency: String?
  /// How the currency is known.
  package var basis: CurrencyBasis
  /// The amount in US dollars at the shipped, dated rate: for sorting and bands, not a valuation.
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
