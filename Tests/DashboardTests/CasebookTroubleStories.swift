import Casework
import Listings
import Testing

@testable import Dashboard

/// The casebook is gone, or is not to be trusted, while somebody decides.
struct CasebookTroubleStories {
  private func lost(_ story: KeyStory, _ names: String...) -> Message {
    .casebookTroubled(
      CasebookTrouble(
        kind: .lost, short: "casebook gone", sentence: "ivory.casebook was deleted; it is kept in rescue.jsonl",
        unsaved: names.map { story.key(of: $0) }, keptIn: "rescue.jsonl"))
  }

  @Test func whatWasSavedInACasebookThatIsGoneIsShownAsSavedNoLonger() {
    var story = KeyStory()
    story.press("c x")
    story.saveAll()
    #expect(story.marks.hasPrefix("✓✗"))
    story.tell(lost(story, "1", "2"))
    #expect(story.marks.hasPrefix("!!"))
    #expect(story.topLine.contains("CASEBOOK GONE"))
    #expect(story.topLine.contains("2 NOT SAVED"))
    #expect(story.topLine.contains("0 ✓") || story.topLine.contains("0✓"))
    #expect(story.screen.contains("ivory.casebook was deleted"))
    story.press("g")
    #expect(story.screen.contains("NOT SAVED"))
  }

  @Test func whatIsDecidedThereafterIsShownAsNotSaved() {
    var story = KeyStory()
    story.tell(lost(story))
    story.press("c")
    story.refuse("ivory.casebook was deleted")
    #expect(story.marks.hasPrefix("!"))
  }

  @Test func aDecisionOnItsWayWhenTheCasebookIsLostStaysUntilItIsAnswered() {
    var story = KeyStory()
    story.press("c")
    story.saveAll()
    story.press("g x")
    story.tell(lost(story, "1"))
    #expect(story.marks.hasPrefix("x"))
    story.refuse("gone")
    #expect(story.marks.hasPrefix("!"))
    #expect(story.state.decisions.refusedCount == 1)
  }

  @Test func leavingNamesTheFileInWhichDecisionsAreKept() {
    var story = KeyStory()
    story.press("c")
    story.saveAll()
    story.tell(lost(story, "1"))
    story.press("q")
    #expect(story.state.isRunning)
    #expect(story.screen.contains("rescue.jsonl"))
    #expect(story.screen.contains("it stays there"))
    story.press("q")
    #expect(!story.state.isRunning)
  }

  @Test func aNamedCasebookTakesThemAndIsGoneOnWith() {
    var story = KeyStory()
    story.press("c")
    story.saveAll()
    story.tell(lost(story, "1"))
    story.press(":")
    story.type("rescue")
    story.press("Enter")
    #expect(story.screen.contains("Save to the casebook named"))
    story.type("new.casebook")
    story.press("Enter")
    #expect(story.wanted == ["rescue into new.casebook"])
    let filings = [story.key(of: "1"): Filing.saved(ReviewStatus(verdict: .confirmed), 2)]
    story.tell(
      .casebookChanged(ChangedCasebook(name: "new.casebook", filings: filings, sentence: "1 decision filed")))
    #expect(story.marks.hasPrefix("✓·"))
    #expect(!story.topLine.contains("GONE") && !story.topLine.contains("NOT SAVED"))
    #expect(story.topLine.contains("new.casebook"))
    story.press("q")
    #expect(!story.state.isRunning)
  }

  @Test func nothingIsRescuedWhereEverythingIsSaved() {
    var story = KeyStory()
    story.press(":")
    story.type("rescue")
    story.press("Enter")
    #expect(story.bottomLine.contains("Everything you decided is in the casebook"))
  }

  @Test(arguments: ["c", "x", "s", "r", "n", "u", "U", "Backspace"])
  func aCasebookThatIsNotToBeTrustedTakesNoDecisionAndSaysWhy(key: String) {
    var story = KeyStory()
    story.tell(
      .casebookTroubled(
        CasebookTrouble(kind: .untrusted, short: "casebook read-only", sentence: "its trigger x is missing")))
    #expect(story.topLine.contains("CASEBOOK READ-ONLY"))
    story.press(key)
    #expect(story.wanted == [])
    #expect(story.state.mode == .browsing)
    #expect(story.bottomLine.contains("its trigger x is missing"))
    story.press("q")
    #expect(!story.state.isRunning)
  }
}
