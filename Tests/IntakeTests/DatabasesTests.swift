import CSQLite
import Foundation
@testable import Intake
import ListingsTestSupport
import Testing

/// An invented database in a folder of its own.
final class InventedDatabase {
  let folder = InventedFolder()
  let path: String
  private var db: OpaquePointer?

  init(_ sql: String, name: String = "shop.db", keepsOpen: Bool = false) {
    path = folder.path + "/" + name
    sqlite3_open(path, &db)
    run(sql)
    if !keepsOpen { close() }
  }

  func run(_ sql: String) {
    let status = sqlite3_exec(db, sql, nil, nil, nil)
    #expect(status == SQLITE_OK, "\(String(cString: sqlite3_errmsg(db)))")
  }

  func close() {
    sqlite3_close_v2(db)
    db = nil
  }

  deinit { close() }

  var bytes: [UInt8] { InventedFolder.bytes(of: path) }

  func opened() throws(TableError) -> Database {
    guard let header = bytes.withUnsafeBytes({ DatabaseHeader($0) }) else { throw .sqlite(code: SQLITE_NOTADB) }
    return try Database(path: path, header: header, headers: .invented())
  }

  var fault: TableError? {
    do throws(TableError) {
      let database = try opened()
      for index in database.tables.indices { _ = try database.told(index) }
      return nil
    } catch { return error }
  }
}

@Suite struct DatabasesTests {
  private static let listings = "CREATE TABLE ads(title TEXT, price REAL, seller TEXT);"

