import ListingsTestSupport
import Testing

@testable import Listings

struct RadixSortTests {
  @Test(arguments: [0, 1, 2, 3, 1_000, 200_000], [0, 1, 9, 10, 11, 20, 33, 64])
  func elementsAreInOrderAndEqualOnesKeepTheirs(count: Int, bits: Int) {
    var dice = Dice(seed: UInt64(count + bits))
    let mask: UInt64 = bits == 64 ? ~0 : 1 << UInt64(bits) - 1
    var elements = (0..<count).map { (key: dice.next() & mask, place: $0) }.map {
      Element(key: $0.key, place: $0.place)
    }
    let expected = elements.sorted { ($0.key, $0.place) < ($1.key, $1.place) }
    #expect(RadixSort.sort(&elements, bits: bits, key: \.key))
    #expect(elements == expected)
  }

  private struct Element: BitwiseCopyable, Equatable {
    var key: UInt64
    var place: Int
  }

  @Test func aCancelledSortSaysSo() {
    let cancelled = Cancellation()
    cancelled.cancel()
    var elements: [UInt64] = [3, 1, 2]
    #expect(!RadixSort.sort(&elements, bits: 2, cancelled) { $0 })
  }

  @Test(arguments: [0, 1, 63, 64, 65, 130])
  func pickingKeepsTheOrderOfWhatIsPicked(count: Int) {
    var dice = Dice(seed: UInt64(count))
    let order = RowOrder(rows: (0..<UInt32(count)).shuffled(using: &dice))
    let set = RowSet((0..<count).filter { _ in dice.once(in: 3) }, of: count)
    #expect(order.restricted(to: set).rows == order.rows.filter { set.contains(Int($0)) })
  }

  @Test(arguments: [0, 1, 7, 100, 1_000_003], [1, 64, 65_536])
  func partsCoverEverythingOnce(count: Int, least: Int) {
    let parts = Parallel.partCount(count, minimum: least)
    var ranges = [Range<Int>](repeating: 0..<0, count: parts)
    ranges.withUnsafeMutableBufferPointer { ranges in
      nonisolated(unsafe) let ranges = ranges  // each part writes its own
      #expect(Parallel.parts(count, minimum: least) { ranges[$0] = $1 } == parts)
    }
    #expect(
      ranges.flatMap { [$0.lowerBound, $0.upperBound] } == ranges.flatMap { [$0.lowerBound, $0.upperBound] }.sorted())
    #expect(ranges.reduce(0) { $0 + $1.count } == count)
  }
}
