import Listings

/// A file of listings that was never on a disk: its records are cells parted by the byte 0xFF, which no text holds.
final class InMemoryFile: RecordReading, @unchecked Sendable {
  // Safe to share: the bytes are written in `init` only.
  private let memory: UnsafeMutableRawBufferPointer
  /// Where each record lies.
  let records: [Range<Int>]
  let columns: [String]
  let fields: [Field?]
  let format = "csv"

  init(_ rows: [ListingRow]) {
    let known = Field.allCases.filter { field in rows.contains { $0.cells[field] != nil } }
    var others: [String] = []
    for row in rows { for cell in row.extra where !others.contains(cell.name) { others.append(cell.name) } }
    columns = known.map(\.rawValue) + others
    fields = known.map { $0 } + others.map { _ in nil }
    var bytes: [UInt8] = []
    var records: [Range<Int>] = []
    for row in rows {
      let start = bytes.count
      let texts = known.map { row.cells[$0] ?? [] } + others.map { name in row.extra(name) }
      bytes += texts.joined(separator: [0xFF])
      records.append(start..<bytes.count)
      bytes.append(0x0A)
    }
    self.records = records
    memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 1)
    memory.copyBytes(from: bytes)
  }

  deinit { memory.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(memory) }

  func cells(of record: UnsafeRawBufferPointer) -> [RecordCell] {
    zip(0..., slices(of: record)).map { place, bytes in
      RecordCell(name: columns[place], field: fields[place], text: String(decoding: bytes, as: UTF8.self))
    }
  }

  func record(_ index: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[records[index]]) }

  /// The bytes of each cell of a record, one per column.
  func slices(of record: UnsafeRawBufferPointer) -> [UnsafeRawBufferPointer] {
    var cells: [UnsafeRawBufferPointer] = []
    var start = 0
    for end in 0...record.count where end == record.count || record[end] == 0xFF {
      cells.append(UnsafeRawBufferPointer(rebasing: record[start..<end]))
      start = end + 1
    }
    return cells
  }
}
