import ListingsTestSupport
import Testing

@testable import Listings

/// Keys of form 1 stay what they were, faults included: verdicts are found by them.
struct LegacyListingKeyTests {
  private func key(_ row: ListingRow) -> String {
    let dataset = Dataset.of([row])
    return LegacyListingKey.of(
      cells: dataset.cells(of: 0), platform: dataset.text(of: .platform, at: 0),
      columnSignature: dataset.sources[0].columnSignature
    ).text
  }

  @Test func theyAreWhatTheyWere() {
    #expect(key(ListingRow(id: "A-17", platform: "Ｅbay", url: "https://x.example/1")) == "id:ebay/A-17")
    #expect(key(ListingRow(id: "A-17", url: "http://x.example/1/")) == "url:x.example/1")
    #expect(key(ListingRow(platform: "eBay", url: "/list/1")) == "url:ebay/list/1")
    #expect(key(ListingRow(url: "View item", title: "ring")) == "url:View item")
    #expect(key(ListingRow(id: "17", title: "ring")) == "row:cce5697595ce6468/17")
    #expect(key(ListingRow(platform: "eBay", title: "ring", price: "5")) == "text:47e1b7713008985d5881ef81d3cf48d9")
  }

  @Test(arguments: [
    ("https://www.x.example/a/", "x.example/a"), ("https://x.example/", "x.example"),
    ("https://x.example/a?utm_source=m&id=1&fbclid=z", "x.example/a?id=1"),
    ("https://x.example/a?spm=1.2&gclid=home", "x.example/a"), ("HTTPS://WWW.X.example/a", "x.example/a"),
    ("https://www.rubylane.com/item/1?search=1&t=690a", "rubylane.com/item/1"),
    ("https://www.ebay.com/itm/1?hash=item19&var=2", "ebay.com/itm/1?var=2"),
    ("x.example/A", "x.example/A"), ("https://x.example:8080/a", "x.example:8080/a"), ("", ""),
  ])
  func addressesAreWrittenAsTheyWere(url: String, normal: String) {
    var out: [UInt8] = []
    Array(url.utf8).withUnsafeBytes { LegacyListingKey.appendNormalized($0, to: &out) }
    #expect(String(decoding: out, as: UTF8.self) == normal)
  }
}
