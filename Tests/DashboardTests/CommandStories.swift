import Testing

@testable import Dashboard

/// What each command wants done, exactly: one line per command, so that a new command without a story is noticed.
struct CommandStories {
  struct Story: Sendable, CustomStringConvertible {
    let command: String
    let keys: String
    /// Whether every listing is confirmed before the keys.
    let isConfirmed: Bool
    let wanted: [String]
    let holds: @Sendable (KeyStory) -> Bool
    var description: String { command }

    init(
      _ command: String, _ keys: String, confirmed isConfirmed: Bool = false, wants wanted: [String] = [],
      _ holds: @escaping @Sendable (KeyStory) -> Bool = { _ in true }
    ) {
      (self.command, self.keys, self.isConfirmed) = (command, keys, isConfirmed)
      (self.wanted, self.holds) = (wanted, holds)
    }
  }

  static let stories: [Story] = [
    Story("confirm", "c", wants: ["file confirmed: 1", "remember 2"]) { $0.current == "2" },
    Story("false-positive", "x", wants: ["file false_positive: 1", "remember 2"]) { $0.current == "2" },
    Story("unsure", "s", wants: ["file unsure: 1", "remember 2"]) { $0.current == "2" },
    Story("reason", "r Enter", wants: ["file false_positive replica: 1", "remember 2"]) { $0.current == "2" },
    Story("clear-verdict", "c k Backspace", wants: ["file unreviewed: 1", "remember 1"]) { $0.current == "1" },
    Story("keep-verdict", "K") { $0.bottomLine.contains("The listing has no verdict to keep") },
    Story("note", "n a Enter", wants: ["note «a»: 1"]) { $0.state.mode == .browsing },
    Story("describe", "d Right ^S", wants: ["describe species certain: 1"]) { $0.state.mode == .browsing },
    Story("describe-marked", "* D Right Right ^S", wants: ["describe species probable: 1 2 3 4 5 6"]),
    Story("evidence", "E", wants: ["find evidence of 1"]) {
      $0.screen.contains("Looking for the files of the listing")
    },
    Story("undo", "c u", wants: ["undo"]),
    Story("redo", "U", wants: ["redo"]),
    Story("queue", "w", wants: ["evaluate «is:to-decide» by risk descending"]) { $0.state.order.count == 6 },
    Story("disagreements", "W") { $0.bottomLine.contains("What others decided is still being read") },
    Story("lens", "V") { $0.state.detail.isLensOn },
    Story("add-word", "a", wants: ["try «Carved» en"]) { if case .word = $0.state.mode { true } else { false } },
    Story("mark", "Space") { $0.state.marked.rows == [0] && $0.current == "2" },
    Story("range", "v j v") { $0.state.marked.rows == [0, 1] },
    Story("mark-copies", "=") { $0.bottomLine.contains("Copies are still being looked for") },
    Story("open-line", "o") { $0.bottomLine.contains("The line stands for one row") },
    Story("identify", "i 2", wants: ["file confirmed, species probable: 1", "remember 2"]) { $0.current == "2" },
    Story("same-seller", "m", wants: ["evaluate «seller:\"rosa\"» by file"]) { $0.shown == ["1", "2"] },
    Story("explain", "Y", wants: ["explain 0 of «»"]) { $0.screen.contains("none is set: all listings are shown") },
    Story("week-chart", "F", wants: ["evaluate «» by file"]) { $0.screen.contains("2026-W45") },
    Story("filter-history", "/ c o Enter 0 / ^R") { $0.screen.contains("Filters used before") },
    Story("table-columns", "A") { $0.screen.contains("Columns of the table") },
    Story("every-row", ": e v e r y - r Enter") { $0.bottomLine.contains("No listing has several rows") },
    Story("tags", "t R i n g - 7 Space Enter", wants: ["describe tags ring-7: 1"]) { $0.state.mode == .browsing },
    Story("repeat", "s .", wants: ["file unsure: 2", "remember 3"]) { $0.current == "3" },
    Story("trail", "s H") { $0.screen.contains("Your last decisions") && $0.screen.contains("? unsure") },
    Story("value-order", "1 o", wants: ["evaluate «» by file"]) { $0.screen.contains("by name") },
    Story("count-by-any", "B s e l l Enter", wants: ["evaluate «» by file"]) { $0.screen.contains("1 Seller") },
    Story("fold-copies", "O", wants: ["evaluate «» by file"]) { $0.state.foldsCopies },
    Story("mark-all", "*") { $0.state.marked.count == 6 },
    Story("unmark-all", "* : u n m a r k Enter") { $0.state.marked.isEmpty },
    Story("decide-marked", "* ; s", wants: ["file unsure: 1 2 3 4 5 6"]) { $0.state.marked.isEmpty },
    Story("filter", "/ c o m b", wants: ["evaluate «comb» by file"]) { $0.shown == ["4"] },
    Story("clear-filter", "/ c o Enter 0", wants: ["evaluate «» by file"]) { $0.shown.count == 6 },
    Story("sort", "S 3", wants: ["evaluate «» by price descending"]) { $0.shown.first == "5" },
    Story("came-from", "j S 3 b") { $0.current == "2" },
    Story("undecided", "c N") { $0.current == "3" },
    Story("choose", "1 Enter", wants: ["evaluate «platform:\"ChoLang\"» by file"]) { $0.shown == ["3", "4"] },
    Story("exclude", "1 -", wants: ["evaluate «-platform:\"ChoLang\"» by file"]) { $0.shown.count == 4 },
    Story("clear-facet", "1 Enter Backspace", wants: ["evaluate «» by file"]) { $0.shown.count == 6 },
    Story("find-value", "1 f l a r Enter") { $0.state.shownValues(of: .platform).map(\.name) == ["Larets"] },
    Story("range-from", "3 <", wants: ["evaluate «price:5..» by file"]) { $0.shown == ["1", "2", "4", "5"] },
    Story("range-to", "3 >", wants: ["evaluate «price:<10» by file"]) { $0.shown == ["2"] },
    Story("zoom-prices", "3 +", wants: ["evaluate «» by file"]) { $0.screen.contains("Price, USD, finer") },
    Story("unzoom-prices", "3 -") { $0.bottomLine.contains("All prices are shown") },
    Story("price-currency", "3 T") { $0.bottomLine.contains("no other currency") },
    Story("price-down", "3 Right Right Left") { $0.state.price.bucket == 9 },
    Story("price-up", "3 Right") { $0.state.price.bucket == 9 },
    Story("down", "j Down") { $0.current == "3" },
    Story("up", "G k Up") { $0.current == "4" },
    Story("page-down", "PgDn") { $0.current == "6" },
    Story("page-up", "G PgUp") { $0.current == "1" },
    Story("half-page-down", "^D") { $0.current == "4" },
    Story("half-page-up", "G ^U") { $0.current == "3" },
    Story("first", "G g") { $0.current == "1" },
    Story("last", "G") { $0.current == "6" },
    Story("next-pane", "Tab") { $0.state.focus == .detail },
    Story("previous-pane", "Shift-Tab") { $0.state.focus == .seller },
    Story("platform-pane", "1") { $0.state.focus == .platform },
    Story("species-pane", "2") { $0.state.focus == .species },
    Story("price-pane", "3") { $0.state.focus == .price },
    Story("seller-pane", "4") { $0.state.focus == .seller },
    Story("listings-pane", "4 5") { $0.state.focus == .listings },
    Story("detail-pane", "6") { $0.state.focus == .detail },
    Story("open", "Enter") { $0.state.focus == .detail },
    Story("to-facets", "Left") { $0.state.focus == .platform },
    Story("to-listings", "1 Right") { $0.state.focus == .listings },
    Story("from-detail", "6 Left") { $0.state.focus == .listings },
    Story("zoom", "z") { $0.state.isZoomed && $0.state.layout.facets.isEmpty },
    Story("back", "6 Esc") { $0.state.focus == .listings },
    Story("packet", "P ^S", confirmed: true, wants: ["remember draft", "packet of rows [0, 1, 2, 3, 4, 5]"]),
    Story("cases", "C", wants: ["find cases"]) { $0.screen.contains("Reading what became of the packets") },
    Story("views", "'", wants: ["find views"]) { $0.state.mode.kind == .views },
    Story("copy", "y", wants: ["copy https://hearthside.example/1"]),
    Story("note-here", "6 e") { $0.screen.contains("Note") },
    Story("next-hit", "6 n") { $0.bottomLine.contains("The lexicons are still being read") },
    Story("previous-hit", "6 N") { $0.bottomLine.contains("The lexicons are still being read") },
    Story("term-pane", "7") { $0.bottomLine.contains("The lexicons are still being read") },
    Story("risk-pane", "8") { $0.bottomLine.contains("The lexicons are still being read") },
    Story("count-by", "2 T") { $0.bottomLine.contains("The taxon tables are still being read") },
    Story("help", "?") { $0.state.mode == .help(HelpSheet()) },
    Story("problems", "p") { $0.bottomLine.contains("No problem so far · reading the lexicons…") },
    Story("reopen", "R", wants: ["reread"]) { $0.topLine.contains("reading again") },
    Story("columns", "M", wants: ["preview columns of file 0: nothing"]) {
      $0.screen.contains("10 columns · ")
    },
    Story("lexicons", "L") { $0.bottomLine.contains("The lexicons are still being read") },
    Story("rescue", ": r e s c u e Enter") { $0.bottomLine.contains("Everything you decided is in the casebook") },
    Story("theme", ": t h e m e Enter") { $0.bottomLine.contains("No theme was found") },
    Story("commands", ":") { $0.screen.contains("Commands") },
    Story("redraw", "^L", wants: ["redraw"]),
    Story("suspend", "^Z", wants: ["suspend"]),
    Story("quit", "q", wants: ["remember 1", "leave when filed"]) { !$0.state.isRunning },
  ]

