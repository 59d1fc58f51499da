import Listings

/// Finds the numbers in the text of a price, with the marks and multiples beside them.
///
/// Shape:  numbers do not overlap. One that cannot be an amount keeps its position and says why.
/// Cost:   one pass, with a few table lookups per number; allocates.
struct PriceNumbers {
  /// The text.
  let notation: PriceNotation
  let currencies: Currencies
  /// The currency that the row suggests; 0 for none.
  let likely: UInt8

  var text: [UInt8] { notation.text }

  /// All numbers, from left to right.
  ///
  /// Cost:   table lookups beside each number.
  func numbers() -> [PricedNumber] {
    var numbers: [PricedNumber] = []
    var index = 0
    var free = 0
    while index < text.count {
      guard beginsNumber(index) else {
        index += 1
        continue
      }
      var number = completed(index..<endOfDigits(index), free: free)
      // "1 ,89" is torn apart, and nothing says where the border is.
      if let last = numbers.last, !text[index].isDigit, notation.skipBlanksBack(index) == last.digits.upperBound {
        numbers[numbers.count - 1].problem = .digitsUnclear
        number.problem = .digitsUnclear
      }
      numbers.append(number)
      free = max(number.end, number.digits.upperBound)
      index = free
    }
    spreadMeasures(&numbers)
    return numbers
  }

  // MARK: Digits

  /// Whether a number begins here: with a digit, or with the mark of `.99` and `,89`.
  ///
  /// Shape:  a leading mark needs exactly two digits after it.
  private func beginsNumber(_ index: Int) -> Bool {
    if text[index].isDigit { return true }
    guard text[index] == UInt8(ascii: ".") || text[index] == .comma, notation.isDigit(index + 1) else { return false }
    // "Rp.50.000", "S/.50": the point belongs to the mark.
    if index > 0,
      text[index - 1].isDigit || text[index - 1] == UInt8(ascii: "/") || notation.isWordLetter(before: index)
        || text[index - 1] == UInt8(ascii: ".")
    {
      return false
    }
    let count = plainDigits(at: index + 1)
    let end = index + 1 + count
    let goesOn =
      end < text.count && (text[end] == UInt8(ascii: ".") || text[end] == .comma) && notation.isDigit(end + 1)
    return count == 2 && !goesOn
  }

  /// The end of a number with the marks between its digits.
  func endOfDigits(_ start: Int) -> Int {
    var index = start + 1
    while index < text.count {
      let byte = text[index]
      if byte.isDigit || notation.isDigit(index + 1) && joins(byte, at: index, from: start) {
        index += 1
      } else {
        break
      }
    }
    return index
  }

