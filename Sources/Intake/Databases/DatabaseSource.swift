/// A table or view of a database, by the name its schema gives it.
struct DatabaseSource: Equatable, Sendable {
  let name: String
  let isView: Bool
  /// Whether code, not the file, answers what it holds.
  let isVirtual: Bool

  /// A selection of all rows; names are quoted, whatever is in them.
  func selection(of columns: String) -> String { "SELECT \(columns) FROM main.\(Self.quoted(name))" }

  static func quoted(_ name: String) -> String {
    "\"" + String(name.flatMap { $0 == "\"" ? "\"\"" : String($0) }) + "\""
  }

  /// The tables and views of a database, in the order they were made. SQLite's own and the stores behind virtual tables
  /// are left out.
  static func all(in connection: DatabaseConnection) throws(TableFault) -> [DatabaseSource] {
    let statement = try connection.statement(
      "SELECT name, type, sql FROM main.sqlite_master WHERE type = 'table' OR type = 'view' ORDER BY rowid")
    var sources: [DatabaseSource] = []
    rows: while true {
      switch statement.step() {
      case .end: break rows
      case .fault(let code): throw DatabaseConnection.fault(code)
      case .row:
        let (name, kind, sql) = (statement.text(at: 0), statement.text(at: 1), statement.text(at: 2))
        // Names with zero bytes cannot be asked for.
        guard !name.lowercased().hasPrefix("sqlite_"), !name.utf8.contains(0) else { continue }
        sources.append(DatabaseSource(name: name, isView: kind == "view", isVirtual: isVirtual(sql)))
      }
    }
    let virtual = sources.filter(\.isVirtual).map { $0.name.lowercased() + "_" }
    return sources.filter { source in
      source.isVirtual || source.isView || !virtual.contains { source.name.lowercased().hasPrefix($0) }
    }
  }

  /// SQLite itself writes the statement down with these two words first, and one blank between them.
  private static func isVirtual(_ sql: String) -> Bool { sql.uppercased().hasPrefix("CREATE VIRTUAL") }
}
