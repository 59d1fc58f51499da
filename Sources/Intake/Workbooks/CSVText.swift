import Glibc

/// Takes a table as CSV (RFC 4180, UTF-8) and writes it to a file or keeps it in memory.
///
/// Cost:   a copy per cell into a buffer of 256 kB.
/// Fails:  never at once: what went wrong stands in `fault` from then on, and nothing more is written.
final class CSVText {
  /// Bytes at most: a small file must not fill the disk.
  let limit: Int
  private(set) var byteCount = 0
  private(set) var fault: TableFault?
  /// -1: all is kept in memory.
  private let file: Int32
  private var buffer: [UInt8] = []
  private var isRecordBegun = false

  private static let bufferSize = 1 << 18

  init(file: Int32, limit: Int) {
    self.file = file
    self.limit = limit
    buffer.reserveCapacity(Self.bufferSize + 4096)
  }

  /// All that was written, for tables that stay in memory.
  init(inMemoryWithLimit limit: Int) {
    file = -1
    self.limit = limit
  }

  var inMemory: [UInt8] { buffer }

  /// What a file of `fileSize` bytes may unpack to: honest workbooks stay far below.
  static func limit(fileSize: Int) -> Int { min(8 << 30, max(256 << 20, fileSize &* 400)) }

  /// The next cell of the record.
  func cell(_ bytes: UnsafeRawBufferPointer) {
    if isRecordBegun { buffer.append(.comma) }
    isRecordBegun = true
    guard bytes.count > 0 else { return }
    if bytes.contains(where: { $0 == .comma || $0 == .quote || $0 == .lineFeed || $0 == .carriageReturn }) {
      buffer.append(.quote)
      for byte in bytes {
        if byte == .quote { buffer.append(.quote) }
        buffer.append(byte)
      }
      buffer.append(.quote)
    } else {
      buffer.append(contentsOf: bytes)
    }
  }

  func emptyCell() { cell(UnsafeRawBufferPointer(start: nil, count: 0)) }

  func cell(_ text: String) {
    var text = text
    text.withUTF8 { cell(UnsafeRawBufferPointer($0)) }
  }

  /// Ends the record. One without any text is written as an empty quoted cell, or it would read as a blank line.
  func endRecord(isEmpty: Bool = false) {
    if isEmpty { buffer.append(contentsOf: [.quote, .quote]) }
    buffer.append(.lineFeed)
    isRecordBegun = false
    if file >= 0, buffer.count >= Self.bufferSize { flush() }
    if byteCount + (file < 0 ? buffer.count : 0) > limit { fault = fault ?? .tooLarge(limit: limit) }
  }

  /// Forgets all that was written.
  func restart() throws(TableFault) {
    if let fault { throw fault }
    buffer.removeAll(keepingCapacity: true)
    (byteCount, isRecordBegun) = (0, false)
    guard file >= 0 else { return }
    guard ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0 else { throw .noRoom(code: errno) }
  }

  /// Writes what is still in the buffer; to be called once, at the end.
  func finish() throws(TableFault) {
    if file >= 0 { flush() }
    if let fault { throw fault }
  }

  private func flush() {
    guard fault == nil else { return buffer.removeAll(keepingCapacity: true) }
    buffer.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let step = write(file, bytes.baseAddress! + written, bytes.count - written)
        if step >= 0 {
          written += step
        } else if errno != EINTR {
          fault = .noRoom(code: errno)
          return
        }
      }
    }
    byteCount += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }
}
