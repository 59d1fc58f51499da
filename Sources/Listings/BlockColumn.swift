import Glibc

/// A column of fixed-size values that grows at its end while others read what is already there.
///
/// Shape:  blocks of 65,536 values (`BlockColumn.blockSize`), so that a block's rows are 1,024 whole words of a
///         `RowSet`, a kernel has one tight loop per block, and no value ever moves.
/// Units:  a value that was never written reads as zero.
/// Cost:   8 bytes of address per block; pages of a block that nothing was written to take no memory.
///
/// One thread appends. Readers may touch only the rows of a published `Dataset`, whose count was passed on through
/// a lock after those rows were written; such rows are never written again.
package final class BlockColumn<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Safe to share: see above; the table of blocks is allocated once and entries below the published count are final.
  private let blocks: UnsafeMutablePointer<UnsafeMutablePointer<Value>?>
  /// Rows written so far; for the appending thread only.
  package private(set) var count = 0

  /// 2^32 rows are the limit of a dataset, since a RowID has 32 bits.
  private static var maximumBlocks: Int { 65_536 }

  package init() {
    blocks = ZeroedPages.of(UnsafeMutablePointer<Value>?.self, count: Self.maximumBlocks)
  }

  deinit {
    for index in 0..<Self.maximumBlocks {
      guard let block = blocks[index] else { break }
      ZeroedPages.giveBack(block, count: blockSize)
    }
    ZeroedPages.giveBack(blocks, count: Self.maximumBlocks)
  }

  package subscript(row: Int) -> Value {
    @inline(__always) get { blocks[row >> blockShift].unsafelyUnwrapped[row & blockMask] }
  }

  /// The values of one block; rows beyond the published count are not to be looked at.
  @inline(__always)
  package func block(_ index: Int) -> UnsafePointer<Value> { UnsafePointer(blocks[index].unsafelyUnwrapped) }

  package func append(_ values: UnsafeBufferPointer<Value>) {
    var taken = 0
    while taken < values.count {
      let room = blockSize - (count & blockMask)
      let piece = min(room, values.count - taken)
      let target = writableBlock(count >> blockShift) + (count & blockMask)
      target.update(from: values.baseAddress! + taken, count: piece)
      count += piece
      taken += piece
    }
  }

  /// Lets the column catch up with others that are longer: the rows between read as zero.
  package func pad(to newCount: Int) {
    while count < newCount {
      _ = writableBlock(count >> blockShift)
      count = min(newCount, (count | blockMask) + 1)
    }
  }

  private func writableBlock(_ index: Int) -> UnsafeMutablePointer<Value> {
    precondition(index < Self.maximumBlocks, "a dataset holds at most 4,294,967,296 rows")
    if let block = blocks[index] { return block }
    let block = ZeroedPages.of(Value.self, count: blockSize)
    blocks[index] = block
    return block
  }
}

/// Memory straight from the kernel, which zeroes a page when it is first touched. `calloc` would write zeros over memory
/// that was freed before: half a megabyte for each column of each small file.
private enum ZeroedPages {
  static func of<Value>(_ type: Value.Type, count: Int) -> UnsafeMutablePointer<Value> {
    let length = count * MemoryLayout<Value>.stride
    guard let pages = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), pages != MAP_FAILED
    else { fatalError("out of memory for listings") }
    return pages.bindMemory(to: Value.self, capacity: count)
  }

  static func giveBack<Value>(_ values: UnsafeMutablePointer<Value>, count: Int) {
    munmap(values, count * MemoryLayout<Value>.stride)
  }
}

/// Rows per block of a column, and how to split a row number into block and place.
package let blockShift = 16
package let blockSize = 1 << blockShift
package let blockMask = blockSize - 1
