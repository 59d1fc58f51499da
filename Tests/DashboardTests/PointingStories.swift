import Casework
import ListingsTestSupport
import TerminalIO
import TextCells
import Testing

@testable import Dashboard

/// The mouse: what is seen under it is what it acts on, and it never decides anything that is not a key's name.
struct PointingStories {
  private static let sizes = [(120, 36), (80, 24), (60, 20), (40, 10), (160, 50)]

  private func many(_ columns: Int = 120, _ rows: Int = 36) -> KeyStory {
    KeyStory(on: [SampleListings.many(90)], columns, rows)
  }

  /// Where a text stands on the screen.
  private func spot(of text: String, in story: KeyStory, from first: Int = 0) -> Spot? {
    let frame = story.frame
    let wanted = Array(text.unicodeScalars)
    for row in first..<frame.size.rows {
      let cells = (0..<frame.size.columns).map { frame[$0, row].text }
      for column in cells.indices where column + wanted.count <= cells.count {
        if (0..<wanted.count).allSatisfy({ cells[column + $0] == String(wanted[$0]) }) {
          return Spot(column: column, row: row)
        }
      }
    }
    return nil
  }

  // MARK: Clicks

  @Test(arguments: sizes) func aClickPutsTheCursorOnTheRowThatIsSeenThere(columns: Int, rows: Int) throws {
    for start in ["", "j j j j j j j j j j j j j j j j j j j j j j j j j j j j j j"] {
      var story = many(columns, rows)
      story.press(start)
      let table = story.state.layout.table
      for row in table.row..<table.endRow {
        let title = story.frame.text(ofRow: row)
        var clicked = story
        clicked.click(table.column + 12, row)
        guard let number = title.firstMatch(of: #/ no (\d+)/#)?.1 else { continue }
        #expect(clicked.current == String(number), "\(title)")
        #expect(clicked.frame.cursor?.row == row && clicked.state.focus == .listings)
        #expect(clicked.filings.isEmpty && clicked.state.marked.isEmpty)
      }
    }
  }

  @Test(arguments: sizes) func aClickGivesThePaneThatIsSeenThereTheKeyboard(columns: Int, rows: Int) {
    let story = many(columns, rows)
    for pane in Pane.allCases {
      guard let area = story.state.layout.area(of: pane) else { continue }
      for spot in [
        (area.column, area.row), (area.endColumn - 1, area.endRow - 1), (area.column + area.columns / 2, area.row + 1),
      ] {
        var clicked = story
        clicked.click(spot.0, spot.1)
        #expect(clicked.state.focus == pane, "\(pane) at \(spot)")
      }
    }
  }

  @Test func aClickOnAValueGoesToItAndASecondOneChoosesIt() throws {
    var story = many()
    let seen = try #require(spot(of: "Larets", in: story))
    story.click(seen.column, seen.row)
    #expect(story.state.focus == .platform && story.state.filter.clauses.isEmpty)
    #expect(story.frame.cursor?.row == seen.row)
    story.click(seen.column, seen.row)
    #expect(story.state.filter.text == #"platform:"Larets""#)
    story.click(seen.column, seen.row)
    #expect(story.state.filter.clauses.isEmpty)
  }

  @Test func aClickOnAFoldedFacetOpensItAndOneOnAHintIsItsKey() throws {
    var story = many(80, 24)
    let strip = try #require(spot(of: "2 Species", in: story))
    story.click(strip.column + 3, strip.row)
    #expect(story.state.focus == .species)
    story.press("5")
    let help = try #require(spot(of: "? help", in: story))
    story.click(help.column, help.row)
    #expect(story.state.mode.kind == .help)
  }

  @Test func aClickOnTheFilterTypesAndOneElsewhereKeepsIt() throws {
    var story = many()
    let line = story.state.layout.filterLine
    story.click(line.column + 20, line.row)
    #expect(story.state.mode.kind == .filterLine)
    story.type("lamp")
    let table = story.state.layout.table
    story.click(table.column + 12, table.row + 4)
    #expect(story.state.mode == .browsing && story.state.filter.text == "lamp")
    #expect(story.state.table.cursor == 2)
  }

  @Test func aFilterThatCannotBeReadIsMendedBeforeTheMouseDoesAnything() {
    var story = many()
    story.press("/")
    story.type("price:x")
    let before = story.state.table
    story.click(story.state.layout.table.column + 12, story.state.layout.table.row + 4)
    #expect(story.state.mode.kind == .filterLine && story.state.table == before)
  }

  @Test func inASheetAClickGoesToItsLineAndASecondOneChoosesIt() throws {
    var story = many()
    story.press("S")
    let seen = try #require(spot(of: "price in US dollars", in: story))
    story.click(seen.column, seen.row)
    #expect(story.state.mode.kind == .menu && story.frame.cursor?.row == seen.row)
    story.click(seen.column, seen.row)
    #expect(story.state.mode == .browsing && story.state.sort.subject == .price)
  }

  @Test func beforeASheetThePanesAreNotPointedAt() {
    var story = many()
    story.press("r")
    let before = story.state.table
    for column in stride(from: 0, to: 120, by: 7) {
      for row in 0..<36 where story.state.mode.kind == .menu { story.click(column, row) }
    }
    #expect(story.state.table == before && story.filings.isEmpty, "a reason is a decision, which a click never is")
  }

  // MARK: Drags

  @Test func draggingOverRowsMarksTheRange() {
    var story = many()
    let table = story.state.layout.table
    story.point(.press, table.column + 20, table.row + 3)
    for row in [4, 5, 7, 6] { story.point(.drag, table.column + 20, table.row + row) }
    #expect(story.state.marked.isEmpty)
    story.point(.release, table.column + 20, table.row + 6)
    #expect(story.state.marked.rows == [1, 2, 3, 4])
    #expect(story.bottomLine.contains("4 marked"))
    // Out of the table nothing is marked beyond what was seen.
    story.point(.press, table.column + 20, table.row + 9)
    story.point(.drag, 2, 3)
    story.point(.release, 2, 3)
    #expect(story.state.marked.rows == [1, 2, 3, 4])
  }

  @Test func aPressWithoutADragMarksNothing() {
    var story = many()
    let table = story.state.layout.table
    story.point(.press, table.column + 20, table.row + 5)
    story.point(.drag, table.column + 22, table.row + 5)
    story.point(.release, table.column + 22, table.row + 5)
    #expect(story.state.marked.isEmpty && story.state.rangeAnchor == nil)
  }

  @Test func draggingOverTheBarsOfPricesIsAPriceRange() throws {
    var story = many()
    let area = try #require(story.state.layout.area(of: .price)).insideBorder
    func band(_ column: Int) -> Int? {
      guard
        case .band(let band)? = story.state.screen.under(
          Spot(column: column, row: area.row), in: Area(story.state.size))?.piece
      else { return nil }
      return band
    }
    let bands = (area.column..<area.endColumn).compactMap(band)
    let (low, high) = (bands[bands.count / 3], bands[2 * bands.count / 3])
    let columns = (area.column..<area.endColumn).filter { band($0) == low || band($0) == high }
    story.point(.press, columns[0], area.row)
    #expect(story.state.filter.priceRange == nil)
    // The pointer may stray from the bars.
    story.point(.drag, columns.last!, area.row + 9)
    let range = try #require(story.state.filter.priceRange)
    #expect(range.low == story.state.band(low).low && range.high == story.state.band(high).high)
    story.point(.release, columns.last!, area.row)
    #expect(story.state.price.anchor == nil && story.state.filter.priceRange?.low == range.low)
    // The same with keys.
    var keys = many()
    keys.press("3")
    keys.state.price.bucket = low
    keys.press("Enter" + String(repeating: " Right", count: high - low) + " Enter")
    #expect(keys.state.filter == story.state.filter)
  }

  // MARK: The wheel

  @Test func theWheelTurnsWhatIsUnderItAndLeavesTheKeyboardWhereItIs() throws {
    var story = many()
    story.press("1")
    let (table, seller) = (story.state.layout.table, try #require(story.state.layout.area(of: .seller)))
    story.point(.wheelDown, table.column + 9, table.row + 4)
    #expect(story.state.table.top == 3 && story.state.focus == .platform)
    #expect(story.state.table.cursor == 3, "the cursor stays on the screen")
    story.point(.wheelUp, table.column + 9, table.row + 4)
    #expect(story.state.table.top == 0 && story.state.table.cursor == 3)
    let before = story.frame.text(ofRow: seller.row + 1)
    story.point(.wheelDown, seller.column + 4, seller.row + 1)
    #expect(story.frame.text(ofRow: seller.row + 1) != before && story.state.focus == .platform)
    let detail = story.state.layout.detail
    story.point(.wheelDown, detail.column + 4, detail.row + 1)
    story.point(.wheelDown, detail.column + 4, detail.row + 1)
    #expect(story.state.detail.top > 0)
    for _ in 0..<400 { story.point(.wheelDown, table.column + 9, table.row + 4) }
    #expect(story.current == "90" || story.state.table.top + story.state.tableRows == 90)
  }

  // MARK: What must not happen

  @Test(arguments: 0..<8) func whateverTheMouseDoesNothingIsDecided(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    let size = Self.sizes[seed % Self.sizes.count]
    var story = KeyStory(on: [SampleListings.hostile, SampleListings.many(60)], size.0, size.1)
    let actions: [MouseReport.Action] = [.press, .press, .drag, .drag, .release, .wheelUp, .wheelDown]
    for _ in 0..<Trials.count(600) {
      if dice.once(in: 12) {
        // What was opened is left first: a key in a list of reasons would decide.
        story.press("Esc Esc")
        story.press(dice.pick(["S", "?", ":", "1", "2", "3", "4", "5", "6", "z", "Esc", "Esc", "r", "L", "M"]))
      }
      // The bottom line is where keys are named, and a click there is a key.
      let row = dice.below(max(1, story.state.size.rows - 1))
      story.point(dice.pick(actions), dice.below(story.state.size.columns + 4) - 2, row)
      #expect(story.filings.isEmpty && story.state.isRunning)
      for effect in story.effects { #expect(!TypedEverywhereTests.changes(effect)) }
    }
  }

  @Test func onAScreenThatIsTooSmallTheMouseDoesNothing() {
    var story = KeyStory(on: [SampleListings.six], 20, 5)
    for row in 0..<5 { for column in 0..<20 { story.click(column, row) } }
    #expect(story.state.isRunning && story.state.mode == .browsing)
  }

  // MARK: Themes and hyperlinks

  @Test func aThemeIsChosenByItsNameAndShownUntilTheEnd() {
    var story = KeyStory()
    story.state.themes = KnownThemes(names: ["dark", "light", "mono"], shown: "dark")
    story.press(": t h e m e Enter j Enter")
    #expect(story.wanted == ["use theme light"])
    #expect(story.bottomLine.contains("The theme is light until you leave; --theme light keeps it"))
    story.press(": t h e m e Enter")
    #expect(story.frame.textAtCursor.contains("2  light"))
  }

  @Test func theAddressOfAListingIsAHyperlinkHoweverManyLinesItTakes() {
    for size in [(120, 50), (40, 60)] {
      var story = KeyStory(on: [SampleListings.six], size.0, size.1)
      story.press("6")
      for _ in 0..<30 where story.frame.links.isEmpty { story.press("j") }
      let links = story.frame.links
      #expect(!links.isEmpty && links.allSatisfy { $0.address == "https://hearthside.example/1" })
      let text = links.map { link in
        (link.spot.column..<link.spot.column + link.columns).map { story.frame[$0, link.spot.row].text }.joined()
      }.joined()
      #expect(text == "https://hearthside.example/1")
      story.press("?")
      #expect(story.frame.links.isEmpty, "what a sheet covers is no hyperlink")
    }
  }

  @Test func anAddressThatIsNotSafeIsText() {
    var story = KeyStory(
      on: ["listing_id,url,title\n1,javascript:alert(1),ring\n2,\"https://x.example/\u{1B}]8;;\",ring\n"], 120, 50)
    for _ in 0..<2 {
      #expect(story.frame.links.isEmpty)
      story.press("j")
    }
  }

  @Test func theHelpExplainsTheSignsWhereTheTerminalShowsOnlyASCII() {
    var story = KeyStory(on: [SampleListings.six], 80, 24)
    story.press("?")
    #expect(!story.screen.contains("The signs"))
    story.press("Esc")
    story.state.usesASCII = true
    story.press("?")
    #expect(story.screen.contains("The signs") && story.screen.contains("· ✓ ✗ ?"))
  }
}
