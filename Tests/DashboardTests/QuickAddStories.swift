import CodeWords
import Listings
import TextCells
import Testing

@testable import Dashboard
import Workspace
import LexiconWork

/// A word of a listing becomes a term of one's own lexicon.
struct QuickAddStories {
  private static let listings = """
    listing_id,platform,title,description,species
    1,Hearthside,Carved quimbly ring,"old quimbly piece, 果冻 手串",Loxodonta africana
    2,Hearthside,ivory tusk,nothing,
    3,ChoLang,garden chair,quimbly coloured,
    4,ChoLang,,,
    """

  private static let lexicons: CompiledLexicons = {
    let terms = [
      Term(
        ["carved"], language: "en", kind: .product, denotes: "elephant ivory", taxon: "Loxodonta africana", weight: 50),
      Term(["tusk"], language: "en", kind: .product, denotes: "elephant tusk", weight: 70),
    ]
    return CompiledLexicons(LexiconSet(layers: [[Lexicon(name: "invented", file: "invented.csv", terms: terms)]]))
  }()

  private func story(_ columns: Int = 100, _ rows: Int = 30) -> KeyStory {
    var story = KeyStory(on: [Self.listings], columns, rows)
    let dataset = story.state.dataset
    story.tell(.flagged(RowFlagging(Self.lexicons).extend(over: dataset), of: dataset))
    return story
  }

  private func sheet(_ story: KeyStory) -> WordSheet? {
    if case .word(let sheet) = story.state.mode { sheet } else { nil }
  }

  @Test func theFirstWordThatNoHitCoversIsChosenAndLookedFor() {
    var story = story()
    story.press("a")
    #expect(story.wanted == ["try «quimbly» en"])
    #expect(sheet(story)?.draft[.word] == "quimbly")
    // What the listing is flagged for is what the word probably stands for.
    #expect(sheet(story)?.draft[.denotes] == "elephant ivory")
    #expect(sheet(story)?.draft[.taxon] == "Loxodonta africana")
    #expect(story.screen.contains("2 listings contain it: 2 undecided; 1 below risk 40 now"))
    #expect(story.frame.textAtCursor.contains("Word"))
  }

