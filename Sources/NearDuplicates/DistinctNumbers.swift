import Listings

/// Numbers of 64 bits brought together where they are equal.
///
/// Shape:  `order` has the places of all numbers, equal ones beside each other and ascending; groups ascend by number.
/// Cost:   O(count): three passes of a radix sort over the upper halves, then a look at each run of equal ones.
struct DistinctNumbers {
  /// The places, by number and then by place.
  private(set) var order: [UInt32] = []
  /// Where each group begins in `order`, and one end.
  private(set) var starts: [UInt32] = [0]

  var groupCount: Int { starts.count - 1 }

  func group(_ group: Int) -> ArraySlice<UInt32> { order[Int(starts[group])..<Int(starts[group + 1])] }

  /// Nil when cancelled.
  init?(_ numbers: [UInt64], _ cancellation: Cancellation?) {
    var sorted = numbers.enumerated().map { $1 & 0xFFFF_FFFF_0000_0000 | UInt64($0) }
    guard RadixSort.sortByUpperHalf(&sorted, cancellation) else { return nil }
    order.reserveCapacity(sorted.count)
    var first = 0
    while first < sorted.count {
      var end = first + 1
      while end < sorted.count, sorted[end] >> 32 == sorted[first] >> 32 { end += 1 }
      append(sorted[first..<end], numbers)
      first = end
    }
  }

  /// Appends a run whose upper halves are equal.
  private mutating func append(_ run: ArraySlice<UInt64>, _ numbers: [UInt64]) {
    func number(_ element: UInt64) -> UInt64 { numbers[Int(element & 0xFFFF_FFFF)] }
    let first = number(run[run.startIndex])
    // Nearly every run is one number, however often it occurs.
    if run.allSatisfy({ number($0) == first }) {
      for element in run { order.append(UInt32(element & 0xFFFF_FFFF)) }
      starts.append(UInt32(order.count))
      return
    }
    var last: UInt64?
    for element in run.sorted(by: { (number($0), $0) < (number($1), $1) }) {
      if let last, last != number(element) { starts.append(UInt32(order.count)) }
      last = number(element)
      order.append(UInt32(element & 0xFFFF_FFFF))
    }
    starts.append(UInt32(order.count))
  }
}
