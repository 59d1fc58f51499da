import CodeWords
import Filters
import Listings
import Workspace

// Rows are flagged by the lexicons off the loop; every look at them may change what a filter about risk answers.

extension State {
  mutating func flag(_ newFlags: RowFlags, _ of: Dataset) -> [Effect] {
    // Flags of rows that are no longer open.
    guard of.hasSameColumns(as: dataset) else { return [] }
    return session.take(newFlags) ? flagsChanged() : []
  }

  /// Asks for the rows to be flagged that are not yet, or for the lexicons to do it with.
  mutating func flagRows() -> [Effect] {
    guard dataset.rowCount > 0 else { return [] }
    guard let newest = session.newestLexicons else {
      return session.asksForLexicons() ? [.loadLexicons(LexiconLoading(after: nil))] : []
    }
    return newest.compiled.terms.isEmpty ? [] : [.flag(FlaggingRequest(snapshot, with: newest))]
  }

  /// Takes lexicons that were just read.
  mutating func take(_ loaded: LoadedLexicons) -> [Effect] {
    let areFlagsNew = session.take(loaded)
    let effects = areFlagsNew ? flagsChanged() : []
    return effects + (isFlagged && session.coming == nil ? [] : flagRows())
  }

  private mutating func flagsChanged() -> [Effect] {
    let effects = snapshot.lexicons.map { $0.taxa === taxa ? [] : take($0.taxa) } ?? []
    let asks =
      filter.asksAboutFlags || sort.subject == .risk || countsTaxa || isFlagged
      || facetLists[.term]?.isEmpty != false
    return effects + (asks ? evaluate() : []) + recountLexicons()
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
    if let coming = session.comingRowCount { return coming * 100 / max(1, dataset.rowCount) }
    return !hasLexicons || isFlagged ? nil : flags.rowCount * 100 / max(1, dataset.rowCount)
  }
}
