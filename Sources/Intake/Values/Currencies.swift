import Listings

/// Currencies: their marks, their decimals and the dated rates by which prices are put in one order.
///
/// Shape:  currencies are numbered from 1 in the order of the tables, 0 is unknown; at most 255.
/// Units:  a rate is millionths of a currency unit per US dollar.
package struct Currencies: Sendable {
  typealias Mark = CurrencyMark

  /// ISO 4217 codes; `codes[0]` belongs to currency 1.
  package private(set) var codes: [String] = []
  private(set) var minorDigits: [Int] = [2]
  /// Millionths of a unit per US dollar; 0 where none is known.
  private(set) var rates: [Int64] = [0]
  private var numbers: [String: UInt8] = [:]
  /// Marks by their first byte, the longest first.
  private var marksByFirstByte: [[Mark]] = Array(repeating: [], count: 256)
  /// The same by their last byte.
  private var marksByLastByte: [[Mark]] = Array(repeating: [], count: 256)
  private var marksByText: [[UInt8]: Mark] = [:]

  /// - Parameters:
  ///   - rates: `currency,units_per_usd,minor_digits,…`
  ///   - marks: `mark,currency,place,note`, the note naming further currencies after `also`.
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

  /// Adds a mark in place of one that is written the same. `P` and `p` are two.
  private mutating func add(_ mark: Mark, replacing other: Mark? = nil) {
    let first = Int(mark.bytes[0])
    marksByFirstByte[first].removeAll { known in
      known.bytes == mark.bytes && (known.forms == mark.forms || other.map { $0.forms == known.forms } == true)
    }
    marksByFirstByte[first].append(mark)
    if marksByText[mark.bytes]?.forms != nil, mark.forms != marksByText[mark.bytes]?.forms, other == nil { return }
    marksByText[mark.bytes] = mark
  }

  private mutating func add(rate row: [String]) {
    guard !row[1].isEmpty else { return }
    let number = number(adding: row[0])
    guard number > 0 else { return }
    minorDigits[Int(number)] = Int(row[2]) ?? 2
    rates[Int(number)] = Self.millionths(row[1])
  }

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

  /// Codes that are words of some language as well.
  private static let words: Set<String> = [
    "ALL", "AMD", "ANG", "AWG", "BAM", "BOB", "COP", "CUP", "DOP", "GEL", "LAK", "MAD", "MOP", "MUR", "PEN", "RON",
    "RUB", "SAR", "SOS", "TOP", "TRY",
  ]

  private static func millionths(_ text: String) -> Int64 {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = Int64(parts[0]), whole >= 0, whole < 1_000_000_000_000 else { return 0 }
    let fraction = parts.count > 1 ? String((parts[1] + "000000").prefix(6)) : "0"
    return whole * 1_000_000 + (Int64(fraction) ?? 0)
  }

  // MARK: Asking

  /// The number of an ISO 4217 code; 0 when unknown.
  package func number(ofCode code: String) -> UInt8 { numbers[code.uppercased()] ?? 0 }

  /// What a cell of the currency field names: a code or a mark that stands alone.
  /// `AU $` is the mark `AU$`, `CAD $` the code with its sign.
  func mark(named cell: UnsafeRawBufferPointer) -> Mark? {
    let name = PriceWriting(cell).text
    if let mark = marksByText[name] { return mark }
    let written = name.filter { $0 != .blank }
    return marksByText[written] ?? marksByText[written.filter { $0 != UInt8(ascii: "$") }]
  }

  /// The mark that is written so, as it is compared.
  func mark(of bytes: [UInt8]) -> Mark? { marksByText[bytes] }

  /// The longest mark that stands at `index` of the text of a price.
  func mark(at index: Int, in writing: PriceWriting, where isFitting: (Mark) -> Bool) -> Mark? {
    marksByFirstByte[Int(writing.text[index])].first { writing.has($0.bytes, at: index) && isFitting($0) }
  }

  /// The longest mark that ends at `end` and begins at `least` or later.
  func mark(
    endingAt end: Int, notBelow least: Int, in writing: PriceWriting, where isFitting: (Mark) -> Bool
  ) -> Mark? {
    guard end > least else { return nil }
    return marksByLastByte[Int(writing.text[end - 1])].first { mark in
      end - mark.bytes.count >= least && writing.has(mark.bytes, at: end - mark.bytes.count) && isFitting(mark)
    }
  }

  /// `price_usd` → (`price`, USD): a name without the currency that ends it.
  func nameWithoutCurrency(_ name: String) -> (rest: String, currency: UInt8)? {
    let words = name.split { !$0.isLetter && !$0.isNumber && $0 != "$" && $0 != "€" && $0 != "£" && $0 != "¥" }
    guard words.count > 1, let last = words.last, let mark = marksByText[PriceWriting.folded(last)],
      mark.currencies.count == 1, mark.power == 0, !mark.isLetter
    else { return nil }
    return (words.dropLast().joined(separator: "_"), mark.currencies[0])
  }

  /// What three digits behind a single point or comma are in a currency: decimals of the dinar of Kuwait, not of that of
  /// Iraq, whose thousandths are worth nothing.
  func decimals(of currency: UInt8) -> PriceNumber.Decimals {
    guard minorDigits[Int(currency)] == 3, rates[Int(currency)] < 10_000_000 else { return .usual }
    // French and Arabic are written side by side in Tunis, and with them comma and point.
    return codes[Int(currency) - 1] == "TND" ? .threeAlsoByComma : .three
  }

  /// Ten-thousandths of a US dollar for ten-thousandths of a unit; nil without a rate.
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

  private static func divide(_ high: Int64, _ low: UInt64, by rate: Int64) -> Int64? {
    guard high >= 0, high < rate / 2 else { return nil }
    let quotient = rate.dividingFullWidth((high, low)).quotient
    return quotient
  }
}

extension String {
  /// The UTF-8 bytes, copied.
  var utf8Bytes: [UInt8] { Array(utf8) }
}

extension Folding {
  static func folded(_ bytes: [UInt8]) -> [UInt8] { bytes.withUnsafeBytes { folded($0) } }
}
