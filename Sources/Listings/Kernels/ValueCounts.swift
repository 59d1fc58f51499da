/// How often each value occurs among the rows of a set.
package enum ValueCounts {
  /// Counts per code.
  ///
  /// Shape:  `result[code]`, for every code below `valueCount`.
  /// Cost:   O(rows of the set); whole words of 64 rows are taken at once where all or none are in the set.
  package static func counts(
    of codes: BlockColumn<UInt32>, valueCount: Int, among rows: RowSet
  ) -> [Int] {
    var counts = [UInt32](repeating: 0, count: valueCount)
    counts.withUnsafeMutableBufferPointer { counts in
      forEachWord(of: rows) { block, offset, word in
        let codes = codes.block(block) + offset
        var rest = word
        if rest == ~0 {
          for index in 0..<64 { counts[Int(codes[index])] &+= 1 }
        } else {
          while rest != 0 {
            counts[Int(codes[rest.trailingZeroBitCount])] &+= 1
            rest &= rest - 1
          }
        }
      }
    }
    return counts.map { Int($0) }
  }

  /// Counts per bucket of a number: `edges` ascending; bucket `i` holds numbers in `edges[i] ..< edges[i+1]`.
  ///
  /// Returns: `edges.count - 1` counts, and how many rows had no number or one outside the edges.
  package static func counts(
    of numbers: BlockColumn<Int64>, missing: Int64, edges: [Int64], among rows: RowSet
  ) -> (buckets: [Int], outside: Int) {
    var buckets = [Int](repeating: 0, count: max(0, edges.count - 1))
    var outside = 0
    edges.withUnsafeBufferPointer { edges in
      forEachWord(of: rows) { block, offset, word in
        let numbers = numbers.block(block) + offset
        var rest = word
        while rest != 0 {
          let number = numbers[rest.trailingZeroBitCount]
          rest &= rest - 1
          let bucket = number == missing ? -1 : Self.bucket(of: number, edges)
          if bucket >= 0 { buckets[bucket] += 1 } else { outside += 1 }
        }
      }
    }
    return (buckets, outside)
  }

  private static func bucket(of number: Int64, _ edges: UnsafeBufferPointer<Int64>) -> Int {
    guard edges.count > 1, number >= edges[0], number < edges[edges.count - 1] else { return -1 }
    var low = 0
    var high = edges.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if edges[middle] <= number { low = middle } else { high = middle }
    }
    return low
  }

  @inline(__always)
  private static func forEachWord(of rows: RowSet, _ body: (Int, Int, UInt64) -> Void) {
    rows.words.withUnsafeBufferPointer { words in
      for index in 0..<words.count where words[index] != 0 {
        body(index >> (blockShift - 6), (index << 6) & blockMask, words[index])
      }
    }
  }
}
