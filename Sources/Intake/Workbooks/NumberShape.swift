import Listings
import SmallFormats

/// What a number in a sheet means, according to the format in which it is shown.
///
/// Source: ECMA-376 part 1, 18.8.30 and 18.8.31.
enum NumberShape: Equatable, Sendable {
  case number
  /// A day, a time of day, or both, as the value decides.
  case time
  /// Hours that continue beyond 24.
  case elapsed
  /// A sum of money.
  case amount(AmountFormat)

  /// - Parameter code: the format code; nil for built-in formats.
  ///
  /// Source: ECMA-376 part 1, 18.8.30, the built-in format ids.
  init(formatID: Int, code: String?, _ currencies: Currencies) {
    if let code {
      self = Self.shape(ofCode: code)
      if self == .number, let amount = AmountFormat(code: code, currencies) { self = .amount(amount) }
      return
    }
    switch formatID {
    // 27-36 and 50-58 are dates in Chinese, Japanese, Korean and Thai workbooks, and unused elsewhere.
    case 14...22, 27...36, 45, 47, 50...58: self = .time
    case 46: self = .elapsed
    default: self = .number
    }
  }

  /// Decides by the first unquoted letter or digit placeholder: `yyyy-mm-dd`, `[h]:mm`, `0.00 "days"`, `[Red]#,##0`.
  private static func shape(ofCode code: String) -> NumberShape {
    let code = Array(code.lowercased())
    var index = 0
    while index < code.count {
      switch code[index] {
      case ";": return .number
      case "\"": index = code[(index + 1)...].firstIndex(of: "\"") ?? code.count
      case "\\", "_", "*": index += 1
      case "[":
        let end = code[index...].firstIndex(of: "]") ?? code.count
        let inside = code[(index + 1)..<max(index + 1, end)]
        if let unit = inside.first, "hms".contains(unit), inside.allSatisfy({ $0 == unit }) { return .elapsed }
        index = end
      case "0", "#", "?", "@": return .number
      case "g":
        if code[index...].starts(with: "general") { return .number }
        return .time
      case "y", "m", "d", "h", "s", "e", "b": return .time
      default: break
      }
      index += 1
    }
    return .number
  }
}

/// The currency with which a number is shown: the mark in its format, as in `[$€-407] #,##0.00`, `"zł"`, `[$$-1009]`.
///
/// Source: ECMA-376 part 1, 18.8.31; [MS-LCID] for the locales after `-`.
struct AmountFormat: Equatable, Sendable {
  /// What goes before the number. It includes the ISO code where the locale decides between several countries.
  let prefix: String

  /// Nil where the format shows no currency. Built-in formats show the currency of whoever opens the workbook.
  ///
  /// Shape:  only the part for positive numbers counts, up to the first `;`.
  init?(code: String, _ currencies: Currencies) {
    var mark = ""
    var locale: Substring = ""
    let code = Array(code)
    var index = 0
    scan: while index < code.count {
      switch code[index] {
      case ";": break scan
      case "\"":
        let end = code[(index + 1)...].firstIndex(of: "\"") ?? code.count
        mark += String(code[(index + 1)..<end])
        index = end
      case "\\":
        if index + 1 < code.count { mark.append(code[index + 1]) }
        index += 1
      case "_", "*": index += 1
      case "[":
        let end = code[index...].firstIndex(of: "]") ?? code.count
        let inside = code[(index + 1)..<max(index + 1, end)]
        if inside.first == "$" {
          let parts = String(inside.dropFirst()).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
          if !parts[0].isEmpty {
            mark += parts[0]
            locale = parts.count > 1 ? parts[1] : ""
          }
        }
        index = end
      case "0", "#", "?", ",", ".", " ", "-", "+", "(", ")", "/", "%": break
      case let sign where sign.unicodeScalars.first?.properties.generalCategory == .currencySymbol: mark.append(sign)
      default: break
      }
      index += 1
    }
    mark = mark.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // A lone letter may mean days or metres.
    guard mark.utf8.count > 1 || mark.utf8.first?.isASCIILetter == false,
      let found = Self.currencyMark(mark, currencies)
    else { return nil }
    let local = Self.country(locale).flatMap { Self.currencies[$0] }.flatMap { code in
      found.currencies.count > 1 && found.currencies.contains(currencies.number(ofCode: code)) ? code : nil
    }
    // A mark that only follows amounts is replaced by its code.
    let shown = found.before ? mark : currencies.codes[Int(found.currencies[0]) - 1]
    prefix = local.map { "\($0) \(mark)" } ?? shown
  }

