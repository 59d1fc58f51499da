import Listings
import ListingsTestSupport
import Testing

@testable import Sightings

/// Numbers in the addresses of sites that no table knows.
struct AddressNumberTests {
  private let place = InventedScrapes()
  private static let head = "url,title,description,price,seller_alias,captured_at"

  /// Two days of adverts whose words change from one to the next, in titles and addresses.
  private func sightings(count: Int = 40, _ address: (_ number: Int, _ day: Int) -> String) throws -> Sightings {
    let files = try (16...17).map { day in
      let rows = (0..<count).map { number in
        "\(address(number, day)),old thing \(number) day \(day),text of \(number),1,moss,2026-11-\(day)T10:00:00"
      }
      return try place.write("d\(day).csv", [Self.head] + rows)
    }
    return try InventedScrapes.sightings(files)
  }

  @Test(arguments: [
    "https://hub.example/item/N/words-D", "https://www.hub.example/c-D/words-N.html", "hub.example/N-words-D",
    "https://hub.example/show?page=D&item=N",
  ])
  func aNumberInTheAddressIsTheListing(pattern: String) throws {
    let sightings = try sightings { number, day in
      pattern.replacing("N", with: "\(700_000 + 13 * number)").replacing("D", with: "\(day)")
    }
    #expect(sightings.summaries.map(\.counts.changed) == [0, 40], "\(sightings.identities.numbers.rules)")
    #expect(sightings.identities.basis(of: 0, in: sightings.dataset) == .learnedNumber)
  }

  @Test func aNumberThatManyListingsShareIsNone() throws {
    // A shop, a page, a day: they repeat for different adverts.
    let sightings = try sightings { number, day in
      "https://hub.example/shop-\(100_000 + number % 9)/2026111\(day % 7)/words-\(number)x"
    }
    #expect(sightings.identities.numbers.rules == [])
    #expect(sightings.summaries.map(\.counts.new) == [40, 40])
  }

  @Test func amountsInSomeAddressesAreNoNumbersOfListings() throws {
    let sightings = try sightings { number, day in
      number % 3 == 0
        ? "https://hub.example/ring-day-\(day)-\(15_000 + number)" : "https://hub.example/ring-\(day)-of-\(number)x"
    }
    #expect(sightings.identities.numbers.rules == [])
  }

  @Test func aFewAddressesTeachNothing() throws {
    let sightings = try sightings(count: 12) { number, day in "https://hub.example/item/\(70_000 + number)/words-\(day)"
    }
    #expect(sightings.identities.numbers.rules == [])
    #expect(sightings.summaries.map(\.counts.new) == [12, 12])
  }

  @Test func twoAdvertsOfOneScrapeAreNeverOne() throws {
    var rows = (0..<300).map { number in
      "https://hub.example/item/\(700_000 + number)/words-\(number),thing \(number),text \(number),1,moss,2026-11-16T10:00:00"
    }
    rows.append("https://hub.example/item/700000/bench,garden bench,made of oak,1,moss,2026-11-16T10:00:00")
    let sightings = try InventedScrapes.sightings([try place.write("a.csv", [Self.head] + rows)])
    #expect(sightings.identities.numbers.rules.count == 1)
    #expect(sightings.summaries.map(\.counts.listings) == [301])
  }
}
