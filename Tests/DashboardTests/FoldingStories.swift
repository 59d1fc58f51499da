import Casework
import Filters
import Listings
import ListingsTestSupport
import NearDuplicates
import Sightings
import Testing
import Workspace

@testable import Dashboard

/// Copies of one advert as one line, which opens, and which one key decides.
struct FoldingStories {
  private static let fisherman =
    "old carved figure of a fisherman with basket and net from my grandfathers cabinet in Lyon signed below"
  private static let lamp =
    "brass lamp with two arms and a green glass shade out of the station hall in Porto wires renewed last winter"
  private static let bird =
    "hand raised chick eats alone very tame knows the whole family sold with travel cage and a month of pellets"
  static let listings = """
    listing_id,platform,title,description,price,seller_alias
    ad-117,Larets,fisherman figure,\(fisherman) call 0600111222,400 USD,amber
    ad-217,Larets,horn cup,a plain cup without any mark that stood on the shelf of a pub near the harbour,20 USD,basalt
    ad-317,Hearthside,fisherman figure,\(fisherman) call 0699888777,350 USD,cobalt
    ad-417,Hearthside,station lamp,\(lamp) call 0700111222,90 USD,amber
    ad-517,Larets,fisherman figure,\(fisherman) call 0600111222,420 USD,delft
    ad-617,Larets,station lamp,\(lamp) call 0700999888,95 USD,ecru
    ad-717,Larets,tame chick,macaw \(bird),700 USD,amber
    ad-817,Hearthside,tame chick,cockatoo \(bird),750 USD,fawn

    """

  private func opened(_ columns: Int = 120, _ rows: Int = 40, found: Bool = true) -> KeyStory {
    var story = KeyStory(on: SampleListings.dataset([Self.listings]), columns, rows)
    story.tell(.lexiconsRead(SampleLexicons.none, switched: nil))
    let dataset = story.state.dataset
    story.tell(.comparedWithEarlier(SinceLastTime(firstOf: dataset.rowCount), of: dataset))
    if found { find(&story) }
    return story
  }

  private func find(_ story: inout KeyStory) {
    let dataset = story.state.dataset
    story.tell(.duplicatesFound(DuplicateGroups.find(in: dataset)!, of: dataset))
  }

  /// The queue, with copies decided together once before.
  private func practised() -> KeyStory {
    var story = opened()
    story.press("w c Enter")
    story.saveAll()
    return story
  }

  /// The question on the screen, without its line breaks.
  private func asked(_ story: KeyStory) -> String {
    guard case .question(let question) = story.state.mode else { return "nothing" }
    #expect(story.screen.contains("Please answer"))
    return question.text
  }

  private func ids(_ request: FilingRequest, _ story: KeyStory) -> [String] {
    request.keys.map { String(story.name(of: $0).split(separator: ":").last ?? "") }.sorted()
  }

  private func shown(_ story: KeyStory) -> [String] {
    story.state.order.rows.map { story.state.dataset.text(of: .listingID, at: Int($0)) }
  }

  private func current(_ story: KeyStory) -> String {
    story.state.table.row.map { story.state.dataset.text(of: .listingID, at: $0) } ?? "none"
  }

  // MARK: Lines

  @Test func inTheQueueCopiesAreOneLineThatSaysHowManyItStandsFor() {
    var story = opened()
    story.press("w")
    #expect(shown(story) == ["ad-117", "ad-217", "ad-417", "ad-717"])
    #expect(story.screen.contains("×3 fisherman"))
    #expect(story.screen.contains("×2 station"))
    #expect(story.screen.contains("4 to decide, 8 listings"))
    #expect(story.screen.contains("8 of 8"), "the filter shows all of them")
    #expect(story.screen.contains("6 Line 1 of 4"))
  }

  @Test func outsideTheQueueEveryListingHasALineUntilAKeyFoldsThem() {
    var story = opened()
    #expect(story.state.order.count == 8)
    story.press("O")
    #expect(shown(story) == ["ad-117", "ad-217", "ad-417", "ad-717"])
    story.press("O")
    #expect(story.state.order.count == 8)
    // The queue folds by itself, and may be told not to.
    story.press("w O")
    #expect(story.state.order.count == 8)
    #expect(story.screen.contains("8 to decide"))
    story.press("w w")
    #expect(story.state.order.count == 4)
  }

  @Test func theFirstOfTheOrderStandsForTheOthers() {
    var story = opened()
    story.press("O S 3")
    #expect(shown(story) == ["ad-817", "ad-517", "ad-617", "ad-217"], "the dearest of each")
    story.press("S 3")
    #expect(shown(story) == ["ad-217", "ad-417", "ad-317", "ad-717"], "the cheapest of each")
  }

