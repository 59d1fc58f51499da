import Glibc

/// Sorts rows: stable, with rows without a value last in either direction.
///
/// Cost:   a key per row, then one pass over all keys per 10 bits in which they differ, on all cores. Titles are compared
///         beyond their first 8 folded bytes where those agree.
package enum RowSorting {
  /// The rows in the given order; in that of the dataset when cancelled.
  ///
  /// - Parameter rank: a number per row for sorting by verdict, risk or copies; `UInt32.max` means none and sorts last.
  package static func order(
    _ rows: RowSet, of dataset: Dataset, by order: SortOrder, rank: (Int) -> UInt32 = { _ in .max },
    _ cancellation: Cancellation? = nil
  ) -> RowOrder {
    let plain = RowOrder(rows)
    if order.subject == .file { return order.isDescending ? RowOrder(rows: plain.rows.reversed()) : plain }
    let keys = self.keys(plain.rows, of: dataset, by: order.subject, rank)
    if cancellation?.isCancelled == true { return plain }
    let sorting = KeyedRows(rows: plain.rows, keys: keys, descending: order.isDescending)
    let sorted =
      order.subject == .title ? sorting.sortedTitles(of: dataset, cancellation) : sorting.sorted(cancellation)
    return sorted.map(RowOrder.init(rows:)) ?? plain
  }

  /// A key per row; `.max` where there is no value.
  ///
  /// Cost:   one pass over the rows; for values, their distinct texts are sorted first.
  private static func keys(
    _ rows: [UInt32], of dataset: Dataset, by subject: SortOrder.Subject, _ rank: (Int) -> UInt32
  ) -> [UInt64] {
    switch subject {
    case .file: return rows.map(UInt64.init)
    case .verdict, .risk, .copies: return rows.map { rank(Int($0)) }.map { $0 == .max ? .max : UInt64($0) }
    case .price: return numberKeys(rows, dataset.usDollars)
    case .posted: return numberKeys(rows, dataset.times(of: .postedAt))
    case .field(let field): return valueKeys(rows, of: dataset, field)
    case .title:
      let titles = dataset.texts(of: .title)
      return each(rows, [UInt8]()) { row, scratch in prefixKey(titles[row], &scratch) }
    }
  }

  /// The `key` of every row, on all cores, each with its own scratch memory.
  ///
  /// Cost:   as few parts as keep each above a quarter of a block.
  @inline(__always)
  private static func each<Scratch>(
    _ rows: [UInt32], _ scratch: Scratch, _ key: (Int, inout Scratch) -> UInt64
  ) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: rows.count) { keys, count in
      Parallel.parts(rows.count, minimum: blockSize / 4) { _, range in
        var scratch = scratch
        for index in range { keys[index] = key(Int(rows[index]), &scratch) }
      }
      count = rows.count
    }
  }

  /// Numbers as keys, in their signed order.
  private static func numberKeys(_ rows: [UInt32], _ numbers: CompactColumn) -> [UInt64] {
    each(rows, ()) { row, _ in
      let number = numbers[row]
      // Flipping the sign bit turns signed into unsigned order. The lowest number is the missing one, so subtracting 1
      // keeps the order and leaves `.max` free.
      return number == CompactColumn.missing ? .max : (UInt64(bitPattern: number) ^ (1 << 63)) &- 1
    }
  }

  /// The alphabetical rank of each row's value.
  ///
  /// Cost:   O(values log values) and one lookup per row.
  private static func valueKeys(_ rows: [UInt32], of dataset: Dataset, _ field: Field) -> [UInt64] {
    let table = dataset.values(of: field)
    let count = dataset.valueCount(of: field)
    var texts = FoldedTexts()
    for code in 1..<max(1, count) { texts.append(table.bytes(UInt32(code))) }
    let (indices, isNew) = texts.ordered()
    var ranks = [UInt64](repeating: .max, count: count)
    // Spellings that fold alike share a rank, so that their rows keep their order.
    var rank: UInt64 = 0
    for (index, isNew) in zip(indices, isNew) {
      if isNew { rank += 1 }
      ranks[index + 1] = rank
    }
    let codes = dataset.codes(of: field)
    return each(rows, ()) { row, _ in ranks[Int(codes[row])] }
  }

  /// The first 8 folded bytes of a text.
  ///
  /// Cost:   folds 32 bytes, and the whole text only where too little is left of them.
  private static func prefixKey(_ text: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) -> UInt64 {
    guard text.count > 0 else { return .max }
    if scratch.count < 2 * text.count { scratch = [UInt8](repeating: 0, count: 2 * max(64, text.count)) }
    return scratch.withUnsafeMutableBufferPointer { scratch in
      guard let folded = scratch.baseAddress else { return .max }
      var count = Folding.write(UnsafeRawBufferPointer(rebasing: text.prefix(32)), into: folded)
      // Up to five bytes at the cut may fold differently with what follows, and dropped marks may leave too few.
      if text.count > 32, count < 14 { count = Folding.write(text, into: folded) }
      var key: UInt64 = 0
      for index in 0..<8 { key = key << 8 | (index < count ? UInt64(folded[index]) : 0) }
      return min(key, .max - 1)
    }
  }
}

/// Rows with the keys by which they are sorted.
struct KeyedRows {
  /// The rows, ascending.
  let rows: [UInt32]
  /// One per row; `.max` where there is no value.
  let keys: [UInt64]
  /// Whether the highest key comes first; rows without a value are last either way.
  let descending: Bool

  /// A key and its row, where both do not fit into one word.
  private struct Pair {
    var key: UInt64
    var row: UInt32
  }

