import Casework
import CodeWords
import Filters
import Intake
import Listings
import TextCells
import Testing

@testable import Dashboard
import Workspace

/// As long as an answer is unfinished nobody is told that there is nothing.
struct UnfinishedStories {
  private static let listings =
    "listing_id,platform,title\nad-1,Larets,lamp\nad-20,Larets,chair\nad-3,Larets,ivory comb\nad-47,Larets,ivory ring\n"

  /// The files are opened where somebody left a filter and an order, the lexicons not read yet.
  private func reopened(_ filter: String, _ sort: SortOrder = .file, _ columns: Int = 120, _ rows: Int = 36) -> KeyStory
  {
    var story = KeyStory(emptyAt: columns, rows)
    story.tell(.casebookOpened([:], SessionPosition(filterText: filter, sort: sort, listing: nil), nil))
    story.tell(.grew(to: SampleListings.dataset([Self.listings])))
    return story
  }

  /// Flags of the first rows, as they come while reading goes on.
  private func flag(_ story: inout KeyStory, upTo count: Int) {
    let dataset = story.state.dataset
    let work = RowFlagging(KeyStory.lexicons)
    var flags = RowFlags(KeyStory.lexicons)
    if count == dataset.rowCount { flags = work.extend(over: dataset) }
    story.tell(.flagged(flags, of: dataset))
  }

