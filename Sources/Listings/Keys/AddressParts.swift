/// A web address in a cell, split into its parts in place.
///
/// Shape:  the host is without user, port and trailing dot, in the case of the cell. The path begins with its slash and has
///         none at its end. Query and fragment are without `?` and `#`. A relative address has no host.
/// Cost:   one pass over the cell; copies nothing.
/// Fails:  returns nil where the cell is not an address: words (`View item`), marks for a missing value, `#`,
///         `javascript:…`.
/// Source: RFC 3986, sections 3 and 4.2.
package struct AddressParts {
  /// Without user, port and trailing dot; empty for relative addresses.
  package private(set) var host = UnsafeRawBufferPointer(start: nil, count: 0)
  /// From its slash on, without slashes at the end.
  package private(set) var path = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Without `?`.
  package private(set) var query = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Without `#`.
  package private(set) var fragment = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The digits of a port other than the standard ones of http and https.
  package private(set) var port = UnsafeRawBufferPointer(start: nil, count: 0)
  /// `ftp`, `fb`; empty for http and https, and where there is none.
  package private(set) var otherScheme = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Whether the path contains bytes that are written differently for comparison.
  package private(set) var needsEscaping = false

  /// Splits the address in a cell.
  ///
  /// Shape:  ordinary addresses and paths are recognised at once, anything else by `unusual`.
  package init?(_ cell: UnsafeRawBufferPointer) {
    let text = Self.trimmed(cell)
    guard text.count > 1 else { return nil }
    if let start = Self.webStart(text, 0) {
      takeHost(text, from: start)
      guard host.count > 0 else { return nil }
    } else if text[0] == UInt8(ascii: "/") {
      guard Self.hasNoBlank(text), text.contains(where: { Self.isWordByte($0) }) else { return nil }
      takePath(text, from: 0)
    } else {
      guard let parts = Self.unusual(text) else { return nil }
      self = parts
    }
  }

  private init(_ text: UnsafeRawBufferPointer, hostAt start: Int) { takeHost(text, from: start) }

  /// Whether the address is a path on a site that it does not name.
  package var isPath: Bool { host.count == 0 }

  /// Whether it names more than a site: a home page is no listing.
  package var namesPage: Bool { path.count > 0 || query.count > 0 || fragment.count > 0 }

  /// The address of the page without the parameters of the request.
  var withoutQuery: AddressParts {
    var page = self
    page.query = UnsafeRawBufferPointer(start: nil, count: 0)
    page.fragment = page.query
    return page
  }

  /// Whether path, query or fragment contain `part` as a word, with neither letter nor digit beside it.
  ///
  /// Cost:   O(bytes of the address times bytes of the part); once per file row of the survey.
  package func holds(_ part: UnsafeRawBufferPointer) -> Bool {
    [path, query, fragment].contains { text in
      guard part.count > 0, part.count <= text.count else { return false }
      return (0...text.count - part.count).contains { start in
        let end = start + part.count
        return (start == 0 || !AddressBytes.isWord(text[start - 1]))
          && (end == text.count || !AddressBytes.isWord(text[end]))
          && equal(UnsafeRawBufferPointer(rebasing: text[start..<end]), part)
      }
    }
  }

  // MARK: Parsing

  /// Takes the host, and what follows it.
  ///
  /// Shape:  a user before `@` is skipped.
  private mutating func takeHost(_ text: UnsafeRawBufferPointer, from first: Int) {
    var (start, colon, index) = (first, -1, first)
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { break }
      if byte == UInt8(ascii: "@") { (start, colon) = (index + 1, -1) }
      if byte == UInt8(ascii: ":") { colon = index }
      // The colons of an IPv6 address do not separate a port.
      if byte == UInt8(ascii: "]") { colon = -1 }
      index += 1
    }
    var end = index
    if colon >= start {
      end = colon
      port = UnsafeRawBufferPointer(rebasing: text[(colon + 1)..<index])
      if Self.isUsualPort(port) { port = UnsafeRawBufferPointer(start: nil, count: 0) }
    }
    if end > start, text[end - 1] == UInt8(ascii: ".") { end -= 1 }
    host = UnsafeRawBufferPointer(rebasing: text[start..<end])
    takePath(text, from: index)
  }

  /// Takes path, query and fragment.
  ///
  /// Shape:  trailing slashes are dropped, and bytes that need an escape are noted.
  private mutating func takePath(_ text: UnsafeRawBufferPointer, from start: Int) {
    var index = start
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { break }
      if !AddressBytes.isPlain(byte) { needsEscaping = true }
      index += 1
    }
    var end = index
    while end > start, text[end - 1] == UInt8(ascii: "/") { end -= 1 }
    path = UnsafeRawBufferPointer(rebasing: text[start..<end])
    if index < text.count, text[index] == UInt8(ascii: "?") {
      let first = index + 1
      while index < text.count, text[index] != UInt8(ascii: "#") { index += 1 }
      query = UnsafeRawBufferPointer(rebasing: text[first..<index])
    }
    if index + 1 < text.count { fragment = UnsafeRawBufferPointer(rebasing: text[(index + 1)...]) }
  }

  /// Where the host begins after `http://`, `https://` or `//`.
  ///
  /// Cost:   a handful of comparisons.
  @inline(__always)
  private static func webStart(_ text: UnsafeRawBufferPointer, _ offset: Int) -> Int? {
    if text[offset] | 0x20 == UInt8(ascii: "h") {
      guard offset + 7 < text.count, text[offset + 1] | 0x20 == UInt8(ascii: "t"),
        text[offset + 2] | 0x20 == UInt8(ascii: "t"), text[offset + 3] | 0x20 == UInt8(ascii: "p")
      else { return nil }
      let index = text[offset + 4] | 0x20 == UInt8(ascii: "s") ? offset + 5 : offset + 4
      guard index + 2 < text.count, text[index] == UInt8(ascii: ":"), text[index + 1] == UInt8(ascii: "/"),
        text[index + 2] == UInt8(ascii: "/")
      else { return nil }
      return index + 3
    }
    let isHostAlone =
      text[offset] == UInt8(ascii: "/") && offset + 1 < text.count && text[offset + 1] == UInt8(ascii: "/")
    return isHostAlone ? offset + 2 : nil
  }

  // MARK: Unusual notations

  /// Parses `x.example/item/1` without a scheme, `app://item/1`, and addresses within a formula or a link in Markdown or HTML.
  ///
  /// Shape:  the first address in the text counts, up to a blank, quote or closing bracket.
  private static func unusual(_ text: UnsafeRawBufferPointer) -> AddressParts? {
    if let colon = schemeEnd(text) {
      var parts = AddressParts(text, hostAt: colon + 3)
      parts.otherScheme = UnsafeRawBufferPointer(rebasing: text[..<colon])
      return parts.host.count > 0 ? parts : nil
    }
    if hasNoBlank(text), startsWithHost(text) { return AddressParts(text, hostAt: 0) }
    var index = 1
    while index + 8 < text.count {
      if text[index] | 0x20 == UInt8(ascii: "h"), let start = webStart(text, index) {
        var end = start
        while end < text.count, !endsEmbedded(text[end]) { end += 1 }
        let parts = AddressParts(UnsafeRawBufferPointer(rebasing: text[..<end]), hostAt: start)
        return parts.host.count > 0 ? parts : nil
      }
      index += 1
    }
    return nil
  }

  /// Whether a byte ends an address that is embedded in other text.
  private static func endsEmbedded(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: ")"),
      UInt8(ascii: "]"):
      true
    default: false
    }
  }

  /// Where the scheme of `scheme://…` ends.
  private static func schemeEnd(_ text: UnsafeRawBufferPointer) -> Int? {
    var index = 0
    while index < text.count, index < 32, isWordByte(text[index]) || AddressBytes.isAny(text[index], "+.-") {
      index += 1
    }
    guard index > 0, index + 3 < text.count, text[index] == UInt8(ascii: ":"), text[index + 1] == UInt8(ascii: "/"),
      text[index + 2] == UInt8(ascii: "/"), text[0] | 0x20 >= UInt8(ascii: "a"), text[0] < 0x80
    else { return nil }
    return index
  }

  /// Whether the text begins with a host and a path: `www.x.example/1`, `x.example/1`, but not `3.5/10` or `N/A`.
  ///
  /// Shape:  a dot between labels, letters in the last one, and something after the host.
  private static func startsWithHost(_ text: UnsafeRawBufferPointer) -> Bool {
    var (index, dots, label) = (0, 0, 0)
    var hasDigit = false
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: ":") { break }
      if byte == UInt8(ascii: ".") {
        guard index > label else { return false }
        (dots, label, hasDigit) = (dots + 1, index + 1, false)
      } else {
        guard isWordByte(byte) || byte == UInt8(ascii: "-") || byte >= 0x80 else { return false }
        if byte &- 0x30 < 10 { hasDigit = true }
      }
      index += 1
    }
    // The last label of a host has letters only, unless it encodes another script (`xn--…`).
    let isName = !hasDigit || index - label > 4 && text[label + 2] == UInt8(ascii: "-")
    return dots > 0 && index - label > 1 && isName && index < text.count
  }

  /// Whether a port says no more than the scheme.
  private static func isUsualPort(_ port: UnsafeRawBufferPointer) -> Bool {
    port.count == 0 || port.elementsEqual("80".utf8) || port.elementsEqual("443".utf8)
  }

  private static func hasNoBlank(_ text: UnsafeRawBufferPointer) -> Bool { !text.contains { $0 <= 0x20 } }

  @inline(__always)
  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10
  }

  @inline(__always)
  /// The bytes without blanks at either end.
  private static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard bytes.count > 0, bytes[0] <= 0x20 || bytes[bytes.count - 1] <= 0x20 else { return bytes }
    var (low, high) = (0, bytes.count)
    while low < high, bytes[low] <= 0x20 { low += 1 }
    while low < high, bytes[high - 1] <= 0x20 { high -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[low..<high])
  }
}

