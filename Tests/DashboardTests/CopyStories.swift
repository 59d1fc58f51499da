import Filters
import Listings
import NearDuplicates
import Testing

@testable import Dashboard

/// Listings that are one advert, on the screen.
struct CopyStories {
  private static let text =
    "old carved figure of a fisherman with basket and net from my grandfathers cabinet in Lyon signed below"
  private static let listings = """
    listing_id,platform,title,description,price,seller_alias
    ad-117,Larets,fisherman figure,\(text) call 0600111222,400 USD,amber
    ad-217,Larets,horn cup,a plain cup without any mark that stood on the shelf of a pub near the harbour,20 USD,basalt
    ad-317,Hearthside,fisherman figure,\(text) call 0699888777,350 USD,cobalt
    ad-417,Hearthside,coral ring,red ring size nine bought on holiday years ago and never worn since then,90 USD,amber
    ad-517,Larets,fisherman figure,\(text) call 0600111222,420 USD,delft

    """

  private func opened(_ columns: Int = 180, _ rows: Int = 50) -> KeyStory {
    KeyStory(on: SampleListings.dataset([Self.listings]), columns, rows)
  }

  private func find(_ story: inout KeyStory) {
    let dataset = story.state.dataset
    story.tell(.duplicatesFound(DuplicateGroups.find(in: dataset)!, of: dataset))
  }

  @Test func theyAreLookedForOnce() {
    var story = opened()
    #expect(story.state.snapshot.duplicates == nil)
    find(&story)
    story.press("j")
    #expect(!story.wanted.contains("find duplicates"))
  }

  @Test func theTableAndTheDetailSayHowManyTheyAreAndWhereTheyDiffer() {
    var story = opened()
    #expect(!story.screen.contains("×3"))
    find(&story)
    #expect(story.screen.components("×3") == 3)
    #expect(story.screen.contains("one advert in 3 listings by 3 seller aliases on 2 platforms"))
    #expect(story.screen.contains("0600111222 here"))
    #expect(story.screen.contains("0699888777"))
    story.press("j")
    #expect(!story.screen.contains("one advert in"))
  }

  @Test(arguments: [("is:duplicate", 3), ("-is:duplicate", 2), ("group:none", 2), ("is:duplicate platform:Larets", 2)])
  func filtersAskForThem(text: String, count: Int) {
    var story = opened()
    find(&story)
    story.press("/")
    story.type(text)
    story.press("Enter")
    #expect(story.state.order.count == count, "\(text)")
  }

  @Test func aGroupIsFilteredByItsName() throws {
    var story = opened()
    find(&story)
    let duplicates = try #require(story.state.snapshot.duplicates)
    let name = duplicates.name(of: 0)
    #expect(story.screen.contains("group:\(name)"))
    story.press("/")
    story.type("group:\(name)")
    story.press("Enter")
    #expect(story.state.order.count == 3)
  }

  @Test func untilTheyAreFoundNobodyIsToldThatThereAreNone() {
    var story = opened()
    story.press("/")
    story.type("is:duplicate")
    story.press("Enter")
    #expect(story.screen.contains("looking for copies…"))
    #expect(!story.screen.contains("no listing matches"))
    find(&story)
    #expect(story.state.order.count == 3)
  }

  @Test func oneKeyMarksThemAndOneStepDecidesThem() {
    var story = opened()
    find(&story)
    story.press("=")
    #expect(story.state.counts.marked == 3)
    #expect(story.screen.contains("3 marked"))
    story.press(";")
    #expect(story.screen.contains("3 marked listings"))
    story.press("c")
    #expect(story.filings.count == 1 && story.filings[0].rows.count == 3)
    story.save()
    #expect(story.topLine.contains("3 ✓"))
    story.press("=")
    story.press("=")
    #expect(story.state.counts.marked == 0)
  }

  @Test func copiesThatTheFilterHidesAreNotMarkedButNamed() {
    var story = opened()
    find(&story)
    story.press("/")
    story.type("platform:Larets")
    story.press("Enter")
    story.press("=")
    #expect(story.state.counts.marked == 2)
    #expect(story.screen.contains("1 copy not shown by the filter left out"))
  }

  @Test func aListingByItselfHasNoCopiesToMark() {
    var story = opened()
    story.press("=")
    #expect(story.screen.contains("Copies are still being looked for"))
    find(&story)
    story.press("j =")
    #expect(story.state.counts.marked == 0)
    #expect(story.screen.contains("No other listing is the same advert"))
  }
}

extension String {
  /// How often a text occurs.
  fileprivate func components(_ text: String) -> Int { ranges(of: text).count }
}
