import CodeWords
import Filters
import Listings
import Testing

@testable import Dashboard
import Workspace

/// The sheet of lexicons, key by key.
struct LexiconStories {
  /// Six listings, flagged; the first confirmed, the third and fifth false positives.
  private func opened(_ keys: String = "L", off: Set<String> = []) -> KeyStory {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.flagWithSamples(off: off)
    story.press("g c g j j x g j j j j x g")
    story.saveAll()
    story.press(keys)
    return story
  }

  private func place(_ story: KeyStory) -> LexiconSheet? {
    if case .lexicons(let sheet) = story.state.mode { sheet } else { nil }
  }

  // MARK: Lexicons

  @Test func everyLexiconIsListedWithWhatItFindsAndHowThatWasDecided() {
    let lines = opened().sheetLines
    #expect(lines[1].hasPrefix("birds on 1 0 of 1 3 shipped en"))
    #expect(lines[2].hasPrefix("cues on – 1 shipped en"))
    #expect(lines[3].hasPrefix("ivory on 2 1 of 2 4 shipped en zh"))
    #expect(lines[4].hasPrefix("mine on – 0 yours en"))
    #expect(opened().screen.contains("4 lexicons, 4 on, 8 active rows"))
  }

  @Test func aLexiconThatIsOffIsListedAndFindsNothing() {
    let story = opened(off: ["birds"])
    #expect(story.sheetLines[1].hasPrefix("birds off – 0 shipped en"))
    #expect(story.screen.contains("off, as /data/rk/switches.csv says"))
  }

  @Test func theSheetOpensAlsoWhenEveryLexiconIsOff() {
    let story = opened(off: ["birds", "cues", "ivory", "mine"])
    #expect(place(story) != nil)
    #expect(!story.state.hasLexicons)
  }

  @Test func beforeTheLexiconsAreReadTheKeySaysSo() {
    var story = KeyStory()
    story.press("L")
    #expect(story.state.mode == .browsing)
    #expect(story.bottomLine.contains("still being read"))
    story.tell(.lexiconsRead(SampleLexicons.none, switched: nil))
    story.press("L")
    #expect(story.bottomLine.contains("No lexicon is loaded"))
  }

  @Test func aWordOfOnesOwnIsTakenOutWhenAskedTwice() {
    var story = opened("L j j Enter")
    story.press("d")
    #expect(story.screen.contains("Words are taken out of personal only") && story.wanted == [])
    story.press("Esc")
    story.state.lexicons.own = "ivory"
    story.press("Enter")
    #expect(story.bottomLine.contains("d take out"))
    story.press("d")
    #expect(story.wanted == [] && story.screen.contains("Once more takes “"))
    story.press("j d")
    #expect(story.wanted == [], "of another word it is asked anew")
    story.press("d")
    #expect(story.wanted.count == 1 && story.wanted[0].hasPrefix("remove «"))
  }

  @Test func whatIsWrongInAFileStandsWithItsLexicon() {
    var story = KeyStory(on: [SampleListings.six], 120, 36)
    story.flagWithSamples(problems: [LexiconProblem(file: "/shipped/ivory.csv", line: 9, what: .noTerm)])
    story.press("L j j")
    #expect(story.sheetLines[3].hasPrefix("! ivory"))
    #expect(story.screen.contains("/shipped/ivory.csv:9: the row names no term and is left out"))
  }

  @Test func findingGoesByNameAndLanguage() {
    var story = opened()
    story.press("L")
    story.press("L /")
    story.type("zh")
    #expect(place(story)?.lexicons.lines.count == 1)
    story.press("Enter")
    #expect(story.sheetLines[1].hasPrefix("ivory"))
    story.press("Esc")
    #expect(place(story)?.lexicons.lines.count == 4)
    // The cursor stays on what was found.
    #expect(place(story)?.lexicons.list.cursor == 2)
    story.press("Esc")
    #expect(story.state.mode == .browsing)
  }

  @Test func orderIsByNameListingsOrShare() {
    var story = opened("L S")
    #expect(story.sheetLines[1].hasPrefix("ivory"))
    story.press("S S")
    #expect(story.sheetLines[1].hasPrefix("birds"))
  }

  // MARK: Terms

  @Test func theTermsOfALexiconAreListedByWhatTheyFind() {
    let story = opened("L j j Enter")
    let lines = story.sheetLines
    #expect(lines[1].hasPrefix("ivory 1 1 of 1 en product 60 book elephant ivory"))
    #expect(lines[2].hasPrefix("scale bracelet 1 0 of 1 en code word 50 none pangolin scales"))
    #expect(lines[3].hasPrefix("象牙 0 – zh product 70 unverified elephant ivory"))
    // What is out of force, and what counts beside others only, is not counted: that is not 0.
    #expect(lines[4].hasPrefix("tusk – en product 40 book"))
    #expect(lines[5].hasPrefix("ring – en context none jewellery"))
    #expect(story.screen.contains("needs near it @jewellery"))
    #expect(story.screen.contains("A book of words, 2024"))
  }

