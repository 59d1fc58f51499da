import Listings
import Synchronization
import Matching
import Taxa

/// Flags the rows of a dataset, and later those that came since.
///
/// Shape:  the answer is the same however many cores work, and in however many steps the dataset grew.
/// Cost:   one pass over title and description on all cores; rows without a term that speaks for wildlife cost the
///         matcher's pass alone.
/// One caller at a time does the work; another waits.
package final class RowFlagging: Sendable {
  package let lexicons: CompiledLexicons
  private let work: Mutex<Work>

  /// What grows from call to call.
  private struct Work {
    var columns = RowFlagColumns()
    var rowCount = 0
    var speciesCells = SpeciesCells()
  }

  package init(_ lexicons: CompiledLexicons) {
    self.lexicons = lexicons
    work = Mutex(Work())
  }

  /// Goes on behind rows that were flagged otherwise, as by `Reflagging`; nobody else may go on with the same flags.
  package init(goingOnFrom flags: RowFlags) {
    precondition(flags.columns.risks.count == flags.rowCount, "\(flags.rowCount) rows are not all that was flagged")
    lexicons = flags.lexicons
    work = Mutex(Work(columns: flags.columns, rowCount: flags.rowCount))
  }

  /// What is flagged so far.
  package var look: RowFlags { work.withLock { RowFlags($0.rowCount, lexicons, $0.columns) } }

  /// Rows per core and step: few at first, so that the first look comes at once.
  private static let firstStep = 512
  private static let longestStep = 16_384

  /// Flags the rows that are not yet, and says how far it came: all rows of the dataset unless cancelled.
  ///
  /// - Parameter progress: is given a look after every step, on the calling thread.
  @discardableResult
  package func extend(
    over dataset: Dataset, _ cancellation: Cancellation? = nil, progress: (RowFlags) -> Void = { _ in }
  ) -> RowFlags {
    work.withLock { work in
      work.speciesCells.extend(over: dataset, lexicons)
      var step = Self.firstStep
      while work.rowCount < dataset.rowCount, cancellation?.isCancelled != true {
        let rows = work.rowCount..<min(dataset.rowCount, work.rowCount + step * Parallel.coreCount)
        let cells = work.speciesCells
        guard let parts = flagged(rows, of: dataset, cells, cancellation) else { break }
        for part in parts { part.append(to: work.columns) }
        work.rowCount = rows.upperBound
        step = min(step * 2, Self.longestStep)
        progress(RowFlags(work.rowCount, lexicons, work.columns))
      }
      return RowFlags(work.rowCount, lexicons, work.columns)
    }
  }

  /// Nil when cancelled half-way: a step counts whole or not at all.
  private func flagged(
    _ rows: Range<Int>, of dataset: Dataset, _ cells: SpeciesCells, _ cancellation: Cancellation?
  ) -> [FlaggedRows]? {
    let codes = dataset.codes(of: .species)
    return FlaggedRows.parts(of: rows, cancellation) { row, part, scratch in
      part.append(
        lexicons.flag(ListingText(of: row, in: dataset), speciesCell: cells.taxon(codes[row]), using: &scratch))
    }
  }
}

/// What is kept of a row.
package struct RowFlag {
  let risk: UInt8
  let terms: [TermID]
}

extension CompiledLexicons {
  /// The row as `reading(of:species:)` would have it, without its reasons.
  package func flag(
    _ text: ListingText, speciesCell: Taxon?, using scratch: inout SpellingMatcher.Scratch
  ) -> RowFlag {
    var judging = HitJudging(self, text)
    let hits = judging.hits(onlyWithEvidence: speciesCell == nil, using: &scratch)
    let hasEvidence = RiskFormula.hasEvidence(hits, self)
    if !hasEvidence {
      switch Readability.of(text, covering: coveredScripts) {
      case .read: break
      case .noText: return RowFlag(risk: RowFlags.noTextMark, terms: [])
      case .notCovered: return RowFlag(risk: RowFlags.notCoveredMark, terms: [])
      }
      if speciesCell == nil { return RowFlag(risk: 0, terms: []) }
    }
    let risk = RiskFormula(self, hits, speciesCell: speciesCell).value()
    guard hasEvidence else { return RowFlag(risk: UInt8(risk), terms: []) }
    var terms: [TermID] = []
    for hit in hits where hit.standing.isCounted {
      let kind = self[hit.term].kind
      if kind.isEvidence || kind == .harmless, !terms.contains(hit.term) { terms.append(hit.term) }
    }
    return RowFlag(risk: UInt8(risk), terms: terms.sorted())
  }
}
