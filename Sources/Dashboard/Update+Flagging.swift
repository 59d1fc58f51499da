import CodeWords
import Filters
import Listings

// Rows are flagged by the lexicons off the loop; every look at them may change what a filter about risk answers.

extension State {
  mutating func flag(_ newFlags: RowFlags, _ of: Dataset) -> [Effect] {
    // Flags of rows that are no longer open.
    guard of.hasSameColumns(as: dataset) else { return [] }
    flags = newFlags
    let isAsked = filter.asksAboutFlags || sort.subject == .risk || speciesGrouping != .asWritten
    return isAsked || isFlagged || facetLists[.term]?.isEmpty != false ? evaluate() : []
  }

  mutating func readLexicons(_ problems: [String]) -> [Effect] {
    lexiconProblems = problems
    return []
  }

  /// Whether every row that is loaded has been read by the lexicons.
  package var isFlagged: Bool { flags.rowCount >= dataset.rowCount }

  /// Whether there are any lexicons.
  package var hasLexicons: Bool { !flags.lexicons.terms.isEmpty }

  /// How far flagging has come, in percent, while it goes on.
  var flaggedPercent: Int? {
    !hasLexicons || isFlagged ? nil : flags.rowCount * 100 / max(1, dataset.rowCount)
  }
}