  @Test func aTermOutOfForceSaysWhy() {
    #expect(opened("L j j Enter j j j").screen.contains("a later lexicon has the same word"))
    #expect(opened("L j j j Enter").screen.contains("its weight is 0"))
    #expect(opened("L Enter", off: ["birds"]).screen.contains("birds is off"))
  }

  @Test func enterOnATermShowsItsListings() {
    var story = opened("L j j Enter")
    story.press("Enter")
    #expect(story.wanted == [#"evaluate «term:"ivory"» by file"#])
    #expect(story.state.mode == .browsing)
    #expect(story.state.focus == .listings)
    #expect(story.shown == ["1"])
    #expect(story.bottomLine.contains("0 takes this filter away"))
  }

  @Test func theFilterBeforeIsTold() {
    var story = opened("1 Enter L j j Enter Enter")
    #expect(story.bottomLine.contains(#"it was platform:"ChoLang""#))
    #expect(story.state.filter.text == #"term:"ivory""#)
    story.press("L j j Enter Enter")
    #expect(story.wanted == [])
  }

  @Test func whatFindsNoListingByItselfIsNoFilter() {
    var story = opened("L j Enter Enter")
    #expect(story.state.notice?.text.contains("counts beside other terms only") == true)
    #expect(place(story) != nil)
    story.press("Esc j Enter j j j Enter")
    #expect(story.state.notice?.text == "tusk is not active, so it finds no listing")
    #expect(story.state.filter == .everything)
  }

  @Test func escGoesUpOneLevelToTheSameLexicon() {
    var story = opened("L j j Enter j Esc")
    #expect(place(story)?.opened == nil)
    #expect(place(story)?.lexicons.list.cursor == 2)
    story.press("Esc")
    #expect(story.state.mode == .browsing)
    #expect(story.state.notice == nil)
  }

  @Test func countsFollowTheVerdictsOfTheMoment() {
    var story = opened()
    #expect(story.sheetLines[3].contains("1 of 2"))
    story.press("Esc g j j c L")
    #expect(story.sheetLines[3].contains("1 of 2"), "a verdict on its way to the disk is not counted")
    story.saveAll()
    #expect(story.sheetLines[3].contains("2 of 2"), "the open sheet counts it as soon as it stands")
  }

  @Test func countsOfAnEarlierOpeningAreNotTakenForTheNewest() {
    var story = opened("")
    story.answersAtOnce = false
    story.press("L Esc")
    story.flagWithSamples(off: ["ivory"])
    story.press("L")
    let late = story.tallies[0]
    story.answerTally()
    #expect(late.number < story.state.lexicons.tallyNumber)
    #expect(story.state.lexicons.tally != late.tally)
  }

  // MARK: The screen

  @Test(arguments: [(120, 36), (80, 24), (60, 14), (40, 10), (24, 6)])
  func theSheetFitsAndItsCursorIsSeen(columns: Int, rows: Int) {
    var story = KeyStory(on: [SampleListings.hostile], columns, rows)
    let hostile = SampleLexicons.lexicon(
      "\u{1B}[31mred\u{202E}",
      (0..<60).map {
        Term(
          ["\u{202E}word \($0)\u{7}", "👨‍👩‍👧", "a|b"], language: "en", kind: .product,
          denotes: String(repeating: "象牙 ", count: 60), weight: $0, source: "\u{1B}]0;x\u{7}")
      })
    let set = LexiconSet(layers: [[hostile]])
    let compiled = CompiledLexicons(set)
    story.tell(
      .lexiconsRead(
        LoadedLexicons(
          set,
          overview: LexiconOverview(
            set, layers: [(.shipped, [hostile])],
            problems: [LexiconProblem(file: hostile.file, line: 3, term: "\u{9B}2J", what: .notUTF8)]),
          compiled: compiled), switched: nil))
    story.tell(.flagged(RowFlagging(compiled).extend(over: story.state.dataset), of: story.state.dataset))
    for keys in ["L", "Space", "w", "n", "Enter", "j", "G", "PgUp", "S", "/ w o", "Enter", "Esc", "Esc", "S"] {
      story.press(keys)
      if keys == "w", !story.trials.isEmpty { story.answerTrial(with: RowFlags()) }
      let frame = story.frame
      let cursor = frame.cursor
      #expect((0..<columns).contains(cursor?.column ?? -1) && (0..<rows).contains(cursor?.row ?? -1), "\(keys)")
      for row in 0..<rows {
        for column in 0..<columns {
          #expect(frame[column, row].text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        }
      }
    }
  }
}