  @Test func everyRowIsTheCellsOfItsRowid() throws {
    let database = InventedDatabase(
      Self.listings + """
        INSERT INTO ads(rowid, title, price, seller) VALUES
          (3, 'tusk, "old"', 12.5, 'Bo'), (7, NULL, NULL, NULL), (-2, 'two' || char(10) || 'lines', 5, x'00ff'),
          (8, 'long', 0.1 + 0.2, 9007199254740993), (9, 'id', 1.23456789012e15, -1.5e300);
        """)
    let opened = try database.opened()
    #expect(
      opened.tables == [
        HeldTable(
          name: "ads", columns: ["title", "price", "seller"], rowCount: 5, hasRows: true, hasKnownColumn: true,
          suggestsListings: true)
      ])
    let told = try opened.told()
    #expect(
      told.records == [
        ["title", "price", "seller"], ["two\nlines", "5.0", "[blob, 2 bytes]"], ["tusk, \"old\"", "12.5", "Bo"],
        ["", "", ""], ["long", "0.30000000000000004", "9007199254740993"],
        ["id", "1234567890120000", "-1.5e+300"],
      ])
    #expect(told.numbers == [-2, 3, 7, 8, 9])
    #expect(told.notes == [])
  }

  @Test func namesAreQuotedAndRowidsFoundWhateverColumnsAreCalled() throws {
    let database = InventedDatabase(
      """
      CREATE TABLE "a ""b""; DROP TABLE x; --"("title" TEXT, rowid TEXT, "select" TEXT);
      INSERT INTO "a ""b""; DROP TABLE x; --" VALUES ('t', 'r', 's');
      CREATE TABLE plain(id TEXT PRIMARY KEY, title) WITHOUT ROWID;
      INSERT INTO plain VALUES ('b', 1), ('a', 2);
      CREATE TABLE narrow(title); INSERT INTO narrow VALUES (NULL), (''), ('x');
      """)
    let opened = try database.opened()
    #expect(opened.tables.map(\.name) == ["a \"b\"; DROP TABLE x; --", "plain", "narrow"])
    #expect(try opened.told(0).records == [["title", "rowid", "select"], ["t", "r", "s"]])
    #expect(try opened.told(1).records == [["id", "title"], ["a", "2"], ["b", "1"]])
    #expect(try opened.told(2) == ToldTable(records: [["title"], [""], [""], ["x"]], numbers: [1, 2, 3], notes: []))
  }

  @Test func viewsSelectAndNothingElse() throws {
    let database = InventedDatabase(
      Self.listings + """
        INSERT INTO ads VALUES ('a', 1, 'Bo'), ('b', 2, 'Cy');
        CREATE VIEW cheap AS SELECT title, price FROM ads WHERE price < 2;
        CREATE VIEW calls AS SELECT upper(title) AS title FROM ads;
        CREATE VIEW endless AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS title FROM n;
        CREATE VIEW schema AS SELECT name AS title FROM pragma_table_list;
        """)
    let opened = try database.opened()
    #expect(opened.tables.map(\.name) == ["ads", "cheap", "calls", "endless", "schema"])
    #expect(try opened.told(1).records == [["title", "price"], ["a", "1.0"]])
    for (index, name) in [(2, "calls"), (3, "endless"), (4, "schema")] {
      #expect(throws: TableError.refusedView(name)) { try opened.told(index) }
    }
    #expect(try TableChoice.chosen(of: opened.tables, wanted: nil) == [0])
    #expect(try TableChoice.chosen(of: opened.tables, wanted: "cheap") == [1])
  }

  @Test func virtualTablesAreListedAndRefused() throws {
    let database = InventedDatabase(
      "CREATE VIRTUAL TABLE search USING fts5(title); INSERT INTO search VALUES ('a');"
        + "CREATE VIEW hidden AS SELECT title FROM search;" + Self.listings)
    let opened = try database.opened()
    #expect(opened.tables.map(\.name) == ["search", "hidden", "ads"])
    #expect(throws: TableError.virtualTable("search")) { try opened.told(0) }
    #expect(throws: TableError.refusedView("hidden")) { try opened.told(1) }
  }

  @Test func textThatIsNotUTF8KeepsItsBytes() throws {
    let database = InventedDatabase("CREATE TABLE a(title); INSERT INTO a VALUES (CAST(x'61ff62' AS TEXT));")
    let text = CSVText(inMemoryWithLimit: 1000)
    _ = try database.opened().convert(0, into: text, isCancelled: { false })
    #expect(text.inMemory == Array("title\na".utf8) + [0xFF] + Array("b\n".utf8))
    let wide = InventedDatabase("PRAGMA encoding = 'UTF-16le'; CREATE TABLE a(title); INSERT INTO a VALUES ('象牙');")
    #expect(try wide.opened().told().records == [["title"], ["象牙"]])
  }

  @Test func aCasebookIsRefused() {
    let database = InventedDatabase("PRAGMA application_id = 0x4C4E5347;" + Self.listings)
    #expect(database.fault == .casebook)
  }

  @Test func aDatabaseBeingWrittenSaysSo() {
    let database = InventedDatabase(Self.listings, keepsOpen: true)
    database.run("BEGIN EXCLUSIVE; INSERT INTO ads VALUES ('a', 1, 'b')")
    #expect(database.fault == .busy)
    database.run("ROLLBACK")
    #expect(database.fault == nil)
  }

  @Test func nothingIsMadeOrChangedBesideADatabaseWithALog() throws {
    let database = InventedDatabase(
      "PRAGMA journal_mode = wal;" + Self.listings + "INSERT INTO ads VALUES ('a', 1, 'b');", keepsOpen: true)
    #expect(try database.opened().told().records.count == 2)
    database.close()
    let before = database.bytes
    #expect(try database.opened().told().records.count == 2)
    #expect(database.bytes == before)
    #expect(access(database.path + "-wal", F_OK) != 0 && access(database.path + "-shm", F_OK) != 0)
    // A log that came without its index, as in a copy.
    _ = database.folder.write("shop.db-wal", "not empty")
    #expect(database.fault == .logWithoutIndex)
  }

  @Test func pathsMayHoldAnything() throws {
    let database = InventedDatabase(Self.listings, name: "a?mode=rwc&b #%41 象.db")
    #expect(try database.opened().tables.count == 1)
  }

  @Test func changedDatabasesAreToldSoundlyOrRefusedAndLeftAsTheyWere() throws {
    let database = InventedDatabase(
      Self.listings + "CREATE INDEX i ON ads(title); CREATE VIEW v AS SELECT * FROM ads;"
        + "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 300)"
        + "INSERT INTO ads SELECT 'title ' || x, x / 7.0, 'seller' FROM n;")
    let whole = database.bytes
    var random = Dice(seed: 13)
    var (told, refused) = (0, 0)
    for number in 0..<Trials.count(400) {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let place =
          Bool.random(using: &random)
          ? Int.random(in: 16..<600, using: &random) : Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      if Int.random(in: 0..<4, using: &random) == 0 {
        bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
      }
      _ = database.folder.write("shop.db", bytes)
      do throws(TableError) {
        let opened = try database.opened()
        for index in opened.tables.indices {
          let table = try opened.told(index)
          #expect(table.records.count == table.numbers.count + 1, "case \(number)")
          #expect(table.records.allSatisfy { $0.count == table.records[0].count }, "case \(number)")
        }
        told += 1
      } catch {
        refused += 1
      }
      #expect(database.bytes == bytes, "case \(number)")
    }
    #expect(told > 0 && refused > 0)
    #expect(try FileManager.default.contentsOfDirectory(atPath: database.folder.path) == ["shop.db"])
  }

  @Test func readingStopsWhenItIsNoLongerWanted() throws {
    let database = InventedDatabase(
      Self.listings
        + "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 20000)"
        + "INSERT INTO ads SELECT x, x, x FROM n;")
    let opened = try database.opened()
    #expect(throws: TableError.cancelled) {
      try opened.convert(0, into: CSVText(inMemoryWithLimit: 1 << 30), isCancelled: { true })
    }
  }
}