  @Test func aKeyOpensALineInPlaceAndClosesIt() {
    var story = opened()
    story.press("w o")
    #expect(shown(story) == ["ad-117", "ad-317", "ad-517", "ad-217", "ad-417", "ad-717"])
    #expect(current(story) == "ad-117")
    #expect(story.screen.contains("▾3 fisherman"))
    #expect(story.screen.contains("├ fisherman") && story.screen.contains("└ fisherman"))
    #expect(story.screen.contains("4 to decide, 8 listings"), "opening a line makes no more decisions")
    story.press("j j o")
    #expect(current(story) == "ad-117", "closing goes to the line that stands for them")
    #expect(shown(story) == ["ad-117", "ad-217", "ad-417", "ad-717"])
    story.press("j o")
    #expect(story.bottomLine.contains("no other listing shown is the same advert"))
  }

  @Test func onlyCopiesThatTheFilterShowsAreBehindALine() {
    var story = opened()
    story.press("/")
    story.type("platform:Larets")
    story.press("Enter w")
    #expect(shown(story) == ["ad-117", "ad-217", "ad-617", "ad-717"])
    #expect(story.screen.contains("×2 fisherman"))
    story.press("c")
    #expect(asked(story).contains("2 listings, copies of one advert"))
    #expect(asked(story).contains("1 more copy is not shown by the filter and left as it is: 1 unreviewed."))
    story.press("Enter")
    #expect(ids(story.filings[0], story).count == 2)
  }

  @Test func theCursorStaysOnItsListingOrTheLineThatStandsForIt() {
    var story = opened()
    story.press("G k k k")
    #expect(current(story) == "ad-517")
    story.press("O")
    #expect(current(story) == "ad-117")
    story.press("O")
    #expect(current(story) == "ad-117")
  }

  @Test func untilCopiesAreFoundTheQueueSaysSoAndThenFoldsUnderTheCursor() {
    var story = opened(found: false)
    story.press("w j j j j")
    #expect(current(story) == "ad-517")
    #expect(story.screen.contains("8 to decide so far"))
    story.press("o")
    #expect(story.bottomLine.contains("Copies are still being looked for"))
    find(&story)
    #expect(current(story) == "ad-117")
    #expect(story.screen.contains("4 to decide, 8 listings"))
  }

  @Test func aKeyPressedAsALineCameToStandForCopiesDecidesNothing() {
    var story = opened(found: false)
    story.wait(10_000)
    story.press("w")
    story.wait(10_000)
    find(&story)
    story.press("c")
    #expect(story.filings.isEmpty && story.state.mode == .browsing)
    #expect(story.bottomLine.contains("changed as c was pressed"))
    story.wait(1_000)
    story.press("c")
    #expect(story.state.mode.kind == .question)
  }

  @Test(arguments: [
    (120, "4 to decide, 8 listings, 2 again · 10 a minute"), (80, "4 to decide, 8 listings, 2 again · 10 a minute"),
    (60, "4 to decide, 8 listings, 2 again · 10/min"), (40, "4 to decide"),
  ])
  func theHeadingSaysWhatThereIsRoomFor(columns: Int, heading: String) {
    var story = opened(columns, 30)
    story.press("w")
    story.state.counts.askAgain = 2
    for second in 0..<5 { story.state.pace.note(at: Moment(milliseconds: second * 6_000)) }
    #expect(story.screen.contains(" " + heading + " "), "\(story.screen)")
  }

  // MARK: Decisions

  @Test func aVerdictOnALineAsksAndDecidesAllOfItAsOneStep() {
    var story = opened()
    story.press("w c")
    #expect(story.filings.isEmpty)
    #expect(asked(story).contains("3 listings, copies of one advert, by 3 seller aliases on 2 platforms"))
    #expect(asked(story).contains("at 3 prices"))
    #expect(asked(story).contains("phone (0600111222 | 0699888777)"))
    #expect(story.screen.contains("confirm all 3"))
    story.press("Enter")
    #expect(story.filings.count == 1 && story.filings[0].rows.count == 3)
    #expect(current(story) == "ad-217")
    story.saveAll()
    #expect(story.bottomLine.contains("3 listings confirmed: copies of one advert"))
    #expect(shown(story) == ["ad-217", "ad-417", "ad-717"])
    story.press("u")
    story.takeBack()
    #expect(story.bottomLine.contains("undid: 3 listings confirmed"))
    #expect(shown(story) == ["ad-117", "ad-217", "ad-417", "ad-717"])
    #expect(current(story) == "ad-117")
  }

  @Test(arguments: ["Esc", "c", "x", "s", "j", "Space", "y"]) func anythingElseChangesNothing(key: String) {
    var story = opened()
    story.press("w c \(key)")
    #expect(story.filings.isEmpty)
    #expect(story.state.mode == .browsing)
    #expect(story.bottomLine.contains("Nothing was changed"))
  }

