/// Makes every invisible character visible, for shells and for files that people open in other programs.
///
/// Shape:  every control, format, separator, private-use and surrogate character (Cc Cf Zl Zp Co Cs)
///         becomes `[U+XXXX]`; all others stay.
/// Cost:   O(characters); text without such characters is returned unchanged.
/// Source: UAX #44, General_Category.
package enum VisibleForm {
  /// The text with every invisible character named.
  ///
  /// - Parameter keepingLines: keeps TAB, CR and LF, for text laid out in lines.
  package static func visible(_ text: String, keepingLines: Bool = false) -> String {
    guard text.unicodeScalars.contains(where: { mustShow($0, keepingLines) }) else { return text }
    var shown = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if mustShow(scalar, keepingLines) {
        shown.append(contentsOf: name(of: scalar.value).unicodeScalars)
      } else {
        shown.append(scalar)
      }
    }
    return String(shown)
  }

  /// How a hidden character is named on screen and in files: `[U+202E]`.
  package static func name(of codePoint: UInt32) -> String {
    let digits = String(codePoint, radix: 16, uppercase: true)
    return "[U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits + "]"
  }

  private static func mustShow(_ scalar: Unicode.Scalar, _ keepingLines: Bool) -> Bool {
    if scalar.value >= 0x20 && scalar.value < 0x7F { return false }
    if keepingLines, scalar == "\t" || scalar == "\n" || scalar == "\r" { return false }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: return true
    default: return false
    }
  }
}
