import Casework
import CodeWords
import Filters
import Intake
import Listings
import TextCells
import Testing

@testable import Dashboard
import Workspace

/// What is shown beside the listings, and what is done with them, waits in the same way.
struct UnfinishedElsewhereStories {
  private static let listings =
    "listing_id,platform,title\nad-1,Larets,lamp\nad-20,Larets,chair\nad-3,Larets,ivory comb\nad-47,Larets,ivory ring\n"

  private func story(_ columns: Int = 120, _ rows: Int = 36) -> KeyStory {
    KeyStory(on: [Self.listings], columns, rows)
  }

  /// As long as it is not known which rows the verdicts are of.
  private func withoutVerdicts(_ columns: Int = 120, _ rows: Int = 36) -> KeyStory {
    var story = KeyStory(emptyAt: columns, rows)
    story.tell(.grew(to: SampleListings.dataset([Self.listings])))
    return story
  }

  private func filter(_ text: String, _ story: inout KeyStory) {
    story.press("/")
    story.type(text)
    story.press("Enter")
  }

  private func question(_ story: KeyStory) -> String {
    if case .question(let sheet) = story.state.mode { sheet.text } else { "" }
  }

  @Test func theTitleDoesNotCountVerdictsBeforeTheCasebookIsRead() {
    var story = withoutVerdicts()
    #expect(story.topLine.contains("… ✓  … ✗  … ?"))
    story.tell(.casebookOpened([story.state.dataset.key(at: 2): .saved(ReviewStatus(verdict: .unsure), 1)], nil, nil))
    #expect(story.topLine.contains("0 ✓  0 ✗  1 ?"))
  }

  @Test func theTitleDoesNotCountWhatIsShownWhileTheFilterIsBeingAnswered() {
    var story = story()
    filter("moss", &story)
    #expect(story.topLine.contains("0 shown"))
    story.press("0")
    story.answersAtOnce = false
    filter("lamp", &story)
    #expect(story.topLine.contains("… shown"))
    story.answerAll()
    #expect(story.topLine.contains("1 shown"))
  }

