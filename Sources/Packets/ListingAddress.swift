import Hashing
import Listings

/// The address of a listing as a URI that `packet.json` may carry.
///
/// Shape:  a collected http or https address, percent-encoded where a URI requires it. Otherwise
///         `urn:linsang:listing:KEY`, since a URI is required and none may be invented. `note` says which.
/// Cost:   O(bytes of the address).
/// Fails:  never; a text that is no web address gives a name.
/// Source: RFC 3986 sections 2 and 3; RFC 3987 section 3.1 for other scripts; RFC 8141 for the URN.
struct ListingAddress {
  /// Never empty.
  ///
  /// Shape:  ASCII only, at most `maximumLength` bytes. It is `url` in `packet.json`; `listings.csv` cuts it like any
  ///         cell.
  let uri: String
  /// What a reader must know about `uri`; nil if it is the address exactly as collected.
  let note: String?

  /// The longest address that the packet's schema accepts.
  static let maximumLength = 4096

  /// - Parameters:
  ///   - collected: the text of the address cell.
  ///   - isWithheld: whether there is an address that the packet leaves out.
  init(collected: String?, key: ListingKey, isWithheld: Bool = false) {
    if isWithheld {
      uri = Self.name(of: key)
      note = "data note: the address is withheld; url is a name that this packet gives the listing"
      return
    }
    guard let collected, !collected.isEmpty else {
      uri = Self.name(of: key)
      note = "data note: no web address was collected; url is a name made from the listing's key"
      return
    }
    guard let encoded = WebAddress.encoded(collected), encoded.utf8.count <= Self.maximumLength else {
      uri = Self.name(of: key)
      let shown = String(String.UnicodeScalarView(collected.unicodeScalars.prefix(Self.maximumLength)))
      let isWhole = shown.unicodeScalars.count == collected.unicodeScalars.count
      note =
        "data note: the address as collected is no web address of at most \(Self.maximumLength) characters, so url is a name"
        + " made from the listing's key; \(isWhole ? "it reads" : "it begins"): \(shown)"
      return
    }
    uri = encoded
    note =
      encoded == collected
      ? nil
      : "data note: characters that an address must not hold are percent-encoded in url; as collected it reads: \(collected)"
  }

  /// `urn:linsang:listing:…`; a key that is too long is replaced by its SHA-256.
  private static func name(of key: ListingKey) -> String {
    let urn =
      "urn:linsang:listing:"
      + WebAddress.percentEncoded(key.text.utf8, keepingEscapes: false) { WebAddress.isUnreserved($0) }
    let isEmpty = key.text.isEmpty
    return urn.utf8.count <= maximumLength && !isEmpty
      ? urn : "urn:linsang:listing:sha256:\(SHA256Digest(of: key.text).hex)"
  }
}

/// Parses, encodes and defangs web addresses.
///
/// Cost:   O(bytes).
/// Limits: it does not check that a host exists, which would need a network.
enum WebAddress {
  /// The text as a valid http or https URI; nil if it is not one even when percent-encoded.
  ///
  /// Shape:  the scheme as written, then the rest. Spaces and controls at both ends are dropped, existing escapes are
  ///         kept, and a second `#` is escaped. An IPv6 address in brackets stays as it is.
  /// Fails:  returns nil without `://`, for any other scheme, without a host, for an IPv6 address not closed or with
  ///         other characters, and for a port that is not up to five digits.
  static func encoded(_ text: String) -> String? {
    let trimmed = text.utf8.drop { $0 <= 0x20 }
    guard let separator = firstRange(of: "://", in: trimmed) else { return nil }
    let scheme = String(Substring(trimmed[..<separator.lowerBound]))
    guard ["http", "https"].contains(scheme.lowercased()) else { return nil }
    var rest = Array(trimmed[separator.upperBound...])
    while let last = rest.last, last <= 0x20 { rest.removeLast() }
    let end = rest.firstIndex { $0 == 0x2f || $0 == 0x3f || $0 == 0x23 } ?? rest.endIndex
    guard let authority = encodedAuthority(rest[..<end]) else { return nil }
    var isInFragment = false
    let tail = percentEncoded(rest[end...]) { byte in
      // The first # begins the fragment; a second one would be invalid.
      if byte == 0x23, !isInFragment {
        isInFragment = true
        return true
      }
      return isPathOrQuery(byte)
    }
    return "\(scheme)://\(authority)\(tail)"
  }

