/// Keeps text of listings from acting in a spreadsheet: no cell may begin with a formula, wherever a cell may begin.
///
/// Shape:  an apostrophe is put before anything that a spreadsheet would take for the beginning of a formula: at the
///         beginning of the text, after white space, which some readers drop, and after a semicolon, tab or line break,
///         which begin a cell where the sheet is read with another separator.
/// Cost:   O(scalars), no allocation.
/// Source: OWASP ASVS 5, 1.2.10; CWE-1236. The full-width signs are on Japanese and Chinese keyboards, and spreadsheets in
///         these languages treat them like the plain ones.
package struct SpreadsheetGuard: Sendable {
  private var mayBegin = true

  package init() {}

  /// Whether an apostrophe must precede the next scalar of the text. Takes the scalar in.
  ///
  /// Shape:  called for every scalar of a text, in order.
  package mutating func needsApostrophe(before scalar: Unicode.Scalar) -> Bool {
    let acts = mayBegin && Self.starts.contains(scalar)
    switch scalar {
    case ";", "\t", "\n", "\r": mayBegin = true
    default: mayBegin = mayBegin && scalar.properties.isWhitespace
    }
    return acts
  }

  /// The text with apostrophes where they are needed.
  package static func guarded(_ text: String) -> String {
    var cells = SpreadsheetGuard()
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if cells.needsApostrophe(before: scalar) { out.append("'") }
      out.append(scalar)
    }
    return String(out)
  }

  /// What begins a formula.
  private static let starts = Set("=+-@\t\r\n\u{0}＝＋－＠".unicodeScalars)

  // MARK: Tables that are read back

  /// The text with a single apostrophe in front if it would act, or begins with one itself, so that `unmarked` can undo it.
  package static func marked(_ text: String) -> String {
    guard let first = text.unicodeScalars.first, first == "'" || starts.contains(first) else { return text }
    return "'" + text
  }

  /// The text that `marked` was given.
  package static func unmarked(_ text: String) -> String {
    text.unicodeScalars.first == "'" ? String(text.unicodeScalars.dropFirst()) : text
  }
}

/// Writes a line of the program's own tables as CSV. Cells are only quoted where necessary, so that people can read and edit
/// the table as text.
///
/// Shape:  without a line end. A cell is quoted if it contains a comma, a quotation mark, a control character, or a
///         semicolon, which is the separator of spreadsheets in half of the world.
/// Cost:   O(characters).
/// Fails:  never.
/// Source: RFC 4180.
package enum CSVLine {
  /// The cells as one line.
  package static func text(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") }

  /// A single cell, quoted if necessary.
  package static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.unicodeScalars.contains { scalar in
      scalar == "," || scalar == "\"" || scalar == ";" || scalar.value < 0x20
    }
    return needsQuotes ? "\"" + doublingQuotes(cell) + "\"" : cell
  }

  /// The text with every quotation mark doubled, scalar by scalar, since a mark with a combining accent is still a mark to
  /// whatever reads the table.
  package static func doublingQuotes(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\"" { out.append(scalar) }
      out.append(scalar)
    }
    return String(out)
  }
}
