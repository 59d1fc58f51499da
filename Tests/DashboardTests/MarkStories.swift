import Dashboard
import Listings
import Testing

/// Marks, ranges, and one act on many listings.
struct MarkStories {
  @Test func spaceMarksAndGoesOn() {
    var story = KeyStory()
    story.press("Space Space j Space")
    #expect(story.state.marked.rows == [0, 1, 3])
    #expect(story.topLine.contains("*3") || story.topLine.contains("3 marked"))
    story.press("g Space")
    #expect(story.state.marked.rows == [1, 3])
  }

  @Test func aRangeMarksAllBetweenItsEndsInEitherDirection() {
    var story = KeyStory()
    story.press("j j j v k k Space")
    #expect(story.state.marked.rows == [1, 2, 3])
    #expect(story.bottomLine.contains("3 marked"))
    #expect(story.state.rangeAnchor == nil)
    story.press("v j Esc")
    #expect(story.state.rangeAnchor == nil)
    #expect(story.state.marked.rows == [1, 2, 3])
  }

  @Test func aRangeGoesOnFromItsListingInANewOrder() {
    var story = KeyStory()
    story.press("v S 3")
    #expect(story.shown == ["5", "1", "4", "2", "3", "6"])
    story.press("j Space")
    #expect(story.state.marked.rows == [0, 3])
  }

  @Test func allShownAreMarkedAndUnmarked() {
    var story = KeyStory()
    story.press("/")
    story.type("platform:larets")
    story.press("Enter *")
    #expect(story.state.marked.rows == [4, 5])
    story.press("0 *")
    #expect(story.state.marked.count == 6)
    story.press("*")
    #expect(story.state.marked.isEmpty)
    #expect(story.bottomLine.contains("No listing is marked"))
  }

  @Test func aBulkActAsksAndNamesTheCountWhatIsHiddenAndWhatIsDecided() {
    var story = KeyStory()
    story.press("c")
    story.save()
    story.press("* /")
    story.type("platform:larets")
    story.press("Enter ;")
    #expect(story.wanted == [])
    let words = story.screen.split(separator: "\n").joined(separator: " ")
    #expect(words.contains("6 marked listings, 4 of them not shown by the filter"))
    #expect(words.contains("already decided"))
    #expect(story.screen.contains("false positive"))
    story.press("Esc")
    #expect(story.wanted == [])
    #expect(story.state.marked.count == 6)
    #expect(story.filings.isEmpty)
    #expect(story.bottomLine.contains("Nothing was changed"))
  }

  @Test(arguments: [("c", "confirmed"), ("x", "false_positive"), ("s", "unsure"), ("ы", "unsure")])
  func aBulkActIsOneFilingAndOneUndo(key: String, verdict: String) {
    var story = KeyStory()
    story.press("j Space Space ;")
    story.press(key)
    #expect(story.wanted == ["file \(verdict): 2 3"])
    #expect(story.state.marked.isEmpty)
    #expect(story.current == "4")
    #expect(story.topLine.contains("2 saving"))
    story.save()
    #expect(story.bottomLine.contains("2 listings"))
    story.press("G u")
    story.takeBack()
    #expect(story.marks == "······")
    #expect(story.current == "2")
    // Marked again, they can be given the right verdict at once; redoing takes the marks away.
    #expect(story.state.marked.rows == [1, 2] && story.bottomLine.contains("marked again"))
    story.press("^R")
    story.doAgain()
    #expect(story.state.marked.isEmpty)
  }

  @Test func undoLeavesMarksAloneThatWereMadeMeanwhile() {
    var story = KeyStory()
    story.press("Space Space ; c")
    story.save()
    story.press("G Space u")
    story.takeBack()
    #expect(story.state.marked.rows == [5])
  }

  @Test func moreThanAHundredListingsAskForTheirNumber() {
    var story = KeyStory(on: [SampleListings.many(120)], 120, 36)
    story.press("* ;")
    #expect(story.screen.contains("120 marked listings"))
    #expect(story.screen.contains("Number of listings (120):"))
    // The everyday key decides nothing, and neither does a wrong number.
    story.press("c")
    #expect(story.filings.isEmpty && story.screen.contains("Type the number 120 first"))
    story.press("1 2 1 x")
    #expect(story.filings.isEmpty)
    story.press("Backspace 0 x")
    #expect(story.filings.count == 1)
    #expect(story.bottomLine.contains("120 verdicts being saved"))
    story.press("* ; 1 Esc")
    #expect(story.filings.count == 1 && story.bottomLine.contains("Nothing was changed"))
  }

  @Test func aHundredListingsAreDecidedByTheEverydayKey() {
    var story = KeyStory(on: [SampleListings.many(100)], 120, 36)
    story.press("* ; x")
    #expect(story.filings.count == 1)
  }

  @Test func theSameListingInTwoFilesIsCountedOnce() {
    var story = KeyStory(on: [SampleListings.six, SampleListings.again])
    story.press("G Space ;")
    #expect(story.screen.contains("1 marked listing."))
    #expect(story.state.marked.count == 2, "both of its rows are marked")
  }

  @Test func marksThatTheFilterAsksAboutAreAnsweredAnew() {
    var story = KeyStory()
    story.press("Space Space /")
    story.type("is:marked")
    story.press("Enter")
    #expect(story.shown == ["1", "2"])
    story.press("g Space")
    #expect(story.shown == ["2"])
    story.press(": ")
    story.type("unmark")
    story.press("Enter")
    #expect(story.shown == [])
    #expect(story.current == "none")
    #expect(story.screen.contains("no listing matches"))
  }

  @Test func theQuestionCanBeAnsweredOnASmallScreen() {
    var story = KeyStory(on: [SampleListings.six], 40, 10)
    story.press("* ;")
    #expect(story.screen.contains("6 marked listings"))
    for word in ["confirm", "false positive", "unsure", "change nothing"] { #expect(story.screen.contains(word)) }
  }
}
