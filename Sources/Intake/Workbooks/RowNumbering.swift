/// Which row of a table each record was: blank rows and titles leave gaps, rowids may lie anywhere.
///
/// Cost:   two numbers per run of consecutive rows; a look-up is a search among the runs.
package struct RowNumbering: Equatable, Sendable {
  private var firstRecords: [Int] = []
  private var firstNumbers: [Int] = []
  package private(set) var count = 0

  package init() {}

  /// The next record was the row `number`.
  package mutating func append(_ number: Int) {
    if let record = firstRecords.last, let first = firstNumbers.last, first &+ (count - record) == number {
      count += 1
      return
    }
    firstRecords.append(count)
    firstNumbers.append(number)
    count += 1
  }

  /// The row that the record at `index`, from 0, was.
  package func number(of index: Int) -> Int {
    precondition(index >= 0 && index < count, "record \(index) outside \(count) records")
    var low = 0
    var high = firstRecords.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if firstRecords[middle] <= index { low = middle } else { high = middle - 1 }
    }
    return firstNumbers[low] &+ (index - firstRecords[low])
  }

  /// The record, from 0, that was the row `number`; nil where none was.
  package func index(of number: Int) -> Int? {
    for (run, first) in firstNumbers.enumerated() {
      let end = run + 1 < firstRecords.count ? firstRecords[run + 1] : count
      let record = firstRecords[run] &+ (number &- first)
      if record >= firstRecords[run], record < end { return record }
    }
    return nil
  }
}
