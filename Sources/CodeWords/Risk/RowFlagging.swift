import Listings
import Synchronization
import Taxa

/// Flags the rows of a dataset, and later the rows that came since.
///
/// Shape:  the answer does not depend on the number of cores, on the steps in which the dataset grew, nor on which rows
///         came first.
/// Cost:   one pass over title and description on all cores. Rows without evidence cost the matcher's pass alone.
/// Limits: one caller at a time does the work; others wait.
package final class RowFlagging: Sendable {
  package let lexicons: CompiledLexicons
  private let work: Mutex<Work>

  /// The state that grows from call to call.
  private struct Work {
    var columns = RowFlagColumns()
    var flagged = RowSet(noneOf: 0)
    var speciesCells = SpeciesCells()

    /// Makes room for the rows of a dataset that has grown.
    mutating func extend(over dataset: Dataset, _ lexicons: CompiledLexicons) {
      speciesCells.extend(over: dataset, lexicons)
      columns.makeRoom(for: dataset.rowCount)
      if dataset.rowCount > flagged.rowCount { flagged = flagged.resized(to: dataset.rowCount) }
    }

    /// Takes what one core has flagged.
    mutating func accept(_ part: FlaggedRows) {
      part.write(to: columns)
      for row in part.doneRows { flagged.insert(row) }
    }
  }

  /// Begins with no rows flagged.
  package init(_ lexicons: CompiledLexicons) {
    self.lexicons = lexicons
    work = Mutex(Work())
  }

  /// Continues after rows that something else has flagged, as `Reflagging`. Nothing else may write to the same flags.
  package init(continuing flags: RowFlags) {
    lexicons = flags.lexicons
    work = Mutex(Work(columns: flags.columns, flagged: flags.flagged))
  }

  /// The flags so far.
  ///
  /// Cost:   O(rows / 64), but waits while another thread is in `extend`.
  package var snapshot: RowFlags { work.withLock { RowFlags($0.flagged, lexicons, $0.columns) } }

  /// Rows per core and step: few at first, so that the first snapshot comes at once.
  private static let firstStep = 512
  /// Rows per core and step, at most.
  private static let maximumStep = 16_384

  /// Flags the rows that are not flagged yet. The answer covers the whole dataset unless cancelled; then it keeps what is
  /// done.
  ///
  /// - Parameters:
  ///   - first: rows to flag before the others, such as those that a filter shows.
  ///   - progress: receives a snapshot after every step, on the calling thread.
  @discardableResult
  package func extend(
    over dataset: Dataset, first: RowSet? = nil, _ cancellation: Cancellation? = nil,
    progress: (RowFlags) -> Void = { _ in }
  ) -> RowFlags {
    work.withLock { work in
      work.extend(over: dataset, lexicons)
      var waiting = FlaggingOrder(first: first, of: work.flagged.resized(to: dataset.rowCount).complement)
      var step = Self.firstStep
      while cancellation?.isCancelled != true, case let rows = waiting.next(step * Parallel.coreCount), !rows.isEmpty {
        for part in flagged(rows, of: dataset, work.speciesCells, cancellation) { work.accept(part) }
        step = min(step * 2, Self.maximumStep)
        progress(RowFlags(work.flagged, lexicons, work.columns))
      }
      return RowFlags(work.flagged, lexicons, work.columns)
    }
  }

  /// Flags one step; fewer of its rows when cancelled.
  private func flagged(
    _ rows: [Int], of dataset: Dataset, _ cells: SpeciesCells, _ cancellation: Cancellation?
  ) -> [FlaggedRows] {
    let codes = dataset.codes(of: .species)
    return FlaggedRows.parts(of: rows, by: lexicons, cancellation) { row, part, judge in
      judge.flag(ListingText(of: row, in: dataset), species: cells.weights(codes[row]), into: &part)
    }
  }
}

/// The order in which rows are flagged: one set after the other, each from its first row to its last.
struct FlaggingOrder {
  private let sets: [RowSet]
  /// The set, and the word of it, to go on with.
  private var place = (set: 0, word: 0)

