import ListingsTestSupport
import Testing

@testable import Listings

struct BlockColumnTests {
  private func append(_ values: [Int64], to column: BlockColumn<Int64>) {
    values.withUnsafeBufferPointer { column.append($0) }
  }

  @Test(arguments: [1, 7, 65_535, 65_536, 65_537, 200_000])
  func valuesStandWhereTheyWereAppendedWhateverTheBatches(batch: Int) {
    let values = (0..<200_001).map { Int64($0 &* 31) }
    let column = BlockColumn<Int64>()
    var start = 0
    while start < values.count {
      let end = min(values.count, start + batch)
      append(Array(values[start..<end]), to: column)
      start = batch == 1 && end == 1000 ? values.count : end
    }
    let written = column.count
    #expect(written == (batch == 1 ? 1000 : 200_001))
    #expect((0..<written).allSatisfy { column[$0] == values[$0] })
    #expect(column.block(0)[1] == values[1])
    if written > blockSize { #expect(column.block(1)[0] == values[blockSize]) }
  }

  @Test func anEmptyBatchAddsNothing() {
    let column = BlockColumn<Int64>()
    append([], to: column)
    #expect(column.count == 0)
  }

  @Test(arguments: [1, 65_535, 65_536, 65_537, 131_072, 131_073])
  func paddedRowsReadAsZero(count: Int) {
    let column = BlockColumn<Int64>()
    append([7], to: column)
    column.pad(to: count)
    append([9], to: column)
    #expect(column.count == count + 1)
    #expect(column[0] == 7)
    #expect((1..<count).allSatisfy { column[$0] == 0 })
    #expect(column[count] == 9)
    column.pad(to: 1)
    #expect(column.count == count + 1)
  }

  @Test func blocksNeverMove() {
    let column = BlockColumn<Int64>()
    append([1], to: column)
    let before = column.block(0)
    for _ in 0..<10 { append(Array(repeating: 2, count: blockSize), to: column) }
    #expect(column.block(0) == before)
    #expect(before[0] == 1)
  }
}
