import CodeWords
import Filters
import Listings

// Rows are flagged by the lexicons off the loop; every look at them may change what a filter about risk answers.

extension State {
  mutating func flag(_ newFlags: RowFlags, _ of: Dataset) -> [Effect] {
    // Flags of rows that are no longer open.
    guard of.hasSameColumns(as: dataset) else { return [] }
    guard reachAsFar(newFlags) else {
      lexicons.comingRows = newFlags.rowCount
      return []
    }
    lexicons.comingRows = nil
    flags = newFlags
    let asks =
      filter.asksAboutFlags || sort.subject == .risk || speciesGrouping != .asWritten || isFlagged
      || facetLists[.term]?.isEmpty != false
    return (asks ? evaluate() : []) + recountLexicons()
  }

  /// Whether new flags can take the place of those on the screen. With changed lexicons they wait until they reach as
  /// far: half of them would take listings away that come back a moment later.
  private func reachAsFar(_ newFlags: RowFlags) -> Bool {
    let isSame = newFlags.lexicons === flags.lexicons || newFlags.lexicons.terms.isEmpty
    return isSame || newFlags.rowCount >= min(flags.rowCount, dataset.rowCount)
  }

  /// Whether every row that is loaded has been read by the lexicons.
  package var isFlagged: Bool { flags.rowCount >= dataset.rowCount }

  /// Why there are neither terms nor risks; nil where there are.
  var flagsBlocked: String? {
    if hasLexicons { return nil }
    return lexiconsBlocked ?? "No lexicon is on: L lists them and switches them"
  }

  /// Whether there are any lexicons.
  package var hasLexicons: Bool { !flags.lexicons.terms.isEmpty }

  /// How far flagging has come, in percent, while it goes on.
  var flaggedPercent: Int? {
    if let coming = lexicons.comingRows { return coming * 100 / max(1, dataset.rowCount) }
    return !hasLexicons || isFlagged ? nil : flags.rowCount * 100 / max(1, dataset.rowCount)
  }
}
