import CodeWords
import TextCells
import Testing

@testable import Dashboard

/// Code words in the table's titles, and from one to the next in the listing.
struct HitStories {
  private static let listings = [
    ("Carved ivory ring, resin, jelly, dm me", "old"), ("象牙 and a lamp", ""), ("", "an ivory in the text"),
    ("lamp", "ivory in the text only"), ("i\u{200B}vory \u{1B}[31m", ""),
  ]

  /// A word that no text has, but that terms in other languages stand for, is not told to be nowhere.
  @Test func aWordThatOnlyTermsStandForIsToldWithTheFilterThatFindsThem() {
    var story = KeyStory.flagged([("象牙 ring", ""), ("plain lamp", "")])
    story.press("/")
    story.type("elephant ivory")
    story.press("Enter")
    #expect(story.shown.isEmpty)
    story.press("/ ^U")
    story.type("\"elephant ivory\"")
    story.press("Enter")
    #expect(story.screen.contains("no text has “elephant ivory”; term:*"), "\(story.screen)")
  }

  @Test func theTitlesOfTheTableShowTheirCodeWords() {
    let story = KeyStory.flagged(Self.listings)
    #expect(
      story.roles(of: "Carved ivory ring, resin, jelly, dm me")
        == "title×7 hit-term×5 title×7 hit-harmless×5 title×2 hit-weak×5 title×2 hit-cue×5")
    #expect(story.roles(of: "象牙 and") == "hit-term×2 title×4")
    #expect(story.roles(of: "an ivory in the text") == "title×3 hit-term×5 title×12")
    #expect(story.roles(of: "lamp  ") == "title×4 text×2")
  }

  @Test func aStandInGoesOnStandingOut() {
    let story = KeyStory.flagged(Self.listings)
    #expect(story.roles(of: "i¤vory ␛") == "hit-term×1 hidden-character×1 hit-term×4 title×1 hidden-character×1")
  }

  @Test func theWordsOfTheFilterAreDrawnOverCodeWords() {
    var story = KeyStory.flagged(Self.listings)
    story.press("/ v o r y Enter")
    #expect(story.roles(of: "Carved ivory") == "title×7 hit-term×1 hit×4")
  }

  @Test func rowsOnTheScreenDoNotWaitForTheirFlags() {
    var story = KeyStory(on: ["listing_id,title\n1,ivory ring\n2,ivory comb\n"], 120, 36)
    #expect(story.roles(of: "ivory ring") == "title×10")
    story.tell(.flagged(RowFlags(KeyStory.lexicons), of: story.state.dataset))
    #expect(story.roles(of: "ivory ring") == "hit-term×5 title×5")
    story.flag()
    #expect(story.roles(of: "ivory ring") == "hit-term×5 title×5")
  }

  @Test func otherLexiconsAndOtherRowsAreReadAnew() {
    var story = KeyStory(on: ["listing_id,title\n1,ivory ring\n"], 120, 36)
    story.flag()
    let lamp = Term(["ring"], language: "en", kind: .product, denotes: "ring", weight: 60)
    let others = CompiledLexicons(
      LexiconSet(layers: [[Lexicon(name: "other", file: "other.csv", terms: [lamp])]]))
    story.flag(with: others)
    #expect(story.roles(of: "ivory ring") == "title×6 hit-term×4")
  }

  @Test func whereTheTitleIsCutTheCutIsNoCodeWord() {
    for columns in 60...100 {
      let story = KeyStory.flagged(
        [("a long carved title with 象牙象牙ivory ivory ivory ivory ivory ivory", "")], columns, 24)
      let frame = story.frame
      let inside = story.state.layout.table.insideBorder
      for column in inside.column..<inside.endColumn where frame[column, inside.row + 1].text == "…" {
        #expect(frame[column, inside.row + 1].role == .title)
      }
    }
  }

  @Test func whatScrolledFarAwayIsForgotten() {
    var story = KeyStory.flagged((0..<2_000).map { ("ivory ring \($0)", "") }, 120, 36)
    story.press("G")
    story.press("g")
    for _ in 0..<120 { story.press("PgDn") }
    #expect(story.state.shownReadings.titles.count <= 512)
    #expect(story.roles(of: "ivory ring") == "hit-term×5 title×5")
  }

  @Test func theHitGoneToStandsOutAndLeadsTheCursor() {
    var story = KeyStory.flagged(Self.listings)
    story.press("6 n")
    let title = story.state.layout.detail.insideBorder
    #expect(
      story.roles(of: "Carved ivory ring, resin", from: title.row) == "title×7 hit-current×5 title×7 hit-harmless×5")
    #expect(story.frame.cursor == Spot(column: title.column + 7, row: title.row))
    story.press("n")
    #expect(story.roles(of: "Carved ivory ring, resin", from: title.row) == "title×7 hit-term×5 title×7 hit-current×5")
    story.press("N N")
    #expect(story.roles(of: "jelly, dm me", from: title.row) == "hit-weak×5 title×2 hit-current×5")
  }

  @Test(arguments: [
    ("ivory ring", "1/1 · ivory · en product"), ("IVORY ring", "1/1 · ivory · en product"),
    ("1v0ry ring", "1/1 · matched as: ivory · en product"),
    ("іvories", "1/1 · ivory · matched as: ivories · en product"),
    ("ｉｖｏｒｙ", "1/1 · matched as: ivory · en product"),
  ])
  func aDisguisedHitSaysWhatItWasReadAs(title: String, sentence: String) {
    var story = KeyStory.flagged([(title, "")])
    story.press("6 n")
    #expect(story.screen.contains("hit " + sentence))
  }
}
