import Casework
import Filters
import Listings
import Testing

@testable import Dashboard

/// Adverts are counted, not rows.
struct ListingCountStories {
  private func story(_ columns: Int = 120, _ rows: Int = 36) -> KeyStory {
    KeyStory(on: [SampleListings.six, SampleListings.again, SampleListings.again], columns, rows)
  }

  @Test func theTitleCountsListingsAndSaysHowManyRowsTheyHave() {
    let repeated = story()
    #expect(repeated.topLine.contains("6 listings in 8 rows"))
    #expect(repeated.screen.contains("6 of 6"))
    #expect(repeated.screen.contains("6 Listing 1 of 6 "))
    #expect(!repeated.screen.contains("Platform, rows"))
    let single = KeyStory(on: [SampleListings.six], 120, 36)
    #expect(single.topLine.contains("6 listings "))
    #expect(!single.screen.contains("rows"))
  }

  @Test func untilItIsKnownWhichRowsAreOneListingRowsAreCalledRows() {
    var story = KeyStory(emptyAt: 120, 36)
    story.answersAtOnce = false
    story.tell(.grew(to: SampleListings.dataset([SampleListings.six, SampleListings.again])))
    #expect(story.topLine.contains("7 rows"))
    story.groupListings()
    #expect(story.topLine.contains("6 listings in 7 rows"))
  }

  @Test func aVerdictOnAListingInThreeRowsIsOne() {
    var story = story()
    story.press("G c")
    story.save()
    #expect(story.marks == "·····✓")
    #expect(story.topLine.contains("1 ✓  0 ✗  0 ?"))
    story.press("P")
    #expect(story.screen.contains("Packet: 1 confirmed listing"))
    story.press("Esc u")
    story.takeBack()
    #expect(story.topLine.contains("0 ✓  0 ✗  0 ?"))
  }

  @Test func marksAndTheirQuestionCountListings() {
    var story = story()
    story.press("*")
    #expect(story.bottomLine.contains("6 marked"))
    #expect(story.topLine.contains("6 marked"))
    story.press("* G Space")
    #expect(story.topLine.contains("1 marked"))
    #expect(story.state.marked.rows == [5, 6, 7], "a mark is on the listing, not on one of its sightings")
    story.press("x")
    story.saveAll()
    #expect(story.state.marked.isEmpty)
    story.press("g G Space ;")
    #expect(story.screen.contains("1 marked listing; 1 already decided"))
  }

  @Test func aListingIsHiddenOnlyWhereNoRowOfItIsShown() {
    var story = story()
    story.press("* /")
    story.type("file:week1")
    story.press("Enter ;")
    #expect(story.screen.contains("6 marked listings."))
    story.press("Esc 0 /")
    story.type("file:week2")
    story.press("Enter ;")
    #expect(story.screen.contains("5 of them not"))
  }

  @Test func theDetailSaysWhereElseAListingStands() {
    var story = story()
    #expect(!story.screen.contains("seen "))
    story.press("G 6 G")
    #expect(story.screen.contains("in 3 rows: week1.csv row 6, week2.csv row 1, week3.csv row 1"))
  }

  @Test func theShareOfATermCountsListings() {
    let ivory = "\n7,Larets,https://larets.example/7,ivory ring,,,1,USD,a,2026-11-06"
    let header = "listing_id,platform,url,title,description,species,price,currency,seller_alias,posted_at"
    var story = KeyStory(on: [SampleListings.six + ivory, header + ivory, header + ivory], 120, 36)
    story.tell(.lexiconsRead(SampleLexicons.loaded(), switched: nil))
    story.tell(.flagged(SampleLexicons.flags(of: story.state.dataset), of: story.state.dataset))
    story.press("G c g x")
    story.saveAll()
    story.press("/ e Enter 0")
    let record = story.state.answer?.facets[.term]?.values.first { $0.meaning == "elephant ivory" }?.record
    #expect(record == TermRecord(confirmed: 1, falsePositive: 1))
    story.press("L")
    #expect(story.screen.contains("1 of 2"))
  }
}

/// Bars are measured by the longest of their own pane.
struct BarStories {
  @Test func bandsOfRiskAreMeasuredByTheGreatestNotByTheFirst() {
    var story = KeyStory.flagged(
      [("ivory", "")] + Array(repeating: ("plain text about a lamp", ""), count: 8) + [("ivory jelly bracelet", "")])
    story.press("8")
    let area = story.state.layout.facets[.risk]!.insideBorder
    let frame = story.frame
    let bars = (0..<story.state.shownValues(of: .risk).count).map { line in
      (area.column..<area.endColumn).count { "█▉▊▋▌▍▎▏".contains(frame[$0, area.row + line].text) }
    }
    let counts = story.state.shownValues(of: .risk).map(\.count)
    let longest = counts.firstIndex(of: counts.max()!)!
    #expect(counts.first! < counts.max()!)
    for (bar, count) in zip(bars, counts) { #expect(count == counts.max() ? bar == bars.max() : bar < bars[longest]) }
  }

  @Test func listingsWithoutAValueHaveNoBar() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.press("2")
    let area = story.state.layout.facets[.species]!.insideBorder
    let line = story.state.shownValues(of: .species).firstIndex { $0.name.isEmpty }!
    let text = story.frame.text(ofRow: area.row + line).prefix(area.endColumn)
    #expect(text.contains("(none given)"))
    #expect(!text.contains("█"))
  }
}
