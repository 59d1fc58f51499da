import Casework
import Filters
import Listings
import TerminalIO
import Testing

@testable import Dashboard

/// Text that is typed for a line never decides anything, whatever has become of the line meanwhile.
struct TypingStories {
  private func story() -> KeyStory {
    var story = KeyStory()
    story.wait(10_000)
    return story
  }

  @Test func tabStaysInTheFilterLine() {
    var story = story()
    story.press("/")
    story.type("plat", every: 90)
    story.press("Tab")
    #expect(story.frame.textAtCursor.contains("platform:"))
    story.type("cs", every: 90)
    #expect(story.filings.isEmpty)
    #expect(story.state.filter.text == "platform:cs")
  }

  @Test(arguments: ["Esc", "^C"]) func lettersThatFollowTheEndOfALineAreNoVerdicts(key: String) {
    var story = story()
    story.press("/")
    story.type("ivory", every: 90)
    story.wait(90)
    story.press(key)
    story.type("carved", every: 120)
    #expect(story.filings.isEmpty)
    #expect(story.state.mode == .browsing)
    #expect(story.bottomLine.contains("too soon after \(key) closed the filter line: not a decision"))
    story.wait(500)
    story.press("c")
    #expect(story.filings.count == 1)
  }

  @Test func afterEnterALetterIsAVerdictAtOnce() {
    var story = story()
    story.press("/")
    story.type("comb", every: 90)
    story.press("Enter")
    story.wait(30)
    story.press("c")
    #expect(story.wanted.first == "file confirmed: 4")
  }

  @Test func movingSearchingAndLeavingNeedNoPauseAfterEscape() {
    var story = story()
    story.press("/ Esc j j /")
    #expect(story.current == "3")
    #expect(story.state.mode.kind == .filterLine)
    story.type("comb", every: 20)
    story.press("Esc q")
    #expect(!story.state.isRunning)
  }

  @Test func withoutAClockNothingIsTooSoon() {
    var story = KeyStory()
    story.press("/ Esc c")
    #expect(story.filings.count == 1)
  }

  @Test func aSecondAnswerToAQuestionIsNoVerdictOnTheNextListing() {
    var story = story()
    story.press("Space ;")
    story.wait(800)
    story.press("x")
    #expect(story.filings.count == 1)
    story.wait(150)
    story.press("x")
    #expect(story.filings.count == 1)
    #expect(story.bottomLine.contains("the question was answered"))
  }

  @Test func reasonsAreChosenAsFastAsOneTypes() {
    var story = story()
    for _ in 0..<3 {
      story.press("r")
      story.wait(60)
      story.press("3")
      story.wait(60)
    }
    #expect(story.filings.count == 3)
  }

  @Test func aFormThatClosesByItselfTakesNoLettersAlong() {
    var story = story()
    story.press("c")
    story.save()
    story.press("P")
    story.wait(1000)
    story.press("^S")
    story.type("ex", every: 100)
    story.tell(.packetWritten(paths: ["here"], listings: 1))
    #expect(story.state.mode == .browsing)
    story.type("ecs", every: 100)
    #expect(story.filings.isEmpty)
    #expect(story.state.mode == .browsing)
    #expect(story.bottomLine.contains("the packet form closed by itself"))
  }

  @Test func aQuestionThatAppearsWhileOneTypesIsNotAnsweredByALetter() {
    var story = story()
    story.answersAtOnce = false
    story.press("a")
    story.answerWordTrial()
    story.press("Tab Tab Tab ivory".replacing("ivory", with: "i v o r y"))
    while !story.wordTrials.isEmpty { story.answerWordTrial() }
    story.press("Enter")
    story.type("or", every: 100)
    while !story.wordTrials.isEmpty { story.answerWordTrial() }
    #expect(story.state.mode.kind == .wordQuestion)
    story.type("y", every: 100)
    #expect(story.wanted == [])
    #expect(story.state.mode.kind == .wordQuestion)
    story.wait(500)
    story.press("y")
    #expect(story.wanted.first?.hasPrefix("add") == true)
  }

  @Test func aListingThatCameUnderTheCursorUnseenIsNotDecided() {
    var story = story()
    story.answersAtOnce = false
    story.press("S")
    story.press("3")
    story.wait(40)
    story.answerAll()
    let came = story.current
    // Pressed before the new order was drawn.
    story.press("c")
    #expect(story.filings.isEmpty)
    #expect(story.bottomLine.contains("changed as c was pressed"))
    story.wait(1)
    story.press("c")
    #expect(story.wanted.first == "file confirmed: \(came)")
  }

  @Test func aSheetThatIsAboutNoListingOpensAlsoAsTheListingChanges() {
    var story = story()
    story.answersAtOnce = false
    story.press("S")
    story.press("3")
    story.wait(40)
    story.answerAll()
    story.press("M")
    #expect(story.state.mode.kind == .columns)
  }
}

