import Casework
import Foundation
import Testing

/// `linsang query` and `linsang stats`, for other programs.
@Suite(.waitsElsewhere) struct QueryTests {
  private let place: Workplace
  private let week: String

  init() throws {
    place = try Workplace()
    week = try place.write("week.csv", Workplace.week)
  }

  private func rows(_ outcome: Outcome) throws -> [[String: Any]] {
    try outcome.lines.map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
  }

  @Test func countPrintsTheNumberAlone() throws {
    let outcome = try Program.run("query", "--count", "platform:hearthside", week, at: place)
    #expect(outcome.status == 0)
    #expect(outcome.text == "2\n")
    #expect(outcome.err.isEmpty)
  }

  @Test func linesCarryTheCanonicalNamesAndUnknownColumnsUnderExtra() throws {
    let file = try place.write(
      "more.csv",
      "listing_id,title,species,price,currency,colour\nx1,bangle,Loxodonta africana,\"1,200.50\",USD,cream\n")
    let row = try #require(try rows(Program.run("query", "", file, at: place)).first)
    #expect(row["listing_id"] as? String == "x1")
    #expect(row["species"] as? [String] == ["Loxodonta africana"])
    #expect(row["price_raw"] as? String == "1,200.50")
    #expect(row["price_amount"] as? String == "1200.50" || row["price_amount"] as? String == "1200.5")
    #expect(row["currency"] as? String == "USD")
    #expect(row["extra"] as? [String: String] == ["colour": "cream"])
    #expect(row["source_row"] as? Int == 1)
    #expect(row["verdict"] is NSNull)
    #expect(row["platform"] is NSNull)
  }

  @Test func allFormatsHoldTheSameListings() throws {
    let lines = try rows(Program.run("query", "", week, at: place))
    let array = try #require(
      try JSONSerialization.jsonObject(with: Data(Program.run("query", "--json", "", week, at: place).out))
        as? [[String: Any]])
    let sheet = try Program.run("query", "--csv", "", week, at: place).text
    #expect(lines.map { $0["listing_id"] as? String } == ["a1", "a2", "b7"])
    #expect(array.map { $0["listing_id"] as? String } == ["a1", "a2", "b7"])
    #expect(array as NSArray == lines as NSArray)
    #expect(sheet.components(separatedBy: "\r\n").count == 5)
    #expect(sheet.contains(#""果冻 手串""#))
  }

  @Test func theCSVHoldsNoFormula() throws {
    let file = try place.write("f.csv", "title,seller\n=1+1,@x\n+1,-1\n\"\t=1\",＝1\n")
    let sheet = try Program.run("query", "--csv", "", file, at: place).text
    for cell in ["\"=", "\"@", "\"+", "\"-", "\"\t", "\"＝"] { #expect(!sheet.contains(cell), "\(cell)") }
    #expect(sheet.contains("\"'=1+1\""))
  }

  @Test func noMatchIsStatus1AndReportedOnStandardError() throws {
    for form in ["--count", "--jsonl", "--json", "--csv"] {
      let outcome = try Program.run("query", form, "platform:nosuch", week, at: place)
      #expect(outcome.status == 1)
      #expect(outcome.err.contains("no listing matches"))
    }
    #expect(try Program.run("query", "--count", "platform:nosuch", week, at: place).text == "0\n")
  }

  @Test func aBrokenFilterIsReportedWithItsColumn() throws {
    let outcome = try Program.run("query", "platform:\"x", week, at: place)
    #expect(outcome.status == 64)
    #expect(outcome.err.contains("column 10"))
  }

  @Test func aFilterOfThousandsOfWordsWorks() throws {
    let any = "(" + String(repeating: "nosuch OR ", count: 2000) + "bangle)"
    let filter = String(repeating: "bangle ", count: 2000) + any
    #expect(try Program.run("query", "--count", filter, week, at: place).text == "1\n")
  }

  @Test func parenthesesNestedTooDeeplyAreRefusedWithTheirColumn() throws {
    let deep = String(repeating: "(", count: 5000) + "bangle" + String(repeating: ")", count: 5000)
    let outcome = try Program.run("query", "--count", deep, week, at: place)
    #expect(outcome.status == 64)
    #expect(outcome.err.contains("column"))
  }

  @Test func verdictsComeFromTheCasebookAndAskingCreatesNone() throws {
    #expect(try Program.run("query", "--count", "is:unreviewed", week, at: place).text == "3\n")
    #expect(!place.exists("case.casebook"))
    try place.file(["a1": .confirmed, "a2": .falsePositive], from: week)
    #expect(try Program.run("query", "--count", "is:unreviewed", week, at: place).text == "1\n")
    let row = try #require(try rows(Program.run("query", "is:confirmed", week, at: place)).first)
    #expect(row["listing_id"] as? String == "a1")
    #expect(row["verdict"] as? String == "confirmed")
  }

  @Test func statsAskTheCasebookToo() throws {
    try place.file(["a1": .confirmed, "a2": .falsePositive], from: week)
    let json = try Program.run("stats", week, "--json", "--filter", "is:confirmed", at: place).json()
    #expect(json["rows"] as? Int == 1)
  }

  @Test func statsCountsListingsAndTheirRows() throws {
    try place.write("again.csv", Workplace.week)
    let text = try Program.run("stats", "week.csv", "again.csv", at: place)
    #expect(text.lines.first == "3 listings in 6 rows of 6, 0 problems")
    let json = try Program.run("stats", "--json", "week.csv", "again.csv", at: place).text
    #expect(json.contains("\"listings\":3") || json.contains("\"listings\": 3"))
  }

  @Test func statsCountsWithAFilter() throws {
    let json = try Program.run("stats", week, "--json", "--filter", "species:\"Loxodonta africana\"", at: place).json()
    #expect(json["rows"] as? Int == 2)
    #expect(json["rows_total"] as? Int == 3)
    let facets = try #require(json["facets"] as? [String: [[String: Any]]])
    #expect(facets["platform"]?.map { $0["count"] as? Int } == [1, 1])
  }

  @Test func twoProgramsReadingAtOnceAgree() throws {
    let outcome = try Program.shell(
      "$L query '' week.csv > a & $L query '' week.csv > b; wait; cmp a b && wc -l < a", at: place)
    #expect(outcome.status == 0)
    #expect(outcome.text.trimmingCharacters(in: .whitespacesAndNewlines) == "3")
  }
}
