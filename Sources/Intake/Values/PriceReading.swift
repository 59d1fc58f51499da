import Listings

/// Reads the price of a listing: an exact amount, its currency and what told it.
///
/// Shape:  the currency is told by, in this order: an unambiguous mark beside the amount, the name of the column, the
///         listing's currency field, the platform, the country, what a person said of the file. A mark that several currencies share (`$`, `¥`, `kr`)
///         is decided by the first of these that is one of them, and means its first currency otherwise.
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

  /// What a text says that is no plain number. Texts without an amount come again and again, and are remembered.
  private mutating func readText(_ cell: UnsafeRawBufferPointer, likely: UInt8) -> PriceText.Reading {
    if let amount = groupedAmount(cell, likely) { return .amount(PriceText.Found(amount: amount)) }
    if let known = wordings.reading(of: cell) { return known }
    let reading = PriceText(cell, currencies: currencies).read(likely: likely)
    if case .words = reading { wordings.remember(cell, reading) }
    return reading
  }

  /// A number with its thousands apart and nothing else (`25,871.53`): common enough to be spared the look for words.
  private func groupedAmount(_ cell: UnsafeRawBufferPointer, _ currency: UInt8) -> Int64? {
    guard cell.count < 24, cell[0].isDigit, cell[0] != 0x30 else { return nil }
    guard cell.allSatisfy({ $0.isDigit || $0 == .comma || $0 == UInt8(ascii: ".") }), cell[cell.count - 1].isDigit
    else {
      return nil
    }
    return PriceNumber.read(Array(cell)[...], minorDigits: currencies.minorDigits[Int(currency)])
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
    let marks = found.currencies
    if found.hasUnknownCurrency {
      outcome.unknownCurrency = .price
    } else if marks.isEmpty || marks.count > 1 && marks.contains(told) {
      (outcome.currency, outcome.basis) = (told, basis)
    } else {
      (outcome.currency, outcome.basis) = (marks[0], .besideAmount)
    }
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

/// Answers once found, for texts that come again and again.
private struct CurrencyMemory {
  private var known: [[UInt8]: UInt8] = [:]
  private var last: [UInt8] = []
  private var lastCurrency: UInt8 = 0
  /// Hostile files have as many currencies as rows.
  private static let limit = 4096

  @inline(__always)
  mutating func currency(of text: UnsafeRawBufferPointer) -> UInt8? {
    if last.count == text.count, last.withUnsafeBytes({ equal($0, text) }) { return lastCurrency }
    return slowly(text)
  }

  private mutating func slowly(_ text: UnsafeRawBufferPointer) -> UInt8? {
    let key = Array(text)
    guard let currency = known[key] else { return nil }
    (last, lastCurrency) = (key, currency)
    return currency
  }

  mutating func remember(_ text: UnsafeRawBufferPointer, _ currency: UInt8) {
    if known.count >= Self.limit { known = [:] }
    known[Array(text)] = currency
  }

  mutating func currency(
    of text: UnsafeRawBufferPointer, orFind find: (UnsafeRawBufferPointer) -> UInt8
  ) -> UInt8 {
    if let currency = currency(of: text) { return currency }
    let currency = find(text)
    remember(text, currency)
    return currency
  }
}

/// Price texts without an amount and what they say.
private struct WordingMemory {
  private var known: [[UInt8]: PriceText.Reading] = [:]
  /// Hostile files have as many wordings as rows.
  private static let limit = 4096
  private static let longest = 160

  func reading(of text: UnsafeRawBufferPointer) -> PriceText.Reading? {
    known.isEmpty || text.count > Self.longest ? nil : known[Array(text)]
  }

  mutating func remember(_ text: UnsafeRawBufferPointer, _ reading: PriceText.Reading) {
    guard text.count <= Self.longest else { return }
    if known.count >= Self.limit { known = [:] }
    known[Array(text)] = reading
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
