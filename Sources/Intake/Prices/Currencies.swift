import Listings

/// Currencies: their marks, their decimals, and the dated rates that put prices in one order.
///
/// Shape:  currencies are numbered from 1 in the order of the tables; 0 is unknown; at most 255.
/// Units:  a rate is in millionths of a currency unit per US dollar.
/// Cost:   a mark is found among the few that share its first or last byte.
package struct Currencies: Sendable {
  typealias Mark = CurrencyMark

  /// ISO 4217 codes; `codes[0]` belongs to currency 1.
  package private(set) var codes: [String] = []
  /// Decimals of each currency, by its number.
  private(set) var minorDigits: [Int] = [2]
  /// Millionths of a unit per US dollar; 0 where none is known.
  private(set) var rates: [Int64] = [0]
  /// The day of each rate, and where it is from, by code, as the table says.
  private(set) var origins: [String: (day: String, source: String)] = [:]
  /// The number of each code.
  private var numbers: [String: UInt8] = [:]
  /// Marks by their first byte, longest first.
  private var marksByFirstByte: [[Mark]] = Array(repeating: [], count: 256)
  /// The same by their last byte.
  private var marksByLastByte: [[Mark]] = Array(repeating: [], count: 256)
  /// Marks by their normalised spelling.
  private var marksByText: [[UInt8]: Mark] = [:]

  /// - Parameters:
  ///   - rates: `currency,units_per_usd,minor_digits,…`
  ///   - marks: `mark,currency,place,note`, where the note names further currencies after `also`.
  init(rates rateRows: [[String]], marks markRows: [[String]]) {
    for row in rateRows { add(rate: row) }
    for row in markRows where !row[1].isEmpty {
      if let mark = CurrencyMark(row, number: { number(adding: $0) }) { add(mark) }
    }
    for code in codes {
      let isWord = Self.words.contains(code)
      let mark = CurrencyMark(code: code, currency: numbers[code] ?? 0)
      let known = marksByText[mark.bytes]
      if isWord || known == nil { add(isWord ? (known ?? mark).inCapitals() : mark, replacing: known) }
    }
    for mark in marksByFirstByte.joined() { marksByLastByte[Int(mark.bytes[mark.bytes.count - 1])].append(mark) }
    for index in 0..<256 {
      marksByFirstByte[index].sort { $0.bytes.count > $1.bytes.count }
      marksByLastByte[index].sort { $0.bytes.count > $1.bytes.count }
    }
  }

  /// Adds a mark, replacing one with the same spelling. `P` and `p` are different marks.
  ///
  /// Shape:  where one spelling has several forms, a lookup by text alone gives the mark without a form.
  private mutating func add(_ mark: Mark, replacing other: Mark? = nil) {
    let first = Int(mark.bytes[0])
    marksByFirstByte[first].removeAll { known in
      known.bytes == mark.bytes && (known.forms == mark.forms || other.map { $0.forms == known.forms } == true)
    }
    marksByFirstByte[first].append(mark)
    if marksByText[mark.bytes]?.forms != nil, mark.forms != marksByText[mark.bytes]?.forms, other == nil { return }
    marksByText[mark.bytes] = mark
  }

  /// Adds a currency with its rate.
  ///
  /// Shape:  a row without a rate is ignored; a malformed rate is 0, as if none were known.
  private mutating func add(rate row: [String]) {
    guard !row[1].isEmpty else { return }
    let number = number(adding: row[0])
    guard number > 0 else { return }
    minorDigits[Int(number)] = Int(row[2]) ?? 2
    rates[Int(number)] = Self.millionths(row[1])
    origins[row[0]] = (row.count > 3 ? row[3] : "", row.count > 4 ? row[4] : "")
  }

  /// What is known of the rate of a currency: units per US dollar in plain digits, the day, and where it is from; nil for
  /// none.
  package func rate(of code: String) -> (unitsPerDollar: String, day: String, source: String)? {
    guard let number = numbers[code], rates[Int(number)] > 0, let origin = origins[code] else { return nil }
    let (whole, part) = rates[Int(number)].quotientAndRemainder(dividingBy: 1_000_000)
    var fraction = String(part)
    fraction = String(repeating: "0", count: 6 - fraction.count) + fraction
    while fraction.last == "0" { fraction.removeLast() }
    return (fraction.isEmpty ? "\(whole)" : "\(whole).\(fraction)", origin.day, origin.source)
  }

  /// The number of a code, which is added if it is new; 0 where there is no room or the code is malformed.
  ///
  /// Limits: 255 currencies, since columns store a byte.
  private mutating func number(adding code: String) -> UInt8 {
    if let number = numbers[code] { return number }
    guard codes.count < 255, code.utf8.count == 3 else { return 0 }
    codes.append(code)
    minorDigits.append(2)
    rates.append(0)
    let number = UInt8(codes.count)
    numbers[code] = number
    return number
  }

  /// Codes that are also words in some language, and thus only count in capitals.
  private static let words: Set<String> = [
    "ALL", "AMD", "ANG", "AWG", "BAM", "BOB", "COP", "CUP", "DOP", "GEL", "LAK", "MAD", "MOP", "MUR", "PEN", "RON",
    "RUB", "SAR", "SOS", "TOP", "TRY",
  ]

  /// A decimal number in millionths; 0 for anything else.
  ///
  /// Limits: six decimals, further ones are cut off; below 10^12 units.
  private static func millionths(_ text: String) -> Int64 {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = Int64(parts[0]), whole >= 0, whole < 1_000_000_000_000 else { return 0 }
    let fraction = parts.count > 1 ? String((parts[1] + "000000").prefix(6)) : "0"
    return whole * 1_000_000 + (Int64(fraction) ?? 0)
  }

  // MARK: Lookup

  /// The number of an ISO 4217 code in any case; 0 where it is unknown.
  package func number(ofCode code: String) -> UInt8 { numbers[code.uppercased()] ?? 0 }

  /// The code or mark that a currency field contains: `AU $` is the mark `AU$`, `CAD $` the code with its sign.
  func mark(named cell: UnsafeRawBufferPointer) -> Mark? {
    let name = PriceNotation(cell).text
    if let mark = marksByText[name] { return mark }
    let written = name.filter { $0 != .blank }
    return marksByText[written] ?? marksByText[written.filter { $0 != UInt8(ascii: "$") }]
  }

  /// The mark with this normalised spelling.
  ///
  /// Cost:   one hash lookup.
  func mark(of bytes: [UInt8]) -> Mark? { marksByText[bytes] }

  /// The longest fitting mark at `index` in the text of a price.
  func mark(at index: Int, in notation: PriceNotation, where isFitting: (Mark) -> Bool) -> Mark? {
    marksByFirstByte[Int(notation.text[index])].first { notation.has($0.bytes, at: index) && isFitting($0) }
  }

  /// The longest fitting mark that ends at `end` and does not begin before `limit`.
  ///
  /// Cost:   compares the marks that share its last byte.
  func mark(
    endingAt end: Int, notBelow limit: Int, in notation: PriceNotation, where isFitting: (Mark) -> Bool
  ) -> Mark? {
    guard end > limit else { return nil }
    return marksByLastByte[Int(notation.text[end - 1])].first { mark in
      end - mark.bytes.count >= limit && notation.has(mark.bytes, at: end - mark.bytes.count) && isFitting(mark)
    }
  }

  /// Splits `price_usd` into `price` and USD: a name and the currency that ends it.
  ///
  /// Fails:  returns nil for a name of one word, and where the last word may mean several currencies.
  func nameWithoutCurrency(_ name: String) -> (rest: String, currency: UInt8)? {
    let words = name.split { !$0.isLetter && !$0.isNumber && $0 != "$" && $0 != "€" && $0 != "£" && $0 != "¥" }
    guard words.count > 1, let last = words.last, let mark = marksByText[PriceNotation.folded(last)],
      mark.currencies.count == 1, mark.power == 0, !mark.isLetter
    else { return nil }
    return (words.dropLast().joined(separator: "_"), mark.currencies[0])
  }

  /// What three digits after a single point or comma mean in a currency: decimals for the dinar of Kuwait, but thousands
  /// for that of Iraq, whose thousandths are worth nothing.
  func decimals(of currency: UInt8) -> PriceNumber.Decimals {
    guard minorDigits[Int(currency)] == 3, rates[Int(currency)] < 10_000_000 else { return .usual }
    // Tunisia uses French and Arabic side by side, and with them both comma and point.
    return codes[Int(currency) - 1] == "TND" ? .threeAlsoByComma : .three
  }

  /// An amount in US dollars, both in ten-thousandths; nil without a rate, or where the result is too large.
  ///
  /// Shape:  exact, and rounded half up once.
  @inline(__always)
  func usDollars(_ amount: Int64, in currency: UInt8) -> Int64? {
    let rate = rates[Int(currency)]
    guard rate > 0 else { return nil }
    // Exact in 128 bits, rounded half up once.
    let (high, low) = amount.multipliedFullWidth(by: 1_000_000)
    guard high == 0, low <= UInt64(Int64.max - rate) else {
      return Self.divide(high, low, by: rate)
    }
    return (Int64(low) + rate / 2) / rate
  }

  /// The quotient in 128 bits.
  ///
  /// Fails:  returns nil for negative numbers, and where the quotient exceeds 64 bits.
  private static func divide(_ high: Int64, _ low: UInt64, by rate: Int64) -> Int64? {
    guard high >= 0, high < rate / 2 else { return nil }
    let quotient = rate.dividingFullWidth((high, low)).quotient
    return quotient
  }
}

