import Listings

/// Reads the price of a listing: an exact amount, its currency and what told it.
///
/// Shape:  the currency is told by, in this order: an unambiguous mark beside the amount, the name of the column, the
///         listing's currency field, the platform, the country. A mark that several currencies share (`$`, `¥`, `kr`)
///         is decided by the first of these that is one of them, and means its first currency otherwise.
/// Cost:   a few nanoseconds for plain numbers with a known currency field; `PriceText` for the rest.
/// Fails:  never: text without an amount is `unreadable`, never 0.
struct PriceReading {
  struct Outcome: Equatable {
    var state = PriceState.missing
    var amount = Dataset.noAmount
    var currency: UInt8 = 0
    var basis = CurrencyBasis.none
    var usDollars = Dataset.noAmount
    /// Whether the currency field has text that no table knows.
    var hasUnknownCurrency = false
  }

  /// What stands around the price in its row.
  struct Surroundings {
    var currencyField = UnsafeRawBufferPointer(start: nil, count: 0)
    var columnCurrency: UInt8 = 0
    var platform = UnsafeRawBufferPointer(start: nil, count: 0)
    var host = UnsafeRawBufferPointer(start: nil, count: 0)
    var country = UnsafeRawBufferPointer(start: nil, count: 0)
    /// Whether the source itself says that the price is a number, as JSON can: its point is a decimal point.
    var isNumber = false
  }

  let currencies: Currencies
  let platforms: Platforms
  private var fields = CurrencyMemory()
  private var hosts = CurrencyMemory()
  private var platformNames = CurrencyMemory()

  init(currencies: Currencies, platforms: Platforms) {
    self.currencies = currencies
    self.platforms = platforms
  }

  mutating func read(_ cell: UnsafeRawBufferPointer, _ around: Surroundings) -> Outcome {
    var outcome = Outcome()
    if MissingMark.isMissing(cell) { return outcome }
    let (told, basis) = told(around, &outcome)
    var marks: [UInt8] = []
    if let amount = plainAmount(cell, told, isNumber: around.isNumber) {
      outcome.amount = amount
    } else if let found = PriceText(cell, currencies: currencies).read(likely: told) {
      outcome.amount = found.amount
      marks = found.currencies
    } else {
      outcome.state = .unreadable
      return outcome
    }
    decide(marks, told, basis, &outcome)
    outcome.state = outcome.currency == 0 ? .withoutCurrency : .read
    if outcome.currency != 0, let dollars = currencies.usDollars(outcome.amount, in: outcome.currency) {
      outcome.usDollars = dollars
    }
    return outcome
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

  private func decide(
    _ marks: [UInt8], _ told: UInt8, _ basis: CurrencyBasis, _ outcome: inout Outcome
  ) {
    if marks.isEmpty || marks.count > 1 && marks.contains(told) {
      (outcome.currency, outcome.basis) = (told, basis)
    } else {
      (outcome.currency, outcome.basis) = (marks[0], .besideAmount)
    }
  }

  /// The currency that the row tells apart from the amount.
  @inline(__always)
  private mutating func told(_ around: Surroundings, _ outcome: inout Outcome) -> (UInt8, CurrencyBasis) {
    if around.columnCurrency != 0 { return (around.columnCurrency, .columnName) }
    if around.currencyField.count > 0, !MissingMark.isMissing(around.currencyField) {
      let currency = currency(ofField: around)
      if currency != 0 { return (currency, .currencyField) }
      outcome.hasUnknownCurrency = true
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
    return currency != 0 ? (currency, .country) : (0, .none)
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
