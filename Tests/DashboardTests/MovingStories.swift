import Testing

@testable import Dashboard

struct MovingStories {
  private static let fifty =
    "listing_id,platform,title\n" + (1...50).map { "L\($0),ebay,listing number \($0)\n" }.joined()

  @Test func aKeyHeldDownLeavesTheDetailPaneAloneUntilTheCursorRests() {
    var story = KeyStory(on: [Self.fifty], 120, 36)
    story.hold("j", times: 1)
    #expect(story.screen.contains("6 Listing 2 of 50"))
    story.hold("j", times: 5)
    // What is shown belongs together: the number, and the listing of that number.
    #expect(story.screen.contains("6 Listing 2 of 50"))
    #expect(story.screen.contains("id:ebay/L2"))
    #expect(story.current == "L7")
    _ = update(&story.state, .cursorRested)
    #expect(story.screen.contains("6 Listing 7 of 50"))
    #expect(story.screen.contains("id:ebay/L7"))
  }

  @Test func oneMoveAfterARestShowsTheListingAtOnce() {
    var story = KeyStory(on: [Self.fifty], 120, 36)
    story.press("j j")
    story.hold("j", times: 1)
    #expect(story.screen.contains("6 Listing 4 of 50"))
  }

  @Test func everyOtherKeyShowsTheListingItActsOn() {
    for key in ["v", "n", "5", "c", "Esc", "?"] {
      var story = KeyStory(on: [Self.fifty], 120, 36)
      story.hold("j", times: 4)
      story.hold(key, times: 1)
      #expect(!story.state.isMovingOn, "\(key)")
    }
  }

  @Test func aKeyHeldDownAtTheEndDoesNotKeepAnOldListing() {
    var story = KeyStory(on: [Self.fifty], 120, 36)
    story.press("G")
    story.hold("j", times: 3)
    #expect(story.screen.contains("6 Listing 50 of 50"))
  }

  @Test func aMoveOverTheEdgeTurnsTheTableByHalfAPage() {
    var story = KeyStory(on: [Self.fifty], 120, 36)
    let rows = story.state.tableRows
    for _ in 1..<rows { story.press("j") }
    #expect(story.state.table.top == 0)
    story.press("j")
    #expect(story.state.table.cursor == rows)
    #expect(story.state.table.top == rows - rows / 2)
    for _ in 0..<(rows / 2 - 1) { story.press("j") }
    #expect(story.state.table.top == rows - rows / 2)
    // Never further than to the last listing.
    story.press("G")
    #expect(story.state.table.top == 50 - rows)
  }
}
