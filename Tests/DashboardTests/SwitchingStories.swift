import CodeWords
import Filters
import Listings
import Testing

@testable import Dashboard
import Workspace

/// Lexicons are switched on the sheet, tried, and only then for good; listings are read with them anew meanwhile.
struct SwitchingStories {
  private func opened(_ keys: String = "L", off: Set<String> = []) -> KeyStory {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.flagWithSamples(off: off)
    story.press("g c g j j x g")
    story.saveAll()
    story.press(keys)
    return story
  }

  private func place(_ story: KeyStory) -> LexiconSheet? {
    if case .lexicons(let sheet) = story.state.mode { sheet } else { nil }
  }

  @Test func aSwitchIsForTheSheetAloneUntilItIsTried() {
    var story = opened("L Space")
    #expect(story.wanted == [])
    #expect(story.sheetLines[1].hasPrefix("birds → off 1"))
    #expect(story.screen.contains("is on, to be switched off: w tries that"))
    #expect(story.bottomLine.contains("w try 1 change ·"))
    story.press("Space")
    #expect(place(story)?.switched == [:])
    #expect(story.sheetLines[1].hasPrefix("birds on 1"))
  }

  @Test func leavingLeavesTheLexiconsAsTheyWere() {
    var story = opened("L Space Esc")
    #expect(story.bottomLine.contains("switched as they were"))
    #expect(story.wanted == [])
    story.press("L w")
    #expect(story.wanted == [])
    #expect(story.state.notice?.text.contains("No lexicon is switched") == true)
  }

  @Test func aTrialTellsWhatWouldChangeAndAsks() {
    var story = opened("L j j Space w")
    #expect(story.wanted == ["try ivory off"])
    #expect(story.screen.contains("reading 6 listings"))
    story.answerTrial(with: SampleLexicons.flags(of: story.state.dataset, off: ["ivory"]))
    let lines = story.sheetLines
    #expect(lines.contains { $0.contains("confirmed 1 0 of 1") })
    #expect(lines.contains { $0.contains("3 lowered, 2 no longer flagged (1 confirmed, 1 false positive)") })
    #expect(lines.contains { $0.contains("only 2 decided: too few") })
    #expect(lines.contains { $0.contains("✓ 60 → 0 Carved ivory ring") })
    #expect(story.screen.contains("Make the switch permanent? y yes"))
  }

  @Test func aFinishedTrialGoesWithTheRowsItWasAbout() {
    var story = opened("L Space w")
    story.answerTrial(with: SampleLexicons.flags(of: story.state.dataset, off: ["birds"]))
    #expect(story.screen.contains("Make the switch permanent?"))
    let other = SampleListings.dataset([SampleListings.hostile])
    let old = story.state.dataset
    story.state.session.beginRereading()
    story.tell(
      .filesReread(
        RereadFiles(
          other, problems: ProblemList(), problemRows: RowSet(noneOf: other.rowCount),
          carried: CarriedRows(from: old, to: other)), from: old))
    #expect(!story.screen.contains("Make the switch permanent?"))
    story.press("y")
    #expect(!story.wanted.contains { $0.hasPrefix("switch") })
  }

  @Test func theSmallestScreenShowsALexiconNotHeadings() {
    var story = KeyStory(on: [SampleListings.six], 24, 6)
    story.flagWithSamples()
    story.press("L")
    #expect(story.screen.contains("birds"))
  }

  @Test func yesSwitchesForGoodAndGoesBackToTheListings() {
    var story = opened("L Space j j Space w")
    story.answerTrial(with: SampleLexicons.flags(of: story.state.dataset, off: ["birds", "ivory"]))
    story.press("y")
    #expect(story.wanted == ["switch birds off, ivory off"])
    #expect(story.state.mode == .browsing)
  }

  @Test func noGoesBackToTheSheetWithTheSwitchesAsTheyStand() {
    var story = opened("L Space w")
    story.answerTrial(with: SampleLexicons.flags(of: story.state.dataset, off: ["birds"]))
    story.press("n")
    #expect(story.wanted == ["stop trying lexicons"])
    #expect(place(story)?.switched == ["birds": false])
    #expect(place(story)?.trial == LexiconSheet.Trial.none)
  }

  @Test func aTrialThatWasGivenUpIsNotShown() {
    var story = opened("L Space w Esc")
    #expect(story.wanted == ["stop trying lexicons"])
    story.press("w")
    story.answerTrial(with: story.state.flags)
    #expect(place(story)?.trial == .trying(2))
    story.press("y")
    #expect(story.wanted == [], "nothing is adopted that was not shown")
  }