  /// User, host and port, encoded; nil if they are invalid.
  private static func encodedAuthority(_ bytes: ArraySlice<UInt8>) -> String? {
    var user = ""
    var host = bytes
    if let at = bytes.lastIndex(of: 0x40) {
      user = percentEncoded(bytes[..<at]) { isUnreserved($0) || isSubDelimiter($0) || $0 == 0x3a } + "@"
      host = bytes[(at + 1)...]
    }
    if host.first == 0x5b {
      guard let close = host.firstIndex(of: 0x5d),
        host[(host.startIndex + 1)..<close].allSatisfy({ isHexDigit($0) || $0 == 0x3a || $0 == 0x2e }),
        isPort(host[(close + 1)...])
      else { return nil }
      return user + String(decoding: host, as: UTF8.self)
    }
    let colon = host.firstIndex(of: 0x3a) ?? host.endIndex
    guard colon > host.startIndex, isPort(host[colon...]) else { return nil }
    return user + percentEncoded(host[..<colon]) { isUnreserved($0) || isSubDelimiter($0) }
      + String(decoding: host[colon...], as: UTF8.self)
  }

  /// Whether the bytes are empty, or a colon and up to five digits.
  private static func isPort(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.isEmpty || (bytes.first == 0x3a && bytes.count <= 6 && bytes.dropFirst().allSatisfy { isDigit($0) })
  }

  /// Percent-encodes every byte that is not allowed, as `%41`.
  ///
  /// - Parameter keepingEscapes: whether existing escapes stay as they are.
  static func percentEncoded(
    _ bytes: some Collection<UInt8>, keepingEscapes: Bool = true, unless isAllowed: (UInt8) -> Bool
  ) -> String {
    let source = Array(bytes)
    let digits = Array("0123456789ABCDEF".utf8)
    var out: [UInt8] = []
    out.reserveCapacity(source.count)
    for (index, byte) in source.enumerated() {
      let isEscape =
        keepingEscapes && byte == 0x25 && index + 2 < source.count && isHexDigit(source[index + 1])
        && isHexDigit(source[index + 2])
      if isEscape || isAllowed(byte) {
        out.append(byte)
      } else {
        out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// RFC 3986, section 2.3.
  static func isUnreserved(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte) || byte == 0x2d || byte == 0x2e
      || byte == 0x5f || byte == 0x7e
  }

  /// RFC 3986, section 2.2.
  private static func isSubDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x21, 0x24, 0x26, 0x27, 0x28, 0x29, 0x2a, 0x2b, 0x2c, 0x3b, 0x3d: true
    default: false
    }
  }

  private static func isPathOrQuery(_ byte: UInt8) -> Bool {
    isUnreserved(byte) || isSubDelimiter(byte) || byte == 0x3a || byte == 0x40 || byte == 0x2f || byte == 0x3f
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isHexDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
  }

  /// The position of a separator.
  private static func firstRange(of mark: String, in bytes: Substring.UTF8View) -> Range<String.Index>? {
    Substring(bytes).firstRange(of: mark)
  }

  // MARK: - Defanging

  /// An address that no viewer follows: `hxxps://bazaar[.]example/item/1`.
  ///
  /// Shape:  `hxxp` for `http`, and `[.]` for each dot of the host, which begins after `://` or else with the text; the
  ///         path keeps its dots.
  /// Limits: for people to read; it is not escaped for HTML.
  static func defanged(_ address: String) -> String {
    let text = defangedSchemes(in: address)
    let hostStart = text.firstRange(of: "://")?.upperBound ?? text.startIndex
    let hostEnd = text[hostStart...].firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? text.endIndex
    let host = text[hostStart..<hostEnd].map { $0 == "." ? "[.]" : String($0) }.joined()
    return text[..<hostStart] + host + text[hostEnd...]
  }

  /// Running text in which the schemes of web addresses are written `hxxp`, so that no viewer or printer makes links of
  /// them. The length stays the same.
  static func defangedSchemes(in text: String) -> String {
    var bytes = Array(text.utf8)
    guard bytes.count >= 7 else { return text }
    for index in 0..<(bytes.count - 6) where bytes[index] | 0x20 == 0x68 {
      let isHTTP = bytes[index + 1] | 0x20 == 0x74 && bytes[index + 2] | 0x20 == 0x74 && bytes[index + 3] | 0x20 == 0x70
      guard isHTTP else { continue }
      let colon = bytes[index + 4] | 0x20 == 0x73 ? index + 5 : index + 4
      guard colon + 2 < bytes.count, bytes[colon...(colon + 2)].elementsEqual([0x3a, 0x2f, 0x2f]) else { continue }
      bytes[index + 1] = 0x78
      bytes[index + 2] = 0x78
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