  init(_ sets: [RowSet]) { self.sets = sets }

  /// Some of the rows first, then the others.
  init(first: RowSet?, of rows: RowSet) {
    guard let first = first?.resized(to: rows.rowCount).intersection(rows), !first.isEmpty else {
      self.init([rows])
      return
    }
    self.init([first, rows.subtracting(first)])
  }

  /// The next rows; none at the end.
  ///
  /// Shape:  up to 63 more than `limit`, since words stay whole.
  mutating func next(_ limit: Int) -> [Int] {
    var rows: [Int] = []
    rows.reserveCapacity(limit + 64)
    while rows.count < limit, place.set < sets.count {
      guard place.word < sets[place.set].words.count else {
        place = (place.set + 1, 0)
        continue
      }
      var rest = sets[place.set].words[place.word]
      while rest != 0 {
        rows.append(place.word << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
      place.word += 1
    }
    return rows
  }
}

/// Flags that one core has computed and that are not in the shared columns yet.
package struct FlaggedRows: Sendable {
  /// The rows that it was given.
  private let rows: ArraySlice<Int>
  private var risks: [UInt8] = []
  /// Per row: where in `terms` its own begin; nil for a row without any.
  private var heads: [UInt32?] = []
  /// As in `RowFlagColumns`.
  private var terms: [UInt16] = []
  /// Where the terms of the next row begin.
  private var head = 0

  private init(of rows: ArraySlice<Int>) { self.rows = rows }

  /// The rows that are flagged: all, or the first ones when cancelled.
  var doneRows: ArraySlice<Int> { rows.prefix(risks.count) }

  /// Adds a term to the next row, once.
  @inline(__always)
  mutating func take(_ term: UInt16) {
    if terms.count == head {
      terms.append(0)
    } else {
      for index in head + 1..<terms.count where terms[index] == term { return }
    }
    terms.append(term)
  }

  /// Ends the next row.
  ///
  /// Shape:  with the terms taken, ascending.
  package mutating func append(risk: UInt8) {
    risks.append(risk)
    guard terms.count > head else { return heads.append(nil) }
    if terms.count - head > 2 { terms[(head + 1)...].sort() }
    terms[head] = UInt16(terms.count - head - 1)
    heads.append(UInt32(head))
    head = terms.count
  }

  /// Adds the next row, its terms ascending.
  mutating func append(risk: UInt8, terms: some Sequence<UInt16>) {
    for term in terms { take(term) }
    append(risk: risk)
  }

  /// Flags rows on all cores.
  ///
  /// Shape:  the parts are in the order of the rows; when cancelled, each has only the first of its rows.
  /// - Parameter flag: appends one row to `part`.
  package static func parts(
    of rows: [Int], by lexicons: CompiledLexicons, _ cancellation: Cancellation?,
    _ flag: (_ row: Int, _ part: inout FlaggedRows, _ judge: inout ListingJudge) -> Void
  ) -> [FlaggedRows] {
    let parts = Mutex([Int: FlaggedRows]())
    Parallel.parts(rows.count, minimum: 64) { number, range in
      var part = FlaggedRows(of: rows[range])
      var judge = ListingJudge(lexicons)
      for index in range {
        if index & 63 == 0, cancellation?.isCancelled == true { break }
        flag(rows[index], &part, &judge)
      }
      let done = part
      parts.withLock { $0[number] = done }
    }
    return parts.withLock { parts in parts.keys.sorted().compactMap { parts[$0] } }
  }

  /// Writes these rows to the columns, which have room for them. One thread does so at a time.
  func write(to columns: RowFlagColumns) {
    let base = UInt32(columns.terms.count)
    terms.withUnsafeBufferPointer { columns.terms.append($0) }
    for (index, row) in doneRows.enumerated() {
      columns.risks.set(risks[index], at: row)
      if let head = heads[index] { columns.heads.set(base + head, at: row) }
    }
  }
}
