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

  /// Whether a reader would not see this character, or would see others because of it: the categories Cc Cf Zl Zp Co
  /// Cs, and the noncharacters.
  static func needsShowing(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7f { return scalar.value < 0x20 }
    if scalar.value > 0xad, isOrdinary(scalar) { return false }
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
    text.unicodeScalars.allSatisfy(isOrdinary) ? text : text.precomposedStringWithCanonicalMapping
  }

  /// Characters of the scripts most listings are in of which NFC leaves every text as it is, and of which, above
  /// U+00AD, none hides or steers. They spare the slow look into the Unicode tables.
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

  private static func isPlain(_ text: String) -> Bool { text.utf8.allSatisfy { (0x20...0x7e).contains($0) } }
}
