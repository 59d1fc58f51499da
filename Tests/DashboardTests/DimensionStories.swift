import Filters
import Listings
import Testing
import Workspace

@testable import Dashboard

/// `T` goes through what a pane can count.
struct DimensionStories {
  private static let listings = """
    listing_id,platform,url,title,price,currency,country,lang
    1,Larets,https://a.example/1,ivory ring,5,USD,TH,en
    2,Larets,https://a.example/2,ivory comb,6,USD,VN,en
    3,Facemart,https://a.example/3,parrot eggs,7,USD,TH,en

    """

  @Test func thePlatformPaneCountsByCountryAndComesBack() {
    var story = KeyStory(on: [Self.listings], 150, 36)
    story.press("1 T")
    #expect(story.screen.contains("1 Country"))
    #expect(story.state.shownValues(of: .field(.country)).map { "\($0.name) \($0.count)" } == ["TH 2", "VN 1"])
    story.press("Enter")
    #expect(story.state.filter.text == "country:\"TH\"" && story.shown == ["1", "3"])
    story.press("T")
    #expect(story.screen.contains("1 Language"))
    story.press("T")
    #expect(story.screen.contains("1 Currency"), "category and the others have no value and are passed over")
    story.press("T")
    #expect(story.screen.contains("1 Platform"))
    #expect(story.state.filter.text == "country:\"TH\"", "the filter stays")
  }

  @Test func currenciesAreCountedAsPricesWereRead() {
    var story = KeyStory(
      on: [
        """
        listing_id,platform,url,title,price,currency
        1,Larets,https://a.example/1,ring,5,USD
        2,Larets,https://a.example/2,comb,€6,
        3,Larets,https://a.example/3,fan,7,
        4,Larets,https://a.example/4,cup,8,USD

        """
      ], 150, 36)
    story.press("1 T")
    #expect(story.screen.contains("1 Currency"))
    story.press("Enter")
    #expect(story.state.filter.text == "currency:\"USD\"" && story.shown == ["1", "4"])
    story.press("j j Enter")
    #expect(story.state.filter.text == "currency:\"USD\",\"EUR\"")
  }

  @Test func aCountryHasAColumnOnAWideScreenAndAnOrder() {
    var story = KeyStory(on: [Self.listings], 200, 36)
    #expect(story.screen.contains("country"))
    story.press("S")
    #expect(story.screen.contains("country"))
    story.press("j j j j j j j j j Enter")
    #expect(story.state.sort == SortOrder(.field(.country)))
    #expect(story.shown == ["1", "3", "2"])
  }

  @Test func verdictsAreCountedAfterEveryDecision() {
    var story = KeyStory(on: [Self.listings], 150, 40)
    story.flag()
    story.press("8 T")
    #expect(story.screen.contains("8 Verdict"))
    #expect(story.state.shownValues(of: .verdict).map { "\($0.name) \($0.count)" } == ["unreviewed 3"])
    story.press("5 x")
    story.saveAll()
    #expect(
      story.state.shownValues(of: .verdict).map { "\($0.name) \($0.count)" } == ["false-positive 1", "unreviewed 2"])
    #expect(story.screen.contains("false positive"))
    story.press("8 Enter")
    #expect(story.state.filter.text == "is:false-positive" && story.shown == ["1"])
  }

  @Test func aPaneGoesBackToItsFirstDimensionWhereTheChosenOneHasNoValuesAnyMore() {
    var story = KeyStory(on: [Self.listings], 150, 36)
    story.press("1 T R")
    #expect(story.screen.contains("1 Country"))
    let fewer = SampleListings.dataset(["listing_id,platform,url,title\n1,Larets,https://a.example/1,ivory ring\n"])
    story.tell(
      .filesReread(
        RereadFiles(
          fewer, problems: ProblemList(), problemRows: RowSet(noneOf: 1),
          carried: CarriedRows(from: story.state.dataset, to: fewer)), from: story.state.dataset))
    #expect(story.screen.contains("1 Platform"))
    #expect(story.state.shownValues(of: .platform).map(\.name) == ["Larets"])
  }

  @Test func aPaneWithOneDimensionSaysSo() {
    var story = KeyStory(on: ["listing_id,platform,title\n1,Larets,ring\n2,Larets,comb\n"], 120, 36)
    story.press("1 T")
    #expect(story.bottomLine.contains("No file has another column that this pane could count"))
  }
}
