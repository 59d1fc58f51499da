import Dispatch

/// Rows whose value in one column answers a question, as a bit per row.
///
/// Shape: blocks before `from`, a number of blocks, are not asked and have no rows in the answer: where a dataset grew,
///        what was answered before still holds.
/// Cost:  one pass over the column, all cores, 65,536 rows at a time; nil when cancelled half-way.
package enum MatchingRows {
  /// Rows whose code is wanted: `wanted[code]`. Codes beyond the table are not.
  package static func rows(
    of dataset: Dataset, codes: BlockColumn<UInt32>, in wanted: [Bool], from: Int = 0,
    _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    // A single wanted code is the common question (one platform): comparing is faster than looking up.
    let only = wanted.lazy.enumerated().filter(\.element).prefix(2).map { UInt32($0.offset) }
    if only.count == 1, let code = only.first {
      return rows(of: dataset, from: from, cancellation) { block, words, count in
        let codes = codes.block(block)
        fill(words, count) { codes[$0] == code }
      }
    }
    return wanted.withUnsafeBufferPointer { wanted in
      nonisolated(unsafe) let table = wanted  // read-only for the duration of the call
      return rows(of: dataset, from: from, cancellation) { block, words, count in
        let codes = codes.block(block)
        let limit = UInt32(table.count)
        fill(words, count) { codes[$0] < limit && table[Int(codes[$0])] }
      }
    }
  }

  /// Rows whose byte is `wanted`, as for the state of a price.
  package static func rows(
    of dataset: Dataset, bytes: BlockColumn<UInt8>, equalTo wanted: UInt8, from: Int = 0,
    _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    rows(of: dataset, from: from, cancellation) { block, words, count in
      let bytes = bytes.block(block)
      fill(words, count) { bytes[$0] == wanted }
    }
  }

  /// Rows whose number lies in `range`; numbers equal to `missing` never do.
  package static func rows(
    of dataset: Dataset, numbers: BlockColumn<Int64>, in range: ClosedRange<Int64>, missing: Int64, from: Int = 0,
    _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    let low = range.lowerBound
    let high = range.upperBound
    return rows(of: dataset, from: from, cancellation) { block, words, count in
      let numbers = numbers.block(block)
      fill(words, count) { numbers[$0] >= low && numbers[$0] <= high && numbers[$0] != missing }
    }
  }

  /// Rows for which `question` holds, asked row by row: for what no column answers.
  package static func rows(
    of dataset: Dataset, from: Int = 0, _ cancellation: Cancellation?, asking question: @Sendable (Int) -> Bool
  ) -> RowSet? {
    withoutActuallyEscaping(question) { question in
      rows(of: dataset, from: from, cancellation, preparing: { question })
    }
  }

  /// Rows for which the question made by `preparing` holds; it is made once per block, on the thread that asks it,
  /// for what is dear to make and cannot be shared between threads.
  ///
  /// A row may take long, so the wish to stop is looked at every 64 rows.
  package static func rows(
    of dataset: Dataset, from: Int = 0, _ cancellation: Cancellation?, preparing: @Sendable () -> (Int) -> Bool
  ) -> RowSet? {
    rows(of: dataset, from: from, cancellation) { block, words, count in
      let question = preparing()
      let first = block << blockShift
      for start in stride(from: 0, to: count, by: 64) {
        if cancellation?.isCancelled == true { return }
        fill(words + start / 64, min(64, count - start)) { question(first + start + $0) }
      }
    }
  }

  /// Runs `kernel(block, words of the block, rows in the block)` over all blocks, on all cores.
  static func rows(
    of dataset: Dataset, from: Int = 0, _ cancellation: Cancellation?,
    kernel: @Sendable (Int, UnsafeMutablePointer<UInt64>, Int) -> Void
  ) -> RowSet? {
    let rowCount = dataset.rowCount
    var words = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
    let blocks = (rowCount + blockSize - 1) >> blockShift
    words.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let base = buffer  // each block writes its own 1,024 words
      DispatchQueue.concurrentPerform(iterations: max(0, blocks - from)) { step in
        let block = from + step
        if cancellation?.isCancelled == true { return }
        guard let start = base.baseAddress else { return }
        kernel(block, start + block * (blockSize / 64), min(blockSize, rowCount - block << blockShift))
      }
    }
    if cancellation?.isCancelled == true { return nil }
    return RowSet(words: words, rowCount: rowCount)
  }

  @inline(__always)
  static func fill(_ words: UnsafeMutablePointer<UInt64>, _ count: Int, _ holds: (Int) -> Bool) {
    for word in 0..<(count + 63) / 64 {
      let first = word << 6
      var bits: UInt64 = 0
      for bit in 0..<min(64, count - first) { bits |= (holds(first + bit) ? 1 : 0) << UInt64(bit) }
      words[word] = bits
    }
  }
}
