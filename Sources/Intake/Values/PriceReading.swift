import Listings

/// Reads the price of a listing: an exact amount, its currency and what told it.
///
/// Shape:  the currency is told by, in this order: an unambiguous mark beside the amount, the name of the column, the
///         listing's currency field, the platform, the country, what a person said of the file. A mark that several
///         currencies share (`$`, `¥`, `kr`) is decided by the first of these that is one of them; otherwise its usual
///         currency is assumed, and the basis says so. The words of a language (`1,5 triệu`) are such a mark, unless a
///         column or a field names a currency.
/// Cost:   a few nanoseconds for plain numbers with a known currency field; `PriceText` for the rest.
///         A number that people enter where a form demands one is a `placeholder` (see `PricePlaceholder`), and words in
///         place of an amount say whether it is given away, on request or in exchange.
/// Fails:  never: text without an amount is `unreadable`, with a fault, and never 0.
struct PriceReading {
  struct Outcome: Equatable {
    var state = PriceState.missing
    var amount = Dataset.noAmount
    var currency: UInt8 = 0
    var basis = CurrencyBasis.none
    var usDollars = Dataset.noAmount
    /// Where a currency stands that no table knows.
    var unknownCurrency: Field?
    /// Why there is no amount, where the price is unreadable.
    var fault: PriceFault?
  }

  /// What stands around the price in its row.
  struct Surroundings {
    var currencyField = UnsafeRawBufferPointer(start: nil, count: 0)
    var columnCurrency: UInt8 = 0
    var platform = UnsafeRawBufferPointer(start: nil, count: 0)
    var host = UnsafeRawBufferPointer(start: nil, count: 0)
    var country = UnsafeRawBufferPointer(start: nil, count: 0)
    /// The currency that a person gave to the prices of the file that name none; 0: none.
    var stated: UInt8 = 0
    /// Whether the source itself says that the price is a number, as JSON can: its point is a decimal point.
    var isNumber = false
  }

  let currencies: Currencies
  let platforms: Platforms
  private var fields = CurrencyMemory()
  private var hosts = CurrencyMemory()
  private var platformNames = CurrencyMemory()
  private var wordings = WordingMemory()
  private var marks = MarkMemory()

  init(currencies: Currencies, platforms: Platforms) {
    self.currencies = currencies
    self.platforms = platforms
  }

  mutating func read(_ cell: UnsafeRawBufferPointer, _ around: Surroundings) -> Outcome {
    var outcome = Outcome()
    if MissingMark.isMissing(cell) { return outcome }
    let (told, basis) = told(around, &outcome)
    var found: PriceText.Found
    if let amount = plainAmount(cell, told, isNumber: around.isNumber) {
      found = PriceText.Found(amount: amount)
    } else {
      switch readText(cell, likely: told) {
      case .amount(let amount): found = amount
      case .words(let state):
        outcome.state = state
        return outcome
      case .fault(let fault):
        (outcome.state, outcome.fault) = (.unreadable, fault)
        return outcome
      }
    }
    decide(found, told, basis, &outcome)
    return outcome
  }

  /// What a text says that is no plain number. Marks beside numerals and texts without an amount come again and again,
  /// and are remembered.
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

  /// The amount of a numeral by itself (`25,871.53`) or with marks that are known.
  private mutating func known(_ plain: PlainPrice) -> PriceText.Found? {
    if plain.marks.isEmpty {
      return PriceNumber.read(plain.numeral, currencies.decimals(of: plain.marks.likely)).map { .init(amount: $0) }
    }
    guard let known = marks.meaning(of: plain.marks), let amount = amount(of: plain, known.currencies) else {
      return nil
    }
    return PriceText.Found(amount: amount, currencies: known.currencies, isSettled: known.isSettled)
  }

  private func amount(of plain: PlainPrice, _ currencies: [UInt8]) -> Int64? {
    let currency = currencies.contains(plain.marks.likely) ? plain.marks.likely : currencies[0]
    return PriceNumber.read(plain.numeral, self.currencies.decimals(of: currency))
  }

