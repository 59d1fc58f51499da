import Intake
import Listings
import Testing

/// No verdict may reach a listing that was not looked at: what does not name a listing makes no key.
@Suite struct ListingIdentityTests {
  private static func keys(
    _ header: String, _ rows: [String], _ name: String = "week.csv", hasHeader: Bool? = true
  ) throws -> [ListingKey] {
    let text = ((header.isEmpty ? [] : [header]) + rows).joined(separator: "\n") + "\n"
    let (dataset, _) = try DatasetOpening.open(text: text, name: name, hasHeader: hasHeader)
    #expect(dataset.rowsWithAnotherKey == [])
    #expect(dataset.rowCount == rows.count)
    return (0..<dataset.rowCount).map { dataset.key(at: $0) }
  }

  private static let things = ["frame", "mirror", "lamp", "box", "coin", "mask", "tea set", "cage", "heater", "fan"]

  @Test func anAddressThatReadsTheSameInEveryRowNamesNoListing() throws {
    for address in ["View item", "https://market.example/search?q=horn", "https://market.example/", "/search/horn"] {
      let keys = try Self.keys("title,price,url", Self.things.map { "\($0),$5,\(address)" })
      #expect(Set(keys).count == 10, "\(address)")
    }
  }

  @Test func aPostThatOffersSeveralThingsIsAsManyListings() throws {
    let rows = Self.things.enumerated().map { place, thing in
      "\(thing),https://market.example/post/\(place < 3 ? 1 : place)"
    }
    let keys = try Self.keys("title,url", rows)
    #expect(Set(keys).count == 10)
    #expect(keys[3].text == "url:market.example/post/3")
  }

  @Test(arguments: [
    ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
    ["3", "7", "1", "10", "2", "9", "4", "8", "6", "5"],
    ["0.0", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0", "7.0", "8.0", "9.0"],
    ["40", "41", "42", "43", "44", "45", "46", "47", "48", "49"], Array(repeating: "7", count: 10),
    ["1", "2", "3", "1", "2", "3", "1", "2", "3", "1"], ["no", "no", "no", "no", "x1", "x2", "x3", "x4", "x5", "x6"],
  ])
  func aNumberOfARowIsNoID(_ ids: [String]) throws {
    for columns in ["listing_id,title", "listing_id,platform,title"] {
      let platform = columns.contains("platform") ? "Facemart," : ""
      let first = try Self.keys(columns, zip(ids, Self.things).map { "\($0),\(platform)\($1)" })
      #expect(Set(first).count == 10)
      // Another week, the rows in another order: the listings are known by their words.
      let second = try Self.keys(columns, zip(ids, Self.things.reversed()).map { "\($0),\(platform)\($1)" })
      if ids[0] != "no" { #expect(second == first.reversed()) }
    }
  }

  @Test func smallNumbersThatTheAddressesHaveTooAreIDs() throws {
    let rows = Self.things.enumerated().map { "\($0),Facemart,\($1),https://facemart.example/ad/\($0)?pos=\($0 + 7)" }
    let keys = try Self.keys("listing_id,platform,title,url", rows.dropFirst().map { $0 })
    #expect(keys.map(\.text) == (1..<10).map { "id:facemart/\($0)" })
    let others = rows.map { $0.replacing("/ad/", with: "/ad/55") }
    #expect(try Self.keys("listing_id,platform,title,url", others)[3].text == "url:facemart.example/ad/553?pos=10")
  }

  @Test func anIDNamesItsListingWhateverElseIsSaid() throws {
    let ids = (0..<10).map { "77\($0 * 31)1\($0)" }
    let first = try Self.keys("listing_id,title", zip(ids, Self.things).map { "\($0),\($1)" })
    let second = try Self.keys("title,listing_id", zip(ids, Self.things).map { "\($1) sold,\($0)" })
    #expect(first == second)
    #expect(first.allSatisfy { $0.text.hasPrefix("row:") })
  }

  @Test func aListingSeenSeveralTimesWithOtherWordsIsOne() throws {
    let rows = (0..<20).map { "77\($0 / 2)1,thing \($0 / 2)\($0 == 3 ? " reduced" : ""),\($0)" }
    let keys = try Self.keys("listing_id,title,price", rows)
    #expect(Set(keys).count == 10)
    #expect(keys.allSatisfy { $0.text.hasPrefix("row:") })
  }

  @Test func ofAPriceABlankAndTheOrderOfColumnsTheKeyDoesNotDepend() throws {
    for (header, row, other, changed) in [
      ("title,price", "Horn comb,$7", "title,price", "HORN comb ,$9"),
      ("title,price", "Horn comb,$7", "price,title", "$9,Horn  comb"),
      (
        "title,seller,price,description", "Horn comb,bob,$7,old", "description,price,title,seller",
        "Old,$8, Horn comb,Bob"
      ),
      ("title,price,place", "Horn comb,$7,Hue", "place,title,price", "Hue,Horn comb,9"),
      ("title,price,views", "Horn comb,$7,12", "title,price,views", "Horn comb,$7,13"),
      ("title,posted_at", "Horn comb,2 days ago", "title,posted_at", "Horn comb,9 days ago"),
      ("title,captured_at", "Horn comb,2026-11-01", "title,captured_at", "Horn comb,2026-11-08"),
    ] {
      #expect(try Self.keys(header, [row]) == Self.keys(other, [changed]), "\(header)")
    }
    for (header, row, changed) in [
      ("title,price,place", "Horn comb,$7,Hue", "Horn comb,$7,Hanoi"),
      ("title,posted_at", "Horn comb,2026-11-01", "Horn comb,2026-11-08"),
      ("title,seller", "Horn comb,bob", "Horn comb,ed"), ("a,b", "1,2", "2,1"),
    ] {
      #expect(try Self.keys(header, [row]) != Self.keys(header, [changed]), "\(header)")
    }
  }

  @Test func aFileOfWhichNoColumnIsKnownHasAsManyKeysAsRecords() throws {
    let rows = Self.things.enumerated().map { "\($0),\($1),\($0 % 2)" }
    for hasHeader in [true, false] {
      #expect(Set(try Self.keys(hasHeader ? "a,b,c" : "", rows, hasHeader: hasHeader)).count == 10)
    }
    #expect(Set(try Self.keys("price", ["5", "6", "7"])).count == 3)
    #expect(Set(try Self.keys("price,views", ["N/A,", "N/A,-", "-,"])).count == 3)
    let lines = Self.things.map { #"{"a": {"b": "\#($0)"}, "c": [1, 2]}"# }
    #expect(Set(try Self.keys("", lines, "week.jsonl")).count == 10)
  }

  @Test func valuesOfJSONAreOneListingInAnyOrder() throws {
    let a = #"{"title": "Horn comb", "price": 7, "place": {"town": "Hu\u0065"}}"#
    let b = #"{"place": {"town": "Hue "}, "price": 9, "title": "Horn comb"}"#
    #expect(Set(try Self.keys("", [a, b], "week.jsonl")).count == 1)
  }
}