  /// The currency mark in a format; nil where it may be a measure or an ordinary word.
  ///
  /// Shape:  a mark must be as spelled in the table, and needs no place or other mark.
  private static func currencyMark(_ mark: String, _ currencies: Currencies) -> CurrencyMark? {
    let notation = PriceNotation(mark)
    guard let found = currencies.mark(of: notation.text), !found.needsLocalCurrency, !found.isWeak,
      !found.isOrdinaryWord,
      found.forms == nil || found.forms == notation.forms, found.currencies.first ?? 0 > 0
    else { return nil }
    return found
  }

  /// The country of a locale.
  ///
  /// - Parameter locale: `409` or `en-US`, sometimes with more on either side.
  private static func country(_ locale: Substring) -> String? {
    let parts = locale.split(separator: "-")
    if let last = parts.last, parts.count > 1, last.count == 2 { return last.uppercased() }
    guard let number = Int(locale.split(separator: ",").first ?? "", radix: 16) else { return nil }
    // The upper half specifies calendar and digits.
    return countries[number & 0xFFFF]
  }

  /// Countries by Windows language code, where the mark of their currency is ambiguous.
  private static let countries: [Int: String] = [
    0x409: "US", 0x540A: "US", 0x1009: "CA", 0xC0C: "CA", 0xC09: "AU", 0x1409: "NZ", 0x4809: "SG", 0x1004: "SG",
    0xC04: "HK", 0x3C09: "HK", 0x404: "TW", 0x80A: "MX", 0x2C0A: "AR", 0x340A: "CL", 0x240A: "CO", 0x300A: "EC",
    0x440A: "SV", 0x500A: "PR", 0x2009: "JM", 0x2C09: "TT", 0x83E: "BN", 0x809: "GB", 0x452: "GB", 0xC01: "EG",
    0x3001: "LB", 0x2801: "SY", 0x804: "CN", 0x411: "JP", 0x41D: "SE", 0x406: "DK", 0x414: "NO", 0x814: "NO",
    0x40F: "IS", 0x4009: "IN", 0x439: "IN", 0x420: "PK", 0x45B: "LK", 0x461: "NP", 0x807: "CH", 0x100C: "CH",
    0x810: "CH",
  ]

  /// The currencies of countries that share their mark with others.
  private static let currencies: [String: String] = [
    "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "MX": "MXN",
    "AR": "ARS", "CL": "CLP", "CO": "COP", "EC": "USD", "SV": "USD", "PR": "USD", "JM": "JMD", "TT": "TTD",
    "BN": "BND", "GB": "GBP", "EG": "EGP", "LB": "LBP", "SY": "SYP", "CN": "CNY", "JP": "JPY", "SE": "SEK",
    "DK": "DKK", "NO": "NOK", "IS": "ISK", "IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "CH": "CHF",
  ]
}

/// Converts numbers as sheets store them to the digits that people see.
///
/// Shape:  digits stay as they are stored, without redundant zeros (`5.0` becomes `5`). A spreadsheet does the same when it
///         saves the sheet again, so an id stays the same id.
///         An exponent is written out where that takes up to 21 digits, so that a long id stays recognisable.
///         A fraction of more than 15 digits is the binary number nearest to what was typed (`19.989999999999998`). The
///         shortest digits with the same value are what was typed.
/// Source: IEEE 754; Steele & White 1990, "How to Print Floating-Point Numbers Accurately", for the shortest digits.
enum SheetNumber {
  /// Longer numbers keep their exponent.
  private static let maximumWholeDigits = 21
  /// Smaller fractions keep their exponent.
  private static let maximumLeadingZeros = 7
  /// How many decimal digits a double is sure to preserve.
  private static let reliableDigits = 15

  /// Appends a stored number as people see it; anything else unchanged.
  ///
  /// Cost:   no allocation for numbers without long fractions, except their digits.
  static func append(_ text: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    guard let decimal = Decimal(text) else { return out.append(contentsOf: text) }
    if decimal.isFraction, decimal.digits.count > reliableDigits,
      let value = Double(String(decoding: text, as: UTF8.self)),
      value.isFinite
    {
      let shortest = Array(value.description.utf8)
      if let short = shortest.withUnsafeBytes({ Decimal($0) }) { return append(short, written: text, to: &out) }
    }
    append(decimal, written: text, to: &out)
  }

  /// Appends a number without exponent, if that is not too long.
  ///
  /// Limits: as stored where the number is too long to be written out.
  private static func append(_ decimal: Decimal, written: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    let (digits, point) = (decimal.digits, decimal.point)
    guard !digits.isEmpty else { return out.append(UInt8(ascii: "0")) }
    guard point <= maximumWholeDigits, point > -maximumLeadingZeros, digits.count <= 40 else {
      return out.append(contentsOf: written)
    }
    if decimal.isNegative { out.append(UInt8(ascii: "-")) }
    if point <= 0 { out.append(UInt8(ascii: "0")) }
    for index in min(0, point)..<max(point, digits.count) {
      if index == point { out.append(UInt8(ascii: ".")) }
      out.append(digits.indices.contains(index) ? digits[index] : UInt8(ascii: "0"))
    }
  }

