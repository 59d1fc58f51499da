import Listings
import SmallFormats

/// What people assigned to columns, as the text of a small table that they can read and correct.
///
/// Shape:  CSV with the columns `header,columns,column,field`: the signature of a header, the same in words, a column's name, and
///         the field it is (`none`: no field, whatever its name or values say). A record whose column is `*` gives the
///         currency of prices that name none, as `currency=TRY`. Records that mean nothing here stay as
///         they are when the table is written again.
package struct ColumnMemory: Sendable {
  private var records: [[String]]
  /// Lines of the table that mean nothing, from 1.
  package private(set) var unreadable: [(line: Int, text: String)] = []

  private static let heading = ["header", "columns", "column", "field"]
  private static let nothing = "none"

  package init(text: String = "") {
    var text = text
    records = text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      return CollectedRecords.read(bytes, start..<bytes.count, DelimitedDialect()).map { record in
        // A file that was saved on Windows has a carriage return before each line's end.
        record.cells.map { $0.hasSuffix("\r") ? String($0.dropLast()) : $0 }
      }
    }
    if records.first?.first == Self.heading[0] { records.removeFirst() }
    for (index, record) in records.enumerated()
    where Self.line(of: record) == nil && Self.currency(of: record) == nil {
      unreadable.append((index + 2, record.joined(separator: ",")))
    }
  }

  /// The currency of prices that name none; nil for a record that gives none.
  private static func currency(of record: [String]) -> String? {
    guard record.count >= 4, !record[0].isEmpty, record[2] == "*", record[3].hasPrefix("currency=") else { return nil }
    let code = record[3].dropFirst("currency=".count)
    return code.utf8.count == 3 && code.utf8.allSatisfy { $0 &- 0x41 < 26 } ? String(code) : nil
  }

  /// A line of an assignment; nil for a record that is none.
  private static func line(of record: [String]) -> ColumnAssignment.Line? {
    guard record.count >= 4, !record[0].isEmpty, !record[2].isEmpty else { return nil }
    let field = Field(rawValue: record[3])
    guard field != nil || record[3] == nothing else { return nil }
    return ColumnAssignment.Line(column: SpreadsheetGuard.unmarked(record[2]), field: field)
  }

  /// What is remembered, one assignment per header.
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

  /// Takes an answer in, in place of an older one for the same header; one without lines forgets it.
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

  /// The table as text.
  package var text: String {
    ([Self.heading] + records).map { CSVLine.text($0) + "\n" }.joined()
  }
}
