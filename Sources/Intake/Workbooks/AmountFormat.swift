import Listings

/// The currency that a number is shown with: the mark in its format, `[$€-407] #,##0.00`, `"zł"`, `[$$-1009]`.
///
/// Source: ECMA-376 part 1, 18.8.31; the countries of the locales behind `-` are those of [MS-LCID].
struct AmountFormat: Equatable, Sendable {
  /// What is written before the number: the code where the locale tells the country of a mark that several have.
  let prefix: String

  /// nil: the format shows no currency. Formats that are built in show that of whoever looks at them.
  init?(code: String, _ currencies: Currencies) {
    var mark = ""
    var locale: Substring = ""
    let code = Array(code)
    var place = 0
    scan: while place < code.count {
      switch code[place] {
      case ";": break scan
      case "\"":
        let end = code[(place + 1)...].firstIndex(of: "\"") ?? code.count
        mark += String(code[(place + 1)..<end])
        place = end
      case "\\":
        if place + 1 < code.count { mark.append(code[place + 1]) }
        place += 1
      case "_", "*": place += 1
      case "[":
        let end = code[place...].firstIndex(of: "]") ?? code.count
        let inside = code[(place + 1)..<max(place + 1, end)]
        if inside.first == "$" {
          let parts = String(inside.dropFirst()).split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
          if !parts[0].isEmpty {
            mark += parts[0]
            locale = parts.count > 1 ? parts[1] : ""
          }
        }
        place = end
      case "0", "#", "?", ",", ".", " ", "-", "+", "(", ")", "/", "%": break
      case let sign where sign.unicodeScalars.first?.properties.generalCategory == .currencySymbol: mark.append(sign)
      default: break
      }
      place += 1
    }
    mark = mark.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // A letter alone may stand for days or metres.
    guard mark.utf8.count > 1 || mark.utf8.first?.isASCIILetter == false,
      let found = Self.currencyMark(mark, currencies)
    else { return nil }
    let local = Self.country(locale).flatMap { Self.currencies[$0] }.flatMap { code in
      found.currencies.count > 1 && found.currencies.contains(currencies.number(ofCode: code)) ? code : nil
    }
    // What stands behind amounts only is put before them by its code.
    let shown = found.before ? mark : currencies.codes[Int(found.currencies[0]) - 1]
    prefix = local.map { "\($0) \(mark)" } ?? shown
  }

  /// The mark as it is written in a format; nil: it may be a measure or a word by chance.
  private static func currencyMark(_ mark: String, _ currencies: Currencies) -> CurrencyMark? {
    let writing = PriceWriting(mark)
    guard let found = currencies.mark(of: writing.text), !found.needsPlace, !found.isWeak, !found.isOrdinaryWord,
      found.forms == nil || found.forms == writing.forms, found.currencies.first ?? 0 > 0
    else { return nil }
    return found
  }

  /// - Parameter locale: `409` or `en-US`, sometimes with more before or behind.
  private static func country(_ locale: Substring) -> String? {
    let parts = locale.split(separator: "-")
    if let last = parts.last, parts.count > 1, last.count == 2 { return last.uppercased() }
    guard let number = Int(locale.split(separator: ",").first ?? "", radix: 16) else { return nil }
    // The upper half tells calendars and digits.
    return countries[number & 0xFFFF]
  }

  private static let countries: [Int: String] = [
    0x409: "US", 0x540A: "US", 0x1009: "CA", 0xC0C: "CA", 0xC09: "AU", 0x1409: "NZ", 0x4809: "SG", 0x1004: "SG",
    0xC04: "HK", 0x3C09: "HK", 0x404: "TW", 0x80A: "MX", 0x2C0A: "AR", 0x340A: "CL", 0x240A: "CO", 0x300A: "EC",
    0x440A: "SV", 0x500A: "PR", 0x2009: "JM", 0x2C09: "TT", 0x83E: "BN", 0x809: "GB", 0x452: "GB", 0xC01: "EG",
    0x3001: "LB", 0x2801: "SY", 0x804: "CN", 0x411: "JP", 0x41D: "SE", 0x406: "DK", 0x414: "NO", 0x814: "NO",
    0x40F: "IS", 0x4009: "IN", 0x439: "IN", 0x420: "PK", 0x45B: "LK", 0x461: "NP", 0x807: "CH", 0x100C: "CH",
    0x810: "CH",
  ]

  /// The currencies of countries whose mark others have too.
  private static let currencies: [String: String] = [
    "US": "USD", "CA": "CAD", "AU": "AUD", "NZ": "NZD", "SG": "SGD", "HK": "HKD", "TW": "TWD", "MX": "MXN",
    "AR": "ARS", "CL": "CLP", "CO": "COP", "EC": "USD", "SV": "USD", "PR": "USD", "JM": "JMD", "TT": "TTD",
    "BN": "BND", "GB": "GBP", "EG": "EGP", "LB": "LBP", "SY": "SYP", "CN": "CNY", "JP": "JPY", "SE": "SEK",
    "DK": "DKK", "NO": "NOK", "IS": "ISK", "IN": "INR", "PK": "PKR", "LK": "LKR", "NP": "NPR", "CH": "CHF",
  ]
}
