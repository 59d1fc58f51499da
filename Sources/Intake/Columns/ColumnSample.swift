import Listings

/// The values of a file's first records, column by column: what columns are recognised by where their names say nothing.
///
/// Shape:  every record has a cell per column; what says that a value is missing is an empty cell; a record that stands
///         there several times, as where result pages overlap, counts once.
/// Cost:   a few hundred records or 256 KiB, whichever comes first, whatever the size of the file.
struct ColumnSample {
  let names: [String]
  private(set) var records: [[String]] = []
  private var seen: Set<[String]> = []

  static let mostRecords = 400
  static let mostBytes = 1 << 18
  /// Of a longer cell the beginning tells enough.
  private static let longestCell = 1000

  init(names: [String]) { self.names = names }

  init(names: [String], records: [[String]]) {
    self.init(names: names)
    for record in records { add(record) }
  }

  /// The first records of a delimited file.
  init(of bytes: UnsafeRawBufferPointer, from head: DelimitedHead, names: [String]) {
    self.init(names: names)
    let start = head.firstRecord
    let end = min(bytes.count, start + Self.mostBytes)
    var read = CollectedRecords.read(bytes, start..<end, head.dialect, limit: Self.mostRecords)
    // The last one may be cut.
    if end < bytes.count, read.last?.next == end { read.removeLast() }
    for record in read { add(head.adjustment.adjusted(record.cells, width: names.count)) }
  }

  mutating func add(_ cells: [String]) {
    var record = cells.prefix(names.count).map { Self.value($0) }
    record += Array(repeating: "", count: names.count - record.count)
    if seen.insert(record).inserted { records.append(record) }
  }

  /// A cell without blanks at its ends; empty where it says that a value is missing.
  static func value(_ cell: String) -> String {
    var cell = String(cell.prefix(longestCell))
    return cell.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      return MissingMark.isMissing(bytes) ? "" : String(decoding: BlankTrimming.trimmed(bytes), as: UTF8.self)
    }
  }

  /// What files without a header are told by.
  func signatureWithoutHeader(_ currencies: Currencies) -> HeaderSignature {
    let shape = ValueShape(currencies: currencies)
    return HeaderSignature(kindsWithoutHeader: names.indices.map { ColumnShape(values(of: $0), shape).kind })
  }

  /// The values of a column that are there.
  func values(of column: Int) -> [String] { records.compactMap { $0[column].isEmpty ? nil : $0[column] } }
}
