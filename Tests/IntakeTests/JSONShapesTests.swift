@testable import Intake
import Listings
import ListingsTestSupport
import Testing

/// The same invented listings in every shape that scrapers, services and table programs write.
@Suite struct JSONShapesTests {
  /// One way to write listings, and what becomes of them beside their own values.
  struct Shape: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    /// Values that a column of the file's own must have.
    var column: (name: String, texts: [String])?
    var problems: [IntakeProblem.Kind] = []
    var testDescription: String { name }

    init(
      _ name: String, _ text: String, column: (name: String, texts: [String])? = nil,
      problems: [IntakeProblem.Kind] = []
    ) {
      (self.name, self.text, self.column, self.problems) = (name, text, column, problems)
    }
  }

  private static let titles = ["Carved frame", "Old \\\"mirror\\\" }, {", "象牙 手串 [2]", "Brass lamp, used"]
  private static let readTitles = ["Carved frame", "Old \"mirror\" }, {", "象牙 手串 [2]", "Brass lamp, used"]
  private static let prices = ["\"$5\"", "\"$6.50\"", "\"$1,200\"", "\"$8\""]
  private static let amounts: [Int64] = [50_000, 65_000, 12_000_000, 80_000]
  private static let urls = (1...4).map { "https:\\/\\/a.example\\/item\\/\($0)" }
  private static let readURLs = (1...4).map { "https://a.example/item/\($0)" }
  private static let places = Array(0..<4)

  /// A listing as an object, with members of its own in front.
  private static func object(_ place: Int, _ before: String = "") -> String {
    "{\(before)\"title\": \"\(titles[place])\", \"price\": \(prices[place]), \"url\": \"\(urls[place])\"}"
  }

  private static var objects: [String] { places.map { object($0) } }
  private static func row(_ place: Int) -> String {
    "[\"\(titles[place])\", \(prices[place]), \"\(urls[place])\"]"
  }
  private static var rows: [String] { places.map(row) }
  private static let names = "[\"title\", \"price\", \"url\"]"

  private static func columns(_ labels: [String]) -> String {
    func column(_ value: (Int) -> String) -> String {
      "{" + places.map { "\"\(labels[$0])\":\(value($0))" }.joined(separator: ",") + "}"
    }
    return "{\"title\":\(column { "\"\(titles[$0])\"" }),\"price\":\(column { prices[$0] }),"
      + "\"url\":\(column { "\"\(urls[$0])\"" })}"
  }

  private static var lists: String {
    "{\"title\": [\(titles.map { "\"\($0)\"" }.joined(separator: ", "))], \"price\": [\(prices.joined(separator: ","))], "
      + "\"url\": [\(urls.map { "\"\($0)\"" }.joined(separator: ","))]}"
  }

  private static func members(_ names: [String]) -> String {
    "{" + places.map { "\"\(names[$0])\": \(object($0))" }.joined(separator: ",\n ") + "}"
  }

  private static func features(_ before: String = "") -> String {
    let features = places.map {
      "{\"type\": \"Feature\", \"geometry\": {\"type\": \"Point\", \"coordinates\": [103.8\($0), 1.35]}, \"properties\": "
        + object($0, before) + "}"
    }
    return
      "{\"type\": \"FeatureCollection\", \"name\": \"week\", \"features\": [\n\(features.joined(separator: ",\n"))\n]}"
  }

  private static let labels = ["0", "1", "2", "3"]
  private static let far = ["17", "3", "250", "9"]
  private static let ids = ["A-1001", "A-1002", "B-7", "C-44"]
  private static let numbers = ["305918273645", "305918273646", "305918273650", "305918273699"]

  static let shapes: [Shape] = [
    Shape("lines", objects.joined(separator: "\n")),
    Shape("lines of Windows", objects.joined(separator: "\r\n") + "\r\n"),
    Shape("lines with commas", objects.joined(separator: ",\n") + ",\n"),
    Shape("objects run together", objects.joined()),
    Shape("objects with commas on one line", objects.joined(separator: ", ")),
    Shape("two objects on a line", "\(objects[0])\(objects[1])\n\(objects[2]), \(objects[3])\n"),
    Shape("a line, then two on a line", "\(objects[0])\n\(objects[1]) \(objects[2])\n\(objects[3])\n"),
    Shape("an array", "[" + objects.joined(separator: ",") + "]"),
    Shape("an array with a mark", "\u{FEFF}[" + objects.joined(separator: ",\n\t") + "]"),
    Shape("arrays after arrays", objects.map { "[\($0)]" }.joined(separator: "\n")),
    Shape("arrays run together", "[\(objects[0]), \(objects[1])][][\(objects[2])][\(objects[3])]"),
    Shape("arrays joined with their marks", objects.map { "\u{FEFF}[\($0)]" }.joined(separator: "\n")),
    Shape("arrays in an array", "[[\(objects[0]), \(objects[1])], [], [\(objects[2])], [\(objects[3])]]"),
    Shape(
      "comments and commas",
      "// one week\n[ /* [{ */ \(objects[0]),\n// {\"title\": \"no\"}\n\(objects[1]), \(objects[2]),\n\(objects[3]),]\n// end"
    ),
    Shape(
      "comments in objects",
      objects.map { "{ // it's {\n" + $0.dropFirst().dropLast() + ", /* } */ }" }.joined(separator: ",\n")),
    Shape("columns", columns(labels)),
    Shape("columns of some rows", columns(far), column: ("index", far)),
    Shape("columns by id", columns(ids), column: ("id", ids)),
    Shape("columns in a wrapper", "{\"status\": \"ok\", \"data\": \(columns(labels))}"),
    Shape("index", members(labels), column: ("index", labels)),
    Shape("members by id", members(ids), column: ("id", ids)),
    Shape("members by number", members(numbers), column: ("id", numbers)),
    Shape("members in a wrapper", "{\"ok\": true, \"listings\": \(members(ids))}", column: ("id", ids)),
    Shape("split", "{\"columns\":\(names),\"index\":[0,1,2,3],\"data\":[\(rows.joined(separator: ","))]}"),
    Shape(
      "split by id",
      "{\"columns\":\(names),\"index\":[\(ids.map { "\"\($0)\"" }.joined(separator: ","))],\"data\":[\(rows.joined(separator: ","))]}",
      column: ("id", ids)),
    Shape("values with names", "[\(names),\n\(rows.joined(separator: ",\n"))]"),
    Shape("values with names, line by line", "\(names)\n\(rows.joined(separator: "\n"))\n"),
    Shape(
      "values with names in a wrapper", "{\"range\": \"A1:C5\", \"values\": [\(names), \(rows.joined(separator: ","))]}"
    ),
    Shape(
      "values with a title above the names",
      "[[\"Week 47\"],[],\(names),\n\(rows.joined(separator: ",\n"))]", problems: [.jsonLack]),
    Shape(
      "table",
      "{\"schema\":{\"fields\":[{\"name\":\"index\",\"type\":\"integer\"},{\"name\":\"title\",\"type\":\"string\"}],"
        + "\"primaryKey\":[\"index\"]},\"data\":[\(places.map { object($0, "\"index\":\($0),") }.joined(separator: ","))]}",
      column: ("index", labels)),
    Shape("lists", lists),
    Shape("lists in a wrapper", "{\"page\": 1, \"result\": \(lists)}"),
    Shape("features", features(), column: ("geometry.coordinates", places.map { "103.8\($0); 1.35" })),
    Shape(
      "features whose type is a column of theirs", features("\"type\": \"box\", "),
      column: ("type", ["box", "box", "box", "box"])),
    Shape(
      "feature lines", places.map { "{\"type\": \"Feature\", \"properties\": \(object($0))}" }.joined(separator: "\n")),
    Shape(
      "edges",
      "{\"data\": {\"search\": {\"edges\": [\(places.map { "{\"cursor\": \"c\", \"node\": \(object($0))}" }.joined(separator: ","))], \"pageInfo\": {\"next\": null}}}}"
    ),
    Shape(
      "hits of a search engine",
      "{\"took\": 3, \"hits\": {\"total\": {\"value\": 4}, \"hits\": [\(places.map { "{\"_index\": \"ads\", \"_source\": \(object($0))}" }.joined(separator: ","))]}}"
    ),
    Shape(
      "a wrapper",
      "{\"total\": 4, \"url\": \"https://a.example/search\", \"title\": \"Results\", \"data\": {\"items\": [\(objects.joined(separator: ","))]}}"
    ),
    Shape(
      "a wrapper with facets",
      "{\"facets\": [{\"name\": \"Colour\", \"count\": 3}], \"items\": [\(objects.joined(separator: ","))]}"),
    Shape(
      "lists by platform",
      "{\"results\": {\"gumtree\": [\(objects[0]), \(objects[1])], \"olx\": [\(objects[2])], \"none\": [], \"fb\": [\(objects[3])]}}",
      column: ("list", ["gumtree", "gumtree", "olx", "fb"])),
    Shape("two lists", "{\"promoted\": [\(objects[0])], \"results\": [\(objects[1]), \(objects[2]), \(objects[3])]}"),
    Shape(
      "pages line by line",
      "{\"page\": 1, \"items\": [\(objects[0]), \(objects[1])]}\n{\"page\": 2, \"items\": [\(objects[2])]}\n{\"page\": 3, \"items\": [\(objects[3])]}\n"
    ),
    Shape(
      "pages in an array",
      "[{\"page\": 1, \"data\": {\"items\": [\(objects[0]), \(objects[1])]}},\n{\"page\": 2, \"data\": {\"items\": []}},\n{\"page\": 3, \"data\": {\"items\": [\(objects[2]), \(objects[3])]}}]"
    ),
    Shape("a null before all", "[null, \(objects.joined(separator: ", "))]", problems: [.malformedJSON]),
    Shape("a null as the first line", "null\n" + objects.joined(separator: "\n"), problems: [.malformedJSON]),
    Shape("a semicolon behind", "[\(objects.joined(separator: ", "))];", problems: [.malformedJSON]),
    Shape(
      "text behind a wrapper", "{\"items\": [\(objects.joined(separator: ", "))]}\nDone in 3 s\n", problems: [.jsonLack]
    ),
    Shape("an array that is cut off", "[\(objects.joined(separator: ",\n")),\n", problems: [.endsEarly]),
    Shape("a wrapper that is cut off", "{\"items\": [\(objects.joined(separator: ",\n"))", problems: [.endsEarly]),
  ]

  @Test(arguments: shapes) func theSameListingsAreReadFrom(_ shape: Shape) throws {
    for pieceSize in [1, 100, 1 << 20] {
      let (dataset, problems) = try DatasetOpening.open(Array(shape.text.utf8), name: "week.json", pieceSize: pieceSize)
      #expect(dataset.rowCount == 4)
      #expect(problems.kept.map(\.kind) == shape.problems, "\(problems.kept)")
      guard dataset.rowCount == 4 else { return }
      #expect(Self.places.map { dataset.text(of: .title, at: $0) } == Self.readTitles)
      #expect(Self.places.map { dataset.text(of: .url, at: $0) } == Self.readURLs)
      #expect(Self.places.map { dataset.price(at: $0).amount } == Self.amounts.map { Amount(tenThousandths: $0) })
      #expect(Self.places.map { dataset.sourceRow(of: $0) } == [1, 2, 3, 4])
      #expect(dataset.rowsWithAnotherKey.isEmpty)
      if let column = shape.column { #expect(Self.texts(of: column.name, in: dataset) == column.texts) }
    }
  }

  private static func texts(of column: String, in dataset: Dataset) -> [String] {
    places.map { row in dataset.cells(of: row).first { $0.name == column }?.text ?? "-" }
  }

  @Test func aListingThatIsTheWholeFileIsOneListing() throws {
    let texts = [
      "{\"title\": \"a\", \"price\": 5, \"images\": [\"u\", \"v\"], \"tags\": []}",
      "{\"title\": \"a\", \"price\": 5, \"seller\": {\"name\": \"Bo\"}, \"similar\": [{\"title\": \"b\", \"price\": 6}]}",
      "{\"title\": [\"a\"], \"price\": [\"5\"], \"images\": [\"u\", \"v\"]}",
      "{\"price\": {\"value\": 5, \"currency\": \"USD\"}, \"shipping\": {\"value\": 3, \"currency\": \"USD\"}, \"title\": \"a\"}",
    ]
    for text in texts {
      let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.json")
      #expect(dataset.rowCount == 1, "\(text)")
      #expect(problems.isEmpty)
      #expect(dataset.text(of: .title, at: 0) == "a")
      #expect(dataset.price(at: 0).amount == Amount(tenThousandths: 50_000))
    }
  }

  @Test func listsThatAreNotEquallyLongAreNotPutSideBySide() throws {
    let (dataset, problems) = try DatasetOpening.open(
      text: "{\"title\": [\"a\", \"b\", \"c\"], \"price\": [5, 6], \"url\": [\"u\", \"v\", \"w\"]}", name: "a.json")
    #expect(dataset.rowCount == 0)
    #expect(problems.kept.map(\.what) == [.jsonLack(.unequalLists(["title: 3", "price: 2", "url: 3"]))])
  }

  @Test func aListOfAnotherKindThatLooksLikeListingsIsNamed() throws {
    let text = """
      {"items": [{"title": "a", "price": 5, "url": "u", "seller": "Bo"}], "wanted": [{"name": "b", "price": 1, "budget": 6}]}
      """
    let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.json")
    #expect(dataset.rowCount == 1)
    #expect(problems.kept.map(\.what) == [.jsonLack(.otherLists(["wanted"]))])
  }

  @Test func aResultWithoutListingsIsNone() throws {
    for text in ["{\"total\": 0, \"items\": []}", "[]", "{\"data\": {\"items\": [ ]}, \"next\": null}"] {
      let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.json")
      #expect(dataset.rowCount == 0)
      #expect(problems.isEmpty, "\(text): \(problems.kept)")
    }
  }

  @Test func columnsThatLackSomeRowsKeepTheOthersInTheirPlace() throws {
    let text = "{\"title\": {\"0\": \"a\", \"1\": \"b\", \"2\": \"c\"}, \"price\": {\"2\": 7, \"0\": 5, \"9\": 8}}"
    let (dataset, _) = try DatasetOpening.open(text: text, name: "a.json")
    #expect((0..<dataset.rowCount).map { dataset.text(of: .title, at: $0) } == ["a", "b", "c", ""])
    #expect(
      (0..<dataset.rowCount).map { dataset.price(at: $0).amount?.tenThousandths } == [50_000, nil, 70_000, 80_000])
  }

  @Test func rowsWithoutNamesAreAllListings() throws {
    let text = "[[\"Carved frame\", 5, \"https://a.example/1\"], [\"Old mirror\", 6, \"https://a.example/2\"]]"
    let (dataset, _) = try DatasetOpening.open(text: text, name: "a.json", chosen: [.title: "column1"])
    #expect((0..<dataset.rowCount).map { dataset.text(of: .title, at: $0) } == ["Carved frame", "Old mirror"])
    let named = try DatasetOpening.open(text: text, name: "a.json", hasHeader: true).dataset
    #expect(named.cells(of: 0).map(\.name) == ["Carved frame", "5", "https://a.example/1"])
  }

  @Test func rowsOfAnotherWidthAreKeptAndTold() throws {
    let (dataset, problems) = try DatasetOpening.open(
      text: "[[\"title\", \"price\"], [\"a\"], [\"b\", 6, \"more\"], {\"title\": \"c\"}, [\"d\", 7]]", name: "a.json")
    #expect((0..<dataset.rowCount).map { dataset.text(of: .title, at: $0) } == ["a", "b", "d"])
    #expect(
      problems.kept.map(\.what) == [
        .tooFewCells(found: 1, expected: 2), .tooManyCells(found: 3, expected: 2), .malformedJSON(.object, column: 47),
      ])
    #expect(dataset.cells(of: 1).map(\.name) == ["title", "price", "extra1"])
  }

  @Test func aPageWithoutItsListIsAProblem() throws {
    let page = "{\"page\": 1, \"items\": [{\"title\": \"a\", \"price\": 5}, {\"title\": \"b\", \"price\": 6}]}\n"
    let (dataset, problems) = try DatasetOpening.open(
      text: page + "{\"error\": \"too many requests\"}\n" + page, name: "a.jsonl")
    #expect(dataset.rowCount == 4)
    #expect(problems.kept.map(\.what) == [.malformedJSON(.withoutListings, column: 1)])
    #expect(problems.kept[0].line == 2)
  }

  @Test func bracketsAtTheBeginningOfACSVAreNoJSON() throws {
    for text in ["[title],price\na,5\n", "[OLD] title,price\na,5\n", "[1] title,price\na,5\n"] {
      let (dataset, _) = try DatasetOpening.open(text: text)
      #expect(dataset.sources[0].reader.format == "csv")
      #expect(dataset.rowCount == 1)
    }
  }
}
