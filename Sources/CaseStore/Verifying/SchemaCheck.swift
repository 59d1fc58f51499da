import GRDB

/// Checks that the file still has the tables and triggers that its version was made with.
///
/// Why:    a missing trigger does not show until what it protects is changed. The schema is not written down twice:
///         the steps run in memory, and the two schemas are compared.
enum SchemaCheck {
  /// The differences: what is missing or altered first, then what is strange.
  ///
  /// - Parameter indices: whether everything is compared. A missing index only costs time and an extra table does no harm, so
  ///   that neither keeps a casebook from being used.
  static func problems(_ db: Database, version: Int, indices: Bool = false) throws -> [String] {
    let here = try definitions(db, indices: indices)
    let made = try reference(version, indices: indices)
    let known = made.sorted { $0.key < $1.key }.compactMap { name, sql -> String? in
      guard let found = here[name] else { return "its \(name) is missing" }
      return found == sql ? nil : "its \(name) was altered"
    }
    let strange = here.keys.filter { (indices || $0.hasPrefix("trigger ")) && made[$0] == nil }.sorted()
    return known + strange.map { "it has a \($0) that linsang did not make" }
  }

  /// Tables and triggers, with `indices` everything, with their SQL, by kind and name.
  private static func definitions(_ db: Database, indices: Bool) throws -> [String: String] {
    let kinds = indices ? "sql <> ''" : "type IN ('table', 'trigger') AND sql <> ''"
    let rows = try Row.fetchAll(db, sql: "SELECT type || ' ' || name, sql FROM sqlite_master WHERE \(kinds)")
    // SQLite quotes the name of a renamed table.
    return Dictionary(rows.map { ($0[0], ($0[1] as String).replacing("\"", with: "")) }) { first, _ in first }
  }

  /// The definitions that a file of this version must have.
  private static func reference(_ version: Int, indices: Bool) throws -> [String: String] {
    let memory = try DatabaseQueue()
    defer { try? memory.close() }
    return try memory.write { db in
      for step in Schema.steps.prefix(version) { try db.execute(sql: step) }
      return try definitions(db, indices: indices)
    }
  }
}
