import Listings

/// A number in the text of a price, with what stands beside it.
struct PricedNumber {
  /// The digits and the marks between them.
  let digits: Range<Int>
  /// Powers of ten by which a word behind the digits multiplies them.
  var power = 0
  /// Whole units that follow a multiple: the 600,000 of `1tr6`.
  var rest: Int64 = 0
  /// The currencies of which the multiple speaks, empty for most.
  var implied: [String] = []
  var signs = CurrencySigns()
  /// Hundredths or tenths that follow a mark: `12€50`, `3块5`. In ten-thousandths.
  var fraction: Int64 = 0
  /// Where it begins and ends with its marks and multiples.
  var start: Int
  var end: Int
  /// Why it is no amount.
  var flaw: PriceFault?
  /// What other words say of it.
  var role = PriceRoles.Role.none

  var isBare: Bool { signs.isEmpty && power == 0 }

  /// Whether it says nothing against another number being the price: a measure, a telephone number, a share.
  var isAside: Bool {
    switch flaw {
    case nil: role.isAside
    case .measure: true
    case .digitsUnclear: digits.count > 6 || isGluedOrShare
    default: false
    }
  }
  var isGluedOrShare = false

  /// Ten-thousandths; nil for digits that are no number as people write them, and beyond what can be kept.
  func amount(in text: [UInt8], _ decimals: PriceNumber.Decimals) -> Int64? {
    guard let value = PriceNumber.read(text[digits], decimals), let scaled = PriceNumber.scaled(value, by: power),
      let more = PriceNumber.scaled(rest, by: 4)
    else { return nil }
    // A tail continues whole numbers only: "1.5tr6" is nothing that anybody means.
    if rest > 0 || fraction > 0, value % 10_000 != 0 { return nil }
    let (sum, overflow) = scaled.addingReportingOverflow(more)
    let (whole, tooLarge) = sum.addingReportingOverflow(fraction)
    return overflow || tooLarge ? nil : PriceNumber.scaled(whole, by: signs.power)
  }
}

/// The marks beside a number taken together: `AUD $`, `$ … CAD`, `NT$ … 元`.
struct CurrencySigns {
  /// The currencies that all marks may mean, the usual one first.
  private(set) var currencies: [UInt8] = []
  private(set) var power = 0
  /// Marks that cannot mean the same: `€ … USD`.
  private(set) var isContradictory = false
  /// Letters beside a `$` which no table knows: `XY$`.
  var isUnknown = false
  /// Whether one of the marks is the bare `$`.
  var hasDollar = false
  private var areFirm = false
  private var isNarrowedByWeak = false
  private var hasSettled = false

  /// Whether the marks say which currency is meant, though others share them.
  var areSettled: Bool { currencies.count == 1 ? !isNarrowedByWeak : hasSettled }
  var isEmpty: Bool { currencies.isEmpty && !isUnknown }

  mutating func add(_ mark: CurrencyMark) {
    if power == 0 { power = mark.power }
    hasDollar = hasDollar || mark.isDollar
    let common =
      mark.currencies.count <= currencies.count || currencies.isEmpty
      ? mark.currencies.filter { currencies.isEmpty || currencies.contains($0) }
      : currencies.filter { mark.currencies.contains($0) }
    if !common.isEmpty {
      if mark.isWeak, common.count < currencies.count { isNarrowedByWeak = true }
      hasSettled = mark.isSettled && (currencies.isEmpty || hasSettled)
      currencies = common
      areFirm = areFirm || mark.isFirm
    } else if mark.isFirm {
      // Letters that may be anything yield to signs, codes and words; those contradict one another.
      isContradictory = isContradictory || areFirm
      (currencies, areFirm) = (mark.currencies, true)
    }
  }

  /// `AU $` is one mark: its letters say which dollar it is.
  mutating func replace(with mark: CurrencyMark) {
    self = CurrencySigns()
    add(mark)
    hasDollar = true
  }
}
