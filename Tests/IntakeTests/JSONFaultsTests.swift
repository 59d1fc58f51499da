@testable import Intake
import Listings
import ListingsTestSupport
import Testing

/// What is wrong in a JSON file costs nothing but itself.
@Suite struct JSONFaultsTests {
  private static func titles(_ dataset: Dataset) -> [String] {
    (0..<dataset.rowCount).map { dataset.text(of: .title, at: $0) }
  }

  private static func listing(_ number: Int) -> String {
    "{\"title\": \"t\(number)\", \"price\": {\"value\": \(number), \"currency\": \"USD\"}, \"tags\": [\"x\", \"y\"]}"
  }

  @Test(arguments: [
    ("null", JSONProblem.null), ("5", .number), ("-1.5e3", .number), ("\"text, with {\"", .text), ("true", .word),
    ("[1, \"a\", null]", .list), ("NaN", .null), ("None", .null), ("[\"a\", [1]]", .number),
  ])
  func aValueAmongListingsThatIsNoneIsCountedWithItsPlace(_ value: String, _ fault: JSONProblem) throws {
    let text = "[\(Self.listing(1)), \(value), \(Self.listing(2))]"
    let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.json")
    #expect(Self.titles(dataset) == ["t1", "t2"])
    if value != "[\"a\", [1]]" {
      #expect(problems.kept.map(\.what) == [.malformedJSON(fault, column: 4 + Self.listing(1).utf8.count)])
    }
    #expect(!problems.isEmpty)
    #expect(problems.kept.allSatisfy { $0.line == 1 && $0.row == nil })
  }

  /// Every form, each with separators that fit it.
  private static let forms: [(open: String, between: String, close: String, isByName: Bool)] = [
    ("[", ",", "]", false), ("[\n", ",\n", "\n]\n", false), ("", "\n", "\n", false), ("", ",\n", "", false),
    ("{\"items\": [", ", ", "], \"total\": 3}", false), ("{", ",\n", "}", true),
    ("{\"a\": 1, \"data\": {", ",", "}}", true),
  ]

  @Test func aWrongElementAnywhereNeverLosesAnotherListing() throws {
    let wrong = [
      "null", "7", "\"a \\\" , {\"", "true", "[1, 2]", "[\"x\"]", "NaN", "-3.5", "[null]", "\"\"", "[[1], [2]]",
    ]
    var random = Dice(seed: 29)
    for round in 0..<600 {
      let form = Self.forms[round % Self.forms.count]
      let count = Int.random(in: 2...12, using: &random)
      var elements = (0..<count).map { (text: Self.listing($0), isWrong: false) }
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let value = wrong.randomElement(using: &random)!
        elements.insert(
          (value, true),
          at: Int.random(in: form.close.isEmpty ? 1...elements.count : 0...elements.count, using: &random))
      }
      // A file whose first line is a bare text or number is no JSON that anybody could tell from other text.
      if form.open.isEmpty { elements.sort { !$0.isWrong && $1.isWrong } }
      let parts = elements.enumerated().map { form.isByName ? "\"id-\($0)\": \($1.text)" : $1.text }
      let text = form.open + parts.joined(separator: form.between) + form.close
      let (dataset, problems) = try DatasetOpening.open(
        Array(text.utf8), name: "a.json", pieceSize: [1, 64, 1 << 20][round % 3], workers: 1)
      #expect(Self.titles(dataset) == (0..<count).map { "t\($0)" }, "\(text)")
      #expect(problems.count(of: .malformedJSON) >= elements.count(where: \.isWrong), "\(text)")
      #expect(dataset.rowsWithAnotherKey.isEmpty)
    }
  }

  @Test func aMissingQuoteOrBraceOnOneLineCostsOneListing() throws {
    let whole = (0..<8).map(Self.listing)
    for (what, with) in [
      ("\"t3\"", "\"t3"), ("\"t3\"", "t3\""), ("\"y\"]}", "\"y\"]"), ("3, ", ", "),
      ("{\"title\": \"t3", "\"title\": \"t3"),
    ] {
      var parts = whole
      parts[3] = parts[3].replacing(what, with: with)
      for separator in [",", ",\n"] {
        let (dataset, problems) = try DatasetOpening.open(
          text: "[\(parts.joined(separator: separator))]", name: "a.json")
        #expect(Self.titles(dataset) == ["t0", "t1", "t2", "t4", "t5", "t6", "t7"], "\(with)")
        #expect(!problems.isEmpty)
      }
    }
  }

  @Test func aListingThatIsTooDeepCostsOnlyItself() throws {
    let deep = [
      "{\"title\": \"deep\", \"x\": \(String(repeating: "[", count: 5000))\(String(repeating: "]", count: 5000))}",
      "{\"title\": \"deep\", \"x\": \(String(repeating: "{\"a\":", count: 5000))1\(String(repeating: "}", count: 5000))}",
    ]
    for text in deep {
      for (open, between, close) in [("[", ",", "]"), ("", "\n", "\n"), ("{\"items\":[", ",", "]}"), ("", "", "")] {
        let parts = [Self.listing(1), text, Self.listing(2)]
        let (dataset, problems) = try DatasetOpening.open(
          text: open + parts.joined(separator: between) + close, name: "a.json")
        #expect(Self.titles(dataset) == ["t1", "t2"])
        #expect(problems.kept.map(\.kind) == [.malformedJSON])
        #expect(problems.kept.first?.description.contains("too many levels") == true)
      }
    }
  }

  /// Text that is the same again and again, and is named by that: tests are listed with what they are given.
  struct Repeated: CustomTestStringConvertible, Sendable {
    var start = ""
    let unit: String
    let count: Int
    var middle = ""
    var end = ""

    var text: String {
      start + String(repeating: unit, count: count) + middle + String(repeating: end, count: end.isEmpty ? 0 : count)
    }
    var testDescription: String { "\(start)\(unit) \(count) times\(middle)\(end)" }
  }

  @Test(arguments: [
    Repeated(unit: "[", count: 100_000), Repeated(unit: "{\"a\":", count: 100_000),
    Repeated(unit: "[", count: 100_000, end: "]"), Repeated(unit: "{\"a\":", count: 100_000, middle: "1", end: "}"),
    Repeated(unit: "[{\"a\":", count: 100_000), Repeated(unit: "[{\"a\":\n", count: 50_000),
    Repeated(start: "[", unit: "{\"a\":[\n", count: 50_000), Repeated(unit: "[1,", count: 100_000),
    Repeated(start: "{\"title\": \"", unit: "a", count: 1 << 20), Repeated(start: "[", unit: "\"a\",", count: 50_000),
    Repeated(start: "{\"items\":", unit: "[", count: 100_000), Repeated(unit: "{\"items\":[", count: 20_000),
    Repeated(start: "[", unit: "{\"title\": \"a\", \"x\": ", count: 20_000),
    Repeated(unit: "[\"a\",{\"b\":", count: 20_000),
  ])
  func aFileMadeOfBracketsIsAProblem(_ made: Repeated) throws {
    let text = made.text
    let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.json")
    #expect(dataset.rowCount == 0)
    #expect(problems.count > 0)
    #expect(problems.kept.allSatisfy { !$0.description.isEmpty })
  }
}
