import Listings
import ListingsTestSupport
import Testing

@testable import Sightings

/// What is kept of a scrape stands for its files.
struct RecordedSightingTests {
  private let place = InventedScrapes()
  private static let head = "listing_id,platform,url,title,description,price,seller_alias,captured_at"

  /// Some days of invented adverts on three platforms, one of which has numbers in its addresses only.
  private func days(_ dice: inout Dice) throws -> [String] {
    var adverts = (0..<150).map { number in (number: number, price: 10, title: "thing \(number)", isShown: true) }
    return try (0..<6).map { day in
      var lines = [Self.head]
      for index in adverts.indices {
        if dice.once(in: 4) { adverts[index].isShown.toggle() }
        if dice.once(in: 5) { adverts[index].price += 1 }
        if dice.once(in: 8) { adverts[index].title += " new" }
        let (advert, platform) = (adverts[index], ["H", "Reed", ""][index % 3])
        let slug = advert.title.replacing(" ", with: "-")
        let address = index % 3 == 2 ? "https://hub.example/item/\(70_000 + 3 * index)/\(slug)" : ""
        guard advert.isShown || dice.once(in: 9) else { continue }
        let id = index % 3 == 2 ? "" : "n\(advert.number)"
        lines.append(
          "\(id),\(platform),\(address),\(advert.title),text \(advert.number),\(advert.price),moss,2026-11-1\(day)T10:00:00"
        )
      }
      return try place.write("d\(day).csv", lines)
    }
  }

  /// A day's sightings, as they come back from where they were kept.
  private func kept(_ sightings: Sightings) throws -> [RecordedSightings] {
    try sightings.units().map { unit in
      let bytes = PackedSightings.bytes(of: unit.columns)
      let read = try #require(PackedSightings.columns(of: bytes))
      #expect(read == unit.columns)
      return RecordedSightings(scrape: unit.scrape, columns: read)
    }
  }

  @Test(arguments: 1...6 as ClosedRange<UInt64>) func dayByDayIsAsAllAtOnce(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let files = try days(&dice)
    let whole = try InventedScrapes.sightings(files)
    var recorded: [RecordedSightings] = []
    var (kinds, table): ([String], [String]) = ([], [])
    for file in files {
      let sightings = try InventedScrapes.sightings([file], recorded: recorded)
      kinds += sightings.kinds
      table += sightings.summaries.filter(\.isOpen).map { "\($0.scrape.name) \($0.platform) \($0.counts)" }
      recorded += try kept(sightings)
    }
    #expect(kinds == whole.kinds)
    #expect(table.sorted() == whole.summaries.map { "\($0.scrape.name) \($0.platform) \($0.counts)" }.sorted())
  }

  @Test func aFileIsKeptInLessThanSixtyBytesAListing() throws {
    let lines = (0..<2000).map { "n\($0),H,,thing \($0),text,\($0),moss,2026-11-16T10:00:00" }
    let sightings = try InventedScrapes.sightings([try place.write("a.csv", [Self.head] + lines)])
    let bytes = PackedSightings.bytes(of: try #require(sightings.units().first).columns)
    #expect(bytes.count < 60 * 2000)
  }

  @Test func anythingElseIsNoSightings() throws {
    let sightings = try InventedScrapes.sightings([
      try place.write(
        "a.csv", [Self.head, "n1,H,,ring,text,1,moss,2026-11-16T10:00:00", "n2,H,,box,text,2,moss,2026-11-16T10:00:00"])
    ])
    let bytes = PackedSightings.bytes(of: try #require(sightings.units().first).columns)
    for length in 0..<bytes.count { #expect(PackedSightings.columns(of: Array(bytes.prefix(length))) == nil) }
    #expect(PackedSightings.columns(of: bytes + [0]) == nil)
    var dice = Dice(seed: 3)
    for _ in 0..<2000 {
      var other = bytes
      other[dice.below(other.count)] ^= UInt8(1 << dice.below(8))
      // It must not crash; whether a fingerprint was changed shows by the digest only.
      _ = PackedSightings.columns(of: other)
    }
  }

  @Test func aNumberLearnedLaterFindsWhatWasKeptByItsAddress() throws {
    func rows(_ count: Int, _ day: Int) -> [String] {
      (0..<count).map {
        ",,https://hub.example/item/\(70_000 + $0)/thing,thing \($0),text,1,moss,2026-11-\(day)T10:00:00"
      }
    }
    let first = try InventedScrapes.sightings([try place.write("a.csv", [Self.head] + rows(5, 16))])
    #expect(first.identities.numbers.rules == [])
    let second = try InventedScrapes.sightings(
      [try place.write("b.csv", [Self.head] + rows(40, 17))], recorded: try kept(first))
    #expect(second.identities.numbers.rules.count == 1)
    #expect(second.rows(of: .seen).count == 5)
    // And what was learned holds for a scrape that is too small to learn from.
    let moved = (0..<3).map {
      ",,https://hub.example/item/\(70_000 + $0)/other,other \($0),text,1,moss,2026-11-18T10:00:00"
    }
    let third = try InventedScrapes.sightings(
      [try place.write("c.csv", [Self.head] + moved)], recorded: try kept(first) + kept(second))
    #expect(third.rows(of: .changed).count == 3)
  }
}
