import Casework
import GRDB

/// A row as the events say it must be.
///
/// Cost:   one comparison per column.
struct ExpectedRow {
  let table: String
  /// The row's key, for people.
  let key: String
  /// The event that it follows from.
  let event: EventNumber?
  /// Its columns by name.
  let columns: [(name: String, value: DatabaseValue)]

  init(_ table: String, _ key: String, event: EventNumber?, _ columns: [(String, (any DatabaseValueConvertible)?)]) {
    (self.table, self.key, self.event) = (table, key, event)
    self.columns = columns.map { ($0.0, $0.1?.databaseValue ?? .null) }
  }

  /// The first column in which a row of the table differs; nil for none.
  ///
  /// - Parameter row: nil for a row that is missing.
  func finding(_ row: Row?) -> TableFinding? {
    guard let row else { return TableFinding(table: table, key: key, event: event, what: .missing) }
    for (name, value) in columns {
      let found: DatabaseValue = row[name]
      guard found != value else { continue }
      return TableFinding(
        table: table, key: key, event: event,
        what: .differs(column: name, found: Self.words(found), expected: Self.words(value)))
    }
    return nil
  }

  /// A value for people.
  ///
  /// Shape:  texts in quotes, cut after 60 characters.
  static func words(_ value: DatabaseValue) -> String {
    switch value.storage {
    case .null: return "nothing"
    case .int64(let number): return String(number)
    case .double(let number): return "\(number)"
    case .string(let text): return "“\(text.count > 60 ? text.prefix(60) + "…" : text)”"
    case .blob(let bytes): return "\(bytes.count) bytes"
    }
  }
}
