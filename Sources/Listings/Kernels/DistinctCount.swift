/// Counts the different numbers in a column of fingerprints.
///
/// Cost:   two passes over the rows of the set, the second in groups small enough for the cache of a core: a hash set of a
///         million numbers would wait for memory at every one. 8 bytes per row while it runs.
package enum DistinctCount {
  /// How many different numbers the rows of a set have.
  package static func of(_ numbers: BlockColumn<UInt64>, among rows: RowSet) -> Int {
    let total = rows.count
    guard total > 0 else { return 0 }
    // Groups by the highest bits, which fingerprints spread evenly.
    let bits = max(0, min(10, Int.bitWidth - (total / groupSize).leadingZeroBitCount))
    func group(_ number: UInt64) -> Int { Int(truncatingIfNeeded: (number >> 1) >> UInt64(63 - bits)) }
    var ends = [Int](repeating: 0, count: 1 << bits)
    return withUnsafeTemporaryAllocation(of: UInt64.self, capacity: total) { grouped in
      each(numbers, rows) { ends[group($0)] += 1 }
      var sum = 0
      for index in ends.indices {
        (ends[index], sum) = (sum, sum + ends[index])
      }
      each(numbers, rows) { number in
        let group = group(number)
        grouped[ends[group]] = number
        ends[group] += 1
      }
      var seen = SmallSet()
      var start = 0
      return ends.reduce(0) { count, end in
        defer { start = end }
        return count + seen.distinct(among: UnsafeBufferPointer(rebasing: grouped[start..<end]))
      }
    }
  }

  /// How many numbers a group should have: a table of twice as many fits into the second cache of a core.
  private static let groupSize = 1 << 13

  /// Calls `body` with the number of each row.
  @inline(__always)
  private static func each(_ numbers: BlockColumn<UInt64>, _ rows: RowSet, _ body: (UInt64) -> Void) {
    rows.words.withUnsafeBufferPointer { words in
      for index in 0..<words.count where words[index] != 0 {
        let block = numbers.block(index >> (blockShift - 6)) + (index << 6) & blockMask
        var rest = words[index]
        while rest != 0 {
          body(block[rest.trailingZeroBitCount])
          rest &= rest - 1
        }
      }
    }
  }

  /// A hash set that is used for group after group.
  private struct SmallSet {
    private var slots: [UInt64] = []

    /// How many different numbers there are.
    mutating func distinct(among numbers: UnsafeBufferPointer<UInt64>) -> Int {
      guard numbers.count > 0 else { return 0 }
      var size = 64
      while size < 2 * numbers.count { size *= 2 }
      if slots.count < size {
        slots = Array(repeating: 0, count: size)
      } else {
        for index in 0..<size { slots[index] = 0 }
      }
      return slots.withUnsafeMutableBufferPointer { slots in
        var count = 0
        var hasZero = false
        for number in numbers {
          if number == 0 {
            hasZero = true
            continue
          }
          var slot = Int(truncatingIfNeeded: number) & (size - 1)
          while slots[slot] != 0, slots[slot] != number { slot = (slot + 1) & (size - 1) }
          if slots[slot] == 0 {
            slots[slot] = number
            count += 1
          }
        }
        return count + (hasZero ? 1 : 0)
      }
    }
  }
}
