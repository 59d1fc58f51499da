import ListingsTestSupport
import Testing

@testable import Listings

struct ListingKeyTests {
  private func key(_ row: ListingRow) -> String { Dataset.of([row]).key(at: 0).text }

  @Test func aPlatformAndAnIDAreTheBestKey() {
    #expect(key(ListingRow(id: "A-17", platform: "Ｅbay", url: "https://x.example/1")) == "id:ebay/A-17")
  }

  @Test func theAddressIsTheNextBest() {
    #expect(key(ListingRow(platform: "eBay", url: "https://www.x.example/1")) == "url:x.example/1")
    #expect(key(ListingRow(id: "A-17", url: "http://x.example/1/")) == "url:x.example/1")
    #expect(key(ListingRow(platform: "eBay", url: "/list/1")) == "url:ebay/list/1")
  }

  @Test func anIDAloneIsBoundToItsColumns() {
    let first = key(ListingRow(id: "17", title: "ring"))
    #expect(first.hasPrefix("row:") && first.hasSuffix("/17"))
    #expect(key(ListingRow(id: "17", title: "another ring")) == first)
    #expect(key(ListingRow(id: "17", title: "ring", seller: "Bao")) != first)
  }

  @Test func withoutIDAndAddressTheWordsAreTheKey() {
    let ring = ListingRow(platform: "eBay", title: "ring", description: "of bone", seller: "Bao", price: "5")
    let first = key(ring)
    #expect(first.hasPrefix("text:") && first.utf8.count == 5 + 32)
    #expect(key(ring.with(.price, bytes: Array("6".utf8))) == first)
    #expect(key(ring.with(.country, bytes: Array("VN".utf8))) == first)
    #expect(key(ring.with(.title, bytes: Array(" RING\n".utf8))) == first)
    for field in [Field.title, .description, .sellerAlias, .platform] {
      #expect(key(ring.with(field, bytes: Array("other".utf8))) != first)
    }
  }

  @Test func whereSellerTitleOrTextIsMissingTheWholeRecordTells() {
    let ring = ListingRow(title: "ring", price: "5", extra: [("place", "Hanoi"), ("size", "7")])
    let first = key(ring)
    #expect(first.hasPrefix("text:"))
    #expect(key(ListingRow(title: "ring ", price: "6", extra: [("size", "7"), ("place", "hanoi")])) == first)
    #expect(key(ListingRow(title: "ring", price: "5", extra: [("place", "Hue"), ("size", "7")])) != first)
    #expect(key(ListingRow(title: "ring", price: "5", extra: [("place", "7"), ("size", "Hanoi")])) != first)
    #expect(key(ListingRow(price: "5")) != key(ListingRow(price: "6")))
  }

  @Test(arguments: ["View item", "link", "N/A", "-", "#", "javascript:void(0)", "/", "http://", "3.5/10", "n.a."])
  func wordsInTheColumnOfAddressesAreNoAddress(_ cell: String) {
    let first = key(ListingRow(url: cell, title: "ring"))
    #expect(first.hasPrefix("text:"))
    #expect(first != key(ListingRow(url: cell, title: "bead")))
    #expect(key(ListingRow(id: "A-17", platform: "eBay", url: cell)) == "id:ebay/A-17")
  }

  @Test(arguments: [
    ("A-17", "id:ebay/A-17"), (" 17 ", "id:ebay/17"), ("15020030012.0", "id:ebay/15020030012"),
    ("1.5", "id:ebay/1.5"), ("v1|17|0", "id:ebay/v1|17|0"),
  ])
  func anIDIsReadWithoutWhatTablesAddToIt(cell: String, key expected: String) {
    #expect(key(ListingRow(id: cell, platform: "eBay", title: "ring")) == expected)
  }

  @Test(arguments: ["", " ", "N/A", "0", "000", "-1", "unknown", "#REF!", "#N/A", "1.55E+17", "1,2e17"])
  func whatIsNoIDNamesNoListing(_ cell: String) {
    #expect(key(ListingRow(id: cell, platform: "eBay", title: "ring")).hasPrefix("text:"))
  }

