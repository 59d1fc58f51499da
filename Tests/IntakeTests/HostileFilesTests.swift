import Intake
import Listings
import Testing

/// Files made to cost time: each would take hours if anything were looked at once per fault.
@Suite struct HostileFilesTests {
  private static let many = 100_000

  @Test(arguments: [
    ("a.csv", "x,\"\"\"a\n", 100_000), ("a.csv", "x,\"\n", 50_000), ("a.csv", "x,\"\"a\n", 100_000),
    ("a.jsonl", "{\"a\":\"\n", 0), ("a.jsonl", "{\"title\":\"a\"}\n", 100_000),
  ])
  func faultsInEveryLineAreReadInOnePass(_ name: String, _ line: String, _ rows: Int) throws {
    let head = name.hasSuffix("csv") ? "title,price\n" : ""
    let text = head + String(repeating: line, count: Self.many)
    #expect(try DatasetOpening.open(text: text, name: name, hasHeader: true).dataset.rowCount == rows)
  }

  @Test func aLineOfStrayQuotesIsOneListing() throws {
    let text = "title,price\n" + String(repeating: ",\"a", count: Self.many) + "\nb,5\n"
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(dataset.rowCount == 2)
    #expect(dataset.text(of: .title, at: 1) == "b")
    #expect(problems.count(of: .unterminatedQuote) == Self.many)
  }

  @Test func objectsThatNeverCloseAreBrokenOneByOne() throws {
    for line in ["{\"title\": {\n", "{\"title\": \"a\n"] {
      let text = "[\n" + String(repeating: line, count: Self.many) + "{\"title\": \"b\"}\n]"
      let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.json")
      #expect(dataset.rowCount == 1)
      #expect(problems.count(of: .malformedJSON) == Self.many)
    }
  }

  @Test func aListOfAMillionWordsIsOneCell() throws {
    let text = "{\"price\": 5, \"title\": [" + String(repeating: "\"a\",", count: Self.many) + "\"b\"]}\n"
    let (dataset, _) = try DatasetOpening.open(text: text, name: "a.jsonl")
    #expect(dataset.bytes(of: .title, at: 0).count == 3 * Self.many + 1)
  }
}
