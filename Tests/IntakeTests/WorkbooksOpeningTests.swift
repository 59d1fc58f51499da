import Glibc
@testable import Intake
import Listings
import Testing

@Suite struct WorkbooksOpeningTests {
  private func open(
    _ path: String, table: String? = nil, pieceSize: Int = 64
  ) throws -> (dataset: Dataset, problems: IntakeProblems) {
    var options = IntakeOptions(tables: InventedTables.tables, workers: 2)
    options.table = table
    (options.pieceSize, options.firstPieceSize) = (pieceSize, pieceSize)
    return try DatasetOpening.open(paths: [path], options: options)
  }

  @Test func aWorkbookIsOpenedAsListingsWithTheRowsOfItsSheet() throws {
    let folder = InventedFolder()
    var rows: [[String?]] = [["Week 47"], [nil], ["title", "price"]]
    for number in 0..<200 { rows += [["t\(number)", number == 7 ? "zzz" : "\(number)"], [nil]] }
    let path = folder.write("week.xlsx", InventedWorkbook(rows: rows).bytes)
    let (dataset, problems) = try open(path)
    #expect(dataset.rowCount == 200)
    #expect(dataset.text(of: .title, at: 7) == "t7")
    #expect((0..<200).map { dataset.sourceRow(of: $0) } == (0..<200).map { 4 + 2 * $0 })
    #expect(dataset.rowsWithAnotherKey == [])
    #expect(dataset.sources.map(\.name) == [path])
    #expect(
      problems.kept.map(\.description) == [
        "\(path): what stands above the header, through row 1, is a title and not a listing; it is left out",
        "\(path), row 18: no amount in the price (it names none, and no word that says why); the listing is kept, "
          + "its price is shown as it stands: zzz",
      ])
  }

  @Test func severalSheetsAreFilesOfTheirOwn() throws {
    let folder = InventedFolder()
    let north = InventedWorkbook.sheetData([["title", "price"], ["a", "5"]])
    let south = InventedWorkbook.sheetData([["price", "title"], ["6", "b"], ["7", "c"]])
    let notes = InventedWorkbook.sheetData([["who", "when"], ["Kim", "Monday"]])
    let path = folder.write(
      "week.xlsx", InventedWorkbook([("North", north), ("Notes", notes), ("South", south)]).bytes)
    let (dataset, _) = try open(path)
    #expect(dataset.sources.map(\.name) == ["\(path) » North", "\(path) » South"])
    #expect((0..<3).map { dataset.text(of: .title, at: $0) } == ["a", "b", "c"])
    #expect((0..<3).map { dataset.sourceRow(of: $0) } == [2, 2, 3])
    // Nothing says that the first of two rows of words is no listing.
    #expect(try open(path, table: "Notes").dataset.cellTexts == [["who", "when"], ["Kim", "Monday"]])
    #expect(throws: IntakeError.noTable(path: path, .noSuchTable("West", among: ["North", "Notes", "South"]))) {
      try open(path, table: "West")
    }
  }

  @Test func aDatabaseIsOpenedAsListingsWithItsRowids() throws {
    let database = InventedDatabase(
      "CREATE TABLE ads(title, price, seller); INSERT INTO ads(rowid, title, price) VALUES (5, 'a', 1), (9, NULL, 2);")
    let (dataset, _) = try open(database.path)
    #expect(dataset.cellTexts == [["a", "1", ""], ["", "2", ""]])
    #expect((0..<2).map { dataset.sourceRow(of: $0) } == [5, 9])
  }

  @Test func whatCannotBeOpenedSaysSoInASentence() throws {
    let database = InventedDatabase("PRAGMA application_id = 0x4C4E5347; CREATE TABLE event(x);")
    #expect(throws: IntakeError.noTable(path: database.path, .casebook)) { try open(database.path) }
    #expect(
      IntakeError.noTable(path: "a.db", .casebook).description
        == "a.db is a casebook. Nothing was opened and the file is unharmed; open the listings it belongs to.")
  }
}
