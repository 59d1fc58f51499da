/// Rows with what they are sorted by.
struct KeyedRows {
  let rows: [UInt32]
  /// One per row; `.max` stands for no value.
  let keys: [UInt64]
  let descending: Bool

  private struct Pair {
    var key: UInt64
    var row: UInt32
  }

  /// The rows by their keys, stable, those without a key last; nil when cancelled.
  func sorted(_ cancellation: Cancellation?) -> [UInt32]? {
    let span = Span(keys)
    let rowBits = 64 - UInt64(rows.last ?? 0).leadingZeroBitCount
    guard span.bits + rowBits <= 64 else { return pairs(span, cancellation)?.map(\.row).appending(blanks) }
    // Key and row share a word, which halves what every pass moves.
    var words: [UInt64] = []
    words.reserveCapacity(rows.count)
    for (key, row) in zip(keys, rows) where key != .max {
      words.append(span.offset(key, descending) << UInt64(rowBits) | UInt64(row))
    }
    guard RadixSort.sort(&words, bits: span.bits, cancellation, key: { $0 >> UInt64(rowBits) }) else { return nil }
    let mask: UInt64 = 1 << UInt64(rowBits) - 1
    return words.map { UInt32(truncatingIfNeeded: $0 & mask) }.appending(blanks)
  }

  /// The rows by their titles, of which the keys are the first 8 folded bytes; nil when cancelled.
  func sortedTitles(of dataset: Dataset, _ cancellation: Cancellation?) -> [UInt32]? {
    guard var pairs = pairs(Span(keys), cancellation) else { return nil }
    settleTies(&pairs, of: dataset, cancellation)
    return cancellation?.isCancelled == true ? nil : pairs.map(\.row).appending(blanks)
  }

  private var blanks: [UInt32] { zip(keys, rows).compactMap { $0 == .max ? $1 : nil } }

  private func pairs(_ span: Span, _ cancellation: Cancellation?) -> [Pair]? {
    var pairs: [Pair] = []
    pairs.reserveCapacity(rows.count)
    for (key, row) in zip(keys, rows) where key != .max {
      pairs.append(Pair(key: span.offset(key, descending), row: row))
    }
    return RadixSort.sort(&pairs, bits: span.bits, cancellation, key: \.key) ? pairs : nil
  }

  private func settleTies(_ pairs: inout [Pair], of dataset: Dataset, _ cancellation: Cancellation?) {
    // Each core takes whole groups of equal keys.
    let parts = max(1, Parallel.partCount(pairs.count, least: 4096))
    let borders = (0...parts).map { part in
      var border = pairs.count * part / parts
      while border > 0, border < pairs.count, pairs[border].key == pairs[border - 1].key { border += 1 }
      return border
    }
    pairs.withUnsafeMutableBufferPointer { pairs in
      _ = Parallel.parts(parts, least: 1) { _, range in
        var texts = FoldedTexts()
        var start = borders[range.lowerBound]
        let last = borders[range.upperBound]
        while start < last, cancellation?.isCancelled != true {
          var end = start + 1
          while end < last, pairs[end].key == pairs[start].key { end += 1 }
          if end - start > 1 {
            texts.removeAll()
            for pair in pairs[start..<end] { texts.append(dataset.bytes(of: .title, at: Int(pair.row))) }
            let tied = Array(pairs[start..<end])
            for (offset, place) in texts.ordered(descending: descending).places.enumerated() {
              pairs[start + offset] = tied[place]
            }
          }
          start = end
        }
      }
    }
  }

  /// Between which keys all lie.
  private struct Span {
    private var least = UInt64.max
    private var greatest: UInt64 = 0

    init(_ keys: [UInt64]) {
      for key in keys where key != .max { (least, greatest) = (min(least, key), max(greatest, key)) }
    }

    var bits: Int { least > greatest ? 0 : 64 - (greatest - least).leadingZeroBitCount }

    @inline(__always)
    func offset(_ key: UInt64, _ descending: Bool) -> UInt64 { descending ? greatest - key : key - least }
  }
}

extension [UInt32] {
  fileprivate func appending(_ others: [UInt32]) -> [UInt32] { others.isEmpty ? self : self + others }
}
