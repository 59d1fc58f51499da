import Foundation
import Testing

/// Choices about columns: made on the screen, remembered in a table, used by every command, and forgotten again.
@Suite(.waitsElsewhere) struct ColumnCommandTests {
  private let place: Workplace

  /// Rows without a header whose seller and location cannot be recognised by their values.
  private static let bare = (0..<25).map {
    "carved bangle no \($0),moss lane \($0 % 3),Port Amber \($0 % 4),\($0 * 35 + 15).00,https://hearthside.example/\($0)\n"
  }.joined()

  init() throws {
    place = try Workplace()
    try place.write("bare.csv", Self.bare)
    try place.write("week.csv", Workplace.week)
  }

  private var table: String { "home/.config/linsang/columns.csv" }

  private func remember(_ lines: String) throws {
    try place.write(table, "header,columns,column,field\n" + lines)
  }

  private func header(of file: String) throws -> String {
    let files = try #require(try Program.run("stats", "--json", file, at: place).json()["files"] as? [[String: Any]])
    return try #require(files[0]["header"] as? String)
  }

  @Test func statsShowWhichColumnIsWhichFieldAndWhy() throws {
    let told = try Program.run("stats", "bare.csv", at: place)
    #expect(told.status == 0)
    #expect(told.text.contains("price from column4: looks like prices: 25 of 25 sampled values"))
    let files = try #require(
      try Program.run("stats", "--json", "week.csv", at: place).json()["files"] as? [[String: Any]])
    let columns = try #require(files[0]["columns"] as? [[String: Any]])
    #expect(columns[0]["why"] as? String == "by its name")
  }

  @Test func rememberedColumnsAreUsedAndReportedAndCanBeIgnored() throws {
    let header = try header(of: "bare.csv")
    try remember("\(header),5 columns,column2,seller_alias\n\(header),5 columns,column4,none\n")
    let told = try Program.run("query", "seller:\"moss lane 1\"", "bare.csv", "--count", at: place)
    #expect(told.text == "8\n")
    #expect(told.err.contains("columns as remembered in"))
    #expect(told.err.contains("seller_alias from column2, no field from column4"))
    let aside = try Program.run("query", "seller:moss", "bare.csv", "--count", "--no-remembered-columns", at: place)
    #expect(aside.text == "0\n")
    #expect(!aside.err.contains("remembered"))
    let mapped = try Program.run(
      "query", "seller:amber", "bare.csv", "--count", "--map", "seller_alias=column3", at: place)
    #expect(mapped.text == "25\n")
  }

  @Test func aBrokenTableIsReportedAndReadingContinues() throws {
    try remember("nonsense\n")
    let outcome = try Program.run("stats", "bare.csv", at: place)
    #expect(outcome.status == 0)
    #expect(outcome.err.contains("columns.csv, line 2: not a remembered column"))
  }

  @Test func anyColumnCanBeFilteredByItsOwnName() throws {
    try place.write("two.csv", "title,location,place,Ad number\nring,inside,yard,7\nlamp,north,field,8\n")
    for (filter, count) in [
      ("column:place=yar", "1"), ("column:location=inside", "1"), (#"column:"Ad number"=7,8"#, "2"),
      (#"column:"Ad number"="7" ring"#, "1"), ("lamp -column:title=ring", "1"),
    ] {
      #expect(try Program.run("query", filter, "two.csv", "--count", at: place).text == count + "\n", "\(filter)")
    }
    #expect(try Program.run("query", "column:weight=1", "two.csv", "--count", at: place).status == 64)
  }

  @Test(.enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
  func columnsAssignedOnTheScreenAreThereTheNextTimeAndInBatch() throws {
    let terminal = try TerminalSession(place, columns: 120, rows: 36)
    try terminal.shell("$L bare.csv")
    try terminal.expect("guessed from values")
    try terminal.press("M")
    try terminal.expect("5 columns without names")
    try terminal.press("j", "Space")
    try terminal.type("seller_al")
    try terminal.press("Enter")
    try terminal.expect("column2: no field until now; changed here")
    try terminal.press("Enter")
    try terminal.expect("will be in files like these")
    try terminal.expect("moss lane 1")
    try terminal.press("q")
    try terminal.expect("ready>")
    #expect(try place.text(of: table).contains(",column2,seller_alias\n"))

    try terminal.shell("clear; $L bare.csv")
    try terminal.expect("moss lane 1")
    try terminal.press("M")
    try terminal.press("j")
    try terminal.expect("column2: remembered, chosen by you before")
    try terminal.press("F")
    try terminal.expect("Enter applies it")
    try terminal.press("Enter")
    try terminal.expect("your choice is forgotten")
    try terminal.press("q")
    try terminal.expect("ready>")
    #expect(try place.text(of: table) == "header,columns,column,field\n")
  }

  @Test(.enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
  func listingsFromStandardInputAreReadAgainToo() throws {
    let terminal = try TerminalSession(place, columns: 80, rows: 24)
    try terminal.shell("gzip -c bare.csv | $L -")
    try terminal.expect("guessed from values")
    // What is not on the screen yet is not decided.
    try terminal.expect("Listing 1 of 25")
    terminal.pause()
    try terminal.press("c")
    try terminal.expect("1 ✓  0 ✗  0 ?")
    try terminal.press("M")
    try terminal.expect("5 columns without names")
    try terminal.press("j", "Space")
    try terminal.expect("column2 is the")
    try terminal.type("seller_al")
    try terminal.press("Enter")
    try terminal.expect("column2: no field until now; changed here")
    try terminal.press("Enter")
    try terminal.expect("columns are read as chosen")
    try terminal.expect("moss lane 1")
    try terminal.expect("1 ✓  0 ✗  0 ?")
    try terminal.press("q")
    try terminal.expect("ready>")
  }
}
