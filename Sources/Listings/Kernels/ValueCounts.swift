/// How often each value occurs among the rows of a set.
///
/// Cost:   O(rows of the set), all cores. When cancelled, what is returned is not complete.
package enum ValueCounts {
  /// Counts per code.
  ///
  /// Shape:  `result[code]`, for every code below `valueCount`.
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

  /// Counts per bucket of a number: `edges` ascending; bucket `i` holds numbers in `edges[i] ..< edges[i+1]`.
  ///
  /// Returns: `edges.count - 1` counts, and how many rows had no number or one outside the edges.
  package static func counts(
    of numbers: BlockColumn<Int64>, missing: Int64, edges: [Int64], among rows: RowSet,
    _ cancellation: Cancellation? = nil
  ) -> (buckets: [Int], outside: Int) {
    let outside = max(0, edges.count - 1)
    guard outside > 0 else { return ([], rows.count) }
    let scale = Scale(edges)
    var counts = scale.starts.withUnsafeBufferPointer { starts in
      edges.withUnsafeBufferPointer { edges in
        summed(outside + 1, rows, cancellation) { counts, block, offset, word in
          let numbers = numbers.block(block) + offset
          var rest = word
          while rest != 0 {
            let number = numbers[rest.trailingZeroBitCount]
            rest &= rest - 1
            guard number != missing, number >= edges[0], number < edges[outside] else {
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

  /// Where the search for a number's bucket begins: buckets of prices grow with the price, so that from the first one
  /// of the number's power of two it is a step or two.
  private struct Scale {
    /// By the number of bits of a positive number; place 0 is for all others.
    let starts: [UInt32]

    init(_ edges: [Int64]) {
      starts = (0...64).map { bits in
        let least = bits == 0 ? Int64.min : bits == 64 ? Int64.max : 1 << Int64(bits - 1)
        return UInt32(max(0, edges.dropLast().prefix { $0 <= least }.count - 1))
      }
    }
  }

  /// Runs `count(counts, block, offset in the block, word)` over the words of `rows` that are not empty, on all cores,
  /// and adds the counts of all cores up.
  @inline(__always)
  private static func summed(
    _ places: Int, _ rows: RowSet, _ cancellation: Cancellation?,
    _ count: (UnsafeMutablePointer<UInt32>, Int, Int, UInt64) -> Void
  ) -> [Int] {
    // Every core has its own counts: with many values and few rows, adding them up would take longer than counting.
    let least = max(2 * places / 64, blockSize / 64)
    let cores = Parallel.partCount(rows.words.count, least: least)
    var counts = [UInt32](repeating: 0, count: max(1, cores) * places)
    counts.withUnsafeMutableBufferPointer { counts in
      guard let base = counts.baseAddress else { return }
      rows.words.withUnsafeBufferPointer { words in
        _ = Parallel.parts(words.count, least: least) { part, range in
          let mine = base + part * places
          for index in range where words[index] != 0 {
            if index & 1023 == 0, cancellation?.isCancelled == true { return }
            count(mine, index >> (blockShift - 6), (index << 6) & blockMask, words[index])
          }
        }
      }
    }
    var sums = counts.prefix(places).map { Int($0) }
    for part in 1..<max(1, cores) { for place in 0..<places { sums[place] += Int(counts[part * places + place]) } }
    return sums
  }
}
