import Foundation
import Testing

/// `linsang weeks`, as a person and a script use it.
@Suite(.waitsElsewhere) struct WeeksCommandTests {
  private let place: Workplace
  private static let head = "listing_id,platform,url,title,description,price,seller,captured_at"

  init() throws {
    place = try Workplace()
    try place.write(
      "old.csv",
      """
      \(Self.head)
      a1,Hearthside,https://hearthside.example/a1,carved ring,old bone,10,moss_lane,2026-11-11T10:00:00
      a2,Hearthside,https://hearthside.example/a2,box,wood,20,moss_lane,2026-11-11T10:00:00

      """)
    try place.write(
      "new.csv",
      """
      \(Self.head)
      a1,Hearthside,https://hearthside.example/a1,=cmd|' /C calc'!A0,old bone\u{1B}[31m,10,moss_lane,2026-11-18T10:00:00
      a3,Hearthside,https://hearthside.example/a3,pair,horn,5,reed,2026-11-18T10:00:00

      """)
  }

  private func scrapes(_ outcome: Outcome) throws -> [[String: Any]] {
    try #require(try outcome.json()["scrapes"] as? [[String: Any]])
  }

  @Test func theTableSaysWhatBecameOfListings() throws {
    let outcome = try Program.run("weeks", "old.csv", "new.csv", at: place)
    #expect(outcome.status == 0)
    let rows = outcome.lines.map { $0.split(separator: " ").map(String.init) }
    #expect(rows[1] == ["2026-11-11", "Hearthside", "2", "2", "0", "0", "0", "0", "0", "0", "0", "0"])
    #expect(rows[2] == ["2026-11-18", "Hearthside", "2", "1", "0", "1", "1", "0", "1", "0", "0", "1"])
    #expect(outcome.text.contains("by the day on which the listings were captured"))
  }

  @Test func listsShowOldAndNewAndLetNothingThrough() throws {
    let text = try Program.run("weeks", "--changed", "--gone", "old.csv", "new.csv", at: place)
    #expect(text.text.contains("“old bone” → “old bone[U+001B][31m”"))
    #expect(text.text.contains("https://hearthside.example/a2"))
    #expect(!text.out.contains(0x1B))
    let csv = try Program.run("weeks", "--changed", "--csv", "old.csv", "new.csv", at: place)
    #expect(csv.text.contains("\"carved ring\",\"'=cmd|' /C calc'!A0\""))
    let json = try Program.run("weeks", "--json", "--changed", "--new", "--gone", "old.csv", "new.csv", at: place)
      .json()
    let changed = try #require((json["changed"] as? [[String: Any]])?.first)
    let changes = try #require(changed["changes"] as? [String: [String: String]])
    #expect(changes["title"] == ["old": "carved ring", "new": "=cmd|' /C calc'!A0"])
    #expect((json["gone"] as? [[String: Any]])?.first?["title"] as? String == "box")
    #expect((json["new"] as? [[String: Any]])?.count == 3)
  }

  @Test func labelsNameScrapes() throws {
    let outcome = try Program.run(
      "weeks", "--json", "--scrape", "week 46=old.csv", "--scrape", "week 47=new.csv", at: place)
    #expect(try scrapes(outcome).map { $0["scrape"] as? String } == ["week 46", "week 47"])
    let one = try Program.run("weeks", "--json", "--scrape", "both", "old.csv", "new.csv", at: place)
    #expect(try scrapes(one).map { $0["listings"] as? Int } == [3])
    #expect(try Program.run("weeks", "--scrape", "a", "--scrape", "b", "old.csv", at: place).status == 64)
    #expect(try Program.run("weeks", at: place).status == 64)
  }

  @Test func recordedScrapesCountAsEarlierOnes() throws {
    let first = try Program.run("weeks", "--record", "old.csv", at: place)
    #expect(first.status == 0)
    #expect(first.err.contains("1 file with 2 listings recorded in"))
    let again = try Program.run("weeks", "--record", "old.csv", at: place)
    #expect(again.err.contains("has these files already; nothing was added"))
    let second = try Program.run("weeks", "--json", "--casebook", place.casebook, "new.csv", at: place)
    let apart = try scrapes(second)
    let whole = try scrapes(Program.run("weeks", "--json", "old.csv", "new.csv", at: place))
    #expect(apart.count == 1)
    #expect(NSDictionary(dictionary: apart[0]) == NSDictionary(dictionary: whole[1]))
    let kept = try Program.run("weeks", "--json", "--casebook", place.casebook, at: place)
    #expect(try scrapes(kept).map { $0["listings"] as? Int } == [2])
    #expect(try Program.run("casebook", "verify", "--casebook", place.casebook, at: place).status == 0)
  }

  @Test func aCasebookThatIsNoneIsSaidAndNothingIsMade() throws {
    let missing = try Program.run("weeks", "--casebook", "none.casebook", "new.csv", at: place)
    #expect(missing.status == 2)
    #expect(missing.err.contains("There is no casebook"))
    #expect(!place.exists("none.casebook"))
    let other = try Program.run("weeks", "--record", "--casebook", "old.csv", "new.csv", at: place)
    #expect(other.status == 2)
    #expect(other.err.contains("is not a casebook"))
  }

  @Test func theSameBytesAgainAddNothing() throws {
    try place.write("copy.csv", place.text(of: "old.csv"))
    let outcome = try Program.run("weeks", "--json", "old.csv", "copy.csv", at: place)
    #expect(outcome.err.contains("copy.csv has the same bytes as old.csv and adds nothing"))
    #expect(try scrapes(outcome).map { $0["listings"] as? Int } == [2])
  }
}
