import Listings
import Matching
import Synchronization
import Taxa

/// Flags the rows of a dataset, and later the rows that came since.
///
/// Shape:  the answer does not depend on the number of cores, nor on the steps in which the dataset grew.
/// Cost:   one pass over title and description on all cores. Rows without evidence cost the matcher's pass alone.
/// Limits: one caller at a time does the work; others wait.
package final class RowFlagging: Sendable {
  package let lexicons: CompiledLexicons
  private let work: Mutex<Work>

  /// The state that grows from call to call.
  private struct Work {
    var columns = RowFlagColumns()
    var rowCount = 0
    var speciesCells = SpeciesCells()
  }

  /// Begins with no rows flagged.
  package init(_ lexicons: CompiledLexicons) {
    self.lexicons = lexicons
    work = Mutex(Work())
  }

  /// Continues behind rows that something else has flagged, as `Reflagging`. Nothing else may append to the same flags.
  package init(continuing flags: RowFlags) {
    precondition(flags.columns.risks.count == flags.rowCount, "\(flags.rowCount) rows are not all that was flagged")
    lexicons = flags.lexicons
    work = Mutex(Work(columns: flags.columns, rowCount: flags.rowCount))
  }

  /// The flags so far.
  ///
  /// Cost:   O(1), but waits while another thread is in `extend`.
  package var snapshot: RowFlags { work.withLock { RowFlags($0.rowCount, lexicons, $0.columns) } }

  /// Rows per core and step: few at first, so that the first snapshot comes at once.
  private static let firstStep = 512
  /// Rows per core and step, at most.
  private static let maximumStep = 16_384

  /// Flags the rows that are not flagged yet. The answer covers the whole dataset unless cancelled.
  ///
  /// - Parameter progress: receives a snapshot after every step, on the calling thread.
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
        step = min(step * 2, Self.maximumStep)
        progress(RowFlags(work.rowCount, lexicons, work.columns))
      }
      return RowFlags(work.rowCount, lexicons, work.columns)
    }
  }

  /// Flags one step; nil when cancelled, since a step counts whole or not at all.
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

/// What the columns keep of one row.
package struct RowFlag {
  /// The risk, or a mark of `RowFlags`.
  let risk: UInt8
  /// The terms that count, ascending.
  let terms: [TermID]
}

extension CompiledLexicons {
  /// The outcome of `reading(of:species:)` without its reasons, and faster.
  ///
  /// Shape:  the terms that count in full, evidence and benign; none in a row without evidence.
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
    for hit in hits where hit.status.isCounted {
      let kind = self[hit.term].kind
      if kind.isEvidence || kind == .benign, !terms.contains(hit.term) { terms.append(hit.term) }
    }
    return RowFlag(risk: UInt8(risk), terms: terms.sorted())
  }
}

/// Flags that one core has computed and not yet appended to the shared columns.
package struct FlaggedRows: Sendable {
  private var risks: [UInt8] = []
  /// How many terms each row has.
  private var termCounts: [UInt32] = []
  private var terms: [UInt16] = []

  /// Adds the next row.
  package mutating func append(_ flag: RowFlag) { append(risk: flag.risk, terms: flag.terms.lazy.map(\.number)) }

  /// Adds the next row, its terms ascending.
  mutating func append(risk: UInt8, terms: some Sequence<UInt16>) {
    let count = self.terms.count
    self.terms.append(contentsOf: terms)
    risks.append(risk)
    termCounts.append(UInt32(self.terms.count - count))
  }

  /// Flags a range of rows on all cores; nil when cancelled.
  ///
  /// Shape: the parts are in the order of the rows.
  /// - Parameter flag: appends one row to `part`.
  package static func parts(
    of rows: Range<Int>, _ cancellation: Cancellation?,
    _ flag: (_ row: Int, _ part: inout FlaggedRows, _ scratch: inout SpellingMatcher.Scratch) -> Void
  ) -> [FlaggedRows]? {
    let parts = Mutex([Int: FlaggedRows]())
    Parallel.parts(rows.count, minimum: 64) { number, range in
      var part = FlaggedRows()
      var scratch = SpellingMatcher.Scratch()
      for row in range.lowerBound + rows.lowerBound..<range.upperBound + rows.lowerBound {
        if row & 63 == 0, cancellation?.isCancelled == true { return }
        flag(row, &part, &scratch)
      }
      let done = part
      parts.withLock { $0[number] = done }
    }
    if cancellation?.isCancelled == true { return nil }
    return parts.withLock { parts in parts.keys.sorted().compactMap { parts[$0] } }
  }

  /// Appends these rows to the columns. One thread does so at a time, in the order of the rows.
  func append(to columns: RowFlagColumns) {
    var end = columns.ends.count == 0 ? 0 : columns.ends[columns.ends.count - 1]
    let ends = termCounts.map { count in
      end += count
      return end
    }
    risks.withUnsafeBufferPointer { columns.risks.append($0) }
    ends.withUnsafeBufferPointer { columns.ends.append($0) }
    terms.withUnsafeBufferPointer { columns.terms.append($0) }
  }
}
