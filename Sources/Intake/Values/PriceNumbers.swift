import Listings

/// A number in the text of a price, with what stands beside it.
struct PricedNumber {
  /// The digits and the marks between them.
  let digits: Range<Int>
  /// Powers of ten by which a word behind the digits multiplies them.
  var power = 0
  /// Whole units that follow a multiple: the 600,000 of `1tr6`.
  var rest: Int64 = 0
  var mark: Currencies.Mark?
  /// Hundredths or tenths that follow a mark: `12€50`, `3块5`. In ten-thousandths.
  var fraction: Int64 = 0
  /// Where it begins and ends with its mark and multiples.
  var start: Int
  var end: Int
  /// Why it is no amount.
  var flaw: PriceFault?

  /// Ten-thousandths; nil for digits that are no number as people write them, and beyond what can be kept.
  func amount(in text: [UInt8], minorDigits: Int) -> Int64? {
    guard let value = PriceNumber.read(text[digits], minorDigits: minorDigits),
      let scaled = PriceNumber.scaled(value, by: power), let more = PriceNumber.scaled(rest, by: 4)
    else { return nil }
    // A tail continues whole numbers only: "1.5tr6" is nothing that anybody means.
    if rest > 0 || fraction > 0, value % 10_000 != 0 { return nil }
    let (sum, overflow) = scaled.addingReportingOverflow(more)
    let (whole, tooLarge) = sum.addingReportingOverflow(fraction)
    return overflow || tooLarge ? nil : PriceNumber.scaled(whole, by: mark?.power ?? 0)
  }
}

/// Finds the numbers of a price's text and chooses the amount among them.
struct PriceNumbers {
  let text: [UInt8]
  let capitals: [Bool]
  let currencies: Currencies
  /// The currency that other signs speak for, 0 for none.
  let likely: UInt8

  // MARK: The choice

  /// The number that is the amount, and whether it is the lower end of a range.
  func chosen(of numbers: [PricedNumber]) -> (number: PricedNumber, isRange: Bool)? {
    if let lower = lowerEnd(of: numbers) { return (lower, true) }
    if let marked = numbers.first(where: { $0.mark != nil }) { return (marked, false) }
    let multiplied = numbers.filter { $0.power > 0 }
    if multiplied.count == 1 { return (multiplied[0], false) }
    return numbers.count == 1 ? (numbers[0], false) : nil
  }

  private func lowerEnd(of numbers: [PricedNumber]) -> PricedNumber? {
    guard numbers.count == 2, isRange(numbers[0], numbers[1]) else { return nil }
    var lower = numbers[0]
    let upper = numbers[1]
    // "100-200k" is from a hundred thousand; "900-1k" is not from nine hundred thousand.
    if lower.power == 0, upper.power > 0, lower.rest == 0,
      let low = PriceNumber.read(text[lower.digits], minorDigits: 2),
      let high = PriceNumber.read(text[upper.digits], minorDigits: 2), low < high
    {
      lower.power = upper.power
    }
    if lower.mark == nil { lower.mark = upper.mark }
    return lower
  }

  private static let rangeWords: Set<[UInt8]> = Set(
    [
      "-", "--", "~", "–", "—", "to", "至", "到", "～", "...", "..", "…", "a", "den", "do", "до", "bis", "hasta", "ate",
      "sampai", "s/d", "ถึง", "и", "إلى", "الى", "تا",
    ].map { Folding.folded(Array($0.utf8)) })

  private func isRange(_ a: PricedNumber, _ b: PricedNumber) -> Bool {
    guard a.end <= b.start else { return false }
    return Self.rangeWords.contains(text[a.end..<b.start].filter { $0 != .blank })
  }

  // MARK: Numbers

  /// Runs of digits with the marks between them and what stands beside them.
  func numbers() -> [PricedNumber] {
    var numbers: [PricedNumber] = []
    var index = 0
    while index < text.count {
      guard text[index].isDigit else {
        index += 1
        continue
      }
      let number = completed(index..<endOfDigits(index))
      numbers.append(number)
      index = max(number.end, number.digits.upperBound)
    }
    return numbers
  }

