import Listings
import Matching

/// The flags of a dataset after a change of the lexicons, from those before it.
///
/// Only rows that the change can reach are read again; of all others risk and terms are taken over.
/// Rule:   a term acts on a row only through a place where it is written, be it as a hit, as a cue of others or as a
///         guard. So a row can change only where a writing of a term that has come or gone stands, or a word that only
///         such a term asks for (a title's cues are counted, `HitJudging.titleLimit`); or where it was not readable, or
///         not told from that, and the scripts that are covered changed.
/// Law:    the same flags as flagging all rows anew.
/// Cost:   one pass of a small matcher over the text, and reading the rows that it finds; 5 bytes a row and 2 a term.
package struct Reflagging: Sendable {
  package let flags: RowFlags
  /// The rows that were read again; nil where that were all of them.
  package let reread: RowSet?

  /// Nil when cancelled half-way.
  ///
  /// - Parameter before: flags of rows of `dataset`; where they do not reach its end, neither does the answer, and what
  ///   they have beyond it is left aside.
  package init?(
    _ before: RowFlags, with lexicons: CompiledLexicons, over dataset: Dataset, _ cancellation: Cancellation? = nil
  ) {
    let before = RowFlags(min(before.rowCount, dataset.rowCount), before.lexicons, before.columns)
    guard let reach = ChangeReach(before.lexicons, lexicons, dataset) else {
      guard let flags = Self.flaggedAnew(before, lexicons, dataset, cancellation) else { return nil }
      self.flags = flags
      reread = nil
      return
    }
    guard let rows = reach.rows(of: before, in: dataset, cancellation),
      let flags = Self.flagged(before, rows, reach, lexicons, dataset, cancellation)
    else { return nil }
    self.flags = flags
    reread = rows
  }

  private static func flaggedAnew(
    _ before: RowFlags, _ lexicons: CompiledLexicons, _ dataset: Dataset, _ cancellation: Cancellation?
  ) -> RowFlags? {
    let flags = RowFlagging(lexicons).extend(over: dataset, cancellation)
    guard flags.rowCount == dataset.rowCount else { return nil }
    return RowFlags(before.rowCount, lexicons, flags.columns)
  }

  private static func flagged(
    _ before: RowFlags, _ reread: RowSet, _ reach: ChangeReach, _ lexicons: CompiledLexicons, _ dataset: Dataset,
    _ cancellation: Cancellation?
  ) -> RowFlags? {
    let columns = RowFlagColumns()
    let codes = dataset.codes(of: .species)
    // In steps, so that what waits for its turn into the columns stays small.
    for start in stride(from: 0, to: before.rowCount, by: blockSize * 4) {
      let step = start..<min(before.rowCount, start + blockSize * 4)
      let parts = FlaggedRows.parts(of: step, cancellation) { row, part, scratch in
        if reread.contains(row) {
          part.append(
            lexicons.flag(
              ListingText(of: row, in: dataset), speciesCell: reach.cells.taxon(codes[row]), using: &scratch))
        } else {
          part.append(
            risk: before.columns.risks[row],
            terms: before.places(of: row).map { reach.newNumbers[Int(before.columns.terms[$0])] })
        }
      }
      guard let parts else { return nil }
      for part in parts { part.append(to: columns) }
    }
    return RowFlags(before.rowCount, lexicons, columns)
  }
}

/// How far a change of the lexicons reaches.
private struct ChangeReach {
  /// The number that a term has now; of terms that have gone none of a row that is not read again.
  let newNumbers: [UInt16]
  let cells: SpeciesCells
  /// Writings of terms that have come or gone, and words that only such terms ask for.
  private let spellings: Set<Spelling>
  private let scriptsGained: Bool
  private let scriptsLost: Bool

  /// Nil where it reaches all rows: another taxon table, another order among terms that stayed, more terms than can be
  /// numbered.
  init?(_ before: CompiledLexicons, _ after: CompiledLexicons, _ dataset: Dataset) {
    let correspondence = TermCorrespondence(before.terms, after.terms)
    guard correspondence.keepsOrder, before.problems.isEmpty, after.problems.isEmpty else { return nil }
    for (old, new) in correspondence.newPlaces.enumerated() {
      if let new, before.taxa[old] != after.taxa[new] { return nil }
    }
    var (cellsBefore, cells) = (SpeciesCells(), SpeciesCells())
    cellsBefore.extend(over: dataset, before)
    cells.extend(over: dataset, after)
    guard cells == cellsBefore else { return nil }
    self.cells = cells
    newNumbers = correspondence.newPlaces.map { UInt16($0 ?? Int(UInt16.max)) }
    let moved = correspondence.gone.map { before.terms[$0] } + correspondence.come.map { after.terms[$0] }
    let words = Self.words(before.terms).symmetricDifference(Self.words(after.terms))
    spellings = Set(moved.flatMap(\.spellings) + words.map { Spelling($0) })
    scriptsGained = !after.coveredScripts.isSubset(of: before.coveredScripts)
    scriptsLost = !before.coveredScripts.isSubset(of: after.coveredScripts)
  }

  /// The words that terms need or shun.
  private static func words(_ terms: [Term]) -> Set<String> {
    var words: Set<String> = []
    for case .word(let word) in terms.lazy.flatMap({ $0.needs + $0.unless }) { words.insert(word) }
    return words
  }

  func rows(of flags: RowFlags, in dataset: Dataset, _ cancellation: Cancellation?) -> RowSet? {
    guard var rows = TermRows.rows(holding: spellings, in: dataset, cancellation) else { return nil }
    // A script more makes readable what was not; one less may make unreadable what has no term that speaks for wildlife.
    if scriptsGained || scriptsLost {
      for row in 0..<flags.rowCount {
        let isUncovered = flags.columns.risks[row] == RowFlags.notCoveredMark
        let isReach = isUncovered ? scriptsGained : scriptsLost && flags.places(of: row).isEmpty
        if isReach { rows.insert(row) }
      }
    }
    return rows
  }
}
