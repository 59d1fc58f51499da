import Glibc
@testable import Intake
import Testing

/// What other programs write and read, where they are installed.
@Suite struct WorkbooksOraclesTests {
  /// A Python that has openpyxl; `LINSANG_PYTHON` names another one.
  private static let python = getenv("LINSANG_PYTHON").map { String(cString: $0) } ?? "python3"
  private static let hasOpenpyxl = system("\(python) -c 'import openpyxl' 2>/dev/null") == 0
  private static let hasSQLite = system("command -v sqlite3 >/dev/null 2>&1") == 0

  private static let script = """
    import csv, datetime, random, sys, openpyxl
    random.seed(4)
    book = openpyxl.Workbook()
    sheet = book.active
    rows = [["title", "price", "posted_at", "listing_id", "seller"]]
    for n in range(300):
        rows.append([
            random.choice(["tusk", "象牙 手串", " a, \\"b\\" & <c> ", "two\\nlines", None, "=no", "1e5"]),
            random.choice([5, 19.99, 0.1, 1234.57, None, True, 123456789012345, round(random.random() * 1e4, 2)]),
            datetime.datetime(2026, 1, 1) + datetime.timedelta(days=random.randrange(-30000, 900), seconds=random.randrange(86400)),
            f"{n:06d}" if n % 2 else 7000000000 + n,
            random.choice([datetime.date(2025, 2, 28), datetime.time(8, 30), "Bo", False])])
    for row in rows:
        sheet.append(row)
    for row in sheet.iter_rows(min_row=2, max_col=1):
        row[0].data_type = "n" if row[0].value is None else "s"
    book.save(sys.argv[1])
    def told(value):
        if value is None: return ""
        if isinstance(value, bool): return "TRUE" if value else "FALSE"
        if isinstance(value, float) and value == int(value): return str(int(value))
        if hasattr(value, "isoformat"): return value.isoformat()
        return str(value)
    with open(sys.argv[2], "w", newline="") as out:
        csv.writer(out, lineterminator="\\n").writerows([[told(v) for v in row] for row in rows])
    """

  @Test(.enabled(if: hasOpenpyxl, "openpyxl is not installed"))
  func aWorkbookOfOpenpyxlIsReadAsItWasWritten() throws {
    let folder = InventedFolder()
    let script = folder.write("write.py", Self.script)
    let (book, table) = (folder.path + "/book.xlsx", folder.path + "/table.csv")
    #expect(system("\(Self.python) \(script) \(book) \(table)") == 0)
    let told = try Workbook.told(InventedFolder.bytes(of: book))[0]
    #expect(told.records == Self.records(of: table))
    #expect(told.numbers == Array(2...301))
    #expect(told.notes == [])
  }

  @Test(.enabled(if: hasSQLite, "the sqlite3 program is not installed"))
  func aDatabaseIsToldAsSQLitesOwnProgramDoes() throws {
    let database = InventedDatabase(
      """
      CREATE TABLE ads(title, price, seller);
      WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 500)
      INSERT INTO ads SELECT
        CASE x % 5 WHEN 0 THEN 'a, "b"' WHEN 1 THEN '象牙' || x WHEN 2 THEN 'two' || char(10) || 'lines' WHEN 3 THEN NULL
          ELSE x END,
        CASE x % 3 WHEN 0 THEN x / 4.0 WHEN 1 THEN x * 1000003 ELSE -x * 1.25 END, 'seller ' || x FROM n;
      """)
    let out = database.folder.path + "/out.csv"
    #expect(system("sqlite3 -csv -header \(database.path) 'SELECT * FROM ads ORDER BY rowid' > \(out)") == 0)
    #expect(try database.opened().told().records == Self.records(of: out))
  }

  private static func records(of path: String) -> [[String]] {
    InventedFolder.bytes(of: path).withUnsafeBytes {
      CollectedRecords.read($0, 0..<$0.count, DelimitedDialect()).map(\.cells)
    }
  }
}