  @Test(arguments: ["risk:>20", "term:ivory", "(risk:>20 OR term:ivory)", "is:unreadable"])
  func aFilterAboutCodeWordsSaysWhatItWaitsFor(filter: String) {
    var story = reopened(filter)
    #expect(story.screen.contains("reading the lexicons…"), "\(filter)")
    #expect(!story.screen.contains("no listing matches"))
    #expect(story.topLine.contains("reading the lexicons"))
    #expect(story.topLine.contains("shown so far"))
    #expect(story.screen.contains("0 of 4 so far"))
    flag(&story, upTo: 0)
    #expect(story.screen.contains("reading code words: 0 %…"))
    #expect(story.topLine.contains("reading code words 0 %"))
    #expect(!story.screen.contains("no listing matches"))
    #expect(!story.screen.contains("nothing here"))
    flag(&story, upTo: 4)
    #expect(!story.screen.contains("so far"))
    #expect(!story.screen.contains("reading"))
    if filter == "is:unreadable" { #expect(story.screen.contains("no listing matches")) }
  }

  @Test func whatIsOnTheScreenHasItsRiskBeforeTheRestIsFlagged() {
    var story = reopened("")
    let rows = Array(0..<4)
    #expect(rows.allSatisfy { story.state.risk(of: $0) == .pending })
    flag(&story, upTo: 0)
    let shown = rows.map { story.state.risk(of: $0) }
    #expect(shown.map(\.value) == [0, 0, 60, 60])
    flag(&story, upTo: 4)
    #expect(rows.map { story.state.risk(of: $0) } == shown)
  }

  /// Flags of some rows.
  private func flag(_ story: inout KeyStory, only rows: [Int]) {
    let dataset = story.state.dataset
    let cancellation = Cancellation()
    let wanted = RowSet(rows, of: dataset.rowCount)
    let flags = RowFlagging(KeyStory.lexicons).extend(over: dataset, first: wanted, cancellation) { flags in
      if wanted.isSubset(of: flags.flagged) { cancellation.cancel() }
    }
    story.tell(.flagged(flags, of: dataset))
  }

  @Test func whatTheFilterShowsIsFlaggedFirstAndIsFinalThen() {
    // More rows than are flagged in one step; those with ivory are the last.
    let count = 4096
    let lamps = (0..<count).map { "ad-\($0),Larets,lamp" }
    let rows = lamps + ["ad-a,Larets,ivory comb", "ad-b,Larets,ivory"]
    var story = KeyStory(emptyAt: 120, 36)
    story.tell(.casebookOpened([:], SessionPosition(filterText: "ivory risk:>20", sort: .file, listing: nil), nil))
    story.tell(.grew(to: SampleListings.dataset(["listing_id,platform,title\n" + rows.joined(separator: "\n")])))
    flag(&story, upTo: 0)
    #expect(story.state.flaggedFirst?.rows == [count, count + 1])
    #expect(story.screen.contains("reading code words: 0 %…") && !story.screen.contains("no listing"))
    flag(&story, only: [count, count + 1])
    #expect(!story.state.isFlagged && story.state.flags.flaggedCount < count)
    #expect(story.screen.contains("ivory comb") && !story.screen.contains("so far"))
    // Without the filter the rest counts again.
    story.press("0")
    #expect(story.state.filter == .everything && story.state.flaggedFirst == nil)
    #expect(story.state.unfinishedFlags != nil)
  }

  @Test(arguments: [(80, 24), (40, 10), (24, 6)]) func alsoOnSmallScreens(columns: Int, rows: Int) {
    let story = reopened("risk:>20", .file, columns, rows)
    #expect(story.screen.contains("reading the"))
    #expect(!story.screen.contains("no listing"))
  }

  @Test(arguments: ["taxon:parrots", "appendix:I", "china:1"]) func aFilterAboutTaxaSaysWhatItWaitsFor(filter: String) {
    var story = reopened(filter)
    #expect(story.screen.contains("reading the taxon tables…"))
    #expect(!story.screen.contains("no listing matches"))
    story.tell(.taxaRead(.empty))
    #expect(story.screen.contains("reading the lexicons…"))
    story.tell(.lexiconsRead(SampleLexicons.none, switched: nil))
    #expect(story.screen.contains("no listing matches"))
  }

  @Test func listingsThatAreShownBecauseTheyWereNotReadYetAreThereSoFar() {
    var story = reopened("-risk:>20")
    #expect(story.screen.contains("4 of 4 so far"))
    flag(&story, upTo: 4)
    #expect(story.screen.contains("2 of 4"))
    #expect(!story.screen.contains("so far"))
  }

  @Test func anotherFilterWaitsForNothingButItsListings() {
    let story = reopened("moss")
    #expect(story.screen.contains("no listing matches"))
    #expect(story.screen.contains("0 of 4"))
    #expect(!story.screen.contains("so far"))
  }

  @Test func whileListingsAreReadNothingIsSaidToBeMissing() {
    var story = KeyStory(emptyAt: 120, 36)
    story.press("c")
    #expect(story.bottomLine.contains("No listing is shown so far · reading listings"))
    story.tell(.casebookOpened([:], SessionPosition(filterText: "moss", sort: .file, listing: nil), nil))
    let dataset = SampleListings.dataset([Self.listings])
    story.tell(
      .datasetGrew(
        dataset, Loading(bytesRead: 34, bytesTotal: 100), ProblemList(), problemRows: RowSet(noneOf: dataset.rowCount)))
    #expect(story.screen.contains("reading listings: 34 %…"))
    #expect(!story.screen.contains("no listing matches"))
    #expect(!story.screen.contains("nothing here"))
    story.press("p")
    #expect(story.bottomLine.contains("No problem so far · reading listings: 34 %…"))
    story.press("P")
    #expect(story.bottomLine.contains("The files are still being read"))
    story.press("0 c c c c")
    #expect(story.bottomLine.contains("Every listing shown is decided so far · reading listings: 34 %…"))
    story.tell(.grew(to: dataset))
    story.press("g")
    #expect(!story.screen.contains("so far"))
  }

  @Test func verdictsThatAreStillLookedUpAreNotMissing() throws {
    var story = KeyStory(emptyAt: 120, 36)
    story.answersAtOnce = false
    let dataset = SampleListings.dataset([Self.listings])
    story.tell(.grew(to: dataset))
    story.press("/")
    story.type("is:confirmed")
    story.press("Enter")
    while !story.questions.isEmpty { story.answerNext() }
    #expect(story.screen.contains("looking up verdicts…"))
    story.press("P")
    #expect(story.bottomLine.contains("The casebook is still being read"))
    story.tell(.casebookOpened([dataset.key(at: 2): .saved(ReviewStatus(verdict: .confirmed), 1)], nil, nil))
    while !story.questions.isEmpty { story.answerNext() }
    #expect(story.screen.contains("looking up verdicts…"))
    #expect(!story.screen.contains("no listing matches"))
    story.answerAll()
    #expect(story.state.order.count == 1)
    #expect(!story.screen.contains("so far"))
  }

  @Test func anOrderByRiskGrowsAtItsBeginningUntilAKeyIsPressed() {
    var story = reopened("", SortOrder(.risk, descending: true))
    #expect(story.screen.contains("risk ↓ so far"))
    flag(&story, upTo: 4)
    #expect(!story.screen.contains("so far"))
    #expect(story.state.table.cursor == 0)
    #expect(["ad-3", "ad-47"].contains(story.current))

    story = reopened("")
    story.press("j S 2")
    let listing = story.current
    #expect(story.state.table.cursor == 0)
    story.press("z")
    flag(&story, upTo: 4)
    #expect(story.current == listing, "somebody is at work on it")
  }

  @Test func aListingThatOneReturnsToIsKept() {
    let dataset = SampleListings.dataset([Self.listings])
    var story = KeyStory(emptyAt: 120, 36)
    story.tell(
      .casebookOpened(
        [:], SessionPosition(filterText: "", sort: SortOrder(.risk, descending: true), listing: dataset.key(at: 1)), nil
      ))
    story.tell(.grew(to: dataset))
    flag(&story, upTo: 4)
    #expect(story.current == "ad-20")
  }

  @Test func countsOfLexiconsSayWhatTheyWaitFor() {
    var story = KeyStory(on: [Self.listings], 120, 36)
    story.tell(.lexiconsRead(SampleLexicons.loaded(), switched: nil))
    story.tell(
      .flagged(RowFlags(SampleLexicons.compiled()), of: story.state.dataset))
    #expect(story.frame.text(ofRow: 1).isEmpty == false)
    story.press("7")
    #expect(story.screen.contains("reading code words: 0 %…"))
    #expect(story.screen.contains("so far"))
    story.press("L")
    #expect(story.screen.contains("reading code words: 0 %…"))
    story.press("Esc 5 a")
    #expect(story.screen.contains("so far · reading"))
  }
}
