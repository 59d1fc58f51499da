import Listings
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
    return FlaggedRows.parts(of: rows, by: lexicons, cancellation) { row, part, judge in
      judge.flag(ListingText(of: row, in: dataset), species: cells.weights(codes[row]), into: &part)
    }
  }
}

/// Flags that one core has computed and not yet appended to the shared columns.
package struct FlaggedRows: Sendable {
  private var risks: [UInt8] = []
  /// How many terms each row has.
  private var termCounts: [UInt32] = []
  private var terms: [UInt16] = []

  /// Where the terms of the next row begin.
  private var start = 0

  /// Adds a term to the next row, once.
  @inline(__always)
  mutating func take(_ term: UInt16) {
    for index in start..<terms.count where terms[index] == term { return }
    terms.append(term)
  }

  /// Ends the next row.
  ///
  /// Shape:  with the terms taken, ascending.
  package mutating func append(risk: UInt8) {
    if terms.count - start > 1 { terms[start...].sort() }
    risks.append(risk)
    termCounts.append(UInt32(terms.count - start))
    start = terms.count
  }

  /// Adds the next row, its terms ascending.
  mutating func append(risk: UInt8, terms: some Sequence<UInt16>) {
    self.terms.append(contentsOf: terms)
    append(risk: risk)
  }

  /// Flags a range of rows on all cores; nil when cancelled.
  ///
  /// Shape: the parts are in the order of the rows.
  /// - Parameter flag: appends one row to `part`.
  package static func parts(
    of rows: Range<Int>, by lexicons: CompiledLexicons, _ cancellation: Cancellation?,
    _ flag: (_ row: Int, _ part: inout FlaggedRows, _ judge: inout ListingJudge) -> Void
  ) -> [FlaggedRows]? {
    let parts = Mutex([Int: FlaggedRows]())
    Parallel.parts(rows.count, minimum: 64) { number, range in
      var part = FlaggedRows()
      var judge = ListingJudge(lexicons)
      for row in range.lowerBound + rows.lowerBound..<range.upperBound + rows.lowerBound {
        if row & 63 == 0, cancellation?.isCancelled == true { return }
        flag(row, &part, &judge)
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
