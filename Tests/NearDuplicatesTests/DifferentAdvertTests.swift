import Listings
import ListingsTestSupport
import NearDuplicates
import Testing

/// Adverts that look alike and are several.
struct DifferentAdvertTests {
  private static let boilerplate =
    "Your money stays with us until the parcel is in your hands. Read more about safe deals. Offered by a checked member. "
    + "Report this offer if you think that it breaks our rules, and never pay outside of the platform."

  private static func row(_ number: Int, _ title: String, _ description: String = "") -> ListingRow {
    ListingRow(id: "N\(number)", platform: "zalo", title: title, description: description, seller: "seller \(number)")
  }

  @Test(arguments: ["ivory bracelet", "象牙手串", "งาช้าง กำไล", "parrot for sale", "IVORY BRACELET!!"])
  func fewWordsAreNotOneAdvertHoweverOftenTheyOccur(title: String) throws {
    let groupCount = try DuplicateGroups.found(in: (0..<40).map { Self.row($0, title) }).count
    #expect(groupCount == 0)
  }

  @Test func aTitleThatSaysEnoughIsOneAdvertWhereItIsEqual() throws {
    let title = "Large estate brooch, walnut and brass, carved by hand around 1920, with original velvet case from Lyon"
    let rows = [Self.row(0, title), Self.row(1, title.uppercased() + " 🔥"), Self.row(2, "Something else entirely")]
    let lists = try DuplicateGroups.found(in: rows).rowLists
    #expect(lists == [[0, 1]])
  }

  @Test func boilerplateMakesNoGroup() throws {
    var planted = PlantedCopies(seed: 12)
    let rows = (0..<300).map { number in
      let advert = planted.advert(.english)
      return Self.row(number, advert.title.joined(separator: " "), Self.boilerplate)
    }
    let groupCount = try DuplicateGroups.found(in: rows).count
    #expect(groupCount == 0)
  }

  @Test func oneShopWithATemplateHasAsManyAdvertsAsThings() throws {
    let animals = [
      "blue macaw", "African grey", "sulphur cockatoo", "sun conure", "eclectus hen", "Senegal cock", "green amazon",
      "caique pair", "white cockatiel", "ringneck hen", "lovebird trio", "kakariki cock",
    ]
    let rows = animals.enumerated().map { number, animal in
      Self.row(
        number, "Hand reared \(animal)",
        "Our \(animal) is hand reared, weaned and ringed. The \(animal) eats seed, fruit and pellets, steps up and likes "
          + "people. Cage, papers and first visit to the vet are included. We deliver on weekends.")
    }
    let groupCount = try DuplicateGroups.found(in: rows).count
    #expect(groupCount == 0)
  }

  @Test(arguments: [("7 cm", "9 cm"), ("7cm", "9cm"), ("small", "large"), ("XS", "XL"), ("120 g", "85 g")])
  func anotherSizeIsAnotherAdvert(one: String, other: String) throws {
    func text(_ size: String) -> String {
      "Turned and polished by hand from one piece, wears a fine grain, comes in a lined box with a card, \(size), "
        + "sent insured within two days"
    }
    let rows = [Self.row(0, "Turned walnut bangle", text(one)), Self.row(1, "Turned walnut bangle", text(other))]
    let groupCount = try DuplicateGroups.found(in: rows).count
    #expect(groupCount == 0)
    let ofOther = try DuplicateGroups.found(in: [rows[0], Self.row(1, "Turned walnut bangle", text(one))]).count
    #expect(ofOther == 1)
  }

  @Test func anotherModelInTheTitleIsAnotherAdvert() throws {
    let text =
      "Bought new, used twice, kept in its box with papers, charger and strap; collection or courier, no swaps please"
    let rows = ["Trail camera HX 200", "Trail camera HX 400", "Trail camera HX200"].enumerated().map {
      Self.row($0, $1, text)
    }
    let lists = try DuplicateGroups.found(in: rows).rowLists
    let joined = lists.filter { $0.contains(0) && $0.contains(1) }
    #expect(joined.isEmpty)
  }

  @Test func aPriceOrPhoneInTheTitleIsNoModel() throws {
    let text =
      "Bought new, used twice, kept in its box with papers, charger and strap; collection or courier, no swaps please"
    for (one, other) in [("$250", "$190"), ("R2500", "R1900"), ("2500 rub", "1900 rub"), ("0812345678", "0898765432")] {
      let rows = [Self.row(0, "Trail camera \(one)", text), Self.row(1, "Trail camera \(other)", text)]
      let lists = try DuplicateGroups.found(in: rows).rowLists
      #expect(lists == [[0, 1]], "\(one) and \(other)")
    }
  }

  @Test func aChainOfNearMissesIsNotOneGroup() throws {
    var planted = PlantedCopies(seed: 21)
    var words = planted.advert(.english).description + planted.advert(.english).description
    var rows: [ListingRow] = []
    // Every text is much like the one before, and the last has nothing of the first.
    for number in 0..<40 {
      rows.append(Self.row(number, "", words.joined(separator: " ")))
      words.removeFirst(4)
      words += planted.advert(.english).description.prefix(4)
    }
    let groups = try DuplicateGroups.found(in: rows)
    #expect(groups.count > 1)
    for list in groups.rowLists { #expect(list[list.count - 1] - list[0] < 20) }
  }
}
