import Casework
import Filters
import Listings
import Testing

@testable import Dashboard

/// A listing is one line, however often it was sighted.
struct SightingLineStories {
  private func story(_ columns: Int = 120, _ rows: Int = 36) -> KeyStory {
    KeyStory(on: [SampleListings.six, SampleListings.again, SampleListings.again], columns, rows)
  }

  @Test func aListingIsOneLineAndIsCountedOnce() {
    let story = story()
    #expect(story.shown == ["1", "2", "3", "4", "5", "6"])
    let platforms = story.state.shownValues(of: .platform)
    #expect(platforms.reduce(0) { $0 + $1.count } == 6)
  }

  @Test func aLineOpensInPlaceAndCloses() {
    var story = story()
    story.press("G o")
    #expect(story.shown == ["1", "2", "3", "4", "5", "6", "6", "6"])
    #expect(story.state.order.rows.suffix(3).sorted() == [5, 6, 7])
    #expect(story.screen.contains("▾3 "))
    #expect(story.screen.contains("├ "))
    #expect(story.screen.contains("└ "))
    #expect(story.state.shownCount == 6, "what is open is not counted")
    #expect(story.current == "6")
    story.press("G o")
    #expect(story.shown.count == 6)
    #expect(story.current == "6", "closing goes back to the line that stands for the listing")
  }

  @Test func aListingThatWasSeenOnceSaysSo() {
    var story = story()
    story.press("g o")
    #expect(story.shown.count == 6)
    #expect(story.bottomLine.contains("stands for one row"))
  }

  @Test func everyRowIsALineWhereThatIsAskedFor() {
    var story = story()
    story.press(": e v e r y - r Enter")
    #expect(story.shown.count == 8)
    #expect(story.screen.contains("8 of 8 rows"))
    #expect(story.screen.contains("1 Platform, rows"))
    story.press(": e v e r y - r Enter")
    #expect(story.shown.count == 6)
    #expect(story.screen.contains("6 of 6"))
  }

  @Test func aFilterForAnOlderFileShowsTheListingAsItWasThere() {
    var story = story()
    story.press("/")
    story.type("file:week2")
    story.press("Enter")
    #expect(story.shown == ["6"])
    #expect(story.state.order.rows == [6])
  }

  @Test func aVerdictOnAnEarlierSightingIsOnTheListing() {
    var story = story()
    story.press("G o G c")
    story.save()
    #expect(story.topLine.contains("1 ✓  0 ✗  0 ?"))
    #expect(story.marks.suffix(3) == "✓✓✓")
  }

  @Test func theCursorStaysOnItsListingWhileRowsBecomeListings() {
    var story = KeyStory(emptyAt: 120, 36)
    story.answersAtOnce = false
    story.tell(.grew(to: SampleListings.dataset([SampleListings.six, SampleListings.again])))
    while !story.questions.isEmpty { story.answerNext() }
    story.press("j j")
    #expect(story.current == "3")
    story.groupListings()
    while !story.questions.isEmpty { story.answerNext() }
    #expect(story.current == "3")
    #expect(story.state.table.cursor == 2)
  }

  @Test func theReviewsOfAValueAreSeenWithoutANewAnswer() {
    var story = story()
    let before = story.state.generation
    story.press("c")
    story.save()
    #expect(story.state.generation == before, "the filter was not asked again")
    let platform = story.state.dataset.shownText(of: .platform, at: 0)
    #expect(story.state.facets.reviews[.platform]?[platform] == ValueReviews(decided: 1, confirmed: 1))
    #expect(story.screen.contains("/"))
  }
}

/// What a decision needs is on the screen, whatever a scraper put into a cell.
struct BriefFactsStories {
  @Test func halfAPageInTheSellersCellLeavesTheTextInSight() {
    let seller = String(repeating: "Message seller, buy safely. ", count: 20)
    let story = KeyStory(
      on: [
        "listing_id,platform,title,description,price,currency,seller_alias\n1,Larets,ring,old tusk ring,3,USD,\"\(seller)\""
      ],
      80, 24)
    #expect(story.screen.contains("by Message seller, buy safely."))
    #expect(story.screen.contains("old tusk ring"))
  }
}

