import Foundation

/// Text of any origin made fit for a person's eyes: composed, and with everything that hides or steers made visible.
///
/// Only the report, the sheet and the plain-text files use it. `packet.json` keeps the exact text.
/// Source: the packet specification, section 4; composition is Unicode NFC (UAX #15), from Foundation because the
///         standard library has no public normaliser.
enum DisplayText {
  /// `text` in NFC, each character that `needsShowing` as `[U+202E]`, cut after `limit` characters.
  static func visible(_ text: String, limit: Int = .max) -> String {
    if isPlain(text), text.utf8.count <= limit { return text }
    var out = ""
    var written = 0
    for scalar in composed(text).unicodeScalars {
      guard written < limit else { return out + "… [cut]" }
      if needsShowing(scalar) { out += notation(of: scalar) } else { out.unicodeScalars.append(scalar) }
      written += 1
    }
    return out
  }

  /// Whether a reader would not see this character, or would see others because of it: the categories Cc Cf Zl Zp Co
  /// Cs, and the noncharacters.
  static func needsShowing(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7f { return scalar.value < 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: return true
    default: return scalar.properties.isNoncharacterCodePoint
    }
  }

  /// `[U+202E]`
  static func notation(of scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return "[U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex + "]"
  }

  /// `text` in Unicode's form NFC.
  static func composed(_ text: String) -> String {
    text.utf8.allSatisfy { $0 < 0x80 } ? text : text.precomposedStringWithCanonicalMapping
  }

  private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7e).contains($0) } }
}
