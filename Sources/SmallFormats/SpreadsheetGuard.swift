/// Keeps text of listings from acting in a spreadsheet: no cell may begin a formula, wherever a cell may begin.
///
/// Rule:   an apostrophe stands before whatever a spreadsheet would take for the beginning of a formula: at the beginning
///         of the text, behind white space, which some readers drop, and behind a semicolon, a tab or a line break, which
///         begin a new cell where a sheet is read with another separator.
/// Cost:   O(scalars), no allocation.
/// Source: OWASP ASVS 5, 1.2.10; CWE-1236. The full-width signs are those of Japanese and Chinese keyboards, which
///         spreadsheets of these languages take as the plain ones.
package struct SpreadsheetGuard: Sendable {
  private var mayBegin = true

  package init() {}

  /// Whether an apostrophe has to stand before the next scalar of the text; takes the scalar in.
  package mutating func needsApostrophe(before scalar: Unicode.Scalar) -> Bool {
    let acts = mayBegin && Self.starts.contains(scalar)
    switch scalar {
    case ";", "\t", "\n", "\r": mayBegin = true
    default: mayBegin = mayBegin && scalar.properties.isWhitespace
    }
    return acts
  }

  /// The text with its apostrophes.
  package static func guarded(_ text: String) -> String {
    var cells = SpreadsheetGuard()
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if cells.needsApostrophe(before: scalar) { out.append("'") }
      out.append(scalar)
    }
    return String(out)
  }

  private static let starts = Set("=+-@\t\r\n\u{0}＝＋－＠".unicodeScalars)

  // MARK: Tables that are read again

  /// The text with one apostrophe in front where it would act or begins with one by itself, so that `unmarked` gives it back.
  package static func marked(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, first == "'" || starts.contains(first) else { return text }
    return "'" + text
  }

  /// What `marked` was given.
  package static func unmarked(_ text: String) -> String {
    text.unicodeScalars.first == "'" ? String(text.unicodeScalars.dropFirst()) : text
  }
}
