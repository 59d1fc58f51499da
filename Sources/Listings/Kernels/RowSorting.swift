/// Puts rows in order: stable, rows without a value last whichever the direction.
///
/// Cost:  a radix sort over 64-bit keys that skips bytes in which all keys agree: tens of milliseconds at a million
///        rows; titles beyond their first 8 folded bytes are compared where those agree.
package enum RowSorting {
  /// - Parameter verdictRank: a small number per row for sorting by verdict; `UInt8.max` is "none", and sorts last.
  package static func order(
    _ rows: RowSet, of dataset: Dataset, by order: SortOrder, verdictRank: (Int) -> UInt8 = { _ in .max },
    _ cancellation: Cancellation? = nil
  ) -> RowOrder {
    let plain = RowOrder(rows)
    let rows = plain.rows
    if order.subject == .file { return order.isDescending ? RowOrder(rows: rows.reversed()) : plain }
    var keys = self.keys(rows, of: dataset, by: order.subject, verdictRank)
    if order.isDescending {
      for index in keys.indices where keys[index] != .max { keys[index] = .max - 1 - keys[index] }
    }
    if cancellation?.isCancelled == true { return plain }
    var sorted = radixSorted(rows, by: keys)
    if order.subject == .title { settleTies(&sorted, of: dataset, descending: order.isDescending) }
    return RowOrder(rows: sorted)
  }

  private static func keys(
    _ rows: [UInt32], of dataset: Dataset, by subject: SortOrder.Subject, _ verdictRank: (Int) -> UInt8
  ) -> [UInt64] {
    switch subject {
    case .file: return rows.map(UInt64.init)
    case .verdict: return rows.map { verdictRank(Int($0)) }.map { $0 == .max ? .max : UInt64($0) }
    case .price: return numberKeys(rows, dataset.usDollars, missing: Dataset.noAmount)
    case .posted: return numberKeys(rows, dataset.times(of: .postedAt), missing: Dataset.noTime)
    case .platform: return valueKeys(rows, of: dataset, .platform)
    case .species: return valueKeys(rows, of: dataset, .species)
    case .seller: return valueKeys(rows, of: dataset, .sellerAlias)
    case .title:
      var scratch: [UInt8] = []
      return rows.map { prefixKey(dataset.bytes(of: .title, at: Int($0)), &scratch) }
    }
  }

  private static func numberKeys(_ rows: [UInt32], _ numbers: BlockColumn<Int64>, missing: Int64) -> [UInt64] {
    rows.map { row in
      let number = numbers[Int(row)]
      // Flipping the sign bit makes unsigned order agree with signed order; the least number is the missing one, so
      // that one less still is an order and leaves `.max` free.
      return number == missing ? .max : (UInt64(bitPattern: number) ^ (1 << 63)) &- 1
    }
  }

  private static func valueKeys(_ rows: [UInt32], of dataset: Dataset, _ field: Field) -> [UInt64] {
    let table = dataset.values(of: field)
    let count = dataset.valueCount(of: field)
    let folded = (0..<count).map { Folding.folded(table.bytes(UInt32($0))) }
    let sorted = (1..<max(1, count)).sorted { folded[$0].lexicographicallyPrecedes(folded[$1]) }
    var ranks = [UInt64](repeating: .max, count: count)
    // Spellings that fold alike share a rank, so that their rows keep their order.
    var rank: UInt64 = 0
    for (place, code) in sorted.enumerated() {
      if place > 0, folded[sorted[place - 1]] != folded[code] { rank += 1 }
      ranks[code] = rank
    }
    let codes = dataset.codes(of: field)
    return rows.map { ranks[Int(codes[Int($0)])] }
  }

  private static func prefixKey(_ text: UnsafeRawBufferPointer, _ scratch: inout [UInt8]) -> UInt64 {
    guard text.count > 0 else { return .max }
    scratch.removeAll(keepingCapacity: true)
    Folding.append(UnsafeRawBufferPointer(rebasing: text.prefix(32)), to: &scratch)
    // Up to five bytes at the cut may fold otherwise with what follows; marks that folding drops may leave too few.
    if text.count > 32, scratch.count < 14 {
      scratch.removeAll(keepingCapacity: true)
      Folding.append(text, to: &scratch)
    }
    var key: UInt64 = 0
    for index in 0..<8 { key = key << 8 | (index < scratch.count ? UInt64(scratch[index]) : 0) }
    return min(key, .max - 1)
  }

  private static func settleTies(_ rows: inout [UInt32], of dataset: Dataset, descending: Bool) {
    var scratch: [UInt8] = []
    var start = 0
    while start < rows.count {
      let key = prefixKey(dataset.bytes(of: .title, at: Int(rows[start])), &scratch)
      var end = start + 1
      while end < rows.count, prefixKey(dataset.bytes(of: .title, at: Int(rows[end])), &scratch) == key { end += 1 }
      if end - start > 1, key != .max {
        let tied = rows[start..<end].map { (Folding.folded(dataset.bytes(of: .title, at: Int($0))), $0) }
        let sorted = tied.sorted { a, b in
          if a.0 == b.0 { return a.1 < b.1 }
          return a.0.lexicographicallyPrecedes(b.0) != descending
        }
        for (offset, pair) in sorted.enumerated() { rows[start + offset] = pair.1 }
      }
      start = end
    }
  }

  /// `rows` ordered by `keys` (one per row), stable, ascending.
  static func radixSorted(_ rows: [UInt32], by keys: [UInt64]) -> [UInt32] {
    var pairs = zip(keys, rows).map { KeyedRow(key: $0, row: $1) }
    var spare = pairs
    let differing = keys.reduce(UInt64(0)) { $0 | ($1 ^ keys[0]) }
    for shift in stride(from: UInt64(0), to: 64, by: 8) where differing >> shift & 0xFF != 0 {
      var places = [Int](repeating: 0, count: 257)
      for pair in pairs { places[Int(pair.key >> shift & 0xFF) + 1] += 1 }
      for digit in 1...256 { places[digit] += places[digit - 1] }
      spare.withUnsafeMutableBufferPointer { spare in
        for pair in pairs {
          let digit = Int(pair.key >> shift & 0xFF)
          spare[places[digit]] = pair
          places[digit] += 1
        }
      }
      swap(&pairs, &spare)
    }
    return pairs.map(\.row)
  }

  private struct KeyedRow {
    var key: UInt64
    var row: UInt32
  }
}
