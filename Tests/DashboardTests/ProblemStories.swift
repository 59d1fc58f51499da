import Filters
import Listings
import ListingsTestSupport
import Testing

@testable import Dashboard
import Workspace

/// Problems: looked through by group, found by typing, followed to their listings, taken along.
struct ProblemStories {
  private func story(_ columns: Int = 80, _ rows: Int = 24, _ problems: ProblemList = SampleProblems.several)
    -> KeyStory
  {
    var story = KeyStory(columns, rows)
    story.tell(.grew(to: story.state.dataset, problems: problems, rows: [0, 2]))
    return story
  }

  @Test func everyProblemOfAGroupCanBeReadOnASmallScreen() {
    var story = story(40, 10, SampleProblems.list(30))
    story.press("p Enter")
    var seen: Set<Int> = []
    for _ in 0..<40 {
      for line in 2...31 where story.screen.contains("line \(line):") { seen.insert(line) }
      story.press("j")
    }
    #expect(seen.count == 30)
    #expect(story.screen.contains("line 31:"))
    story.press("g")
    #expect(story.screen.contains("line 2:"))
    story.press("Esc Esc")
    #expect(story.state.mode == .browsing)
  }

  @Test func theCountIsExactWhereNotAllAreListed() {
    var story = story()
    #expect(story.topLine.contains("240,002 problems"))
    story.press("p Enter")
    #expect(story.screen.contains("240,000 problems, the first 40 listed"))
    story.press("G")
    #expect(story.screen.contains("line 41:"))
  }

  @Test func aProblemOfOneListingLeadsThereAndKeepsAFilterThatShowsIt() {
    var story = story()
    story.press("/")
    story.type("bao")
    story.press("Enter p j j Enter")
    #expect(story.current == "3")
    #expect(story.state.filter.text == "bao")
    #expect(story.bottomLine.contains("an unknown currency"))
  }

  @Test func aFilterThatHidesTheListingGivesWayAndThatIsSaid() {
    var story = story()
    story.press("/")
    story.type("resin")
    story.press("Enter p Enter j j Enter")
    #expect(story.state.filter == .everything)
    #expect(story.current == "3")
    #expect(story.screen.contains("The filter resin does not show this listing: it was removed"))
  }

  @Test func aProblemOfAWholeFileSaysThatItHasNoListing() {
    var story = story()
    story.press("p j Enter")
    #expect(story.state.isReadingProblems)
    #expect(story.screen.contains("No listing belongs to this problem"))
    #expect(story.screen.contains("kl/week47.csv: the encoding is a guess"))
  }

  @Test func whatIsTypedNarrowsGroupsAndProblems() {
    var story = story()
    story.press("p /")
    story.type("currency")
    #expect(story.screen.contains("an unknown currency"))
    #expect(!story.screen.contains("the encoding is a guess"))
    story.press("Enter Esc")
    #expect(story.screen.contains("the encoding is a guess"))
    story.press("Enter f")
    story.type("me 3")
    story.press("Enter")
    #expect(story.screen.contains("ask me 39") && !story.screen.contains("ask me 4 "))
    story.press("G Enter")
    #expect(story.state.mode == .browsing || story.screen.contains("No listing"))
  }

  @Test func pastedTextGoesIntoTheFindLineOnly() {
    var story = story()
    story.press("p")
    story.paste("qqq")
    #expect(story.state.isReadingProblems)
    story.press("/")
    story.paste("encoding")
    #expect(!story.screen.contains("no amount"))
  }

  @Test func allAreWrittenAndOneIsCopied() {
    var story = story()
    story.press("p e")
    #expect(story.wanted == ["export 240002 problems"])
    story.tell(.problemsExported("linsang-problems.csv: 42 problems of 240,002"))
    #expect(story.screen.contains("linsang-problems.csv: 42 problems"))
    story.press("j j y")
    #expect(
      story.wanted == [
        "copy week48.csv, line 12: an unknown currency: =cmd[2J象牙; the listing is kept, its currency is taken from "
          + "other signs if there are any"
      ])
  }

  @Test func theRowsWithAProblemAreAFilter() {
    var story = story()
    story.press("p i")
    #expect(story.wanted == ["evaluate «is:problem» by file"])
    #expect(story.shown == ["1", "3"])
    story.press("0 /")
    story.type("-is:problem")
    #expect(story.shown == ["2", "4", "5", "6"])
  }

  @Test func moreProblemsWhileTheSheetIsOpenMoveNothing() {
    var story = story()
    story.press("p j j")
    let before = story.screen.split(separator: "\n")[4]
    let more = ProblemList(groups: SampleProblems.several.groups + [SampleProblems.group(3, file: "week49.csv")])
    story.tell(.grew(to: story.state.dataset, problems: more, rows: [0]))
    #expect(story.screen.split(separator: "\n")[4] == before)
    story.press("Enter")
    // The open group may also vanish, as when the files are read anew.
    story.tell(.grew(to: story.state.dataset, problems: ProblemList(groups: [SampleProblems.group(1)]), rows: [0]))
    #expect(story.state.mode == .browsing || story.state.isReadingProblems)
    story.press("G j Enter k Esc")
  }

  @Test func aHundredThousandProblemsAreWalkedWithoutLookingAtThemAll() {
    var story = story(80, 24, SampleProblems.list(100_000))
    story.press("p Enter")
    for _ in 0..<30 { story.press("PgDn") }
    #expect(story.screen.contains("line 3"))
    story.press("G")
    #expect(story.screen.contains("line 100001:"))
    story.press("/")
    story.type("99998")
    #expect(story.screen.contains("ask me 99998"))
  }

  @Test(arguments: 0..<30) func anyKeysLeaveTheSheetSound(seed: Int) {
    var chance = Dice(seed: UInt64(seed))
    var story = story()
    let keys = [
      "j", "k", "Enter", "Esc", "PgDn", "G", "g", "/", "a", "1", "Backspace", "Left", "Right", "^D", "y", "e",
    ]
    let lists = [SampleProblems.several, SampleProblems.list(3), SampleProblems.list(1_000, kept: 7), ProblemList()]
    for _ in 0..<120 {
      if case .browsing = story.state.mode { story.press("5 p") }
      story.press(keys.randomElement(using: &chance)!)
      if Int.random(in: 0..<12, using: &chance) == 0 {
        story.tell(.grew(to: story.state.dataset, problems: lists.randomElement(using: &chance)!, rows: [1]))
      }
      if Int.random(in: 0..<12, using: &chance) == 0 { story.resize([40, 80, 120].randomElement(using: &chance)!, 10) }
      #expect(story.frame.cursor != nil)
      guard case .problems(let sheet) = story.state.mode else { continue }
      let count = sheet.lineCount(story.state)
      #expect((0..<max(1, count)).contains(sheet.level.list.cursor), "\(sheet.level)")
      #expect((0...sheet.level.list.cursor).contains(sheet.level.list.top), "\(sheet.level)")
    }
  }
}

extension State {
  fileprivate var isReadingProblems: Bool { if case .problems = mode { true } else { false } }
}
