import Listings

/// What continues a number: multiples and fractions.
extension PriceNumbers {
  // MARK: Multiples

  /// `2 triệu`, `1tr6`, `1万2千`, `1 triệu 500 nghìn`, `1億2,000万`.
  func addMultiples(to number: inout PricedNumber) {
    guard let first = multiple(at: number.end, number.digits, number.signs) else { return }
    (number.power, number.end, number.implied) = (first.power, first.end, first.implied)
    var power = first.power
    while power > 0 {
      let isClose = writing.isDigit(number.end)
      let start = skipAnd(number.end)
      guard writing.isDigit(start), let next = continuation(start, below: power, of: number) else {
        // "1tr1234567": digits glued to a multiple that they do not continue.
        if isClose { number.flaw = .digitsUnclear }
        return
      }
      guard let more = next.value else {
        (number.flaw, number.end) = (.digitsUnclear, next.end)
        return
      }
      number.rest += more
      (number.end, power) = (next.end, next.power)
    }
  }

  /// The digits from `start` on with a smaller multiple, or as the places behind a larger one (`1tr6`). No value where they
  /// are glued to it and mean nothing; nil where they are a number of their own.
  private func continuation(
    _ start: Int, below power: Int, of number: PricedNumber
  ) -> (value: Int64?, end: Int, power: Int)? {
    let end = endOfDigits(start)
    let digits = PriceNumber.read(text[start..<end]).map { $0 / 10_000 }
    if let next = multiple(at: end, start..<end, number.signs) {
      // "2천5백만": the larger multiple counts for both, which nobody reads here.
      guard next.power < power else { return start == number.end ? (nil, next.end, 0) : nil }
      guard let value = digits.flatMap({ PriceNumber.scaled($0, by: next.power) }), value < Self.tenTo(power) else {
        return nil
      }
      return (value, next.end, next.power)
    }
    let isClose = start == number.end
    let count = plainDigits(at: start)
    // "1億2,000円": whole units with their thousands apart.
    if count < end - start, let digits, digits < Self.tenTo(power), signFollows(end) { return (digits, end, 0) }
    guard count <= power, count == end - start, let digits else { return isClose ? (nil, end, 0) : nil }
    // Behind a blank it continues the amount only where nothing but a mark follows: "2 triệu 1 con" is for one animal.
    guard isClose || writing.skipBlanks(end) == text.count || signFollows(end), isClose || count < power else {
      return nil
    }
    return (PriceNumber.scaled(digits, by: power - count), end, 0)
  }

  private static func tenTo(_ power: Int) -> Int64 { PriceNumber.scaled(1, by: power) ?? .max }

  /// Blanks and the Persian and Arabic "and": `۱ میلیارد و ۲۰۰ میلیون`.
  private func skipAnd(_ index: Int) -> Int {
    let start = writing.skipBlanks(index)
    let and: [UInt8] = [0xD9, 0x88, .blank]
    return start > index && writing.has(and, at: start) ? writing.skipBlanks(start + and.count) : start
  }

  private func multiple(
    at index: Int, _ digits: Range<Int>, _ signs: CurrencySigns
  ) -> (power: Int, end: Int, implied: [String])? {
    let start = writing.skipBlanks(index)
    let found = PriceMultiples.multiple(in: writing, at: start, isClose: start == index) { multiple in
      isMeant(multiple, start + multiple.word.count, signs, isCapital: writing.isCapital(start))
    }
    guard let found else { return nil }
    // In Myanmar `K` is the currency, unless the number is too small to be in it.
    if found.isThousand, digits.count >= 4, isLikely(named: found.word) { return nil }
    var end = start + found.word.count
    // "тыс. руб", "Mio. €": the point of an abbreviation, but not the one of "5k.00".
    if writing.has([UInt8(ascii: ".")], at: end), !writing.isDigit(end + 1) { end += 1 }
    return (found.power, end, found.rules.currencies)
  }

  private func isMeant(
    _ multiple: PriceMultiples.Multiple, _ end: Int, _ signs: CurrencySigns, isCapital: Bool
  ) -> Bool {
    let rules = multiple.rules
    if !rules.only.isEmpty {
      let only = rules.only.map { currencies.number(ofCode: $0) }
      return signs.isEmpty ? isCapital && multiple.word.count > 1 : signs.currencies.contains { only.contains($0) }
    }
    if rules.needsMarkBehind { return signFollows(end) }
    return !rules.needsMark || !signs.isEmpty || signFollows(end)
  }

  private func isLikely(named word: [UInt8]) -> Bool {
    likely > 0 && currencies.mark(of: word)?.currencies.contains(likely) == true
  }

  // MARK: Fractions

  /// `12€50` and `3块5`: what follows a mark without a blank is its hundredths or tenths. With other marks (`65$90`) it is
  /// another price, and nothing tells which of the two is meant.
  func addFraction(_ mark: CurrencyMark, to number: inout PricedNumber) {
    let count = plainDigits(at: number.end)
    let isEuro = mark.currencies == [currencies.number(ofCode: "EUR")]
    let digits = Int64(String(decoding: text[number.end..<number.end + min(count, 3)], as: UTF8.self)) ?? 0
    switch count {
    case 2 where (isEuro || mark.isSpoken) && number.power == 0: number.fraction = digits * 100
    case 1 where mark.isSpoken && number.power == 0: number.fraction = digits * 1000
    default:
      number.flaw = .digitsUnclear
      return
    }
    number.end += count
  }
}
