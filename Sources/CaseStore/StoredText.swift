import Foundation
import Listings

/// Text as a column holds it: any Swift text goes in and comes out the same, in one form per key.
///
/// SQLite's text ends at a NUL for most who read it, so NUL is written as U+FDD0 "0" and U+FDD0, a noncharacter that
/// stands in no text, as U+FDD0 "1". Keys are put in NFC first: two spellings that Swift calls equal must be one row.
/// Source: Unicode 16, section 23.7, noncharacters; UAX #15.
enum StoredText {
  private static let escape = Unicode.Scalar(0xFDD0 as UInt16)!

  static func column(_ text: String) -> String {
    guard needsEscape(text) else { return text }
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0: out.append(contentsOf: [escape, "0"])
      case escape.value: out.append(contentsOf: [escape, "1"])
      default: out.append(scalar)
      }
    }
    return String(out)
  }

  static func column(_ key: ListingKey) -> String {
    if key.text.utf8.allSatisfy({ $0 != 0 && $0 < 0x80 }) { return key.text }
    return column(key.text.precomposedStringWithCanonicalMapping)
  }

  static func text(_ column: String) -> String {
    guard column.utf8.contains(0xEF), column.unicodeScalars.contains(escape) else { return column }
    var out = String.UnicodeScalarView()
    var scalars = column.unicodeScalars.makeIterator()
    while let scalar = scalars.next() {
      if scalar == escape, let code = scalars.next() {
        out.append(code == "0" ? "\0" : escape)
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }

  private static func needsEscape(_ text: String) -> Bool {
    text.utf8.contains { $0 == 0 || $0 == 0xEF } && text.unicodeScalars.contains { $0.value == 0 || $0 == escape }
  }
}
