import CSQLite
import Glibc

/// A selection that is under way.
final class DatabaseStatement {
  private let statement: OpaquePointer
  /// Closed only after its statements.
  private let connection: DatabaseConnection
  private var number = Array(repeating: CChar(0), count: 64)
  private var written: [UInt8] = []

  enum Step: Equatable { case row, end, fault(Int32) }

  init(_ statement: OpaquePointer, of connection: DatabaseConnection) {
    self.statement = statement
    self.connection = connection
  }

  deinit { sqlite3_finalize(statement) }

  var columnCount: Int32 { sqlite3_column_count(statement) }
  var columnNames: [String] {
    (0..<columnCount).map { sqlite3_column_name(statement, $0).map { String(cString: $0) } ?? "" }
  }

  func step() -> Step {
    switch sqlite3_step(statement) {
    case SQLITE_ROW: .row
    case SQLITE_DONE: .end
    case let code: .fault(code)
    }
  }

  func integer(at column: Int32) -> Int { Int(sqlite3_column_int64(statement, column)) }

  func text(at column: Int32) -> String {
    var text = ""
    withText(at: column) { text = String(decoding: $0, as: UTF8.self) }
    return text
  }

  /// The value as text. Text keeps its bytes, also those that are not UTF-8; a number has the fewest digits that tell
  /// it from all others, and no exponent where it is an id.
  func withText(at column: Int32, _ body: (UnsafeRawBufferPointer) -> Void) {
    switch sqlite3_column_type(statement, column) {
    case SQLITE_NULL: body(UnsafeRawBufferPointer(start: nil, count: 0))
    case SQLITE_BLOB:
      let note = Array("[blob, \(sqlite3_column_bytes(statement, column)) bytes]".utf8)
      note.withUnsafeBytes(body)
    case SQLITE_FLOAT: withReal(at: column, body)
    default:
      // The text first: asking for it may change how many bytes it has.
      let text = sqlite3_column_text(statement, column)
      body(UnsafeRawBufferPointer(start: text, count: Int(sqlite3_column_bytes(statement, column))))
    }
  }

  private func withReal(at column: Int32, _ body: (UnsafeRawBufferPointer) -> Void) {
    let value = sqlite3_column_double(statement, column)
    // SQLite itself writes 15 digits.
    guard let short = sqlite3_column_text(statement, column) else { return body(.init(start: nil, count: 0)) }
    var text = UnsafeRawBufferPointer(start: short, count: Int(sqlite3_column_bytes(statement, column)))
    number.withUnsafeMutableBufferPointer { number in
      if value.isFinite, strtod(UnsafeRawPointer(short).assumingMemoryBound(to: CChar.self), nil) != value {
        lq_print_exact(value, number.baseAddress, Int32(number.count))
        text = UnsafeRawBufferPointer(start: number.baseAddress, count: strlen(number.baseAddress!))
      }
      guard text.contains(UInt8(ascii: "e")) else { return body(text) }
      written.removeAll(keepingCapacity: true)
      SheetNumber.append(text, to: &written)
      written.withUnsafeBytes(body)
    }
  }
}