  /// A decimal number: its digits without zeros at either end, and how many of them precede the point.
  private struct Decimal {
    private(set) var digits: [UInt8] = []
    private(set) var point = 0
    private(set) var isNegative = false

    var isFraction: Bool { digits.count > point }

    /// Nil for anything that is not a decimal number.
    init?(_ text: UnsafeRawBufferPointer) {
      var index = 0
      if index < text.count, text[index] == UInt8(ascii: "-") || text[index] == UInt8(ascii: "+") {
        isNegative = text[index] == UInt8(ascii: "-")
        index += 1
      }
      var hasPoint = false
      let start = index
      while index < text.count {
        if text[index] == UInt8(ascii: "."), !hasPoint {
          hasPoint = true
        } else if text[index].isDigit {
          if !hasPoint, text[index] != 0x30 || !digits.isEmpty { point += 1 }
          if hasPoint, digits.isEmpty, text[index] == 0x30 { point -= 1 }
          if text[index] != 0x30 || !digits.isEmpty { digits.append(text[index]) }
        } else {
          break
        }
        index += 1
      }
      guard index > start, index - start > (hasPoint ? 1 : 0) else { return nil }
      if index < text.count {
        guard text[index] | 0x20 == UInt8(ascii: "e"),
          let exponent = Int(String(decoding: text[(index + 1)...], as: UTF8.self)), abs(exponent) < 1000
        else { return nil }
        point += exponent
      }
      while digits.last == 0x30 { digits.removeLast() }
    }
  }
}

/// Converts days and times as sheets store them: a number of days, with the time of day as its fraction.
///
/// Shape:  ISO 8601 without time zone, which sheets do not have: `2026-11-20`, `2026-11-20T08:30:00`, `08:30:00`.
/// Source: ECMA-376 part 1, 18.17.4. The 1900 system includes a 29 February 1900 that never existed, after Lotus 1-2-3.
enum SheetTime {
  private static let millisecondsPerDay = 86_400_000
  /// The days from 1970-01-01 to the day before day 1, after and before the nonexistent day, and to day 0 of 1904.
  private static let (epoch1900, epochBefore60, epoch1904) = (-25_569, -25_568, -24_107)
  /// 29 February 1900.
  private static let dayThatNeverWas = 60
  /// 10000-01-01 in days since 1970.
  private static let endOfDays = 2_932_897

  /// The value as people see it; nil for days before the count starts and after the year 9999.
  ///
  /// Units:  `value` is in days; the result is exact to the millisecond.
  static func text(_ value: Double, shape: NumberShape, countsFrom1904: Bool) -> String? {
    guard value >= 0, value < 3_000_000 else { return nil }
    var days = Int(value)
    var milliseconds = Int(((value - Double(days)) * Double(millisecondsPerDay)).rounded())
    if milliseconds == millisecondsPerDay {
      days += 1
      milliseconds = 0
    }
    if shape == .elapsed { return clock(milliseconds, hoursBefore: days * 24) }
    // In the 1904 system, day 0 is a day. In the other, it only ever means a time.
    if days == 0, milliseconds > 0 || !countsFrom1904 { return clock(milliseconds, hoursBefore: 0) }
    guard let day = day(days, countsFrom1904) else { return nil }
    return milliseconds == 0 ? day : day + "T" + clock(milliseconds, hoursBefore: 0)
  }

  /// The day as `2026-11-20`.
  private static func day(_ days: Int, _ countsFrom1904: Bool) -> String? {
    if !countsFrom1904, days == dayThatNeverWas { return "1900-02-29" }
    let epoch = countsFrom1904 ? epoch1904 : days < dayThatNeverWas ? epochBefore60 : epoch1900
    guard epoch + days < endOfDays else { return nil }
    return CalendarDay(daysSince1970: epoch + days).description
  }

  /// The time as `08:30:00`, with milliseconds where there are any.
  private static func clock(_ milliseconds: Int, hoursBefore: Int) -> String {
    let seconds = milliseconds / 1000
    let text =
      Digits.padded(hoursBefore + seconds / 3600, 2) + ":" + Digits.padded(seconds / 60 % 60, 2) + ":"
      + Digits.padded(seconds % 60, 2)
    return milliseconds % 1000 == 0 ? text : text + "." + Digits.padded(milliseconds % 1000, 3)
  }
}
