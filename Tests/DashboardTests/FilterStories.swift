import Dashboard
import Filters
import Listings
import Testing
import Workspace

/// The filter: typed, chosen in panes, answered late, and what happens to the cursor meanwhile.
struct FilterStories {
  @Test func everyLetterAsksAnewAndTheListingUnderTheCursorStays() {
    var story = KeyStory()
    story.press("j j j / ")
    story.type("shell")
    #expect(story.wanted == ["evaluate «shell» by file"])
    #expect(story.shown == ["4"])
    #expect(story.current == "4")
    story.press("Enter")
    #expect(story.state.mode == .browsing)
    #expect(story.state.filter.text == "shell")
    story.press("0")
    #expect(story.current == "4")
  }

  @Test func halfAWordThatHidesTheListingDoesNotLoseIt() {
    var story = KeyStory()
    story.press("j /")
    story.type("is")
    #expect(story.state.filter != .everything)
    story.type(":unreviewed")
    #expect(story.current == "2")
    story.press("Enter j")
    #expect(story.current == "3")
  }

  @Test(arguments: ["", "j", "G", "j j"]) func aNewOrderBeginsAtItsBeginningWhereverOneWas(keys: String) {
    var story = KeyStory()
    story.press(keys)
    let listing = story.current
    story.press("S 3")
    #expect(story.current == story.shown.first)
    #expect(story.state.table.top == 0)
    story.press("b")
    #expect(story.current == listing)
    story.press("b")
    #expect(story.current == story.shown.first)
    story.press("j")
    let next = story.current
    story.press("/")
    story.type("is:unreviewed")
    story.press("Enter")
    #expect(story.current == next)
    story.press("S 3")
    #expect(story.current == story.shown.first)
  }

  @Test func keysPressedBeforeTheNewOrderIsThereDoNotKeepItFromItsBeginning() {
    var story = KeyStory(on: [SampleListings.many(200)])
    story.answersAtOnce = false
    story.press("^D S 3 j j")
    story.answerAll()
    #expect(story.state.table.cursor == 0)
    #expect(story.current == story.shown.first)
  }

  @Test func thereIsNothingToGoBackToBeforeAnOrderOrAJump() {
    var story = KeyStory()
    story.press("b")
    #expect(story.bottomLine.contains("nothing to go back to"))
    story.press("j j S 3 /")
    story.type("lamp")
    story.press("Enter b")
    #expect(story.bottomLine.contains("does not show the listing that you came from"))
  }

  @Test func escapeGivesTheFilterFromBeforeBackAndTheListingToo() {
    var story = KeyStory()
    story.press("j j /")
    story.type("platform:larets")
    #expect(story.shown == ["5", "6"])
    story.press("Esc")
    #expect(story.wanted == ["evaluate «» by file"])
    #expect(story.shown.count == 6)
    #expect(story.current == "3")
  }

  @Test func aBrokenFilterSaysSoAndKeepsTheLastGoodOne() {
    var story = KeyStory()
    story.press("/")
    story.type("platform:larets")
    story.type(" (")
    #expect(story.wanted == [])
    #expect(story.state.filter.text == "platform:larets")
    #expect(story.shown == ["5", "6"])
    #expect(story.bottomLine.contains("not closed"))
    story.press("Backspace")
    story.type("pirce:3")
    #expect(story.wanted == [])
    // `pirce` was a word for a moment; nobody looks for it.
    #expect(story.state.filter.text == "platform:larets")
    #expect(story.bottomLine.contains("did you mean price"))
    for _ in 0..<8 { story.press("Backspace") }
    #expect(!story.bottomLine.contains("did you mean"))
    #expect(story.state.filter.text == "platform:larets")
  }

  @Test func aConditionThatCannotBeReadStaysInTheLineWithTheNearestOne() {
    var story = KeyStory()
    story.press("/")
    story.type("platform:larets is:confrmed")
    #expect(story.state.filter.text == "platform:larets")
    #expect(story.bottomLine.contains("did you mean is:confirmed?"))
    story.press("Enter")
    #expect(story.state.mode != .browsing)
    for _ in 0..<4 { story.press("Backspace") }
    story.type("irmed")
    #expect(story.state.filter.text == "platform:larets is:confirmed")
    story.press("Enter")
    #expect(story.state.mode == .browsing)
  }

  @Test func aValueThatIsMistypedKeepsTheLastGoodOne() {
    var story = KeyStory()
    story.press("/")
    story.type("risk:>6")
    #expect(story.state.filter.text == "risk:7..")
    story.type("x")
    #expect(story.state.filter.text == "risk:7..")
  }

