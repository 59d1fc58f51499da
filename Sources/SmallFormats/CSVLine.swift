/// A line of a table of the program's own, as CSV (RFC 4180): cells that need no quotes have none, so that people can read
/// and edit the table as text.
///
/// Shape:  no line end. A cell is quoted where it holds a comma, a quotation mark, a control character, or a semicolon,
///         which is the separator of spreadsheets in half of the world.
/// Cost:   O(characters).
/// Fails:  never.
/// Source: RFC 4180.
package enum CSVLine {
  package static func text(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") }

  package static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.unicodeScalars.contains { scalar in
      scalar == "," || scalar == "\"" || scalar == ";" || scalar.value < 0x20
    }
    return needsQuotes ? "\"" + doublingQuotes(cell) + "\"" : cell
  }

  /// The text with each quotation mark twice: each scalar, for a mark with an accent is a mark to who reads the table.
  package static func doublingQuotes(_ text: String) -> String {
    var out = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\"" { out.append(scalar) }
      out.append(scalar)
    }
    return String(out)
  }
}
