import Filters
import Listings
import ListingsTestSupport
import Testing

struct FilterChoiceTests {
  private static let names = ["", "eBay", "none", "a\"b", "Loxodonta africana", "莲心阁", "x*"]

  @Test(arguments: names)
  func togglingTwiceGivesTheSameFilter(name: String) throws {
    for text in ["", "ivory", "platform:\"Xianyu\"", "-platform:\"Xianyu\" ring", "platform:x* price:>5"] {
      let filter = try FilterSyntax.read(text)
      let chosen = filter.toggling(name, in: .platform)
      #expect(chosen.choice(of: name, in: .platform) == .chosen)
      #expect(chosen.toggling(name, in: .platform) == filter)
      let excluded = filter.togglingExclusion(name, in: .platform)
      #expect(excluded.choice(of: name, in: .platform) == .excluded)
      #expect(excluded.togglingExclusion(name, in: .platform) == filter)
      #expect(chosen.togglingExclusion(name, in: .platform).choice(of: name, in: .platform) == .excluded)
      #expect(excluded.toggling(name, in: .platform) == chosen)
      for each in [chosen, excluded] { #expect(try FilterSyntax.read(each.text) == each) }
    }
  }

  @Test func aChoiceOfOneFieldLeavesTheOthersAlone() throws {
    let filter = try FilterSyntax.read("ivory seller:\"Bao\" price:>5")
    let chosen = filter.toggling("eBay", in: .platform)
    #expect(chosen.without(.platform) == filter)
    #expect(chosen.without(.sellerAlias).text == "ivory price:>5 platform:\"eBay\"")
    #expect(chosen.choice(of: "Bao", in: .sellerAlias) == .chosen)
    #expect(chosen.choice(of: "Bao", in: .platform) == .open)
  }

  @Test func aTypedSpellingIsTheSameChoice() throws {
    let filter = try FilterSyntax.read("platform:\"EBAY\"")
    #expect(filter.choice(of: "eBay", in: .platform) == .chosen)
    #expect(filter.toggling("eBay", in: .platform) == .everything)
    #expect(try FilterSyntax.read("platform:ebay").choice(of: "eBay", in: .platform) == .open)
  }

  @Test func severalValuesAreOneClause() {
    let filter = Filter.everything.toggling("a", in: .platform).toggling("b", in: .platform).togglingExclusion(
      "c", in: .platform)
    #expect(filter.text == "platform:\"a\",\"b\" -platform:\"c\"")
    #expect(filter.togglingExclusion("d", in: .platform).text == "platform:\"a\",\"b\" -platform:\"c\",\"d\"")
  }

  @Test func thereIsOnePriceRange() throws {
    let filter = try FilterSyntax.read("ivory price:1..2 -price:none")
    let test = PriceTest.range(low: Amount(tenThousandths: 50_000), high: nil, currency: nil)
    #expect(filter.pricing(test).text == "ivory price:5..")
    #expect(filter.pricing(test).priceRange?.low == Amount(tenThousandths: 50_000))
    #expect(filter.pricing(nil).text == "ivory")
    #expect(filter.pricing(nil).priceRange == nil)
    #expect(try FilterSyntax.read("price:1..2cny").priceRange == nil)
  }
}
