import Listings
import ListingsTestSupport
import NearDuplicates
import Testing

/// Input that somebody made to stop the program: all of it ends, in linear time.
struct HostileTextTests {
  private static func row(_ number: Int, _ title: String, _ description: String) -> ListingRow {
    ListingRow(id: "N\(number)", platform: "zalo", title: title, description: description)
  }

  @Test func thereIsNothingInNothing() throws {
    let groupCount = try DuplicateGroups.found(in: Dataset.empty).count
    #expect(groupCount == 0)
    let ofOther = try DuplicateGroups.found(in: [Self.row(0, "", "")]).count
    #expect(ofOther == 0)
  }

  @Test func manyEmptyTextsAreNoGroup() throws {
    let rows = (0..<100_000).map { Self.row($0, "", $0 % 2 == 0 ? "" : " 🔥 \u{200B}--- ") }
    let groups = try DuplicateGroups.found(in: rows)
    #expect((groups.count, groups.listingCount) == (0, 100_000))
  }

  @Test func manyEqualTextsAreOneGroup() throws {
    let text =
      "turned walnut bowl with brass rim, signed below, from the estate of a joiner in Aveyron, collection only"
    let groups = try DuplicateGroups.found(in: (0..<100_000).map { Self.row($0, "Walnut bowl", text) })
    #expect((groups.count, groups.groupedListingCount) == (1, 100_000))
  }

  @Test func manyTextsThatDifferInANumberAreOneGroup() throws {
    let text =
      "turned walnut bowl with brass rim, signed below, from the estate of a joiner in Aveyron, collection only"
    let rows = (0..<30_000).map { Self.row($0, "Walnut bowl", "\(text), call 0\(600_000_000 + 7 * $0)") }
    let groups = try DuplicateGroups.found(in: rows)
    #expect((groups.count, groups.groupedListingCount) == (1, 30_000))
  }

  @Test func aTextOfTwentyMegabytesIsReadToItsEnd() throws {
    let long = String(repeating: "walnut brass rim bowl signed ", count: 690_000)
    let rows = [Self.row(0, "Bowl", long), Self.row(1, "Bowl", long), Self.row(2, "Bowl", long + "otherwise")]
    let groups = try DuplicateGroups.found(in: rows)
    #expect(groups.listingCount == 3)
    let oneWord = String(repeating: "x", count: 20_000_000)
    let groupCount = try DuplicateGroups.found(in: [Self.row(0, "", oneWord), Self.row(1, "", oneWord)]).count
    #expect(groupCount == 0)
  }

  @Test func bytesThatAreNoTextAreSurvived() throws {
    var dice = Dice(seed: 9)
    let rows = (0..<2_000).map { number in
      let bytes = (0..<dice.below(200)).map { _ in UInt8(dice.below(255)) }
      return Self.row(number, "\u{202E}\u{1B}[2J", "x").with(.description, bytes: bytes)
    }
    let dataset = Dataset.of(rows)
    let groups = try DuplicateGroups.found(in: dataset)
    for group in 0..<groups.count { _ = GroupSlots(of: group, in: groups, dataset).text }
  }

  @Test func aTemplateOfThousandsOfAdvertsEndsInTime() throws {
    var planted = PlantedCopies(seed: 31)
    let template = planted.advert(.english).description + planted.advert(.english).description
    let rows = (0..<6_000).map { number in
      let own = planted.advert(.english)
      return Self.row(number, own.title.joined(separator: " "), template.joined(separator: " "))
    }
    let grouped = try DuplicateGroups.found(in: rows).groupedListingCount
    #expect(grouped < 60)
  }
}