  @Test func theQuestionCanBeAnsweredForTheListingOnTheLineAlone() {
    var story = opened()
    story.press("w x 1")
    #expect(story.filings.count == 1 && story.filings[0].rows == [0])
    story.saveAll()
    #expect(story.screen.contains("×2 fisherman"), "the others are left to decide")
  }

  @Test func theQuestionCanBeAnsweredByLookingAtTheCopies() {
    var story = opened()
    story.press("w x o")
    #expect(story.filings.isEmpty && story.state.mode == .browsing)
    #expect(shown(story).prefix(3) == ["ad-117", "ad-317", "ad-517"])
  }

  @Test func afterTheFirstTimeFewCopiesThatDifferAsCopiesDoAreNotAskedAbout() {
    var story = practised()
    story.press("j")
    #expect(current(story) == "ad-417")
    story.press("x")
    #expect(story.state.mode == .browsing)
    #expect(story.filings.count == 1 && story.filings[0].rows.count == 2)
    story.saveAll()
    #expect(story.bottomLine.contains("2 listings marked false positive: copies of one advert"))
  }

  @Test func copiesThatDifferInOtherWordsAreAlwaysAskedAbout() {
    var story = practised()
    story.press("G")
    #expect(current(story) == "ad-717")
    story.press("c")
    #expect(story.filings.isEmpty)
    #expect(asked(story).contains("words (macaw | cockatoo)"))
  }

  @Test func keysThatCameAtOnceDecideNoCopies() {
    var story = practised()
    story.press("j")
    story.readAtOnce("c c")
    #expect(story.filings.isEmpty)
  }

  @Test func onAnOpenLineAVerdictIsForOneListing() {
    var story = practised()
    story.press("j o j c")
    #expect(story.filings.count == 1)
    #expect(story.filings[0].rows == [5])
    story.press("k k c")
    #expect(story.filings[1].rows == [3])
  }

  @Test func whatIsDecidedAlreadyIsLeftAsItIsAndNamed() {
    var story = opened()
    story.press("j j x")
    story.saveAll()
    story.press("g O")
    #expect(story.marks.hasPrefix("÷"), "the copies have different verdicts")
    story.press("c")
    #expect(asked(story).contains("2 listings, copies of one advert"))
    #expect(asked(story).contains("1 other decided already: left as it is"))
    story.press("Enter")
    #expect(story.filings[0].rows == [0, 4])
    story.saveAll()
    // Everything behind the line is decided now: another verdict replaces all.
    story.press("g s")
    #expect(asked(story).contains("Already decided: the new verdict replaces the old"))
    story.press("Enter")
    #expect(story.filings[0].rows.count == 3)
  }

  @Test func takingVerdictsBackAsksToo() {
    var story = opened()
    story.press("O c Enter")
    story.saveAll()
    story.press("g Backspace")
    #expect(story.screen.contains("withdraw the verdict of all 3"))
    story.press("Enter")
    #expect(story.wanted.first?.hasPrefix("file unreviewed") == true)
  }

  @Test func aReasonIsForAllCopies() {
    var story = opened()
    story.press("w r Enter")
    #expect(story.screen.contains("false positive (replica): all 3"))
    story.press("Enter")
    #expect(story.wanted.first?.hasPrefix("file false_positive replica") == true)
    #expect(story.filings[0].rows.count == 3)
  }

  @Test func whatSomebodyElseDecidesWhileItIsAskedStays() {
    var story = opened()
    story.press("w c")
    let key = story.state.dataset.key(at: 2)
    story.tell(
      .filed(
        FiledTransaction(
          kind: .seenFromOthers, statuses: [key: .saved(ReviewStatus(verdict: .unsure), 9)], keys: [key],
          sentence: "")))
    story.press("Enter")
    #expect(story.filings[0].rows == [0, 4])
  }

  @Test func aListingThatCameUnderTheCursorWhileItIsAskedIsNotDecided() {
    var story = opened()
    story.press("w c")
    let key = story.state.dataset.key(at: 0)
    story.tell(
      .filed(
        FiledTransaction(
          kind: .seenFromOthers, statuses: [key: .saved(ReviewStatus(verdict: .unsure), 9)], keys: [key],
          sentence: "")))
    #expect(current(story) != "ad-117")
    story.press("1")
    #expect(story.filings.isEmpty)
    #expect(story.bottomLine.contains("nothing was decided"))
  }

  // MARK: Several analysts

  @Test func aDisagreementIsNotSettledWithTheOtherCopies() {
    var story = opened()
    let snapshot = story.state.snapshot
    story.tell(
      .reviewsFound(
        SharedReviews(CasebookReviews(token: "t"), decidedByOthers: [], in: snapshot), about: nil, of: snapshot.dataset)
    )
    story.press("c")
    story.save()
    story.hear(.file(.falsePositive, reason: .replica, for: [snapshot.key(of: 0)]), by: "bo")
    story.answerReviews()
    story.press("g O x")
    #expect(asked(story).contains("2 listings, copies of one advert"))
    #expect(asked(story).contains("1 other decided already: left as it is"))
    story.press("Enter")
    #expect(story.filings[0].rows == [2, 4])
  }

