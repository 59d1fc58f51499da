import Listings
import ListingsTestSupport
import NearDuplicates
import Testing

struct SlotTests {
  private static let text =
    "turned walnut bowl with brass rim, signed below, from the estate of a joiner in Aveyron, price {}, more on request"

  private static func slots(_ rows: [ListingRow]) throws -> (slots: GroupSlots, rows: [Int]) {
    let dataset = Dataset.of(rows)
    let groups = try DuplicateGroups.found(in: dataset)
    try #require(groups.count == 1 && groups.groupedListingCount == rows.count)
    return (GroupSlots(of: 0, in: groups, dataset), groups.listings(of: 0).map { Int($0) })
  }

  private static func row(_ number: Int, _ description: String, seller: String = "", country: String = "") -> ListingRow
  {
    ListingRow(
      id: "N\(number)", platform: "zalo", title: "Walnut bowl", description: description, seller: seller,
      country: country)
  }

  @Test func textsThatAreEqualHaveNone() throws {
    let (slots, _) = try Self.slots([Self.row(0, Self.text), Self.row(1, Self.text + " 🔥")])
    #expect(slots.names.isEmpty)
    #expect(slots.values(of: 1).isEmpty)
    #expect(!slots.text.contains("⟨"))
  }

  @Test func aPriceIsASlotAndEachListingHasItsOwn() throws {
    let rows = ["$120", "$95", "$1,200"].enumerated().map { Self.row($0, Self.text.replacing("{}", with: $1)) }
    let (slots, _) = try Self.slots(rows)
    #expect(slots.names == ["price"])
    #expect(slots.text.contains("price $⟨price⟩, more on request"))
    #expect((0..<3).map { slots.values(of: $0) } == [["120"], ["95"], ["1,200"]])
  }

  @Test func slotsAreNamedByWhatTheyHold() throws {
    func text(_ phone: String, _ seller: String, _ place: String, _ count: String) -> String {
      "turned walnut bowl with brass rim, call \(phone) any day, ask for \(seller) at the shop, signed below and waxed, "
        + "collection from \(place) only, one of a series of \(count) bowls, no two alike"
    }
    let (slots, _) = try Self.slots([
      Self.row(0, text("0612345678", "Anna", "Portugal", "12"), seller: "anna", country: "Portugal"),
      Self.row(1, text("0698765432", "Boris", "Hungary", "15"), seller: "boris", country: "Hungary"),
      Self.row(2, text("0655544433", "Chen", "Norway", "19"), seller: "chen", country: "Norway"),
    ])
    #expect(slots.names == ["phone", "name", "place", "number"])
    #expect(slots.values(of: 1) == ["0698765432", "Boris", "Hungary", "15"])
  }

  @Test func wordsThatOnlySomeHaveAreASlotThatIsEmptyElsewhere() throws {
    let (slots, _) = try Self.slots([
      Self.row(0, Self.text), Self.row(1, Self.text.replacing("signed below", with: "signed and dated below")),
      Self.row(2, Self.text + ", last one"),
    ])
    let others = slots.kinds.filter { $0 != .words }
    #expect(others.isEmpty)
    let values = (0..<3).map { slots.values(of: $0) }
    #expect(values[0].joined().isEmpty)
    #expect(values[1].contains("and dated"))
    #expect(values[2].contains("last one"))
  }

  @Test(arguments: 0..<UInt64(Trials.count(6))) func theTextWithItsSlotsFilledHasTheWordsOfEachListing(seed: UInt64)
    throws
  {
    var planted = PlantedCopies(seed: seed + 40)
    let original = planted.advert(.english)
    let texts = [original] + PlantedCopies.Change.allCases.map { planted.copy(of: original, $0) }
    let rows = texts.enumerated().map { number, text in
      ListingRow(id: "N\(number)", platform: "zalo", title: text.row.title, description: text.row.description)
    }
    let dataset = Dataset.of(rows)
    let groups = try DuplicateGroups.found(in: dataset)
    let slots = GroupSlots(of: 0, in: groups, dataset)
    func words(_ text: String) -> [String] {
      text.replacing("🐘🔥", with: "").replacing("#", with: " ").split(whereSeparator: { " \n,$¥€".contains($0) }).map(
        String.init)
    }
    for row in groups.listings(of: 0).map({ Int($0) }) {
      let values = slots.values(of: row)
      let filled = slots.pieces.map { piece in
        switch piece {
        case .text(let text): text
        case .slot(let slot): " " + values[slot] + " "
        }
      }.joined()
      let own = words(rows[row].text(.title) + "\n" + rows[row].text(.description))
      // Letters in disguise are the same words, and stand in the text as the representative writes them.
      #expect(words(filled).count == own.count, "row \(row)")
    }
  }
}
