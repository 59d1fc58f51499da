import Listings

/// The rows of a taxon table, cell by cell, without a string for each: there are forty thousand.
///
/// Shape:  RFC 4180, UTF-8 with or without a byte order mark, any line ending; `cells` are places in `bytes`, quoting
///         undone in place. Rows without any text are passed over.
/// Cost:   one pass over the bytes; nothing is allocated per row.
struct TaxonRows: Sendable {
  private(set) var bytes: [UInt8]
  /// The cells of the current row, without blanks around them.
  private(set) var cells: [Range<Int>] = []
  /// The line on which the current row begins, from 1.
  private(set) var line = 0
  /// Whether the current row is UTF-8.
  private(set) var isUTF8 = true
  private var place: Int
  private var nextLine = 1

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    place = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  func text(_ cell: Int) -> String { String(decoding: bytes[cells[cell]], as: UTF8.self) }

  /// The bytes of a cell, in place.
  func withBytes<Result>(of cell: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[cells[cell]])) }
  }

  /// Goes to the next row; false behind the last one.
  mutating func advance() -> Bool {
    repeat {
      guard place < bytes.count else { return false }
      readRow()
    } while cells.allSatisfy(\.isEmpty)
    return true
  }

  private mutating func readRow() {
    cells.removeAll(keepingCapacity: true)
    line = nextLine
    var isASCII = true
    repeat { readCell(&isASCII) } while endCell()
    isUTF8 = isASCII || cells.allSatisfy { Self.isValid(bytes[$0]) }
  }

  /// Reads up to the comma, the line end or the end of the file behind a cell.
  private mutating func readCell(_ isASCII: inout Bool) {
    while place < bytes.count, bytes[place] == 0x20 || bytes[place] == 0x09 { place += 1 }
    let isQuoted = place < bytes.count && bytes[place] == UInt8(ascii: "\"")
    if isQuoted { place += 1 }
    let start = place
    var end = place
    while place < bytes.count {
      let byte = bytes[place]
      if isQuoted, byte == UInt8(ascii: "\"") {
        guard place + 1 < bytes.count, bytes[place + 1] == byte else { break }
        place += 1
      } else if !isQuoted, byte == UInt8(ascii: ",") || byte == 0x0A || byte == 0x0D {
        break
      }
      if byte == 0x0A { nextLine += 1 }
      if byte >= 0x80 { isASCII = false }
      bytes[end] = byte
      (end, place) = (end + 1, place + 1)
    }
    // Behind a closing quote nothing but the separator has a meaning.
    while place < bytes.count, bytes[place] != UInt8(ascii: ","), bytes[place] != 0x0A, bytes[place] != 0x0D {
      place += 1
    }
    while end > start, bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    cells.append(start..<end)
  }

  /// Steps over what ends a cell; true if another cell of the same row follows.
  private mutating func endCell() -> Bool {
    guard place < bytes.count else { return false }
    let byte = bytes[place]
    place += 1
    if byte == UInt8(ascii: ",") { return true }
    if byte == 0x0D, place < bytes.count, bytes[place] == 0x0A { place += 1 }
    nextLine += 1
    return false
  }

  private static func isValid(_ slice: ArraySlice<UInt8>) -> Bool {
    slice.withUnsafeBytes { bytes in
      var index = 0
      while index < bytes.count {
        let length = Folding.decode(bytes, index).length
        if length == 0 { return false }
        index += length
      }
      return true
    }
  }
}
