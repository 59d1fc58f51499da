import Listings
import Testing

@testable import Sightings

struct ScrapeTests {
  private let place = InventedScrapes()
  private static let head = "listing_id,platform,title,description,price,seller_alias,captured_at"

  private func row(_ id: String, _ time: String, price: String = "10") -> String {
    "\(id),Hearthside,carved ring,a ring of bone,\(price),moss_lane,\(time)"
  }

  private func scrapes(_ files: [String]) throws -> [String] {
    ScrapeRows(try InventedScrapes.dataset(files)).scrapes.map { "\($0.name) \($0.basis.rawValue)" }
  }

  @Test func aScrapeOverMidnightBelongsToTheDayItBegan() throws {
    let file = try place.write(
      "a.csv",
      [Self.head, row("a1", "2026-11-18T22:10:00"), row("a2", "2026-11-19T01:40:00"), row("a3", "2026-11-19T04:00:00")])
    #expect(try scrapes([file]) == ["2026-11-18 captured_at"])
  }

  @Test func aFileOfSeveralDaysIsSeveralScrapesInWhateverOrderItsRowsAre() throws {
    var lines = [Self.head]
    for number in 0..<30 { for day in [19, 18, 20] { lines.append(row("a\(number)", "2026-11-\(day)T10:00:00")) } }
    let file = try place.write("a.csv", lines)
    let sightings = try InventedScrapes.sightings([file])
    #expect(
      sightings.table == [
        "2026-11-18 Hearthside: 30 30 0 0 0 0", "2026-11-19 Hearthside: 30 0 30 0 0 0",
        "2026-11-20 Hearthside: 30 0 30 0 0 0",
      ])
    #expect(sightings.kinds.prefix(3) == ["seen", "new", "seen"])
  }

  @Test func aFewRowsOfAnotherDayAreNoScrapeOfTheirOwn() throws {
    let lines = (0..<60).map { row("a\($0)", "2026-11-18T10:00:00") } + [row("b1", "2026-11-11T10:00:00")]
    #expect(try scrapes([place.write("a.csv", [Self.head] + lines)]) == ["2026-11-18 captured_at"])
  }

  @Test func aScraperThatNeverStopsIsCutAtMidnight() throws {
    let lines = (0..<72).map { hour in
      row("a\(hour % 24)", "2026-11-\(18 + hour / 24)T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00:00")
    }
    let days = try scrapes([place.write("a.csv", [Self.head] + lines)])
    #expect(days == ["2026-11-18 captured_at", "2026-11-19 captured_at", "2026-11-20 captured_at"])
  }

  @Test func withoutTimesTheNameOfTheFileTellsTheDayAndElseItsTime() throws {
    let head = "listing_id,platform,title,description,price,seller_alias"
    let line = "a1,Hearthside,ring,text,1,moss"
    #expect(try scrapes([place.write("ads_2026-11-18.csv", [head, line])]) == ["2026-11-18 file_name"])
    #expect(try scrapes([place.write("ads.csv", [head, line])]).first?.hasSuffix(" file_time") == true)
  }

  @Test func labelsNameScrapesAndTheirDaysOrderThem() throws {
    let second = try place.write("b.csv", [Self.head, row("a1", "2026-11-19T10:00:00", price: "12")])
    let first = try place.write("a.csv", [Self.head, row("a1", "2026-11-18T10:00:00")])
    let dataset = try InventedScrapes.dataset([second, first])
    let rows = ScrapeRows(dataset) { ["week 47", "week 46"][$0] }
    #expect(rows.scrapes.map(\.name) == ["week 46", "week 47"])
    let sightings = Sightings.of(dataset, rows)!
    #expect(sightings.kinds == ["changed", "new"])
    #expect(sightings.state(at: 0).changed.cells == [.price])
    #expect(sightings.earlier(of: 0) == .row(1))
  }

  @Test func theSameBytesAgainAddNothing() throws {
    let lines = [Self.head, row("a1", "2026-11-18T10:00:00")]
    let files = [try place.write("a.csv", lines), try place.write("b_2026-11-25.csv", lines)]
    let sightings = try InventedScrapes.sightings(files)
    #expect(sightings.table == ["2026-11-18 Hearthside: 1 1 0 0 0 0"])
    #expect(sightings.kinds == ["new", "none"])
    #expect(sightings.rows.repeated.map { [$0.source, $0.of] } == [[1, 0]])
  }
}
