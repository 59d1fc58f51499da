import Glibc

/// Memory for text that does not stand in a file as it is to be read: decoded escapes, distinct values.
///
/// Shape:  slabs of 1 MB (or one larger piece); a stored text never moves, so its address may be kept.
/// One thread stores; readers only follow addresses that were published to them (see `BlockColumn`).
package final class TextSlabs: @unchecked Sendable {
  // Safe to share: stored bytes are never changed or moved until the slabs are freed with their last user.
  private var slabs: [UnsafeMutableRawPointer] = []
  private var room = 0
  private var next: UnsafeMutableRawPointer?
  /// Bytes asked of the system so far.
  package private(set) var byteCount = 0

  private static let slabSize = 1 << 20

  package init() {}
  deinit { for slab in slabs { free(slab) } }

  /// Keeps a copy of `bytes` and gives its address.
  package func store(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer {
    guard bytes.count > 0 else { return Self.empty }
    if bytes.count > room { makeRoom(for: bytes.count) }
    let place = next.unsafelyUnwrapped
    place.copyMemory(from: bytes.baseAddress!, byteCount: bytes.count)
    next = place + bytes.count
    room -= bytes.count
    return UnsafeRawPointer(place)
  }

  /// Takes over another's slabs, whose addresses stay valid.
  package func adopt(_ other: TextSlabs) {
    slabs += other.slabs
    byteCount += other.byteCount
    other.slabs = []
    other.room = 0
    other.next = nil
  }

  private func makeRoom(for size: Int) {
    let slab = max(Self.slabSize, size)
    guard let raw = malloc(slab) else { fatalError("out of memory for text") }
    slabs.append(raw)
    byteCount += slab
    next = raw
    room = slab
  }

  /// An address for texts of no bytes.
  package nonisolated(unsafe) static let empty: UnsafeRawPointer = {
    // Safe: one byte that is never read or written.
    UnsafeRawPointer(UnsafeMutableRawPointer.allocate(byteCount: 1, alignment: 1))
  }()
}
