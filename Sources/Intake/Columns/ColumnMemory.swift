import Listings
import SmallFormats

/// What people assigned to columns, as a small table that they can also read and edit.
///
/// Shape:  CSV with the columns `header,columns,column,field`: the signature of a header, the header in words, the name of
///         a column, and its field (`none` for no field, whatever name or values suggest). A record with the column `*`
///         gives the currency of prices that name none, as `currency=TRY`. Records that mean nothing here are preserved
///         when the table is written again.
/// Fails:  never; records that cannot be used are in `unreadable`.
package struct ColumnMemory: Sendable {
  /// All records except the heading, including those that mean nothing here.
  private var records: [[String]]
  /// Records that mean nothing here, with their line from 1.
  package private(set) var unreadable: [(line: Int, text: String)] = []

  private static let heading = ["header", "columns", "column", "field"]
  private static let nothing = "none"

  /// Reads the table; an empty text is an empty table.
  package init(text: String = "") {
    var text = text
    records = text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      return CollectedRecords.read(bytes, start..<bytes.count, DelimitedDialect()).map { record in
        // A file saved on Windows has a carriage return at the end of each line.
        record.cells.map { $0.hasSuffix("\r") ? String($0.dropLast()) : $0 }
      }
    }
    if records.first?.first == Self.heading[0] { records.removeFirst() }
    for (index, record) in records.enumerated()
    where Self.line(of: record) == nil && Self.currency(of: record) == nil {
      unreadable.append((index + 2, record.joined(separator: ",")))
    }
  }

  /// The currency of prices that name none; nil for any other record.
  private static func currency(of record: [String]) -> String? {
    guard record.count >= 4, !record[0].isEmpty, record[2] == "*", record[3].hasPrefix("currency=") else { return nil }
    let code = record[3].dropFirst("currency=".count)
    return code.utf8.count == 3 && code.utf8.allSatisfy { $0 &- 0x41 < 26 } ? String(code) : nil
  }

  /// One line of an assignment; nil for any other record.
  private static func line(of record: [String]) -> ColumnAssignment.Line? {
    guard record.count >= 4, !record[0].isEmpty, !record[2].isEmpty else { return nil }
    let field = Field(rawValue: record[3])
    guard field != nil || record[3] == nothing else { return nil }
    return ColumnAssignment.Line(column: SpreadsheetGuard.unmarked(record[2]), field: field)
  }

  /// What is remembered, one assignment per header, in the order of the table.
  package var assignments: [ColumnAssignment] {
    var order: [String] = []
    var lines: [String: [ColumnAssignment.Line]] = [:]
    var words: [String: String] = [:]
    var currencies: [String: String] = [:]
    for record in records {
      let (line, currency) = (Self.line(of: record), Self.currency(of: record))
      guard line != nil || currency != nil else { continue }
      if words[record[0]] == nil { order.append(record[0]) }
      if let line { lines[record[0], default: []].append(line) }
      currencies[record[0]] = currency ?? currencies[record[0]]
      words[record[0]] = SpreadsheetGuard.unmarked(record[1])
    }
    return order.map { id in
      ColumnAssignment(
        header: HeaderSignature(id: id, words: words[id] ?? ""), lines: lines[id] ?? [], currency: currencies[id],
        origin: .remembered)
    }
  }

  /// Replaces what is remembered for this header. An assignment without lines and currency forgets it.
  ///
  /// Shape:  the answer for a currency comes first, then one record per column, in the order of the columns.
  package mutating func remember(_ assignment: ColumnAssignment) {
    records.removeAll { record in
      record.first == assignment.header.id && (Self.line(of: record) != nil || Self.currency(of: record) != nil)
    }
    if let currency = assignment.currency {
      records.append([
        assignment.header.id, SpreadsheetGuard.marked(assignment.header.words), "*", "currency=\(currency)",
      ])
    }
    for line in assignment.lines {
      records.append([
        assignment.header.id, SpreadsheetGuard.marked(assignment.header.words),
        SpreadsheetGuard.marked(line.column),
        line.field?.rawValue ?? Self.nothing,
      ])
    }
  }

  /// The table as text, to be saved.
  package var text: String {
    ([Self.heading] + records).map { CSVLine.text($0) + "\n" }.joined()
  }
}

/// The first listings of a file, read with other columns than it was opened with.
package enum ColumnPreview {
  /// How much of the file is read.
  private static let bytes = 1 << 15

  /// Reads the beginning of an opened file again; nil where it is not a file, or has no records.
  ///
  /// Shape:  the rows are the first rows of `source`, in order.
  /// Cost:   some dozens of listings, whatever the size of the file.
  package static func dataset(of source: SourceFile, options: IntakeOptions) -> Dataset? {
    guard let opened = source.reader as? any PieceReading else { return nil }
    let reading = FileFormat.reading(of: opened.file, options: options)
    let (start, count) = (reading.firstRecord, reading.bytes.count)
    guard start < count else { return nil }
    let end = start + bytes >= count ? count : reading.border(from: start, target: start + bytes)
    let assembly = RowAssembly(tables: options.tables, reader: reading)
    assembly.begin(reading, piece: UnsafeRawBufferPointer(rebasing: reading.bytes[start..<end]))
    reading.read(start..<end, into: assembly)
    let builder = DatasetBuilder(
      currencyCodes: options.tables.currencies.codes, addresses: options.tables.addresses)
    builder.append(assembly.takeBatch().0)
    let beginning = SourceFile(
      name: source.name, path: source.path, byteCount: source.byteCount, modified: source.modified,
      rows: 0..<builder.rowCount, reader: reading)
    return builder.dataset(sources: [beginning], isComplete: true)
  }
}
