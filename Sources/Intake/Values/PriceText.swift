import Listings

/// Finds the amount and its currency mark in the text of a price.
///
/// Rules:  the amount is the number with a currency mark beside it; without a mark, the only number there is. Of a range
///         (`100-200`) the lower end is taken, as it is what the listing asks at least. A number that looks like a
///         telephone number (it begins with 0 and has more digits), a percentage, a number below zero, or several
///         numbers without a mark are no amount.
///         Multiples count: `k`, `万` `萬` `千` `亿` `億`, `tr` `triệu` `nghìn` `ngàn`, `jt` `juta` `rb` `ribu`,
///         `ล้าน` `แสน` `หมื่น` `พัน`, `тыс`, `млн`, `lakh`, `crore`, `million`, `mio`.
/// Cost:   for the texts that are no plain number; allocates.
struct PriceText {
  struct Found: Equatable {
    let amount: Int64
    /// The currencies that the mark beside the amount may be; empty without one.
    let currencies: [UInt8]
  }

  private struct Number {
    let range: Range<Int>
    var multiple: (power: Int, end: Int) = (0, 0)
    var mark: Currencies.Mark?
    var markEnd = 0
  }

  private let text: [UInt8]
  private let currencies: Currencies

  /// - Parameter cell: the text of the price, in any script's digits.
  init(_ cell: UnsafeRawBufferPointer, currencies: Currencies) {
    text = Folding.folded(PriceDigits.plain(cell))
    self.currencies = currencies
  }

  /// - Parameter likely: the currency that other signs speak for, 0 for none: it may have other decimals.
  func read(likely: UInt8) -> Found? {
    let numbers = numbers().map(completed)
    guard let chosen = numbers.first(where: { $0.mark != nil }) ?? single(numbers) else { return nil }
    let currency = chosen.mark?.currencies.first ?? likely
    let digits = text[chosen.range]
    guard isAmount(chosen), let value = PriceNumber.read(digits, minorDigits: currencies.minorDigits[Int(currency)]),
      let amount = PriceNumber.scaled(value, by: chosen.multiple.power + (chosen.mark?.power ?? 0))
    else { return nil }
    return Found(amount: amount, currencies: chosen.mark?.currencies ?? [])
  }

  /// The number when it is the only one, or the lower end of a range.
  private func single(_ numbers: [Number]) -> Number? {
    guard let first = numbers.first else { return nil }
    if numbers.count == 1 { return first }
    guard numbers.count == 2, isRange(first, numbers[1]) else { return nil }
    return first
  }

  private func isRange(_ a: Number, _ b: Number) -> Bool {
    let between = text[max(a.range.upperBound, a.multiple.end, a.markEnd)..<max(b.range.lowerBound, a.markEnd)]
    let word = between.filter { $0 != .blank }
    return ["-", "~", "–", "—", "to", "至", "～", "..."].contains { word.elementsEqual($0.utf8) }
  }

  private func isAmount(_ number: Number) -> Bool {
    let digits = text[number.range].filter(\.isDigit)
    if digits.count > 1, digits.first == 0x30, number.mark == nil, text[number.range].count == digits.count {
      return false
    }
    if number.range.upperBound < text.count, text[number.range.upperBound] == UInt8(ascii: "%") { return false }
    // "-50", "$-50": below zero. "a-50" and "1-50" are joined words and ranges.
    let before = number.range.lowerBound - 1
    if before >= 0, text[before] == UInt8(ascii: "-") {
      return before > 0 && (text[before - 1].isDigit || text[before - 1] == .blank)
    }
    return true
  }

  // MARK: Numbers

  /// Runs of digits with the marks between them.
  private func numbers() -> [Number] {
    var numbers: [Number] = []
    var index = 0
    while index < text.count {
      guard text[index].isDigit else {
        index += 1
        continue
      }
      let end = endOfNumber(index)
      // ".50" is half a unit; the point belongs to it unless it closes a word ("rp.50").
      numbers.append(Number(range: index..<end))
      index = end
    }
    return numbers
  }