/// The weeks as a chart.
struct WeekChartStories {
  private func story() -> KeyStory {
    let days = ["2026-11-02", "2026-11-03", "2026-11-04", "2026-11-19", "2026-11-20", ""]
    let lines = days.enumerated().map { "\($0),Larets,ring \($0),3,USD,\($1)" }
    return KeyStory(
      on: ["listing_id,platform,title,price,currency,posted_at\n" + lines.joined(separator: "\n")], 100, 30)
  }

  @Test func everyWeekFromTheFirstToTheLastHasALine() {
    var story = story()
    story.press("F")
    #expect(story.state.chartedWeeks.map(\.name) == ["2026-W45", "2026-W46", "2026-W47", ""])
    #expect(story.state.chartedWeeks.map(\.count) == [3, 0, 2, 1])
    #expect(story.screen.contains("2026-W46"))
    #expect(story.screen.contains("no date"))
  }

  @Test func verdictsAreToldApartWithoutColours() {
    var story = story()
    story.press("c x s")
    story.saveAll()
    story.press("F")
    #expect(story.state.chartedWeeks[0].counts == [1, 1, 1, 0])
    #expect(story.screen.contains("✓1 ✗1 ?1"))
    for glyph in ["█", "▓", "▒", "░"] { #expect(story.screen.contains(glyph)) }
  }

  @Test func enterShowsTheListingsOfTheWeek() {
    var story = story()
    story.press("F j j Enter")
    #expect(story.state.filter.text == "week:2026-W47")
    #expect(story.shown.count == 2)
    story.press("F G Enter")
    #expect(story.state.filter.text == "week:none")
  }

  @Test func oneWrongDateMakesNoListOfCenturies() {
    var story = KeyStory(
      on: ["listing_id,platform,title,price,currency,posted_at\n1,L,a,1,USD,1970-01-02\n2,L,b,1,USD,2026-11-02"], 100,
      30)
    story.press("F")
    #expect(story.state.chartedWeeks.map(\.name) == ["1970-W01", "2026-W45"])
  }

  @Test(arguments: [(40, 10), (80, 24), (200, 50)]) func itFitsEveryScreen(columns: Int, rows: Int) {
    var story = story()
    story.resize(columns, rows)
    story.press("F")
    #expect(story.screen.contains("2026-W45"))
  }
}

/// What decides faster, and finds the way back.
struct TrailStories {
  @Test func theTrailGoesBackToAListingAndSaysWhatNoLongerStands() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("c s u")
    story.saveAll()
    story.press("x")
    story.saveAll()
    story.press("g H")
    #expect(story.screen.contains("✗ false positive"))
    story.press("Enter")
    #expect(story.state.mode == .browsing)
    #expect(story.current != "1")
    story.press("b")
    #expect(story.current == "1", "b goes back to where the jump began")
  }