  @Test func anAnswerToAnOlderQuestionIsDropped() {
    var story = KeyStory()
    story.answersAtOnce = false
    story.press("/")
    story.type("la")
    #expect(story.questions.count == 2)
    story.answerNext()
    #expect(story.state.isEvaluating)
    #expect(story.state.order.count == 6)
    story.answerNext()
    #expect(!story.state.isEvaluating)
    #expect(story.shown == ["6"])
  }

  @Test func aListingThatTheFilterHidesGivesWayToTheNextShown() {
    var story = KeyStory()
    story.press("j /")
    story.type("-platform:hearthside")
    #expect(story.current == "3")
    story.press("Enter 0 G /")
    story.type("platform:hearthside")
    #expect(story.current == "2")
  }

  @Test func theOtherWayRoundIsANewOrderToo() {
    var story = KeyStory(on: [SampleListings.many(200)])
    story.press("^D ^D ^D")
    let listing = story.current
    story.press("S 3")
    #expect(story.wanted == ["evaluate «» by price descending"])
    #expect(story.current == story.shown.first)
    story.press("b")
    #expect(story.current == listing)
    story.press("S 3")
    #expect(story.wanted == ["evaluate «» by price"])
    #expect(story.current == story.shown.first)
  }

  @Test func rowsThatArriveMoveNothing() {
    var story = KeyStory(emptyAt: 80, 24)
    let whole = SampleListings.dataset([SampleListings.six, SampleListings.many(40)])
    story.tell(
      .datasetGrew(
        SampleListings.dataset([SampleListings.six]), Loading(bytesRead: 10, bytesTotal: 40), ProblemList(),
        problemRows: RowSet(noneOf: 6)))
    #expect(story.topLine.contains("reading 25 %"))
    story.press("j j")
    story.tell(
      .datasetGrew(
        whole, Loading(bytesRead: 40, bytesTotal: 40, isComplete: true), SampleProblems.list(1),
        problemRows: RowSet(noneOf: 46)))
    #expect(story.current == "3")
    #expect(story.state.order.count == 44, "two of the listings are in both files")
    #expect(story.topLine.contains("1 problem"))
    #expect(!story.topLine.contains("reading"))
  }

  @Test func aLongFilterShowsItsEndWhileItIsTyped() {
    var story = KeyStory(on: [SampleListings.six], 60, 20)
    story.press("/")
    story.type("platform:\"Hearthside\" -species:\"Loxodonta africana\" price:10..500 end")
    let line = story.frame.text(ofRow: 18)
    #expect(line.contains("500 end"))
    #expect(line.contains("‹"))
    #expect(story.frame.cursor?.row == 18)
    story.press("Home")
    #expect(story.frame.text(ofRow: 18).contains("platform:\"Hear"))
  }

  @Test func pastedTextIsTypedTextAndWhileBrowsingItDoesNothing() {
    var story = KeyStory()
    story.paste("ccxxq\r\n")
    #expect(story.wanted == [])
    #expect(story.filings.isEmpty)
    #expect(story.state.isRunning)
    #expect(story.state.notice?.kind == .warned)
    story.press("/")
    story.paste("shell\r\ncomb")
    #expect(story.state.filter.text == "shell comb")
  }

  @Test func tabCompletesTheNameOfAFieldAndThenItsValue() {
    var story = KeyStory()
    story.press("/ p")
    story.press("Tab")
    #expect(story.screen.contains("platform · posted · price"))
    story.type("la")
    story.press("Tab l Tab")
    #expect(story.state.filter.text == "platform:\"Larets\"")
    #expect(story.shown == ["5", "6"])
    story.press("Enter 0 /")
    story.type("-is:unrev")
    story.press("Tab")
    #expect(story.frame.textAtCursor.contains("-is:unreviewed"))
    story.type(" zzz")
    story.press("Tab")
    #expect(story.screen.contains("No field name begins with “zzz”"))
    story.press("Shift-Tab")
    #expect(story.state.mode.kind == .filterLine)
  }

  @Test func aValueIsWalkedToWhileItIsLookedFor() {
    var story = KeyStory()
    story.press("1 f a r Down Down x")
    #expect(story.state.mode.kind == .valueLine)
    #expect(story.state.facets.positions[.platform]?.find == "arx")
  }

  @Test func wordsOfTheFilterStandOutInTheTableAndInTheDetail() {
    var story = KeyStory()
    story.press("/")
    story.type("ivory")
    story.press("Enter")
    let frame = story.frame
    func hits(_ area: Range<Int>) -> Int {
      area.reduce(0) { sum, row in sum + (0..<80).count { frame[$0, row].role == .hit } }
    }
    let detail = story.state.layout.detail
    #expect(hits(0..<detail.row) == 5)
    #expect(hits(detail.row..<22) == 5)
    story.press("0 /")
    story.type("(shell OR comb) -ring")
    #expect(story.frame.roles(ofRow: 4).contains("hit×"))
  }
}

