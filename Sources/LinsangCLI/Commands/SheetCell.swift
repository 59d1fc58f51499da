import TextCells

/// A cell of a sheet that leaves the program: quoted after RFC 4180, without anything invisible, and never the beginning
/// of a formula.
///
/// Source: OWASP ASVS 5, 1.2.10; CWE-1236.
enum SheetCell {
  static let lineEnd = "\r\n"

  static func line(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") + lineEnd }

  static func quoted(_ text: String) -> String {
    var out = "\""
    var isAtStart = true
    for scalar in VisibleForm.visible(text).unicodeScalars {
      if isAtStart, formulaStarts.contains(scalar) { out += "'" }
      // A semicolon or a line break begins a new cell where the sheet is read with another separator, and blanks before
      // a formula are dropped by some readers.
      switch scalar {
      case ";", "\t", "\n", "\r": isAtStart = true
      default: isAtStart = isAtStart && scalar.properties.isWhitespace
      }
      if scalar == "\"" { out += "\"\"" } else { out.unicodeScalars.append(scalar) }
    }
    return out + "\""
  }

  private static let formulaStarts = Set("=+-@\t\r＝＋－＠".unicodeScalars)
}
