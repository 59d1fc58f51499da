import Listings

/// What a single value looks like, whatever its column is called.
struct ValueShape {
  let currencies: Currencies

  /// A web address, also the first of a list of some: `["https://…", …]`; those for programs are none for people.
  static func isAddress(_ value: String) -> Bool {
    var value = beginning(of: value)
    return value.withUTF8 { bytes in
      let host = WebAddress.host(of: UnsafeRawBufferPointer(bytes))
      return host.count > 3 && !host.starts(with: "api.".utf8)
    } && !value.contains(" ")
  }

  /// An address within a site: `/us/c/frogs/1429802`.
  static func isPath(_ value: String) -> Bool {
    value.hasPrefix("/") && !value.contains(where: \.isWhitespace)
      && value.utf8.count(where: { $0 == UInt8(ascii: "/") }) >= 2
  }

  /// An address of a picture: its path ends like one, or it lies where pages keep theirs.
  static func isPicture(_ value: String) -> Bool {
    guard isAddress(value) else { return false }
    let address = beginning(of: value).lowercased()
    let path = address.prefix { $0 != "?" && $0 != "#" }
    if pictureEndings.contains(where: { path.hasSuffix($0) }) { return true }
    let host = path.split(separator: "/", maxSplits: 2).dropFirst().first ?? ""
    return pictureHosts.contains { host.hasPrefix($0) } || path.contains("/thumbs/")
  }

  private static let pictureEndings = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".jfif"]
  private static let pictureHosts = ["img", "image", "i.", "pic", "photo", "thumb", "media-", "gw.alicdn", "cdn-img"]

  private static func beginning(of value: String) -> String {
    let opened = value.drop { $0 == "[" || $0 == "\"" || $0 == "'" || $0 == " " }
    return String(opened.prefix { $0 != "\"" && $0 != "'" && $0 != "," && $0 != ";" && $0 != "|" })
  }

  /// A date or time with marks between its numbers: digits alone may as well be an id.
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

  /// An amount beside a mark of a currency, and little else; a measure such as `2br` or `64GB` is none.
  func markedAmount(_ value: String) -> Int64? {
    if case .money(let amount) = PriceShape(value, currencies: currencies) { return amount }
    return nil
  }

  /// An amount without a mark of a currency, in any writing: `1200`, `1.200,50`.
  func bareAmount(_ value: String) -> Int64? {
    if case .number(let amount) = PriceShape(value, currencies: currencies) { return amount }
    return nil
  }

  /// Words for no price: on request, free, in exchange.
  func isNoPrice(_ value: String) -> Bool {
    if case .noPrice = PriceShape(value, currencies: currencies) { return true }
    return false
  }

  /// Two numbers with a dash between them.
  static func isRange(_ value: String) -> Bool {
    let parts = value.split(maxSplits: 1) { $0 == "-" || $0 == "–" || $0 == "~" }
    return parts.count == 2 && parts.allSatisfy { $0.contains(where: \.isNumber) }
  }

  /// Words that are surely no address: blanks, or neither a slash nor a point nor a digit.
  static func isNoAddress(_ value: String) -> Bool {
    if isAddress(value) || isPath(value) { return false }
    return value.contains(where: \.isWhitespace) || !value.contains { $0 == "/" || $0 == "." || $0.isNumber }
  }

  /// How people name themselves where names are free: `moss_lane`, `bao.t`, `Ostap77`, `@kite`.
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
  static func isIdentifier(_ value: String) -> Bool {
    guard (4...48).contains(value.utf8.count), value.utf8.count(where: \.isDigit) >= 3 else { return false }
    // A number that begins with 0 or + may be a telephone's, one with a point is an amount.
    guard let first = value.utf8.first, first != UInt8(ascii: "0"), first != UInt8(ascii: "+") else { return false }
    return value.utf8.allSatisfy { byte in
      byte.isDigit || byte | 0x20 &- 0x61 < 26 || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        || byte == UInt8(ascii: "|") || byte == UInt8(ascii: ":")
    }
  }
}