  @Test func copiesBehindALineAreKeptOutOfTheQueuesOfOthersWithIt() {
    var story = opened()
    story.state.collaboration = Collaboration(sharesQueue: true)
    story.press("w")
    #expect(story.state.collaboration.leasing?.rows.count == 4)
    #expect(story.state.collaboration.leasing?.keys.count == 8)
  }

  // MARK: Marks

  @Test func aMarkOnALineMarksAllThatItStandsFor() {
    var story = opened()
    story.press("w Space")
    #expect(story.state.counts.marked == 3)
    #expect(story.bottomLine.contains("3 marked"))
    story.press("k Space")
    #expect(story.state.counts.marked == 0)
    story.press("k v j j Space")
    #expect(story.state.counts.marked == 6)
    story.press(";")
    #expect(story.screen.contains("6 marked listings"))
  }

  @Test func aLineSaysThatSomeOfItsCopiesAreMarked() {
    var story = opened()
    story.press("Space O")
    #expect(story.screen.contains("+"))
    #expect(story.state.counts.marked == 1)
  }

  // MARK: Orders

  @Test func listingsAreSortedByTheNumberOfCopies() {
    var story = opened()
    story.press("S")
    for _ in Dimension.orders.indices.dropFirst() { story.press("j") }
    story.press("Enter")
    #expect(story.state.sort == SortOrder(.copies, descending: true))
    #expect(
      shown(story) == ["ad-117", "ad-317", "ad-517", "ad-417", "ad-617", "ad-717", "ad-817", "ad-217"],
      "each group together, the largest first, and what has no copies last")
    story.press("S Enter")
    #expect(shown(story) == ["ad-717", "ad-817", "ad-417", "ad-617", "ad-117", "ad-317", "ad-517", "ad-217"])
  }

  @Test func foldedLinesAreSortedByTheListingsThatTheyStandFor() {
    var story = opened()
    // Of the three only one is left to decide, so that its line stands for fewer than others do.
    story.press("x j x")
    story.saveAll()
    story.press("w S j j j j j j j j j j Enter")
    #expect(story.state.sort.subject == .copies)
    #expect(shown(story) == ["ad-417", "ad-717", "ad-517", "ad-217"])
    story.press("G k c")
    #expect(story.filings.count == 1, "a copy whose others are decided is decided as any other listing")
  }

  @Test func theQuestionSaysWhatBecameOfCopiesThatAreNotShown() {
    var story = opened()
    story.press("x")
    story.saveAll()
    story.press("w G k k")
    #expect(current(story) == "ad-317")
    story.press("c")
    #expect(asked(story).contains("1 more copy is not shown by the filter and left as it is: 1 false positive."))
  }

  // MARK: Laws

  @Test(arguments: 0..<20) func everyRowIsALineOrBehindOne(seed: Int) throws {
    var chance = Dice(seed: UInt64(seed))
    let dataset = SampleListings.dataset([Self.listings, Self.listings])
    let duplicates = try #require(DuplicateGroups.find(in: dataset))
    let chosen = (0..<dataset.rowCount).filter { _ in Int.random(in: 0..<4, using: &chance) > 0 }
    let rows = chosen.shuffled(using: &chance)
    let folded = try #require(FoldedCopies(RowOrder(rows: rows.map { UInt32($0) }), by: duplicates))
    var lines: [Int] = []
    for row in rows {
      let number = duplicates.group(of: row)
      let copies = rows.filter { number != nil && duplicates.group(of: $0) == number }
      let count = Set(copies.map { duplicates.firstRow(of: $0) }).count
      guard count > 1 else {
        #expect(folded.group(of: row) == nil)
        lines.append(row)
        continue
      }
      let group = try #require(folded.group(of: row))
      #expect(folded.rows(of: group).map { Int($0) } == copies, "in the order of the rows")
      #expect(folded.listingCount(of: group) == count)
      if copies[0] == row { lines.append(row) }
    }
    #expect(folded.lines.rows.map { Int($0) } == lines)
    let open = Set((0..<duplicates.count).filter { _ in Bool.random(using: &chance) })
    let expected = lines.flatMap { row -> [Int] in
      guard let group = folded.group(of: row), open.contains(group) else { return [row] }
      return folded.rows(of: group).map { Int($0) }
    }
    #expect(folded.order(opening: open).rows.map { Int($0) } == expected)
    #expect(folded.unfolded.rows.map { Int($0) } == rows)
  }
}
