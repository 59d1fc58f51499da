import Casework
import Filters
import Listings
import ListingsTestSupport
import Testing

@testable import Dashboard
import Workspace

/// Rows arrive while the dashboard is in use.
struct LoadingStories {
  private let growing = GrowingDataset()

  private func grow(_ story: inout KeyStory, by count: Int, isComplete: Bool = false) {
    let first = growing.look().rowCount
    growing.add((first..<first + count).map { ListingRow(id: "L\($0)", platform: "ebay", title: "listing \($0)") })
    let look = growing.look(isComplete: isComplete)
    story.tell(
      .datasetGrew(
        look, Loading(bytesRead: look.rowCount, bytesTotal: 100, isComplete: isComplete), ProblemList(),
        problemRows: RowSet(noneOf: look.rowCount)))
  }

  private func story() -> KeyStory {
    var story = KeyStory(emptyAt: 120, 36)
    story.answersAtOnce = false
    story.tell(.casebookOpened([:], nil, nil))
    return story
  }

  @Test func aQuestionThatIsBeingAnsweredIsNotAskedAnewBecauseRowsArrive() {
    var story = story()
    grow(&story, by: 10)
    let asked = story.questions.count
    grow(&story, by: 10)
    grow(&story, by: 10)
    #expect(story.questions.count == asked)
    while story.questions.count > 1 { story.answerNext() }
    // The answer about the rows there were is shown, and those that came meanwhile are asked for.
    story.answerNext()
    #expect(story.state.order.count == 10)
    #expect(story.questions.count == 1)
    #expect(story.questions.first?.snapshot.dataset.rowCount == 30)
    story.answerNext()
    #expect(story.state.order.count == 30)
    #expect(story.questions.isEmpty)
    #expect(!story.state.isEvaluating)
  }

  @Test func aNewerQuestionDoesNotWait() {
    var story = story()
    grow(&story, by: 10)
    let asked = story.questions.count
    story.press("/")
    story.type("l")
    #expect(story.questions.count == asked + 1)
    #expect(story.questions.last?.generation == story.state.generation)
  }

  @Test func theLastRowsAreAlwaysAskedFor() {
    var story = story()
    grow(&story, by: 10)
    grow(&story, by: 7, isComplete: true)
    story.answerAll()
    #expect(story.state.order.count == 17)
  }

  @Test func aVerdictGoesOnToTheNextListingWhileRowsArrive() {
    var story = story()
    grow(&story, by: 10)
    story.answerAll()
    grow(&story, by: 10)
    story.press("c")
    #expect(story.current == "L1")
    story.press("*")
    #expect(story.state.marked.count == 10)
  }

  @Test func verdictsAreLookedUpOnceAtATimeAndAmongAllRowsInTheEnd() throws {
    var story = story()
    grow(&story, by: 10)
    let key = story.state.dataset.key(at: 3)
    story.tell(.casebookOpened([key: .saved(ReviewStatus(verdict: .confirmed), 1)], nil, nil))
    #expect(story.placings.count == 1)
    grow(&story, by: 10)
    grow(&story, by: 10)
    #expect(story.placings.count == 1)
    story.answerPlacing()
    #expect(story.state.counts.confirmed == 1)
    #expect(story.placings.count == 1)
    story.answerPlacing()
    #expect(story.placings.isEmpty)
    #expect(story.state.verdicts.confirmed.rowCount == 30)
  }
}
