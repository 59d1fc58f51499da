import TextCells
import Testing

@testable import Dashboard

/// What a listing hides is seen wherever its text is shown, and none of it reaches the terminal.
struct HiddenTextStories {
  private static let hidden =
    "\u{AD}\u{34F}\u{61C}\u{115F}\u{180E}\u{200B}\u{200D}\u{202E}\u{2066}\u{3164}\u{E0041}\u{FE0F}\u{FFF9}\u{E000}\u{378}"

  private static let listings = """
    listing_id,platform,url,title,description,species,price,currency,seller_alias,posted_at,colour
    1,Hearth\(hidden)side,https://a.example/1,R\(hidden)ing,old\(hidden) piece,Loxo\(hidden)donta,1\(hidden)2,USD,ro\(hidden)sa,2026-11-01,wh\(hidden)ite
    2,Larets,https://a.example/2,L\(hidden)amp,brown\(hidden) shade,,,USD,os\(hidden)tap,2026-11-06,re\(hidden)d
    """

  /// The first character of a screen that is not to be there.
  private func unseen(_ screen: String) -> String? {
    screen.unicodeScalars.first { scalar in
      scalar != "\n" && (scalar.properties.isDefaultIgnorableCodePoint || Self.hidden.unicodeScalars.contains(scalar))
    }.map { "U+" + String($0.value, radix: 16) }
  }

  @Test(arguments: [
    "", "6", "1", "4", "2", "Y", "V", "V 6", "P", "A", "B", "S", "d", "t", "E", "a", "m", "?", "p", "F", "n", "/",
  ])
  func noScreenHasWhatIsHidden(keys: String) {
    for (columns, rows) in [(120, 36), (80, 24), (40, 10)] {
      var story = KeyStory(on: [Self.listings], columns, rows)
      if !keys.isEmpty { story.press(keys) }
      let found = unseen(story.screen)
      #expect(found == nil, "\(keys) at \(columns)x\(rows)")
    }
  }

  @Test func listAndDetailShowAMarkForEach() {
    let story = KeyStory(on: [Self.listings], 120, 36)
    #expect(story.screen.contains("R¤¤¤"))
    #expect(story.screen.contains("old¤¤¤"))
  }

  @Test func aNoteIsBrokenBetweenLetters() {
    var story = KeyStory(on: [SampleListings.six], 40, 20)
    story.press("n")
    // 38 cells are in a line: 35 and the first of four would be, then half of a letter.
    story.paste(String(repeating: "x", count: 35) + "स्त्री")
    let lines = story.screen.split(separator: "\n").map(String.init)
    #expect(lines.contains { $0.contains(String(repeating: "x", count: 35)) && !$0.contains("स") })
    #expect(lines.contains { $0.contains("स्त्री") && !$0.contains("x") })
  }

  @Test func aTypedTextIsScrolledByWholeLetters() {
    let line = Piece.input(LineEditor("स्त्रीस्त्रीस्त्री"), at: nil, width: 8)
    #expect(line.text.glyphs.dropFirst().first?.joinsLast == false)
    #expect(line.text.text.unicodeScalars.elementsEqual("‹स्त्री".unicodeScalars))
    #expect(line.cursor == 5)
  }
}
