import Hashing
import Listings
import ListingsTestSupport
import SmallFormats
import Testing

@testable import Casework

/// `SeenListing`: what of a listing is written down with its verdict, and when it is asked about again.
struct SeenListingTests {
  private func digest(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { SeenListing.digest(of: UnsafeRawBufferPointer($0)) }
  }

  private func price(_ amount: Int64, _ currency: String = "ZAR") -> SeenListing {
    SeenListing(price: .amount(Amount(tenThousandths: amount * 10_000), currency: currency), record: "")
  }

  @Test func aDigestIsTheBeginningOfTheSHA256OfTheTextWithSingleBlanks() {
    #expect(digest("ivory comb") == UInt64(SHA256Digest(of: "ivory comb").hex.prefix(16), radix: 16))
    #expect(digest("  ivory \n\t comb ") == digest("ivory comb"))
    #expect(digest("Ivory comb") != digest("ivory comb"))
    #expect(digest(" \n ") == 0)
    #expect(digest("") == 0)
  }

  @Test func aPriceChangesWithMoreThanATenthAnotherCurrencyOrNone() {
    #expect(price(1000).changes(to: price(1100)) == [])
    #expect(price(1000).changes(to: price(900)) == [])
    #expect(price(1000).changes(to: price(1101)) == .init(.price))
    #expect(price(1000).changes(to: price(899)) == .init(.price))
    #expect(price(1000).changes(to: price(1000, "USD")) == .init(.price))
    let none = SeenListing(price: SeenListing.SeenPrice.none, record: "")
    #expect(price(1000).changes(to: none) == .init(.price))
    #expect(none.changes(to: price(1000)) == .init(.price))
    #expect(none.changes(to: none) == [])
    let extremes = price(Int64.min / 10_000).changes(to: price(Int64.max / 10_000))
    #expect(extremes == .init(.price), "no overflow")
  }

  @Test func whatAFileHasNoColumnForHasNotChanged() {
    let known = SeenListing(title: 1, price: SeenListing.SeenPrice.none, text: 2, seller: 3, record: "")
    #expect(known.changes(to: SeenListing(title: 1, record: "")) == [])
    #expect(SeenListing(record: "").changes(to: known) == [])
    #expect(known.changes(to: SeenListing(title: 9, text: 9, seller: 9, record: "")).cells == [.title, .text, .seller])
    #expect(known.changes(to: SeenListing(title: 0, record: "")) == .init(.title), "an emptied cell has changed")
  }

  @Test(arguments: [
    SeenListing(
      title: 0x0123, price: .amount(Amount(tenThousandths: 12_5000), currency: "EUR"), text: 0, seller: 7, record: "ab"),
    SeenListing(price: .amount(Amount(tenThousandths: -1), currency: ""), record: ""),
    SeenListing(title: .max, price: SeenListing.SeenPrice.none, record: "ff"),
  ])
  func itIsReadAsItWasWritten(_ seen: SeenListing) {
    #expect(SeenListing(seen.json) == seen)
    #expect(SeenListing(jsonText: seen.json.json) == seen)
  }

  @Test func otherValuesAreNone() {
    #expect(SeenListing(.null) == nil)
    #expect(SeenListing(.map([:])) == nil)
    #expect(SeenListing(jsonText: "{") == nil)
    #expect(SeenListing(.map(["record": .text(""), "price": .text("much")])) == SeenListing(record: ""))
  }

  @Test func whatAnEventSaysOfAListingIsItsRecordAndItsParts() {
    let rows = [ListingRow(id: "1", title: "ivory comb", seller: "amber"), ListingRow(id: "2", title: "horn cup")]
    let dataset = Dataset.of(rows)
    let witness = ListingWitness(dataset)
    let seen = witness.seen(at: 0)
    #expect(seen.record == SHA256Digest(of: dataset.record(at: 0)).hex)
    #expect(seen.title == digest("ivory comb"))
    #expect(seen.seller == digest("amber"))
    #expect(witness.seen(at: 1).seller == 0, "the file has sellers, this listing has none")
  }

  // MARK: In the chain

  private let key = ListingKey("id:larets/417")

  private func seen(_ title: UInt64) -> [ListingSnapshot] {
    [
      ListingSnapshot(
        key: key, title: "t", platform: nil, url: nil, seller: nil, sighting: .init(file: "a.csv", row: 1),
        content: SeenListing(title: title, record: ""))
    ]
  }

  @Test func undoAndRedoBringBackWhatWasSeen() {
    var ledger = Ledger()
    func now() -> UInt64? { ledger.statuses.byKey[key]?.seen?.title }
    ledger.apply(.file(.confirmed, reason: nil, for: [key]), by: "rk", at: "2026-11-18T12:00:00Z", seen: seen(1))
    #expect(now() == 1)
    // The verdict is kept for what the listing says now.
    ledger.apply(.file(.confirmed, reason: nil, for: [key]), by: "rk", at: "2026-11-19T12:00:00Z", seen: seen(2))
    #expect(now() == 2)
    ledger.apply(.undo, by: "rk", at: "2026-11-19T12:01:00Z")
    #expect(now() == 1)
    ledger.apply(.redo, by: "rk", at: "2026-11-19T12:02:00Z")
    #expect(now() == 2)
    ledger.apply(.undo, by: "rk", at: "2026-11-19T12:03:00Z")
    ledger.apply(.undo, by: "rk", at: "2026-11-19T12:04:00Z")
    #expect(now() == nil)
    #expect(ledger.statuses[key].verdict == nil)
  }

  @Test func aNoteChangesNothingOfWhatWasSeen() {
    var ledger = Ledger()
    ledger.apply(.file(.unsure, reason: nil, for: [key]), by: "rk", at: "2026-11-18T12:00:00Z", seen: seen(1))
    ledger.apply(.write(note: "ask", for: key), by: "mb", at: "2026-11-19T12:00:00Z", seen: seen(2))
    #expect(ledger.statuses.byKey[key]?.seen?.title == 1)
    ledger.apply(.file(nil, reason: nil, for: [key]), by: "rk", at: "2026-11-20T12:00:00Z", seen: seen(3))
    #expect(ledger.statuses.byKey[key]?.seen == nil, "without a verdict nothing was seen for it")
  }
}