  @Test func theHitThatWasGoneToIsChosen() {
    var story = story()
    story.press("6 n a")
    #expect(sheet(story)?.draft[.word] == "Carved")
    // It is described as it stands in its lexicon; the next word is not.
    #expect(sheet(story)?.draft[.kind] == "product" && sheet(story)?.draft[.weight] == "50")
    story.press("Enter")
    #expect(
      story.screen.contains("1 term changed: “Carved” (en) other surface forms")
        && story.screen.contains("no risk changes"))
    story.press("n Down")
    #expect(sheet(story)?.draft[.kind] == "code word" && sheet(story)?.draft[.weight] == "40")
  }

  @Test func arrowsChooseWordsAndMakeThemLonger() {
    var story = story()
    story.press("a Right")
    #expect(sheet(story)?.draft[.word] == "quimbly ring")
    story.press("Right")
    #expect(sheet(story)?.draft[.word] == "quimbly ring", "the title ends here")
    story.press("Left Left Down Down")
    #expect(sheet(story)?.draft[.word] == "old")
    story.press("Down Down Down Right")
    #expect(sheet(story)?.draft[.word] == "果冻")
    #expect(sheet(story)?.draft[.language] == "zh")
    story.press("Up")
    #expect(sheet(story)?.draft[.word] == "piece")
    #expect(sheet(story)?.draft[.language] == "en")
  }

  @Test func aTypedWordTakesThePlaceOfTheChosenOne() {
    var story = story()
    story.press("a ^U")
    story.type("chair")
    #expect(sheet(story)?.selection == nil)
    #expect(sheet(story)?.trial?.all.rows == 1)
    story.press("Left Left")
    story.type("x")
    #expect(sheet(story)?.draft[.word] == "chaxir")
    #expect(sheet(story)?.trial?.all.rows == 0)
    #expect(story.screen.contains("No open listing contains it"))
    story.press("Down")
    #expect(sheet(story)?.draft[.word] == "Carved")
    story.paste("ring\nroad")
    #expect(sheet(story)?.draft[.word] == "Carvedring road")
  }

  @Test func theWeightFollowsTheKindUntilSomebodyWritesIt() {
    var story = story()
    story.press("a Tab Right")
    #expect(sheet(story)?.draft[.kind] == "euphemism")
    story.press("Left Left")
    #expect(sheet(story)?.draft[.kind] == "product" && sheet(story)?.draft[.weight] == "50")
    story.press("Tab Tab Tab Tab ^U 7 Shift-Tab Shift-Tab Shift-Tab Shift-Tab Left")
    #expect(sheet(story)?.draft[.kind] == "species name" && sheet(story)?.draft[.weight] == "7")
  }

  @Test func enterShowsWhatChangesAndYesAddsIt() {
    var story = story()
    story.press("a Enter")
    #expect(story.wanted == ["try whole «quimbly» en"])
    #expect(sheet(story)?.stage == .asking)
    for words in [
      "Add “quimbly”?", "1 term added: “quimbly” (en)", "1 raised, 1 newly flagged", "nothing is decided yet",
    ] {
      #expect(story.screen.contains(words), "\(words)")
    }
    story.press("x")
    #expect(sheet(story)?.stage == .asking)
    story.press("y")
    #expect(story.wanted == ["add «quimbly»"])
    story.tell(.wordAdded("quimbly", path: "/data/rk/personal.csv"))
    #expect(story.state.mode == .browsing)
    #expect(story.wanted == ["load lexicons"])
    #expect(story.bottomLine.contains("“quimbly” is in /data/rk/personal.csv now"))
  }

  @Test func undoTakesAnAddedWordBackBeforeItTakesDecisionsBack() {
    var story = story()
    story.press("c")
    story.saveAll()
    story.press("g a Enter y")
    story.tell(.wordAdded("quimbly", path: "/data/rk/personal.csv"))
    #expect(story.bottomLine.contains("u takes it back"))
    // A decision made since is the last thing that was done.
    story.press("x")
    story.saveAll()
    story.press("u")
    #expect(story.wanted == ["undo"])
    story.takeBack()
    story.press("u")
    #expect(story.wanted == ["remove «quimbly»"])
    story.tell(.wordRemoved("quimbly", path: "/data/rk/personal.csv"))
    #expect(story.wanted == ["load lexicons"])
    #expect(story.bottomLine.contains("“quimbly” is out of /data/rk/personal.csv again"))
    story.press("u")
    #expect(story.wanted == ["undo"])
  }

  @Test func noGoesBackToTheWordAndEscapeLeaves() {
    var story = story()
    story.press("a Enter n")
    #expect(sheet(story)?.stage == .filling && sheet(story)?.draft[.word] == "quimbly")
    story.press("Esc")
    #expect(story.state.mode == .browsing)
    #expect(story.bottomLine.contains("No word was added"))
    #expect(story.wanted == [])
  }

  @Test func verdictsAreHeldAgainstTheWord() {
    var story = story()
    story.press("c")
    story.saveAll()
    story.press("k a")
    #expect(story.screen.contains("2 listings contain it: 1 confirmed, 1 undecided"))
    story.press("Enter")
    #expect(story.screen.contains("1 raised, 1 newly flagged (1 undecided)"))
    #expect(story.screen.contains("only 1 decided: too few to tell"))
  }

  @Test func aHostileWordIsRefusedWithItsReason() {
    var story = story()
    story.press("a ^U")
    story.paste("=HYPERLINK(1)")
    #expect(story.screen.contains("as a spreadsheet's formula does"))
    story.press("Enter")
    #expect(sheet(story)?.stage == .filling && sheet(story)?.fault?.line == .word)
    story.press("^U")
    story.paste("a|b")
    #expect(story.screen.contains("a bar separates surface forms"))
    #expect(story.wanted == [])
  }

  @Test func whatIsNotFilledInIsAskedForWhereItBelongs() {
    var story = story()
    story.press("a Tab Tab Tab ^U Enter")
    #expect(sheet(story)?.line == .denotes && sheet(story)?.stage == .filling)
    #expect(story.screen.contains("say in plain words what it stands for"))
    // The word is looked for all the same.
    #expect(sheet(story)?.trial?.all.rows == 2)
  }

  @Test func aWordOfOnesOwnIsNotAddedTwice() {
    var story = story()
    let own = Term(
      ["Quimbly"], language: "en", kind: .codeWord, denotes: "x", weight: 5,
      location: TermLocation(lexicon: "mine", file: "/data/rk/mine.csv", line: 7))
    let lexicon = Lexicon(name: "mine", file: "/data/rk/mine.csv", terms: [own])
    let set = LexiconSet(layers: [[], [lexicon]])
    let overview = LexiconOverview(set, layers: [(.yours, [lexicon])])
    story.tell(.lexiconsRead(LoadedLexicons(set, overview: overview, compiled: Self.lexicons), switched: nil))
    story.press("a Enter")
    #expect(sheet(story)?.stage == .filling)
    #expect(story.screen.contains("/data/rk/mine.csv:7"))
  }

  @Test func aLexiconThatIsOffIsNotAddedTo() {
    var story = story()
    let lexicon = Lexicon(name: "personal", file: "personal.csv", terms: [])
    let set = LexiconSet(layers: [[], [lexicon]], off: ["personal"])
    let overview = LexiconOverview(set, layers: [(.yours, [lexicon])])
    story.tell(.lexiconsRead(LoadedLexicons(set, overview: overview, compiled: Self.lexicons), switched: nil))
    story.press("a Enter")
    #expect(story.screen.contains("personal is switched off"))
  }

  @Test func aRefusalLeavesAllThatWasTyped() {
    var story = story()
    story.press("a Enter y")
    story.tell(.addingRefused(why: "personal.csv has semicolons between its cells"))
    #expect(sheet(story)?.stage == .filling && sheet(story)?.draft[.word] == "quimbly")
    #expect(story.screen.contains("has semicolons"))
    #expect(story.state.files.failures.count == 1)
  }

  @Test func aWriterThatNeverAnswersKeepsNobody() {
    var story = story()
    story.press("a Enter y Esc")
    #expect(story.state.mode == .browsing)
    story.tell(.wordAdded("quimbly", path: "x"))
    #expect(story.wanted == ["load lexicons"])
  }

  @Test func anOlderAnswerIsNotTakenForTheNewest() {
    var story = story()
    story.press("a")
    let old = sheet(story)?.trial
    story.press("Down")
    let now = sheet(story)?.trial
    #expect(now?.term.name == "ring")
    if let old { story.tell(.wordTried(old, number: 1)) }
    #expect(sheet(story)?.trial == now)
  }

  @Test func aListingWithoutTextLeavesTheWordToBeTyped() {
    var story = story()
    story.press("G a")
    #expect(sheet(story)?.selection == nil)
    #expect(story.screen.contains("choose a word of the listing, or type one"))
    story.press("Down Up Left Right")
    story.type("tusk")
    #expect(sheet(story)?.trial?.all.rows == 1)
  }

  @Test(arguments: [(120, 36), (80, 24), (60, 14), (40, 10), (24, 6)])
  func everyLineIsReachedAndSeenAndTheQuestionToo(columns: Int, rows: Int) {
    var story = story(columns, rows)
    story.press("a")
    for line in TermDraft.Line.allCases {
      #expect(sheet(story)?.line == line)
      #expect(story.frame.cursor != nil)
      #expect(story.frame.textAtCursor.contains(line.label.prefix(6)), "\(line) at \(columns)x\(rows)")
      story.press("Tab")
    }
    story.press("Enter")
    #expect(story.bottomLine.contains("y add it"))
  }
}
