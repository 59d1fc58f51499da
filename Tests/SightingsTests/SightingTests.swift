import Listings
import ListingsTestSupport
import Testing

@testable import Sightings

struct SightingTests {
  private let place = InventedScrapes()
  private static let head = "listing_id,platform,title,description,price,seller_alias,captured_at"

  private func file(_ day: Int, _ rows: [String], head: String = head) throws -> String {
    try place.write("d\(day).csv", [head] + rows.map { "\($0),2026-11-\(day)T10:00:00" })
  }

  @Test func everyStateIsTold() throws {
    let files = [
      try file(16, ["a,H,ring,bone,1,moss", "b,H,box,wood,2,moss", "c,H,pair,horn,3,reed"]),
      try file(17, ["a,H,ring,bone,1,moss", "b,H,box,wood,2.50,reed"]),
      try file(18, ["a,H,ring,bone,1,moss", "c,H,pair,horn,3,reed", "a,H,ring,bone,9,moss", "d,H,new,one,1,moss"]),
    ]
    let sightings = try InventedScrapes.sightings(files)
    #expect(
      sightings.kinds == ["new", "new", "new", "seen", "changed", "seen", "reappeared", "again", "new"])
    #expect(sightings.state(at: 4).changed.cells == [.price, .seller])
    #expect(sightings.earlier(of: 6) == .row(2))
    #expect(
      sightings.table == ["2026-11-16 H: 3 3 0 0 0 0", "2026-11-17 H: 2 0 1 1 0 1", "2026-11-18 H: 3 1 1 0 1 1"])
    #expect(sightings.missing.map { "\($0.scrape.name) \($0.last)" } == ["2026-11-17 row(2)", "2026-11-18 row(4)"])
  }

  @Test func eachPlatformIsHeldAgainstItsOwnScrapes() throws {
    let files = [
      try file(16, ["a,H,ring,bone,1,moss", "a,Reed,ring,bone,1,moss"]), try file(17, ["a,H,ring,bone,1,moss"]),
      try file(18, ["a,H,ring,bone,1,moss", "a,Reed,ring,bone,1,moss"]),
    ]
    let sightings = try InventedScrapes.sightings(files)
    #expect(sightings.kinds == ["new", "new", "seen", "seen", "seen"])
    #expect(sightings.summaries.map(\.counts.gone) == [0, 0, 0, 0, 0])
  }

  @Test func cellsAreComparedAsTheyStandInTheFile() throws {
    let files = [
      try file(16, ["a,H,ring,bone &amp; wood,NA,moss", "b,H,ring,bone,1,moss", "c,H,\"a \"\"b\"\"\",x,1,moss"]),
      try file(17, ["a,H,ring,bone & wood,,moss", "b,H,ring ,bone,1.0,moss", "c,\"H\",\"a \"\"b\"\"\",x,\"1\",moss"]),
    ]
    let sightings = try InventedScrapes.sightings(files)
    #expect(sightings.state(at: 3).changed.cells == [.price, .text])
    #expect(sightings.state(at: 4).changed.cells == [.title, .price])
    #expect(sightings.state(at: 5).kind == .seen)
  }

  @Test func aColumnThatAFileLacksHasNotChanged() throws {
    let short = "listing_id,platform,title,description,captured_at"
    let files = [
      try file(16, ["a,H,ring,bone,1,moss"]), try file(17, ["a,H,ring,bone"], head: short),
      try file(18, ["a,H,ring,bone,2,moss"]),
    ]
    #expect(try InventedScrapes.sightings(files).kinds == ["new", "seen", "seen"])
  }

  @Test func anAdvertUnderAnOldNumberIsNoted() throws {
    let files = [
      try file(16, ["a,H,carved walrus tooth,an old tooth from the attic,1,moss", "b,H,red box,a box,1,moss"]),
      try file(17, ["a,H,garden bench,made of oak and nearly new,1,moss", "b,H,red box SOLD,a box sold,1,moss"]),
    ]
    let sightings = try InventedScrapes.sightings(files)
    #expect(sightings.kinds == ["new", "new", "changed", "changed"])
    #expect(sightings.reused() == [2])
  }

  @Test func cancellingGivesNothing() throws {
    let dataset = try InventedScrapes.dataset([try file(16, ["a,H,ring,bone,1,moss"])])
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(Sightings.of(dataset, ScrapeRows(dataset), cancellation) == nil)
  }
}
