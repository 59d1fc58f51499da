/// A web address in a cell, taken apart where it lies.
///
/// Shape:  the host is without user, port and closing dot, in the letters of the cell; the path begins with its slash and
///         has no closing ones; query and fragment are without `?` and `#`. A path alone has no host.
/// Cost:   one pass over the cell; nothing is copied.
/// Fails:  with nil where the cell holds no address: words (`View item`), marks for a missing value, `#`, `javascript:…`.
/// Source: RFC 3986, sections 3 and 4.2.
package struct AddressParts {
  package private(set) var host = UnsafeRawBufferPointer(start: nil, count: 0)
  package private(set) var path = UnsafeRawBufferPointer(start: nil, count: 0)
  package private(set) var query = UnsafeRawBufferPointer(start: nil, count: 0)
  package private(set) var fragment = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Digits of a port that is not the usual one of http or https.
  package private(set) var port = UnsafeRawBufferPointer(start: nil, count: 0)
  /// `ftp`, `fb`; empty for http and https and where none is written.
  package private(set) var otherScheme = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Whether the path has bytes that are written in another way when it is compared.
  package private(set) var needsEscaping = false

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

  /// Whether more than a site is named: the home page is no listing's.
  package var namesPage: Bool { path.count > 0 || query.count > 0 || fragment.count > 0 }

  /// The address of the page, whatever it was asked for.
  var withoutQuery: AddressParts {
    var page = self
    page.query = UnsafeRawBufferPointer(start: nil, count: 0)
    page.fragment = page.query
    return page
  }

  /// Whether path, query or fragment have `part` as a word of their own: no letter or digit stands beside it.
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

  // MARK: Taking apart

  private mutating func takeHost(_ text: UnsafeRawBufferPointer, from first: Int) {
    var (start, colon, index) = (first, -1, first)
    while index < text.count {
      let byte = text[index]
      if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") { break }
      if byte == UInt8(ascii: "@") { (start, colon) = (index + 1, -1) }
      if byte == UInt8(ascii: ":") { colon = index }
      // The colons of an IPv6 address are no port's.
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

  /// Where the host begins behind `http://`, `https://` or `//`.
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

  // MARK: What is written otherwise

  /// `x.example/item/1` without a scheme, `app://item/1`, and addresses within a formula, a link of Markdown or HTML.
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

  /// Whether the text begins with a host and goes on with a path: `www.x.example/1`, `x.example/1`, not `3.5/10`, `N/A`.
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
    // The last label of a name has letters only, except where it stands for another script (`xn--…`).
    let isName = !hasDigit || index - label > 4 && text[label + 2] == UInt8(ascii: "-")
    return dots > 0 && index - label > 1 && isName && index < text.count
  }

  private static func isUsualPort(_ port: UnsafeRawBufferPointer) -> Bool {
    port.count == 0 || port.elementsEqual("80".utf8) || port.elementsEqual("443".utf8)
  }

  private static func hasNoBlank(_ text: UnsafeRawBufferPointer) -> Bool { !text.contains { $0 <= 0x20 } }

  @inline(__always)
  private static func isWordByte(_ byte: UInt8) -> Bool {
    byte | 0x20 &- 0x61 < 26 || byte &- 0x30 < 10
  }

  @inline(__always)
  private static func trimmed(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    guard bytes.count > 0, bytes[0] <= 0x20 || bytes[bytes.count - 1] <= 0x20 else { return bytes }
    var (low, high) = (0, bytes.count)
    while low < high, bytes[low] <= 0x20 { low += 1 }
    while low < high, bytes[high - 1] <= 0x20 { high -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[low..<high])
  }
}
