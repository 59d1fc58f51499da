import Listings

/// Finds the amount and its currency mark in the text of a price.
///
/// Shape:  `PriceChoice` decides which of several numbers is the price. Telephone numbers, dates, percentages, measures
///         (`5 kg`, `2 pcs`), numbers below zero, and numbers with letters attached (`100xyz`) are not amounts. An unknown
///         code of three capitals beside the amount, or unknown letters before a `$`, mean an unknown currency. Marks that
///         contradict each other leave the price unread.
/// Cost:   allocates; only for texts that are not plain numbers.
struct PriceText {
  /// An amount with what its marks and words say about the currency.
  struct Found: Equatable {
    let amount: Int64
    /// The currencies that the marks beside the amount may mean; empty without any.
    var currencies: [UInt8] = []
    /// The currencies that its words suggest without being marks, as in `1,5 triệu`.
    var implied: [UInt8] = []
    /// Whether its marks decide between their currencies.
    var isSettled = true
    var isRange = false
    var hasUnknownCurrency = false
    /// Whether its mark would be a unit beside a smaller number (`Br`, `Ft`).
    var mayMeasure = false
  }

  /// What the text says.
  enum Reading: Equatable {
    case amount(Found)
    /// Words for the absence of an amount.
    case words(PriceState)
    case problem(PriceProblem)
  }

  private let notation: PriceNotation
  private let currencies: Currencies
  private let hasControls: Bool

  /// - Parameter cell: the text of the price, with digits of any script.
  init(_ cell: UnsafeRawBufferPointer, currencies: Currencies) {
    hasControls = PriceDigits.hasControls(cell)
    notation = PriceNotation(cell)
    self.currencies = currencies
  }

  private var text: [UInt8] { notation.text }

  /// Reads the price.
  ///
  /// Shape:  a single number with its marks is decided without looking for words.
  ///
  /// - Parameter likely: the currency that the row suggests, which may have other decimals; 0 for none.
  func read(likely: UInt8) -> Reading {
    if hasControls { return .problem(.controlCharacters) }
    let parser = PriceNumbers(notation: notation, currencies: currencies, likely: likely)
    let numbers = parser.numbers()
    if numbers.count == 1, isAlone(numbers[0]) {
      return numbers[0].problem.map { .problem($0) } ?? reading(of: numbers[0], isRange: false, parser)
    }
    let isBare = numbers.allSatisfy { $0.problem != nil || $0.isBare }
    if isBare, text.first?.isDigit == false, let words = PriceWords.begins(notation, numbers) { return .words(words) }
    switch PriceChoice(parser, numbers).chosen() {
    case .number(let number, let isRange): return reading(of: number, isRange: isRange, parser)
    case .problem(let problem):
      // Words only count where nothing in the text is money.
      let isMoney = [.instalments, .notThePrice, .currenciesDisagree].contains(problem)
      return (isMoney ? nil : PriceWords.state(of: notation)).map { .words($0) } ?? .problem(problem)
    }
  }

  /// Whether nothing but blanks surrounds a number and its marks.
  private func isAlone(_ number: PricedNumber) -> Bool {
    notation.skipBlanksBack(number.start) == 0 && notation.skipBlanks(number.end) == text.count
  }

  /// The amount and currencies of the chosen number.
  ///
  /// Fails:  as too large, or as unclear, where the digits are not an exact amount.
  private func reading(of number: PricedNumber, isRange: Bool, _ parser: PriceNumbers) -> Reading {
    let marks = number.signs.currencies
    let currency = marks.contains(parser.likely) ? parser.likely : marks.first ?? parser.likely
    guard let amount = number.amount(in: text, currencies.decimals(of: currency)) else {
      return .problem(number.digits.count > 14 ? .tooLarge : .digitsUnclear)
    }
    var found = Found(amount: amount, currencies: marks, isSettled: number.signs.areSettled, isRange: isRange)
    found.mayMeasure = parser.smallUnit(behind: number.digits.upperBound) != nil
    found.implied = number.implied.map { currencies.number(ofCode: $0) }.filter { $0 > 0 }
    // A plain dollar beside the code of some other country belongs to no known currency.
    let isOpen = marks.isEmpty || number.signs.hasDollar && marks.count > 1
    if number.signs.isUnknown || isOpen && parser.hasUnknownCode(beside: number) {
      (found.hasUnknownCurrency, found.currencies, found.implied) = (true, [], [])
    }
    return .amount(found)
  }

  // MARK: Shape

  /// With more letters than this beside an amount, it is a sentence.
  private static let maximumLetters = 24

  /// What the text looks like, see `PriceShape`.
  ///
  /// Cost:   that of reading the price.
  func shape() -> PriceShape {
    let letters = Self.letters(in: text)
    let areFew = letters <= Self.maximumLetters
    switch read(likely: 0) {
    case .amount(let found) where found.currencies.isEmpty && found.implied.isEmpty:
      return letters == 0 ? .number(found.amount) : .other
    case .amount(let found): return areFew ? .money(found.amount) : .other
    case .words(let state):
      guard let phrase = PriceWords.phrase(in: notation) else { return .other }
      return letters <= 2 * Self.letters(in: phrase) ? .noPrice(state) : .other
    case .problem(.measure): return areFew ? .measure : .other
    case .problem: return .other
    }
  }

  /// Counts letters, and characters beyond ASCII once each.
  private static func letters(in text: [UInt8]) -> Int { text.count { $0.isASCIILetter || $0 >= 0xC0 } }
}

/// What a cell looks like where a price is expected, regardless of its column.
///
/// Units:  amounts in ten-thousandths.
/// Cost:   that of reading a price: meant for a sample, not for every row.
package enum PriceShape: Equatable, Sendable {
  /// Empty, or a mark for a missing value (`NA`, `-`).
  case missing
  /// An amount with a currency mark, and little else.
  case money(Int64)
  /// A number and nothing else, which may be an amount: `1,200.50`, `3000`. It may also be a year or an id.
  case number(Int64)
  /// Words for the absence of a price (`Pas de prix`, `面议`, `VB`, `free`), and little else.
  case noPrice(PriceState)
  /// A number that measures or counts something: `2br`, `800ft2`, `20 cm`, `3 pcs`.
  case measure
  /// Anything else: titles, texts, dates, ids, telephone numbers, prices within a sentence.
  case other

  /// Recognises the shape of a cell.
  package init(_ cell: UnsafeRawBufferPointer, currencies: Currencies) {
    let cell = BlankTrimming.trimmed(cell)
    if MissingMark.isMissing(cell) {
      self = .missing
    } else if let number = PriceNumber.readPlain(cell), cell[0] != 0x30 || cell.count == 1 || !cell[1].isDigit {
      self = .number(number)
    } else {
      self = cell.count > Self.maximumLength ? .other : PriceText(cell, currencies: currencies).shape()
    }
  }

  /// The same for a string.
  package init(_ cell: String, currencies: Currencies) {
    var cell = cell
    self = cell.withUTF8 { PriceShape(UnsafeRawBufferPointer($0), currencies: currencies) }
  }

  /// In bytes: prices with all their words are shorter, and texts longer.
  private static let maximumLength = 160
}