  /// The rows sorted by their keys, stable, with those without a value last; nil when cancelled.
  ///
  /// Cost:   as many passes as the range of the keys requires.
  func sorted(_ cancellation: Cancellation?) -> [UInt32]? {
    let span = Span(keys)
    let rowBits = 64 - UInt64(rows.last ?? 0).leadingZeroBitCount
    guard span.bits + rowBits <= 64 else { return pairs(span, cancellation)?.map(\.row).appending(blanks) }
    // Key and row share a word, which halves the data that every pass moves.
    var words: [UInt64] = []
    words.reserveCapacity(rows.count)
    for (key, row) in zip(keys, rows) where key != .max {
      words.append(span.offset(key, descending) << UInt64(rowBits) | UInt64(row))
    }
    guard RadixSort.sort(&words, bits: span.bits, cancellation, key: { $0 >> UInt64(rowBits) }) else { return nil }
    let mask: UInt64 = 1 << UInt64(rowBits) - 1
    return words.map { UInt32(truncatingIfNeeded: $0 & mask) }.appending(blanks)
  }

  /// The rows sorted by their titles, whose first 8 folded bytes are the keys; nil when cancelled.
  func sortedTitles(of dataset: Dataset, _ cancellation: Cancellation?) -> [UInt32]? {
    guard var pairs = pairs(Span(keys), cancellation) else { return nil }
    settleTies(&pairs, of: dataset, cancellation)
    return cancellation?.isCancelled == true ? nil : pairs.map(\.row).appending(blanks)
  }

  /// The rows without a value.
  private var blanks: [UInt32] { zip(keys, rows).compactMap { $0 == .max ? $1 : nil } }

  /// The other rows sorted by key.
  private func pairs(_ span: Span, _ cancellation: Cancellation?) -> [Pair]? {
    var pairs: [Pair] = []
    pairs.reserveCapacity(rows.count)
    for (key, row) in zip(keys, rows) where key != .max {
      pairs.append(Pair(key: span.offset(key, descending), row: row))
    }
    return RadixSort.sort(&pairs, bits: span.bits, cancellation, key: \.key) ? pairs : nil
  }

  /// Sorts rows with equal keys by their whole titles.
  ///
  /// Cost:   folds the titles of ties only.
  private func settleTies(_ pairs: inout [Pair], of dataset: Dataset, _ cancellation: Cancellation?) {
    // Each core takes whole groups of equal keys.
    let parts = max(1, Parallel.partCount(pairs.count, minimum: 4096))
    let borders = (0...parts).map { part in
      var border = pairs.count * part / parts
      while border > 0, border < pairs.count, pairs[border].key == pairs[border - 1].key { border += 1 }
      return border
    }
    pairs.withUnsafeMutableBufferPointer { pairs in
      _ = Parallel.parts(parts, minimum: 1) { _, range in
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
            for (offset, index) in texts.ordered(descending: descending).indices.enumerated() {
              pairs[start + offset] = tied[index]
            }
          }
          start = end
        }
      }
    }
  }

  /// The range of all keys.
  private struct Span {
    private var lowest = UInt64.max
    private var highest: UInt64 = 0

    /// Finds the lowest and the highest key, leaving out `.max`.
    init(_ keys: [UInt64]) {
      for key in keys where key != .max { (lowest, highest) = (min(lowest, key), max(highest, key)) }
    }

    var bits: Int { lowest > highest ? 0 : 64 - (highest - lowest).leadingZeroBitCount }

    @inline(__always)
    /// The key as a distance, so that few bits suffice and the lowest distance comes first.
    func offset(_ key: UInt64, _ descending: Bool) -> UInt64 { descending ? highest - key : key - lowest }
  }
}

extension [UInt32] {
  fileprivate func appending(_ others: [UInt32]) -> [UInt32] { others.isEmpty ? self : self + others }
}

/// Folded texts in one buffer, to be sorted.
///
/// Cost:   sorting is O(n log n) comparisons of bytes.
struct FoldedTexts {
  /// All texts in sequence.
  private var bytes: [UInt8] = []
  /// Where each text ends.
  private var ends: [Int] = []

  /// Folds a text and appends it.
  mutating func append(_ text: UnsafeRawBufferPointer) {
    Folding.append(text, to: &bytes)
    ends.append(bytes.count)
  }

  /// Empties the buffer and keeps its memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// The indices of the texts, sorted by their bytes. Equal texts keep their order in either direction.
  ///
  /// Shape:  `isNew[i]` says whether the text at `indices[i]` differs from the one before it.
  func ordered(descending: Bool = false) -> (indices: [Int], isNew: [Bool]) {
    bytes.withUnsafeBufferPointer { bytes in
      ends.withUnsafeBufferPointer { ends in
        func compared(_ a: Int, _ b: Int) -> Int {
          let (startA, startB) = (a == 0 ? 0 : ends[a - 1], b == 0 ? 0 : ends[b - 1])
          let (countA, countB) = (ends[a] - startA, ends[b] - startB)
          let shared = min(countA, countB)
          let difference =
            shared == 0 ? 0 : Int(memcmp(bytes.baseAddress! + startA, bytes.baseAddress! + startB, shared))
          return difference == 0 ? countA - countB : difference
        }
        let indices = ends.indices.sorted { a, b in
          let difference = compared(a, b)
          return difference == 0 ? a < b : (difference < 0) != descending
        }
        let isNew = indices.indices.map { $0 == 0 || compared(indices[$0 - 1], indices[$0]) != 0 }
        return (indices, isNew)
      }
    }
  }
}
