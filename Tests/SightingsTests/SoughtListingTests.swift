import Listings
import ListingsTestSupport
import SmallFormats
import Testing

@testable import Sightings

/// What recorded scrapes say about certain listings.
struct SoughtListingTests {
  private let place = InventedScrapes()
  private static let head = "listing_id,platform,url,title,description,price,seller_alias,captured_at"

  /// Records files one after the other, as the casebook does.
  private func recorded(_ files: [String]) throws -> [RecordedSightings] {
    var lists: [RecordedSightings] = []
    for file in files {
      let sightings = try InventedScrapes.sightings([file], recorded: lists)
      lists += sightings.units().map { RecordedSightings(scrape: $0.scrape, columns: $0.columns) }
    }
    return lists
  }

  private func sought(_ listings: [SoughtListings.Listing], in files: [String]) throws -> [[String]] {
    var sought = SoughtListings(listings)
    for list in try recorded(files).sorted(by: { Scrape.isBefore($0.scrape, $1.scrape) }) { sought.take(list) }
    return listings.indices.map { index in
      sought.sightings(of: index).map { "\($0.scrape.name) \($0.wasSeen ? "seen" : "gone")" }
    }
  }

  private func row(_ id: Int, _ platform: String, _ day: Int) -> String {
    "n\(id),\(platform),,thing \(id),text \(id),10,moss,2026-11-\(day)T10:00:00"
  }

  @Test func eachScrapeOfThePlatformSaysWhetherItHasTheListing() throws {
    let files = try [
      place.write("a.csv", [Self.head, row(1, "H", 11), row(2, "H", 11), row(3, "Reed", 11)]),
      place.write("b.csv", [Self.head, row(2, "H", 12)]),
      // No listing of H here: nothing is said about those of H.
      place.write("c.csv", [Self.head, row(3, "Reed", 13)]),
      place.write("d.csv", [Self.head, row(1, "H", 14)]),
    ]
    let dataset = try InventedScrapes.dataset([files[0]])
    #expect(dataset.key(at: 0) == ListingKey("id:h/n1"))
    let keys = (0..<3).map { dataset.key(at: $0) }
    let named = try sought(
      [
        .init(platform: "H", keys: [keys[0]]), .init(platform: "H", keys: [keys[1]]),
        .init(platform: "Reed", keys: [keys[2]]),
      ],
      in: files)
    #expect(named[0] == ["2026-11-11 seen", "2026-11-12 gone", "2026-11-14 seen"])
    #expect(named[1] == ["2026-11-11 seen", "2026-11-12 seen", "2026-11-14 gone"])
    #expect(named[2] == ["2026-11-11 seen", "2026-11-13 seen"])
    let never = try sought([.init(platform: "H", keys: [ListingKey("id:h/n9")])], in: files)
    #expect(never == [["2026-11-11 gone", "2026-11-12 gone", "2026-11-14 gone"]])
  }

  @Test func severalFilesOfOneScrapeAreOne() throws {
    let files = try [
      place.write("a.csv", [Self.head, row(1, "H", 11)]), place.write("b.csv", [Self.head, row(2, "H", 12)]),
      place.write("c.csv", [Self.head, row(1, "H", 12), row(5, "H", 12)]),
    ]
    let key = try InventedScrapes.dataset([files[0]]).key(at: 0)
    #expect(try sought([.init(platform: "H", keys: [key])], in: files) == [["2026-11-11 seen", "2026-11-12 seen"]])
  }

  /// An advert keeps the number in its address while the words beside it change.
  @Test func aListingIsKnownByTheNumberOfItsAddress() throws {
    func file(_ day: Int, _ numbers: [Int], words: String) throws -> String {
      let rows = numbers.map {
        ",Hub,https://hub.example/item/\(70_000 + $0)/\(words)-\($0),thing \($0),text \($0),10,moss,2026-11-\(day)T10:00:00"
      }
      return try place.write("n\(day).csv", [Self.head] + rows)
    }
    let files = try [
      file(11, Array(0..<60), words: "old"), file(12, Array(0..<60), words: "newer"),
      file(13, Array(1..<60), words: "newest"),
    ]
    let dataset = try InventedScrapes.dataset([files[0]])
    let keys = [dataset.key(at: 0), dataset.key(at: 1)]
    #expect(keys[0].text.hasPrefix("url:"))
    let found = try sought(keys.map { .init(platform: "Hub", keys: [$0]) }, in: files)
    #expect(found[0] == ["2026-11-11 seen", "2026-11-12 seen", "2026-11-13 gone"])
    #expect(found[1] == ["2026-11-11 seen", "2026-11-12 seen", "2026-11-13 seen"])
  }

  /// Where the number was learned only after the listing was last seen, its absence proves nothing.
  @Test func absenceProvesNothingWhereAnAddressMayHaveChanged() throws {
    func rows(_ day: Int, _ numbers: Range<Int>, words: String) -> [String] {
      numbers.map {
        ",Hub,https://hub.example/item/\(70_000 + $0)/\(words)-\($0),thing \($0),text \($0),10,moss,2026-11-\(day)T10:00:00"
      }
    }
    let files = try [
      place.write("few.csv", [Self.head] + rows(11, 0..<3, words: "old")),
      place.write("many.csv", [Self.head] + rows(12, 0..<60, words: "new")),
    ]
    let key = try InventedScrapes.dataset([files[0]]).key(at: 0)
    let lists = try recorded(files)
    #expect(lists[0].columns.rules.isEmpty && !lists[1].columns.rules.isEmpty)
    #expect(try sought([.init(platform: "Hub", keys: [key])], in: files) == [["2026-11-11 seen"]])
  }
}
