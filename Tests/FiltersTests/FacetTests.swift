import ListingsTestSupport
import Testing

@testable import Filters
@testable import Listings

struct FacetTests {
  private let oracle = sampleRows(500, seed: 9)

  private func answer(_ filter: Filter, _ subject: FilterSubject) throws -> FilterAnswer {
    var evaluation = FilterEvaluation()
    let answer = evaluation.answer(filter, in: subject)
    return try #require(answer)
  }

  @Test(arguments: [
    "", "ivory", "platform:\"eBay\"", "species:\"Manis javanica\" price:100..300", "-platform:\"xianyu\" -seller:none",
  ])
  func choosingAValueFindsAsManyListingsAsStandBesideIt(text: String) throws {
    let subject = FilterSubject(Dataset.of(oracle))
    var evaluation = FilterEvaluation()
    let filter = try FilterSyntax.read(text)
    let answer = try self.answer(filter, subject)
    #expect(answer.rows == evaluation.rows(of: filter, in: subject))
    #expect(answer.count == answer.rows.count)
    for field in [FacetSubject.platform, .species, .sellerAlias] {
      let facet = try #require(answer.facets[field])
      let others = filter.without(field)
      #expect(facet.total == evaluation.rows(of: others, in: subject)?.count)
      for value in facet.values {
        let chosen = try self.answer(others.toggling(value.name, in: field), subject)
        #expect(chosen.count == value.count, "\(field) \(value.name)")
        #expect(chosen.facets[field] == facet)
        let excluded = evaluation.rows(of: others.togglingExclusion(value.name, in: field), in: subject)
        #expect(excluded?.count == facet.total - value.count)
      }
      #expect(facet.values.map(\.count) == facet.values.map(\.count).sorted(by: >))
      #expect(Set(facet.values.map(\.name)).count == facet.values.count)
      if field != .species { #expect(facet.values.reduce(0) { $0 + $1.count } == facet.total) }
    }
  }

  @Test func spellingsThatAFilterCannotTellApartAreOneValue() throws {
    let rows = ["EBAY", "eBay", "ebay", "Xianyu"].map { ListingRow(platform: $0) }
    let facet = try #require(try answer(.everything, FilterSubject(Dataset.of(rows))).facets[.platform])
    #expect(facet.values == [FacetValue(name: "EBAY", count: 3), FacetValue(name: "Xianyu", count: 1)])
  }

  @Test func valuesCountedEquallyOftenAreInTheOrderOfTheirBytes() throws {
    var dice = Dice(seed: 4)
    let alphabet = Array("aAbz09 -é象e\u{301}\u{0}".unicodeScalars)
    // By the order of text of the standard library neither of the last two is less.
    let names = Set(
      ["x\u{E9}e", "xe\u{301}"]
        + (0..<400).map { _ in
          var name = "x"
          for _ in 0..<Int.random(in: 0..<12, using: &dice) {
            name.unicodeScalars.append(alphabet.randomElement(using: &dice)!)
          }
          return name
        })
    let rows = names.shuffled(using: &dice).map { ListingRow(seller: $0) }
    let facet = try #require(try answer(.everything, FilterSubject(Dataset.of(rows))).facets[.sellerAlias])
    let once = facet.values.filter { $0.count == 1 }.map(\.name)
    #expect(once.count > 200)
    #expect(once == once.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
  }

  @Test func aBrokenValueCanBeChosen() throws {
    let rows = [ListingRow(platform: "x").with(.platform, bytes: [0x61, 0xC3]), ListingRow(platform: "a")]
    let subject = FilterSubject(Dataset.of(rows))
    var evaluation = FilterEvaluation()
    let facet = try #require(try answer(.everything, subject).facets[.platform])
    #expect(facet.values.map(\.name) == ["a", "a\u{FFFD}"])
    let filter = Filter.everything.toggling("a\u{FFFD}", in: .platform)
    #expect(evaluation.rows(of: filter, in: subject)?.rows == [0])
  }

  @Test func pricesFallBetweenTheirEdges() throws {
    let prices: [Double?] = [
      0, 0.0001, 0.0199, 0.02, 0.05, 0.9999, 1, 1.9999, 2, 100, 499.9999, 500_000_000, 900_000_000, nil,
    ]
    var rows = prices.map { ListingRow(title: "x", usd: $0) }
    rows += [ListingRow(price: "ask"), ListingRow(amount: 5)]
    let subject = FilterSubject(Dataset.of(rows))
    var evaluation = FilterEvaluation()
    let histogram = try answer(.everything, subject).prices
    #expect(PriceHistogram.edges == PriceHistogram.edges.sorted() && PriceHistogram.edges.first == 0)
    #expect(histogram.missing == 1)
    #expect(histogram.unread == 2)
    #expect(histogram.buckets.count == PriceHistogram.edges.count - 1)
    #expect(histogram.buckets.reduce(0, +) == prices.count - 1)
    #expect(histogram.occupied == 0...histogram.buckets.count - 1)
    for (bucket, count) in histogram.buckets.enumerated() {
      let high = PriceHistogram.edges[bucket + 1]
      let test = PriceTest.range(
        low: PriceHistogram.edge(bucket), high: high == .max ? nil : Amount(tenThousandths: high - 1), currency: nil)
      #expect(evaluation.rows(of: Filter([.price([test])]), in: subject)?.count == count, "bucket \(bucket)")
    }
    for (test, count) in [(PriceTest.missing, 1), (.unread, 2)] {
      #expect(evaluation.rows(of: Filter([.price([test])]), in: subject)?.count == count)
    }
  }

  @Test func nothingHasNoFacets() throws {
    let answer = try self.answer(.everything, FilterSubject(.empty))
    #expect(answer.count == 0)
    #expect(answer.facets.values.allSatisfy { $0.values.isEmpty && $0.total == 0 })
    #expect(answer.prices.occupied == nil)
  }
}
