import Listings

/// The words for thousands and millions after a number: `12k`, `1,5jt`, `2 tỷ`, `1.2万`, `5 แสน`, `15 тыс`.
///
/// Source: the ordinary words of these languages, as classified advertisements write them.
enum PriceMultiples {
  /// A word, the power of ten that it means, and the conditions under which it does.
  struct Multiple {
    let word: [UInt8]
    let power: Int
    let rules: Rules

    var isThousand: Bool { word == [UInt8(ascii: "k")] }
  }

  /// The conditions under which a word is a multiple.
  struct Rules {
    /// Directly after the digits or in capitals, where it cannot be a word or unit of its own.
    var isClose = false
    /// Not in capitals: `3w` is thirty thousand, `60W` a lamp.
    var isLowerCase = false
    /// With a currency mark beside the number: `$1.5m`, while `1.5m` is a length.
    var needsMark = false
    /// With a currency mark after it: `1,2 mil. Kč` is a million, `R$ 350 mil.` are thousands.
    var needsMarkBehind = false
    /// With one of these currencies beside the number, or none: `₹45 L`.
    var only: [String] = []
    /// The currencies of the countries that use the word, where these are few: `triệu` suggests dong.
    var currencies: [String] = []
  }

  /// The longest multiple at `index` that `isMeant` accepts.
  ///
  /// Cost:   compares the words that share a first byte.
  static func multiple(
    in notation: PriceNotation, at index: Int, isClose: Bool, isMeant: (Multiple) -> Bool
  ) -> Multiple? {
    guard index < notation.text.count else { return nil }
    let isFree = isClose || notation.isCapital(index)
    return byFirstByte[Int(notation.text[index])].first { multiple in
      (isFree || !multiple.rules.isClose) && !(multiple.rules.isLowerCase && notation.isCapital(index))
        && notation.has(multiple.word, at: index) && endsWord(notation, index + multiple.word.count)
        && isMeant(multiple)
    }
  }

  /// Whether a word ends here. A multiple is not the beginning of a longer word, nor part of `k.k.`; Thai, Chinese and
  /// similar scripts continue without blanks.
  private static func endsWord(_ notation: PriceNotation, _ end: Int) -> Bool {
    if notation.isWordLetter(before: end), notation.isWordLetter(at: end) { return false }
    return
      !(notation.has([UInt8(ascii: ".")], at: end) && notation.isWordLetter(at: end + 1)
      && notation.has([UInt8(ascii: ".")], at: end + 2))
  }

  /// All multiples by their first byte, longest first.
  private static let byFirstByte: [[Multiple]] = {
    var table: [[Multiple]] = Array(repeating: [], count: 256)
    for (power, rules, words) in all {
      for word in words.split(separator: " ") {
        let folded = PriceNotation.folded(word)
        table[Int(folded[0])].append(Multiple(word: folded, power: power, rules: rules))
      }
    }
    for index in table.indices { table[index].sort { $0.word.count > $1.word.count } }
    return table
  }()

  /// Words of Vietnamese, which suggest dong.
  private static let vietnam = Rules(currencies: ["VND"])
  /// Words of Indonesian and Malay, which suggest rupiah or ringgit.
  private static let indonesia = Rules(currencies: ["IDR", "MYR"])
  /// Single letters, which are often something else.
  private static let letter = Rules(isClose: true, needsMark: true)
  /// Words that only multiply South Asian currencies.
  private static let india = Rules(isClose: true, only: ["INR", "PKR", "NPR", "BDT", "LKR"])

  /// The words by their power of ten and conditions.
  ///
  /// Shape:  separated by blanks, and folded when the table is built.
  private static let all: [(power: Int, Rules, words: String)] = [
    (2, Rules(), "百 ร้อย 백"),
    (
      3, Rules(),
      "k к 千 仟 천 thousand พัน тыс тысяч тысячи тысяча тис тисяч хил мың tis tys tsd tausend mille mila mii mil "
        + "bin ezer elfu libo χιλ هزار ألف الف آلاف אלף हजार हज़ार হাজার ພັນ ពាន់ ထောင်"
    ),
    (3, vietnam, "nghìn ngàn"), (3, indonesia, "rb rbu rban ribu ribuan"), (3, Rules(isClose: true), "т"),
    (4, Rules(), "万 萬 만 หมื่น ໝື່ນ ម៉ឺន သောင်း"), (4, Rules(isClose: true, isLowerCase: true), "w"),
    (5, Rules(), "十万 十萬 십만 แสน ແສນ lakh lakhs lac lacs laki लाख লাখ লক্ষ لاکھ သိန်း"), (5, india, "l"),
    (
      6, Rules(),
      "百万 百萬 백만 ล้าน ລ້ານ លាន သန်း млн миллион миллиона миллионов мільйон мільйонів million millions millionen "
        + "millon millones milione milioni milhao milhoes milioane milion milionu milionow miljoen miljoner milj "
        + "millioner millio mill mio mln mili milyon مليون ملايين میلیون מיליון"
    ),
    (6, vietnam, "tr triệu"), (6, indonesia, "jt juta jutaan"), (6, letter, "m mn"),
    (6, Rules(needsMarkBehind: true), "mil."),
    (7, Rules(), "千万 千萬 천만 crore crores करोड़ কোটি کروڑ"), (7, india, "cr crs"),
    (8, Rules(), "亿 億 억"),
    (9, Rules(), "milyar billion billions mld mrd milliarde milliarden miliardi млрд مليار میلیارد"),
    (9, vietnam, "tỷ tỉ"), (9, indonesia, "miliar"), (9, letter, "b bn"),
  ]
}