/// The facet panes: every choice is the typed filter, and the other way round.
struct FacetStories {
  @Test func aChosenValueIsTheTypedFilter() {
    var story = KeyStory()
    story.press("1 Enter")
    #expect(story.state.filter.text == "platform:\"ChoLang\"")
    #expect(story.wanted == ["evaluate «platform:\"ChoLang\"» by file"])
    #expect(story.shown == ["3", "4"])
    #expect(story.screen.contains("● ChoLang"))
    story.press("j Enter")
    #expect(story.state.filter.text == "platform:\"ChoLang\",\"Hearthside\"")
    story.press("Enter k Enter")
    #expect(story.state.filter == .everything)
    story.press("/")
    story.type("platform:\"ChoLang\"")
    #expect(story.screen.contains("● ChoLang"))
  }

  @Test func anExcludedValueIsTheTypedFilter() {
    var story = KeyStory()
    story.press("2 j -")
    let name = story.state.shownValues(of: .species)[1].name
    #expect(story.state.filter.text == "-species:\"\(name)\"")
    #expect(story.screen.contains("⊘"))
    story.press("-")
    #expect(story.state.filter == .everything)
  }

  @Test func backspaceClearsThisPanesPartOnly() {
    var story = KeyStory()
    story.press("1 Enter 4 Enter")
    #expect(story.state.filter.clauses.count == 2)
    story.press("Backspace")
    #expect(story.state.filter.text == "platform:\"ChoLang\"")
  }

  @Test func aValueIsFoundByTypingAndEscapeGoesBackToAll() {
    var story = KeyStory()
    story.press("2 f")
    story.type("manis")
    #expect(story.state.shownValues(of: .species).map(\.name) == ["Manis javanica"])
    #expect(story.frame.textAtCursor.contains("find: manis"))
    story.press("Enter Enter")
    #expect(story.shown == ["3"])
    story.press("Esc")
    #expect(story.state.shownValues(of: .species).count == 5)
    #expect(story.state.filter.text == "species:\"Manis javanica\"")
  }

  @Test func theCursorOfAPaneStaysOnItsValueWhenCountsChange() {
    var story = KeyStory(on: [SampleListings.many(60)])
    story.press("4 j j j")
    let name = story.state.shownValues(of: .sellerAlias)[3].name
    story.state.focus = .seller
    story.press("/")
    story.type("platform:larets")
    let place = story.state.facets.positions[.sellerAlias]!.list.cursor
    #expect(story.state.shownValues(of: .sellerAlias)[place].name == name)
  }

  @Test func aRangeOfPricesIsMovedWithArrowsAndKept() {
    var story = KeyStory()
    story.press("3 Home Left Left Left Left Left Left Left Left")
    #expect(story.screen.contains("5–10: 1"))
    story.press("Enter Right Right Right")
    #expect(story.state.filter.text == "price:5..<100")
    #expect(story.screen.contains("3 Price, USD: 5–100"))
    #expect(story.screen.contains("↔ 5–100: 2"))
    story.press("Enter Right Right")
    #expect(story.state.filter.text == "price:5..<100")
    #expect(story.shown == ["2", "4"])
    story.press("Backspace")
    #expect(story.state.filter == .everything)
  }

  @Test func eachEndOfTheRangeHasItsKeyAndTheyNeverCross() {
    var story = KeyStory()
    story.press("3 Left Left Left Left Left Left Left Left >")
    #expect(story.state.filter.text == "price:<10")
    story.press("Right Right Right <")
    #expect(story.state.filter.text == "price:50..")
    story.press("Right Right Right >")
    #expect(story.state.filter.text == "price:50..<1000")
    #expect(story.shown == ["1", "5"])
    story.press("Left Left Left <")
    #expect(story.state.filter.text == "price:50..<1000")
  }

  @Test func whatHasNoPriceAndWhatCouldNotBeReadAreChosenToo() {
    var story = KeyStory()
    story.press("3 j Enter")
    #expect(story.state.filter.text == "price:none")
    #expect(story.shown == ["6"])
    story.press("Enter j Enter")
    #expect(story.state.filter.text == "price:unread")
    #expect(story.shown == ["3"])
  }

  @Test(arguments: [(80, 24), (40, 10), (24, 6)])
  func theRangeCanBeReadOnEveryScreen(columns: Int, rows: Int) {
    var story = KeyStory(on: [SampleListings.six], columns, rows)
    story.press("3 < Right Right >")
    #expect(story.screen.contains("–"))
    #expect(story.state.filter.priceRange?.low != nil)
  }
}
