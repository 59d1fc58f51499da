import Listings
import Sentences

/// Reads the price of a listing: an exact amount, its currency, and how that is known.
///
/// Shape:  the currency comes from, in this order: an unambiguous mark beside the amount, the name of the column, the
///         currency field, the platform, the country, and what a person said about the file. A mark that several
///         currencies share (`$`, `¥`, `kr`) is decided by the first of these that is one of them. Otherwise its usual
///         currency is assumed, and the basis says so. Words of a language (`1,5 triệu`) are such a mark, unless a column
///         or field names a currency.
///         A number that people enter only because a form requires one is a `placeholder` (see `PricePlaceholder`). Words
///         instead of an amount say whether it is free, on request, or in exchange.
/// Cost:   a few nanoseconds for plain numbers with a known currency field; `PriceText` for anything else.
/// Fails:  never: text without an amount is `unreadable`, with a problem, and never 0.
struct PriceReading {
  /// What was read. Amounts are in ten-thousandths.
  struct Outcome: Equatable {
    var state = PriceState.missing
    var amount = Dataset.noAmount
    var currency: UInt8 = 0
    var basis = CurrencyBasis.none
    var usDollars = Dataset.noAmount
    /// The field that names an unknown currency.
    var unknownCurrency: Field?
    /// Why there is no amount, where the price is unreadable.
    var problem: PriceProblem?
  }

  /// What the row says about the price, apart from its text.
  struct Surroundings {
    var currencyField = UnsafeRawBufferPointer(start: nil, count: 0)
    var columnCurrency: UInt8 = 0
    var platform = UnsafeRawBufferPointer(start: nil, count: 0)
    var host = UnsafeRawBufferPointer(start: nil, count: 0)
    var country = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The currency that a person gave to prices of the file that name none; 0 for none.
    var stated: UInt8 = 0
    /// Whether the source declares it a number, as JSON can, so that its point is a decimal point.
    var isNumber = false
  }

  let currencies: Currencies
  let platforms: Platforms
  // What recurs from row to row.
  private var fields = CurrencyMemory()
  private var hosts = CurrencyMemory()
  private var platformNames = CurrencyMemory()
  private var wordings = WordingMemory()
  private var marks = MarkMemory()

  init(currencies: Currencies, platforms: Platforms) {
    self.currencies = currencies
    self.platforms = platforms
  }

  /// Reads one price. The memories make rows that resemble earlier ones cheap.
  ///
  /// Shape:  a plain number first, then remembered texts, then the full analysis.
  /// Cost:   see `PriceReading`.
  mutating func read(_ cell: UnsafeRawBufferPointer, _ around: Surroundings) -> Outcome {
    var outcome = Outcome()
    if MissingMark.isMissing(cell) { return outcome }
    let (context, basis) = contextCurrency(around, &outcome)
    var found: PriceText.Found
    if let amount = plainAmount(cell, context, isNumber: around.isNumber) {
      found = PriceText.Found(amount: amount)
    } else {
      switch readText(cell, likely: context) {
      case .amount(let amount): found = amount
      case .words(let state):
        outcome.state = state
        return outcome
      case .problem(let problem):
        (outcome.state, outcome.problem) = (.unreadable, problem)
        return outcome
      }
    }
    decide(found, context, basis, &outcome)
    return outcome
  }

  /// Reads a text that is not a plain number. Marks beside numerals, and texts without an amount, recur and are remembered.
  ///
  /// Shape:  only results that do not depend on the number itself are remembered.
  private mutating func readText(_ cell: UnsafeRawBufferPointer, likely: UInt8) -> PriceText.Reading {
    let plain = PlainPrice(cell, likely: likely)
    if let plain, let found = known(plain) { return .amount(found) }
    if let known = wordings.reading(of: cell) { return known }
    let reading = PriceText(cell, currencies: currencies).read(likely: likely)
    if case .words = reading { wordings.remember(cell, reading) }
    if let plain, case .amount(let found) = reading, isOfMarksAlone(found, plain) {
      marks.remember(plain.marks, found)
    }
    return reading
  }

