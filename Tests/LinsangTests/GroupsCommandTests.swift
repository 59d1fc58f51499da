import Foundation
import Testing

/// `linsang groups` in the shell.
@Suite(.waitsElsewhere) struct GroupsCommandTests {
  private let place: Workplace
  private let week: String

  private static let text =
    "turned walnut bowl with brass rim, signed below, from the estate of a joiner in Aveyron, price $%, more on request"

  init() throws {
    place = try Workplace()
    var rows = ["listing_id,platform,title,description,price,currency,seller_alias"]
    func add(_ id: String, _ platform: String, _ price: String, _ seller: String, _ title: String = "Walnut bowl") {
      rows.append("\(id),\(platform),\(title),\"\(Self.text.replacing("%", with: price))\",\(price),USD,\(seller)")
    }
    add("A1", "zalo", "120", "anna")
    add("A1", "zalo", "120", "anna")
    add("B1", "avito", "95", "boris")
    add("C1", "kaidee", "140", "\"=HYPERLINK(\"\"x\"\")\"", "\"Walnut \u{1B}\u{202E}bowl\"")
    rows.append("D1,zalo,Something else,a box of assorted keys and nothing more,5,USD,dora")
    week = try place.write("week.csv", rows.joined(separator: "\n") + "\n")
  }

  @Test func peopleReadGroupsWithTheirSlots() throws {
    let outcome = try Program.run("groups", week, at: place)
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.text.hasPrefix("4 listings: 1 group of 3, and 1 in none"))
    #expect(outcome.text.contains("3 listings, 3 platforms, 3 sellers, alike but for what is in the slots"))
    #expect(outcome.text.contains("⟨price⟩"))
    #expect(outcome.text.contains("seen 2 times"))
    #expect(outcome.text.contains("price=95"))
    #expect(!outcome.out.contains(0x1B))
    #expect(!outcome.text.contains("\u{202E}"))
  }

  @Test func jsonHasEveryGroupAndListing() throws {
    let outcome = try Program.run("groups", week, "--json", at: place)
    let json = try outcome.json()
    #expect((json["listings"] as? Int, json["single"] as? Int) == (4, 1))
    let group = try #require((json["groups"] as? [[String: Any]])?.first)
    #expect((group["size"] as? Int, group["slots"] as? [String]) == (3, ["price"]))
    #expect((group["group"] as? String)?.count == 10)
    #expect((group["text"] as? String)?.contains("$⟨price⟩") == true)
    let listings = try #require(group["listings"] as? [[String: Any]])
    let byID = Dictionary(uniqueKeysWithValues: listings.map { ($0["id"] as? String ?? "", $0) })
    #expect(Set(byID.keys) == ["A1", "B1", "C1"])
    let prices = ["A1", "B1", "C1"].map { (byID[$0]?["slots"] as? [String: String])?["price"] }
    #expect(prices == ["120", "95", "140"])
    #expect((byID["A1"]?["sightings"] as? Int, byID["B1"]?["sightings"] as? Int) == (2, 1))
    #expect((byID["B1"]?["line"] as? Int, byID["B1"]?["row"] as? Int) == (4, 3))
    #expect(byID["C1"]?["title"] as? String == "Walnut \u{1B}\u{202E}bowl")
    #expect(!outcome.out.contains(0x1B))
  }

  @Test func csvHasALineForEachListingAndNoFormula() throws {
    let outcome = try Program.run("groups", week, "--csv", at: place)
    let lines = outcome.text.components(separatedBy: "\r\n").filter { !$0.isEmpty }
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("\"group\",\"size\",\"alike\",\"file\",\"line\",\"row\",\"id\""))
    #expect(outcome.text.contains("\"price=95\""))
    #expect(!outcome.text.contains(",\"=HYPERLINK"))
    #expect(!outcome.out.contains(0x1B))
  }

  @Test func aFilterChoosesGroupsAndNotWhatIsCompared() throws {
    let found = try Program.run("groups", week, "--filter", "platform:avito", "--json", at: place).json()
    #expect((found["groups"] as? [[String: Any]])?.first?["size"] as? Int == 3)
    let none = try Program.run("groups", week, "--filter", "keys", "--json", at: place)
    #expect(none.status == 1)
    #expect(none.err.contains("no group has a listing that matches the filter"))
    #expect((try none.json()["groups"] as? [Any])?.isEmpty == true)
  }

  @Test func withoutGroupsItSaysSo() throws {
    let file = try place.write("one.csv", "title,description\nWalnut bowl,turned from one piece\n")
    let outcome = try Program.run("groups", file, at: place)
    #expect(outcome.status == 1)
    #expect(outcome.text == "1 listing: 0 groups of 0, and 1 in none\n")
    #expect(outcome.err.contains("no two listings are one advert"))
  }

  @Test(.enabled(if: Program.sharedData != nil, "the folder of real files is not beside the project"))
  func realFilesHaveTheGroupsThatTheyHad() throws {
    let data = try #require(Program.sharedData)
    // Judged by eye: adverts put up again day by day, and hardly any among thousands of short Chinese titles.
    for (files, least, most) in [
      ("10_bikehub_gumtree_za_stress/*.csv", 220, 300), ("12_xianyu_cn_general/*.csv", 0, 10),
      ("14_ebay_browse_api_jsonl/*.jsonl", 55, 75),
    ] {
      let outcome = try Program.shell("$L groups \(data)/\(files) --json", at: place)
      let groups = try #require(try outcome.json()["groups"] as? [[String: Any]])
      #expect(least...most ~= groups.count, "\(files): \(groups.count)")
    }
  }
}
