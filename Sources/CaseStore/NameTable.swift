import Casework
import GRDB
import Listings

/// The table of keys that listings had before; empty in a casebook that knows none.
///
/// Shape:  keys in their column form.
struct NameTable {
  private let select: Statement?

  init(_ db: Database) throws {
    select =
      try Self.isThere(db) ? db.cachedStatement(sql: "SELECT listing FROM renamed WHERE key = ?") : nil
  }

  static func isThere(_ db: Database) throws -> Bool { try Schema.version(of: db) >= Schema.versionOfNames }

  /// The key that a listing has now.
  func current(_ column: String) throws -> String {
    guard let select else { return column }
    return try String.fetchOne(select, arguments: [column]) ?? column
  }

  func current(_ key: ListingKey) throws -> ListingKey {
    let column = StoredText.column(key)
    let now = try current(column)
    return now == column ? key : ListingKey(StoredText.text(now))
  }

  /// All keys that are no longer in use, with those that are.
  static func all(_ db: Database) throws -> [ListingKey: ListingKey] {
    guard try isThere(db) else { return [:] }
    let rows = try Row.fetchAll(db, sql: "SELECT key, listing FROM renamed")
    return Dictionary(
      rows.map { (ListingKey(StoredText.text($0[0])), ListingKey(StoredText.text($0[1]))) }
    ) { first, _ in first }
  }

  /// SQL for the keys under which events may be about the listing of the parameter `:key`.
  static func keys(_ db: Database) throws -> String {
    try isThere(db) ? "(SELECT :key UNION SELECT key FROM renamed WHERE listing = :key)" : "(:key)"
  }
}