  /// Whether a byte between two digits is part of the number.
  ///
  /// Shape:  points and commas always; apostrophes, blanks and colons by how many digits follow.
  private func joins(_ byte: UInt8, at index: Int, from start: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "."), .comma: return true
    case UInt8(ascii: "'"):
      // "12'50" is the Spanish notation, but "5'10" may be a height, so a mark must say that it is money.
      let digits = plainDigits(at: index + 1)
      return digits == 3 && digitsBefore(index, start) <= 3 || digits == 2
    case .blank: return plainDigits(at: index + 1) == 3 && digitsBefore(index, start) <= 3
    case UInt8(ascii: ":"): return plainDigits(at: index + 1) == 2
    default: return false
    }
  }

  /// How many digits precede `index` directly.
  private func digitsBefore(_ index: Int, _ start: Int) -> Int {
    var count = 0
    while index - 1 - count >= start, text[index - 1 - count].isDigit { count += 1 }
    return count
  }

  /// How many digits there are from `index` on.
  func plainDigits(at index: Int) -> Int {
    var count = 0
    while index + count < text.count, text[index + count].isDigit { count += 1 }
    return count
  }

  /// The end of a notation for zero cents: `1.200,-`, `25.--`, `1500:-`, `500/-`, `3,300-`.
  func endOfDash(_ index: Int) -> Int {
    var end = index
    if end < text.count, [UInt8(ascii: "."), .comma, UInt8(ascii: ":"), UInt8(ascii: "/")].contains(text[end]) {
      end += 1
    }
    let dashes = end
    while end < text.count, text[end] == UInt8(ascii: "-") { end += 1 }
    // A single dash may lead to the other end of a range.
    guard end > dashes, !notation.isDigit(end), dashes > index || end == text.count else { return index }
    return end
  }

  // MARK: One number

  /// A number with everything beside it that belongs to it.
  ///
  /// Shape:  marks before it come first, then multiples, then marks after it, since each depends on the last.
  private func completed(_ digits: Range<Int>, free: Int) -> PricedNumber {
    var number = PricedNumber(digits: digits, start: digits.lowerBound, end: endOfDash(digits.upperBound))
    // Such a notation is a mark in its own right, such as `:-`, where a table has it.
    if number.end > digits.upperBound, let mark = weakMark(digits.upperBound..<number.end) { number.signs.add(mark) }
    addMarksBefore(to: &number, notBelow: free)
    if number.end == digits.upperBound { addMultiples(to: &number) }
    if !isSmallMeasure(number) { addMarksBehind(to: &number) }
    number.problem = number.problem ?? problem(of: number)
    number.isGluedOrShare = number.problem == .digitsUnclear && (isShare(number) || isGlued(number))
    return number
  }

  /// The mark for a notation of zero cents.
  private func weakMark(_ range: Range<Int>) -> CurrencyMark? {
    currencies.mark(of: Array(text[range])).flatMap { $0.isWeak ? $0 : nil }
  }

  // MARK: What is no amount

  /// Why a number is not an amount; nil where it may be one.
  ///
  /// Shape:  the first of: contradicting marks, leading zeros, a telephone number, below zero, a percentage or time, a
  ///         measure, attached letters.
  private func problem(of number: PricedNumber) -> PriceProblem? {
    let digits = text[number.digits].count(where: \.isDigit)
    let before = number.digits.lowerBound - 1
    let isMarked = !number.signs.isEmpty
    if number.signs.isContradictory { return .currenciesDisagree }
    if !isMarked, digits == number.digits.count, digits > 1, text[number.digits.lowerBound] == 0x30 {
      return .digitsUnclear
    }
    if before >= 0, text[before] == UInt8(ascii: "+"), digits >= 9, !isMarked { return .digitsUnclear }
    // "-50", "$-50", "price: -50" are below zero. After another number it is a dash: "1-50", "5k-50k", "100 -200".
    if before >= 0, text[before] == UInt8(ascii: "-"), isBelowZero(before) { return .belowZero }
    if isMarked, number.start == 1, text[0] == UInt8(ascii: "-") { return .belowZero }
    if isShare(number) || hasUnclearMark(number) { return .digitsUnclear }
    if number.signs.isEmpty, isMeasure(number) { return .measure }
    return isGlued(number) || number.isBare && hasUnknownShortWord(number) ? .digitsUnclear : nil
  }

  /// Whether a dash before a number is a minus, with neither words nor another number before it: `64GB - $250`, `החל מ-150`.
  private func isBelowZero(_ dash: Int) -> Bool {
    guard !text[..<dash].contains(where: \.isDigit) else { return false }
    return dash == 0 || !(text[dash - 1] >= 0x80 && notation.isWordLetter(before: dash))
  }

  /// Whether a percent sign follows.
  private func isShare(_ number: PricedNumber) -> Bool {
    notation.has([UInt8(ascii: "%")], at: notation.skipBlanks(number.end))
  }

  /// Whether a colon or apostrophe before two digits makes it a time or a height. A currency mark makes it money; a colon
  /// also needs a Scandinavian crown.
  private func hasUnclearMark(_ number: PricedNumber) -> Bool {
    let digits = text[number.digits]
    if digits.contains(UInt8(ascii: ":")) { return !number.signs.isCrowns(currencies) }
    guard let apostrophe = digits.lastIndex(of: UInt8(ascii: "'")) else { return false }
    return digits.endIndex - apostrophe == 3 && number.signs.isEmpty
  }

  /// Whether letters are attached that are neither its mark nor a word of their own: `100xyz`, `esc5`.
  ///
  /// Shape:  letters of an unknown currency are not attached, and three or more after a price are a word.
  private func isGlued(_ number: PricedNumber) -> Bool {
    let isKnown = !number.isBare
    if number.start > 0, text[number.start - 1].isASCIILetter, !isKnown { return true }
    var letters = 0
    while number.end + letters < text.count, text[number.end + letters].isASCIILetter { letters += 1 }
    guard letters > 0, !isMark(at: number.end) else { return false }
    if isKnown, PriceUnits.shortWords.contains(text[number.end..<number.end + letters]) { return false }
    // "100XYZ" has a currency, though an unknown one. "$100each" is readable, "$5m" and "1.5cm" are not.
    return !hasUnknownCode(beside: number) && (!isKnown || letters < 3)
  }

  // MARK: Unknown currencies

  /// Capitalised words of three letters beside prices that are not currencies.
  private static let plainWords: Set<[UInt8]> = Set(
    ("obo ono neg net pcs fix new old pro max pax set abt fob cif doz lot pay non per and qty por poa vhb for now buy get "
      + "off out ask inc vat gst tax ttc dbo bin the you tnx pls all one two ova uvp rrp msi msr ea").split(
        separator: " "
      )
      .map { Array($0.utf8) })

  /// Whether an unknown word of three capitals is beside the number, which may be the code of a currency.
  func hasUnknownCode(beside number: PricedNumber) -> Bool {
    let after = notation.skipBlanks(number.end)
    if isCode(after..<min(after + 3, text.count)) { return true }
    let before = notation.skipBlanksBack(number.start)
    return before >= 3 && isCode(before - 3..<before)
  }

  /// Whether the range is such a word.
  private func isCode(_ range: Range<Int>) -> Bool {
    guard range.count == 3, range.allSatisfy(notation.isCapital), notation.isWhole(range) else { return false }
    return !Self.plainWords.contains(Array(text[range]))
  }

  /// Whether the letters before a `$` can be those of an unknown country: `XY $45`.
  func isUnknownCountry(_ letters: Range<Int>) -> Bool {
    (2...3).contains(letters.count) && letters.allSatisfy(notation.isCapital)
      && !text[..<letters.lowerBound].contains { $0 != .blank } && !Self.plainWords.contains(Array(text[letters]))
  }
}

extension CurrencySigns {
  /// Whether the marks mean a crown, which is written with a colon: `19:90 kr`.
  func isCrowns(_ currencies: Currencies) -> Bool {
    let crowns = ["SEK", "NOK", "DKK", "ISK"].map { currencies.number(ofCode: $0) }
    return self.currencies.contains { $0 > 0 && crowns.contains($0) }
  }
}
