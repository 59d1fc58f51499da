import Glibc

/// A column of fixed-size values that grows at its end while others read what is already there.
///
/// Shape:  blocks of 65,536 values (`blockSize`), so that the rows of a block are 1,024 whole words of a `RowSet`, a kernel
///         has one tight loop per block, and no value ever moves. A value that was never written reads as zero.
/// Cost:   8 bytes of address per block. Pages of a block that nothing was written to take no memory. Reading is inlined into
///         other modules, where a call for each row would cost more than what is done with it.
/// Limits: 2^32 rows, since row numbers have 32 bits. One thread appends. Others may read the rows of a published
///         `Dataset` only: its row count was passed on through a lock after those rows were written, and they are never
///         written again.
package final class BlockColumn<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Safe to share: see Limits. The table of blocks is allocated once, and entries below the published count are final.
  @usableFromInline let blocks: UnsafeMutablePointer<UnsafeMutablePointer<Value>?>
  /// Rows written so far; for the appending thread only.
  package private(set) var count = 0

  /// As many blocks as 2^32 rows need.
  private static var maximumBlocks: Int { 65_536 }

  /// Makes an empty column.
  ///
  /// Cost:   an address range for the table of blocks; its pages take memory as they are used.
  package init() {
    blocks = ZeroedPages.of(UnsafeMutablePointer<Value>?.self, count: Self.maximumBlocks)
  }

  deinit {
    for index in 0..<Self.maximumBlocks {
      guard let block = blocks[index] else { break }
      ZeroedPages.release(block, count: blockSize)
    }
    ZeroedPages.release(blocks, count: Self.maximumBlocks)
  }

  /// The value of a row, which must be below the published count.
  @inlinable package subscript(row: Int) -> Value {
    get { blocks[row >> blockShift].unsafelyUnwrapped[row & blockMask] }
  }

  /// The values of one block; those beyond the published count must not be read.
  @inlinable package func block(_ index: Int) -> UnsafePointer<Value> { UnsafePointer(blocks[index].unsafelyUnwrapped) }

  /// Appends values; only for the appending thread.
  ///
  /// Cost:   one copy per block.
  package func append(_ values: UnsafeBufferPointer<Value>) {
    var taken = 0
    while taken < values.count {
      let room = blockSize - (count & blockMask)
      let piece = min(room, values.count - taken)
      // Who has filled a block will fill another: one call instead of a fault per page. Small files fill none.
      let target = writableBlock(count >> blockShift, atOnce: count >= blockSize) + (count & blockMask)
      target.update(from: values.baseAddress! + taken, count: piece)
      count += piece
      taken += piece
    }
  }

  /// Lets the column catch up with longer ones. The rows in between read as zero until they are set.
  package func pad(to newCount: Int) {
    while count < newCount {
      _ = writableBlock(count >> blockShift, atOnce: false)
      count = min(newCount, (count | blockMask) + 1)
    }
  }

  /// Writes the value of a row that `pad` has made room for; only for the appending thread, and only while no published
  /// dataset has the row.
  @inline(__always)
  package func set(_ value: Value, at row: Int) {
    precondition(row >= 0 && row < count, "no room for row \(row) in \(count)")
    blocks[row >> blockShift].unsafelyUnwrapped[row & blockMask] = value
  }

  /// A block, allocated on first use.
  ///
  /// - Parameter atOnce: whether its values will be written, rather than read as zero.
  private func writableBlock(_ index: Int, atOnce: Bool) -> UnsafeMutablePointer<Value> {
    precondition(index < Self.maximumBlocks, "a dataset holds at most 4,294,967,296 rows")
    if let block = blocks[index] { return block }
    let block = ZeroedPages.of(Value.self, count: blockSize, atOnce: atOnce)
    blocks[index] = block
    return block
  }
}

/// Memory directly from the kernel, which zeroes a page on first access.
///
/// Cost:   nothing up front. `calloc` would overwrite memory that was freed before: half a megabyte for each column of
///         each small file.
private enum ZeroedPages {
  /// Zeroed memory for `count` values.
  ///
  /// - Parameter atOnce: whether all pages are needed, so that the kernel may give them now.
  ///
  /// Fails:  ends the process where no memory is left; loads stop before that (`tooLittleMemory`).
  static func of<Value>(_ type: Value.Type, count: Int, atOnce: Bool = false) -> UnsafeMutablePointer<Value> {
    let length = count * MemoryLayout<Value>.stride
    let flags = MAP_PRIVATE | MAP_ANONYMOUS | (atOnce ? MAP_POPULATE : 0)
    guard let pages = mmap(nil, length, PROT_READ | PROT_WRITE, flags, -1, 0), pages != MAP_FAILED
    else { fatalError("out of memory for listings") }
    return pages.bindMemory(to: Value.self, capacity: count)
  }

  /// Returns the memory to the kernel.
  static func release<Value>(_ values: UnsafeMutablePointer<Value>, count: Int) {
    munmap(values, count * MemoryLayout<Value>.stride)
  }
}

/// How a row number splits into block and position.
@inlinable package var blockShift: Int { 16 }
/// Rows per block of a column.
@inlinable package var blockSize: Int { 1 << blockShift }
/// The bits of a row number that are its position in the block.
@inlinable package var blockMask: Int { blockSize - 1 }

/// Memory for text that is not in a file in the form in which it is read: decoded escapes, distinct values.
///
/// Shape:  slabs of 1 MB (or larger for a single text). A stored text never moves, so its address may be kept.
/// Limits: one thread stores. Readers only follow addresses that were published to them (see `BlockColumn`).
package final class TextSlabs: @unchecked Sendable {
  // Safe to share: stored bytes are never changed or moved until the slabs are freed with their last user.
  private var slabs: [UnsafeMutableRawPointer] = []
  /// Bytes left in the last slab.
  private var freeBytes = 0
  /// Where the next text goes.
  private var next: UnsafeMutableRawPointer?
  /// Bytes allocated so far.
  package private(set) var byteCount = 0

  private static let slabSize = 1 << 20

  package init() {}
  deinit { for slab in slabs { free(slab) } }

  /// Stores a copy of `bytes` and returns its address.
  ///
  /// Cost:   one copy; a system call per megabyte.
  package func store(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer {
    guard bytes.count > 0 else { return Self.empty }
    if bytes.count > freeBytes { addSlab(for: bytes.count) }
    let target = next.unsafelyUnwrapped
    target.copyMemory(from: bytes.baseAddress!, byteCount: bytes.count)
    next = target + bytes.count
    freeBytes -= bytes.count
    return UnsafeRawPointer(target)
  }

  /// Takes over the slabs of another, whose addresses stay valid.
  ///
  /// Cost:   copies no text.
  package func adopt(_ other: TextSlabs) {
    slabs += other.slabs
    byteCount += other.byteCount
    other.slabs = []
    other.freeBytes = 0
    other.next = nil
  }

  /// Adds a slab that is large enough.
  private func addSlab(for size: Int) {
    let slab = max(Self.slabSize, size)
    guard let raw = malloc(slab) else { fatalError("out of memory for text") }
    slabs.append(raw)
    byteCount += slab
    next = raw
    freeBytes = slab
  }

  /// The address of texts without bytes.
  package nonisolated(unsafe) static let empty: UnsafeRawPointer = {
    // Safe: one byte that is never read or written.
    UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
  }()
}