/// Conversions that the tables need.
extension String {
  /// The UTF-8 bytes, copied.
  var utf8Bytes: [UInt8] { Array(utf8) }
}

extension Folding {
  /// The folded form of UTF-8 bytes.
  static func folded(_ bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { folded($0) } }
}

/// A mark beside an amount: a sign, a code, or a word. Of several currencies that share it, the first is the usual one.
struct CurrencyMark: Sendable {
  /// Its normalised spelling, see `PriceNotation`.
  let bytes: [UInt8]
  /// The currencies that it may mean, by their numbers.
  let currencies: [UInt8]
  /// Whether it may precede an amount.
  let before: Bool
  /// Whether it may follow an amount.
  let after: Bool
  /// The power of ten that multiplies the amount: a toman is ten rials, a cent a hundredth.
  var power = 0
  /// What folding removed, for marks that only count as spelled: `Br` is the birr, `br` a bedroom.
  var forms: [UInt8]?
  /// Whether it only counts where column, platform or country have that currency.
  var needsLocalCurrency = false
  /// Whether it is also an ordinary word (`real`, `won`), so that no other word may follow.
  var isOrdinaryWord = false
  /// Whether any other mark takes precedence: `/=` and `:-` end amounts in several currencies.
  var isWeak = false
  /// Whether it means its first currency unless a place has another of them: `£` is Egyptian in Egypt only.
  var isSettled = false
  /// Whether a single digit after it means tenths: `3块5`.
  var isSpoken = false

