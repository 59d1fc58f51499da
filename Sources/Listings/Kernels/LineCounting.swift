import CPlatform

/// Counts line feeds, 64 bytes at a time.
package enum LineCounting {
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
