import Casework
import Testing

@testable import Dashboard

/// What became of the packets, and the form in which a step is recorded.
struct CaseStories {
  private func opened(_ board: CaseBoard = SampleCases.board, _ columns: Int = 80, _ rows: Int = 24) -> KeyStory {
    var story = KeyStory(columns, rows)
    story.press("C")
    story.tell(.casesFound(board))
    return story
  }

  private func form(_ story: KeyStory) -> CaseForm? {
    if case .caseForm(let form) = story.state.mode { form } else { nil }
  }

  private func sheet(_ story: KeyStory) -> CasesSheet? {
    if case .cases(let sheet) = story.state.mode { sheet } else { nil }
  }

  @Test func theCasesThatWereLeftAloneLongestComeFirst() {
    let story = opened()
    #expect(story.screen.contains("Cases: 3 open, 2 without a step for 60 days, 1 closed"))
    let lines = story.screen.split(separator: "\n").filter { $0.contains("LNS-2026") }
    #expect(lines[0].contains("Hearthside") && lines[0].contains("74 d"))
    #expect(lines[1].contains("Customs, Hai Phong") && lines[1].contains("opened") && lines[1].contains("69 d"))
    #expect(lines[3].contains("withdrawn"))
  }

  @Test func anEmptyCasebookSaysHowToBegin() {
    let story = opened(SampleCases.none)
    #expect(story.screen.contains("No packet has been written yet. P writes one"))
  }

  @Test func enterShowsTheStepsAndTheListings() {
    var story = opened()
    story.press("Enter")
    #expect(story.screen.contains("LNS-2026-7K3Q-000001_v1 → Hearthside"))
    #expect(story.screen.contains("removed: 1 listing"))
    #expect(story.screen.contains("removed on 2026-09-05"))
    #expect(story.screen.contains("removed between 2026-09-16 and") || story.screen.contains("removed between"))
    #expect(story.screen.contains("still online on 2026-09-30"))
    #expect(story.screen.contains("not known: no later scrape"))
    story.press("Esc")
    #expect(story.screen.contains("Cases: 3 open"))
    story.press("Esc")
    #expect(story.state.mode == .browsing)
  }

  @Test func aStepIsRecordedByAShortForm() throws {
    var story = opened()
    story.press("j r")
    // A case was opened: a charge is what is most likely to come next.
    #expect(form(story)?.draft[.step] == "charged" && form(story)?.draft[.recipient] == "Customs, Hai Phong")
    story.press("Right")
    #expect(form(story)?.draft[.step] == "outcome")
    story.press("Tab Tab")
    story.type("2026-11-02")
    story.press("Tab Right Tab")
    story.type("HP/12")
    story.press("^S")
    #expect(
      story.wanted == [
        "record of LNS-2026-7K3Q-000001_v1: step «outcome», recipient «Customs, Hai Phong», day «2026-11-02», "
          + "reference «HP/12», outcome «seizure»"
      ])
    #expect(story.screen.contains("recording …"))
    story.tell(.stepRecorded("outcome: seizure on 2026-11-02 recorded as event 12"))
    #expect(sheet(story) != nil)
    #expect(story.screen.contains("recorded as event 12"))
    story.tell(.casesFound(SampleCases.board))
    #expect(sheet(story)?.list.cursor == 1)
  }

  @Test func aComplaintLeadsToItsLineAndNothingTypedIsLost() {
    var story = opened()
    story.press("j r Tab Tab")
    story.type("tomorrow")
    story.press("^S")
    story.tell(.stepRefused(why: "“tomorrow” is not a day. Nothing was recorded.", .day))
    #expect(form(story)?.part == .day && form(story)?.draft[.day] == "tomorrow")
    #expect(story.screen.contains("is not a day"))
    story.press("Esc")
    #expect(sheet(story)?.list.cursor == 1)
  }

  @Test func theLinesOfTheFormDependOnTheStep() {
    var story = opened()
    story.press("r")
    #expect(form(story)?.parts == [.step, .recipient, .day, .listings, .reference, .note])
    for _ in 0..<20 where form(story)?.draft[.step] != "withdrawn" { story.press("Right") }
    #expect(form(story)?.parts == [.step, .day, .note])
    story.press("^S")
    #expect(story.wanted == ["record of LNS-2026-7K3Q-000001_v1: step «withdrawn»"])
  }

  @Test func aStepIsTakenBackAndWhatIsNoneIsNot() {
    var story = opened()
    story.press("Enter u")
    #expect(story.wanted.isEmpty && story.screen.contains("This is no step"))
    story.press("j u")
    #expect(story.wanted == ["take back step 6"])
    story.tell(.stepRecorded("event 6 was taken back"))
    #expect(story.screen.contains("event 6 was taken back"))
  }

  @Test func whatCannotBeReadIsSaid() {
    var story = KeyStory()
    story.press("C")
    story.tell(.casesNotFound(why: "ivory.casebook is held by another program."))
    #expect(story.screen.contains("ivory.casebook is held by another program."))
    story.press("r Enter u j G Esc")
    #expect(story.state.mode == .browsing)
  }

  @Test func anAnswerAfterTheSheetClosedChangesNothing() {
    var story = KeyStory()
    story.press("C Esc")
    story.tell(.casesFound(SampleCases.board))
    #expect(story.state.mode == .browsing)
  }

  @Test(arguments: [(120, 36), (80, 24), (40, 10), (24, 6)])
  func everyLineIsReachedAndSeen(columns: Int, rows: Int) {
    var story = opened(SampleCases.board, columns, rows)
    for _ in 0..<6 {
      story.press("j Enter")
      for _ in 0..<9 {
        #expect(story.frame.cursor != nil)
        story.press("j")
      }
      story.press("r Tab Tab Tab Tab Tab Esc Esc")
      #expect(sheet(story) != nil)
    }
  }
}
