/// Text as HTML that can only be read: nothing in it is markup, an address to follow, or a direction.
enum HTMLText {
  /// Words of ours or of the form, escaped.
  ///
  /// Beside the five characters of markup, `=` and `:` are escaped, so that a plain search of the file for handlers,
  /// sources and script addresses finds none, whatever a seller wrote.
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

  /// Text of any origin on one line: composed, made visible, escaped, kept apart from the direction of its
  /// surroundings. Nil or blank: `absent`.
  static func foreign(_ text: String?, limit: Int = 500, absent: String = "not stated") -> String {
    guard let text, !text.allSatisfy(\.isWhitespace) else { return "<span class=\"none\">\(absent)</span>" }
    return "<bdi>" + escaped(WebAddress.defangedSchemes(in: DisplayText.visible(text, limit: limit))) + "</bdi>"
  }

  /// Text of any origin in its own lines.
  static func foreignLines(_ text: String?, limit: Int) -> String {
    guard let text, !text.allSatisfy(\.isWhitespace) else { return foreign(nil) }
    return lines(of: text).map { $0.allSatisfy(\.isWhitespace) ? "" : foreign($0, limit: limit) }.joined(
      separator: "<br>\n")
  }

  /// An address of any origin, written so that nothing follows it.
  static func address(_ text: String?) -> String {
    guard let text, !text.allSatisfy(\.isWhitespace) else { return foreign(nil) }
    return "<code><bdi>" + escaped(WebAddress.defanged(DisplayText.visible(text, limit: 2000))) + "</bdi></code>"
  }

  /// Lines end at LF, CR or CR LF; a tab, which a browser shows as a blank, becomes one.
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
