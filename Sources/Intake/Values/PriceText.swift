import Listings

/// Finds the amount and its currency mark in the text of a price.
///
/// Rules:  see `PriceChoice` for which of several numbers is the price. What looks like a telephone number, a date, a
///         percentage, a measure (`5 kg`, `2 pcs`), a number below zero or a number that letters are glued to (`100xyz`) is
///         no amount. A capital code of three letters beside the amount that no table knows, and letters before a `$` that
///         are no country's, are a currency that is not known. Marks that contradict each other leave the price unread.
/// Cost:   for the texts that are no plain number; allocates.
struct PriceText {
  struct Found: Equatable {
    let amount: Int64
    /// The currencies that the marks beside the amount may be; empty without one.
    var currencies: [UInt8] = []
    /// The currencies of which its words speak, without being marks: those of `1,5 triệu`.
    var implied: [UInt8] = []
    /// Whether its marks say which of their currencies is meant.
    var isSettled = true
    var isRange = false
    var hasUnknownCurrency = false
    /// Whether its mark would be a measure beside a smaller number (`Br`, `Ft`).
    var mayMeasure = false
  }

  enum Reading: Equatable {
    case amount(Found)
    /// Words that say why there is no amount.
    case words(PriceState)
    case fault(PriceFault)
  }

  private let writing: PriceWriting
  private let currencies: Currencies
  private let hasControls: Bool

  /// - Parameter cell: the text of the price, in any script's digits.
  init(_ cell: UnsafeRawBufferPointer, currencies: Currencies) {
    hasControls = PriceDigits.hasControls(cell)
    writing = PriceWriting(cell)
    self.currencies = currencies
  }

  private var text: [UInt8] { writing.text }

  /// - Parameter likely: the currency that other signs speak for, 0 for none: it may have other decimals.
  func read(likely: UInt8) -> Reading {
    if hasControls { return .fault(.controlCharacters) }
    let parser = PriceNumbers(writing: writing, currencies: currencies, likely: likely)
    let numbers = parser.numbers()
    if numbers.count == 1, isAlone(numbers[0]) {
      return numbers[0].flaw.map { .fault($0) } ?? reading(of: numbers[0], isRange: false, parser)
    }
    let isBare = numbers.allSatisfy { $0.flaw != nil || $0.isBare }
    if isBare, text.first?.isDigit == false, let words = PriceWords.begins(writing, numbers) { return .words(words) }
    switch PriceChoice(parser, numbers).chosen() {
    case .number(let number, let isRange): return reading(of: number, isRange: isRange, parser)
    case .fault(let fault):
      // Words speak where nothing in the text is money.
      let isMoney = [.instalments, .notThePrice, .currenciesDisagree].contains(fault)
      return (isMoney ? nil : PriceWords.state(of: writing)).map { .words($0) } ?? .fault(fault)
    }
  }

  /// Whether nothing but blanks stands beside a number and its marks.
  private func isAlone(_ number: PricedNumber) -> Bool {
    writing.skipBlanksBack(number.start) == 0 && writing.skipBlanks(number.end) == text.count
  }

  private func reading(of number: PricedNumber, isRange: Bool, _ parser: PriceNumbers) -> Reading {
    let marks = number.signs.currencies
    let currency = marks.contains(parser.likely) ? parser.likely : marks.first ?? parser.likely
    guard let amount = number.amount(in: text, currencies.decimals(of: currency)) else {
      return .fault(number.digits.count > 14 ? .tooLarge : .digitsUnclear)
    }
    var found = Found(amount: amount, currencies: marks, isSettled: number.signs.areSettled, isRange: isRange)
    found.mayMeasure = parser.smallUnit(behind: number.digits.upperBound) != nil
    found.implied = number.implied.map { currencies.number(ofCode: $0) }.filter { $0 > 0 }
    // A bare dollar with the code of some other country's beside it is nobody's.
    let isOpen = marks.isEmpty || number.signs.hasDollar && marks.count > 1
    if number.signs.isUnknown || isOpen && parser.hasUnknownCode(beside: number) {
      (found.hasUnknownCurrency, found.currencies, found.implied) = (true, [], [])
    }
    return .amount(found)
  }

  // MARK: Shape

  /// More letters than these beside an amount are a sentence.
  private static let fewLetters = 24

  /// What the text looks like, see `PriceShape`.
  func shape() -> PriceShape {
    let letters = Self.letters(in: text)
    let areFew = letters <= Self.fewLetters
    switch read(likely: 0) {
    case .amount(let found) where found.currencies.isEmpty && found.implied.isEmpty:
      return letters == 0 ? .number(found.amount) : .other
    case .amount(let found): return areFew ? .money(found.amount) : .other
    case .words(let state):
      guard let phrase = PriceWords.phrase(in: writing) else { return .other }
      return letters <= 2 * Self.letters(in: phrase) ? .noPrice(state) : .other
    case .fault(.measure): return areFew ? .measure : .other
    case .fault: return .other
    }
  }

  /// Letters and signs beyond ASCII, each once.
  private static func letters(in text: [UInt8]) -> Int { text.count { $0.isASCIILetter || $0 >= 0xC0 } }
}
