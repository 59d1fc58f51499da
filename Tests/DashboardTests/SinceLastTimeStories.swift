import Filters
import Listings
import Sightings
import Testing

@testable import Dashboard

/// What became of listings since last time, on the screen.
struct SinceLastTimeStories {
  private static let header = "listing_id,platform,title,description,price,seller_alias,captured_at\n"
  /// Two scrapes of one platform: the second has a new listing, two changed ones, one as it was; one is gone.
  private static let scrapes = [
    header + """
      ad-417,Larets,ivory comb,carved,100 USD,amber,2026-11-11T10:00:00Z
      ad-427,Larets,horn cup,old,500 USD,amber,2026-11-11T10:00:00Z
      ad-437,Larets,tortoise box,shell,90 USD,basalt,2026-11-11T10:00:00Z
      ad-447,Larets,coral ring,red,20 USD,basalt,2026-11-11T10:00:00Z

      """,
    header + """
      ad-417,Larets,ivory comb,carved,100 USD,amber,2026-11-18T10:00:00Z
      ad-427,Larets,horn cup,old,350 USD,amber,2026-11-18T10:00:00Z
      ad-437,Larets,turtle box,shell of a turtle,90 USD,basalt,2026-11-18T10:00:00Z
      ad-457,Larets,tusk,whole,900 USD,cobalt,2026-11-18T10:00:00Z

      """,
  ]

  /// - Parameter texts: the files; the comparison is not answered yet.
  private func opened(_ texts: [String] = scrapes, _ columns: Int = 200, _ rows: Int = 50) -> KeyStory {
    KeyStory(on: SampleListings.dataset(texts, makesCells: true), columns, rows)
  }

  private func compare(_ story: inout KeyStory) {
    let dataset = story.state.dataset
    story.tell(.comparedWithEarlier(SinceLastTime(Sightings.of(dataset, ScrapeRows(dataset))!), of: dataset))
  }

  @Test func comparingIsAskedForOnceAllRowsAreThere() {
    var story = opened()
    let requests = story.effects.filter { if case .compareWithEarlier = $0 { true } else { false } }
    #expect(requests.count == 1)
    story.press("j k")
    #expect(!story.effects.contains { if case .compareWithEarlier = $0 { true } else { false } })
  }

  @Test func theTableSaysWhatIsNewChangedOrGone() {
    var story = opened()
    #expect(!story.screen.contains("since"))
    compare(&story)
    let lines = story.screen.split(separator: "\n").map(String.init)
    func line(_ title: String, last: Bool = true) -> String {
      let found = lines.filter { $0.contains(title) }
      return (last ? found.last : found.first) ?? ""
    }
    #expect(story.screen.contains("since"))
    #expect(line("tusk").contains("new"))
    #expect(line("turtle box").contains("several"))
    #expect(lines.contains { $0.contains("horn cup") && $0.contains("price") })
    #expect(line("coral ring").contains("gone"))
  }

  @Test func whereThereIsLittleRoomASignSaysIt() {
    var story = opened(Self.scrapes, 80, 34)
    compare(&story)
    let signs = ["+": "tusk", "~": "horn cup", "−": "coral ring"]
    for (sign, title) in signs {
      let lines = story.screen.split(separator: "\n").filter { $0.contains(title.prefix(4)) }
      #expect(lines.contains { $0.contains(sign) }, "\(sign)")
    }
  }

  @Test(arguments: [
    ("is:gone", 1), ("is:new", 5), ("is:seen", 1), ("is:changed", 2), ("is:reappeared", 0), ("changed:price", 1),
    ("changed:title", 1), ("changed:text,price", 2), ("changed:seller", 0), ("is:new captured:2026-11-18", 1),
    ("-is:new,gone captured:2026-11-18", 3),
  ])
  func filtersAskForIt(text: String, count: Int) {
    var story = opened()
    compare(&story)
    story.press("/")
    story.type(text)
    story.press("Enter")
    #expect(story.state.order.count == count, "\(text)")
    #expect(!story.screen.contains("so far"))
  }

  @Test func untilItIsKnownNobodyIsToldThatThereIsNone() {
    var story = opened()
    story.press("/")
    story.type("is:changed")
    story.press("Enter")
    #expect(story.screen.contains("comparing with earlier scrapes…"))
    #expect(!story.screen.contains("no listing matches"))
    compare(&story)
    #expect(story.state.order.count == 2)
    #expect(!story.screen.contains("comparing"))
  }

  @Test func theDetailHasOldAndNewValuesAndThePricesOfAllDays() {
    var story = opened()
    compare(&story)
    story.press("/")
    story.type("changed:price")
    story.press("Enter")
    #expect(story.screen.contains("price: 500 USD → 350 USD"))
    #expect(story.screen.contains("2 sightings, 2026-11-11 to 2026-11-18"))
    #expect(story.screen.contains("prices █▁ 350 to 500 USD"))
    story.press("0 /")
    story.type("changed:title")
    story.press("Enter")
    #expect(story.screen.contains("title: tortoise box → turtle box"))
    #expect(story.screen.contains("text: shell → shell of a turtle"))
  }

  @Test func aPaneCountsIt() {
    var story = opened()
    compare(&story)
    story.press("1")
    for _ in 0..<8 where story.state.dimension(of: .platform)?.id != "since" { story.press("T") }
    #expect(story.screen.contains("Since last time"))
    #expect(story.screen.contains("reappeared") == false)
    for value in ["new", "changed", "seen", "gone"] { #expect(story.screen.contains(value)) }
  }

  @Test func aFirstScrapeHasNothingToBeComparedWith() {
    var story = opened([Self.scrapes[0]])
    compare(&story)
    #expect(!story.screen.contains("since"))
    #expect(story.state.snapshot.since?.sightings == nil)
    story.press("/")
    story.type("is:new")
    story.press("Enter")
    #expect(story.state.order.count == 4)
  }

  @Test func whatWasNotComparedIsNotSaidToBeNone() {
    var story = opened()
    let dataset = story.state.dataset
    story.tell(.comparedWithEarlier(SinceLastTime(unknownOf: dataset.rowCount), of: dataset))
    story.press("/")
    story.type("is:new")
    story.press("Enter")
    #expect(story.screen.contains("not compared with earlier scrapes"))
    story.tell(.comparedWithEarlier(SinceLastTime(firstOf: dataset.rowCount), of: dataset))
    #expect(story.state.order.count == story.state.countOfAll && !story.screen.contains("since"))
  }

  @Test func anAnswerAboutOtherRowsIsDropped() {
    var story = opened()
    let other = SampleListings.dataset(Self.scrapes, makesCells: true)
    story.tell(.comparedWithEarlier(SinceLastTime(Sightings.of(other, ScrapeRows(other))!), of: other))
    #expect(story.state.snapshot.since == nil)
  }

  @Test func hostileTextStaysText() {
    let hostile = Self.scrapes[1].replacing("turtle box", with: "turtle \u{1B}[31m\u{202E}box")
    var story = opened([Self.scrapes[0], hostile])
    compare(&story)
    story.press("/")
    story.type("changed:title")
    story.press("Enter")
    #expect(story.screen.contains("title: tortoise box → turtle"))
    #expect(!story.screen.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E })
  }
}