  private func endOfDigits(_ start: Int) -> Int {
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte.isDigit || index + 1 < text.count && text[index + 1].isDigit && joins(byte, at: index, from: start) {
        index += 1
      } else {
        break
      }
    }
    return index
  }

  /// Whether the byte between two digits is part of the number.
  private func joins(_ byte: UInt8, at index: Int, from start: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "."), .comma: return true
    case UInt8(ascii: "'"), .blank:
      let digits = plainDigits(at: index + 1)
      var before = 0
      while index - 1 - before >= start, text[index - 1 - before].isDigit { before += 1 }
      return digits == 3 && before <= 3
    default: return false
    }
  }

  /// How many digits follow one another from `index` on.
  private func plainDigits(at index: Int) -> Int {
    var count = 0
    while index + count < text.count, text[index + count].isDigit { count += 1 }
    return count
  }

  private func completed(_ digits: Range<Int>) -> PricedNumber {
    var number = PricedNumber(digits: digits, start: digits.lowerBound, end: digits.upperBound)
    let before = markBefore(digits.lowerBound)
    addMultiples(to: &number, hasMark: before != nil)
    if let (mark, end) = markAfter(number.end, of: number) {
      number.mark = mark
      number.end = end
      addFraction(to: &number)
    }
    if let (mark, start) = before {
      if number.mark == nil { number.mark = mark }
      number.start = start
    }
    if number.flaw == nil { number.flaw = flaw(of: number) }
    return number
  }

  // MARK: Multiples

  /// `2 triệu`, `1tr6`, `1万2千`, `1 triệu 500 nghìn`.
  private func addMultiples(to number: inout PricedNumber, hasMark: Bool) {
    guard let first = multiple(at: number.end, number.digits, hasMark) else { return }
    number.power = first.power
    number.end = first.end
    var power = first.power
    while power > 0 {
      let isClose = number.end < text.count && text[number.end].isDigit
      let start = skipBlanks(number.end)
      let count = plainDigits(at: start)
      guard count > 0 else { return }
      guard count <= power, let value = PriceNumber.read(text[start..<start + count], minorDigits: 2) else {
        // "1tr1234567": digits glued to a multiple that they do not continue.
        if isClose { number.flaw = .digitsUnclear }
        return
      }
      let digits = value / 10_000
      if let next = multiple(at: start + count, start..<start + count, hasMark), next.power < power {
        guard let more = PriceNumber.scaled(digits, by: next.power) else { return }
        number.rest += more
        (number.end, power) = (next.end, next.power)
        continue
      }
      // Behind a blank it continues the amount only where nothing but a mark follows: "2 triệu 1 con" is for one animal.
      let after = start + count
      guard isClose || skipBlanks(after) == text.count || markAfter(after, of: nil) != nil else { return }
      if after < text.count, text[after] == UInt8(ascii: ".") || text[after] == .comma, after + 1 < text.count,
        text[after + 1].isDigit
      {
        number.flaw = .digitsUnclear
        return
      }
      guard isClose || count < power, let more = PriceNumber.scaled(digits, by: power - count) else { return }
      number.rest += more
      number.end = after
      return
    }
  }

  private func multiple(at index: Int, _ digits: Range<Int>, _ hasMark: Bool) -> (power: Int, end: Int)? {
    let start = skipBlanks(index)
    guard let found = PriceMultiples.multiple(in: text, at: start, isClose: start == index, hasMark: hasMark) else {
      return nil
    }
    // In Myanmar `K` is the currency, unless the number is too small to be in it.
    if found.isThousand, digits.count >= 4, isLikely(named: found.word) { return nil }
    var end = start + found.word.count
    // "тыс. руб": the point of an abbreviation, but not the one of "5k.00".
    if found.power > 0, end < text.count, text[end] == UInt8(ascii: "."),
      end + 1 == text.count || !text[end + 1].isDigit
    {
      if !found.word[0].isASCIILetter { end += 1 }
    }
    return (found.power, end)
  }

  private func isLikely(named word: [UInt8]) -> Bool {
    guard likely > 0 else { return false }
    return currencies.mark(at: 0, in: word) { $0.bytes.count == word.count && $0.currencies.contains(likely) } != nil
  }

  /// `12€50` and `3块5`: what follows a mark without a blank is its hundredths or tenths.
  private func addFraction(to number: inout PricedNumber) {
    let count = plainDigits(at: number.end)
    guard count > 0, let mark = number.mark, number.power == 0 else { return }
    let isSpoken = mark.bytes.last.map { $0 >= 0x80 } ?? false
    let digits = Int64(String(decoding: text[number.end..<number.end + min(count, 3)], as: UTF8.self)) ?? 0
    switch count {
    case 2: number.fraction = digits * 100
    case 1 where isSpoken && mark.after && !mark.before: number.fraction = digits * 1000
    default:
      number.flaw = .digitsUnclear
      return
    }
    number.end += count
  }

  private func skipBlanks(_ index: Int) -> Int {
    var index = index
    while index < text.count, text[index] == .blank { index += 1 }
    return index
  }

  // MARK: Marks

  private func markAfter(_ index: Int, of number: PricedNumber?) -> (Currencies.Mark, end: Int)? {
    let start = skipBlanks(index)
    guard start < text.count else { return nil }
    let mark = currencies.mark(at: start, in: text) { mark in
      mark.after && isWhole(from: start, to: start + mark.bytes.count, mark)
        && isMeant(mark, at: start, isClose: start == index)
    }
    guard let mark else { return nil }
    let end = start + mark.bytes.count
    // "100 - $200", "5 $3": a mark that only stands before amounts belongs to the number behind it.
    if start > index, mark.before, end < text.count, text[end].isDigit { return nil }
    return (mark, end)
  }

  private func markBefore(_ index: Int) -> (Currencies.Mark, start: Int)? {
    var end = index
    while end > 0, text[end - 1] == .blank || text[end - 1] == UInt8(ascii: ":") { end -= 1 }
    if let found = mark(endingAt: end, isClose: end == index) { return found }
    // "Rp.50.000": the point belongs to the mark, though the mark is known without it.
    return end > 0 && text[end - 1] == UInt8(ascii: ".") ? mark(endingAt: end - 1, isClose: end == index) : nil
  }

  private func mark(endingAt end: Int, isClose: Bool) -> (Currencies.Mark, start: Int)? {
    var best: (Currencies.Mark, start: Int)?
    for start in stride(from: end - 1, through: max(0, end - 24), by: -1) {
      let found = currencies.mark(at: start, in: text) { mark in
        mark.before && start + mark.bytes.count == end && isWhole(from: start, to: end, mark)
          && isMeant(mark, at: start, isClose: isClose)
      }
      if let found { best = (found, start) }
    }
    return best
  }

  /// Whether a mark of letters is not the beginning or end of a longer word.
  private func isWhole(from start: Int, to end: Int, _ mark: Currencies.Mark) -> Bool {
    if mark.bytes[0].isASCIILetter, start > 0, text[start - 1].isASCIILetter { return false }
    return !(mark.bytes[mark.bytes.count - 1].isASCIILetter && end < text.count && text[end].isASCIILetter)
  }

  /// One letter (`R`, `K`, `Q`) is a mark as a capital; in lower case only close to the number, where the place has it.
  private func isMeant(_ mark: Currencies.Mark, at start: Int, isClose: Bool) -> Bool {
    guard mark.isLetter else { return true }
    if start < capitals.count, capitals[start] { return true }
    return isClose && mark.currencies.contains(likely)
  }

  // MARK: What is no amount

  private func flaw(of number: PricedNumber) -> PriceFault? {
    let digits = text[number.digits].filter(\.isDigit)
    let isOneRun = digits.count == number.digits.count
    let before = number.digits.lowerBound - 1
    if number.mark == nil, isOneRun, digits.count > 1, digits[0] == 0x30 { return .digitsUnclear }
    if before >= 0, text[before] == UInt8(ascii: "+"), digits.count >= 9, number.mark == nil { return .digitsUnclear }
    // "-50", "$-50", "price: -50": below zero. Behind another number it joins: "1-50", "5k-50k", "100 -200".
    if before >= 0, text[before] == UInt8(ascii: "-"), !text[..<before].contains(where: \.isDigit) { return .belowZero }
    if number.end < text.count, text[number.end] == UInt8(ascii: "%") { return .digitsUnclear }
    if number.mark == nil && isMeasure(number) { return .measure }
    if isGlued(number) { return .digitsUnclear }
    return nil
  }

  /// Whether letters stand close to the number that are neither its mark nor a word of their own: `100xyz`, `esc5`.
  private func isGlued(_ number: PricedNumber) -> Bool {
    let isKnown = number.mark != nil || number.power > 0
    if number.start > 0, text[number.start - 1].isASCIILetter, !isKnown { return true }
    var letters = 0
    while number.end + letters < text.count, text[number.end + letters].isASCIILetter { letters += 1 }
    guard letters > 0 else { return false }
    // "100XYZ" has a currency, if an unknown one; "$100each" is read, "$5m" and "1.5cm" are not.
    return !hasUnknownCode(beside: number) && (!isKnown || letters < 3)
  }

  private static let measures: [[UInt8]] = [
    "pcs", "pc", "pieces", "piece", "kg", "kgs", "g", "gr", "gram", "grams", "cm", "mm", "ml", "inch", "years",
    "months",
    "weeks", "days", "ekor", "con", "шт", "штук", "ตัว", "只", "个", "個", "件", "条", "匹", "隻", "마리", "개",
  ].map { Folding.folded(Array($0.utf8)) }

  private func isMeasure(_ number: PricedNumber) -> Bool {
    guard number.power == 0 else { return false }
    let start = skipBlanks(number.end)
    return Self.measures.contains { measure in
      guard text[start...].starts(with: measure) else { return false }
      let end = start + measure.count
      return !measure[0].isASCIILetter || end == text.count || !text[end].isASCIILetter
    }
  }

  // MARK: Unknown currencies

  /// Capital words of three letters beside prices that are no currency.
  private static let plainWords: Set<[UInt8]> = Set(
    "obo ono neg net pcs fix new old pro max pax set abt fob cif doz lot pay non per and qty por poa vhb".split(
      separator: " "
    )
    .map { Array($0.utf8) })

  /// Whether a capital word of three letters that no table knows stands beside the number, as the code of a currency would.
  func hasUnknownCode(beside number: PricedNumber) -> Bool {
    let after = skipBlanks(number.end)
    if isCode(after..<min(after + 3, text.count)) { return true }
    var before = number.start
    while before > 0, text[before - 1] == .blank { before -= 1 }
    return before >= 3 && isCode(before - 3..<before)
  }

  private func isCode(_ range: Range<Int>) -> Bool {
    guard range.count == 3, range.upperBound <= capitals.count, capitals[range].allSatisfy({ $0 }) else { return false }
    if range.lowerBound > 0, text[range.lowerBound - 1].isASCIILetter { return false }
    if range.upperBound < text.count, text[range.upperBound].isASCIILetter { return false }
    return !Self.plainWords.contains(Array(text[range]))
  }
}