  @Test func nothingIsTriedWhileFilesAreBeingRead() {
    var story = opened("L Space")
    story.tell(
      .datasetGrew(
        story.state.dataset, Loading(bytesRead: 1, bytesTotal: 2), ProblemList(),
        problemRows: RowSet(noneOf: story.state.dataset.rowCount)))
    story.press("w")
    #expect(story.wanted == [])
    #expect(story.state.notice?.text.contains("still being read") == true)
  }

  // MARK: After a switch

  @Test func theFlagsOnTheScreenStayUntilNewOnesReachAsFar() {
    var story = KeyStory(on: [SampleListings.many(9000)], 120, 36)
    story.flagWithSamples()
    story.press("/")
    story.type("term:ivory")
    story.press("Enter j j Space")
    let (shown, current, marks) = (story.shown, story.current, story.state.marked)
    #expect(!shown.isEmpty)
    let flagging = RowFlagging(SampleLexicons.compiled(off: ["birds"]))
    var looks: [RowFlags] = []
    flagging.extend(over: story.state.dataset) { looks.append($0) }
    #expect(looks.count > 2)
    story.tell(.lexiconsRead(SampleLexicons.loaded(off: ["birds"]), switched: ["birds": false]))
    #expect(story.bottomLine.contains("1 lexicon switched"))
    for look in looks.dropLast() {
      story.tell(.flagged(look, of: story.state.dataset))
      #expect(story.wanted == [])
      #expect(story.topLine.contains("reading code words"))
    }
    story.tell(.flagged(looks.last!, of: story.state.dataset))
    #expect(story.wanted == ["evaluate «term:ivory» by file"])
    #expect(!story.topLine.contains("reading code words"))
    #expect(story.shown == shown && story.current == current && story.state.marked == marks)
    #expect(story.state.flags.lexicons === flagging.lexicons)
  }

  @Test func whereEveryLexiconIsOffTheFlagsGoAtOnce() {
    var story = opened("")
    let none = SampleLexicons.loaded(off: ["birds", "cues", "ivory", "mine"])
    story.tell(.lexiconsRead(none, switched: nil))
    #expect(!story.state.hasLexicons)
    #expect(story.state.flags.risk(at: 0) == .pending)
    #expect(!story.topLine.contains("reading code words"))
  }

  @Test func theOpenSheetIsCountedAnewWithNewFlags() {
    var story = opened("L")
    story.tell(.lexiconsRead(SampleLexicons.loaded(off: ["ivory"]), switched: nil))
    story.tell(.flagged(SampleLexicons.flags(of: story.state.dataset, off: ["ivory"]), of: story.state.dataset))
    #expect(story.wanted.contains("tally lexicons"))
    #expect(story.sheetLines[3].hasPrefix("ivory off –"))
  }

  @Test func aSwitchThatAnotherTableOverrulesIsSaid() {
    var story = opened("")
    story.tell(.lexiconsRead(SampleLexicons.loaded(off: ["birds"]), switched: ["birds": true]))
    #expect(story.bottomLine.contains("birds is still off: /data/rk/switches.csv says so and has the last word"))
  }

  @Test func aRefusalIsToldAndStaysOnTheListOfProblems() {
    var story = opened("L Space w")
    story.answerTrial(with: story.state.flags)
    story.press("y")
    story.tell(.switchingRefused(why: "switches.csv could not be read: it is a folder. No lexicon was switched"))
    #expect(story.bottomLine.contains("No lexicon was switched"))
    #expect(story.state.files.failures.count == 1)
    story.press("L")
    #expect(story.sheetLines[1].hasPrefix("birds on"))
  }

  @Test func aLexiconThatIsGoneAfterReadingAnewIsLeft() {
    var story = opened("L Space j j Enter")
    let birds = SampleLexicons.birds
    let left = LexiconSet(layers: [[birds]], off: ["birds"])
    story.tell(
      .lexiconsRead(
        LoadedLexicons(
          left, overview: LexiconOverview(left, layers: [(.shipped, [birds])]), compiled: CompiledLexicons(left)),
        switched: nil))
    #expect(place(story)?.opened == nil)
    #expect(place(story)?.switched == [:], "what was to be switched is so already")
    #expect(place(story)?.lexicons.lines == [0])
  }
}
