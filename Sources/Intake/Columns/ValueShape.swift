import Listings

/// The tests for what a single value looks like, regardless of its column. `ValueFacts` has the results of those that are
/// asked about every value.
struct ValueShape {
  let currencies: Currencies

  /// A web address, or the first of a list as in `["https://…", …]`. Addresses of programming interfaces do not count.
  ///
  /// Shape:  with scheme and host, and without blanks.
  static func isAddress(_ value: String) -> Bool {
    guard mayBeAddress(value) else { return false }
    var value = beginning(of: value)
    return value.withUTF8 { bytes in
      let host = WebAddress.host(of: UnsafeRawBufferPointer(bytes))
      return host.count > 3 && !host.starts(with: "api.".utf8)
    } && !(value.utf8.contains(.blank) && value.contains(" "))
  }

  /// Whether the text begins as every address with a host does, with a letter of `http` or a slash.
  private static func mayBeAddress(_ value: String) -> Bool {
    let first = value.utf8.first { $0 != UInt8(ascii: "[") && !isQuote($0) && $0 != .blank }
    return first == UInt8(ascii: "h") || first == UInt8(ascii: "H") || first == UInt8(ascii: "/")
  }

  private static func isQuote(_ byte: UInt8) -> Bool { byte == .quote || byte == UInt8(ascii: "'") }

  /// An address within a site: `/us/c/frogs/1429802`.
  static func isPath(_ value: String) -> Bool {
    value.utf8.first == UInt8(ascii: "/") && value.hasPrefix("/") && !value.contains(where: \.isWhitespace)
      && value.utf8.count(where: { $0 == UInt8(ascii: "/") }) >= 2
  }

  /// The address of a picture, by the ending of its path or by a host that serves pictures.
  static func isPicture(_ value: String) -> Bool {
    guard isAddress(value) else { return false }
    let address = beginning(of: value).lowercased()
    if address.utf8.allSatisfy({ $0 < 0x80 }) { return isPicture(inASCII: address.utf8) }
    let path = address.prefix { $0 != "?" && $0 != "#" }
    if pictureEndings.contains(where: { path.hasSuffix($0) }) { return true }
    let host = path.split(separator: "/", maxSplits: 2).dropFirst().first ?? ""
    return pictureHosts.contains { host.hasPrefix($0) } || path.contains("/thumbs/")
  }

  /// The same for an address in ASCII and lower case.
  private static func isPicture(inASCII address: String.UTF8View) -> Bool {
    let slash = UInt8(ascii: "/")
    let path = address.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
    if pictureEndings.contains(where: { path.suffix($0.utf8.count).elementsEqual($0.utf8) }) { return true }
    let host = path.split(separator: slash, maxSplits: 2).dropFirst().first ?? path.prefix(0)
    if pictureHosts.contains(where: { host.starts(with: $0.utf8) }) { return true }
    return path.indices.contains { path[$0] == slash && path[$0...].starts(with: "/thumbs/".utf8) }
  }

