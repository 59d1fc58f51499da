import SmallFormats
import CodeWords

/// A row of a lexicon as text.
package enum LexiconRow {
  /// A line of CSV, RFC 4180, without its line end.
  package static func text(_ cells: [String]) -> String { CSVLine.text(cells) }

  /// The first line of every lexicon.
  package static var header: String { text(LexiconFile.columns) }
}