  @Test func theLastDecisionIsRepeatedWithItsReason() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("r 4")
    story.press(".")
    #expect(story.wanted.first == "file false_positive legal_with_papers: 2")
  }

  @Test func aMistakeIsMendedFromTheQueueThatHidesIt() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("w c c")
    story.saveAll()
    let mistaken = story.state.trail[1].listing
    story.press("H j Enter")
    #expect(story.state.table.row.map { story.state.dataset.key(at: $0) } == mistaken)
    #expect(story.bottomLine.contains("The filter is set aside"))
    story.press("x")
    story.saveAll()
    #expect(story.state.decisions.status(before: mistaken).verdict == .falsePositive)
    story.press("b")
    #expect(story.state.isQueueShown, "the way back brings the queue back")
    story.press("b")
    #expect(story.state.isQueueShown)
  }

  @Test func tagsAreGivenToAllMarkedListings() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("Space Space t")
    #expect(story.screen.contains("Tags of 2 marked listings"))
    story.type("Ring-7, #Anna")
    story.press("Enter")
    #expect(story.wanted == ["describe tags anna,ring-7: 1 2"])
    story.saveAll()
    story.press("/")
    story.type("tag:ring-7")
    story.press("Enter")
    #expect(story.shown == ["1", "2"])
    story.press(": u n m a r k Enter t")
    #expect(story.screen.contains("anna ring-7"))
    story.type("!")
    story.press("Enter")
    #expect(story.bottomLine.contains("are no tags"))
  }

  @Test func aNoteThatWasNotBegunDecidesNothing() {
    var story = KeyStory.flagged([("ivory ring of old ivory", "ivory"), ("lamp", "")])
    story.press("6")
    story.wait(5_000)
    story.type("ncall sos", every: 180)
    #expect(story.filings.isEmpty, "c was part of a note that the typist believed to have begun")
    #expect(story.state.mode == .browsing)
    story.wait(1_000)
    story.press("c")
    #expect(story.filings.count == 1, "after a pause it is a decision")
  }

  @Test func whatWasUndoneIsNotRepeated() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("s")
    story.saveAll()
    story.press("x")
    story.saveAll()
    story.press("u")
    story.takeBack()
    story.press("G .")
    #expect(story.wanted.first == "file unsure: 6")
  }

  @Test func undoingNamesTheListing() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("c")
    story.saveAll()
    story.press("u")
    story.takeBack()
    #expect(story.bottomLine.contains("undid: 1 listing confirmed: “Carved ivory ring”"))
  }

  @Test func aConfirmationWithItsCertaintyIsOneStep() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("i 4")
    story.save()
    #expect(story.topLine.contains("1 ✓"))
    #expect(story.state.decisions.status(before: story.key(of: "1")).description[.species]?.value == "unidentifiable")
    story.press("u")
    story.takeBack()
    #expect(story.bottomLine.contains("undid: 1 listing confirmed"))
    #expect(story.state.decisions.status(before: story.key(of: "1")) == .none)
  }
}

