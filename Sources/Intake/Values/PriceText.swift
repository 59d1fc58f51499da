import Listings

/// Finds the amount and its currency mark in the text of a price.
///
/// Rules:  of a range (`100-200`) the lower end is the amount, as it is what the listing asks at least, with the multiple
///         and the mark of the upper end where it has none (`100-200k`). Otherwise the amount is the first number with a
///         currency mark beside it; without a mark, the number with a multiple; without that, the only number there is.
///         What looks like a telephone number, a percentage, a measure (`5 kg`, `2 pcs`), a number below zero or a number
///         that letters are glued to (`100xyz`) is no amount.
///         A capital code of three letters beside the amount that no table knows is a currency that is not known.
/// Cost:   for the texts that are no plain number; allocates.
struct PriceText {
  struct Found: Equatable {
    let amount: Int64
    /// The currencies that the mark beside the amount may be; empty without one.
    var currencies: [UInt8] = []
    var isRange = false
    var hasUnknownCurrency = false
  }

  enum Reading: Equatable {
    case amount(Found)
    /// Words that say why there is no amount.
    case words(PriceState)
    case fault(PriceFault)
  }

  private let text: [UInt8]
  /// Which bytes of `text` were capital letters; empty where none was.
  private let capitals: [Bool]
  private let currencies: Currencies
  private let hasControls: Bool

  /// - Parameter cell: the text of the price, in any script's digits.
  init(_ cell: UnsafeRawBufferPointer, currencies: Currencies) {
    hasControls = PriceDigits.hasControls(cell)
    let plain = PriceDigits.plain(cell)
    text = Folding.folded(plain)
    capitals = Self.capitals(of: plain, folded: text)
    self.currencies = currencies
  }

  private static func capitals(of plain: [UInt8], folded: [UInt8]) -> [Bool] {
    guard plain.contains(where: { $0 &- 0x41 < 26 }) else { return [] }
    if plain.count == folded.count { return plain.map { $0 &- 0x41 < 26 } }
    return plain.withUnsafeBytes { plain in
      var capitals: [Bool] = []
      var index = 0
      while index < plain.count {
        let length = Folding.unitLength(plain, index)
        let unit = Folding.folded(UnsafeRawBufferPointer(rebasing: plain[index..<index + length]))
        capitals += repeatElement(plain[index] &- 0x41 < 26, count: unit.count)
        index += length
      }
      return capitals
    }
  }

  /// - Parameter likely: the currency that other signs speak for, 0 for none: it may have other decimals.
  func read(likely: UInt8) -> Reading {
    if hasControls { return .fault(.controlCharacters) }
    let parser = PriceNumbers(text: text, capitals: capitals, currencies: currencies, likely: likely)
    let all = parser.numbers()
    let numbers = all.filter { $0.flaw == nil }
    let isBare = numbers.allSatisfy { $0.mark == nil && $0.power == 0 }
    if isBare, text.first?.isDigit == false, let words = PriceWords.begins(text) { return .words(words) }
    guard let (chosen, isRange) = parser.chosen(of: numbers) else {
      if let words = PriceWords.state(of: text) { return .words(words) }
      return .fault(all.first?.flaw ?? (all.isEmpty ? .noAmount : .severalAmounts))
    }
    let currency = chosen.mark?.currencies.first ?? likely
    guard let amount = chosen.amount(in: text, minorDigits: currencies.minorDigits[Int(currency)]) else {
      return .fault(chosen.digits.count > 14 ? .tooLarge : .digitsUnclear)
    }
    let isUnknown = chosen.mark == nil && parser.hasUnknownCode(beside: chosen)
    return .amount(
      Found(
        amount: amount, currencies: chosen.mark?.currencies ?? [], isRange: isRange, hasUnknownCurrency: isUnknown))
  }

  // MARK: Shape

  /// What the text looks like, see `PriceShape`.
  func shape() -> PriceShape {
    switch read(likely: 0) {
    case .amount(let found) where found.currencies.isEmpty:
      return isBare ? .number(found.amount) : .other
    case .amount(let found): return lettersBesideNumbers <= 24 ? .money(found.amount) : .other
    case .words(let state):
      guard let length = PriceWords.length(in: text) else { return .other }
      return lettersBesideNumbers <= 2 * length ? .noPrice(state) : .other
    case .fault(.measure): return lettersBesideNumbers <= 24 ? .measure : .other
    case .fault: return .other
    }
  }

  private var isBare: Bool { text.allSatisfy { !Self.isLetter($0) } }
  private var lettersBesideNumbers: Int { text.count(where: Self.isLetter) }
  private static func isLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 }
}
