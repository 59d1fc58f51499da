import Foundation

/// Makes text of any origin safe to read: composed, with everything that hides or redirects text made visible.
///
/// Cost:   O(scalars); printable ASCII is returned as it is.
/// Limits: for the report, the sheet and plain-text files only; `packet.json` keeps the exact text.
/// Source: the packet specification, section 4. Composition is Unicode NFC (UAX #15), from Foundation because the standard
///         library has no public normaliser.
enum DisplayText {
  /// The text in NFC, with each character that `needsShowing` written as `[U+202E]`, cut after `limit` characters.
  ///
  /// Shape:  a cut text ends in `… [cut]`, which does not count towards the limit. Line feeds and tabs are shown too,
  ///         as `[U+000A]` and `[U+0009]`; callers that keep lines split the text first.
  /// Units:  `limit` counts Unicode scalars of the composed text; a character shown as `[U+202E]` counts as one.
  static func visible(_ text: String, limit: Int = .max) -> String {
    if isPlain(text), text.utf8.count <= limit { return text }
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count)
    var written = 0
    for scalar in composed(text).unicodeScalars {
      guard written < limit else {
        out += Array("… [cut]".utf8)
        break
      }
      if needsShowing(scalar) { out += Array(notation(of: scalar).utf8) } else { append(scalar, to: &out) }
      written += 1
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Whether a reader would not see this character, or would see others differently because of it: the categories Cc, Cf,
  /// Zl, Zp, Co and Cs, and noncharacters.
  static func needsShowing(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7f { return scalar.value < 0x20 }
    if scalar.value > 0xad, isOrdinary(scalar) { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: return true
    default: return scalar.properties.isNoncharacterCodePoint
    }
  }

  /// The visible form of a character: `[U+202E]`.
  static func notation(of scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return "[U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex + "]"
  }

  /// The text in NFC.
  static func composed(_ text: String) -> String {
    text.unicodeScalars.allSatisfy(isOrdinary) ? text : text.precomposedStringWithCanonicalMapping
  }

  /// Whether NFC leaves any text of this character as it is, and, above U+00AD, the character hides nothing. These are most
  /// characters of most listings, and they are spared a slow lookup in the Unicode tables.
  static func isOrdinary(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x300, 0x400...0x482, 0x2010...0x2027, 0x3001...0x3029, 0x3041...0x3096, 0x30a1...0x30fa, 0x3400...0x9fff,
      0xac00...0xd7a3, 0xff01...0xff60:
      true
    default: false
    }
  }

  /// Appends the UTF-8 of one character.
  static func append(_ scalar: Unicode.Scalar, to out: inout [UInt8]) {
    let value = scalar.value
    switch value {
    case 0..<0x80: out.append(UInt8(value))
    case 0x80..<0x800:
      out.append(0xc0 | UInt8(value >> 6))
      out.append(0x80 | UInt8(value & 0x3f))
    case 0x800..<0x10000:
      out.append(0xe0 | UInt8(value >> 12))
      out.append(0x80 | UInt8(value >> 6 & 0x3f))
      out.append(0x80 | UInt8(value & 0x3f))
    default:
      out.append(0xf0 | UInt8(value >> 18))
      out.append(0x80 | UInt8(value >> 12 & 0x3f))
      out.append(0x80 | UInt8(value >> 6 & 0x3f))
      out.append(0x80 | UInt8(value & 0x3f))
    }
  }

  /// Whether the text is printable ASCII.
  private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7e).contains($0) } }
}

/// Formats text as HTML that can only be read: it contains no markup, no address to follow, no change of direction.
///
/// Cost:   O(bytes).
/// Fails:  never; whatever the text, the result is inert.
enum HTMLText {
  /// Escapes our own words, or those of the form.
  ///
  /// Beside the five characters of markup, `=` and `:` are escaped. A plain search of the file for handlers, sources and
  /// script addresses then finds none, whatever a seller wrote.
  static func escaped(_ text: String) -> String {
    var out: [UInt8] = []
    out.reserveCapacity(text.utf8.count + 16)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): out += "&amp;".utf8
      case UInt8(ascii: "<"): out += "&lt;".utf8
      case UInt8(ascii: ">"): out += "&gt;".utf8
      case UInt8(ascii: "\""): out += "&quot;".utf8
      case UInt8(ascii: "'"): out += "&#39;".utf8
      case UInt8(ascii: "="): out += "&#61;".utf8
      case UInt8(ascii: ":"): out += "&#58;".utf8
      default: out.append(byte)
      }
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// Text of any origin on one line: composed, made visible, escaped and isolated from the direction of its surroundings;
  /// `absent` for nil or blank text.
  ///
  /// Shape:  `<bdi>…</bdi>`, or `<span class="none">…</span>` for nil or blank text.
  /// Units:  `limit` counts Unicode scalars, before anything is escaped.
  /// Limits: `absent` is not escaped; it must be our own words.
  static func foreign(_ text: String?, limit: Int = 500, absent: String = "not stated") -> String {
    guard let text, !text.allSatisfy(\.isWhitespace) else { return "<span class=\"none\">\(absent)</span>" }
    return "<bdi>" + escaped(WebAddress.defangedSchemes(in: DisplayText.visible(text, limit: limit))) + "</bdi>"
  }

  /// Text of any origin in its own lines; each is cut after `limit` characters.
  ///
  /// Shape:  the lines as `foreign` gives them, joined by `<br>` and a line feed; a blank line stays, as an empty one.
  /// Limits: the number of lines is not limited.
  static func foreignLines(_ text: String?, limit: Int) -> String {
    guard let text, !text.allSatisfy(\.isWhitespace) else { return foreign(nil) }
    return lines(of: text).map { $0.allSatisfy(\.isWhitespace) ? "" : foreign($0, limit: limit) }.joined(
      separator: "<br>\n")
  }

  /// An address of any origin, written so that no viewer follows it.
  ///
  /// Shape:  `<code><bdi>hxxps…</bdi></code>`, the dots of the host in brackets; "not stated" for nil or blank text.
  /// Limits: cut after 2,000 characters.
  static func address(_ text: String?) -> String {
    guard let text, !text.allSatisfy(\.isWhitespace) else { return foreign(nil) }
    return "<code><bdi>" + escaped(WebAddress.defanged(DisplayText.visible(text, limit: 2000))) + "</bdi></code>"
  }

  /// Splits at LF, CR or CR LF. A tab becomes a space, which is how browsers show it.
  static func lines(of text: String) -> [String] {
    var lines: [String] = [""]
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where isAfterReturn: break
      case "\n", "\r": lines.append("")
      case "\t": lines[lines.count - 1].unicodeScalars.append(" ")
      default: lines[lines.count - 1].unicodeScalars.append(scalar)
      }
      isAfterReturn = scalar == "\r"
    }
    return lines
  }
}