  @Test func allThatIsShownIsMarkedAsFarAsItIsKnown() {
    var story = story()
    filter("risk:90..", &story)
    story.press("*")
    #expect(story.bottomLine.contains("No listing is shown so far · reading the lexicons…"))
    story.press("0")
    filter("-risk:90..", &story)
    story.press("*")
    #expect(story.bottomLine.contains("4 marked so far · reading the lexicons…"))
    story.press("* 0 Space ;")
    #expect(question(story) == "1 marked listing.")
    story.press("0")
    filter("risk:90..", &story)
    story.press(";")
    #expect(
      question(story)
        == "1 marked listing, 1 of them not shown by the filter yet. "
        + "Not all that the filter asks for is shown yet: reading the lexicons…")
    story.press("0")
    story.flag()
    story.press(";")
    #expect(question(story) == "1 marked listing, 1 of them not shown by the filter.")
  }

  @Test func aVerdictForManySaysThatItIsNotKnownWhichAreDecided() {
    var story = withoutVerdicts()
    story.press("* ;")
    #expect(question(story) == "4 marked listings. Which of them are decided already is not known yet.")
    story.press("0")
    story.tell(.casebookOpened([:], nil, nil))
    story.press(";")
    #expect(question(story) == "4 marked listings.")
  }

  @Test func theLensFindsNothingOnlyOnceTheLexiconsAreRead() {
    var story = story()
    story.press("V")
    #expect(story.bottomLine.contains("it finds nothing hidden in this listing so far · reading the lexicons…"))
    #expect(story.screen.contains("the lens finds nothing hidden here so far"))
    story.press("V")
    story.flag()
    story.press("V")
    #expect(story.bottomLine.hasSuffix("it finds nothing hidden in this listing"))
  }

  @Test func thereAreNoProblemsOnlyOnceTheLexiconsAreReadToo() {
    var story = story()
    story.press("p")
    #expect(story.bottomLine.contains("No problem so far · reading the lexicons…"))
    story.tell(.lexiconsRead(SampleLexicons.none, switched: nil))
    story.press("p")
    #expect(story.bottomLine.contains("Everything could be read: there are no problems"))
  }

  @Test func completingSaysWhatItWaitsFor() {
    var story = story()
    story.press("/")
    story.type("term:q")
    story.press("Tab")
    #expect(story.screen.contains("No value of term begins with “q” so far · reading the lexicons…"))
    story.flag()
    story.press("Tab")
    #expect(story.screen.contains("No value of term begins with “q”"))
    #expect(!story.screen.contains("so far"))
  }

  @Test func aColumnMayBeThatOfAFileThatIsStillBeingRead() {
    var story = KeyStory(emptyAt: 120, 36)
    let first = SampleListings.dataset([Self.listings])
    story.tell(
      .datasetGrew(
        first, Loading(bytesRead: 1, bytesTotal: 2), ProblemList(), problemRows: RowSet(noneOf: first.rowCount)))
    story.press("/")
    story.type("colour:red")
    #expect(story.bottomLine.contains("no field or column colour at column 1 so far · reading listings: 50 %…"))
    story.tell(
      .grew(to: SampleListings.dataset([Self.listings, "listing_id,title,colour\nad-5,lamp,red\nad-6,lamp,blue\n"])))
    #expect(!story.bottomLine.contains("not applied"))
    #expect(story.state.order.count == 1)
  }

  @Test func aPaneWhoseTitleLeavesNoRoomForWordsShowsASign() {
    var story = KeyStory(on: [SampleListings.six, SampleListings.again], 100, 24)
    story.tell(.taxaRead(.empty))
    story.press("8")
    filter("risk:1..", &story)
    for pane in [Pane.platform, .species, .seller] {
      let area = story.state.layout.facets[pane]!
      guard !area.isEmpty else { continue }
      let line = (area.column..<area.endColumn).map { story.frame[$0, area.row].text }.joined()
      #expect(line.contains("so far") || line.contains("…"), "\(line)")
    }
  }

  @Test func narrowPanesSayInFewWordsHowFarItIs() {
    var story = story(100, 24)
    story.tell(.flagged(RowFlags(KeyStory.lexicons), of: story.state.dataset))
    filter("risk:90..", &story)
    let area = story.state.layout.facets[.platform]!.insideBorder
    let line = (area.column..<area.endColumn).map { story.frame[$0, area.row].text }.joined()
    #expect(line.contains("code words: 0 %…"), "\(line)")
    #expect(story.screen.contains("unclear             …"))
    story.flag()
    #expect(story.screen.contains("unclear             0"))
  }

  @Test func onTheNarrowestScreenACountThatMayGrowHasASign() {
    var story = story(40, 10)
    filter("risk:1..", &story)
    #expect(story.screen.contains("0+ of 4"))
    story.flag()
    #expect(story.screen.contains("2 of 4"))
  }

  @Test func whereOneCameFromIsNotDeniedTooEarly() {
    var story = story()
    story.press("j G S 2")
    filter("risk:1..", &story)
    story.press("b")
    #expect(story.bottomLine.contains("does not show the listing that you came from so far · reading the lexicons…"))
  }

  @Test func aWordIsTriedAgainWhenAllListingsAreFlagged() {
    var story = story()
    story.tell(.lexiconsRead(SampleLexicons.loaded(), switched: nil))
    story.press("G a")
    #expect(story.wanted.contains { $0.hasPrefix("try «") })
    #expect(story.screen.contains("so far · reading code words: 0 %…"))
    story.tell(.flagged(SampleLexicons.flags(of: story.state.dataset), of: story.state.dataset))
    #expect(story.wanted.contains { $0.hasPrefix("try «") })
    #expect(!story.screen.contains("so far"))
  }

  @Test func columnsThatMakeOtherListingsAreAskedAboutUntilTheVerdictsAreKnown() {
    var story = KeyStory(emptyAt: 120, 36)
    story.tell(.grew(to: SampleListings.dataset([ColumnStories.bare])))
    story.press("M G Backspace")
    #expect(story.sheetLines.joined(separator: " ").contains("is not known yet: looking up verdicts…"))
    story.press("Enter")
    #expect(story.wanted.isEmpty)
    #expect(story.state.notice?.text.contains("is not known yet") == true)
    story.press("Enter")
    #expect(story.wanted.first?.hasPrefix("change columns to ") == true)
  }
}
