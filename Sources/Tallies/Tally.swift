import Listings
import SmallFormats

/// What a group of adverts adds up to.
///
/// Shape:  an advert is a listing; where several rows show it, its first row speaks for it.
/// Rule:   nothing is estimated. Specimens are bare numbers in the quantity field only, and adverts without one are counted
///         apart; values are asked prices, never what was paid.
package struct Tally: Equatable, Sendable {
  package private(set) var adverts = 0
  /// Rows of files, in which an advert may stand several times.
  package private(set) var rows = 0
  package private(set) var confirmed = 0
  package private(set) var unsure = 0
  package private(set) var falsePositive = 0
  /// The sum of the quantities that are bare numbers.
  package private(set) var specimens = Sum()
  /// How many adverts have such a quantity.
  package private(set) var advertsWithQuantity = 0
  /// Asked prices by currency, with how many adverts ask one; the empty code stands for a currency that is not known.
  package private(set) var values: [String: (sum: Sum, adverts: Int)] = [:]
  /// Asked prices in US dollars at the shipped rates.
  package private(set) var dollars = Sum()
  package private(set) var advertsInDollars = 0

  package var unreviewed: Int { adverts - confirmed - unsure - falsePositive }

  package static func == (a: Tally, b: Tally) -> Bool {
    a.adverts == b.adverts && a.rows == b.rows && a.confirmed == b.confirmed && a.unsure == b.unsure
      && a.falsePositive == b.falsePositive && a.specimens == b.specimens
      && a.advertsWithQuantity == b.advertsWithQuantity && a.dollars == b.dollars
      && a.advertsInDollars == b.advertsInDollars && a.values.keys == b.values.keys
      && a.values.allSatisfy { $0.value.sum == b.values[$0.key]?.sum && $0.value.adverts == b.values[$0.key]?.adverts }
  }

  /// Adds a row that shows an advert again.
  mutating func addRow() { rows += 1 }

  /// Adds an advert by its first row.
  mutating func add(_ advert: Advert) {
    (rows, adverts) = (rows + 1, adverts + 1)
    switch advert.verdict {
    case .confirmed: confirmed += 1
    case .unsure: unsure += 1
    case .falsePositive: falsePositive += 1
    case nil: break
    }
    if let quantity = advert.quantity {
      specimens.add(quantity)
      advertsWithQuantity += 1
    }
    if let amount = advert.price.amount {
      values[advert.price.currency ?? "", default: (Sum(), 0)].sum.add(amount)
      values[advert.price.currency ?? "", default: (Sum(), 0)].adverts += 1
    }
    if let amount = advert.price.usDollars {
      dollars.add(amount)
      advertsInDollars += 1
    }
  }
}

/// What one advert adds.
struct Advert {
  let verdict: AdvertVerdict?
  let price: Price
  let quantity: Amount?
}

/// A verdict, as it is counted.
enum AdvertVerdict { case confirmed, unsure, falsePositive }

/// A sum of amounts without rounding.
package struct Sum: Hashable, Sendable {
  /// Ten thousandths, as in `Amount`.
  private var tenThousandths: Int128 = 0

  package init() {}

  package mutating func add(_ amount: Amount) { tenThousandths += Int128(amount.tenThousandths) }

  package var isZero: Bool { tenThousandths == 0 }

  /// Plain digits: `1204.5`.
  package var text: String {
    let (whole, part) = (tenThousandths / 10_000, tenThousandths % 10_000)
    guard part != 0 else { return String(whole) }
    var fraction = String(part.magnitude)
    fraction = String(repeating: "0", count: 4 - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    return (tenThousandths < 0 && whole == 0 ? "-" : "") + "\(whole).\(fraction)"
  }

  /// The nearest whole number, halves away from zero.
  package var rounded: String {
    String((tenThousandths + (tenThousandths < 0 ? -5_000 : 5_000)) / 10_000)
  }
}
