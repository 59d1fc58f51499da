extension MatchingRows {
  /// Rows of which one of `fields` contains the word.
  ///
  /// - Parameter among: where given, only these rows are asked: those of a word that the word implies.
  /// Cost:   one pass over the text of the rows asked; a title and a description that lie side by side are one run.
  package static func rows(
    of dataset: Dataset, containing word: TextSearch, in fields: [Field], among: RowSet? = nil,
    from: Int = 0, _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    // Counted fields first: their values are few, and rows found there need not be read.
    guard let named = rows(of: dataset, containing: word, inCounted: fields, from: from, cancellation) else {
      return nil
    }
    let texts = fields.filter { $0.storage == .text }.map { dataset.textColumns(of: $0) }
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
            if texts.hold(word, at: index << 6 + bit, &scratch) { found |= 1 << UInt64(bit) }
            rest &= rest - 1
          }
          words[index] = found
        }
      }
    }
  }

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

/// The texts of one block of rows: of one field, or of two that often lie side by side.
private struct BlockTexts {
  typealias Columns = (starts: BlockColumn<UInt64>, lengths: BlockColumn<UInt32>)
  private let starts: UnsafePointer<UInt64>
  private let lengths: UnsafePointer<UInt32>
  private let secondStarts: UnsafePointer<UInt64>?
  private let secondLengths: UnsafePointer<UInt32>?

  init(_ first: Columns, _ second: Columns?, _ block: Int) {
    starts = first.starts.block(block)
    lengths = first.lengths.block(block)
    secondStarts = second?.starts.block(block)
    secondLengths = second?.lengths.block(block)
  }

  @inline(__always)
  func hold(_ word: TextSearch, at row: Int, _ scratch: inout [UInt8]) -> Bool {
    let first = text(starts[row], lengths[row])
    guard let secondStarts, let secondLengths else { return word.occurs(in: first, scratch: &scratch) }
    return word.occurs(in: first, or: text(secondStarts[row], secondLengths[row]), scratch: &scratch)
  }

  @inline(__always)
  private func text(_ start: UInt64, _ length: UInt32) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: UInt(start)), count: Int(length))
  }
}
