/// Sorts by whole numbers, stable, without comparing.
///
/// Cost:   a pass over the elements per 10 bits of the keys, on all cores.
/// Source: least significant digit first (Knuth, TAOCP 3, 5.2.5); each core counts and then moves its own stretch.
enum RadixSort {
  private static let digitBits = 10

  /// Sorts by the lowest `bits` of `key`; false when cancelled, and the elements are then in no order.
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

  @inline(__always)
  private static func move<Element: BitwiseCopyable>(
    _ from: [Element], into: inout [Element], digits: Int, digit: (Element) -> Int
  ) {
    let parts = Parallel.partCount(from.count, least: blockSize)
    var places = [Int](repeating: 0, count: parts * digits)
    from.withUnsafeBufferPointer { from in
      into.withUnsafeMutableBufferPointer { into in
        places.withUnsafeMutableBufferPointer { places in
          Parallel.parts(from.count, least: blockSize) { part, range in
            let mine = places.baseAddress.unsafelyUnwrapped + part * digits
            for index in range { mine[digit(from[index])] += 1 }
          }
          // Equal digits keep the order of their stretches.
          var next = 0
          for digit in 0..<digits {
            for part in 0..<parts {
              let count = places[part * digits + digit]
              places[part * digits + digit] = next
              next += count
            }
          }
          Parallel.parts(from.count, least: blockSize) { part, range in
            let mine = places.baseAddress.unsafelyUnwrapped + part * digits
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
