import Filters
import Listings
import Sightings
import Testing
import Workspace

@testable import Dashboard

/// Decided listings that changed since: they are marked, found, asked about again, and kept with one key.
struct AskAgainStories {
  private static let header = "listing_id,platform,url,title,description,price,seller_alias,captured_at\n"

  /// Thirty adverts of a site whose addresses hold a number beside the words of the title, on two days. On the second day
  /// number 3 has another title, and so another address, number 4 another price, and number 5 another advert.
  private static func scrapes() -> [String] {
    let things = ["ivory comb", "horn cup", "tusk", "coral ring", "shell box", "bone flute"]
    func line(_ number: Int, _ day: Int) -> String {
      var title = "\(things[number % things.count]) of lot \(number)"
      var text = "carved long ago, kept in a drawer since, number \(number) of a family"
      var price = "100 USD"
      if day == 18 {
        if number == 3 { title = "old " + title }
        if number == 4 { price = "150 USD" }
        if number == 5 { (title, text) = ("garden chairs", "four plastic seats, white, almost new") }
      }
      let slug = title.replacing(" ", with: "-")
      return ",Larets,https://hub.example/item/\(slug)/\(560_200 + number),\(title),\"\(text)\",\(price),amber,"
        + "2026-11-\(day)T10:00:00Z"
    }
    return [11, 18].map { day in header + (1...30).map { line($0, day) }.joined(separator: "\n") + "\n" }
  }

  private func opened(_ texts: [String] = scrapes()) -> KeyStory {
    var story = KeyStory(on: SampleListings.dataset(texts, makesCells: true), 200, 70)
    let dataset = story.state.dataset
    story.tell(.comparedWithEarlier(SinceLastTime(Sightings.of(dataset, ScrapeRows(dataset))!), of: dataset))
    story.answerChanges()
    while !story.untold.isEmpty { story.groupListings() }
    // Sightings are gone to one by one.
    story.press(": e v e r y - r Enter")
    return story
  }

  /// The row of a number on one of the two days.
  private func row(_ number: Int, _ day: Int) -> Int { (day == 11 ? 0 : 30) + number - 1 }

  private func go(to row: Int, _ story: inout KeyStory) {
    story.press("g")
    for _ in 0..<row { story.press("j") }
    #expect(story.state.table.row == row)
  }

  @Test func aVerdictIsOnAllSightingsOfAListingThoughItsAddressChanged() {
    var story = opened()
    go(to: row(3, 18), &story)
    story.press("c")
    story.saveAll()
    #expect(story.state.verdicts.confirmed.rows.map { Int($0) } == [row(3, 11), row(3, 18)])
    #expect(story.state.counts.confirmed == 1)
  }

  @Test func aNumberThatWasGivenToAnotherAdvertCarriesNoVerdict() {
    var story = opened()
    go(to: row(5, 11), &story)
    story.press("c")
    story.saveAll()
    #expect(story.state.verdicts.confirmed.rows.map { Int($0) } == [row(5, 11)])
  }

  @Test func aVerdictOnAnOlderSightingIsAskedAgainWhereTheListingChanged() {
    var story = opened()
    go(to: row(4, 11), &story)
    story.press("c")
    story.saveAll()
    story.answerChanges()
    #expect(story.state.counts.askAgain == 1)
    story.press("/")
    story.type("is:ask-again")
    story.press("Enter")
    #expect(story.state.order.count == 2)
    let screen = story.screen
    #expect(screen.contains("price changed since the verdict · K keeps it"))
    #expect(screen.contains("price was: 100 USD"))
    // A decision on the newest sighting settles it.
    story.press("j K")
    story.saveAll()
    story.answerChanges()
    #expect(story.state.counts.askAgain == 0)
    #expect(story.state.verdicts.confirmed.count == 2)
  }

  @Test func nothingIsAskedAgainWhereNothingThatMattersChanged() {
    var story = opened()
    go(to: row(7, 11), &story)
    story.press("c")
    story.saveAll()
    story.answerChanges()
    #expect(story.state.counts.askAgain == 0)
    story.press("K")
    #expect(story.filings.isEmpty)
    #expect(story.bottomLine.contains("has no verdict") || story.bottomLine.contains("has not changed"))
  }

  @Test func undoingAKeptVerdictAsksAgain() {
    var story = opened()
    go(to: row(4, 11), &story)
    story.press("c")
    story.saveAll()
    go(to: row(4, 18), &story)
    story.press("c")
    story.saveAll()
    story.answerChanges()
    #expect(story.state.counts.askAgain == 0)
    story.takeBack()
    story.answerChanges()
    #expect(story.state.counts.askAgain == 1)
  }

  @Test func askingBeforeItIsKnownSaysSo() {
    var story = KeyStory(on: SampleListings.dataset(Self.scrapes(), makesCells: true), 120, 36)
    story.press("/")
    story.type("is:ask-again")
    story.press("Enter")
    #expect(story.screen.contains("comparing decided listings…"))
    #expect(!story.screen.contains("no listing matches"))
  }
}