  /// The amount of a numeral on its own (`25,871.53`), or with marks that were read before.
  private mutating func known(_ plain: PlainPrice) -> PriceText.Found? {
    if plain.marks.isEmpty {
      return PriceNumber.read(plain.numeral, currencies.decimals(of: plain.marks.likely)).map { .init(amount: $0) }
    }
    guard let known = marks.meaning(of: plain.marks), let amount = amount(of: plain, known.currencies) else {
      return nil
    }
    return PriceText.Found(amount: amount, currencies: known.currencies, isSettled: known.isSettled)
  }

  /// The amount of the numeral in the currency that the marks mean.
  private func amount(of plain: PlainPrice, _ currencies: [UInt8]) -> Int64? {
    let currency = currencies.contains(plain.marks.likely) ? plain.marks.likely : currencies[0]
    return PriceNumber.read(plain.numeral, self.currencies.decimals(of: currency))
  }

  /// Whether the marks would mean the same beside any other numeral. Multiples and words would not, nor would `Br`, which
  /// is a bedroom after one or two digits.
  private func isOfMarksAlone(_ found: PriceText.Found, _ plain: PlainPrice) -> Bool {
    !found.currencies.isEmpty && !found.isRange && found.amount == amount(of: plain, found.currencies)
      && !found.mayMeasure
  }

  /// A plain number, unless the three digits after its point leave the meaning of the point open.
  ///
  /// Fails:  returns nil for a leading zero, and for anything that is not a plain number.
  @inline(__always)
  private func plainAmount(_ cell: UnsafeRawBufferPointer, _ currency: UInt8, isNumber: Bool) -> Int64? {
    let count = cell.count
    if !isNumber, count >= 5, count <= 7, cell[count - 4] == UInt8(ascii: ".") { return nil }
    // "0812…" may be a telephone number.
    if count > 1, cell[0] == 0x30, cell[1] != UInt8(ascii: ".") { return nil }
    return PriceNumber.readPlain(cell)
  }

  /// Completes the outcome with amount and currency, unless the amount is a placeholder.
  ///
  /// Shape:  an amount without a currency is kept, with its own state.
  private func decide(_ found: PriceText.Found, _ context: UInt8, _ basis: CurrencyBasis, _ outcome: inout Outcome) {
    (outcome.currency, outcome.basis) = currency(of: found, context, basis)
    if found.hasUnknownCurrency { outcome.unknownCurrency = .price }
    var dollars = Dataset.noAmount
    if outcome.currency != 0, let known = currencies.usDollars(found.amount, in: outcome.currency) { dollars = known }
    // "0-50" starts at nothing, "1-50" at one.
    if found.isRange ? found.amount == 0 : PricePlaceholder.isOne(found.amount, usDollars: dollars) {
      outcome.state = .placeholder
      return
    }
    (outcome.amount, outcome.usDollars) = (found.amount, dollars)
    outcome.state = outcome.currency == 0 ? .withoutCurrency : .read
  }

  /// The currency of the amount, and what decided it. An undecided mark is assumed to mean its usual currency.
  private func currency(of found: PriceText.Found, _ context: UInt8, _ basis: CurrencyBasis) -> (UInt8, CurrencyBasis) {
    if found.hasUnknownCurrency { return (0, .none) }
    let marks = found.currencies
    if marks.count > 1, marks.contains(context) { return (context, basis) }
    if let first = marks.first { return (first, found.isSettled ? .besideAmount : .assumed) }
    // The words of a language are weaker evidence than a column or field, but stronger than a place.
    let isNamed = basis == .columnName || basis == .currencyField
    guard let first = found.implied.first, !isNamed, !found.implied.contains(context) else { return (context, basis) }
    return (first, .assumed)
  }

