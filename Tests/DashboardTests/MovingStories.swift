import Testing

@testable import Dashboard

struct MovingStories {
  private static let fifty =
    "listing_id,platform,title\n" + (1...50).map { "L\($0),ebay,listing number \($0)\n" }.joined()

  @Test(arguments: [1, 6]) func theNumberFollowsTheCursorAtOnceAndTheTextWhenItRests(times: Int) {
    var story = KeyStory(on: [Self.fifty], 120, 36)
    story.hold("j", times: times)
    #expect(story.current == "L\(times + 1)")
    // That the text is not there yet is said.
    #expect(story.screen.contains("6 Listing \(times + 1) of 50 …"))
    #expect(story.screen.contains("id:ebay/L1 "))
    story.rest()
    #expect(story.screen.contains("6 Listing \(times + 1) of 50 ─"))
    #expect(story.screen.contains("id:ebay/L\(times + 1) "))
  }

  @Test func whoComesBackBeforeTheTextHasChangedSeesTheListingOfTheCursor() {
    var story = KeyStory(on: [Self.fifty], 120, 36)
    story.hold("j", times: 1)
    story.hold("k", times: 1)
    #expect(!story.state.isDetailLagging)
    #expect(story.screen.contains("6 Listing 1 of 50 ─"))
  }

  @Test func aVerdictIsOnTheListingOfTheCursorWhateverTextIsStillShown() throws {
    var story = KeyStory(on: [Self.fifty], 120, 36)
    story.hold("j", times: 3)
    #expect(story.screen.contains("id:ebay/L1 "))
    story.hold("c", times: 1)
    let filing = try #require(story.filings.first)
    #expect(filing.keys == [story.state.dataset.key(at: 3)])
    // The next one is there to be read.
    #expect(story.screen.contains("6 Listing 5 of 50 ─"))
    #expect(story.screen.contains("id:ebay/L5 "))
  }

  @Test func theTextThatIsStillShownStaysScrolledWhereItWas() {
    let long =
      "listing_id,platform,title,description\nL1,ebay,one,\(String(repeating: "word ", count: 900))\nL2,ebay,two,\n"
    var story = KeyStory(on: [long], 120, 36)
    story.press("6 j j j 5")
    let before = story.state.layout.detail.insideBorder
    let lines = { (story: KeyStory) in (before.row..<before.endRow).map { story.frame.text(ofRow: $0) } }
    let text = lines(story)
    #expect(story.state.detail.top == 3)
    story.hold("j", times: 1)
    #expect(lines(story) == text)
    story.rest()
    #expect(story.screen.contains("id:ebay/L2"))
  }

  @Test func rowsThatAreGoneAreNotShownAnyMore() {
    var story = KeyStory(on: [Self.fifty], 120, 36)
    story.answersAtOnce = false
    story.press("G")
    story.hold("k", times: 1)
    #expect(story.state.isDetailLagging)
    story.press("/")
    story.type("no such word")
    while !story.questions.isEmpty { story.answerNext() }
    #expect(!story.screen.contains("id:ebay/"))
  }

  @Test func everyOtherKeyShowsTheListingItActsOn() {
    for key in ["v", "n", "5", "c", "Esc", "?"] {
      var story = KeyStory(on: [Self.fifty], 120, 36)
      story.hold("j", times: 4)
      story.hold(key, times: 1)
      #expect(!story.state.isDetailLagging, "\(key)")
    }
  }

  @Test func aKeyHeldDownAtTheEndDoesNotKeepAnOldListing() {
    var story = KeyStory(on: [Self.fifty], 120, 36)
    story.press("G")
    story.hold("j", times: 3)
    #expect(story.screen.contains("6 Listing 50 of 50"))
  }

  @Test func aMoveOverTheEdgeTurnsTheTableAndKeepsAQuarterOfIt() {
    var story = KeyStory(on: [Self.fifty], 120, 36)
    let rows = story.state.tableRows
    for _ in 1..<rows { story.press("j") }
    #expect(story.state.table.top == 0)
    story.press("j")
    #expect(story.state.table.cursor == rows)
    let top = rows - rows / 4
    #expect(story.state.table.top == top)
    for _ in 0..<(rows - 1 - rows / 4) { story.press("j") }
    #expect(story.state.table.top == top)
    // And back over the upper edge.
    for _ in 0..<rows { story.press("k") }
    #expect(story.state.table.cursor == top - 1)
    #expect(story.state.table.top == max(0, top - 1 - (rows - 1 - rows / 4)))
    // Never further than to the last listing.
    story.press("G")
    #expect(story.state.table.top == 50 - rows)
  }
}
