import TextCells
import Testing

@testable import Dashboard

/// The lens: what a listing hides is told quietly, and shown on a key.
struct LensStories {
  private static let listings = [
    ("Carved i\u{200B}vоry ring", "real 1v0ry, l a m p s"), ("Lamp", "می\u{200C}خواهم 👨\u{200D}👩\u{200D}👧"),
    ("عاج \u{200F}10", "ｉｖｏｒｙ"),
  ]

  private func story(_ columns: Int = 120, _ rows: Int = 36) -> KeyStory { .flagged(Self.listings, columns, rows) }

  @Test func whatIsHiddenIsToldAndTheKeyThatShowsIt() {
    var story = story()
    let told = "disguise    1 hidden character, 1 look-alike letter, 2 signs for letters · V shows them"
    #expect(story.screen.contains(told))
    story.press("V")
    #expect(!story.screen.contains("V shows them"))
    #expect(story.bottomLine.contains("The lens is on: 1 hidden character, 1 look-alike letter, 2 signs for letters"))
    story.press("V")
    #expect(story.screen.contains(told))
    #expect(story.bottomLine.contains("The lens is off"))
  }

  @Test func joinersThatTheirScriptNeedsAreNotToldOf() {
    var story = story()
    story.press("j")
    #expect(!story.screen.contains("disguise"))
    story.press("V 6")
    #expect(story.screen.contains("the lens finds nothing hidden here"))
  }

  @Test func theTextIsShownWithNamesAndWithWhatPassesForOthersMarked() {
    var story = story()
    story.press("V 6")
    #expect(
      story.roles(of: "i[ZWSP]vоry", from: 12) == "hit-term×1 hidden-character×6 hit-term×1 disguised×1 hit-term×2")
    // The line of what speaks for wildlife has the words too.
    #expect(
      story.roles(of: "real 1v0ry", from: 12) == "text×5 disguised×1 hit-term×1 disguised×1 hit-term×2")
    #expect(
      story.roles(of: "l a m p s", from: 12)
        == "text×1 disguised×1 text×1 disguised×1 text×1 disguised×1 text×1 disguised×1 text×1")
  }

  @Test func theLegendNamesKindsCharactersAndWords() {
    var story = story()
    story.press("V 6")
    let screen = story.screen
    for line in [
      "hidden      1 hidden character: [ZWSP] U+200B zero width space",
      "look-alike  1 look-alike letter: о U+043E Cyrillic for o",
      "signs       2 signs for letters: 1 for i, 0 for o",
      "words       i[ZWSP]v[U+043E]ry → ivory → elephant ivory", "1v0ry → ivory → elephant ivory",
      "l a m p s → lamps → no term", "possible    1 spaced-out word; no code word was found by it",
    ] {
      #expect(screen.contains(line), "\(line)")
    }
  }

  @Test func whatIsAtHomeInItsScriptIsNamedAsSuch() {
    var story = story()
    story.press("G V 6")
    #expect(story.screen.contains("ordinary    at home in such a script: [RLM] U+200F right-to-left mark"))
    #expect(story.screen.contains("5 styled letters: ｉ for i, ｖ for v, ｏ for o, ｒ for r, ｙ for y"))
  }

  @Test func withoutLexiconsTheLensStillSees() {
    var story = KeyStory(on: ["listing_id,title\n1,so\u{AD}fa lаmp\n"], 120, 36)
    story.press("V 6")
    #expect(story.screen.contains("so[SHY]fa"))
    #expect(story.screen.contains("1 look-alike letter: а U+0430 Cyrillic for a"))
  }

  @Test func aListingOfMegabytesIsLookedAtAsFarAsItIsShown() {
    // Past the limit from which on a record is no longer read while somebody waits.
    let long = String(repeating: "lаmp \u{200B}", count: 600_000)
    var story = KeyStory(on: ["listing_id,title,description\n1,Lamp i\u{200B}vory,\(long)\n2,next,\n"], 120, 36)
    story.press("V 6 G j k n")
    #expect(story.screen.contains("6 Listing 1 of 2 · lens"))
    story.press("5 j 6")
    #expect(story.screen.contains("finds nothing hidden here"))
  }

  @Test func blanksAtTheEndOfATextAreNotToldAsCut() {
    let story = KeyStory(on: ["listing_id,title,description\n1,lamp,\"brown shade \t\n \"\n"], 120, 36)
    #expect(story.screen.contains("brown shade"))
    #expect(!story.screen.contains("bytes in all"))
  }

  @Test(arguments: [(80, 24), (60, 20), (40, 10), (24, 6)])
  func theLegendFitsEveryScreen(columns: Int, rows: Int) {
    var story = KeyStory.flagged(Self.listings, columns, rows)
    story.press("V 6")
    var seen = ""
    for _ in 0..<120 {
      seen += story.screen
      story.press("j")
    }
    #expect(seen.contains("[ZWSP]"))
    #expect(seen.contains("possible"))
  }

  @Test func turningTheLensOffDoesNotLeaveTheTextScrolledOutOfSight() {
    var story = KeyStory.flagged(Self.listings, 80, 24)
    story.press("V 6 G V")
    let last = story.state.detail.top
    #expect(last <= max(0, story.state.detailLineCount - story.state.layout.detail.insideBorder.rows))
  }
}