  @Test(arguments: [
    ("https://x.example/a", "x.example/a"), ("http://X.Example/A", "x.example/A"), ("//x.example/a", "x.example/a"),
    ("https://www.x.example/a/", "x.example/a"), ("https://x.example/a//", "x.example/a"),
    ("https://x.example/a#photos", "x.example/a"), ("https://x.example/a?id=1#x", "x.example/a?id=1"),
    ("https://x.example/a?utm_source=m&id=1&fbclid=z", "x.example/a?id=1"),
    ("https://x.example/a?UTM_Source=m", "x.example/a"), ("https://x.example/a?", "x.example/a"),
    ("https://x.example/a/?id=1&x=2", "x.example/a?id=1&x=2"), ("https://x.example/a?x=2&id=1", "x.example/a?id=1&x=2"),
    ("https://x.example/a?&id=1&&", "x.example/a?id=1"), ("HTTPS://WWW.X.example/a", "x.example/a"),
    (
      "https://forum.example/viewtopic.php?t=71&sid=0123456789abcdef0123456789ABCDEF",
      "forum.example/viewtopic.php?t=71"
    ),
    ("https://forum.example/viewtopic.php?t=71#p7152", "forum.example/viewtopic.php?t=71#p7152"),
    ("https://a.example/annonce.php?ref=9&search=1", "a.example/annonce.php?ref=9&search=1"),
    ("https://shop.example/a?t=1&search=1", "shop.example/a"),
    ("https://app.example/#!/ad/71", "app.example#!/ad/71"), ("https://app.example/#/ad/71", "app.example#/ad/71"),
    ("x.example/A", "x.example/A"), ("www.x.example/A", "x.example/A"), ("x.example:8080/A", "x.example:8080/A"),
    ("https://x.example?id=Q", "x.example?id=Q"), ("https://x.example:8080/a", "x.example:8080/a"),
    ("https://x.example:443/a", "x.example/a"), ("http://x.example:80/a", "x.example/a"),
    ("https://user@x.example/a", "x.example/a"), ("https://x.example./a", "x.example/a"),
    ("https://x.example/%61%2d%2Fb%c3%a9", "x.example/a-%2Fb%C3%A9"), ("https://x.example/é", "x.example/%C3%A9"),
    ("https://x.example/a b", "x.example/a%20b"), ("https://x.example/a;jsessionid=7F?id=1", "x.example/a?id=1"),
    ("https://xn--e1afmkfd.example/a", "xn--e1afmkfd.example/a"),
    ("=HYPERLINK(\"https://x.example/a\";\"View\")", "x.example/a"), ("[View](https://x.example/a)", "x.example/a"),
    ("fb://marketplace/item?id=1", "fb://marketplace/item?id=1"),
  ])
  func anAddressIsWrittenWithoutWhatChangesBetweenVisits(url: String, normal: String) throws {
    let table = AddressTable(
      rows: [], tracking: [("", "utm_*"), ("", "fbclid"), ("shop.example", "t"), ("shop.example", "search")])
    var out: [UInt8] = []
    try Array(url.utf8).withUnsafeBytes { table.appendNormal(try #require(AddressParts($0)), to: &out) }
    #expect(String(decoding: out, as: UTF8.self) == normal)
    // The normal form stays as it is: keys are made again from it.
    var again: [UInt8] = []
    try Array((normal.contains("://") ? normal : "//" + normal).utf8).withUnsafeBytes {
      table.appendNormal(try #require(AddressParts($0)), to: &again)
    }
    #expect(again == out)
  }

  @Test func aPathBelongsToItsPlatformAndAHostStandsForItself() {
    let path = ListingRow(platform: "MorphMarket", url: "/us/c/1")
    #expect(Dataset.of([path]).key(at: 0).text == "url:morphmarket/us/c/1")
    let host = ListingRow(platform: "MorphMarket", url: "//x.example/1")
    #expect(Dataset.of([host]).key(at: 0).text == "url:x.example/1")
  }

  @Test func rowsAreFoundByTheirKeys() {
    var rows = (0..<200).map { ListingRow(id: "\($0 % 150)", platform: "eBay", title: "ring \($0)") }
    rows += (0..<50).map { ListingRow(url: "https://x.example/\($0)") } + (0..<50).map { ListingRow(title: "t \($0)") }
    let dataset = Dataset.of(rows, batchSize: 64)
    for row in rows.indices { #expect(dataset.keyFingerprints[row] == dataset.key(at: row).fingerprint) }
    for wanted in [[], [3], [3, 210, 260], Array(0..<150)] {
      let keys = Set(wanted.map { dataset.key(at: $0) })
      let found = dataset.rows(of: keys)
      #expect(found.map(\.row) == rows.indices.filter { keys.contains(dataset.key(at: $0)) })
      #expect(found.allSatisfy { dataset.key(at: $0.row) == $0.key })
    }
    #expect(dataset.rows(of: [ListingKey("id:ebay/none")]).isEmpty)
  }
}
