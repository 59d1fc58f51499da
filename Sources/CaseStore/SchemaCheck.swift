import GRDB

/// Whether the file still has the tables and rules that its version was made with.
///
/// A rule that is missing does not show until somebody changes what it protects. The rules are not written down a
/// second time: the steps are taken in memory, and the two schemas compared.
enum SchemaCheck {
  /// What differs; nil where all is as it was made.
  static func fault(_ db: Database, version: Int) throws -> String? {
    let here = try definitions(db)
    let made = try reference(version)
    for (name, sql) in made.sorted(by: { $0.key < $1.key }) {
      guard let found = here[name] else { return "its \(name) is missing" }
      if found != sql { return "its \(name) was altered" }
    }
    // A table more does no harm; a trigger more may change what is filed.
    let strange = here.keys.filter { $0.hasPrefix("trigger ") && made[$0] == nil }.min()
    return strange.map { "it has a \($0) that linsang did not make" }
  }

  /// Tables, their indexes and triggers by kind and name.
  private static func definitions(_ db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT type || ' ' || name, sql FROM sqlite_master WHERE type IN ('table', 'trigger') AND sql <> ''")
    // Renaming a table puts its name into quotes.
    return Dictionary(rows.map { ($0[0], ($0[1] as String).replacing("\"", with: "")) }) { first, _ in first }
  }

  private static func reference(_ version: Int) throws -> [String: String] {
    let memory = try DatabaseQueue()
    defer { try? memory.close() }
    return try memory.write { db in
      for step in Schema.steps.prefix(version) { try db.execute(sql: step) }
      return try definitions(db)
    }
  }
}
