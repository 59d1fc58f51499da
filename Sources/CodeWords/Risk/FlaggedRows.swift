import Listings
import Synchronization
import Matching

/// Rows flagged by one core, on their way into the columns.
package struct FlaggedRows: Sendable {
  private var risks: [UInt8] = []
  private var termCounts: [UInt32] = []
  private var terms: [UInt16] = []

  package mutating func append(_ flag: RowFlag) { append(risk: flag.risk, terms: flag.terms.lazy.map(\.number)) }

  mutating func append(risk: UInt8, terms: some Sequence<UInt16>) {
    let count = self.terms.count
    self.terms.append(contentsOf: terms)
    risks.append(risk)
    termCounts.append(UInt32(self.terms.count - count))
  }

  /// What all cores made of a range of rows, in the order of the rows; nil when cancelled half-way.
  ///
  /// - Parameter flag: appends one row.
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