  /// The currency that the row suggests apart from the amount.
  ///
  /// Shape:  column, field, platform, country, and what a person said, in this order.
  @inline(__always)
  private mutating func contextCurrency(_ around: Surroundings, _ outcome: inout Outcome) -> (UInt8, CurrencyBasis) {
    if around.columnCurrency != 0 { return (around.columnCurrency, .columnName) }
    if around.currencyField.count > 0, !MissingMark.isMissing(around.currencyField) {
      let currency = currency(ofField: around)
      if currency != 0 { return (currency, .currencyField) }
      outcome.unknownCurrency = .currency
    }
    return surroundings(around)
  }

  /// The currency in the currency field; an ambiguous mark in it is decided by the place.
  ///
  /// Shape:  0, and remembered as such, where the field holds something else.
  private mutating func currency(ofField around: Surroundings) -> UInt8 {
    let cell = around.currencyField
    if let known = fields.currency(of: cell) { return known }
    guard let mark = currencies.mark(named: BlankTrimming.trimmed(cell)) else {
      fields.remember(cell, 0)
      return 0
    }
    if mark.currencies.count == 1 {
      fields.remember(cell, mark.currencies[0])
      return mark.currencies[0]
    }
    let (local, _) = surroundings(around)
    return mark.currencies.contains(local) ? local : mark.currencies[0]
  }

  /// The currency of the platform, or else of the country, or else what a person said.
  ///
  /// Cost:   hosts and platforms are looked up once each and remembered.
  private mutating func surroundings(_ around: Surroundings) -> (UInt8, CurrencyBasis) {
    if around.host.count > 0 {
      let currency = hosts.currency(of: around.host, orFind: { [platforms] in Self.currency(ofHost: $0, platforms) })
      if currency != 0 { return (currency, .platform) }
    }
    if around.platform.count > 0 {
      let currency = platformNames.currency(
        of: around.platform, orFind: { [platforms] in platforms.currency(ofPlatform: $0) })
      if currency != 0 { return (currency, .platform) }
    }
    let currency = platforms.currency(ofCountry: around.country)
    if currency != 0 { return (currency, .country) }
    return around.stated != 0 ? (around.stated, .stated) : (0, .none)
  }

  /// The currency of a host's platform or country.
  private static func currency(ofHost host: UnsafeRawBufferPointer, _ platforms: Platforms) -> UInt8 {
    platforms.facts(ofHost: Folding.folded(host))?.currency ?? 0
  }
}

/// Trims blanks around cells.
enum BlankTrimming {
  @inline(__always)
  /// The bytes without blanks at either end.
  static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard bytes.count > 0, bytes[0] <= .blank || bytes[bytes.count - 1] <= .blank else { return bytes }
    var low = 0
    var high = bytes.count
    while low < high, bytes[low] <= .blank { low += 1 }
    while high > low, bytes[high - 1] <= .blank { high -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[low..<high])
  }
}

/// Why no amount could be read from a price.
///
/// Limits: the names of the cases are stable: tests and tables refer to them.
package enum PriceProblem: String, Sendable, CaseIterable {
  case noAmount, severalAmounts, belowZero, tooLarge, digitsUnclear, measure, instalments, notThePrice
  case currenciesDisagree, controlCharacters

  /// The reason as a clause.
  func sentence(_ say: Wording) -> String {
    switch self {
    case .noAmount: say(Sentence("it names none, and no word that says why"))
    case .severalAmounts: say(Sentence("it has several numbers, none with a currency"))
    case .belowZero: say(Sentence("it is below zero"))
    case .tooLarge: say(Sentence("it is beyond what can be kept exactly"))
    case .digitsUnclear:
      say(Sentence("its number is no amount as people write them (a telephone number, a date, a share)"))
    case .instalments: say(Sentence("it names instalments, or the price of one of several, and no whole price"))
    case .notThePrice: say(Sentence("it names an old price, postage, a deposit or a discount, and no price"))
    case .currenciesDisagree: say(Sentence("the marks beside its number are those of different currencies"))
    case .measure: say(Sentence("its number measures or counts something else"))
    case .controlCharacters:
      say(Sentence("control characters stand in it, so that what is shown and what is written may differ"))
    }
  }
}
