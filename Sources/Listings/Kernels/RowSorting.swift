/// Puts rows in order: stable, rows without a value last whichever the direction.
///
/// Cost:  a key per row, then a pass over all keys per 10 bits in which they differ, on all cores; titles beyond their
///        first 8 folded bytes are compared where those agree.
package enum RowSorting {
  /// - Parameter rank: a small number per row for sorting by verdict or risk; `UInt8.max` is "none", and sorts last.
  /// Returns: the rows as they stand in the file when cancelled.
  package static func order(
    _ rows: RowSet, of dataset: Dataset, by order: SortOrder, rank: (Int) -> UInt8 = { _ in .max },
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

  /// A key per row; `.max` stands for no value.
  private static func keys(
    _ rows: [UInt32], of dataset: Dataset, by subject: SortOrder.Subject, _ rank: (Int) -> UInt8
  ) -> [UInt64] {
    switch subject {
    case .file: return rows.map(UInt64.init)
    case .verdict, .risk: return rows.map { rank(Int($0)) }.map { $0 == .max ? .max : UInt64($0) }
    case .price: return numberKeys(rows, dataset.usDollars, missing: Dataset.noAmount)
    case .posted: return numberKeys(rows, dataset.times(of: .postedAt), missing: Dataset.noTime)
    case .field(let field): return valueKeys(rows, of: dataset, field)
    case .title:
      let (starts, lengths) = dataset.textColumns(of: .title)
      return each(rows, [UInt8]()) { row, scratch in
        let start = UnsafeRawPointer(bitPattern: UInt(starts[row]))
        return prefixKey(UnsafeRawBufferPointer(start: start, count: Int(lengths[row])), &scratch)
      }
    }
  }

  /// `key` of every row, on all cores, each with a scratch of its own.
  @inline(__always)
  private static func each<Scratch>(
    _ rows: [UInt32], _ scratch: Scratch, _ key: (Int, inout Scratch) -> UInt64
  ) -> [UInt64] {
    [UInt64](unsafeUninitializedCapacity: rows.count) { keys, count in
      Parallel.parts(rows.count, least: blockSize / 4) { _, range in
        var scratch = scratch
        for index in range { keys[index] = key(Int(rows[index]), &scratch) }
      }
      count = rows.count
    }
  }

  private static func numberKeys(_ rows: [UInt32], _ numbers: BlockColumn<Int64>, missing: Int64) -> [UInt64] {
    each(rows, ()) { row, _ in
      let number = numbers[row]
      // Flipping the sign bit makes unsigned order agree with signed order; the least number is the missing one, so
      // that one less still is an order and leaves `.max` free.
      return number == missing ? .max : (UInt64(bitPattern: number) ^ (1 << 63)) &- 1
    }
  }

  private static func valueKeys(_ rows: [UInt32], of dataset: Dataset, _ field: Field) -> [UInt64] {
    let table = dataset.values(of: field)
    let count = dataset.valueCount(of: field)
    var texts = FoldedTexts()
    for code in 1..<max(1, count) { texts.append(table.bytes(UInt32(code))) }
    let (places, isNew) = texts.ordered()
    var ranks = [UInt64](repeating: .max, count: count)
    // Spellings that fold alike share a rank, so that their rows keep their order.
    var rank: UInt64 = 0
    for (place, isNew) in zip(places, isNew) {
      if isNew { rank += 1 }
      ranks[place + 1] = rank
    }
    let codes = dataset.codes(of: field)
    return each(rows, ()) { row, _ in ranks[Int(codes[row])] }
  }

  private static func prefixKey(_ text: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) -> UInt64 {
    guard text.count > 0 else { return .max }
    if scratch.count < 2 * text.count { scratch = [UInt8](repeating: 0, count: 2 * max(64, text.count)) }
    return scratch.withUnsafeMutableBufferPointer { scratch in
      guard let folded = scratch.baseAddress else { return .max }
      var count = Folding.write(UnsafeRawBufferPointer(rebasing: text.prefix(32)), into: folded)
      // Up to five bytes at the cut may fold otherwise with what follows; marks that folding drops may leave too few.
      if text.count > 32, count < 14 { count = Folding.write(text, into: folded) }
      var key: UInt64 = 0
      for index in 0..<8 { key = key << 8 | (index < count ? UInt64(folded[index]) : 0) }
      return min(key, .max - 1)
    }
  }
}