/// What an analyst has got used to is there again, in whatever files.
struct HabitStories {
  @Test func columnsAreChosenMovedAndWidened() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    let before = TableColumn.chosen(for: 88, story.state).map(\.dimension.id)
    story.press("A")
    #expect(story.screen.contains("Columns of the table"))
    story.press("Space")
    let hidden = TableColumn.chosen(for: 88, story.state).map(\.dimension.id)
    #expect(hidden == Array(before.dropFirst()))
    story.press("Space j >")
    #expect(story.state.habits.columns?.map(\.id).prefix(3) == [before[0], before[2], before[1]])
    story.press("g + + +")
    let widened = TableColumn.chosen(for: 88, story.state)
    #expect(widened.first!.width > 0)
    #expect(Habits(fields: story.state.habits.fields) == story.state.habits)
    story.press("Backspace")
    #expect(story.state.habits.columns == nil)
    #expect(TableColumn.chosen(for: 88, story.state).map(\.dimension.id) == before)
  }

  @Test func columnsThatDoNotFitAreLeftOutAndTheTitleStays() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.state.habits.columns = Dimension.all.filter { $0.possibleColumn != nil && $0.id != "title" }
      .map { ChosenColumn(id: $0.id, width: 10) }
    for width in [10, 24, 40, 60, 88, 150] {
      let columns = TableColumn.chosen(for: width, story.state)
      let title = columns.first { $0.cell == .title }
      #expect(title != nil && title!.width >= min(12, width / 3), "\(width)")
      #expect(columns.allSatisfy { $0.start + $0.width <= width }, "\(width)")
    }
  }

  @Test func aColumnOfTheFileCanBeAColumnOfTheTable() {
    var story = KeyStory(
      on: ["listing_id,platform,title,price,currency,views\n1,Larets,ring,3,USD,1207\n2,Larets,comb,4,USD,88"], 120, 36)
    story.state.habits.columns = [ChosenColumn(id: "column:views", width: 6), ChosenColumn(id: "title")]
    #expect(story.screen.contains("1207"))
    #expect(story.screen.contains("views"))
  }

  @Test func filtersUsedBeforeAreFoundByAPart() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    for text in ["comb", "platform:larets", "ring"] {
      story.press("0 /")
      story.type(text)
      story.press("Enter")
    }
    #expect(story.state.habits.filters == ["ring", "platform:larets", "comb"])
    story.press("/ ^R")
    story.type("lar")
    story.press("Enter")
    #expect(story.state.filter.text == "platform:larets")
    #expect(story.state.habits.filters.first == "platform:larets")
    #expect(Habits(fields: story.state.habits.fields) == story.state.habits)
    story.press("/ ^R Tab")
    #expect(story.state.mode.kind == .filterLine)
  }

  @Test func whatWasTypedMeanwhileIsNewerThanWhatWasRemembered() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("/")
    story.type("comb")
    story.press("Enter")
    var old = Habits()
    old.columns = [ChosenColumn(id: "risk"), ChosenColumn(id: "title", width: 5)]
    story.tell(.habitsFound(Habits(fields: ["filter 0001": "ring", "filter 0002": "comb"].merging(old.fields) { $1 })))
    #expect(story.state.habits.filters == ["comb", "ring"])
    #expect(story.state.habits.columns?.first?.id == "risk")
  }

  @Test func aSavedViewHasItsColumns() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.state.habits.columns = [ChosenColumn(id: "seller_alias", width: 9), ChosenColumn(id: "title")]
    let view = story.state.currentView(named: "sellers")
    let stored = SavedViews.read(SavedViews.fields(of: [view], by: "rk"))
    #expect(stored == [view])
    story.state.habits.columns = nil
    _ = story.state.open(stored[0])
    #expect(story.state.habits.columns?.map(\.id) == ["seller_alias", "title"])
  }

  @Test func panesAndTheirOrdersComeBackWithTheFiles() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("1 B")
    story.type("week")
    story.press("Enter o")
    let position = SessionPosition(fields: story.state.position.fields)
    #expect(position == story.state.position)
    var next = KeyStory(emptyAt: 120, 36)
    next.tell(.casebookOpened([:], position, nil))
    next.tell(.grew(to: SampleListings.dataset([SampleListings.six])))
    #expect(next.screen.contains("1 Week"))
    #expect(next.state.facets.orders["week"] == .name)
  }
}

/// Lists of values in files.
struct ValueListStories {
  @Test func aFilterWaitsForItsListAndThenFindsItsValues() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("/")
    story.type("platform:@mine.tx")
    #expect(story.shown.isEmpty, "an alias that begins with @ is no list")
    story.type("t")
    #expect(story.wanted == ["read list mine.txt"])
    #expect(story.bottomLine.contains("the list mine.txt at column 10 is not read yet"))
    story.tell(.valueListRead(ValueList(name: "mine.txt", text: "# ours\n\nlarets\ncho*\n")))
    #expect(story.state.filter.text == "platform:@mine.txt")
    #expect(story.shown.count == 4)
    story.press("Enter")
    #expect(story.state.filter.text == "platform:@mine.txt")
  }

  @Test func aListThatIsNotThereSaysWhere() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("/")
    story.type("seller:@gone.txt")
    story.tell(.valueListRefused("gone.txt", why: "there is no list gone.txt, here or in Lists"))
    #expect(story.bottomLine.contains("there is no list gone.txt"))
    story.press("Enter")
    #expect(story.state.mode.kind == .filterLine, "what cannot be read is mended, not left behind")
  }

  @Test func theFilterOfLastTimeWaitsForItsList() {
    var story = KeyStory(emptyAt: 120, 36)
    story.tell(.casebookOpened([:], SessionPosition(filterText: "platform:@mine.txt", sort: .file, listing: nil), nil))
    #expect(story.wanted.contains("read list mine.txt"))
    story.tell(.grew(to: SampleListings.dataset([SampleListings.six])))
    story.tell(.valueListRead(ValueList(name: "mine.txt", values: ["Larets"])))
    #expect(story.shown.count == 2)
  }
}
