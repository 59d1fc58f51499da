import Glibc
import Sentences

/// A file of tables that are not text: a workbook or a database.
///
/// Shape:  `tables` are in the file's own order. Each can be written out as CSV, which is then read like any other.
protocol TableFile {
  /// The tables that can be read; none has been written out yet.
  var tables: [HeldTable] { get }

  /// Writes the table at `index` as CSV (RFC 4180, UTF-8, LF): the header, then a record per row.
  ///
  /// Fails:  where nothing of the table is readable. One that breaks off keeps its rows and gets a note.
  func convert(_ index: Int, into text: CSVText, isCancelled: () -> Bool) throws(TableError) -> TableConversion
}

/// A table in a file: a sheet of a workbook, or a table or view of a database.
package struct HeldTable: Equatable, Sendable {
  package let name: String
  /// The names in its header; empty for an empty table.
  package let columns: [String]
  /// How many rows are below the header, as far as that is known without reading them all.
  package let rowCount: Int?
  /// Whether there is at least one row below the header.
  package let hasRows: Bool
  /// Whether it is a hidden sheet, which is only read when chosen by name.
  package let isHidden: Bool
  /// Whether other tables hold the same rows, as those behind a view do. It is only read when chosen by name.
  package private(set) var isRepeated = false
  /// Whether the header is certain: one of its names is known, or the file itself names the columns.
  package let hasKnownColumn: Bool
  /// Whether it has a known title, text or price, without which its rows are not listings.
  package let suggestsListings: Bool

  package init(
    name: String, columns: [String], rowCount: Int?, hasRows: Bool, isHidden: Bool = false, hasKnownColumn: Bool,
    suggestsListings: Bool
  ) {
    self.name = name
    self.columns = columns
    self.rowCount = rowCount
    self.hasRows = hasRows
    self.isHidden = isHidden
    self.hasKnownColumn = hasKnownColumn
    self.suggestsListings = suggestsListings
  }

  /// The same table, marked as repeating others.
  var repeated: HeldTable {
    var table = self
    table.isRepeated = true
    return table
  }
}

/// The outcome of writing a table out as CSV.
struct TableConversion: Equatable, Sendable {
  /// The row of the table that each record after the header was.
  var numbering = RowNumbering()
  var notes = TableNotes()
  /// Whether the first record names the columns, in which case it is not in `numbering`.
  var hasHeader = true
  /// Whether a row names the columns, and why, in words; empty where the file itself names them.
  var headerBasis: Sentence = ""
  /// What else was done, in sentences for people.
  var sentences: [String] = []
}

/// Writes a table as CSV (RFC 4180, UTF-8), to a file or into memory.
///
/// Cost:   one copy per cell into a buffer of 256 kB.
/// Fails:  not immediately. The first problem stays in `error`, and nothing more is written.
final class CSVText {
  /// The most bytes to write, so that a small file cannot fill the disk.
  let limit: Int
  /// How many bytes went to the file.
  private(set) var byteCount = 0
  /// What went wrong; nil so far.
  private(set) var error: TableError?
  /// The descriptor; -1 where everything stays in memory.
  private let file: Int32
  /// What was not written yet, or everything in memory.
  private var buffer: [UInt8] = []
  private var hasRecordBegun = false

  private static let bufferSize = 1 << 18

  /// Writes to an open file, which the caller closes.
  init(file: Int32, limit: Int) {
    self.file = file
    self.limit = limit
    buffer.reserveCapacity(Self.bufferSize + 4096)
  }

  /// Keeps the table in memory, for `inMemory`.
  init(inMemoryWithLimit limit: Int) {
    file = -1
    self.limit = limit
  }

  /// Everything written so far.
  var inMemory: [UInt8] { buffer }

  /// How much a file of `fileSize` bytes may unpack to. Legitimate workbooks stay far below.
  static func limit(fileSize: Int) -> Int { min(8 << 30, max(256 << 20, fileSize &* 400)) }

  /// Appends a cell to the current record, quoted if necessary.
  ///
  /// Source: RFC 4180, sections 2.5 to 2.7.
  func cell(_ bytes: UnsafeRawBufferPointer) {
    if hasRecordBegun { buffer.append(.comma) }
    hasRecordBegun = true
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

  /// Completes the record. One without text gets an empty quoted cell, since it would otherwise be a blank line.
  func endRecord(isEmpty: Bool = false) {
    if isEmpty { buffer.append(contentsOf: [.quote, .quote]) }
    buffer.append(.lineFeed)
    hasRecordBegun = false
    if file >= 0, buffer.count >= Self.bufferSize { flush() }
    if byteCount + (file < 0 ? buffer.count : 0) > limit { error = error ?? .tooLarge(limit: limit) }
  }

  /// Discards everything written so far.
  func restart() throws(TableError) {
    if let error { throw error }
    buffer.removeAll(keepingCapacity: true)
    (byteCount, hasRecordBegun) = (0, false)
    guard file >= 0 else { return }
    guard ftruncate(file, 0) == 0, lseek(file, 0, SEEK_SET) == 0 else { throw .noRoom(code: errno) }
  }

  /// Writes out what is buffered. Call it once, at the end.
  func finish() throws(TableError) {
    if file >= 0 { flush() }
    if let error { throw error }
  }

  /// Writes the buffer to the file, or drops it after an error.
  private func flush() {
    guard error == nil else { return buffer.removeAll(keepingCapacity: true) }
    buffer.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let step = write(file, bytes.baseAddress! + written, bytes.count - written)
        if step >= 0 {
          written += step
        } else if errno != EINTR {
          error = .noRoom(code: errno)
          return
        }
      }
    }
    byteCount += buffer.count
    buffer.removeAll(keepingCapacity: true)
  }
}