  @Test(arguments: stories) func theCommandWantsExactlyThis(story: Story) {
    var told = KeyStory()
    if story.isConfirmed { told.confirmAll() }
    told.press(story.keys)
    #expect(told.wanted == story.wanted)
    #expect(story.holds(told))
  }

  @Test func everyCommandHasAStory() {
    #expect(Self.stories.map(\.command).sorted() == CommandTable.all.map(\.name).sorted())
  }

  /// Typed by mistake, a light command decides nothing and opens nothing in which a letter could.
  @Test(arguments: stories) func aCommandThatCanDecideHasItsWeight(story: Story) {
    guard CommandTable.all.contains(where: { $0.name == story.command && $0.weight == .light }) else { return }
    var told = KeyStory()
    told.press(story.keys)
    for effect in told.effects { #expect(!TypedEverywhereTests.changes(effect), "\(story.command): \(told.wanted)") }
    let harmless: [Mode.Kind] = [
      .browsing, .filterLine, .valueLine, .palette, .menu, .help, .problems, .weekChart, .explanation, .trail,
      .tableColumns, .historyLine, .dimensionLine,
    ]
    #expect(harmless.contains(told.state.mode.kind), "\(story.command) opens \(told.state.mode.kind)")
  }

  @Test func aBlockedCommandSaysWhyAndDoesNothing() {
    var story = KeyStory()
    for (keys, word) in [(";", "Nothing is marked"), ("P", "nothing to hand over"), ("0", "no filter")] {
      story.press(keys)
      #expect(story.wanted == [])
      #expect(story.state.notice?.kind == .warned)
      #expect(story.bottomLine.contains(word))
    }
  }

  @Test func thePaletteRunsWhatItFinds() {
    var story = KeyStory()
    story.press(":")
    story.type("zoo")
    #expect(story.screen.contains("hide or show"))
    story.press("Enter")
    #expect(story.state.isZoomed)
    story.press(":")
    story.type("no such thing")
    #expect(story.screen.contains("no command like it"))
    story.press("Enter")
    #expect(story.state.notice?.kind == .warned)
  }

  @Test func whatIsCopiedHoldsNoControls() {
    let text = "listing_id,platform,url,title\n1,Larets,\"https://a.example/1\n\u{202E}rm\u{200B}\",x\n"
    var story = KeyStory(on: [text])
    story.press("y")
    #expect(story.wanted == ["copy https://a.example/1rm"])
  }

  @Test func aListingWithoutAnAddressGivesItsKeyAndSaysSo() {
    var story = KeyStory(on: ["platform,title,price\nLarets,ivory ring,20 USD\n"])
    story.press("y")
    #expect(story.wanted.count == 1)
    #expect(story.wanted.first?.hasSuffix("It has no address, so its key was copied. ") == true, "\(story.wanted)")
  }
}