  private func endOfNumber(_ start: Int) -> Int {
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte.isDigit {
        index += 1
      } else if index + 1 < text.count, text[index + 1].isDigit, joins(byte, at: index, from: start) {
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
      var digits = 0
      while index + 1 + digits < text.count, text[index + 1 + digits].isDigit { digits += 1 }
      var before = 0
      while index - 1 - before >= start, text[index - 1 - before].isDigit { before += 1 }
      return digits == 3 && before <= 3
    default: return false
    }
  }

  // MARK: What stands beside a number

  private func completed(_ number: Number) -> Number {
    var number = number
    var end = number.range.upperBound
    if let (power, length) = Self.multiple(in: text, at: skipBlanks(end)) {
      end = skipBlanks(end) + length
      number.multiple = (power, end)
    }
    if let (mark, markEnd) = markAfter(end) {
      number.mark = mark
      number.markEnd = markEnd
    } else if let mark = markBefore(number.range.lowerBound) {
      number.mark = mark
    }
    return number
  }

  private func skipBlanks(_ index: Int) -> Int {
    var index = index
    while index < text.count, text[index] == .blank { index += 1 }
    return index
  }

  private func markAfter(_ index: Int) -> (Currencies.Mark, end: Int)? {
    let start = skipBlanks(index)
    guard start < text.count else { return nil }
    let mark = currencies.mark(at: start, in: text) { mark in
      mark.after && isWhole(from: start, to: start + mark.bytes.count, mark)
    }
    return mark.map { ($0, start + $0.bytes.count) }
  }

  private func markBefore(_ index: Int) -> Currencies.Mark? {
    var end = index
    while end > 0, text[end - 1] == .blank || text[end - 1] == UInt8(ascii: ":") { end -= 1 }
    if let mark = mark(endingAt: end) { return mark }
    // "Rp.50.000": the point belongs to the mark, though the mark is known without it.
    return end > 0 && text[end - 1] == UInt8(ascii: ".") ? mark(endingAt: end - 1) : nil
  }

  private func mark(endingAt end: Int) -> Currencies.Mark? {
    var best: Currencies.Mark?
    for start in stride(from: end - 1, through: max(0, end - 24), by: -1) {
      let found = currencies.mark(at: start, in: text) { mark in
        mark.before && start + mark.bytes.count == end && isWhole(from: start, to: end, mark)
      }
      if let found { best = found }
    }
    return best
  }

  /// Whether a mark of letters is not the beginning or end of a longer word.
  private func isWhole(from start: Int, to end: Int, _ mark: Currencies.Mark) -> Bool {
    if mark.bytes[0].isASCIILetter, start > 0, text[start - 1].isASCIILetter { return false }
    return !(mark.bytes[mark.bytes.count - 1].isASCIILetter && end < text.count && text[end].isASCIILetter)
  }

  private static let multiples: [(word: [UInt8], power: Int)] = [
    ("k", 3), ("万", 4), ("萬", 4), ("千", 3), ("亿", 8), ("億", 8), ("tr", 6), ("trieu", 6), ("nghin", 3), ("ngan", 3),
    ("jt", 6), ("juta", 6), ("rb", 3), ("ribu", 3), ("ล้าน", 6), ("แสน", 5), ("หมื่น", 4), ("พัน", 3), ("тыс", 3),
    ("млн", 6), ("lakh", 5), ("lakhs", 5), ("crore", 7), ("million", 6), ("mio", 6),
  ].map { (Folding.folded($0.0.utf8Bytes), $0.1) }.sorted { $0.0.count > $1.0.count }

  private static func multiple(in text: [UInt8], at index: Int) -> (power: Int, length: Int)? {
    for (word, power) in multiples where text[min(index, text.count)...].starts(with: word) {
      let end = index + word.count
      if word[0].isASCIILetter, end < text.count, text[end].isASCIILetter { continue }
      return (power, word.count)
    }
    return nil
  }
}
