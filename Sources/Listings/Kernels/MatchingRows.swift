/// Rows whose value in a column meets a condition, as one bit per row.
///
/// Shape:  the blocks before the block number `from` are skipped and have no rows in the result. After a dataset has grown,
///         their earlier result still holds.
/// Cost:   one pass over the column on all cores, 65,536 rows at a time.
/// Fails:  returns nil when cancelled midway.
package enum MatchingRows {
  /// Rows whose code is wanted: `wanted[code]`. Codes beyond the table are not.
  ///
  /// Shape:  `wanted` has a flag per code, up to any number of codes.
  package static func rows(
    of dataset: Dataset, codes: BlockColumn<UInt32>, in wanted: [Bool], from: Int = 0,
    _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    // Often a single code is wanted (one platform), and comparing is faster than looking up.
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

  /// Rows whose byte equals `wanted`, as for the state of a price.
  package static func rows(
    of dataset: Dataset, bytes: BlockColumn<UInt8>, equalTo wanted: UInt8, from: Int = 0,
    _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    rows(of: dataset, from: from, cancellation) { block, words, count in
      let bytes = bytes.block(block)
      fill(words, count) { bytes[$0] == wanted }
    }
  }

  /// Rows whose number is in `range`; a missing one never is.
  package static func rows(
    of dataset: Dataset, numbers: CompactColumn, in range: ClosedRange<Int64>, from: Int = 0,
    _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    rows(of: dataset, from: from, cancellation) { block, words, count in
      numbers.fill(words, block: block, count, in: range)
    }
  }

  /// Rows for which `question` is true, asked row by row: for what no column can answer.
  ///
  /// Limits: `question` is called on several threads at once.
  package static func rows(
    of dataset: Dataset, from: Int = 0, _ cancellation: Cancellation?, asking question: @Sendable (Int) -> Bool
  ) -> RowSet? {
    withoutActuallyEscaping(question) { question in
      rows(of: dataset, from: from, cancellation, preparing: { question })
    }
  }

  /// Rows for which the question that `preparing` makes is true.
  ///
  /// Shape:  one question is made per block, on the thread that asks it: for what is expensive to make and cannot be shared
  ///         between threads. A row may take long, so cancellation is checked every 64 rows.
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

  /// Calls `kernel(block, words of the block, rows in the block)` for all blocks, on all cores.
  static func rows(
    of dataset: Dataset, from: Int = 0, _ cancellation: Cancellation?,
    kernel: @Sendable (Int, UnsafeMutablePointer<UInt64>, Int) -> Void
  ) -> RowSet? {
    let rowCount = dataset.rowCount
    var words = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
    let blocks = (rowCount + blockSize - 1) >> blockShift
    words.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let base = buffer  // each block writes its own 1,024 words
      Parallel.each(max(0, blocks - from)) { step in
        let block = from + step
        if cancellation?.isCancelled == true { return }
        guard let start = base.baseAddress else { return }
        kernel(block, start + block * (blockSize / 64), min(blockSize, rowCount - block << blockShift))
      }
    }
    if cancellation?.isCancelled == true { return nil }
    return RowSet(words: words, rowCount: rowCount)
  }

  /// Sets a bit for each row that meets a condition.
  ///
  /// Cost:   one word at a time, without a branch per row.
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

/// Searches for words.
extension MatchingRows {
  /// Rows of which one of `fields` contains the word.
  ///
  /// - Parameter among: if given, only these rows are searched, such as those of a word that this one implies.
  ///
  /// Cost:   one pass over the text of these rows. A title directly followed by its description is searched as one run.
  package static func rows(
    of dataset: Dataset, containing word: TextSearch, in fields: [Field], among: RowSet? = nil,
    from: Int = 0, _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    // Counted fields come first: they have few values, and rows found there need not be searched.
    guard let named = rows(of: dataset, containing: word, inCounted: fields, from: from, cancellation) else {
      return nil
    }
    let texts = fields.filter { $0.storage == .text }.map { dataset.texts(of: $0) }
    guard let first = texts.first else { return among.map { named.intersection($0) } ?? named }
    let second = texts.dropFirst().first
    return named.words.withUnsafeBufferPointer { named in
      nonisolated(unsafe) let named = named  // read-only for the duration of the call
      return rows(of: dataset, from: from, cancellation) { block, words, count in
        let start = block * (blockSize / 64)
        let texts = BlockTexts(first, second, block)
        var scratch: [UInt8] = []
        for index in 0..<(count + 63) / 64 {
          // A thousand rows are half a megabyte of text.
          if index & 15 == 0, cancellation?.isCancelled == true { return }
          let all: UInt64 = count - index << 6 >= 64 ? ~0 : 1 << UInt64(count - index << 6) - 1
          let asked = among.map { $0.words[start + index] } ?? all
          var found = named[start + index] & asked
          var rest = asked & ~found
          while rest != 0 {
            let bit = rest.trailingZeroBitCount
            if texts.contain(word, at: index << 6 + bit, &scratch) { found |= 1 << UInt64(bit) }
            rest &= rest - 1
          }
          words[index] = found
        }
      }
    }
  }

  /// Rows of which one of the counted fields contains the word.
  ///
  /// Cost:   O(distinct values) and O(rows).
  /// Fails:  returns nil when cancelled.
  private static func rows(
    of dataset: Dataset, containing word: TextSearch, inCounted fields: [Field], from: Int,
    _ cancellation: Cancellation?
  ) -> RowSet? {
    var result = RowSet(noneOf: dataset.rowCount)
    var scratch: [UInt8] = []
    for field in fields where field.storage == .dictionary {
      let table = dataset.values(of: field)
      var wanted = [Bool](repeating: false, count: dataset.valueCount(of: field))
      for code in wanted.indices {
        if code & 1023 == 0, cancellation?.isCancelled == true { return nil }
        wanted[code] = word.occurs(in: table.bytes(UInt32(code)), scratch: &scratch)
      }
      guard wanted.contains(true) else { continue }
      guard let found = rows(of: dataset, codes: dataset.codes(of: field), in: wanted, from: from, cancellation)
      else { return nil }
      result.formUnion(found)
    }
    return result
  }
}

/// The texts of one block of rows: of one field, or of two that are often adjacent.
///
/// Shape:  pointers into the columns, fetched once per block.
private struct BlockTexts {
  private let records: RecordStarts.Block
  private let first: TextColumn.Block
  private let second: TextColumn.Block?

  init(_ first: TextColumn, _ second: TextColumn?, _ block: Int) {
    records = first.records(ofBlock: block)
    self.first = first.block(block)
    self.second = second?.block(block)
  }

  /// Whether one of the texts of a row contains the word.
  @inline(__always)
  func contain(_ word: TextSearch, at row: Int, _ scratch: inout [UInt8]) -> Bool {
    let record = records[row]
    let text = first.text(at: row, record: record)
    guard let second else { return word.occurs(in: text, scratch: &scratch) }
    return word.occurs(in: text, or: second.text(at: row, record: record), scratch: &scratch)
  }
}
