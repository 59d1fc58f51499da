import Casework
import Dashboard
import Listings
import TerminalIO
import Testing

/// Notes: what was typed is never lost in silence.
struct NoteStories {
  @Test func aNoteIsFiledWithEnter() {
    var story = KeyStory()
    story.press("n")
    story.type("same seller as last week")
    story.press("Enter")
    #expect(story.wanted == ["note «same seller as last week»: 1"])
    story.save()
    #expect(story.screen.contains("same seller as last week"))
    #expect(story.marks == "······")
    story.press("n")
    #expect(story.screen.contains("same seller as last week"))
    story.press("Enter")
    #expect(story.wanted == [])
  }

  @Test func escapeKeepsTheTypedNoteAsADraft() {
    var story = KeyStory()
    story.press("n")
    story.type("half a thought")
    story.press("Esc")
    #expect(story.wanted == ["remember 1"])
    #expect(story.bottomLine.contains("not saved to the casebook"))
    #expect(story.screen.contains("half a thought"))
    story.press("j n Esc k n")
    #expect(story.screen.contains("half a thought"))
    story.type("!")
    story.press("Enter")
    #expect(story.wanted == ["note «half a thought!»: 1"])
    #expect(story.state.noteDrafts.isEmpty)
  }

  @Test func aNoteBeingWrittenWhenTheLinkDropsIsThereNextTime() throws {
    var story = KeyStory()
    story.press("n")
    story.type("half a thought")
    story.tell(.terminal(.hangUp))
    #expect(!story.state.isRunning)
    guard case .remember(let place) = story.effects[0] else {
      Issue.record("nothing is remembered")
      return
    }
    #expect(story.wanted.last == "leave when filed")
    let kept = try #require(SessionPosition(fields: place.fields))
    #expect(kept == place)
    var next = KeyStory()
    next.tell(.casebookOpened([:], kept, nil))
    next.press("n")
    #expect(next.screen.contains("half a thought"))
  }

  @Test func aVerdictDoesNotTakeTheNoteAwayNorTheNoteTheVerdict() {
    var story = KeyStory()
    story.press("n")
    story.type("x")
    story.press("Enter c k n")
    story.type("y")
    story.press("Enter")
    story.saveAll()
    let status = story.state.decisions[story.key(of: "1")]?.status
    #expect(status == ReviewStatus(verdict: .confirmed, note: "xy"))
  }

  @Test func aLongNoteIsSeenWholeWithItsCursor() {
    var story = KeyStory(on: [SampleListings.six], 40, 10)
    story.press("n")
    story.type("象牙 " + String(repeating: "word ", count: 30) + "end")
    #expect(story.screen.contains("end"))
    #expect(story.frame.textAtCursor.contains("end"))
    story.press("Home")
    #expect(story.frame.textAtCursor.contains("象牙"))
  }
}

/// Leaving: not before the disk has answered, and never without a way out.
struct LeavingStories {
  @Test(arguments: ["q", "^C"]) func leavingRemembersThePlace(key: String) {
    var story = KeyStory()
    story.press("j \(key)")
    #expect(story.wanted == ["remember 2", "leave when filed"])
    #expect(!story.state.isRunning)
  }

  @Test func leavingWaitsForTheDisk() {
    var story = KeyStory()
    story.press("c x q")
    #expect(story.state.isRunning)
    #expect(story.wanted == [])
    #expect(story.bottomLine.contains("Saving 2 decisions"))
    story.save()
    #expect(story.state.isRunning)
    story.save()
    #expect(!story.state.isRunning)
    #expect(story.wanted.last == "leave when filed")
  }

  @Test func aRefusalWhileLeavingAsks() {
    var story = KeyStory()
    story.press("c ^C")
    story.refuse("The disk is full")
    #expect(story.state.isRunning)
    #expect(story.screen.contains("could NOT be saved"))
    #expect(story.screen.contains("The disk is full"))
    story.press("Esc")
    #expect(story.state.isRunning)
    story.press("q q")
    #expect(!story.state.isRunning)
  }

  @Test func aNoteOnATinyTerminalSurvivesTheQuestionBeforeLeaving() {
    var story = KeyStory()
    story.press("c")
    story.refuse("The disk is full")
    story.press("n")
    story.type("abc")
    story.resize(20, 5)
    story.press("q")
    #expect(story.state.isRunning)
    #expect(story.state.position.noteDrafts.values.contains("abc"))
    story.resize(80, 24)
    story.press("Esc")
    #expect(story.state.noteDrafts.values.contains("abc"))
  }

  @Test func aDiskThatNeverAnswersKeepsNobody() {
    var story = KeyStory()
    story.press("c ^C")
    #expect(story.state.isRunning)
    story.press("^C")
    #expect(!story.state.isRunning)
  }

  @Test func escapeStays() {
    var story = KeyStory()
    story.press("c q Esc")
    story.save()
    #expect(story.state.isRunning)
  }

  @Test func whatCannotBeSeenIsNotActedOn() {
    var story = KeyStory()
    story.resize(20, 5)
    story.press("c x Space")
    #expect(story.filings.isEmpty)
    #expect(story.screen.contains("enlarge"))
    story.press("q")
    #expect(!story.state.isRunning)
  }

  @Test func theTypedWayOutIsOneLevelAtATime() {
    var story = KeyStory()
    story.press("/")
    story.type("shell")
    story.press("^C")
    #expect(story.state.isRunning)
    #expect(story.state.filter == .everything)
    story.press("^C")
    #expect(!story.state.isRunning)
  }

  @Test func thePlaceIsFoundAgain() {
    var story = KeyStory()
    story.press("/")
    story.type("price:>20")
    story.press("Enter S 3 j j")
    story.tell(.terminal(.tick))
    #expect(story.wanted == ["remember 4"])
    story.tell(.terminal(.tick))
    #expect(story.wanted == [])
    var next = KeyStory(emptyAt: 80, 24)
    next.tell(.casebookOpened([:], SessionPosition(fields: story.state.position.fields), nil))
    next.tell(
      .grew(to: story.state.dataset))
    #expect(next.current == "4")
    #expect(next.state.filter.text == "price:>20")
    #expect(next.shown == ["5", "1", "4"])
  }

  @Test func aFilterOfLastTimeWaitsForItsColumn() {
    let dataset = SampleListings.dataset([SampleListings.hostile])
    var story = KeyStory(emptyAt: 80, 24)
    story.tell(.casebookOpened([:], SessionPosition(filterText: "colour:白", sort: .file, listing: nil), nil))
    #expect(story.state.position.filterText == "colour:白")
    story.tell(
      .grew(to: dataset))
    #expect(story.state.filter.text == "colour:白")
    #expect(story.state.order.count == 1)
  }

  @Test func whatWentWrongStaysOnTheListOfProblems() {
    var story = KeyStory()
    story.tell(.failed("week48.csv cannot be read; week47.csv is unharmed"))
    #expect(story.bottomLine.contains("week48.csv"))
    story.press("j")
    #expect(story.topLine.contains("1 problem"))
    story.press("p")
    #expect(story.screen.contains("week48.csv cannot be read"))
  }

  @Test func aLongSentenceIsSeenWhole() {
    var story = KeyStory(on: [SampleListings.six], 40, 12)
    story.press("c")
    story.refuse("The casebook ivory.casebook is on a full disk; nothing was saved; free some room and decide again")
    #expect(story.screen.contains("The casebook"))
    #expect(story.screen.contains("decide again"))
  }
}
