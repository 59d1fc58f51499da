import SmallFormats
import TextCells

/// A cell of a sheet that leaves the program: quoted after RFC 4180, without anything invisible, and never the beginning
/// of a formula (`SpreadsheetGuard`).
enum SheetCell {
  static let lineEnd = "\r\n"

  static func line(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") + lineEnd }

  static func quoted(_ text: String) -> String {
    "\"" + CSVLine.doublingQuotes(SpreadsheetGuard.guarded(VisibleForm.visible(text))) + "\""
  }
}
