@testable import Intake
import Listings
import ListingsTestSupport
import Testing

@Suite struct JSONFileTests {
  @Test func nestedNamesAreDottedAndListsAreJoined() throws {
    let text = """
      {"title": "Bead \\u8c61 \\ud83d\\udc18 \\"x\\"\\n", "price": {"value": 300.0, "currency": "THB"}, "seller": {"username": "bo"}, \
      "categories": [{"categoryId": "1", "categoryName": "Beads"}, {"categoryId": "2", "categoryName": "Bone"}], \
      "images": [], "sold": null, "new": true}
      """
    let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.jsonl")
    #expect(problems.isEmpty)
    #expect(dataset.text(of: .title, at: 0) == "Bead 象 🐘 \"x\"\n")
    #expect(dataset.text(of: .sellerAlias, at: 0) == "bo")
    #expect(dataset.text(of: .category, at: 0) == "Beads; Bone")
    #expect(dataset.price(at: 0).amount == Amount(tenThousandths: 3_000_000))
    #expect(dataset.price(at: 0).currency == "THB")
    let cells = dataset.cells(of: 0)
    #expect(
      cells.map(\.name) == [
        "title", "price.value", "price.currency", "seller.username", "categories.categoryId", "categories.categoryName",
        "images", "sold", "new",
      ])
    #expect(cells.map(\.text)[1...] == ["300.0", "THB", "bo", "1; 2", "Beads; Bone", "", "", "true"])
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func aMalformedLineHarmsNoOther() throws {
    let text =
      "{\"title\": \"a\"}\n{\"title\": \"b\", \"price\": }\n\n[1]\n{\"title\": \"c\"} x\n{\"title\": \"d\"}\n{\"title\": \"e"
    let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.jsonl")
    #expect((0..<dataset.rowCount).map { dataset.text(of: .title, at: $0) } == ["a", "d"])
    #expect(
      problems.kept.map(\.what) == [
        .malformedJSON(.unexpectedCharacter, column: 25), .malformedJSON(.list, column: 1),
        .malformedJSON(.trailingText, column: 16), .malformedJSON(.endsEarly, column: 13),
      ])
    #expect(problems.kept.map(\.line) == [2, 4, 5, 7])
    #expect(problems.kept.allSatisfy { $0.row == nil && !$0.excerpt.isEmpty })
  }

  @Test func anArrayOfObjectsIsReadWhereverPiecesEnd() throws {
    let rows = (0..<50).map { "  {\n    \"title\": \"t\($0) }{ \\\" \",\n    \"price\": {\"value\": \($0)}\n  }" }
    let text = Array(("[\n" + rows.joined(separator: ",\n") + "\n]\n").utf8)
    for pieceSize in [1, 7, 64, 200, 1 << 20] {
      let (dataset, problems) = try DatasetOpening.open(text, name: "a.json", pieceSize: pieceSize)
      #expect(dataset.rowCount == 50)
      #expect(problems.isEmpty)
      #expect(dataset.text(of: .title, at: 49) == "t49 }{ \" ")
      #expect(dataset.price(at: 7).amount == Amount(tenThousandths: 70_000))
      #expect(dataset.rowsWithAnotherKey.isEmpty)
    }
  }

  @Test func aBrokenObjectInAnArrayCostsOnlyItself() throws {
    let text =
      "[\n{\"title\": \"a\"},\n{\"title\": \"b,\n{\"title\": \"c\"},\n{\"title\" \"d\"},\n{\"title\": \"e\"}\n]"
    let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.json")
    #expect((0..<dataset.rowCount).map { dataset.text(of: .title, at: $0) } == ["a", "c", "e"])
    #expect(problems.kept.map(\.line) == [3, 5])
  }

  @Test func objectsSpreadOverLinesAreRecords() throws {
    let (dataset, problems) = try DatasetOpening.open(
      text: "{\n \"title\": \"a\"\n}\n{\n \"title\": \"b\"\n}\n", name: "a.json")
    #expect(dataset.rowCount == 2)
    #expect(problems.isEmpty)
  }

  @Test func theBestNameThatHasAValueWins() throws {
    let (dataset, _) = try DatasetOpening.open(
      text:
        "{\"name\": \"n\", \"title\": \"\"}\n{\"name\": \"n\", \"title\": \"t\"}\n{\"title\": \"t\", \"name\": \"n\"}\n",
      name: "a.jsonl")
    #expect((0..<3).map { dataset.text(of: .title, at: $0) } == ["n", "t", "t"])
    #expect(dataset.cells(of: 0).map(\.field) == [.title, nil])
    #expect(dataset.cells(of: 1).map(\.field) == [nil, .title])
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func mutatedLinesNeverCrashAndNeverHarmOthers() throws {
    var random = Dice(seed: 13)
    let good =
      "{\"title\": \"g\\u00e9\", \"price\": {\"value\": \"3\", \"currency\": \"USD\"}, \"tags\": [\"a\", 1, null, {\"b\": []}]}"
    for round in 0..<400 {
      var bad = Array(good.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bad.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bad.remove(at: place)
        case 1: bad[place] = Array("\"\\{}[]:,0u \u{1}".utf8).randomElement(using: &random)!
        default: bad.insert(UInt8.random(in: 32...255, using: &random), at: place)
        }
      }
      let text = Array(good.utf8) + [10] + bad + [10] + Array(good.utf8) + [10]
      let (dataset, problems) = try DatasetOpening.open(
        text, name: "a.jsonl", pieceSize: [1, 50, 1 << 20][round % 3], workers: 1)
      #expect(dataset.rowCount + problems.count(of: .malformedJSON) == 3, "\(String(decoding: bad, as: UTF8.self))")
      #expect(dataset.text(of: .title, at: 0) == "gé")
      #expect(dataset.text(of: .title, at: dataset.rowCount - 1) == "gé")
      #expect(dataset.rowsWithAnotherKey.isEmpty, "\(String(decoding: bad, as: UTF8.self))")
    }
  }

  @Test func deepNestingIsRefusedNotFollowed() throws {
    let deep = "{\"a\": " + String(repeating: "[", count: 100_000) + "\n{\"title\": \"b\"}\n"
    let (dataset, problems) = try DatasetOpening.open(text: deep, name: "a.jsonl")
    #expect(dataset.rowCount == 1)
    #expect(problems.count(of: .malformedJSON) == 1)
  }

  @Test func severalArraysOneAfterAnotherAreOneFile() throws {
    let (dataset, problems) = try DatasetOpening.open(
      text: "[{\"title\": \"a\"},\n{\"title\": \"b\"}]\n[]\n[{\"title\": \"c\"}]\n", name: "a.json")
    #expect(problems.isEmpty)
    #expect((0..<dataset.rowCount).map { dataset.text(of: .title, at: $0) } == ["a", "b", "c"])
  }

  @Test func listingsInAnArrayOfOneObjectAreFound() throws {
    let text = """
      {"total": 2, "platform": "x", "data": {"listings": [
        {"title": "a ]", "price": 5, "pictures": [{"url": "p"}]}, {"title": "b", "price": 6, "url": "u"}
      ], "next": null}, "took": 3}

      """
    let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.json")
    #expect(problems.isEmpty, "\(problems.kept)")
    #expect((0..<dataset.rowCount).map { dataset.text(of: .title, at: $0) } == ["a ]", "b"])
    #expect(dataset.sources[0].reader.conversions.map(\.kind) == [.unwrapped])
    #expect(dataset.sources[0].reader.conversions[0].sentence.contains("`data.listings`"))
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func aListingWithAnArrayIsAListing() throws {
    let text = "{\"title\": \"a\", \"price\": 5,\n \"categories\": [{\"categoryName\": \"Birds\"}]}\n"
    for text in [text, text + text] {
      let (dataset, problems) = try DatasetOpening.open(text: text, name: "a.json")
      #expect(problems.isEmpty)
      #expect(dataset.rowCount == (text.utf8.count > 100 ? 2 : 1))
      #expect(dataset.text(of: .title, at: 0) == "a")
      #expect(dataset.text(of: .category, at: 0) == "Birds")
    }
  }
}
