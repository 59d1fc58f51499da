import Casework
import Filters
import Intake
import Listings
import TerminalIO
import Testing

@testable import Dashboard
import Workspace

/// Saying which column is which field.
struct ColumnStories {
  /// Adverts of a scraper whose columns have no names: words, a place, an amount, an address.
  static let bare = (0..<20).map {
    "\"carved bangle no \($0), old\",Port Amber,\($0 * 35 + 15).00,https://hearthside.example/\($0)\n"
  }.joined()
  /// Columns whose names say something that nobody knows.
  static let strange = "qqw,kzoo\nivory ring,120\nlamp,15\n"

  /// The same files, read with what the story wants remembered.
  private func reread(_ story: inout KeyStory, _ texts: [String], _ remembering: Remembering = .remembered) {
    guard case .changeColumns(let answers)? = story.effects.first else {
      Issue.record("nothing is to be read again: \(story.wanted)")
      return
    }
    let read = SampleListings.dataset(texts, assignments: answers)
    story.tell(.columnsChanged(read, ProblemList(), problemRows: RowSet(noneOf: read.rowCount), remembering))
  }

  @Test func theSheetTellsEveryColumnAndWhatSpokeForIt() {
    var story = KeyStory(on: [Self.bare], 120, 36)
    #expect(
      story.bottomLine.contains("title, price, url guessed from values rather than names · M shows and changes it"))
    story.press("M")
    #expect(story.wanted == ["preview columns of file 0: column1=title column3=price column4=url"])
    for text in [
      "4 columns without names · the first record is a listing: ", "Port Amber", "column1: looks like titles: 20 of 20",
    ] {
      #expect(story.screen.contains(text), "\(text)")
    }
    story.press("Esc")
    #expect(story.state.mode == .browsing)
    #expect(story.wanted.isEmpty)
  }

  @Test func aFieldIsChosenByTypingAndTriedOnTheFirstListings() {
    var story = KeyStory(on: [Self.strange], 80, 24)
    #expect(story.bottomLine.contains("M says which column is which"))
    story.press("M Space")
    story.type("tit")
    story.press("Enter")
    #expect(story.wanted == ["preview columns of file 0: qqw=title"])
    #expect(story.screen.contains("as they would be read"))
    #expect(story.screen.contains("qqw: may be the title"))
    // Nothing is read anew before Enter.
    #expect(story.state.dataset.text(of: .title, at: 0) == "")
    story.press("Enter")
    #expect(story.wanted == ["change columns to qqw=title"])
    reread(&story, [Self.strange])
    #expect(story.state.dataset.text(of: .title, at: 0) == "ivory ring")
    #expect(story.bottomLine.contains("will be in files like these"))
  }

  private func answers(_ story: KeyStory) -> ColumnsSheet? {
    guard case .columns(let answers) = story.state.mode else { return nil }
    return answers
  }

  @Test func aFieldHasOneColumn() {
    var story = KeyStory(on: [Self.bare])
    story.press("M j Space")
    story.type("title")
    story.press("Enter")
    #expect(story.state.notice?.text == "title was column1 before, which is now no field")
    #expect(answers(story)?.current.columns.map(\.field) == [nil, .title, .price, .url])
    story.press("Backspace Esc")
    #expect(story.state.notice?.text == "The columns are as they were")
  }

  @Test func aGuessThatWasSeenAndLeftIsRememberedAndNothingElse() {
    var story = KeyStory(on: [Self.bare])
    story.press("M Enter")
    #expect(story.wanted == ["change columns to column1=title column3=price column4=url"])
    var named = KeyStory(on: [SampleListings.six])
    named.press("M Enter")
    #expect(named.wanted.isEmpty)
    #expect(named.state.notice?.text == "Nothing was changed")
  }

  @Test func cursorMarksAndFilterStayWhenColumnsAreReadAnew() {
    var story = KeyStory(on: [Self.bare])
    story.press("/ b a n g l e Enter j j Space v j Space")
    let (row, marked) = (story.state.table.row, story.state.marked)
    #expect(marked.count == 3)
    story.press("M j Space")
    story.type("location")
    story.press("Enter Enter")
    reread(&story, [Self.bare])
    #expect(story.state.filter.text == "bangle")
    #expect(story.state.table.row == row)
    #expect(story.state.marked == marked)
    #expect(story.state.dataset.text(of: .location, at: 4) == "Port Amber")
  }

  @Test func verdictsThatWouldBeLeftBehindAreToldBeforeAnythingIsDone() {
    var story = KeyStory(on: [Self.bare])
    story.press("c x")
    story.saveAll()
    story.press("M G Backspace")
    #expect(story.screen.contains("2 decided listings would be"))
    story.press("Enter")
    #expect(story.wanted.isEmpty)
    #expect(story.state.notice?.text.contains("Enter once more") == true)
    story.press("Enter")
    #expect(story.wanted == ["change columns to column1=title column3=price column4=none"])
    reread(&story, [Self.bare])
    story.answerAll()
    #expect(story.state.counts.confirmed == 0)
    // With the old columns they are back: a verdict hangs on the listing's key.
    story.press("M G Space")
    story.type("url")
    story.press("Enter Enter")
    reread(&story, [Self.bare])
    story.answerAll()
    #expect(story.state.counts.confirmed == 1)
    #expect(story.state.counts.falsePositive == 1)
  }

  @Test func enterBeforeTheListingsAreReadAppliesNothing() {
    var story = KeyStory(on: [Self.bare])
    story.press("c")
    story.saveAll()
    story.press("M G")
    story.answersAtOnce = false
    story.press("Backspace Enter")
    #expect(story.wanted.isEmpty)
    #expect(story.screen.contains("Reading the first listings with these columns"))
    while !story.previews.isEmpty { story.answerPreview() }
    #expect(story.state.notice?.text.contains("1 decided listing would be undecided here") == true)
    story.press("Enter")
    #expect(story.wanted == ["change columns to column1=title column3=price column4=none"])
  }

  @Test func enterBeforeTheListingsAreReadAppliesThemAsSoonAsTheyAre() {
    var story = KeyStory(on: [Self.bare])
    story.press("M G")
    story.answersAtOnce = false
    story.press("Backspace Enter")
    #expect(story.wanted.isEmpty)
    while !story.previews.isEmpty { story.answerPreview() }
    #expect(story.wanted == ["change columns to column1=title column3=price column4=none"])
    #expect(story.state.mode == .browsing)
  }

  @Test func filesThatAreNotOnTheSheetAreWarnedAboutToo() {
    var story = KeyStory(on: [Self.bare, Self.strange])
    story.press("c")
    story.saveAll()
    story.press("M")
    // The kind with the decided listing gets another key; then the sheet shows the other kind.
    while answers(story)?.current.columns.count != 4 { story.press("Tab") }
    story.press("G Backspace Tab Enter")
    #expect(story.wanted.isEmpty)
    #expect(story.state.notice?.text.contains("1 decided listing would be undecided here") == true)
    story.press("Enter")
    #expect(story.wanted.first?.hasPrefix("change columns to ") == true)
  }

  @Test func theCurrencyBeingTypedIsSeenOnSmallScreens() {
    var story = KeyStory(on: [Self.bare], 40, 10)
    story.press("M $")
    story.type("rub")
    #expect(story.screen.contains("rub"))
    #expect(story.frame.textAtCursor.contains("rub"))
  }

  @Test func whereKeysStayVerdictsStayWithoutAWord() {
    var story = KeyStory(on: [Self.bare])
    story.press("c")
    story.saveAll()
    story.press("M j Space")
    story.type("loc")
    story.press("Enter")
    #expect(!story.screen.contains("another identity"))
    story.press("Enter")
    reread(&story, [Self.bare])
    story.answerAll()
    #expect(story.state.counts.confirmed == 1)
  }

  @Test func aNoteBegunGoesWithItsListing() {
    var story = KeyStory(on: [Self.bare])
    story.press("n h i Esc M G Backspace")
    story.press("Enter")
    reread(&story, [Self.bare])
    #expect(story.state.noteDrafts == [story.state.dataset.key(at: 0): "hi"])
  }

  @Test func whatWasChosenIsForgottenWithAKey() {
    let answer = ColumnAssignment(
      header: SampleListings.dataset([Self.bare]).sources[0].reader.header,
      lines: [ColumnAssignment.Line(column: "column1", field: .description)], origin: .remembered)
    var story = KeyStory(on: SampleListings.dataset([Self.bare], assignments: [answer]))
    #expect(story.state.notice == nil)
    story.press("M")
    #expect(story.screen.contains("column1: remembered, chosen by you before"))
    story.press("F")
    #expect(story.wanted == ["preview columns of file 0: nothing"])
    #expect(answers(story)?.current.columns.map(\.field) == [.title, nil, .price, .url])
    story.press("Enter")
    #expect(story.wanted == ["change columns to nothing"])
    reread(&story, [Self.bare], .forgotten)
    #expect(story.bottomLine.contains("your choice is forgotten"))
    #expect(story.state.dataset.text(of: .title, at: 0).hasPrefix("carved bangle"))
  }

  @Test func filesWithOneHeaderAreAnsweredTogetherAndOthersByTab() {
    var story = KeyStory(on: [Self.strange, Self.strange, SampleListings.six], 120, 36)
    story.press("M")
    #expect(story.screen.contains("Columns (1 of 2 kinds of files)"))
    #expect(story.screen.contains("week1.csv +1 · 2 columns · the first record names the columns: "))
    story.press("Tab")
    #expect(story.screen.contains("10 columns · "))
    #expect(story.wanted == ["preview columns of file 2: nothing"])
    story.press("Tab Space")
    story.type("no field")
    #expect(story.screen.contains("(no field)"))
    story.press("Esc Esc")
    #expect(story.state.mode == .browsing)
  }

  /// Letters typed for a name must not look as if they did something, least of all before Enter.
  @Test func aStrayLetterSaysThatItDoesNothing() {
    var story = KeyStory(on: [Self.strange], 120, 36)
    story.press("M")
    let before = answers(story)?.current
    story.press("t")
    #expect(story.screen.contains("t does nothing here: nothing was changed"))
    #expect(answers(story)?.current == before)
  }

  /// The file of which the title bar says that it has no title is the one that M shows.
  @Test func theFilesThatNoLexiconReadsComeFirst() {
    var story = KeyStory(on: [SampleListings.six, "qqw,amount\n7,120\n8,15\n"], 120, 36)
    #expect(story.topLine.contains("NO TITLE in"))
    story.press("M")
    #expect(story.screen.contains("Columns (2 of 2 kinds of files)"))
    #expect(story.screen.contains("qqw"))
    story.press("Tab")
    #expect(story.screen.contains("Columns (1 of 2 kinds of files)"))
  }

  @Test func whatTheCommandLineSaysCannotBeChangedHere() {
    let options = [Field.title: "qqw"]
    var story = KeyStory(on: SampleListings.dataset([Self.strange], chosen: options))
    #expect(story.state.notice == nil)
    story.press("M Space")
    #expect(story.state.notice?.text.contains("--map, which wins") == true)
    story.press("j Space")
    story.type("title")
    story.press("Enter")
    #expect(story.state.notice?.text.contains("--map, which wins") == true)
    #expect(answers(story)?.current.isChanged == false)
  }

  @Test func anAnswerThatCannotBeKeptHoldsUntilTheEndAndSaysSo() {
    var story = KeyStory(on: [Self.strange])
    story.press("M Space")
    story.type("title")
    story.press("Enter Enter")
    let effects = story.effects
    story.tell(.failed("columns.csv could not be written"))
    guard case .changeColumns(let answers)? = effects.first else { return }
    let read = SampleListings.dataset([Self.strange], assignments: answers)
    story.tell(.columnsChanged(read, ProblemList(), problemRows: RowSet(noneOf: read.rowCount), .refused))
    #expect(story.state.notice?.text == "columns.csv could not be written")
    #expect(story.state.dataset.text(of: .title, at: 0) == "ivory ring")
    #expect(story.state.allProblemCount == 1)
  }

  @Test func aPreviewThatComesTooLateIsNotShown() {
    var story = KeyStory(on: [Self.bare])
    story.answersAtOnce = false
    story.press("M j Backspace")
    story.tell(.columnsPreviewed(SampleListings.dataset([Self.strange]), number: 1))
    #expect(answers(story)?.preview == nil)
    story.press("Esc")
    story.tell(.columnsPreviewed(SampleListings.dataset([Self.bare]), number: 2))
    #expect(story.state.mode == .browsing)
  }

  @Test(arguments: [(120, 36), (80, 24), (60, 14), (40, 10), (24, 6)])
  func theSheetFitsAndItsCursorIsSeen(columns: Int, rows: Int) {
    let wide =
      (1...60).map { "c\($0)x" }.joined(separator: ",") + "\n" + (1...60).map { "v\($0)" }.joined(separator: ",") + "\n"
    var story = KeyStory(on: [SampleListings.hostile, wide], columns, rows)
    for keys in ["M", "j j", "Space", "s e l", "Esc", "Tab", "G", "Space Down Down", "Enter", "g", "PgDn", "k"] {
      story.press(keys)
      let cursor = story.frame.cursor
      #expect(cursor != nil, "\(keys)")
      #expect((0..<columns).contains(cursor?.column ?? -1) && (0..<rows).contains(cursor?.row ?? -1), "\(keys)")
    }
    // The file that has no title came first, and Tab went on from it.
    #expect(answers(story)?.shownKind == 0)
  }
}
