import Casework
import Dashboard
import Listings
import Testing

/// What a verdict does on the screen, and what only the disk may do.
struct TriageStories {
  /// Mending an earlier decision is an errand: the work goes on where it was.
  @Test func afterAnEarlierDecisionIsMendedTheWorkGoesOnWhereItWas() {
    var story = KeyStory()
    story.press("c c c")
    story.saveAll()
    #expect(story.current == "4")
    story.press("H j j Enter")
    #expect(story.current == "1")
    story.press("x")
    #expect(story.wanted.first == "file false_positive: 1" && story.current == "4")
    // Gone back to and left again, a decision is nothing special.
    story.saveAll()
    story.press("H j Enter j j")
    #expect(story.current == "5")
    story.press("c")
    #expect(story.current == "6")
  }

  /// A redo that there was nothing for leaves nothing more to undo.
  @Test func anEmptyRedoOpensNoWayToOtherDays() {
    var story = KeyStory()
    story.press("U U")
    story.tell(.undoRefused("There is nothing to redo"))
    story.tell(.undoRefused("There is nothing to redo"))
    story.press("u")
    #expect(story.wanted == [] && story.screen.contains("Undo the last decision before that?"))
  }

  /// A held key takes back what was decided since the start, and nothing of other days.
  @Test func undoStopsAtTheStartOfTheSession() {
    var story = KeyStory()
    story.press("c x")
    story.saveAll()
    story.press("u")
    #expect(story.wanted == ["undo"])
    story.press("u")
    #expect(story.wanted == ["undo"])
    story.press("u")
    #expect(story.wanted == [] && story.screen.contains("Undo the last decision before that?"))
    story.press("u")
    #expect(story.wanted == [] && story.bottomLine.contains("Nothing was changed"))
    story.press("u Enter")
    #expect(story.wanted == ["undo"])
    story.press("c u")
    #expect(story.wanted == ["undo"])
  }

  @Test func aVerdictIsPaintedSavedOnlyAfterTheCasebookAnswers() {
    var story = KeyStory()
    story.press("c")
    #expect(story.wanted == ["file confirmed: 1", "remember 2"])
    #expect(story.frame.role(ofMarkAt: 0, story.state) == .saving)
    #expect(story.state.counts.confirmed == 0)
    #expect(story.topLine.contains("1 saving"))
    story.save()
    #expect(story.frame.role(ofMarkAt: 0, story.state) == .confirmed)
    #expect(story.state.counts.confirmed == 1)
    #expect(!story.topLine.contains("saving"))
  }

  @Test func eachVerdictGoesOnToTheNextUndecidedListing() {
    var story = KeyStory()
    story.press("c x s")
    #expect(story.current == "4")
    #expect(story.filings.map(\.keys).map { story.name(of: $0[0]) } == ["1", "2", "3"])
    story.saveAll()
    #expect(story.marks == "✓✗?···")
    story.press("g N")
    #expect(story.current == "4")
  }

  @Test func theLettersOnTheSameKeysOfARussianKeyboardWork() {
    var story = KeyStory()
    story.press("с ч ы")
    story.saveAll()
    #expect(story.marks == "✓✗?···")
  }

  @Test func theLastUndecidedListingIsFollowedByASentence() {
    var story = KeyStory()
    story.press("c c c c c c")
    #expect(story.state.notice?.text == "Every listing shown is decided")
    story.saveAll()
    story.press("N")
    #expect(story.state.notice?.text == "Every listing shown is decided")
  }

  @Test func aListingSeenInTwoFilesIsFiledOnceAndIsOneLine() {
    var story = KeyStory(on: [SampleListings.six, SampleListings.again])
    story.press("G x")
    #expect(story.wanted.first == "file false_positive: 6")
    #expect(story.marks == "·····x")
    #expect(story.frame.role(ofMarkAt: 5, story.state) == .saving)
    story.save()
    #expect(story.marks == "·····✗")
    #expect(story.frame.role(ofMarkAt: 5, story.state) == .falsePositive)
    #expect(story.topLine.contains("0 ✓  1 ✗  0 ?"))
  }

  @Test func aRefusedVerdictShowsItsSentenceAndDoesNotCount() {
    var story = KeyStory()
    story.press("c")
    story.refuse("The disk is full; nothing was saved")
    #expect(story.marks.hasPrefix("!·"))
    #expect(story.bottomLine.contains("The disk is full"))
    #expect(story.topLine.contains("1 NOT SAVED"))
    #expect(story.state.counts.confirmed == 0)
    story.press("k")
    #expect(story.screen.contains("NOT SAVED: The disk is full"))
    #expect(story.topLine.contains("1 NOT SAVED"))
    // A look at all rows anew must not make it stand.
    story.tell(
      .grew(to: story.state.dataset))
    #expect(story.state.counts.confirmed == 0)
    story.press("c")
    story.save()
    #expect(story.marks.hasPrefix("✓·"))
    #expect(!story.topLine.contains("NOT SAVED"))
  }