/// Finds what continues a number: multiples and fractions.
extension PriceNumbers {
  // MARK: Multiples

  /// Adds the multiples after a number: `2 triệu`, `1tr6`, `1万2千`, `1 triệu 500 nghìn`, `1億2,000万`.
  ///
  /// Shape:  each further multiple must be smaller than the last.
  func addMultiples(to number: inout PricedNumber) {
    guard let first = multiple(at: number.end, number.digits, number.signs) else { return }
    (number.power, number.end, number.implied) = (first.power, first.end, first.implied)
    var power = first.power
    while power > 0 {
      let isClose = notation.isDigit(number.end)
      let start = skipAnd(number.end)
      guard notation.isDigit(start), let next = continuation(start, below: power, of: number) else {
        // "1tr1234567": digits attached to a multiple that they do not continue.
        if isClose { number.problem = .digitsUnclear }
        return
      }
      guard let more = next.value else {
        (number.problem, number.end) = (.digitsUnclear, next.end)
        return
      }
      number.rest += more
      (number.end, power) = (next.end, next.power)
    }
  }

  /// Digits at `start` that continue a number: with a smaller multiple, or as the decimals of a larger one (`1tr6`). The value
  /// is nil where they are attached to it but meaningless; the result is nil where they are a number of their own.
  private func continuation(
    _ start: Int, below power: Int, of number: PricedNumber
  ) -> (value: Int64?, end: Int, power: Int)? {
    let end = endOfDigits(start)
    let digits = PriceNumber.read(text[start..<end]).map { $0 / 10_000 }
    if let next = multiple(at: end, start..<end, number.signs) {
      // "2천5백만": the larger multiple applies to both, which is not supported.
      guard next.power < power else { return start == number.end ? (nil, next.end, 0) : nil }
      guard let value = digits.flatMap({ PriceNumber.scaled($0, by: next.power) }), value < Self.tenTo(power) else {
        return nil
      }
      return (value, next.end, next.power)
    }
    let isClose = start == number.end
    let count = plainDigits(at: start)
    // "1億2,000円": whole units, with their thousands grouped.
    if count < end - start, let digits, digits < Self.tenTo(power), signFollows(end) { return (digits, end, 0) }
    guard count <= power, count == end - start, let digits else { return isClose ? (nil, end, 0) : nil }
    // After a blank it only continues the amount if nothing but a mark follows: "2 triệu 1 con" is for one animal.
    guard isClose || notation.skipBlanks(end) == text.count || signFollows(end), isClose || count < power else {
      return nil
    }
    return (PriceNumber.scaled(digits, by: power - count), end, 0)
  }

  /// A power of ten; the largest number where it overflows.
  private static func tenTo(_ power: Int) -> Int64 { PriceNumber.scaled(1, by: power) ?? .max }

  /// Skips blanks and the Persian and Arabic "and": `۱ میلیارد و ۲۰۰ میلیون`.
  private func skipAnd(_ index: Int) -> Int {
    let start = notation.skipBlanks(index)
    let and: [UInt8] = [0xD9, 0x88, .blank]
    return start > index && notation.has(and, at: start) ? notation.skipBlanks(start + and.count) : start
  }

  /// The multiple after digits, with its end and the currencies it suggests.
  ///
  /// Shape:  the point of an abbreviation belongs to it.
  private func multiple(
    at index: Int, _ digits: Range<Int>, _ signs: CurrencySigns
  ) -> (power: Int, end: Int, implied: [String])? {
    let start = notation.skipBlanks(index)
    let found = PriceMultiples.multiple(in: notation, at: start, isClose: start == index) { multiple in
      isMeant(multiple, start + multiple.word.count, signs, isCapital: notation.isCapital(start))
    }
    guard let found else { return nil }
    // In Myanmar `K` is the currency, unless the number is too small for it.
    if found.isThousand, digits.count >= 4, isLikely(named: found.word) { return nil }
    var end = start + found.word.count
    // "тыс. руб", "Mio. €": the point of an abbreviation, unlike that of "5k.00".
    if notation.has([UInt8(ascii: ".")], at: end), !notation.isDigit(end + 1) { end += 1 }
    return (found.power, end, found.rules.currencies)
  }

  /// Whether the conditions of a multiple are met.
  ///
  /// Shape:  a word of certain currencies counts beside them, or alone in capitals.
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

  /// Whether the word is also the mark of the currency that the row suggests.
  private func isLikely(named word: [UInt8]) -> Bool {
    likely > 0 && currencies.mark(of: word)?.currencies.contains(likely) == true
  }

  // MARK: Fractions

  /// Adds the decimals attached to a mark: `12€50` are hundredths, `3块5` tenths. After any other mark (`65$90`) they are
  /// another price, and nothing says which of the two is meant.
  func addFraction(_ mark: CurrencyMark, to number: inout PricedNumber) {
    let count = plainDigits(at: number.end)
    let isEuro = mark.currencies == [currencies.number(ofCode: "EUR")]
    let digits = Int64(String(decoding: text[number.end..<number.end + min(count, 3)], as: UTF8.self)) ?? 0
    switch count {
    case 2 where (isEuro || mark.isSpoken) && number.power == 0: number.fraction = digits * 100
    case 1 where mark.isSpoken && number.power == 0: number.fraction = digits * 1000
    default:
      number.problem = .digitsUnclear
      return
    }
    number.end += count
  }
}
