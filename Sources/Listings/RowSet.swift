/// A set of rows of one dataset: a bit per row.
///
/// Shape:  word `i` holds rows `64*i ..< 64*i+64`, bit 0 first; bits beyond `rowCount` are 0.
/// Cost:   combining is O(rows / 64): 15,625 words at a million rows, because facets are recounted on every key.
package struct RowSet: Equatable, Sendable {
  package private(set) var words: [UInt64]
  /// Rows of the dataset, in the set or not.
  package let rowCount: Int

  /// No row of `rowCount`.
  package init(noneOf rowCount: Int) {
    self.rowCount = rowCount
    words = Array(repeating: 0, count: (rowCount + 63) / 64)
  }

  /// Every row of `rowCount`.
  package init(allOf rowCount: Int) {
    self.rowCount = rowCount
    words = Array(repeating: ~0, count: (rowCount + 63) / 64)
    trim()
  }

  package init(_ rows: some Sequence<Int>, of rowCount: Int) {
    self.init(noneOf: rowCount)
    for row in rows { insert(row) }
  }

  /// Words computed by a kernel, one bit per row.
  package init(words: [UInt64], rowCount: Int) {
    precondition(words.count == (rowCount + 63) / 64, "\(words.count) words for \(rowCount) rows")
    self.words = words
    self.rowCount = rowCount
    trim()
  }

  package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  package func contains(_ row: Int) -> Bool {
    row >= 0 && row < rowCount && words[row >> 6] & (1 << UInt64(row & 63)) != 0
  }

  package mutating func insert(_ row: Int) {
    precondition(row >= 0 && row < rowCount, "row \(row) outside \(rowCount) rows")
    words[row >> 6] |= 1 << UInt64(row & 63)
  }

  package mutating func remove(_ row: Int) {
    guard row >= 0, row < rowCount else { return }
    words[row >> 6] &= ~(1 << UInt64(row & 63))
  }

  package mutating func formIntersection(_ other: RowSet) { combine(other) { $0 & $1 } }
  package mutating func formUnion(_ other: RowSet) { combine(other) { $0 | $1 } }
  package mutating func subtract(_ other: RowSet) { combine(other) { $0 & ~$1 } }

  package func intersection(_ other: RowSet) -> RowSet {
    var result = self
    result.formIntersection(other)
    return result
  }

  package func union(_ other: RowSet) -> RowSet {
    var result = self
    result.formUnion(other)
    return result
  }

  package func subtracting(_ other: RowSet) -> RowSet {
    var result = self
    result.subtract(other)
    return result
  }

  package var complement: RowSet {
    var result = self
    for index in result.words.indices { result.words[index] = ~result.words[index] }
    result.trim()
    return result
  }

  /// The same rows among more (or fewer) rows, as when a dataset grew.
  package func resized(to newCount: Int) -> RowSet {
    guard newCount != rowCount else { return self }
    var longer = Array(words.prefix((newCount + 63) / 64))
    longer += Array(repeating: 0, count: (newCount + 63) / 64 - longer.count)
    return RowSet(words: longer, rowCount: newCount)
  }

  /// Whether the first rows are in the set exactly where they are in `other`, a set of as many or fewer rows.
  package func begins(with other: RowSet) -> Bool {
    guard other.rowCount <= rowCount else { return false }
    let whole = other.rowCount >> 6
    guard words.prefix(whole).elementsEqual(other.words.prefix(whole)) else { return false }
    guard other.rowCount & 63 != 0 else { return true }
    return (words[whole] ^ other.words[whole]) & (1 << UInt64(other.rowCount & 63) - 1) == 0
  }

  /// The rows of the set from `start` on.
  package func from(_ start: Int) -> RowSet {
    var result = self
    let whole = min(words.count, start >> 6)
    for index in 0..<whole { result.words[index] = 0 }
    if whole < words.count { result.words[whole] &= ~0 << UInt64(start & 63) }
    return result
  }

  /// Takes the rows before `end`, a multiple of 64, from another set.
  package mutating func replaceRows(before end: Int, with other: RowSet) {
    precondition(end & 63 == 0 && end <= other.rowCount && end <= rowCount, "no whole words before \(end)")
    words.replaceSubrange(..<(end >> 6), with: other.words[..<(end >> 6)])
  }

  /// Calls `body` with each row of the set, in ascending order.
  package func forEach(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(index << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  /// The rows, in ascending order.
  package var rows: [Int] {
    var result: [Int] = []
    result.reserveCapacity(count)
    forEach { result.append($0) }
    return result
  }

  private mutating func combine(_ other: RowSet, _ operation: (UInt64, UInt64) -> UInt64) {
    precondition(rowCount == other.rowCount, "row sets of \(rowCount) and \(other.rowCount) rows")
    words.withUnsafeMutableBufferPointer { mine in
      other.words.withUnsafeBufferPointer { theirs in
        for index in 0..<mine.count { mine[index] = operation(mine[index], theirs[index]) }
      }
    }
  }

  private mutating func trim() {
    if rowCount & 63 != 0, let last = words.indices.last { words[last] &= (1 << UInt64(rowCount & 63)) - 1 }
  }
}
