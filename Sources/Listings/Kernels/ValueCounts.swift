import CPlatform

/// Counts how often each value occurs among the rows of a set.
///
/// Cost:   O(rows in the set), on all cores.
/// Fails:  returns incomplete counts when cancelled.
package enum ValueCounts {
  /// Counts per code: `result[code]`, for every code below `valueCount`.
  ///
  /// Cost:   64 additions for a full word of the set, one per row otherwise.
  package static func counts(
    of codes: BlockColumn<UInt32>, valueCount: Int, among rows: RowSet, _ cancellation: Cancellation? = nil
  ) -> [Int] {
    summed(valueCount, rows, cancellation) { counts, block, offset, word in
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

  /// Counts per value of a column of bytes: 256 counts.
  package static func counts(of bytes: BlockColumn<UInt8>, among rows: RowSet) -> [Int] {
    summed(256, rows, nil) { counts, block, offset, word in
      let bytes = bytes.block(block) + offset
      var rest = word
      while rest != 0 {
        counts[Int(bytes[rest.trailingZeroBitCount])] &+= 1
        rest &= rest - 1
      }
    }
  }

  /// Counts numbers by bucket: with ascending `edges`, bucket `i` has the numbers in `edges[i] ..< edges[i+1]`.
  ///
  /// - Returns: `edges.count - 1` counts, and how many rows have no number or one outside the edges.
  package static func counts(
    of numbers: CompactColumn, edges: [Int64], among rows: RowSet,
    _ cancellation: Cancellation? = nil
  ) -> (buckets: [Int], outside: Int) {
    let outside = max(0, edges.count - 1)
    guard outside > 0 else { return ([], rows.count) }
    let scale = Scale(edges)
    var counts = scale.starts.withUnsafeBufferPointer { starts in
      edges.withUnsafeBufferPointer { edges in
        summed(outside + 1, rows, cancellation) { counts, block, offset, word in
          let codes = numbers.block(block) + offset
          var rest = word
          while rest != 0 {
            let number = numbers.number(of: codes[rest.trailingZeroBitCount])
            rest &= rest - 1
            guard number != CompactColumn.missing, number >= edges[0], number < edges[outside] else {
              counts[outside] &+= 1
              continue
            }
            var bucket = Int(starts[number > 0 ? 64 - number.leadingZeroBitCount : 0])
            while number >= edges[bucket + 1] { bucket += 1 }
            counts[bucket] &+= 1
          }
        }
      }
    }
    let left = counts.removeLast()
    return (counts, left)
  }

  /// Where to start looking for a number's bucket. Buckets of prices grow with the price, so the search from the first one of
  /// the number's power of two takes a step or two.
  private struct Scale {
    /// By the number of bits of a positive number; index 0 is for all others.
    let starts: [UInt32]

    init(_ edges: [Int64]) {
      starts = (0...64).map { bits in
        let lowest = bits == 0 ? Int64.min : bits == 64 ? Int64.max : 1 << Int64(bits - 1)
        return UInt32(max(0, edges.dropLast().prefix { $0 <= lowest }.count - 1))
      }
    }
  }

  /// Calls `count(counts, block, offset in the block, word)` for the words of `rows` that are not empty, on all cores, and adds
  /// up the counts of all cores.
  @inline(__always)
  private static func summed(
    _ valueCount: Int, _ rows: RowSet, _ cancellation: Cancellation?,
    _ count: (UnsafeMutablePointer<UInt32>, Int, Int, UInt64) -> Void
  ) -> [Int] {
    // Every core has its own counts. With many values and few rows, adding them up would take longer than counting.
    let minimum = max(2 * valueCount / 64, blockSize / 64)
    let cores = Parallel.partCount(rows.words.count, minimum: minimum)
    var counts = [UInt32](repeating: 0, count: max(1, cores) * valueCount)
    counts.withUnsafeMutableBufferPointer { counts in
      guard let base = counts.baseAddress else { return }
      rows.words.withUnsafeBufferPointer { words in
        _ = Parallel.parts(words.count, minimum: minimum) { part, range in
          let mine = base + part * valueCount
          for index in range where words[index] != 0 {
            if index & 1023 == 0, cancellation?.isCancelled == true { return }
            count(mine, index >> (blockShift - 6), (index << 6) & blockMask, words[index])
          }
        }
      }
    }
    var sums = counts.prefix(valueCount).map { Int($0) }
    for part in 1..<max(1, cores) {
      for value in 0..<valueCount { sums[value] += Int(counts[part * valueCount + value]) }
    }
    return sums
  }
}

/// Counts line feeds.
///
/// Cost:   O(bytes), 64 at a time.
package enum LineCounting {
  /// How many line feeds there are.
  ///
  /// Source: CPlatform's `lp_equal_mask64`, SIMD where the processor has it.
  package static func lineFeeds(in bytes: UnsafeRawBufferPointer) -> Int {
    guard let start = bytes.baseAddress else { return 0 }
    let base = start.assumingMemoryBound(to: UInt8.self)
    var count = 0
    var index = 0
    while index + 64 <= bytes.count {
      count += lp_equal_mask64(base + index, 10).nonzeroBitCount
      index += 64
    }
    while index < bytes.count {
      if base[index] == 10 { count += 1 }
      index += 1
    }
    return count
  }
}
