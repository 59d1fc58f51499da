import Casework
import Filters
import Listings
import Testing

@testable import Dashboard

/// The queue of work: what is to be decided, and nothing else.
struct WorkQueueStories {
  @Test func itShowsWhatIsToBeDecidedAndGivesTheOldOrderBack() {
    var story = KeyStory()
    story.press("c")
    story.saveAll()
    story.press("w")
    #expect(story.shown == ["2", "3", "4", "5", "6"])
    #expect(story.screen.contains("5 to decide"))
    story.press("c")
    story.saveAll()
    #expect(story.state.order.count == 4)
    story.press("w")
    #expect(story.state.filter == .everything)
    #expect(story.state.sort == .file)
    #expect(story.shown == ["1", "2", "3", "4", "5", "6"])
  }

  @Test func itNarrowsTheFilterThatIsThere() {
    var story = KeyStory()
    story.press("/")
    story.type("ivory")
    story.press("Enter")
    let before = story.state.filter
    story.press("w")
    #expect(story.state.filter.text == before.text + " is:to-decide")
    story.press("w")
    #expect(story.state.filter == before)
  }

  @Test func whenEverythingIsDecidedItSaysSo() {
    var story = KeyStory(on: SampleListings.dataset([SampleListings.six]), 120, 36)
    story.press("w")
    for _ in 0..<6 {
      story.press("c")
      story.saveAll()
    }
    while case .findChanges? = story.effects.last { story.answerChanges() }
    #expect(story.state.order.count == 0)
  }

  @Test func theHeadingSaysHowFastItGoesAfterFiveDecisions() {
    var pace = Pace()
    for second in 0..<4 { pace.note(at: Moment(milliseconds: second * 6_000)) }
    #expect(pace.perMinute == nil)
    pace.note(at: Moment(milliseconds: 24_000))
    #expect(pace.perMinute == 10)
    // After a long break the count begins anew.
    pace.note(at: Moment(milliseconds: 24_000 + 301_000))
    #expect(pace.perMinute == nil)
    #expect(pace.count == 6)
  }

  private func opened(decided keys: [String], position: SessionPosition? = nil) -> KeyStory {
    let dataset = SampleListings.dataset([SampleListings.six])
    var story = KeyStory(emptyAt: 120, 36)
    let decided = (0..<dataset.rowCount).map { dataset.key(at: $0) }
      .filter { key in keys.contains { key.text.hasSuffix("/" + $0) } }
      .map { ($0, Filing.saved(ReviewStatus(verdict: .confirmed), 2)) }
    story.tell(.casebookOpened(Dictionary(uniqueKeysWithValues: decided), position, nil))
    story.tell(.grew(to: dataset))
    while !story.placings.isEmpty { story.answerPlacing() }
    return story
  }

  @Test func filesOpenedForTheFirstTimeBeginWithItWhereListingsWereDecidedBefore() {
    let story = opened(decided: ["1", "3"])
    #expect(story.state.filter.text == "is:to-decide")
    #expect(story.bottomLine.contains("2 listings were decided before; w shows all"))
  }

  @Test func otherwiseTheyBeginInTheirOwnOrder() {
    #expect(opened(decided: []).state.filter == .everything)
    let all = opened(decided: ["1", "2", "3", "4", "5", "6"])
    #expect(all.state.filter == .everything, "nothing is left to decide")
    let position = SessionPosition(filterText: "", sort: .file, listing: nil)
    #expect(opened(decided: ["1"], position: position).state.filter == .everything, "they were open before")
  }
}