  /// File names of pictures end with one of these.
  private static let pictureEndings = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".jfif"]
  /// Hosts that serve pictures begin with one of these.
  private static let pictureHosts = ["img", "image", "i.", "pic", "photo", "thumb", "media-", "gw.alicdn", "cdn-img"]

  /// The first address of a list, without brackets and quotes.
  private static func beginning(of value: String) -> String {
    let bytes = value.utf8
    // In ASCII every byte but that of CR LF is a character.
    if bytes.allSatisfy({ $0 < 0x80 }) {
      let opened = bytes.drop { $0 == UInt8(ascii: "[") || isQuote($0) || $0 == .blank }
      let first = opened.prefix { !isQuote($0) && $0 != .comma && $0 != .semicolon && $0 != .bar }
      return String(Substring(first))
    }
    let opened = value.drop { $0 == "[" || $0 == "\"" || $0 == "'" || $0 == " " }
    return String(opened.prefix { $0 != "\"" && $0 != "'" && $0 != "," && $0 != ";" && $0 != "|" })
  }

  /// A date or time with punctuation between its numbers. Digits alone may be an id.
  static func time(_ value: String) -> Int64? {
    guard value.utf8.count >= 8, value.utf8.contains(where: { !$0.isDigit }) else { return nil }
    var value = value
    return value.withUTF8 { TimeReading.read(UnsafeRawBufferPointer($0)) }
  }

  /// A plain decimal number, in ten-thousandths.
  static func number(_ value: String) -> Int64? {
    var value = value
    return value.withUTF8 { PriceNumber.readPlain(UnsafeRawBufferPointer($0)) }
  }

  /// An amount with a currency mark and little else. Measures such as `2br` or `64GB` do not count.
  func markedAmount(_ value: String) -> Int64? {
    if case .money(let amount) = PriceShape(value, currencies: currencies) { return amount }
    return nil
  }

  /// An amount without a currency mark, in any notation: `1200`, `1.200,50`.
  func bareAmount(_ value: String) -> Int64? {
    if case .number(let amount) = PriceShape(value, currencies: currencies) { return amount }
    return nil
  }

  /// Whether a text of several words, or of a script without blanks, ends like a sentence.
  static func endsSentence(_ value: String) -> Bool {
    value.last.map { ".!?。！？।".contains($0) } == true && value.contains(where: { $0 == " " || !$0.isASCII })
  }

  /// Two numbers joined by a dash.
  static func isRange(_ value: String) -> Bool {
    let parts = value.split(maxSplits: 1) { $0 == "-" || $0 == "–" || $0 == "~" }
    return parts.count == 2 && parts.allSatisfy { $0.contains(where: \.isNumber) }
  }

  /// Text that is certainly not an address: it has blanks, or none of slash, point and digit.
  static func isNoAddress(_ value: String) -> Bool {
    if isAddress(value) || isPath(value) { return false }
    return value.contains(where: \.isWhitespace) || !value.contains { $0 == "/" || $0 == "." || $0.isNumber }
  }

  /// A user name as people invent them: `moss_lane`, `bao.t`, `Ostap77`, `@kite`.
  ///
  /// Shape:  3 to 40 characters, with letters, and a digit or mark among them.
  static func isAlias(_ value: String) -> Bool {
    guard (3...40).contains(value.count) else { return false }
    let letters = value.count(where: \.isLetter)
    let digits = value.count(where: \.isNumber)
    let marks = value.count { "_.@-".contains($0) }
    guard letters >= 2, letters >= digits, letters + digits + marks == value.count else { return false }
    guard let last = value.last, last != ".", !value.contains("..") else { return false }
    return digits > 0 || value.contains { $0 == "_" || $0 == "@" } || value.contains(".") && value.first != "."
  }

  /// Letters, digits and a few marks without blanks, as ids are written.
  ///
  /// Shape:  4 to 48 bytes with three digits at least.
  static func isIdentifier(_ value: String) -> Bool {
    guard (4...48).contains(value.utf8.count), value.utf8.count(where: \.isDigit) >= 3 else { return false }
    // A leading 0 or + suggests a telephone number, a point an amount.
    guard let first = value.utf8.first, first != UInt8(ascii: "0"), first != UInt8(ascii: "+") else { return false }
    return value.utf8.allSatisfy { byte in
      byte.isDigit || byte | 0x20 &- 0x61 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ":")
    }
  }
}

/// Judges amounts together: whether plain numbers are distributed as prices are, and which of two columns is the price.
enum AmountShape {
  /// Fewer values prove too little.
  static let minimumCount = 12

  /// Whether numbers without a currency mark are prices.
  ///
  /// Shape:  prices are round (two thirds end in 0, 5, 8 or 9, against two fifths of other numbers), do not count up from
  ///         row to row, and are neither years nor coordinates. They reach beyond 20, where ratings and small counts end,
  ///         or beyond 100 where all are whole, since scores and percentages end there.
  /// Units:  ten-thousandths.
  static func isPriceLike(_ numbers: [Int64]) -> Bool {
    let amounts = numbers.filter { $0 > 0 }
    guard amounts.count >= minimumCount, amounts.count * 10 >= numbers.count * 8, numbers.allSatisfy({ $0 >= 0 }) else {
      return false
    }
    let highest = amounts.max() ?? 0
    let areWhole = amounts.allSatisfy { $0 % unit == 0 }
    guard highest > (areWhole ? 100 : 20) * unit, Set(amounts).count * 8 >= min(amounts.count, 40), !isCounted(amounts)
    else {
      return false
    }
    // Hardly any price is a year or has four decimals. A computed one may occur in many rows.
    if amounts.allSatisfy({ $0 % unit == 0 && (1900...2100).contains($0 / unit) }) { return false }
    let different = Set(amounts)
    if 2 * different.count(where: { $0 % 100 != 0 }) > different.count { return false }
    // An id has many digits, and the last ones are arbitrary.
    return 3 * amounts.count(where: isRound) >= 2 * amounts.count
  }

  /// One currency unit in ten-thousandths.
  private static let unit: Int64 = 10_000