  /// Whether it is a single letter (`R`, `K`), which must be a capital. `đ` folds to one letter but is none.
  var isLetter: Bool { bytes.count == 1 && bytes[0].isASCIILetter && forms == [PriceNotation.capital] }
  /// Whether it is the plain `$`.
  var isDollar: Bool { bytes == [UInt8(ascii: "$")] }
  /// Whether it cannot be a word or measure by chance: signs, codes and words can not, `MT` and `Br` can.
  var isUnmistakable: Bool { !isWeak && (bytes.count > 2 || bytes.contains { !$0.isASCIILetter }) }

  /// - Parameters:
  ///   - row: `mark,currency,place,note`, where the note lists what is special.
  ///   - number: gives the number of a code.
  init?(_ row: [String], number: (String) -> UInt8) {
    let notation = PriceNotation(row[0])
    let first = number(row[1])
    guard first > 0, !notation.text.isEmpty else { return nil }
    let note = row[3]
    var all = [first]
    // "also ARS AUD CAD; the country decides": codes up to the first semicolon. "also EGP in Egypt": only there.
    if let also = note.split(separator: ";").first(where: { $0.says("also ") }) {
      isSettled = also.says(" in ")
      for word in also.split(whereSeparator: { $0 == " " || $0 == "," }) where Self.isCode(word) {
        let currency = number(String(word))
        if currency > 0, !all.contains(currency) { all.append(currency) }
      }
    }
    (bytes, currencies) = (notation.text, all)
    (before, after) = (row[2] != "after", row[2] != "before")
    power = Self.power(note)
    needsLocalCurrency = note.says("only where the place has it")
    isOrdinaryWord = note.says("ordinary word")
    isWeak = note.says("yields to")
    isSpoken = note.says("spoken")
    let isOneLetter = bytes.count == 1 && bytes[0].isASCIILetter
    if note.says("only as written") || isOneLetter { forms = notation.forms(of: bytes.indices) }
    // A table may have a letter in either case. It means the capital unless the note says otherwise.
    if isOneLetter, forms == [PriceNotation.plain], !note.says("only as written") {
      forms = [PriceNotation.capital]
    }
  }

  /// The mark for an ISO 4217 code that no row has.
  init(code: String, currency: UInt8) {
    let notation = PriceNotation(code)
    (bytes, currencies, before, after) = (notation.text, [currency], true, true)
  }

  /// The same mark, valid only in capitals: `TRY` is the lira, `try` a word.
  func inCapitals() -> CurrencyMark {
    var mark = self
    mark.forms = bytes.map { $0.isASCIILetter ? PriceNotation.capital : PriceNotation.plain }
    return mark
  }

  /// Whether a word in a note is an ISO 4217 code.
  ///
  /// Shape:  three ASCII capitals.
  private static func isCode(_ word: Substring) -> Bool {
    word.utf8.count == 3 && word.utf8.allSatisfy { (0x41...0x5A).contains($0) }
  }

  /// The power of ten from "multiplied by 1000" or "divided by 100" in a note.
  private static func power(_ note: String) -> Int {
    func zeros(after phrase: String) -> Int? {
      guard note.says(phrase) else { return nil }
      return note.firstRange(of: phrase).map { note[$0.upperBound...].prefix { $0 == "0" }.count }
    }
    return zeros(after: "multiplied by 1") ?? zeros(after: "divided by 1").map { -$0 } ?? 0
  }
}

extension StringProtocol {
  /// Whether the text has these bytes somewhere. `contains` compares characters, which for the thousand notes of a table
  /// takes longer than all the rest of reading it.
  fileprivate func says(_ phrase: String) -> Bool {
    let bytes = utf8
    return !bytes.isEmpty && bytes.indices.contains { bytes[$0...].starts(with: phrase.utf8) }
  }
}