  @Test func theSecondOfTwoActsOnAListingStaysOnItsWay() {
    var story = KeyStory()
    story.press("c k x")
    story.save()
    #expect(story.frame.role(ofMarkAt: 0, story.state) == .saving)
    #expect(story.marks.hasPrefix("x"))
    story.save()
    #expect(story.frame.role(ofMarkAt: 0, story.state) == .falsePositive)
  }

  @Test func undoReturnsToTheListing() {
    var story = KeyStory()
    story.press("c c c")
    story.saveAll()
    story.press("G u")
    #expect(story.wanted == ["undo"])
    story.takeBack()
    #expect(story.current == "3")
    #expect(story.marks == "✓✓····")
    #expect(story.bottomLine.contains("undid: 1 listing confirmed"))
  }

  @Test func undoAndRedoGoThroughAllThatWasDecidedAndNoFurther() {
    var story = KeyStory()
    story.press("c x")
    story.saveAll()
    story.press("u u")
    story.takeBack()
    story.takeBack()
    #expect(story.marks == "······")
    #expect(story.current == "1")
    story.takeBack()
    #expect(story.bottomLine.contains("nothing to undo"))
    story.press("U")
    #expect(story.wanted == ["redo"])
    story.doAgain()
    #expect(story.marks == "✓·····")
    #expect(story.bottomLine.contains("redid: 1 listing confirmed"))
    story.press("G s")
    story.save()
    // What was decided since ends what could be done again.
    story.doAgain()
    #expect(story.marks == "✓····?")
    #expect(story.bottomLine.contains("nothing to redo"))
  }

  @Test func undoReturnsToAListingThatTheFilterHidUntilThen() {
    var story = KeyStory()
    story.press("/")
    story.type("is:unreviewed")
    story.press("Enter j c")
    story.save()
    #expect(story.shown == ["1", "3", "4", "5", "6"])
    #expect(story.current == "3")
    story.press("G u")
    story.takeBack()
    #expect(story.shown == ["1", "2", "3", "4", "5", "6"])
    #expect(story.current == "2")
  }

  @Test func undoOfAListingThatTheFilterHidesSaysSoAndJumpsNowhereLater() {
    var story = KeyStory()
    story.press("c")
    story.save()
    story.press("/")
    story.type("platform:larets")
    story.press("Enter j")
    story.press("u")
    story.takeBack()
    #expect(story.bottomLine.contains("the filter does not show it"))
    #expect(story.current == "6")
    story.press("0")
    #expect(story.current == "6")
  }

  @Test func whatNeedsReviewIsWalkedWithoutAJump() {
    var story = KeyStory(on: [SampleListings.many(60)])
    story.press("/")
    story.type("is:unreviewed")
    story.press("Enter j j j")
    for number in 4...20 {
      #expect(story.current == "\(number)")
      let line = story.state.table.cursor - story.state.table.top
      story.press(["c", "x", "s"][number % 3])
      story.save()
      #expect(story.current == "\(number + 1)")
      #expect(abs(story.state.table.cursor - story.state.table.top - line) <= 1)
    }
  }

  @Test func aReasonIsFiledWithTheVerdict() {
    var story = KeyStory()
    story.press("r")
    #expect(story.screen.contains("wanted advert"))
    story.press("3")
    #expect(story.wanted.first == "file false_positive wanted_advert: 1")
    story.press("r j j Enter")
    #expect(story.wanted.first == "file false_positive wanted_advert: 2")
    story.press("r Esc")
    #expect(story.wanted == [])
  }

  @Test func aVerdictCanBeTakenBackAndOnlyWhereThereIsOne() {
    var story = KeyStory()
    story.press("Backspace")
    #expect(story.wanted == [])
    #expect(story.state.notice?.kind == .warned)
    story.press("c k Backspace")
    #expect(story.wanted.first == "file unreviewed: 1")
    story.saveAll()
    #expect(story.marks == "······")
  }

  @Test func aVerdictThatArrivesWhileAllAreLookedUpIsNotLost() {
    var story = KeyStory()
    story.press("c")
    story.save()
    story.answersAtOnce = false
    story.tell(
      .grew(to: story.state.dataset))
    #expect(story.wanted == ["evaluate «» by file", "place 1"])
    story.press("x")
    story.save()
    story.answerAll()
    #expect(story.marks == "✓✗····")
  }

  @Test func aColleaguesVerdictAppearsWithoutMovingAnything() {
    var story = KeyStory()
    story.press("j j")
    let key = story.key(of: "1")
    story.tell(
      .filed(
        FiledTransaction(
          kind: .seenFromOthers, statuses: [key: .saved(ReviewStatus(verdict: .unsure), 9)], keys: [key], sentence: ""))
    )
    #expect(story.marks == "?·····")
    #expect(story.current == "3")
    #expect(story.state.notice == nil)
  }

  @Test func aListingThatLeavesTheFilterByItsVerdictIsNotLost() {
    var story = KeyStory()
    story.press("/")
    story.type("is:unreviewed")
    story.press("Enter x")
    story.save()
    #expect(story.bottomLine.contains("is false positive, no longer shown; u undoes"))
    // Where the filter goes on showing it, nothing is said.
    story.press("0 c")
    story.save()
    #expect(!story.bottomLine.contains("no longer shown"))
  }
}