  /// Whether the last significant digit is one that sellers choose.
  private static func isRound(_ amount: Int64) -> Bool {
    let cents = amount / 100
    let digit = cents % 100 == 0 ? cents / 100 % 10 : cents % 10 == 0 ? cents / 10 % 10 : cents % 10
    return digit == 0 || digit == 5 || digit >= 8
  }

  /// Whether each number is one more than the last: row numbers.
  private static func isCounted(_ amounts: [Int64]) -> Bool {
    let steps = zip(amounts, amounts.dropFirst()).count { $1 - $0 == unit }
    return steps * 10 >= (amounts.count - 1) * 9
  }

  /// Whether the first of two amounts per record is the asking price, and the second the former price or that of a new
  /// item: the first is never above the second, and not far below.
  ///
  /// Shape:  95 % are not above, 30 % are below, and the median ratio is at most 4.
  static func isAsked(_ pairs: [(asked: Int64, other: Int64)]) -> Bool {
    guard pairs.count >= minimumCount else { return false }
    let notAbove = pairs.count { $0.asked <= $0.other }
    let below = pairs.count { $0.asked < $0.other }
    guard notAbove * 100 >= pairs.count * 95, below * 10 >= pairs.count * 3 else { return false }
    // A fee is a small part of its price, while a reduced price is a large part of the old one.
    let ratios = pairs.filter { $0.asked > 0 }.map { Double($0.other) / Double($0.asked) }.sorted()
    return ratios.isEmpty ? false : ratios[ratios.count / 2] <= 4
  }
}

/// Recognises scientific names by their form: genus and epithet with Latin endings.
///
/// Shape:  a capitalised word, then one or two lower-case words, hyphens allowed; author and year may follow in
///         parentheses. The endings keep "Carved ivory" and "Resin beads" out.
/// Source: International Code of Zoological Nomenclature, articles 5 and 11: names are Latin or latinised.
enum ScientificName {
  /// Latin endings of genera.
  private static let genusEndings = [
    "a", "us", "is", "um", "es", "on", "ys", "ops", "x", "as", "er", "or", "ns", "ps", "yx", "os", "e", "ax",
  ]
  /// Latin endings of species epithets.
  private static let epithetEndings = [
    "us", "a", "um", "is", "e", "ii", "i", "ae", "ensis", "ense", "oides", "ns", "x", "or", "er", "us", "ops", "orum",
    "arum",
  ]

  /// Whether the text is one name, or several separated by `;`.
  static func matches(_ text: String) -> Bool {
    let names = text.split(separator: ";").map { $0.drop(while: \.isWhitespace) }
    return !names.isEmpty && names.allSatisfy { isOne(String($0)) }
  }

  /// Whether the text is exactly one name.
  private static func isOne(_ text: String) -> Bool {
    let name = text.split(separator: "(", maxSplits: 1).first ?? ""
    let words = name.split(whereSeparator: \.isWhitespace)
    guard (2...3).contains(words.count) else { return false }
    guard let capital = words[0].unicodeScalars.first, ("A"..."Z").contains(capital) else { return false }
    guard isLatin(words[0].dropFirst()), ends(words[0], genusEndings) else { return false }
    return words.dropFirst().allSatisfy { isLatin($0) && ends($0, epithetEndings) }
  }

  /// Whether a word has small Latin letters and hyphens only.
  private static func isLatin(_ word: Substring) -> Bool {
    word.unicodeScalars.count >= 2 && word.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || $0 == "-" }
  }

  private static func ends(_ word: Substring, _ endings: [String]) -> Bool {
    word.count >= 3 && endings.contains { word.hasSuffix($0) }
  }
}

/// Country codes of two letters, and other two-letter lists that overlap with them.
enum CountryCodes {
  /// Source: ISO 3166-1 alpha-2.
  private static let all = Set(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD
    CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF
    GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN
    KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI
    SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI
    VN VU WF WS YE YT ZA ZM ZW
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Source: USPS; the codes of the states of the United States.
  private static let statesOfAmerica = Set(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR PA RI SC
    SD TN TX UT VT VA WA WV WI WY DC
    """.split(whereSeparator: \.isWhitespace).map(String.init))

  /// Source: IUCN Red List categories.
  private static let redList: Set<String> = ["EX", "EW", "CR", "EN", "VU", "NT", "LC", "DD", "NE", "NR", "CD"]

  /// Whether the text is an ISO 3166-1 code, in capitals.
  static func isCode(_ text: String) -> Bool { text.utf8.count == 2 && all.contains(text) }

  /// Whether the codes may just as well be US states or categories of the Red List.
  static func areAmbiguous(_ codes: Set<String>) -> Bool {
    codes.count > 1 && codes.isSubset(of: statesOfAmerica) || codes.isSubset(of: redList)
  }
}
