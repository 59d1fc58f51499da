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

  // MARK: A verdict key while listings are marked

  @Test func aVerdictWhileOthersAreMarkedAsksWhichAreMeant() {
    var story = KeyStory()
    story.press("Space Space c")
    #expect(story.filings.isEmpty)
    #expect(story.screen.contains("2 marked listings."))
    #expect(story.screen.contains("The line under the cursor is not"))
    #expect(story.screen.contains("confirm the 2 marked"))
    #expect(story.screen.contains("only this line; not asked again"))
    story.press("Esc")
    #expect(story.filings.isEmpty && story.state.marked.count == 2)
    story.press("x Enter")
    #expect(story.wanted == ["file false_positive: 1 2"])
    #expect(story.state.marked.isEmpty)
  }

  @Test func theAnswerThatMeansTheLineHoldsUntilTheMarksChange() {
    var story = KeyStory()
    story.press("Space Space c 1")
    #expect(story.wanted == ["file confirmed: 3", "remember 4"])
    #expect(story.state.marked.rows == [0, 1])
    story.press("x")
    #expect(story.filings.count == 2 && story.state.mode == .browsing)
    story.press("Space c")
    #expect(story.filings.count == 2 && story.screen.contains("3 marked listings"))
  }

  /// What was decided by itself is not decided once more with the others.
  @Test func aMarkedLineThatIsDecidedAloneLosesItsMark() {
    var story = KeyStory()
    story.press("Space Space k c")
    #expect(story.screen.contains("The line under the cursor is one of them."))
    story.press("1")
    #expect(story.wanted.contains("file confirmed: 2"))
    #expect(story.state.marked.rows == [0])
    story.press("x")
    #expect(story.state.mode == .browsing, "it is not asked again")
  }

  /// Also where it was said before that verdict keys mean the line.
  @Test func whatIsDecidedByItselfIsNoLongerMarkedHowever() {
    var story = KeyStory()
    story.press("Space Space j c 1")
    #expect(story.state.marked.rows == [0, 1])
    story.press("g c")
    #expect(story.state.mode == .browsing && story.state.marked.rows == [1])
    story.saveAll()
    story.press("g j i 1")
    #expect(story.state.marked.isEmpty)
  }

  /// Taken back is only what is there.
  @Test func withdrawingTouchesOnlyMarkedListingsWithAVerdict() {
    var story = KeyStory()
    story.press("c")
    story.saveAll()
    story.press("g Space Space Space Backspace")
    #expect(story.screen.contains("3 marked listings. 1 of them has a verdict."))
    story.press("Enter")
    #expect(story.filings.map(\.keys.count) == [1])
    story.saveAll()
    story.press("g Space Space Backspace")
    #expect(story.state.mode == .browsing && story.bottomLine.contains("None of the marked listings has a verdict"))
  }

  @Test func aRangeIsDecidedTogetherWithoutMarkingItFirst() {
    var story = KeyStory()
    story.press("v j ; c")
    #expect(story.wanted == ["file confirmed: 1 2"])
  }

  @Test func aReasonGoesToAllThatIsMarked() {
    var story = KeyStory()
    story.press("Space Space r 1")
    #expect(story.filings.isEmpty && story.screen.contains("the 2 marked"))
    story.press("Enter")
    #expect(story.filings.count == 1)
    guard case .verdict(.falsePositive, let reason) = story.filings[0].what else {
      Issue.record("\(story.filings[0].what)")
      return
    }
    #expect(reason != nil && story.filings[0].keys.count == 2)
  }

  @Test func aMarkedLineByItselfIsDecidedWithoutAQuestion() {
    var story = KeyStory()
    story.press("Space k c")
    #expect(story.wanted == ["file confirmed: 1", "remember 2"])
    #expect(story.state.marked.isEmpty)
  }

  @Test func manyMarkedListingsAskForTheirNumberHereToo() {
    var story = KeyStory(on: [SampleListings.many(120)], 120, 36)
    story.press("* c Enter")
    #expect(story.filings.isEmpty && story.screen.contains("Number of listings (120):"))
    story.press("Enter")
    #expect(story.filings.isEmpty && story.screen.contains("Type the number 120 first"))
    story.press("1 2 0 Enter")
    #expect(story.filings.map(\.keys.count) == [120])
  }

  @Test func aVerdictInARangeIsForTheRange() {
    var story = KeyStory()
    story.press("v j j c")
    #expect(story.filings.isEmpty && story.screen.contains("confirm the 3 marked"))
    #expect(story.state.rangeAnchor == nil)
    story.press("Enter")
    #expect(story.wanted == ["file confirmed: 1 2 3"])
  }

  @Test func whatIsDoneWithMarksIsNamedWhileThereAreAny() {
    var story = KeyStory()
    #expect(!story.bottomLine.contains("decide the marked"))
    story.press("Space j")
    #expect(story.bottomLine.hasPrefix(" ; decide the marked  c confirm"))
  }

  @Test func theRangeThatWasBegunIsSeen() {
    var story = KeyStory()
    story.press("v j j")
    #expect(story.bottomLine.contains("Range of 3 lines"))
    #expect(story.screen.split(separator: "\n").count { $0.contains("·*") } == 3)
    story.press("Esc")
    #expect(!story.bottomLine.contains("Range") && !story.screen.contains("·*"))
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