/// Bytes of web addresses, and the single form in which each is written for comparison.
///
/// Source: RFC 3986, sections 2.1 to 2.4 and 6.2.2: escapes of unreserved characters are undone, others have capital digits,
///         and what an address must not contain is escaped.
package enum AddressBytes {
  /// Whether a byte of a path can stay as it is: no escape, no parameter of a segment, nothing that must be escaped.
  @inline(__always)
  static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"),
      UInt8(ascii: "."), UInt8(ascii: "~"), UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"),
      UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: ","), UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: "@"):
      true
    default: false
    }
  }

  /// Appends a path, query or fragment in its single form.
  ///
  /// Shape:  unreserved characters without escapes, others with capital digits; a lone `%` stays.
  static func appendEscaped(_ bytes: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "%"), index + 2 < bytes.count, let high = hexDigit(bytes[index + 1]),
        let low = hexDigit(bytes[index + 2])
      {
        append(high << 4 | low, isEscaped: true, to: &out)
        index += 3
      } else {
        append(byte, isEscaped: false, to: &out)
        index += 1
      }
    }
  }

  /// The bytes with their escapes resolved.
  ///
  /// Shape:  a `%` without two digits stays.
  static func unescaped(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count, let high = hexDigit(bytes[index + 1]),
        let low = hexDigit(bytes[index + 2])
      {
        out.append(high << 4 | low)
        index += 3
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return out
  }

  /// Appends a byte, escaped if it must be.
  private static func append(_ byte: UInt8, isEscaped: Bool, to out: inout [UInt8]) {
    if isUnreserved(byte) || !isEscaped && mayOccur(byte) { return out.append(byte) }
    out.append(UInt8(ascii: "%"))
    out.append(capitalDigit(byte >> 4))
    out.append(capitalDigit(byte & 15))
  }

  /// Where a session begins in the last segment of a path: `;jsessionid=…`, `;sid=…`; the length where there is none.
  static func endWithoutSession(_ path: UnsafeRawBufferPointer) -> Int {
    guard let start = path.firstIndex(of: UInt8(ascii: ";")) else { return path.count }
    let rest = UnsafeRawBufferPointer(rebasing: path[(start + 1)...])
    let isSession = ["jsessionid=", "phpsessid=", "sessionid=", "sid="].contains { begins(rest, with: $0) }
    return isSession ? start : path.count
  }

  /// Whether `bytes` begin with `prefix` (in lower case), regardless of the case of their letters.
  ///
  /// Cost:   O(bytes of the prefix).
  static func begins(_ bytes: UnsafeRawBufferPointer, with prefix: String) -> Bool {
    var index = 0
    for byte in prefix.utf8 {
      guard index < bytes.count, lowered(bytes[index]) == byte else { return false }
      index += 1
    }
    return true
  }

  /// Whether a byte needs no escape anywhere (RFC 3986, section 2.3).
  static func isUnreserved(_ byte: UInt8) -> Bool { isWord(byte) || isAny(byte, "-_.~") }

  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) }
  @inline(__always)
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  @inline(__always)
  static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  @inline(__always)
  static func isHex(_ byte: UInt8) -> Bool { isDigit(byte) || (byte | 0x20) &- 0x61 < 6 }
  @inline(__always)
  /// An ASCII capital in lower case.
  static func lowered(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }
  @inline(__always)
  /// An ASCII letter as a capital.
  static func raised(_ byte: UInt8) -> UInt8 { byte &- 0x61 < 26 ? byte & 0xDF : byte }

  @inline(__always)
  /// Whether the byte is one of a few.
  static func isAny(_ byte: UInt8, _ set: StaticString) -> Bool {
    for index in 0..<set.utf8CodeUnitCount where set.utf8Start[index] == byte { return true }
    return false
  }

  /// Whether an address may contain the byte unescaped. The meaning of `;` is unknown, so it stays.
  private static func mayOccur(_ byte: UInt8) -> Bool { isPlain(byte) || isAny(byte, ";?%[]#") }

  /// The value of a hexadecimal digit.
  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    if isDigit(byte) { return byte &- 0x30 }
    let letter = (byte | 0x20) &- 0x61
    return letter < 6 ? letter + 10 : nil
  }

  /// A hexadecimal digit with a capital letter.
  private static func capitalDigit(_ digit: UInt8) -> UInt8 { digit < 10 ? 0x30 + digit : 0x37 + digit }
}