  /// Whether the marks beside the numeral would say the same beside any other: no multiples, no words, no `Br`, which
  /// behind one or two digits is a bedroom.
  private func isOfMarksAlone(_ found: PriceText.Found, _ plain: PlainPrice) -> Bool {
    !found.currencies.isEmpty && !found.isRange && found.amount == amount(of: plain, found.currencies)
      && !found.mayMeasure
  }

  /// A plain number, unless three digits after its point leave it open what the point means.
  @inline(__always)
  private func plainAmount(_ cell: UnsafeRawBufferPointer, _ currency: UInt8, isNumber: Bool) -> Int64? {
    let count = cell.count
    if !isNumber, count >= 5, count <= 7, cell[count - 4] == UInt8(ascii: ".") { return nil }
    // "0812…" may be a telephone number.
    if count > 1, cell[0] == 0x30, cell[1] != UInt8(ascii: ".") { return nil }
    return PriceNumber.readPlain(cell)
  }

  /// Puts amount and currency into the outcome, unless the amount is a placeholder.
  private func decide(_ found: PriceText.Found, _ told: UInt8, _ basis: CurrencyBasis, _ outcome: inout Outcome) {
    (outcome.currency, outcome.basis) = currency(of: found, told, basis)
    if found.hasUnknownCurrency { outcome.unknownCurrency = .price }
    var dollars = Dataset.noAmount
    if outcome.currency != 0, let known = currencies.usDollars(found.amount, in: outcome.currency) { dollars = known }
    // "0-50" begins at nothing, "1-50" at one.
    if found.isRange ? found.amount == 0 : PricePlaceholder.isOne(found.amount, usDollars: dollars) {
      outcome.state = .placeholder
      return
    }
    (outcome.amount, outcome.usDollars) = (found.amount, dollars)
    outcome.state = outcome.currency == 0 ? .withoutCurrency : .read
  }

  /// What decides between the currencies of a mark. One that nothing decides is assumed to mean its usual one.
  private func currency(of found: PriceText.Found, _ told: UInt8, _ basis: CurrencyBasis) -> (UInt8, CurrencyBasis) {
    if found.hasUnknownCurrency { return (0, .none) }
    let marks = found.currencies
    if marks.count > 1, marks.contains(told) { return (told, basis) }
    if let first = marks.first { return (first, found.isSettled ? .besideAmount : .assumed) }
    // The words of a language say less than a column or a field, and more than a place.
    let isNamed = basis == .columnName || basis == .currencyField
    guard let first = found.implied.first, !isNamed, !found.implied.contains(told) else { return (told, basis) }
    return (first, .assumed)
  }

  /// The currency that the row tells apart from the amount.
  @inline(__always)
  private mutating func told(_ around: Surroundings, _ outcome: inout Outcome) -> (UInt8, CurrencyBasis) {
    if around.columnCurrency != 0 { return (around.columnCurrency, .columnName) }
    if around.currencyField.count > 0, !MissingMark.isMissing(around.currencyField) {
      let currency = currency(ofField: around)
      if currency != 0 { return (currency, .currencyField) }
      outcome.unknownCurrency = .currency
    }
    return surroundings(around)
  }

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
    let (place, _) = surroundings(around)
    return mark.currencies.contains(place) ? place : mark.currencies[0]
  }

  /// The currency of the place: of the platform, else of the country.
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

  private static func currency(ofHost host: UnsafeRawBufferPointer, _ platforms: Platforms) -> UInt8 {
    platforms.place(ofHost: Folding.folded(host))?.currency ?? 0
  }
}

/// Cells without the blanks around them.
enum BlankTrimming {
  @inline(__always)
  static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard bytes.count > 0, bytes[0] <= .blank || bytes[bytes.count - 1] <= .blank else { return bytes }
    var low = 0
    var high = bytes.count
    while low < high, bytes[low] <= .blank { low += 1 }
    while high > low, bytes[high - 1] <= .blank { high -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[low..<high])
  }
}
