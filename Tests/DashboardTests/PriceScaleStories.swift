import Filters
import Listings
import Testing

@testable import Dashboard

/// Prices in finer bands, and in another currency.
struct PriceScaleStories {
  private func story() -> KeyStory {
    let rows =
      (1...60).map { "\($0),Larets,ring \($0),\(100 + $0 * 5),USD" }
      + (61...80).map { "\($0),Larets,cup \($0),\($0 * 20),EUR" }
    return KeyStory(on: ["listing_id,platform,title,price,currency\n" + rows.joined(separator: "\n")], 120, 40)
  }

  /// A bound that is left out is named as it was typed, not as the smallest amount above it.
  @Test func thePriceTitleNamesTheBoundAsItWasTyped() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("/")
    story.type("price:>100")
    story.press("Enter")
    #expect(story.screen.contains("over 100") && !story.screen.contains("100.0001"))
  }

  @Test func aRangeIsShownInFinerBandsAndAllPricesAgain() {
    var story = story()
    story.press("/")
    story.type("price:150..300")
    story.press("Enter 3 +")
    #expect(story.state.shownScale.isZoomed)
    let span = story.state.priceSpan
    #expect(story.state.shownScale.edges[span.lowerBound] == 1_500_000)
    #expect(span.count > 10)
    let prices = story.state.answer!.prices
    #expect(prices.buckets.reduce(0, +) == 80, "what is outside is still counted")
    #expect(prices.buckets[span].reduce(0, +) == story.shown.count)
    story.press("-")
    #expect(story.state.shownScale == .standard)
  }

  @Test func aBandOfTheFinerOnesIsAFilter() {
    var story = story()
    story.press("/")
    story.type("price:150..300")
    story.press("Enter 3 + Backspace g")
    let low = story.state.band(story.state.price.bucket).low
    story.press("Enter Enter")
    #expect(story.state.filter.priceRange?.low == low)
    #expect(story.shown.count == story.state.answer!.prices.buckets[story.state.price.bucket])
  }

  @Test func bandsAreReadInAnotherCurrencyAndTheFilterStaysInDollars() {
    var story = story()
    story.press("3 T")
    #expect(story.state.shownScale.currency == "EUR")
    #expect(story.screen.contains("Price, EUR"))
    #expect(story.bottomLine.contains("Prices in EUR, at the rates that come with Linsang"))
    let scale = story.state.shownScale
    #expect(zip(scale.edges, scale.edges.dropFirst()).allSatisfy { $0 < $1 })
    #expect(
      scale.labels.dropFirst().dropLast().allSatisfy { label in
        var digits = label
        while digits % 10 == 0 { digits /= 10 }
        return [1, 2, 5].contains(digits)
      })
    #expect(story.state.answer!.prices.buckets.reduce(0, +) == 80)
    story.press("T")
    #expect(story.state.shownScale == .standard)
  }

  @Test func aScaleHasNoBandInWhichNothingCanBe() {
    for rate in [0.00004, 0.0006, 0.14, 1.08, 3.3] {
      let scale = PriceScale(currency: "XTS", rate: rate)
      #expect(zip(scale.edges, scale.edges.dropFirst()).allSatisfy { $0 < $1 }, "\(rate)")
      #expect(scale.edges.count == scale.labels.count)
      for range: ClosedRange<Int64> in [0...1_000_000, 10_000...50_000, 1_000_000...900_000_000_000] {
        guard let finer = scale.zoomed(into: range) else { continue }
        #expect(zip(finer.edges, finer.edges.dropFirst()).allSatisfy { $0 < $1 }, "\(rate), \(range)")
        #expect(finer.edges.first == 0 && finer.edges.last == .max)
      }
    }
    #expect(PriceScale.standard.zoomed(into: 10_000...10_500) == nil)
  }

  @Test(arguments: [(40, 10), (80, 24), (120, 36), (200, 50)]) func everyScaleIsDrawnOnEveryScreen(
    columns: Int, rows: Int
  ) {
    var story = story()
    story.resize(columns, rows)
    for keys in ["3", "+", "+", "+", "+", "T", "+", "l l", "-", "g", "Enter l Enter", "+", "-"] {
      story.press(keys)
      #expect(story.screen.contains("rice") || columns < 60)
    }
  }
}
