import Casework
import Listings
import Testing
import Workspace

@testable import Dashboard

/// Several analysts on one casebook, as one of them sees it.
struct SeveralAnalystsStories {
  private func opened(_ columns: Int = 160, _ rows: Int = 60) -> KeyStory {
    var story = KeyStory(columns, rows)
    story.tell(
      .reviewsFound(
        SharedReviews(CasebookReviews(token: "t"), decidedByOthers: [], in: story.state.snapshot), about: nil,
        of: story.state.dataset))
    return story
  }

  @Test func aDissentIsMarkedCountedShownSideBySideAndSettledByTheNextVerdict() {
    var story = opened()
    let name = story.current
    story.press("c")
    story.save()
    story.hear(.file(.falsePositive, reason: .replica, for: [story.key(of: name)]), by: "bo")
    story.answerReviews()
    #expect(story.topLine.contains("1 disagree (W)"))
    #expect(story.bottomLine.contains("bo disagrees with your verdict on a listing: false positive · W shows it"))
    story.press("g")
    #expect(story.current == name)
    #expect(story.screen.contains("✗≠"))
    #expect(story.screen.contains("rk: confirmed · 2026-11-18 12:00 UTC"))
    #expect(story.screen.contains("bo: false positive (replica) · 2026-11-18 12:30 UTC"))

    story.press("W")
    #expect(story.shown == [name])
    story.press("x")
    #expect(story.filings.last?.known.first?.settles.count == 1)
    story.save()
    story.answerReviews()
    #expect(!story.topLine.contains("disagree"))
    #expect(story.shown.isEmpty)
    story.press("W")
    #expect(story.shown.count == 6)
    #expect(!story.screen.contains("≠"))
    story.press("W")
    #expect(story.bottomLine.contains("No listing here has different verdicts"))
  }

  @Test func oneVerdictForMarkedListingsSettlesNoDisagreement() {
    var story = opened()
    let name = story.current
    story.press("c")
    story.save()
    story.hear(.file(.falsePositive, reason: nil, for: [story.key(of: name)]), by: "bo")
    story.answerReviews()
    story.press("* ; s")
    #expect(story.filings.last?.keys.count == 6)
    #expect(story.filings.last?.known.allSatisfy(\.settles.isEmpty) == true)
    story.saveAll()
    story.answerReviews()
    #expect(story.topLine.contains("1 disagree (W)"))
  }

  @Test func notesOfOthersStandBesideTheOwnAndAreNotEdited() {
    var story = opened()
    let key = story.key(of: story.current)
    story.hear(.write(note: "looks like bone", for: key), by: "bo")
    story.answerReviews()
    #expect(story.screen.contains("bo: looks like bone"))
    story.press("n")
    story.type("ivory, see the grain")
    story.press("Enter")
    #expect(story.filings.last?.what == .note("ivory, see the grain"))
    story.save()
    story.answerReviews()
    #expect(story.screen.contains("bo: looks like bone"))
    #expect(story.screen.contains("rk: ivory, see the grain"))
    // The own one is opened again.
    story.press("n")
    story.press("Esc")
    #expect(story.state.noteDrafts.isEmpty)
    story.press("/")
    story.type("is:noted")
    story.press("Enter")
    #expect(story.shown.count == 1)
  }

  @Test func aBlindReviewShowsNothingOfOthersAndBeginsWithWhatTheyDecided() {
    var story = KeyStory(emptyAt: 160, 60)
    story.state.collaboration = Collaboration(isBlind: true)
    story.tell(.casebookOpened([:], nil, nil))
    story.tell(.grew(to: SampleListings.dataset([SampleListings.six])))
    let names = story.shown
    let snapshot = story.state.snapshot
    let key = story.key(of: names[2])
    story.tell(
      .reviewsFound(
        SharedReviews(CasebookReviews(token: "t"), decidedByOthers: [key], in: snapshot), about: nil,
        of: story.state.dataset))
    #expect(story.shown == [names[2]])
    #expect(story.topLine.contains("BLIND REVIEW"))
    story.press("x")
    #expect(story.filings.last?.known.first?.isBlind == true)
    story.save()
    #expect(story.shown.isEmpty)
    story.hear(.file(.confirmed, reason: nil, for: [key]), by: "bo")
    #expect(story.topLine.contains("0 ✓"), "what a colleague decides meanwhile stays hidden")
    story.press("P")
    #expect(story.bottomLine.contains("no packet is written"))
    story.press("W")
    #expect(story.bottomLine.contains("does not show what others decided"))
  }

  @Test func theNextListingsOfASharedQueueAreLeasedAndThoseOfOthersAreNotInIt() {
    var story = opened()
    story.press("w")
    #expect(story.leased == nil, "a queue is shared only on request")
    story.press("w")
    story.state.collaboration.sharesQueue = true
    story.press("w")
    let all = story.shown
    story.press("j")
    #expect(story.state.collaboration.leasing?.rows.count == 6)
    let rows = RowSet([story.state.order[2], story.state.order[3]].map { Int($0) }, of: story.state.dataset.rowCount)
    story.tell(.leased(rows, of: story.state.dataset))
    #expect(story.shown == all.enumerated().filter { $0.offset != 2 && $0.offset != 3 }.map(\.element))
    // Leaving the queue gives all of it back.
    story.press("w")
    #expect(story.leased == [])
  }
}