/// Keys that are read at once: typed ahead on a slow link, or pasted.
struct BurstStories {
  @Test(arguments: [
    ("c c c", 3), ("j j j c", 1), ("c x s", 3), ("x Down x Down x", 3), ("j c j c", 2), ("с ч", 2), ("c c c c c c", 6),
  ])
  func verdictsTypedAheadAreFiled(keys: String, count: Int) {
    var story = KeyStory()
    story.readAtOnce(keys)
    #expect(story.state.decisions.savingCount == count)
  }

  @Test(arguments: [
    "cat", "six", "Carved ivory ring", "next: ecru silk", "sus", "scarce", "https://hearthside.example/1", "c\n",
    "x\ncs",
    "5c", "; c", " ;c", "*;x", "r3r3", "nice\n", "exotic\n", "uncut", ":c\n", "rc", "a\ty", "P\n\n\n\nx", "象牙 c", "c c",
    "m/c\nc\n", "/lamp\nc\nx", "q/c", "css\n", "Mx\n", "LLx w", "cu",
  ])
  func textThatIsReadAtOnceDecidesNothing(text: String) {
    var story = KeyStory()
    story.press("j")
    story.readTextAtOnce(text)
    #expect(story.state.decisions.savingCount == 0, "\(text): \(story.wanted)")
    #expect(story.state.decisions.statuses.isEmpty)
    #expect(story.state.isRunning)
    #expect(!story.wanted.contains { $0 == "undo" || $0.hasPrefix("add") || $0.hasPrefix("packet") }, "\(text)")
  }

  @Test func pastedTextThatIsNotSaidToBeOneDoesNothingAtAll() {
    var story = KeyStory()
    story.press("j")
    let before = story.state.table
    story.readTextAtOnce("jade Vase, 2RM\nSize: j7\n")
    #expect(story.state.table == before)
    #expect(story.state.mode == .browsing)
    #expect(!story.state.detail.isLensOn)
    #expect(story.state.focus == .listings)
    #expect(story.screen.contains("24 keys came at once, as pasted text does: none of them acted"))
    story.wait(10_000)
    story.readTextAtOnce("Vase Quilt")
    story.type("c", every: 100)
    #expect(story.filings.isEmpty)
  }

  @Test func aFilterTypedAheadIsAFilter() {
    var story = KeyStory()
    story.readTextAtOnce("jj/comb\n")
    #expect(story.state.filter.text == "comb")
    #expect(story.state.mode == .browsing)
    #expect(story.shown == ["4"])
  }

  @Test func commandsTypedAheadThatDecideNothingAct() {
    var story = KeyStory()
    story.readAtOnce("g j S 3")
    #expect(story.wanted == ["evaluate «» by price descending"])
    story.readAtOnce("j n")
    #expect(story.state.mode.kind == .note)
  }

  @Test func aNoteIsNotFiledByALineBreakOfPastedText() {
    var story = KeyStory()
    story.press("n")
    story.readTextAtOnce("first line\nsecond cs\n")
    #expect(story.filings.isEmpty)
    #expect(story.state.mode.kind == .note)
    story.press("Enter")
    #expect(story.wanted == ["note «first line second cs»: 1"])
  }

  @Test func aNoteTypedAheadIsFiledByItsEnter() {
    var story = KeyStory()
    story.press("n")
    story.readTextAtOnce("same seller\n")
    #expect(story.wanted == ["note «same seller»: 1"])
  }

  @Test func aQuestionIsNotAnsweredBeforeItWasSeen() {
    var story = KeyStory()
    story.press("*")
    story.readAtOnce("; c")
    #expect(story.filings.isEmpty)
    #expect(story.state.mode.kind == .question)
    #expect(story.screen.contains("it decided nothing"))
    story.press("c")
    #expect(story.filings.count == 1)
  }

  @Test(arguments: ["Tab Tab 6 j k q", "Esc q", "g q"]) func theWayOutMayBeTypedAhead(keys: String) {
    var story = KeyStory()
    story.readAtOnce(keys)
    #expect(!story.state.isRunning)
  }

  @Test func altWithALetterIsNoVerdict() {
    var story = KeyStory()
    story.readAtOnce("Esc c")
    #expect(story.filings.isEmpty)
    story.press("/")
    story.readAtOnce("Esc x")
    #expect(story.filings.isEmpty)
  }

  @Test func verdictsTypedAheadReachOnlyListingsThatWereOnTheScreen() {
    var story = KeyStory(on: [SampleListings.many(200)])
    let rows = story.state.tableRows
    story.readAtOnce(Array(repeating: "c", count: 40).joined(separator: " "))
    #expect(story.filings.count == rows)
    #expect(story.state.notice?.text.contains("before this listing was on the screen") == true)
    story.readAtOnce("PgDn PgDn x")
    #expect(story.filings.count == rows)
  }

  @Test func whereTheTableIsNotShownOnlyTheListingReadCanBeDecided() {
    var story = KeyStory(on: [SampleListings.six], 40, 10)
    story.press("6")
    story.readAtOnce("c c c")
    #expect(story.filings.count == 1)
  }
}
