/// A set of rows of one dataset, with one bit per row.
///
/// Shape:  word `i` has rows `64*i ..< 64*i+64`, lowest bit first. Bits beyond `rowCount` are 0.
/// Cost:   combining sets is O(rows / 64): 15,625 words for a million rows, since facets are recounted on every keystroke.
/// Limits: sets can only be combined if they have the same `rowCount`.
package struct RowSet: Equatable, Sendable {
  /// The bits, for kernels.
  package private(set) var words: [UInt64]
  /// How many rows the dataset has, in the set or not.
  package let rowCount: Int

  /// The empty set among `rowCount` rows.
  package init(noneOf rowCount: Int) {
    self.rowCount = rowCount
    words = Array(repeating: 0, count: (rowCount + 63) / 64)
  }

  /// All of `rowCount` rows.
  package init(allOf rowCount: Int) {
    self.rowCount = rowCount
    words = Array(repeating: ~0, count: (rowCount + 63) / 64)
    trim()
  }

  /// The given rows, in any order.
  package init(_ rows: some Sequence<Int>, of rowCount: Int) {
    self.init(noneOf: rowCount)
    for row in rows { insert(row) }
  }

  /// The result of a kernel: one bit per row.
  package init(words: [UInt64], rowCount: Int) {
    precondition(words.count == (rowCount + 63) / 64, "\(words.count) words for \(rowCount) rows")
    self.words = words
    self.rowCount = rowCount
    trim()
  }

  /// How many rows are in the set.
  ///
  /// Cost:   O(rows / 64).
  package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
  package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Whether a row is in the set; false for rows outside the dataset.
  package func contains(_ row: Int) -> Bool {
    row >= 0 && row < rowCount && words[row >> 6] & (1 << UInt64(row & 63)) != 0
  }

  /// Adds a row of the dataset.
  package mutating func insert(_ row: Int) {
    precondition(row >= 0 && row < rowCount, "row \(row) outside \(rowCount) rows")
    words[row >> 6] |= 1 << UInt64(row & 63)
  }

  /// Removes a row, if it is in the set.
  package mutating func remove(_ row: Int) {
    guard row >= 0, row < rowCount else { return }
    words[row >> 6] &= ~(1 << UInt64(row & 63))
  }

  /// Keeps only rows that are also in `other`.
  package mutating func formIntersection(_ other: RowSet) { combine(other) { $0 & $1 } }
  /// Adds the rows of `other`.
  package mutating func formUnion(_ other: RowSet) { combine(other) { $0 | $1 } }
  /// Removes the rows of `other`.
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

  /// All other rows of the dataset.
  package var complement: RowSet {
    var result = self
    for index in result.words.indices { result.words[index] = ~result.words[index] }
    result.trim()
    return result
  }

  /// Whether `other` has all rows of the set. It may be of a shorter or longer dataset.
  ///
  /// Cost:   O(rows / 64).
  package func isSubset(of other: RowSet) -> Bool {
    words.indices.allSatisfy { words[$0] & ~($0 < other.words.count ? other.words[$0] : 0) == 0 }
  }

  /// The same rows among more or fewer rows, as after a dataset has grown.
  package func resized(to newCount: Int) -> RowSet {
    guard newCount != rowCount else { return self }
    var longer = Array(words.prefix((newCount + 63) / 64))
    longer += Array(repeating: 0, count: (newCount + 63) / 64 - longer.count)
    return RowSet(words: longer, rowCount: newCount)
  }

  /// Whether the first rows are in the set exactly where they are in `other`, which has as many rows or fewer.
  ///
  /// Cost:   O(rows of `other` / 64).
  package func begins(with other: RowSet) -> Bool {
    guard other.rowCount <= rowCount else { return false }
    let whole = other.rowCount >> 6
    guard words.prefix(whole).elementsEqual(other.words.prefix(whole)) else { return false }
    guard other.rowCount & 63 != 0 else { return true }
    return (words[whole] ^ other.words[whole]) & (1 << UInt64(other.rowCount & 63) - 1) == 0
  }

  /// The rows of the set that are not before `start`.
  package func from(_ start: Int) -> RowSet {
    var result = self
    let whole = min(words.count, start >> 6)
    for index in 0..<whole { result.words[index] = 0 }
    if whole < words.count { result.words[whole] &= ~0 << UInt64(start & 63) }
    return result
  }

  /// Replaces the rows before `end`, a multiple of 64, by those of another set.
  package mutating func replaceRows(before end: Int, with other: RowSet) {
    precondition(end & 63 == 0 && end <= other.rowCount && end <= rowCount, "no whole words before \(end)")
    words.replaceSubrange(..<(end >> 6), with: other.words[..<(end >> 6)])
  }

  /// Calls `body` for each row of the set, in ascending order.
  ///
  /// Cost:   O(rows / 64), and a step per row in the set.
  package func forEach(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(index << 6 + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }

  /// The rows of the set, in ascending order.
  package var rows: [Int] {
    var result: [Int] = []
    result.reserveCapacity(count)
    forEach { result.append($0) }
    return result
  }

  /// Combines the sets word by word.
  ///
  /// Fails:  with a precondition where they belong to datasets of different lengths.
  private mutating func combine(_ other: RowSet, _ operation: (UInt64, UInt64) -> UInt64) {
    precondition(rowCount == other.rowCount, "row sets of \(rowCount) and \(other.rowCount) rows")
    words.withUnsafeMutableBufferPointer { mine in
      other.words.withUnsafeBufferPointer { theirs in
        for index in 0..<mine.count { mine[index] = operation(mine[index], theirs[index]) }
      }
    }
  }

  /// Clears the bits beyond the last row.
  private mutating func trim() {
    if rowCount & 63 != 0, let last = words.indices.last { words[last] &= (1 << UInt64(rowCount & 63)) - 1 }
  }
}
