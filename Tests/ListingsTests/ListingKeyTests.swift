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
    let first = key(ListingRow(platform: "eBay", title: "ring", price: "5"))
    #expect(first.hasPrefix("text:") && first.utf8.count == 5 + 32)
    #expect(key(ListingRow(platform: "eBay", title: "ring", price: "5")) == first)
    #expect(key(ListingRow(platform: "eBay", title: "ring", price: "6")) != first)
    #expect(key(ListingRow(platform: "eBay", title: "rings", price: "5")) != first)
  }

  @Test(arguments: [
    ("https://x.example/a", "x.example/a"), ("http://X.Example/A", "x.example/A"), ("//x.example/a", "x.example/a"),
    ("https://www.x.example/a/", "x.example/a"), ("https://x.example", "x.example"),
    ("https://x.example/", "x.example"),
    ("https://x.example/a#photos", "x.example/a"), ("https://x.example/a?id=1#x", "x.example/a?id=1"),
    ("https://x.example/a?utm_source=m&id=1&fbclid=z", "x.example/a?id=1"),
    ("https://x.example/a?utm_source=m", "x.example/a"),
    ("https://x.example/a/?id=1&x=2", "x.example/a?id=1&x=2"), ("https://x.example/a?&id=1&&", "x.example/a?id=1"),
    ("https://x.example/a?spm=1.2&gclid=home", "x.example/a"), ("HTTPS://WWW.X.example/a", "x.example/a"),
    ("https://forum.example/viewtopic.php?t=71", "forum.example/viewtopic.php?t=71"),
    ("https://a.example/annonce?ref=9&search=1", "a.example/annonce?ref=9&search=1"),
    ("https://www.rubylane.com/item/1?search=1&t=690a", "rubylane.com/item/1"),
    ("https://www.ebay.com/itm/1?hash=item19&var=2", "ebay.com/itm/1?var=2"),
    ("x.example/A", "x.example/A"),
    ("https://x.example?id=Q", "x.example?id=Q"),
    ("https://x.example:8080/a", "x.example:8080/a"), ("", ""),
  ])
  func anAddressIsWrittenWithoutWhatChangesBetweenVisits(url: String, normal: String) {
    var out: [UInt8] = []
    Array(url.utf8).withUnsafeBytes { ListingKeyForm.appendNormalized($0, to: &out) }
    #expect(String(decoding: out, as: UTF8.self) == normal)
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
