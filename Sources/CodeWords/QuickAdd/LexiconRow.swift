/// A row of a lexicon as text.
package enum LexiconRow {
  /// A line of CSV, RFC 4180, without its line end.
  package static func text(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") }

  /// The first line of every lexicon.
  package static var header: String { text(LexiconFile.columns) }

  private static func quoted(_ cell: String) -> String {
    let needsQuotes = cell.unicodeScalars.contains { [",", "\"", "\n", "\r", ";"].contains($0) }
    return needsQuotes ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
  }
}
