/// Sorts by whole numbers, stable, without comparisons.
///
/// Cost:   one pass over the elements per 10 bits of the keys, on all cores.
/// Source: least significant digit first (Knuth, TAOCP 3, 5.2.5); each core counts and then moves its own stretch.
package enum RadixSort {
  /// Sorts numbers by their upper 32 bits; equal ones keep their order. Returns false when cancelled, with the numbers in
  /// arbitrary order.
  ///
  /// Cost:   two copies of the numbers in memory.
  package static func sortByUpperHalf(_ numbers: inout [UInt64], _ cancellation: Cancellation? = nil) -> Bool {
    sort(&numbers, bits: 32, cancellation) { $0 >> 32 }
  }

  /// At most so many bits are sorted by in one pass, so that its counters stay in the cache.
  private static let digitBits = 10

  /// Sorts by the lowest `bits` of `key`. Returns false when cancelled, with the elements in arbitrary order.
  ///
  /// Cost:   two copies of the elements in memory.
  @inline(__always)
  static func sort<Element: BitwiseCopyable>(
    _ elements: inout [Element], bits: Int, _ cancellation: Cancellation? = nil, key: (Element) -> UInt64
  ) -> Bool {
    guard elements.count > 1, bits > 0 else { return true }
    let passes = (bits + digitBits - 1) / digitBits
    let width = (bits + passes - 1) / passes
    var spare = elements
    for pass in 0..<passes {
      if cancellation?.isCancelled == true { return false }
      move(elements, into: &spare, digits: 1 << width) {
        Int(key($0) >> UInt64(pass * width) & (1 << UInt64(width) - 1))
      }
      swap(&elements, &spare)
    }
    return true
  }

  /// One pass: moves the elements into the order of one digit.
  ///
  /// Shape:  counts per core and digit first, then the offsets that follow from them, then each element to its place.
  @inline(__always)
  private static func move<Element: BitwiseCopyable>(
    _ from: [Element], into: inout [Element], digits: Int, digit: (Element) -> Int
  ) {
    let parts = Parallel.partCount(from.count, minimum: blockSize)
    var offsets = [Int](repeating: 0, count: parts * digits)
    from.withUnsafeBufferPointer { from in
      into.withUnsafeMutableBufferPointer { into in
        offsets.withUnsafeMutableBufferPointer { offsets in
          Parallel.parts(from.count, minimum: blockSize) { part, range in
            let mine = offsets.baseAddress.unsafelyUnwrapped + part * digits
            for index in range { mine[digit(from[index])] += 1 }
          }
          // Equal digits keep the order of their stretches.
          var next = 0
          for digit in 0..<digits {
            for part in 0..<parts {
              let count = offsets[part * digits + digit]
              offsets[part * digits + digit] = next
              next += count
            }
          }
          Parallel.parts(from.count, minimum: blockSize) { part, range in
            let mine = offsets.baseAddress.unsafelyUnwrapped + part * digits
            for index in range {
              let digit = digit(from[index])
              into[mine[digit]] = from[index]
              mine[digit] += 1
            }
          }
        }
      }
    }
  }
}
