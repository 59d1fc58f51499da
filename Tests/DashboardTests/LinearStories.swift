import Casework
import CodeWords
import Dashboard
import Listings
import Testing
import Workspace

/// The linear mode: lines in, lines out, about the same state.
@Suite struct LinearStories {
  @Test func openingSaysWhatIsOpenAndTheFirstListing() {
    let story = LinearStory()
    #expect(story.transcript[0] == "Linsang, opening week47.csv. help lists the words, quit leaves.")
    #expect(story.transcript[1] == "week47.csv: 6 listings, 6 undecided, no problems.")
    #expect(story.transcript[2] == "Listing 1 of 6: Carved ivory ring.")
    #expect(
      story.transcript.contains(
        "Hearthside, seller rosa, price 120 USD, posted 1 November 2026."))
    #expect(story.transcript.last == "Unreviewed.")
  }

  // MARK: Verdicts

  @Test(arguments: ["c", "confirm", "Confirm", "с", " c "])
  func aVerdictIsAnsweredByOneLineOnceTheDiskHasIt(_ line: String) {
    var story = LinearStory()
    let early = story.type(line, saves: false)
    #expect(early == [], "nothing is said that is not on disk")
    #expect(!story.isReady)
    let said = story.answer()
    #expect(said[0] == "Listing 1, Carved ivory ring: confirmed. 5 left.")
    #expect(said[1] == "Listing 2 of 6: Resin beads.")
    #expect(said[0].utf8.count < 200)
  }

  @Test func theOtherVerdictsHaveTheKeysOfTheDashboard() {
    var story = LinearStory()
    #expect(story.type("x")[0] == "Listing 1, Carved ivory ring: false positive. 5 left.")
    #expect(story.type("unsure")[0] == "Listing 2, Resin beads: unsure. 4 left.")
    #expect(story.type("r other material")[0] == "Listing 3, Scale bracelet: false positive, other material. 3 left.")
    #expect(story.type("reason")[0].contains("1 replica, 2 other material"))
    #expect(story.type("1")[0] == "Listing 4, Shell comb: false positive, replica. 2 left.")
    #expect(story.type("reason").count == 1)
    #expect(story.type("none of these")[0].contains("nothing was decided"))
    #expect(story.state.counts.falsePositive == 3)
  }

  @Test(arguments: [
    "confirm this?", "cc", "c now", "x!", "sure", "see above", "c x", "unsure?", "confirmed", "\u{1B}[c",
  ])
  func aLineThatOnlyBeginsLikeAVerdictDecidesNothing(_ line: String) {
    var story = LinearStory()
    let said = story.type(line, saves: false)
    #expect(story.story.filings.isEmpty)
    #expect(said.count == 1)
    #expect(said[0].contains("is no command; nothing was done"))
  }

  @Test func anUnknownWordNamesTheNearest() {
    var story = LinearStory()
    #expect(story.type("confrim")[0].contains("nearest: confirm (c)"))
    #expect(story.type("first").first == "Listing 1 of 6: Carved ivory ring.", "begins with a letter, decides nothing")
    #expect(story.story.filings.isEmpty)
  }

  @Test func whatTheDiskRefusesIsSaidInALine() {
    var story = LinearStory()
    story.type("c", saves: false)
    let said = story.answer(refusal: "The disk is full; nothing was saved")
    #expect(said[0] == "Listing 1, Carved ivory ring: NOT SAVED as confirmed. The disk is full; nothing was saved")
    #expect(said.count { $0.contains("disk is full") } == 1)
    #expect(story.end().last?.contains("1 decision NOT SAVED") == true)
  }

  @Test func aSlowDiskIsSaidOnce() {
    var story = LinearStory()
    story.type("c", saves: false)
    #expect(story.wait(1000) == [])
    #expect(story.wait(2500) == ["Still being saved; the casebook has not answered yet."])
    #expect(story.wait(2500) == [])
    #expect(story.answer()[0].contains("confirmed"))
  }

  @Test func whatWasTypedBeforeTheListingWasReadOutIsNoDecision() {
    var story = LinearStory()
    #expect(story.type("c", isAhead: true, saves: false)[0].contains("not a decision"))
    #expect(story.story.filings.isEmpty)
    #expect(story.type("n", isAhead: true)[0] == "Listing 2 of 6: Resin beads.")
  }

  @Test func onlyTheListingThatWasHeardIsDecided() {
    var story = LinearStory()
    story.type("/is:unreviewed")
    // A colleague decides the very listing that was read out, and the next one takes its place.
    story.story.hear(.file(.confirmed, reason: nil, for: [story.story.key(of: "1")]), by: "bo")
    let said = story.type("x", saves: false)
    #expect(story.story.filings.isEmpty)
    #expect(said[0].contains("nothing was decided"))
    #expect(said.contains { $0.hasPrefix("Listing 1 of 5: Resin beads") })
  }

  /// Sentences name what is typed here: a letter may mean something else than on the screen.
  @Test func sentencesNameTheWordsOfTheLinearMode() {
    var story = LinearStory()
    story.type("/is:unreviewed")
    let said = story.type("confirm").joined(separator: " ")
    #expect(said.contains("no longer shown; undo undoes"), "\(said)")
  }

  @Test func undoGoesBackToTheListing() {
    var story = LinearStory()
    story.type("c")
    story.type("undo", saves: false)
    #expect(!story.isReady)
    let said = story.takeBack()
    #expect(said[0].hasPrefix("undid: "))
    #expect(said[1] == "Listing 1 of 6: Carved ivory ring.")
    #expect(said.last == "Unreviewed.")
  }

  @Test func aNoteIsAskedForOrFollowsItsWord() {
    var story = LinearStory()
    #expect(story.type("note seen before")[0] == "Listing 1, Carved ivory ring: note saved: seen before. 6 left.")
    #expect(story.type("e")[0].contains("The note is: seen before."))
    #expect(story.type("c")[0] == "Listing 1, Carved ivory ring: note saved: c. 6 left.", "text is no command")
    #expect(story.type("note")[0].contains("an empty line leaves it"))
    #expect(story.type("") == ["The note stays as it is."])
    #expect(story.type("note -")[0] == "Listing 1, Carved ivory ring: note removed. 6 left.")
    #expect(story.state.counts.confirmed == 0)
  }

  // MARK: Moving

  @Test func linesMoveByStepsAndNumbers() {
    var story = LinearStory()
    #expect(story.type("")[0] == "Listing 2 of 6: Resin beads.")
    #expect(story.type("n")[0] == "Listing 3 of 6: Scale bracelet.")
    #expect(story.type("p")[0] == "Listing 2 of 6: Resin beads.")
    #expect(story.type("6")[0] == "Listing 6 of 6: Lamp.")
    #expect(story.type("n") == ["This is the last listing."])
    #expect(story.type("n") == ["This is the last listing."])
    #expect(story.type("back")[0] == "Listing 2 of 6: Resin beads.")
    #expect(story.type("7") == ["There are only 6, not 7."])
    story.type("c")
    #expect(story.type("2").contains("Verdict: confirmed."))
    #expect(story.type("1")[0] == "Listing 1 of 6: Carved ivory ring.")
    #expect(story.type("u")[0] == "Listing 3 of 6: Scale bracelet.", "the decided one is passed over")
  }

  // MARK: Finding

  @Test func filtersAreSetSaidAndRefusedInALine() {
    var story = LinearStory()
    let said = story.type("/platform:larets")
    #expect(said[0] == "Filter platform:larets: 2 of 6 listings shown; 2 left.")
    #expect(said[1] == "Listing 1 of 2: Parrot eggs.")
    #expect(story.type("/")[0] == "Filter platform:larets: 2 of 6 listings shown; 2 left.")
    #expect(
      story.type("/platfrom:larets") == [
        "Not applied: no field platfrom at column 1; did you mean platform?. The filter stays as it was."
      ])
    #expect(story.type("/is:confrmed")[0].contains("did you mean is:confirmed?"))
    #expect(
      story.type("/nothing-of-the-kind") == [
        "Filter nothing-of-the-kind: 0 of 6 listings shown; 0 left.", "No listing is shown.",
      ])
    #expect(story.type("c") == ["No listing is shown."])
    #expect(story.type("0")[0] == "No filter: 6 of 6 listings shown; 6 left.")
  }

  @Test func sortingSaysTheOrder() {
    var story = LinearStory()
    let said = story.type("sort price")
    #expect(said[0] == "Sorted by price in US dollars, from the highest.")
    #expect(said[1] == "Listing 1 of 6: Parrot eggs.")
    #expect(story.type("sort price up")[0] == "Sorted by price in US dollars, from the lowest.")
    #expect(story.type("sort")[0].contains("price"))
    #expect(story.type("sort colour")[0].contains("There is no order"))
  }

  @Test func valuesAreCountedAndChosenByNumber() {
    var story = LinearStory()
    let said = story.type("count platform")
    #expect(said[0].hasPrefix("Platform: 3 values"))
    #expect(said[1...] == ["1. ChoLang, 2", "2. Hearthside, 2", "3. Larets, 2"])
    #expect(story.type("choose 3")[0].hasPrefix("Filter platform:\"Larets\": 2 of 6 listings shown"))
    #expect(story.type("count platform").contains("3. Larets, 2, chosen"))
    #expect(story.type("choose 9")[0].contains("no number from 1 to 3"))
    #expect(story.type("exclude 3")[0].hasPrefix("Filter -platform:\"Larets\": 4 of 6 listings shown"))
    #expect(story.type("count price").contains("1. 5 to 10, 1"))
    #expect(story.type("count verdict")[0].hasPrefix("Verdict"))
    #expect(story.type("count colour")[0].contains("Nothing is counted by"))
  }

  // MARK: Several listings

  @Test func markedListingsAreAskedAboutWithTheirNumber() {
    var story = LinearStory()
    #expect(story.type(";") == ["Nothing is marked; mark marks a listing, mark 3-12 a range, mark-all all shown."])
    #expect(story.type("mark")[0] == "Listing 1, Carved ivory ring: marked. 1 marked.")
    #expect(story.type("mark 3-4")[0] == "3 marked.")
    let asked = story.type(";")
    #expect(asked[0] == "3 marked listings.")
    #expect(asked[1].contains("Anything else changes nothing"))
    #expect(story.type("cc", saves: false)[0] == "Nothing was changed.")
    #expect(story.story.filings.isEmpty)
    story.type("decide-marked")
    #expect(story.type("x")[0] == "3 listings, the first Carved ivory ring: false positive. 3 left.")
  }

  // MARK: The rest

  @Test func everyCommandOfTheDashboardIsHereOrNeedsAScreen() {
    let onScreens: Set = [
      "note-here", "describe-marked", "range", "next-hit", "previous-hit", "lens", "add-word", "choose", "exclude",
      "clear-facet", "find-value", "count-by", "range-from", "range-to", "price-down", "price-up", "down", "up",
      "page-down", "page-up", "half-page-down", "half-page-up", "first", "last", "next-pane", "previous-pane",
      "platform-pane", "species-pane", "price-pane", "seller-pane", "listings-pane", "detail-pane", "term-pane",
      "risk-pane", "open", "to-facets", "to-listings", "from-detail", "zoom", "back", "commands", "redraw", "suspend",
      "copy", "came-from", "views", "tags", "trail", "value-order", "count-by-any",
      "zoom-prices", "unzoom-prices", "price-currency", "identify", "explain", "same-seller", "week-chart",
      "filter-history", "table-columns", "theme",
    ]
    let here = Set(LinearCommand.all.flatMap(\.names))
    for command in CommandTable.all where !onScreens.contains(command.name) {
      #expect(here.contains(command.name), "\(command.name) is in no table of the linear mode")
    }
  }

  @Test func noWordMeansTwoThingsAndEachIsExplained() {
    let names = LinearCommand.all.flatMap(\.names)
    #expect(Set(names).count == names.count)
    var story = LinearStory()
    for command in LinearCommand.all {
      #expect(!command.help.isEmpty, "\(command.names)")
      #expect(story.type("help \(command.names[0])")[0].hasPrefix(command.names[0]))
    }
    #expect(story.type("help").count == LinearCommand.Topic.allCases.count + 1)
  }

  @Test func longAnswersAreCutAndGoOn() {
    var story = LinearStory(KeyStory(on: [SampleListings.many(200)]))
    let said = story.type("count seller")
    #expect(said.count == 18)
    let text = (1...60).map { "line \($0) of a long text that goes on and on and on, until it fills a line" }
    let long = LinearStory(KeyStory(on: ["listing_id,title,description\n1,a,\"\(text.joined(separator: "\n"))\"\n"]))
    var reading = long
    let first = reading.type("text")
    #expect(first.count == 21)
    #expect(first.last == "41 more lines: more")
    #expect(reading.type("more").count == 21)
    #expect(reading.type("more").last == text[59])
    #expect(reading.type("more") == ["There is no more."])
  }

  @Test func aPacketIsAskedForLineByLine() {
    var story = LinearStory()
    #expect(story.type("packet")[0].contains("nothing to hand over"))
    story.type("c")
    let asked = story.type("P")
    #expect(asked[0].hasPrefix("Packet: 1 confirmed listing."))
    #expect(asked[1] == "1 of 26. Packet for, one of 1 police, 2 sharing [police]:")
    #expect(story.type("sharing") == ["2 of 26. Title [Suspected online offers of protected wildlife]:"])
    let summary = story.type("")
    #expect(summary.first?.hasPrefix("3 of 26. Summary [1 listing on Hearthside by 1 seller alias, dated ") == true)
    #expect(story.type("One ring, c") == ["4 of 26. To (organisation) [nothing]:"])
    #expect(story.type("back")[0] == "3 of 26. Summary [One ring, c]:")
    story.type("write")
    guard case .exportPacket(let request)? = story.story.effects.last else {
      Issue.record("no packet was asked for")
      return
    }
    #expect(request.draft[.profile] == "sharing")
    #expect(request.draft[.summary] == "One ring, c")
    let refused = story.tell(.packetRefused([PacketFault(.recipient, "a recipient is needed")]))
    #expect(refused[0] == "No packet was written: a recipient is needed")
    #expect(refused[1].hasPrefix("4 of 26. To (organisation)"))
    #expect(story.type("cancel")[0].contains("No packet was written"))
    #expect(story.state.mode == .browsing)
  }

  @Test func progressIsSaidRarely() {
    var story = KeyStory(emptyAt: 80, 24)
    story.tell(.casebookOpened([:], nil, nil))
    let dataset = SampleListings.dataset([SampleListings.six])
    func grow(_ bytes: Int, isComplete: Bool = false) -> Message {
      .datasetGrew(
        dataset, Loading(bytesRead: bytes, bytesTotal: 100, isComplete: isComplete), ProblemList(),
        problemRows: RowSet(noneOf: dataset.rowCount))
    }
    story.tell(grow(10))
    var linear = LinearStory(story)
    #expect(
      linear.transcript[1]
        == "week47.csv: 6 rows, 6 undecided so far, reading listings: 10 percent..., no problems, still reading.")
    #expect(linear.tell(grow(30)) == [], "too soon")
    #expect(linear.wait(5000) == ["Still reading: 30 percent, 6 rows so far."])
    #expect(linear.tell(grow(35)) == [])
    #expect(linear.wait(60_000) == [], "not a tenth more")
    #expect(linear.tell(grow(41)) == ["Still reading: 41 percent, 6 rows so far."])
    #expect(linear.tell(grow(100, isComplete: true)) == ["All is read: 6 listings, 6 undecided, no problems."])
  }

  @Test func anInterruptGivesUpWhatIsGoingOn() {
    var story = LinearStory()
    let nothing = story.interrupt()
    #expect(nothing == nil)
    story.type("note")
    let note = story.interrupt()
    #expect(note == ["Cancelled."])
    #expect(story.type("n")[0] == "Listing 2 of 6: Resin beads.", "the line is no note")
    story.type("mark")
    story.type(";")
    story.interrupt()
    #expect(story.type("c").joined(separator: " ").contains("This listing is not one of them."))
    #expect(
      story.type("1")[0].hasPrefix("Listing 3, Scale bracelet: confirmed"), "of the marked ones nothing is decided")
    story.type("c", saves: false)
    story.interrupt()
    #expect(story.isReady)
    #expect(story.answer()[0].contains("confirmed"), "a verdict is never lost")
  }

  @Test func aStepCostsAThinLinkLittleHoweverLongTheListing() {
    let long = String(repeating: "ivory jelly bracelet resin 象牙 dm me \u{202E} ", count: 400)
    let rows = (1...2).map { "\($0),Larets,https://larets.example/\($0),\(long),\(long),\(long),\(long),\(long)\n" }
    var story = KeyStory(
      on: ["listing_id,platform,url,title,description,species,seller_alias,country\n" + rows.joined()])
    story.flag()
    var linear = LinearStory(story)
    let step = linear.type("n")
    #expect(step.first?.hasPrefix("Listing 2 of 2: ivory jelly") == true)
    #expect(step.reduce(0) { $0 + $1.utf8.count + 1 } < 1500)
    linear.type("1")
    let verdict = linear.type("reason legal with papers").first
    #expect(verdict?.hasPrefix("Listing 1, ivory jelly") == true)
    #expect(verdict?.contains("false positive, legal with papers. 1 left.") == true)
    #expect((verdict?.utf8.count ?? 0) < 200)
  }

  @Test func aListingThatBecomesTheFirstIsReadOutUnlessSomethingWasTyped() {
    let story = KeyStory(on: ["listing_id,title\n1,lamp\n2,ivory ring\n3,shade\n"])
    func open() -> LinearStory {
      var linear = LinearStory(story)
      linear.type("sort risk")
      linear.wait(1500)
      return linear
    }
    let flags = RowFlagging(KeyStory.lexicons).extend(over: story.state.dataset)
    var left = open()
    #expect(left.transcript.contains { $0.hasPrefix("Listing 1 of 3 so far: ") })
    let said = left.tell(.flagged(flags, of: story.state.dataset))
    #expect(said.prefix(2) == ["The whole order is known now.", "Listing 1 of 3: ivory ring."])
    #expect(left.type("c")[0] == "Listing 1, ivory ring: confirmed. 2 left.")
    var busy = open()
    busy.type("n")
    #expect(busy.tell(.flagged(flags, of: story.state.dataset)) == [])
  }
}
